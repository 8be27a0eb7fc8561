"""The engine for PostgreSQL: procrastinate carries each job's id to one of any number of worker processes."""

import asyncio
import logging
import threading
from collections.abc import Mapping
from datetime import datetime, timedelta

import procrastinate
from procrastinate.connector import BaseConnector
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job as Parcel
from procrastinate.retry import BaseRetryStrategy, RetryDecision
from sqlmodel import Session

from configurator.clock import Clock
from configurator.database import Database
from configurator.jobs import job_store
from configurator.jobs.contract import Handler
from configurator.jobs.recorded import Pace, RecordedJobs
from configurator.jobs.running import LOG, repeat, written_down

TICK, LOOK_AGAIN = timedelta(seconds=1), 5.0
SOON = timedelta(seconds=0.5)
"""When to bring a job again that waits for another one of its subject."""


class NotYet(Exception):
    """The job is not done: it was put off, or another worker holds it. Bring it again at `at`."""

    def __init__(self, at: datetime) -> None:
        super().__init__(at)
        self.at = at


class AsTheRecordSays(BaseRetryStrategy):
    """procrastinate brings a job again when our table says so, and as often as it says so."""

    def get_retry_decision(self, *, exception: BaseException, job: Parcel) -> RetryDecision | None:
        """When to bring it again."""
        return RetryDecision(retry_at=exception.at) if isinstance(exception, NotYet) else None


class ScaledJobs(RecordedJobs):
    """Jobs in worker processes. The server only enqueues, in the caller's transaction on the same connection."""

    def __init__(
        self, database: Database, clock: Clock, handlers: Mapping[str, Handler], pace: Pace | None = None
    ) -> None:
        super().__init__(database, clock, handlers, pace)
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []
        self._plain = database.url.set(drivername="postgresql").render_as_string(hide_password=False)
        # Sends only, on the callers' connections: it needs no pool of its own and is never opened.
        self._sender = self._carrier(procrastinate.SyncPsycopgConnector(conninfo=self._plain)).tasks["job"]

    def _carrier(self, connector: BaseConnector) -> procrastinate.App:
        app = procrastinate.App(connector=connector)
        app.task(name="job", retry=AsTheRecordSays())(self._bring)
        return app

    def _announce(self, session: Session, job_id: int) -> None:
        connection = session.connection().connection.driver_connection
        self._sender.configure(connection=connection).defer(job_id=job_id)

    def _bring(self, job_id: int) -> None:
        """What a worker does with a parcel. The record decides whether there is anything to do."""
        self._runner.run(job_id)
        with self._database.read() as session:
            again = job_store.when_free(session, job_id)
        if again is not None:
            raise NotYet(max(again, self._clock.now() + SOON))

    def start(self) -> None:
        """Work in the background until `stop`: what `configurator worker` does. The web server does not call it."""
        for name in ("procrastinate", "psycopg.pool"):
            logging.getLogger(name).setLevel(logging.CRITICAL)  # their traces say what our own sentence says
        self._stopping.clear()
        beat, tick = self._runner.keep_leases_until, self._tick_until
        work = self._work_until
        self._threads = [threading.Thread(target=deed, args=(self._stopping,)) for deed in (beat, tick, work)]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End what `start` began, after what is running has ended."""
        self._stopping.set()
        for thread in self._threads:
            thread.join()

    def _work_until(self, stopping: threading.Event) -> None:
        """A worker that loses its database waits for it and goes on."""
        while not stopping.is_set():
            try:
                asyncio.run(self._work(stopping))
            except ConnectorException as error:
                LOG.error(
                    "The worker lost its database; will try again in %s s: %s", LOOK_AGAIN, error.__cause__ or error
                )
                stopping.wait(LOOK_AGAIN)
            except Exception as error:
                written_down(error, f"The worker stopped; will try again in {LOOK_AGAIN} s")
                stopping.wait(LOOK_AGAIN)

    async def _work(self, stopping: threading.Event) -> None:
        connector = procrastinate.PsycopgConnector(
            conninfo=self._plain, min_size=1, max_size=self._pace.threads + 3, timeout=LOOK_AGAIN
        )
        app = self._carrier(connector)
        async with app.open_async():
            tasks = [asyncio.create_task(each) for each in (self._carry(app), self._recover(app), _until(stopping))]
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in tasks:
                task.cancel()
            for outcome in await asyncio.gather(*tasks, return_exceptions=True):
                if isinstance(outcome, Exception):
                    raise outcome

    async def _carry(self, app: procrastinate.App) -> None:
        """procrastinate's worker. Cancelled, it waits for what is running."""
        seconds = self._pace.lease.total_seconds()
        await app.run_worker_async(
            concurrency=self._pace.threads,
            delete_jobs="successful",
            fetch_job_polling_interval=min(5.0, seconds / 3),
            update_heartbeat_interval=seconds / 3,
            stalled_worker_timeout=seconds,
            install_signal_handlers=False,
        )

    async def _recover(self, app: procrastinate.App) -> None:
        """Bring again what dead workers had; the lease in the record keeps a living one's work its own."""
        seconds = self._pace.lease.total_seconds()
        while True:
            for parcel in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=seconds):
                await app.job_manager.retry_job(parcel, retry_at=self._clock.now())
            await asyncio.sleep(seconds / 3)

    def _tick_until(self, stopping: threading.Event) -> None:
        repeat(self._ticker.tick, every=TICK, stopping=stopping)


async def _until(stopping: threading.Event) -> None:
    while not stopping.is_set():
        await asyncio.sleep(0.1)
