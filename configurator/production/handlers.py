"""The durable jobs of production: planning, the cut-off, the package."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlmodel import Session

from configurator.artwork.pictures import Pixels
from configurator.blanks.catalogue import Catalogue
from configurator.clock import Clock
from configurator.database import Database
from configurator.export.delivery import Delivery
from configurator.jobs.contract import Finish, Handler, Jobs
from configurator.production.batch_store import open_count
from configurator.production.plan_store import needs_planning
from configurator.production.planning import plan
from configurator.production.releasing import export_handler, release_due
from configurator.production.running_late import note_late
from configurator.production.sequencing import FEW

PERIODIC = {"cut-off": timedelta(minutes=1)}
"""Kind of job -> how often it is to run."""


@dataclass(frozen=True)
class Workshop:
    """What production's jobs need. `jobs`: given as a function, because the queue is opened with the handlers.

    pixels: of customers' pictures.
    """

    database: Database
    catalogue: Catalogue
    delivery: Delivery
    clock: Clock
    jobs: Callable[[], Jobs]
    pixels: Pixels | None = None


def production_handlers(workshop: Workshop) -> Mapping[str, Handler]:
    """Kind of job -> its handler: "plan" after every order, "cut-off" every minute, "export" after every release."""
    return {
        "plan": _planning(workshop),
        "cut-off": _cut_off(workshop),
        "export": export_handler(
            workshop.database,
            workshop.delivery,
            workshop.clock,
            workshop.catalogue.shop.press.files,
            pixels=workshop.pixels,
        ),
    }


def _planning(workshop: Workshop) -> Handler:
    def handle(_: Mapping[str, Any]) -> Finish:
        _ready(workshop)

        def finish(session: Session) -> None:
            if needs_planning(session):
                plan(session, catalogue=workshop.catalogue, now=workshop.clock.now())

        return finish

    return handle


def _ready(workshop: Workshop) -> None:
    """Load the compiled search before the transaction, if the plan will use it: nobody waits for that at the lock."""
    with workshop.database.read() as session:
        many = open_count(session) > FEW
    if many:
        # Compiled code is loaded only where there is enough to search.
        from configurator.production.search.warming import warm  # noqa: PLC0415 - see the line above

        warm()


def _cut_off(workshop: Workshop) -> Handler:
    def handle(_: Mapping[str, Any]) -> Finish:
        _ready(workshop)

        def finish(session: Session) -> None:
            now = workshop.clock.now()
            note_late(session, workshop.catalogue.shop, now)
            due = release_due(session, catalogue=workshop.catalogue, jobs=workshop.jobs(), now=now)
            if due.released or due.refused or needs_planning(session):
                plan(session, catalogue=workshop.catalogue, now=now)

        return finish

    return handle
