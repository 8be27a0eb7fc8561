"""Periodic jobs: every slot of time enqueues one job under the slot's own key, so that it is run once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from configurator.clock import Clock
from configurator.database import Database
from configurator.jobs import job_store
from configurator.jobs.contract import Jobs

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
REMEMBERED = timedelta(days=1)


@dataclass(frozen=True)
class Ticker:
    """Enqueues the periodic jobs. Any number of processes may tick: the key of a slot is unique.

    `periodic`: kind of job -> how often. Its handler is given {"slot": when, as ISO text}. Slots that passed
    while nothing ran are not made up for: a periodic job looks at the world as it is.
    """

    jobs: Jobs
    database: Database
    clock: Clock
    periodic: Mapping[str, timedelta]

    def tick(self) -> int:
        """Enqueue what this slot has not had yet; how many that were."""
        now = self.clock.now()
        due = {kind: slot(now, every) for kind, every in self.periodic.items()}
        with self.database.read() as session:
            fresh = [kind for kind in due if not job_store.known(session, _key(kind, due[kind]))]
        if not fresh:
            return 0
        with self.database.write() as session:
            job_store.forget_done(session, frozenset(due), now - REMEMBERED)
            made = [self.jobs.enqueue(session, kind, _key(kind, due[kind]), {"slot": due[kind]}) for kind in fresh]
        return sum(made)


def slot(now: datetime, every: timedelta) -> str:
    """The beginning of the slot that `now` lies in, counted from 1970."""
    return (EPOCH + (now - EPOCH) // every * every).isoformat()


def _key(kind: str, begins: str) -> str:
    return f"{kind}@{begins}"
