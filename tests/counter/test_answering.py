"""Green or amber: what a clerk is told about an order, and what may be done now."""

from tests.counter.store import Store


def test_all_here_and_paid_is_green(store: Store) -> None:
    order = store.ready(3)
    store.pay(order)
    found = store.answer(order)
    assert (found.tone, found.headline, found.handing, found.due) == ("green", "Ready for", True, 0)
    assert found.sentence == f"Pickup code {order.pickup_code}, 3 pieces, paid in full"
    assert len(found.here) == 3


def test_all_here_but_not_paid_says_how_much_is_due(store: Store) -> None:
    found = store.answer(store.ready(2))
    assert (found.tone, found.headline, found.handing, found.due) == ("amber", "Take the payment first", False, 3180)


def test_by_invoice_is_handed_over_unpaid(store: Store) -> None:
    found = store.answer(store.ready(1, payment_method="invoice"))
    assert (found.tone, found.handing, found.due) == ("green", True, 0)
    assert found.sentence.endswith("by invoice")


def test_some_still_being_made_is_amber_and_the_ready_ones_may_go(store: Store) -> None:
    order = store.ready(3, stored=1, payment_method="invoice")
    found = store.answer(order)
    assert (found.tone, found.headline, found.handing) == ("amber", "Not all here yet", True)
    assert (len(found.here), len(found.coming)) == (1, 2)


def test_nothing_here_yet_says_whether_it_has_begun(store: Store) -> None:
    order = store.pickup(1)
    assert store.answer(order).headline == "Not begun yet"
    store.make(order, stored=0)
    found = store.answer(order)
    assert (found.headline, found.handing) == ("Being made", False)


def test_what_has_left_is_amber_with_who_and_when_and_looking_changes_nothing(store: Store) -> None:
    order = store.ready(2)
    store.pay(order)
    store.give(order)
    first, second = store.answer(order), store.answer(order)
    assert first == second
    assert (first.tone, first.headline, first.handing) == ("amber", "Already handed over", False)
    assert first.given and (first.given.clerk, first.given.terminal) == ("Jana", "Jana's counter")
    assert len(store.hand_overs()) == 2


def test_after_a_part_has_left_the_rest_is_still_green(store: Store) -> None:
    order = store.ready(2)
    store.pay(order)
    store.give(order, 1)
    found = store.answer(order)
    assert (found.tone, len(found.left), len(found.here)) == ("green", 1, 1)


def test_parcels_other_stores_and_cancelled_orders_are_amber_and_nothing_may_be_done(store: Store) -> None:
    parcel, there, cancelled = store.mugs(), store.ready(1, payment_method="invoice"), store.pickup()
    store.cancel(cancelled)
    found = [store.answer(parcel), store.answer(there, facility="plant"), store.answer(cancelled)]
    assert [each.headline for each in found] == [
        "This one goes by parcel",
        "To be picked up in Lot One store",
        "This order was cancelled",
    ]
    assert not any(each.handing for each in found)
    assert {each.tone for each in found} == {"amber"}


def test_a_cancelled_order_that_was_paid_is_to_be_given_back(store: Store) -> None:
    order = store.pickup()
    store.pay(order)
    store.cancel(order)
    found = store.answer(order)
    assert found.sentence.endswith("Money was paid: give it back.")
    store.pay(order, -1590, "back")
    assert "paid" not in store.answer(order).sentence


def test_a_rejected_piece_counts_as_the_one_made_instead(store: Store) -> None:
    order = store.ready(2, stored=1, payment_method="invoice")
    code = store.codes(order)[1]
    for station in ("picking", "production"):
        store.scan(station, code, facility="store")
    store.scan("check", code, facility="store", verdict="reject", defect="scratch")
    found = store.answer(order)
    assert (len(found.here), len(found.coming)) == (1, 1)
    assert found.lines[0].count == 2
