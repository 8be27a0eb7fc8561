"""Cancelling while a maker releases, two changes at once: one wins, the other is told, the books agree."""

import threading
from collections.abc import Callable

import pytest
from sqlmodel import Session, col, select

from configurator.clock import FixedClock
from configurator.database import Database
from configurator.jobs.embedded import EmbeddedJobs
from configurator.orders.changing import LineQuantity, TooLate, cancel, change_quantity
from configurator.orders.order_store import order_of, whole_order
from configurator.orders.rows import Order, Piece
from configurator.production.planning import plan
from configurator.production.releasing import NothingToRelease, release
from configurator.production.rows import Batch
from configurator.stock.stock_store import item_figures, ledger_differences
from tests.builders import NOW, Counter, a_catalogue, a_design, a_shop, seeded, stocked

SHOP = a_shop(start=60)
CATALOGUE = a_catalogue(shop=SHOP)


@pytest.fixture
def counter(database: Database, clock: FixedClock) -> Counter:
    with database.write() as session:
        stocked(session, SHOP)
    return Counter(CATALOGUE, EmbeddedJobs(database, clock, {}), seeded())


def at_once(database: Database, *deeds: Callable[[Session], object]) -> list[str]:
    """Do all deeds at the same moment; what became of each, by the name of its refusal or `done`."""
    start, answers = threading.Barrier(len(deeds)), [""] * len(deeds)

    def do(n: int) -> None:
        start.wait()
        try:
            with database.write() as session:
                deeds[n](session)
            answers[n] = "done"
        except Exception as error:
            answers[n] = type(error).__name__

    threads = [threading.Thread(target=do, args=(n,)) for n in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def white_mugs(database: Database) -> tuple[int, int]:
    with database.read() as session:
        assert ledger_differences(session) == ()
        (item,) = [i for i in item_figures(session) if (i.facility, i.component) == ("plant", "mug-white")]
        return item.on_hand, item.reserved


@pytest.mark.parametrize("attempt", range(3))
def test_cancelled_or_released_but_never_both(database: Database, counter: Counter, attempt: int) -> None:
    with database.write() as session:
        order = counter.order(session, [(a_design(), 5)])
        plan(session, catalogue=CATALOGUE, now=NOW)
        batch = session.exec(select(Batch.id)).one() or 0

    def give_up(session: Session) -> None:
        cancel(session, order.id or 0, jobs=counter.jobs, now=NOW)

    def make(session: Session) -> None:
        release(session, batch, who="Ida", catalogue=CATALOGUE, jobs=counter.jobs, now=NOW)

    answers = at_once(database, give_up, make)
    with database.read() as session:
        status = order_of(session, order.id or 0).status
        stages = set(session.exec(select(Piece.stage).where(col(Piece.order_id) == order.id)).all())
    if answers == ["done", NothingToRelease.__name__]:
        assert (status, stages, white_mugs(database)) == ("cancelled", {"cancelled"}, (60, 0))
    else:
        assert answers == [TooLate.__name__, "done"]
        assert (status, stages, white_mugs(database)) == ("placed", {"released"}, (55, 0))


def test_two_windows_change_the_same_line_one_after_the_other(database: Database, counter: Counter) -> None:
    with database.write() as session:
        order = counter.order(session, [(a_design(), 5)])
        line = whole_order(session, order).lines[0].id or 0

    def to(quantity: int) -> Callable[[Session], Order]:
        wish = LineQuantity(line, quantity)
        return lambda session: change_quantity(
            session, order.id or 0, wish, catalogue=CATALOGUE, jobs=counter.jobs, now=NOW
        )

    assert at_once(database, to(8), to(3), to(12)) == ["done", "done", "done"]
    with database.read() as session:
        whole = whole_order(session, order_of(session, order.id or 0))
    assert whole.lines[0].quantity == len(whole.pieces)
    assert whole.order.total == sum(each.total for each in whole.lines) + whole.order.shipping
    assert white_mugs(database) == (60, len(whole.pieces))


def test_cancelled_twice_at_once_gives_the_stock_back_once(database: Database, counter: Counter) -> None:
    with database.write() as session:
        order = counter.order(session, [(a_design(), 5)])
    deeds = [lambda session: cancel(session, order.id or 0, jobs=counter.jobs, now=NOW)] * 3
    assert at_once(database, *deeds) == ["done"] * 3
    assert white_mugs(database) == (60, 0)


def test_many_orders_of_many_things_never_wait_for_each_other_for_ever(database: Database, counter: Counter) -> None:
    mixes = [
        [(a_design(inside="white"), 1), (a_design(inside="coral", extras=frozenset({"lid"})), 1)],
        [(a_design(inside="coral"), 1), (a_design(inside="white", extras=frozenset({"lid"})), 1)],
    ]
    with database.write() as session:
        first = counter.order(session, [*mixes[0], *mixes[1]], visitor="keeps the designs")
    deeds = [
        lambda session, n=n: counter.order(session, mixes[n % 2], visitor=f"visitor {n}", fulfilment="pickup")
        for n in range(24)
    ]
    deeds.append(lambda session: cancel(session, first.id or 0, jobs=counter.jobs, now=NOW))
    assert set(at_once(database, *deeds)) == {"done"}
    with database.read() as session:
        assert ledger_differences(session) == ()
