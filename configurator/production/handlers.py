"""The durable jobs of production: planning, the cut-off, sheets by outlines, the package."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from configurator.artwork.pictures import Pixels
from configurator.blanks.catalogue import Catalogue
from configurator.clock import Clock
from configurator.database import Database
from configurator.export.delivery import Delivery
from configurator.jobs.contract import Finish, Handler, Jobs
from configurator.orders.planning_wanted import want_plans
from configurator.production.awaiting import reserve_again
from configurator.production.batch_store import open_count
from configurator.production.nesting_job import SECONDS, nesting_handler
from configurator.production.plan_store import places_needing
from configurator.production.planning import Asked, draft_of, plan_facility
from configurator.production.premises import as_kept
from configurator.production.promise_watch import Teller, tell_all_later
from configurator.production.releasing import export_handler, release_due
from configurator.production.remakes_told import remakes_untold, tell_days
from configurator.production.running_late import note_late
from configurator.production.sequencing import FEW

TRIES = 3
"""How often a search is made anew because something has changed while it was made."""

PERIODIC = {"cut-off": timedelta(minutes=1), "nest": timedelta(seconds=30)}
"""Kind of job -> how often it is to run."""


@dataclass(frozen=True)
class Workshop:
    """What production's jobs need. `jobs`: given as a function, because the queue is opened with the handlers.

    pixels: of customers' pictures. tells_late: customers whose day breaks are told without anybody saying so.
    nesting_s: how long one search for a layout by outlines may take.
    """

    database: Database
    catalogue: Catalogue
    delivery: Delivery
    clock: Clock
    jobs: Callable[[], Jobs]
    pixels: Pixels | None = None
    tells_late: bool = False
    nesting_s: int = SECONDS


def production_handlers(workshop: Workshop) -> Mapping[str, Handler]:
    """Kind of job -> its handler: "plan" of a facility and process after every event, "cut-off" every minute,
    "nest" twice that often, "export" after every release."""
    return {
        "plan": _planning(workshop),
        "cut-off": _cut_off(workshop),
        "nest": nesting_handler(workshop.database, workshop.catalogue, workshop.clock, seconds=workshop.nesting_s),
        "export": export_handler(
            workshop.database,
            workshop.delivery,
            workshop.clock,
            workshop.catalogue.shop.press.files,
            pixels=workshop.pixels,
        ),
    }


def _planning(workshop: Workshop) -> Handler:
    """The job "plan" of one facility and process: it searches while nobody waits for it, and writes in a moment.

    If something has changed meanwhile, it searches again, at last within the transaction that writes.
    """

    def handle(args: Mapping[str, Any]) -> Finish:
        now = workshop.clock.now()
        asked = _searched(workshop, Asked(str(args["facility"]), str(args["process"])), now)

        def finish(session: Session) -> None:
            plan_facility(session, asked, catalogue=workshop.catalogue, now=now)
            if made_again := remakes_untold(session, asked.facility):
                shop = as_kept(session, workshop.catalogue, now).shop
                tell_days(session, made_again, Teller("plan", shop, workshop.jobs(), now))

        return finish

    return handle


def _searched(workshop: Workshop, asked: Asked, now: datetime) -> Asked:
    """What is asked for with its search; a long one is made anew if something has changed while it was made."""
    for _ in range(TRIES if _ready(workshop) else 1):
        before, asked = asked, _drafted(workshop, asked, now)
        if before.draft is not None and asked.draft is before.draft:
            break
    return asked


def _drafted(workshop: Workshop, asked: Asked, now: datetime) -> Asked:
    with workshop.database.read() as session:
        return replace(asked, draft=draft_of(session, asked, catalogue=workshop.catalogue, now=now))


def _ready(workshop: Workshop) -> bool:
    """Whether there is much to search; the compiled search is loaded then, so that nobody waits for it at a lock."""
    with workshop.database.read() as session:
        many = open_count(session) > FEW
    if many:
        # Compiled code is loaded only where there is enough to search.
        from configurator.production.search.warming import warm  # noqa: PLC0415 - see the line above

        warm()
    return many


def _cut_off(workshop: Workshop) -> Handler:
    """Every minute: what is late is noted, what is due is released, and whatever changed by that is planned anew."""

    def handle(_: Mapping[str, Any]) -> Finish:
        def finish(session: Session) -> None:
            now = workshop.clock.now()
            jobs = workshop.jobs()
            note_late(session, workshop.catalogue.shop, now)
            due = release_due(session, catalogue=workshop.catalogue, jobs=jobs, now=now)
            if workshop.tells_late:
                shop = as_kept(session, workshop.catalogue, now).shop
                tell_all_later(session, Teller("plan", shop, jobs, now))
            freed = reserve_again(session, now=now, shop=workshop.catalogue.shop)
            want_plans(session, jobs, {*due.places, *freed, *places_needing(session)})

        return finish

    return handle
