"""Receipts: every figure is the order's own, and they add up to the cent."""

import pytest

from configurator.clock import FixedClock
from configurator.database import Database
from configurator.jobs.embedded import EmbeddedJobs
from configurator.orders.changing import cancel
from configurator.orders.order_store import whole_order
from configurator.orders.payment import Taken, take_payment
from configurator.orders.receipts import Receipt, VatRow, receipt
from configurator.orders.rows import Order
from tests.builders import NOW, ZOE, Counter, a_catalogue, a_design, a_mug, a_tin, seeded, stocked

CATALOGUE = a_catalogue()


@pytest.fixture
def counter(database: Database, clock: FixedClock) -> Counter:
    return Counter(CATALOGUE, EmbeddedJobs(database, clock, {}), seeded())


@pytest.fixture
def order(database: Database, counter: Counter) -> Order:
    """3 mugs at 19 %, 2 tins of muesli at 7 %, by parcel."""
    with database.write() as session:
        stocked(session, CATALOGUE.shop)
        return counter.order(session, [(a_design(a_mug()), 3), (a_design(a_tin(), text=""), 2)])


def written(database: Database, order: Order) -> Receipt:
    with database.read() as session:
        return receipt(whole_order(session, session.merge(order)), CATALOGUE.shop)


def test_an_invoice_states_goods_parcel_and_vat_per_rate(database: Database, order: Order) -> None:
    paper = written(database, order)
    assert (paper.kind, paper.order_number, paper.outstanding) == ("invoice", order.number, order.total)
    assert [(line.label, line.quantity, line.total, line.tax_percent) for line in paper.lines] == [
        ("Mug, 330 ml, Zoë", 3, 3 * 1590, "19"),
        ("Tin of muesli", 2, 2 * 1833, "7"),
        ("Parcel", 1, 490, "19"),
    ]
    assert paper.vat_rows == (VatRow("19", 4420, 840, 5260), VatRow("7", 3426, 240, 3666))
    assert (paper.total, paper.vat, paper.net) == (8926, 1080, 7846)
    assert paper.seller == ("Lot One GmbH", "Werkstraße 1", "28195 Bremen", "Germany")
    assert paper.buyer == (ZOE, "Osterdeich 41", "28203 Bremen", "Germany")


def test_a_paid_invoice_is_a_receipt(database: Database, order: Order) -> None:
    with database.write() as session:
        take_payment(session, order.id or 0, Taken("counter", "card", order.total, "k"), now=NOW)
    paper = written(database, order)
    assert (paper.kind, paper.paid, paper.outstanding) == ("receipt", order.total, 0)


def test_a_cancelled_order_has_nothing_to_pay(database: Database, counter: Counter, order: Order) -> None:
    with database.write() as session:
        cancelled = cancel(session, order.id or 0, jobs=counter.jobs, now=NOW)
    assert (written(database, cancelled).kind, written(database, cancelled).outstanding) == ("cancelled", 0)


def test_invoice_numbers_are_a_series(database: Database, counter: Counter, order: Order) -> None:
    with database.write() as session:
        second = counter.order(session, [(a_design(), 1)], visitor="another")
    numbers = [written(database, each).number for each in (order, second)]
    assert numbers == sorted(set(numbers))
    assert all(number.startswith("2026-") for number in numbers)
