"""Picks the engine that fits the database."""

from collections.abc import Mapping
from datetime import timedelta

from configurator.clock import Clock
from configurator.database import Database
from configurator.jobs.contract import Handler
from configurator.jobs.embedded import EmbeddedJobs
from configurator.jobs.recorded import Pace
from configurator.jobs.scaled import ScaledJobs
from configurator.settings import Settings


def open_jobs(
    database: Database,
    settings: Settings,
    handlers: Mapping[str, Handler],
    clock: Clock,
    periodic: Mapping[str, timedelta] | None = None,
) -> EmbeddedJobs | ScaledJobs:
    """The queue of this database. `handlers`: by kind, may be filled later; `periodic`: kind -> how often."""
    engine = EmbeddedJobs if database.is_sqlite else ScaledJobs
    return engine(database, clock, handlers, Pace(periodic=periodic or {}, threads=settings.job_threads))
