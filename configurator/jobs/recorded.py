"""What both engines have in common: the job table is the record, and one runner works through it."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from configurator.clock import Clock
from configurator.database import Database
from configurator.jobs import job_store
from configurator.jobs.contract import FailedJob, Handler, Withdrawn
from configurator.jobs.rows import Job
from configurator.jobs.running import LEASE, Runner
from configurator.jobs.ticking import Ticker


@dataclass(frozen=True)
class Pace:
    """How an engine runs. periodic: kind of job -> how often it is enqueued. lease: see Runner."""

    periodic: Mapping[str, timedelta] = field(default_factory=dict)
    threads: int = 2
    lease: timedelta = LEASE


class RecordedJobs(ABC):
    """The queue, as far as it does not matter who works on it."""

    def __init__(
        self, database: Database, clock: Clock, handlers: Mapping[str, Handler], pace: Pace | None = None
    ) -> None:
        self._database, self._clock, self._pace = database, clock, pace or Pace()
        self._runner = Runner(database, clock, handlers, lease=self._pace.lease)
        self._ticker = Ticker(self, database, clock, self._pace.periodic)

    def enqueue(
        self,
        session: Session,
        kind: str,
        key: str,
        args: Mapping[str, Any] | None = None,
        *,
        not_before: datetime | None = None,
    ) -> bool:
        """Insert a job in the caller's transaction; False if its key was there already."""
        now = self._clock.now()
        due = max(now, not_before or now)
        added = job_store.add(session, Job(kind=kind, key=key, args=dict(args or {}), enqueued_at=now, due_at=due))
        if added is not None:
            self._announce(session, added)
        return added is not None

    def withdraw(self, session: Session, key: str) -> Withdrawn:
        """Take a job back in the caller's transaction, if nobody has begun it; its key is free again then."""
        return job_store.withdraw(session, key, self._clock.now())

    def ask(self, session: Session, kind: str, subject: str, args: Mapping[str, Any] | None = None) -> bool:
        """Have something done about a subject: one job for all who ask until it begins; False if one waits already."""
        now = self._clock.now()
        if job_store.awaited(session, subject, now):
            return False
        job = Job(kind=kind, subject=subject, args=dict(args or {}), enqueued_at=now, due_at=now)
        added = job_store.add(session, job)
        if added is not None:
            self._announce(session, added)
        return added is not None

    def since(self, session: Session, kind: str, subjects: str) -> datetime | None:
        """Since when a job of a kind waits or runs whose subject begins so; None if there is none."""
        return job_store.waiting_for(session, kind, subjects)

    def failed(self, session: Session) -> tuple[FailedJob, ...]:
        """The jobs that were given up, newest first."""
        return job_store.failed(session)

    def failing(self, session: Session) -> tuple[FailedJob, ...]:
        """The jobs that failed at least once and are tried again by themselves, newest first."""
        return job_store.failing(session)

    def retry(self, session: Session, job_id: int) -> None:
        """Try a failed job again now, from its first attempt on. Raises NoFailedJob."""
        job_store.retry(session, job_id, self._clock.now())
        self._announce(session, job_id)

    def run_due(self) -> int:
        """Run everything that is due, here and now, until nothing is; how many times a job was run.

        Failures are recorded, not raised. Safe beside running engines.
        """
        count = 0
        while self._runner.run():
            count += 1
        return count

    def tick(self) -> int:
        """Enqueue the periodic jobs of this slot; how many there were. Whoever runs jobs does this itself."""
        return self._ticker.tick()

    @abstractmethod
    def start(self) -> None:
        """Run jobs in the background of this process until `stop`."""

    @abstractmethod
    def stop(self) -> None:
        """Finish what is running and begin nothing new."""

    @abstractmethod
    def _announce(self, session: Session, job_id: int) -> None:
        """Tell those who work, when the caller's transaction commits, that there is something to do."""
