"""Runs one job after another; the same on both engines."""

import logging
import os
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta

from configurator.clock import Clock
from configurator.database import Database
from configurator.errors import Refusal, Unavailable
from configurator.jobs import job_store
from configurator.jobs.contract import Handler
from configurator.jobs.job_store import Claimed, Lease

LEASE = timedelta(seconds=30)
LOG = logging.getLogger(__name__)


class Runner:
    """Claims a job, calls its handler, and writes what the handler returns as it marks the job done.

    `handlers` is looked into when a job runs, so it may be filled after the queue was made.
    While a job runs its lease is renewed; a process that dies stops renewing, and another one takes the job.
    """

    def __init__(
        self, database: Database, clock: Clock, handlers: Mapping[str, Handler], *, lease: timedelta = LEASE
    ) -> None:
        self.database, self.clock, self.handlers = database, clock, handlers
        self.name = f"{socket.gethostname()}:{os.getpid()}:{id(self):x}"
        self._length = lease
        self._running: set[int] = set()
        self._guard = threading.Lock()

    def run(self, job_id: int | None = None) -> bool:
        """Run the job that is due longest, or this one. False when there was nothing to claim."""
        with self.database.write() as session:
            job = job_store.claim(session, self._lease(), job_id)
        if job is None:
            return False
        with self._kept(job):
            try:
                self._do(job)
            except Exception as error:
                written_down(error, f"The job {job.id} ({job.kind}) failed at attempt {job.attempts}")
                self._put_off(job, error)
        return True

    def _do(self, job: Claimed) -> None:
        finish = self._handler(job.kind)(job.args)
        with self.database.write() as session:
            if job_store.mark_done(session, job.id, self.clock.now()) and finish is not None:
                finish(session)

    def _handler(self, kind: str) -> Handler:
        if kind not in self.handlers:
            raise NobodyDoes(kind)
        return self.handlers[kind]

    def _put_off(self, job: Claimed, error: Exception) -> None:
        reason = str(error) if isinstance(error, Refusal) else f"{type(error).__name__}: {error}"
        with self.database.write() as session:
            job_store.mark_failed(session, job, self._lease(), reason, away=isinstance(error, Unavailable))

    @contextmanager
    def _kept(self, job: Claimed) -> Iterator[None]:
        with self._guard:
            self._running.add(job.id)
        try:
            yield
        finally:
            with self._guard:
                self._running.discard(job.id)

    def keep_leases(self) -> None:
        """The heartbeat: renew the leases of everything that runs here."""
        with self._guard:
            running = frozenset(self._running)
        if running:
            with self.database.write() as session:
                job_store.keep(session, running, self._lease())

    def keep_leases_until(self, stopping: threading.Event) -> None:
        """Renew leases, three times in a lease's length, until told to stop."""
        repeat(self.keep_leases, every=self._length / 3, stopping=stopping)

    def _lease(self) -> Lease:
        return Lease(self.name, self.clock.now(), self._length)


class NobodyDoes(Refusal):
    """There is no handler for this kind of job."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"This version of the program does not know the job “{kind}”. Try again after upgrading.")


def repeat(deed: Callable[[], object], *, every: timedelta, stopping: threading.Event) -> None:
    """Do it again and again; a failure does not end it (the disk may have room again). It is written down once, and
    again when it is another one or comes back."""
    told = ""
    while not stopping.wait(every.total_seconds()):
        try:
            deed()
            told = ""
        except Exception as error:
            if str(error) != told:
                written_down(error, f"Will try again every {every.total_seconds():g} s")
            told = str(error)


def written_down(error: Exception, what: str) -> None:
    """Into the log: a refusal is a sentence that says enough, everything else comes with its trace."""
    LOG.error("%s: %s", what, error, exc_info=None if isinstance(error, Refusal) else error)
