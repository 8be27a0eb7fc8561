"""What preflight warned of is shown again at checkout: nothing is made so without a tick, and the order keeps it."""

from dataclasses import replace

import pytest
from sqlmodel import col, select

from configurator.clock import FixedClock
from configurator.database import Database
from configurator.jobs.embedded import EmbeddedJobs
from configurator.orders.cart import Wanted, add_to_cart, order_again
from configurator.orders.cart_store import quoted_cart
from configurator.orders.checkout import Checkout
from configurator.orders.rows import OrderLine
from configurator.orders.warnings import WarningsNotSeen, lines_warned_of, read_ticked, warned_written
from tests.builders import NOW, Counter, a_catalogue, a_checkout, a_design, a_mug, a_proof, put, seeded, stocked

CATALOGUE = a_catalogue()
SMALL = "“Zoë” is 1.6 mm tall. Letters under 2 mm do not come out well with sublimation."


@pytest.fixture
def counter(database: Database, clock: FixedClock) -> Counter:
    with database.write() as session:
        stocked(session, CATALOGUE.shop)
    return Counter(CATALOGUE, EmbeddedJobs(database, clock, {}), seeded())


def warned_of(database: Database, *, ticked: bool) -> Checkout:
    """A cart with a good tee and a mug that preflight warns of, twice for one reason; checked out."""
    with database.write() as session:
        put(session, "zoe", [(a_design(text="Anna"), 1)], CATALOGUE)
        proof = a_proof(a_design(), a_mug(), warnings=(SMALL, SMALL))
        add_to_cart(session, "zoe", Wanted(proof, 2, "?mug"), now=NOW)
        checkout = a_checkout(session, "zoe", CATALOGUE)
        cart = quoted_cart(session, "zoe", CATALOGUE)
    return replace(checkout, ticked=read_ticked(warned_written(cart))) if ticked else checkout


def test_without_a_tick_nothing_is_ordered_and_the_piece_and_its_warning_are_named(
    database: Database, counter: Counter
) -> None:
    checkout = warned_of(database, ticked=False)
    with pytest.raises(WarningsNotSeen, match=r"Mug.*“Zoë” is 1\.6 mm tall"), database.write() as session:
        counter.place(session, checkout)


def test_a_tick_is_kept_with_the_line_it_is_about(database: Database, counter: Counter) -> None:
    checkout = warned_of(database, ticked=True)
    with database.write() as session:
        order = counter.place(session, checkout)
        lines = session.exec(select(OrderLine).where(col(OrderLine.order_id) == order.id)).all()
        assert {line.title: line.warnings for line in lines} == {"Mug, 330 ml, Anna": [], "Mug, 330 ml, Zoë": [SMALL]}


def test_a_tick_does_not_count_for_a_design_that_came_later(database: Database, counter: Counter) -> None:
    checkout = warned_of(database, ticked=True)
    with database.write() as session:
        proof = a_proof(a_design(text="Emil"), a_mug(), warnings=(SMALL,))
        add_to_cart(session, "zoe", Wanted(proof, 1, "?mug"), now=NOW)
        later = replace(a_checkout(session, "zoe", CATALOGUE), ticked=checkout.ticked)
    with pytest.raises(WarningsNotSeen, match="Emil"), database.write() as session:
        counter.place(session, later)


def test_ordering_again_asks_again(database: Database, counter: Counter) -> None:
    checkout = warned_of(database, ticked=True)
    with database.write() as session:
        order = counter.place(session, checkout)
        order_again(session, "zoe", order.id or 0, now=NOW)
        assert [line.title for line in lines_warned_of(quoted_cart(session, "zoe", CATALOGUE))] == ["Mug, 330 ml, Zoë"]


def test_a_tick_that_was_tampered_with_ticks_nothing() -> None:
    assert read_ticked("") == read_ticked(",,") == frozenset()
