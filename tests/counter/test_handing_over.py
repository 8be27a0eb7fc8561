"""Hand-over: a piece leaves once, with its customer, from its store, paid for."""

from collections.abc import Callable

import pytest
from sqlmodel import Session

from configurator.counter.handing_over import (
    AlreadyHandedOver,
    HandingOver,
    NotAParcel,
    NotPaidYet,
    NotPickedUpHere,
    NotReadyYet,
    hand_over,
)
from configurator.orders.changing import cancel
from configurator.production.floor import scan
from configurator.production.scans import ScanIn
from tests.builders import NOW, a_design
from tests.counter.store import THROUGH, Store
from tests.orders.test_changing_at_once import at_once


def test_all_pieces_leave_the_bin_is_free_and_the_order_is_finished(store: Store) -> None:
    order = store.ready(3)
    assert store.bins() == [1]
    store.pay(order)
    assert len(store.give(order)) == 3
    assert set(store.stages(order)) == {"handed_over"}
    assert store.bins() == []
    assert store.whole(order).order.status == "finished"
    assert store.events(order)[-1] == "3 pieces were handed over."


def test_a_second_clerk_is_told_who_was_first_and_when(store: Store) -> None:
    order = store.ready(2)
    store.pay(order)
    store.give(order, clerk="Jana")
    store.later(minutes=5)
    with pytest.raises(AlreadyHandedOver) as refused:
        store.give(order, clerk="Tariq")
    assert (refused.value.given.clerk, refused.value.given.at) == ("Jana", NOW)
    assert "Already handed over by Jana" in refused.value.sentence
    assert len(store.hand_overs()) == 2


@pytest.mark.parametrize("attempt", range(3))
def test_two_clerks_at_once_hand_over_once(store: Store, attempt: int) -> None:
    """PAINS 28."""
    order = store.ready(2)
    store.pay(order)

    def by(clerk: str) -> HandingOver:
        return HandingOver(order.id or 0, clerk, f"{clerk}'s counter", "store", store.ids(order, 1, 2))

    deeds = [lambda session, clerk=clerk: hand_over(session, by(clerk), now=NOW) for clerk in ("Jana", "Tariq", "Noor")]
    assert sorted(at_once(store.database, *deeds)) == ["AlreadyHandedOver", "AlreadyHandedOver", "done"]
    assert len({clerk for clerk, _ in store.hand_overs()}) == 1
    assert len(store.hand_overs()) == 2


@pytest.mark.parametrize("attempt", range(3))
def test_handing_over_while_pieces_are_scanned_and_the_order_is_cancelled_never_waits_for_ever(
    store: Store, attempt: int
) -> None:
    """Whoever locks in another order than the floor and a cancellation is killed by PostgreSQL for a deadlock."""
    order = store.ready(6, stored=4)
    store.pay(order)
    late = store.codes(order)[4:]
    scans = [ScanIn(f"late {code}", "picking", code, "Deniz", "store") for code in late]

    def scanning(told: ScanIn) -> Callable[[Session], object]:
        return lambda session: scan(session, told, shop=store.catalogue.shop, jobs=store.jobs, now=NOW)

    def giving(number: int) -> Callable[[Session], object]:
        wish = HandingOver(order.id or 0, "Jana", "counter", "store", store.ids(order, number))
        return lambda session: hand_over(session, wish, now=NOW)

    deeds = [*(giving(number) for number in (4, 1, 3, 2)), *(scanning(told) for told in scans)]
    deeds.append(lambda session: cancel(session, order.id or 0, jobs=store.jobs, now=NOW))
    assert at_once(store.database, *deeds) == ["done"] * (len(deeds) - 1) + ["TooLate"]
    assert store.stages(order) == ["handed_over"] * 4 + ["picked"] * 2


def test_what_is_not_paid_stays_in_the_bin(store: Store) -> None:
    order = store.ready(1)
    with pytest.raises(NotPaidYet) as refused:
        store.give(order)
    assert refused.value.sentence.startswith("€\u00a015.90 is still to pay.")
    assert store.stages(order) == ["stored"]
    store.pay(order, 1000, "first")
    with pytest.raises(NotPaidYet, match=r"5\.90 is still to pay"):
        store.give(order)
    store.pay(order, 590, "second")
    assert len(store.give(order)) == 1


def test_an_invoice_may_be_paid_later(store: Store) -> None:
    order = store.ready(1, payment_method="invoice")
    assert len(store.give(order)) == 1


def test_an_order_that_is_still_being_made_is_refused_whole_but_its_ready_pieces_may_go(store: Store) -> None:
    order = store.ready(3, stored=2)
    store.pay(order)
    with pytest.raises(NotReadyYet, match="One piece is still being made"):
        store.give(order)
    with pytest.raises(NotReadyYet):
        store.give(order, 2, 3)
    assert store.hand_overs() == []
    assert len(store.give(order, 1)) == 1
    assert store.stages(order) == ["handed_over", "stored", "released"]
    assert store.bins() == [1]
    assert store.whole(order).order.status == "placed"


def test_the_bin_is_free_only_when_its_last_piece_has_left(store: Store) -> None:
    order = store.ready(2)
    store.pay(order)
    store.give(order, 2)
    assert store.bins() == [1]
    store.give(order, 1)
    assert store.bins() == []
    assert store.whole(order).order.status == "finished"


def test_a_piece_ticked_that_has_left_already_stops_the_whole_hand_over(store: Store) -> None:
    order = store.ready(3)
    store.pay(order)
    store.give(order, 1)
    with pytest.raises(AlreadyHandedOver):
        store.give(order, 1, 2, clerk="Tariq")
    assert store.stages(order) == ["handed_over", "stored", "stored"]


def test_pieces_of_another_order_are_never_given_away_with_this_one(store: Store) -> None:
    order, other = store.ready(1), store.ready(1, text="Noor")
    store.pay(order)
    with pytest.raises(NotPickedUpHere, match="nothing of this order here"):
        store.give(order, pieces=store.ids(other, 1))
    assert store.hand_overs() == []


def test_a_piece_that_is_stored_in_the_plant_is_not_here_yet(store: Store) -> None:
    """A gold rim is made in the plant and then brought to the store."""
    gilded = a_design(store.catalogue.blank("mug"), rim="gold")
    order = store.order((gilded, 1), fulfilment="pickup", payment_method="till")
    store.plan()
    store.release(store.open()[0].number)
    (code,) = store.codes(order)
    for station in THROUGH:
        store.scan(station, code)
    store.pay(order)
    assert store.answer(order).coming
    with pytest.raises(NotReadyYet):
        store.give(order)
    store.scan("storage", code, facility="store")
    assert store.answer(order).tone == "green"
    assert len(store.give(order)) == 1
    assert store.bins() == []


def test_another_store_and_a_parcel_are_not_handed_over_here(store: Store) -> None:
    order = store.ready(1, payment_method="invoice")
    with pytest.raises(NotPickedUpHere, match="another store"):
        store.give(order, facility="plant")
    parcel = store.mugs(1)
    with pytest.raises(NotPickedUpHere, match="parcel"):
        store.give(parcel)


def test_a_cancelled_order_is_not_handed_over(store: Store) -> None:
    order = store.pickup(1)
    store.cancel(order)
    with pytest.raises(NotPickedUpHere, match="cancelled"):
        store.give(order)


def test_a_parcel_leaves_once_and_only_when_it_is_complete(store: Store) -> None:
    order, _, codes = store.made(2)
    store.through(codes[0], *THROUGH)
    with pytest.raises(NotReadyYet):
        store.send(order)
    store.through(codes[1], *THROUGH)
    assert len(store.send(order)) == 2
    with pytest.raises(AlreadyHandedOver):
        store.send(order, "Ida")
    assert store.events(order)[-1] == "Your parcel is on its way."
    to_fetch = store.pickup(1)
    with pytest.raises(NotAParcel):
        store.send(to_fetch)
