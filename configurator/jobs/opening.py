"""Picks the engine that fits the database."""

from collections.abc import Mapping
from datetime import timedelta

from configurator.clock import Clock
from configurator.database import Database
from configurator.jobs.contract import Handler
from configurator.jobs.embedded import EmbeddedJobs
from configurator.jobs.recorded import Pace, RecordedJobs
from configurator.settings import Settings


def open_jobs(
    database: Database,
    settings: Settings,
    handlers: Mapping[str, Handler],
    clock: Clock,
    periodic: Mapping[str, timedelta] | None = None,
) -> RecordedJobs:
    """The queue of this database. `handlers`: by kind, may be filled later; `periodic`: kind -> how often."""
    pace = Pace(periodic=periodic or {}, threads=settings.job_threads)
    if database.is_sqlite:
        return EmbeddedJobs(database, clock, handlers, pace)
    from configurator.jobs.scaled import ScaledJobs  # noqa: PLC0415 procrastinate is not needed on SQLite

    return ScaledJobs(database, clock, handlers, pace)
