"""Pieces ordered out of a delivery: promised for after it, planned once it is here, in danger when it is late."""

from datetime import UTC, date, datetime, timedelta

import pytest

from configurator.orders.rows import Order
from configurator.production.ahead import Ahead
from configurator.production.awaiting import arrived
from configurator.production.premises import Premises
from configurator.production.promise import Awaited, Promise, Promises, promised
from configurator.production.promise_watch import Breaking, NoDayKnown, Teller, breaking, tell_all_later, tell_later
from configurator.production.wishes import Wish
from configurator.stock.expecting import Expected, comes_on, expect, will_not_come
from configurator.stock.receiving import Goods
from configurator.stock.shelf import Delivery, Shelf
from tests.builders import a_mug, a_shop
from tests.production.workshop import Workshop

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
THURSDAY, FRIDAY = date(2026, 11, 26), date(2026, 11, 27)
WISH = Wish(a_mug().operations[:2], 2, "ship", None, {"mug-white": 1})


def after(promised_to_others: int = 0, on: date = THURSDAY) -> Promise:
    """The promise of two mugs when none is there and twelve are free of a delivery."""
    shelf = Shelf({}, {("plant", "mug-white"): [Delivery(1, on, 12, promised=promised_to_others)]})
    answer = promised(WISH, {}, a_shop(), MONDAY, ahead=Ahead(shelf))
    assert answer is not None
    return answer


def test_what_is_expected_is_promised_for_after_the_working_day_that_follows_with_the_reason() -> None:
    answer = after()
    assert answer.ready_at.date() == FRIDAY
    assert answer.on == date(2026, 11, 30), "a parcel of Friday is there on Monday"
    assert answer.awaits == Awaited("Mug, white inside", 12, THURSDAY)
    assert answer.order_within > timedelta(days=4)
    saturday = after(on=date(2026, 11, 28))
    assert saturday.ready_at.date() == date(2026, 11, 30)


def test_whoever_was_promised_of_the_delivery_before_is_made_before() -> None:
    assert after(promised_to_others=600).ready_at > after().ready_at


def test_at_the_counter_nobody_is_promised_what_is_not_there() -> None:
    shelf = Shelf({}, {("store", "mug-white"): [Delivery(1, THURSDAY, 12)]})
    wish = Wish(WISH.operations, 1, "counter", "store", {"mug-white": 1})
    assert promised(wish, {}, a_shop(), MONDAY, ahead=Ahead(shelf)) is None


@pytest.fixture
def ordered(workshop: Workshop) -> tuple[Order, int]:
    """Three mugs out of a delivery of five that is expected on Thursday; its number."""
    with workshop.write() as session:
        for facility in ("plant", "store"):
            session.connection().exec_driver_sql(
                f"update stock_item set on_hand = 0 where facility = '{facility}' and component = 'mug-white'"  # noqa: S608 our own
            )
        goods = expect(session, Expected(Goods("plant", "mug-white", 5), THURSDAY, "Deniz"), now=workshop.clock.now())
        number = goods.id or 0
    promises = Promises(Premises(workshop.catalogue, workshop.database), workshop.database)
    wish = Wish(workshop.catalogue.blank("mug").operations[:2], 3, "ship", None, {"mug-white": 1})
    promise = promises.promise(wish, workshop.clock.now())
    assert promise is not None
    assert promise.awaits == Awaited("Mug, white inside", 5, THURSDAY)
    return workshop.mugs(3, promised_on=promise.on, awaits=THURSDAY), number


def in_danger(workshop: Workshop) -> tuple[Breaking, ...]:
    with workshop.database.read() as session:
        return breaking(session, workshop.catalogue.shop, workshop.clock.now(), "plant")


def test_it_is_not_planned_before_the_delivery_and_says_what_it_waits_for(
    workshop: Workshop, ordered: tuple[Order, int]
) -> None:
    order, number = ordered
    workshop.plan()
    assert not workshop.open()
    assert set(workshop.left()) == set(workshop.codes(order))
    assert "(0 free, expected Thursday 26 November)" in workshop.left()[workshop.codes(order)[0]]
    assert in_danger(workshop) == ()
    workshop.later(days=3)
    with workshop.write() as session:
        _, places = arrived(session, number, who="Deniz", now=workshop.clock.now())
    assert places == {("plant", "press")}
    assert workshop.plan().late == 0
    assert workshop.left() == {}
    assert in_danger(workshop) == ()


def test_of_a_late_delivery_the_board_says_whose_promise_is_in_danger_and_nobody_is_told_a_guess(
    workshop: Workshop, ordered: tuple[Order, int]
) -> None:
    order, number = ordered
    workshop.later(days=4)
    (one,) = in_danger(workshop)
    assert (one.order, one.pieces, one.unsure, one.batches) == (order.number, 3, True, ())
    assert one.short == "“Mug, white inside”, expected Thursday 26 November"
    teller = Teller("Deniz", workshop.catalogue.shop, workshop.jobs, workshop.clock.now())
    with workshop.write() as session:
        assert tell_all_later(session, teller) == 0
        with pytest.raises(NoDayKnown, match="Write on the Stock page when it comes"):
            tell_later(session, order.number, teller)
        comes_on(session, number, date(2026, 12, 2))
    (one,) = in_danger(workshop)
    assert (one.unsure, one.on) == (False, date(2026, 12, 4))
    with workshop.write() as session:
        tell_later(session, order.number, teller)
    assert "you have it on Friday 4 December instead of Monday 30 November" in workshop.events(order)[-1]


def test_of_a_delivery_that_does_not_come_the_board_says_so_at_once(
    workshop: Workshop, ordered: tuple[Order, int]
) -> None:
    _, number = ordered
    with workshop.write() as session:
        will_not_come(session, number)
    (one,) = in_danger(workshop)
    assert one.short == "“Mug, white inside”, of which none is expected"
    with workshop.write() as session:
        goods = Goods("plant", "mug-white", 9)
        expect(session, Expected(goods, THURSDAY, "Deniz"), now=workshop.clock.now())
    assert in_danger(workshop) == ()
