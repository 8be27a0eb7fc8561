"""The sides of the counter: what is being made here, who has something to collect."""

from configurator.counter.watching import InTheMaking, ToPickUp, in_the_making, to_pick_up
from tests.counter.store import Store


def making(store: Store, facility: str = "store") -> tuple[InTheMaking, ...]:
    with store.database.read() as session:
        return in_the_making(session, facility)


def waiting(store: Store, facility: str = "store") -> tuple[ToPickUp, ...]:
    with store.database.read() as session:
        return to_pick_up(session, facility)


def test_who_waits_at_the_counter_comes_first(store: Store) -> None:
    store.ready(2, stored=0)
    walk_in = store.sell(store.walk_in())
    rows = making(store)
    assert next(row.number for row in rows) == walk_in.number
    assert (rows[0].counter, rows[0].state, rows[0].done) == (True, "waiting", 0)
    assert (rows[1].counter, rows[1].state, rows[1].pieces) == (False, "to be picked", 2)


def test_how_far_an_order_is_counts_the_steps_of_all_its_pieces(store: Store) -> None:
    order = store.ready(2, stored=0)
    store.scan("picking", store.codes(order)[0], facility="store")
    (row,) = making(store)
    assert (row.state, row.done, row.steps) == ("to be picked", 3, 10)
    assert row.ready_about is not None


def test_what_is_only_waiting_for_its_day_or_goes_by_parcel_is_not_being_made(store: Store) -> None:
    store.pickup()
    store.made(1)
    assert making(store) == ()
    assert making(store, "plant") == ()


def test_what_lies_complete_waits_the_longest_first_with_its_bin_and_days(store: Store) -> None:
    first = store.ready(2)
    store.later(days=6)
    second = store.ready(1)
    store.ready(2, stored=1)
    store.later(hours=3)
    rows = waiting(store)
    assert [(row.number, row.bin, row.pieces) for row in rows] == [(first.number, 1, 2), (second.number, 2, 1)]
    assert [row.days(store.clock.now()) for row in rows] == [6, 0]
    assert waiting(store, "plant") == ()
    store.pay(first)
    store.give(first)
    assert [row.number for row in waiting(store)] == [second.number]
