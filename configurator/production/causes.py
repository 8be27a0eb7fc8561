"""Why a plan is due: something changed that no waiting piece shows; each cause is taken into account once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.jobs.contract import Jobs
from configurator.orders.planning_wanted import Place, want_plans
from configurator.orders.rows import Piece
from configurator.production.rows import Batch, PlanCause


@dataclass(frozen=True, slots=True)
class Cause:
    """What happened where; sentence: a clause said of a batch that moves ("Mug press 2 is down until Thu, 14:00").

    work_centre: empty for all; machine: 0 for all; batch: its number if it is about one.
    """

    kind: str
    facility: str
    sentence: str
    work_centre: str = ""
    machine: int = 0
    batch: str = ""


def tell(session: Session, cause: Cause, *, jobs: Jobs, now: datetime) -> None:
    """Note a cause and ask for the plans it matters to, in the caller's transaction."""
    want_plans(session, jobs, note(session, cause, now))


def note(session: Session, cause: Cause, now: datetime) -> Sequence[Place]:
    """Note a cause once for every process whose plan is to take it up; which these are.

    What is about one work centre concerns the process it leads, and all others by the facility's clock alone, which
    every plan runs. What is about a whole facility concerns every process that has work.
    """
    places = [(cause.facility, cause.work_centre)] if cause.work_centre else places_with_work(session, cause.facility)
    session.add_all(
        PlanCause(
            kind=cause.kind,
            facility=cause.facility,
            process=process,
            work_centre=cause.work_centre,
            machine=cause.machine,
            batch=cause.batch,
            sentence=cause.sentence,
            at=now,
        )
        for _, process in places
    )
    session.flush()
    return places


def places_with_work(session: Session, facility: str) -> Sequence[Place]:
    """The processes of a facility for which something waits or is open; just its clock ("") if there are none."""
    waiting = sa.select(col(Piece.process)).where(col(Piece.facility) == facility, col(Piece.stage) == "waiting")
    filling = sa.select(col(Batch.work_centre)).where(col(Batch.facility) == facility, col(Batch.status) == "open")
    found = {row[0] for each in (waiting, filling) for row in session.execute(each.distinct())}
    return [(facility, process) for process in sorted(found) or [""]]


def pending(session: Session) -> set[Place]:
    """Where there is a cause that no plan has taken into account."""
    where = sa.select(col(PlanCause.facility), col(PlanCause.process)).where(col(PlanCause.planned_at).is_(None))
    return {(row[0], row[1]) for row in session.execute(where.distinct())}


def taken(session: Session, facility: str, process: str | None, now: datetime) -> Sequence[Cause]:
    """The causes that no plan of this process (or of any here) has taken into account, oldest first; now it has."""
    here = sa.true() if process is None else col(PlanCause.process) == process
    statement = sa.select(PlanCause).where(
        col(PlanCause.planned_at).is_(None), col(PlanCause.facility) == facility, here
    )
    statement = statement.order_by(col(PlanCause.id))
    rows = session.execute(statement.execution_options(populate_existing=True)).scalars().all()
    for row in rows:
        row.planned_at = now
    session.flush()
    found = [Cause(row.kind, row.facility, row.sentence, row.work_centre, row.machine, row.batch) for row in rows]
    return list(dict.fromkeys(found))
