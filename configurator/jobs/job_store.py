"""The job table's moves: added, claimed, kept, done, failed, tried again. Each is one guarded statement."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from configurator.database import insert_into
from configurator.jobs.contract import FailedJob, NoFailedJob, Withdrawn
from configurator.jobs.rows import WHILE_AWAY, Job

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=2), timedelta(minutes=10)
NEVER_CAME_BACK = "The process that ran it ended before the job did, every time."


@dataclass(frozen=True, slots=True)
class Claimed:
    """A job that is ours until the lease runs out. `attempts` counts this one, of as many as it may have."""

    id: int
    kind: str
    args: Mapping[str, Any]
    attempts: int
    most_attempts: int


@dataclass(frozen=True, slots=True)
class Lease:
    """Who takes a job, when, and for how long if nobody keeps it."""

    by: str
    now: datetime
    length: timedelta

    @property
    def until(self) -> datetime:
        """When somebody else may take it."""
        return self.now + self.length


def add(session: Session, job: Job) -> int | None:
    """Insert a job unless its key is there already; its id, or None."""
    values = job.model_dump(exclude={"id"})
    statement = (
        insert_into(session, Job).values(values).on_conflict_do_nothing(index_elements=["key"]).returning(col(Job.id))
    )
    return cast("int | None", session.execute(statement).scalar_one_or_none())


def known(session: Session, key: str) -> bool:
    """Whether a job with this key was ever enqueued."""
    return session.exec(select(Job.id).where(Job.key == key)).first() is not None


def withdraw(session: Session, key: str, now: datetime) -> Withdrawn:
    """Delete a job that nobody has begun. One that was given up did nothing either."""
    idle = sa.or_(col(Job.leased_until).is_(None), col(Job.leased_until) <= now)
    untouched = sa.or_(sa.and_(col(Job.status) == "waiting", idle), col(Job.status) == "failed")
    statement = sa.delete(Job).where(col(Job.key) == key, untouched).returning(col(Job.id))
    if session.execute(statement.execution_options(synchronize_session=False)).first() is not None:
        return "withdrawn"
    return "begun" if known(session, key) else "never"


def awaited(session: Session, subject: str, now: datetime) -> bool:
    """Whether a job of this subject is due that nobody has begun; it is not begun before this transaction ends.

    Those who ask at the same time share the row; whoever claims passes it over until they have committed, so that
    the job sees what each of them wrote.
    """
    statement = select(Job.id).where(*_free(now), Job.subject == subject).limit(1)
    return session.exec(statement.with_for_update(read=True, skip_locked=True)).first() is not None


def waiting_for(session: Session, kind: str, subjects: str) -> datetime | None:
    """Since when the oldest job of a kind waits or runs whose subject begins so; None if there is none."""
    statement = select(sa.func.min(Job.enqueued_at)).where(Job.kind == kind, Job.status == "waiting")
    return session.exec(statement.where(col(Job.subject).startswith(subjects, autoescape=True))).one()


def anything_due(session: Session, now: datetime) -> bool:
    """Whether claiming is worth a write transaction."""
    return session.exec(select(Job.id).where(*_free(now), ~_busy(now)).limit(1)).first() is not None


def claim(session: Session, lease: Lease, job_id: int | None = None) -> Claimed | None:
    """Take the job that has been due longest (or this one, if it is due and nobody has it).

    The attempt is counted here, so that a job that takes the whole process down is given up one day as well.
    """
    while (job := _next(session, lease.now, job_id)) is not None and job.id is not None:
        if job.subject and not _alone(session, job, lease.now):
            return None
        if job.attempts < job.most_attempts:
            job.attempts, job.leased_by, job.leased_until = job.attempts + 1, lease.by, lease.until
            return Claimed(job.id, job.kind, job.args, job.attempts, job.most_attempts)
        job.status, job.error = "failed", job.error or NEVER_CAME_BACK
        session.flush()
    return None


def _next(session: Session, now: datetime, job_id: int | None) -> Job | None:
    wanted = (col(Job.id) == job_id,) if job_id is not None else ()
    statement = select(Job).where(*_free(now), ~_busy(now), *wanted).order_by(col(Job.due_at), col(Job.id)).limit(1)
    return session.exec(statement.with_for_update(skip_locked=True)).first()


def _busy(now: datetime) -> sa.ColumnElement[bool]:
    """Whether another job of its subject runs."""
    other = aliased(Job)
    runs = (col(other.subject) == Job.subject, col(other.status) == "waiting", col(other.leased_until) > now)
    return sa.and_(
        col(Job.subject) != "", sa.exists(sa.select(col(other.id)).where(*runs, col(other.id) != Job.id).correlate(Job))
    )


def _alone(session: Session, job: Job, now: datetime) -> bool:
    """Whether nobody has begun another job of this subject since: two workers may have looked at the same time."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext(job.subject))))
        return session.exec(select(Job.id).where(Job.id == job.id, ~_busy(now))).first() is not None
    return True


def keep(session: Session, job_ids: frozenset[int], lease: Lease) -> None:
    """The heartbeat: what this process still works on stays its own."""
    mine = (col(Job.id).in_(job_ids), col(Job.leased_by) == lease.by, col(Job.status) == "waiting")
    session.execute(sa.update(Job).where(*mine).values(leased_until=lease.until))


def mark_done(session: Session, job_id: int, now: datetime) -> bool:
    """True for exactly one caller, whoever else worked on the job: only that one may write its effects."""
    statement = sa.update(Job).where(col(Job.id) == job_id, col(Job.status) == "waiting")
    changed = session.execute(statement.values(status="done", done_at=now, leased_until=None, leased_by=None))
    return cast("sa.CursorResult[Any]", changed).rowcount == 1


def mark_failed(session: Session, job: Claimed, lease: Lease, reason: str, *, away: bool) -> None:
    """Put the job off, or give it up after the last attempt; unless somebody else has taken it meanwhile.

    away: what the job needs did not answer, so that it is tried for longer.
    """
    most = max(job.most_attempts, WHILE_AWAY if away else 0)
    given_up = job.attempts >= most
    values = {
        "error": reason,
        "most_attempts": most,
        "leased_until": None,
        "leased_by": None,
        "due_at": lease.now + pause(job.attempts),
    }
    mine = (col(Job.id) == job.id, col(Job.leased_by) == lease.by, col(Job.status) == "waiting")
    session.execute(sa.update(Job).where(*mine).values(values | ({"status": "failed"} if given_up else {})))


def pause(attempts: int) -> timedelta:
    """How long to wait after the n-th attempt: 2 s, 4 s, 8 s ... at most ten minutes."""
    return min(FIRST_PAUSE * (1 << min(attempts - 1, 16)), LONGEST_PAUSE)


def when_free(session: Session, job_id: int) -> datetime | None:
    """When a waiting job that could not be claimed may be: its due time or the end of its lease."""
    statement = select(Job.due_at, Job.leased_until).where(Job.id == job_id, Job.status == "waiting")
    row = session.exec(statement).first()
    return None if row is None else max(row[0], row[1] or row[0])


def free_leases(session: Session, holders: frozenset[str]) -> None:
    """Leases of processes that are known to be gone are over at once."""
    session.execute(sa.update(Job).where(col(Job.leased_by).in_(holders)).values(leased_until=None, leased_by=None))


def holders(session: Session) -> frozenset[str]:
    """Who has leases now."""
    statement = select(Job.leased_by).where(Job.status == "waiting", col(Job.leased_by).is_not(None)).distinct()
    return frozenset(holder for holder in session.exec(statement) if holder)


def failed(session: Session) -> tuple[FailedJob, ...]:
    """The jobs that were given up, newest first."""
    jobs = session.exec(select(Job).where(Job.status == "failed").order_by(col(Job.id).desc()))
    return tuple(_told(job, None) for job in jobs)


def failing(session: Session) -> tuple[FailedJob, ...]:
    """The jobs that failed at least once and are tried again by themselves, newest first."""
    statement = select(Job).where(Job.status == "waiting", col(Job.error).is_not(None)).order_by(col(Job.id).desc())
    return tuple(_told(job, job.due_at) for job in session.exec(statement))


def _told(job: Job, again_at: datetime | None) -> FailedJob:
    key, reason = job.key or job.subject, job.error or ""
    return FailedJob(job.id or 0, job.kind, key, job.args, reason, job.attempts, job.enqueued_at, again_at)


def retry(session: Session, job_id: int, now: datetime) -> None:
    """A job that failed is due again at once, with all its attempts before it. Raises NoFailedJob."""
    paused = sa.and_(col(Job.status) == "waiting", col(Job.error).is_not(None), col(Job.leased_by).is_(None))
    statement = sa.update(Job).where(col(Job.id) == job_id, sa.or_(col(Job.status) == "failed", paused))
    changed = session.execute(statement.values(status="waiting", attempts=0, due_at=now, leased_until=None))
    if cast("sa.CursorResult[Any]", changed).rowcount != 1:
        raise NoFailedJob


def forget_done(session: Session, kinds: frozenset[str], before: datetime) -> None:
    """Delete done jobs of periodic kinds and those without a key; all others stay: their keys are unique for ever."""
    forgotten = sa.or_(col(Job.kind).in_(kinds), col(Job.key).is_(None))
    old = (forgotten, col(Job.status) == "done", col(Job.done_at) < before)
    session.execute(sa.delete(Job).where(*old))


def _free(now: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    unleased = sa.or_(col(Job.leased_until).is_(None), col(Job.leased_until) <= now)
    return (col(Job.status) == "waiting", col(Job.due_at) <= now, unleased)
