"""Jobs that leave a mark which would show if it were left twice, and ways to let them be done."""

import contextlib
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from configurator.clock import Clock
from configurator.database import Database
from configurator.jobs.contract import Finish, Handler
from configurator.jobs.embedded import EmbeddedJobs
from configurator.jobs.recorded import Pace
from configurator.jobs.rows import Job
from configurator.jobs.scaled import ScaledJobs
from configurator.stock.rows import StockItem

Engine = EmbeddedJobs | ScaledJobs
PATIENCE = 60.0


def engine(database: Database, clock: Clock, handlers: Mapping[str, Handler], **pace: Any) -> Engine:
    kind = EmbeddedJobs if database.is_sqlite else ScaledJobs
    return kind(database, clock, handlers, Pace(**({"lease": timedelta(seconds=2)} | pace)))


@contextlib.contextmanager
def working(jobs: Engine) -> Iterator[None]:
    """While this lasts, jobs are worked on as in the running program."""
    jobs.start()
    try:
        yield
    finally:
        jobs.stop()


def until(condition: Callable[[], bool]) -> None:
    """Wait for it; give up, loudly, when it does not come."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def leave_mark(session: Session, name: str) -> None:
    """Counts up: once gives 1, twice gives 2."""
    changed = session.execute(
        sa.update(StockItem).where(col(StockItem.component) == name).values(on_hand=StockItem.on_hand + 1)
    )
    if not changed.rowcount:
        session.add(StockItem(facility="plant", component=name, on_hand=1))
        session.flush()


def marks(database: Database) -> dict[str, int]:
    with database.read() as session:
        return {item.component: item.on_hand for item in session.exec(select(StockItem))}


def statuses(database: Database) -> dict[str, str]:
    with database.read() as session:
        return {job.key: job.status for job in session.exec(select(Job))}


def mark(args: Mapping[str, Any]) -> Finish:
    """A handler: leaves the mark `name`."""
    return lambda session: leave_mark(session, args["name"])
