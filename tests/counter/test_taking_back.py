"""A hand-over taken back: the pieces are here again, the record keeps both, the money stays where it is."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from configurator.counter.handing_over import AlreadyHandedOver
from configurator.counter.taking_back import (
    AlreadyTakenBack,
    NoReason,
    NotHandedOver,
    NotTakenBackHere,
    Taking,
    TooLateToTakeBack,
    take_back,
)
from configurator.production.rows_floor import HandOver, HandOverTakenBack
from tests.builders import NOW
from tests.counter.store import THROUGH, Store
from tests.orders.test_changing_at_once import at_once


def test_what_was_handed_to_the_wrong_person_lies_in_the_bin_again_and_is_handed_over_anew(store: Store) -> None:
    order = store.ready(3)
    store.pay(order)
    store.give(order)
    store.later(minutes=10)
    assert len(store.returned(order)) == 3
    whole = store.whole(order)
    assert (store.stages(order), store.bins(), whole.order.bin) == (["stored"] * 3, [1], 1)
    assert (whole.order.status, whole.outstanding, len(whole.payments)) == ("placed", 0, 1)
    assert store.events(order)[-1] == "3 pieces were handed over by mistake and are in the store again."
    answer = store.answer(order)
    assert (answer.tone, answer.headline, answer.given) == ("green", "Ready for", None)
    store.later(minutes=5)
    store.give(order, clerk="Tariq")
    assert (store.stages(order), store.whole(order).order.status) == (["handed_over"] * 3, "finished")
    again = store.answer(order)
    assert again.given is not None
    assert (again.given.clerk, again.returned) == ("Tariq", None)


def test_the_record_keeps_who_gave_who_took_back_and_why(store: Store) -> None:
    order = store.ready()
    store.pay(order)
    store.give(order, clerk="Jana")
    store.later(minutes=2)
    store.returned(order, clerk="Tariq")
    (given,), (back,) = store.ask(sa.select(HandOver)), store.ask(sa.select(HandOverTakenBack))
    assert (given.clerk, given.turn) == ("Jana", 1)
    assert (back.clerk, back.terminal, back.reason) == ("Tariq", "Tariq's counter", "handed to the wrong person")
    assert back.at - given.at == timedelta(minutes=2)
    told = store.answer(order).returned
    assert told is not None
    assert (told.given_by, told.clerk, told.reason) == ("Jana", "Tariq", "handed to the wrong person")


@pytest.mark.parametrize("attempt", range(3))
def test_two_clerks_at_once_take_it_back_once_and_the_second_is_told_who_was_first(store: Store, attempt: int) -> None:
    order = store.ready(2)
    store.pay(order)
    store.give(order)

    def by(clerk: str) -> Taking:
        return Taking(order.id or 0, clerk, f"{clerk}'s counter", "store", NOW, store.ids(order, 1, 2), "by mistake")

    shop = store.catalogue.shop
    deeds = [
        lambda session, clerk=clerk: take_back(session, by(clerk), shop=shop, now=NOW)
        for clerk in ("Jana", "Tariq", "Noor")
    ]
    assert sorted(at_once(store.database, *deeds)) == ["AlreadyTakenBack", "AlreadyTakenBack", "done"]
    assert len(store.ask(sa.select(HandOverTakenBack))) == 2
    (first,) = {note.clerk for note in store.ask(sa.select(HandOverTakenBack))}
    with pytest.raises(AlreadyTakenBack, match=f"Taken back already by {first} at {first}'s counter"):
        store.returned(order, 1, 2, given_at=NOW)


def test_an_old_page_takes_nothing_back_that_was_handed_over_since(store: Store) -> None:
    order = store.ready()
    store.pay(order)
    store.give(order)
    store.returned(order)
    store.later(minutes=1)
    store.give(order, clerk="Tariq")
    with pytest.raises(AlreadyTakenBack):
        store.returned(order, given_at=NOW)
    assert store.stages(order) == ["handed_over"]


def test_of_a_part_only_that_hand_over_is_taken_back(store: Store) -> None:
    order = store.ready(3)
    store.pay(order)
    store.give(order, 1)
    store.later(minutes=1)
    store.give(order, 2, 3)
    assert [piece.number for piece in store.returned(order)] == [2, 3]
    assert store.stages(order) == ["handed_over", "stored", "stored"]
    given = store.answer(order).given
    assert given is not None
    assert given.at == NOW


def test_a_bin_that_somebody_else_has_got_meanwhile_stays_theirs(store: Store) -> None:
    first, second = store.ready(), store.pickup(text="other")
    store.pay(first)
    store.give(first)
    store.make(second, 1)
    assert store.whole(second).order.bin == 1
    store.returned(first)
    assert (store.whole(first).order.bin, store.whole(second).order.bin) == (2, 1)


def test_it_is_taken_back_for_an_hour_unless_the_shop_says_otherwise(store: Store) -> None:
    order = store.ready()
    store.pay(order)
    store.give(order)
    store.later(minutes=60)
    with pytest.raises(TooLateToTakeBack, match="A hand-over can be taken back for 60 minutes, so it stays as it is"):
        store.returned(order)


def test_it_needs_a_reason_a_hand_over_and_its_own_store(store: Store) -> None:
    order = store.ready()
    store.pay(order)
    with pytest.raises(NotHandedOver):
        store.returned(order)
    store.give(order)
    with pytest.raises(NoReason):
        store.returned(order, reason="  ")
    with pytest.raises(NotTakenBackHere, match="in another store"):
        store.returned(order, facility="plant")
    with pytest.raises(NotHandedOver):
        store.returned(order, pieces=frozenset({10**9}))
    assert store.stages(order) == ["handed_over"]
    with pytest.raises(AlreadyHandedOver):
        store.give(order)


def test_a_parcel_is_not_taken_back_at_the_counter(store: Store) -> None:
    order, _, codes = store.made()
    store.through(codes[0], *THROUGH)
    store.send(order)
    with pytest.raises(NotTakenBackHere, match="the workshop takes it back, on its page of orders"):
        store.returned(order)
    assert store.stages(order) == ["handed_over"]
