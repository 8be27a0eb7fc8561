"""Money: booked once per form, never more than is owed, and given back when an order is cancelled."""

import threading

import pytest
from sqlmodel import col, select

from configurator.clock import FixedClock
from configurator.database import Database
from configurator.jobs.embedded import EmbeddedJobs
from configurator.orders.changing import cancel
from configurator.orders.order_store import order_of, whole_order
from configurator.orders.payment import (
    CounterProvider,
    KeyUsedOtherwise,
    NoAmount,
    NothingToPay,
    Taken,
    outstanding,
    paid,
    take_payment,
)
from configurator.orders.rows import Order, Payment
from tests.builders import NOW, Counter, a_catalogue, a_design, seeded, stocked

CATALOGUE = a_catalogue()


@pytest.fixture
def counter(database: Database, clock: FixedClock) -> Counter:
    return Counter(CATALOGUE, EmbeddedJobs(database, clock, {}), seeded())


@pytest.fixture
def order(database: Database, counter: Counter) -> Order:
    with database.write() as session:
        stocked(session, CATALOGUE.shop)
        return counter.order(session, [(a_design(), 2)], fulfilment="pickup", payment_method="till")


def take(database: Database, order: Order, amount: int, key: str, method: str = "cash") -> int:
    with database.write() as session:
        taken = Taken("counter", method, amount, key, clerk_id=4, who="Ida")
        return take_payment(session, order.id or 0, taken, now=NOW).id or 0


def test_the_same_form_twice_is_one_payment(database: Database, order: Order) -> None:
    assert take(database, order, order.total, "form-1") == take(database, order, order.total, "form-1")
    with database.read() as session:
        assert paid(session, order.id or 0) == order.total
        whole = whole_order(session, order)
    assert (len(whole.payments), whole.outstanding) == (1, 0)
    assert (whole.events[0].sentence, whole.events[0].who) == ("€\u00a031.80 paid in cash.", "Ida")


def test_two_clerks_take_the_money_once(database: Database, order: Order) -> None:
    at_once, answers = threading.Barrier(2), []

    def clerk(key: str) -> None:
        at_once.wait()
        try:
            answers.append(str(take(database, order, order.total, key) > 0))
        except NothingToPay as refusal:
            answers.append(refusal.sentence)

    clerks = [threading.Thread(target=clerk, args=(name,)) for name in ("one", "two")]
    for each in clerks:
        each.start()
    for each in clerks:
        each.join()
    assert sorted(answers) == ["This order is paid in full. Nothing was booked.", "True"]
    with database.read() as session:
        assert len(session.exec(select(Payment).where(col(Payment.order_id) == order.id)).all()) == 1


def test_part_payments_add_up_and_too_much_is_refused_with_what_is_open(database: Database, order: Order) -> None:
    take(database, order, 1000, "first")
    with pytest.raises(NothingToPay, match="Only €\u00a021\\.80 is still to pay"):
        take(database, order, 3180, "second")
    take(database, order, 2180, "third", "card")
    with database.read() as session:
        assert outstanding(session, order_of(session, order.id or 0)) == 0


def test_a_key_cannot_be_used_for_another_amount(database: Database, order: Order) -> None:
    take(database, order, 1000, "form-1")
    with pytest.raises(KeyUsedOtherwise):
        take(database, order, 2180, "form-1")


def test_nothing_is_no_payment(database: Database, order: Order) -> None:
    with pytest.raises(NoAmount):
        take(database, order, 0, "form-1")


def test_what_was_paid_for_a_cancelled_order_is_given_back_once_and_no_more(
    database: Database, counter: Counter, order: Order
) -> None:
    take(database, order, order.total, "form-1")
    with pytest.raises(NothingToPay):
        take(database, order, -1, "too early")
    with database.write() as session:
        cancel(session, order.id or 0, jobs=counter.jobs, now=NOW)
    with pytest.raises(NothingToPay, match="The customer gets €\u00a031\\.80 back"):
        take(database, order, -order.total - 1, "too much")
    take(database, order, -order.total, "back")
    take(database, order, -order.total, "back")
    with database.read() as session:
        assert paid(session, order.id or 0) == 0


def test_a_parcel_is_paid_by_invoice_and_a_pick_up_also_at_the_till(order: Order) -> None:
    provider = CounterProvider()
    assert [method.key for method in provider.methods("ship")] == ["invoice"]
    assert [method.key for method in provider.methods("pickup")] == ["till", "invoice"]
    assert provider.begin(order, key="k").sentence == "You pay when you pick it up."
    order.payment_method = "invoice"
    assert order.number in provider.begin(order, key="k").sentence
