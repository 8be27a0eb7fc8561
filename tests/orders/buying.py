"""Buyers of their own process or thread, each with a full cart, ordering as fast as they can."""

import threading
from collections import Counter as Tally
from collections.abc import Sequence
from datetime import date

from configurator.clock import FixedClock
from configurator.database import Database
from configurator.jobs.embedded import EmbeddedJobs
from configurator.orders.placing import CartIsEmpty
from configurator.stock.expecting import Expected, expect
from configurator.stock.receiving import Goods
from configurator.stock.reserving import SoldOut
from tests.builders import NOW, Counter, a_catalogue, a_checkout, a_design, a_shop, put, seeded, stocked

SHOP = a_shop(start=25)
CATALOGUE = a_catalogue(shop=SHOP)
LINES = [(a_design(text="one of fifty"), 1)]


COMES = date(2026, 12, 3)
"""When more white mugs are expected at the plant, if any are."""


def fill_shop_and_carts(database: Database, visitors: Sequence[str], *, expected: int = 0) -> None:
    """25 white mugs at the plant and 25 at the store, `expected` more on their way; everybody has one in the cart."""
    with database.write() as session:
        stocked(session, SHOP)
        if expected:
            expect(session, Expected(Goods("plant", "mug-white", expected), COMES, "Deniz"), now=NOW)
        for visitor in visitors:
            put(session, visitor, LINES, CATALOGUE)


def buy(database: Database, visitor: str) -> str:
    """What became of a visitor's order: `ordered`, `sold out`, or the name of what should never happen."""
    counter = Counter(CATALOGUE, EmbeddedJobs(database, FixedClock(NOW), {}), seeded(visitor))
    try:
        with database.read() as session:
            checkout = a_checkout(session, visitor, CATALOGUE, fulfilment="pickup", awaits=COMES)
        with database.write() as session:
            counter.place(session, checkout)
    except (SoldOut, CartIsEmpty) as refusal:
        return {"SoldOut": "sold out", "CartIsEmpty": "twice"}[type(refusal).__name__]
    except Exception as error:
        return repr(error)
    return "ordered"


def buy_at_once(database: Database, visitors: Sequence[str]) -> Tally[str]:
    """Everybody presses the button at the same moment, a thread each."""
    at_once, answers = threading.Barrier(len(visitors)), []

    def press(visitor: str) -> None:
        at_once.wait()
        answers.append(buy(database, visitor))

    buyers = [threading.Thread(target=press, args=(visitor,)) for visitor in visitors]
    for buyer in buyers:
        buyer.start()
    for buyer in buyers:
        buyer.join()
    return Tally(answers)


def buy_from_url(url: str, visitors: Sequence[str]) -> Tally[str]:
    """As `buy_at_once`, in a process that has its own connections."""
    database = Database(url)
    answers = buy_at_once(database, visitors)
    database.close()
    return answers
