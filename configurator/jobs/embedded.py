"""The engine for SQLite: a few threads of the server process work through the job table."""

import os
import socket
import threading
from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import event
from sqlmodel import Session

from configurator.clock import Clock
from configurator.database import Database
from configurator.jobs import job_store
from configurator.jobs.contract import Handler
from configurator.jobs.recorded import Pace, RecordedJobs
from configurator.jobs.running import repeat, written_down

LOOK_AGAIN = 1.0
TICK = timedelta(seconds=1)
LAST_WORDS = 10.0


class EmbeddedJobs(RecordedJobs):
    """Jobs in the server process. They share the writers' queue of `Database.write` with the web pages."""

    def __init__(
        self, database: Database, clock: Clock, handlers: Mapping[str, Handler], pace: Pace | None = None
    ) -> None:
        super().__init__(database, clock, handlers, pace)
        self._wake, self._stopping = threading.Event(), threading.Event()
        self._threads: list[threading.Thread] = []

    def _announce(self, session: Session, job_id: int) -> None:
        event.listen(session, "after_commit", self._woken, once=True)

    def _woken(self, _: Session) -> None:
        self._wake.set()

    def start(self) -> None:
        """Begin. Jobs of a process of this machine that is gone are taken over at once."""
        self._release_the_dead()
        self._stopping.clear()
        beat, tick = self._runner.keep_leases_until, self._tick_until
        self._threads = [
            *(threading.Thread(target=self._work, name=f"job-{n}", daemon=True) for n in range(self._pace.threads)),
            threading.Thread(target=beat, args=(self._stopping,), name="job-leases", daemon=True),
            threading.Thread(target=tick, args=(self._stopping,), name="job-ticks", daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Let what is running end, for a while; begin nothing new. What is cut off is taken again later."""
        self._stopping.set()
        self._wake.set()
        for thread in self._threads:
            thread.join(LAST_WORDS)

    def _work(self) -> None:
        while not self._stopping.is_set():
            self._wake.clear()
            try:
                while self._due() and not self._stopping.is_set() and self._runner.run():
                    pass
            except Exception as error:
                written_down(error, "The job table cannot be worked on; will try again")
            self._wake.wait(LOOK_AGAIN)

    def _due(self) -> bool:
        with self._database.read() as session:
            return job_store.anything_due(session, self._clock.now())

    def _tick_until(self, stopping: threading.Event) -> None:
        repeat(self._ticker.tick, every=TICK, stopping=stopping)

    def _release_the_dead(self) -> None:
        with self._database.read() as session:
            dead = frozenset(holder for holder in job_store.holders(session) if _is_dead(holder))
        if dead:
            with self._database.write() as session:
                job_store.free_leases(session, dead)


def _is_dead(holder: str) -> bool:
    """Whether a lease's holder (`host:process:runner`) was a process of this machine that is no more."""
    host, process, _ = holder.rsplit(":", 2)
    if host != socket.gethostname() or int(process) == os.getpid():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
