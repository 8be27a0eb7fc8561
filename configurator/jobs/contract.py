"""What a job is, on both engines.

A handler does its work outside any transaction (reads, files, mail; all with deterministic names, so that
doing it twice is doing it once) and returns what is to be written. The engine runs that in the one
transaction that also marks the job done: effects in the database happen exactly once.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

from sqlmodel import Session

from configurator.errors import NotFound

Finish = Callable[[Session], None]
Handler = Callable[[Mapping[str, Any]], Finish | None]

Withdrawn = Literal["withdrawn", "never", "begun"]
"""What became of a job that was to be withdrawn: it is not run; nobody had asked for it; it was run, or runs now."""


@dataclass(frozen=True, slots=True)
class FailedJob:
    """A job that failed, for the page that lists what, why and since when. again_at: when it is tried again by itself;
    None once it was given up."""

    id: int
    kind: str
    key: str
    args: Mapping[str, Any]
    reason: str
    attempts: int
    enqueued_at: datetime
    again_at: datetime | None = None


class Jobs(Protocol):
    """The queue as the rest of the program sees it."""

    def enqueue(
        self,
        session: Session,
        kind: str,
        key: str,
        args: Mapping[str, Any] | None = None,
        *,
        not_before: datetime | None = None,
    ) -> bool:
        """Insert a job in the caller's transaction. `key` is unique for ever: False if it was there already.

        not_before: it is not begun until then.
        """

    def withdraw(self, session: Session, key: str) -> Withdrawn:
        """Take a job back in the caller's transaction, if nobody has begun it; its key is free again then."""

    def ask(self, session: Session, kind: str, subject: str, args: Mapping[str, Any] | None = None) -> bool:
        """Have something done about a subject after the caller's transaction: one job for all who ask until it begins.

        False if a job that has not begun does for this too. Two jobs of one subject never run at once.
        """

    def since(self, session: Session, kind: str, subjects: str) -> datetime | None:
        """Since when a job of a kind waits or runs whose subject begins so; None if there is none."""

    def failed(self, session: Session) -> tuple[FailedJob, ...]:
        """The jobs that were given up, newest first."""

    def failing(self, session: Session) -> tuple[FailedJob, ...]:
        """The jobs that failed at least once and are tried again by themselves, newest first."""

    def retry(self, session: Session, job_id: int) -> None:
        """Try a failed job again now, from its first attempt on. Raises NoFailedJob."""

    def run_due(self) -> int:
        """Run everything that is due, here and now, until nothing is; how many times a job was run."""

    def start(self) -> None:
        """Run jobs in the background of this process: in the server on SQLite, in workers on PostgreSQL."""

    def stop(self) -> None:
        """Finish what is running and begin nothing new."""


class NoFailedJob(NotFound):
    """It was tried again already, or never failed."""

    def __init__(self) -> None:
        super().__init__("This job is not among the failed ones any more. Load the page again to see where it is.")
