"""A walk-in sale: paid, reserved, made first in this store, once however often it is tapped."""

from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlmodel import col

from configurator.counter.selling import NoMethod, NotMadeHere, PriceWasOther, sell
from configurator.orders.rows import Cart, Order, Payment, Piece
from configurator.stock.stock_store import free_at, ledger_differences
from tests.builders import NOW, a_design, seeded
from tests.counter.store import Store
from tests.orders.test_changing_at_once import at_once


def white_mugs(store: Store) -> int:
    with store.database.read() as session:
        assert ledger_differences(session) == ()
        return free_at(session, "store", ["mug-white"])["mug-white"]


def test_a_sale_is_an_order_of_this_store_paid_and_rush(store: Store) -> None:
    order = store.sell(store.walk_in(2))
    whole = store.whole(order)
    assert (order.fulfilment, order.facility, order.rush, order.status) == ("counter", "store", True, "placed")
    assert (order.name, order.payment_method, whole.outstanding) == ("Emil", "till", 0)
    assert [(payment.method, payment.amount, payment.clerk_id) for payment in whole.payments] == [("cash", 3180, 1)]
    assert [(piece.facility, piece.rush, piece.stage) for piece in whole.pieces] == [("store", True, "waiting")] * 2
    assert white_mugs(store) == 10
    assert "plan:store:press" in store.enqueued("plan")


def test_planning_puts_it_at_the_front_of_this_stores_next_batch(store: Store) -> None:
    store.pickup(2, text="ordinary")
    order = store.sell(store.walk_in())
    store.plan()
    first = store.open()[0]
    mine = next(batch for batch in store.open() if set(store.codes(order)) & set(store.pieces(batch.number)))
    assert mine.number == first.number
    assert (mine.facility, mine.rush, mine.sequence) == ("store", True, 1)
    assert store.pieces(mine.number) == store.codes(order)


def test_two_taps_are_one_sale(store: Store) -> None:
    first, second = store.sell(store.walk_in()), store.sell(store.walk_in())
    assert first.number == second.number
    assert len(store.ask(sa.select(col(Payment.id)))) == 1
    assert len(store.ask(sa.select(col(Piece.id)))) == 1
    assert white_mugs(store) == 11
    assert store.sell(replace(store.walk_in(), key="next customer")).number != first.number


@pytest.mark.parametrize("attempt", range(3))
def test_taps_at_the_same_moment_are_one_sale(store: Store, attempt: int) -> None:
    def tap(session: object) -> Order:
        means = {"catalogue": store.catalogue, "jobs": store.jobs, "draw": seeded("taps")}
        return sell(session, store.walk_in(), now=NOW, **means)  # type: ignore[arg-type] # a bundle of keywords

    assert at_once(store.database, tap, tap, tap) == ["done"] * 3
    assert len(store.ask(sa.select(col(Order.id)))) == 1
    assert len(store.ask(sa.select(col(Payment.id)))) == 1


def test_another_price_than_was_shown_books_nothing(store: Store) -> None:
    with pytest.raises(PriceWasOther):
        store.sell(store.walk_in(seen=1490))
    assert not store.ask(sa.select(col(Order.id)))
    assert not store.ask(sa.select(col(Cart.id)))
    assert white_mugs(store) == 12


@pytest.mark.parametrize("method", ["", "invoice", "till", "<b>"])
def test_only_cash_and_card_are_taken(store: Store, method: str) -> None:
    with pytest.raises(NoMethod):
        store.sell(store.walk_in(method=method))
    assert not store.ask(sa.select(col(Order.id)))


def test_what_needs_a_machine_of_the_plant_is_refused_with_a_sentence(store: Store) -> None:
    gilded = a_design(store.catalogue.blank("mug"), rim="gold")
    with pytest.raises(NotMadeHere, match="“Gild” has no machine here"):
        store.sell(store.walk_in(design=gilded, seen=1910))
    assert not store.ask(sa.select(col(Order.id)))


def test_what_has_run_out_in_this_store_is_refused_though_the_plant_has_it(store: Store) -> None:
    store.sell(replace(store.walk_in(9), key="nine"))
    with pytest.raises(NotMadeHere, match="Lot One store has not enough left"):
        store.sell(store.walk_in(4))
    assert len(store.ask(sa.select(col(Order.id)))) == 1
    assert white_mugs(store) == 3


def test_a_sale_goes_through_the_floor_and_over_the_counter(store: Store) -> None:
    order = store.sell(store.walk_in())
    store.make(order, stored=1)
    found = store.answer(order)
    assert (found.tone, found.headline, found.due) == ("green", "Ready for", 0)
    store.give(order)
    assert store.whole(order).order.status == "finished"
