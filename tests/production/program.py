"""A process that orders, plans, releases and exports, and says at which point it is, so that a test can kill it there.

python -m tests.production.program <database url> <package folder>
"""

import sys
import time
from collections.abc import Mapping
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import col

from configurator.clock import SystemClock
from configurator.database import Database
from configurator.export.delivery import Delivery
from configurator.jobs.contract import Handler
from configurator.orders.rows import Order
from configurator.production.batch_store import open_batches
from configurator.production.handlers import Workshop, production_handlers
from configurator.production.planning import plan
from configurator.production.releasing import release
from tests.builders import Counter, a_checkout, a_design, put, seeded
from tests.jobs.working import Engine, engine, statuses, until
from tests.production.workshop import workshop_catalogue

ORDERS = 6
A_MOMENT = 0.02
CATALOGUE = workshop_catalogue()


def say(what: str) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()
    time.sleep(A_MOMENT)


class TalkingDelivery(Delivery):
    """The real delivery, which says when it begins and when it has ended."""

    def write(self, folder: str, files: Mapping[str, bytes]) -> None:
        say("exporting")
        super().write(folder, files)
        say("exported")


def order(database: Database, jobs: Engine, number: int) -> None:
    """One order of some mugs; the same number again is the same order."""
    counter = Counter(CATALOGUE, jobs, seeded(number))
    mug = CATALOGUE.blank("mug")
    visitor = f"visitor {number}"
    with database.write() as session:
        put(session, visitor, [(a_design(mug, f"{number}", inside=("white", "coral")[number % 2]), 4)], CATALOGUE)
        checkout = a_checkout(session, visitor, CATALOGUE)
        counter.place(session, checkout, now=SystemClock().now())
        say("placing")


def handlers(database: Database, delivery: Delivery, jobs: list[Engine]) -> Mapping[str, Handler]:
    """Production's jobs; messages are not what this is about."""
    parts = Workshop(database, CATALOGUE, delivery, SystemClock(), lambda: jobs[0])
    return {**production_handlers(parts), "message": lambda _: None}


def main(url: str, folder: Path) -> None:
    database, box = Database(url), []
    delivery = TalkingDelivery(folder.as_uri())
    jobs = engine(database, SystemClock(), handlers(database, delivery, box))
    box.append(jobs)
    for number in range(ORDERS):
        if not placed(database, number):
            order(database, jobs, number)
            say("placed")
    with database.write() as session:
        plan(session, catalogue=CATALOGUE, now=SystemClock().now())
        say("planning")
    with database.read() as session:
        batches = open_batches(session)
    for batch in batches:
        with database.write() as session:
            release(session, batch.id, who="Deniz", catalogue=CATALOGUE, jobs=jobs, now=SystemClock().now())
            say("releasing")
        say("released")
    jobs.start()
    until(lambda: all_done(database))
    say("done")
    jobs.stop()


def placed(database: Database, number: int) -> bool:
    """Whether the order of this number is there."""
    with database.read() as session:
        known = sa.select(col(Order.id)).where(col(Order.checkout_key) == f"key of visitor {number}")
        return session.execute(known).first() is not None


def all_done(database: Database) -> bool:
    """Whether every job has been worked off."""
    return set(statuses(database).values()) == {"done"}


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
