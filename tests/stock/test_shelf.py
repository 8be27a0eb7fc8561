"""What can be promised: what lies there first, then what is expected, soonest first, and nothing twice."""

from collections import Counter
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from configurator.stock.claiming import portions
from configurator.stock.shelf import Delivery, Shelf, Source, soonest

MONDAY, THURSDAY = date(2026, 11, 30), date(2026, 12, 3)
COMING = {("plant", "mug"): [Delivery(1, MONDAY, 4), Delivery(2, THURSDAY, 9, promised=3)]}


def test_what_lies_there_is_taken_first_then_the_soonest_delivery() -> None:
    source = Shelf({("plant", "mug"): 2}, COMING).offer("plant", {"mug": 8})
    (taken,) = source.taken
    assert (taken.here, [(delivery.number, n) for delivery, n in taken.coming]) == (2, [(1, 4), (2, 2)])
    assert source.awaits is not None
    assert source.awaits[1].on == THURSDAY


def test_what_was_taken_cannot_be_taken_again() -> None:
    shelf = Shelf({("plant", "mug"): 2}, COMING)
    shelf.take(shelf.offer("plant", {"mug": 14}))
    assert shelf.left("plant", "mug") == 1
    again = shelf.offer("plant", {"mug": 2})
    assert not again.is_whole
    (taken,) = again.taken
    assert (taken.here, taken.missing, taken.coming[0][0].promised) == (0, 1, 11)


def test_a_place_that_has_it_now_comes_before_one_where_it_is_expected() -> None:
    shelf = Shelf({("store", "mug"): 1}, COMING)
    found = soonest(shelf.offer(place, {"mug": 1}) for place in ("plant", "store"))
    assert found is not None
    assert (found.place, found.awaits) == ("store", None)
    later = soonest(shelf.offer(place, {"mug": 2}) for place in ("store", "plant"))
    assert later is not None
    assert later.place == "plant"
    assert soonest([shelf.offer("store", {"mug": 2})]) is None


def test_the_last_pieces_of_a_line_are_the_ones_that_wait() -> None:
    source = Shelf({("plant", "mug"): 2, ("plant", "box"): 9}, COMING).offer("plant", {"mug": 7, "box": 7})
    claims = portions(range(1, 8), {"mug": 1, "box": 1}, source)
    assert [(claim.piece_id, claim.goods) for claim in claims] == [(3, 1), (4, 1), (5, 1), (6, 1), (7, 2)]


@given(st.integers(0, 40), st.lists(st.integers(0, 30), max_size=4), st.integers(1, 9), st.integers(1, 7))
def test_claims_come_to_what_the_shelf_says_and_no_delivery_is_promised_twice(
    here: int, deliveries: list[int], pieces: int, each: int
) -> None:
    coming = [Delivery(n, MONDAY, left) for n, left in enumerate(deliveries, start=1)]
    shelf = Shelf({("plant", "oats"): here}, {("plant", "oats"): coming})
    source = shelf.offer("plant", {"oats": pieces * each})
    claims = portions(range(pieces), {"oats": each}, source)
    total = Counter[int | None]()
    for claim in claims:
        total[claim.goods] += claim.count
    (taken,) = source.taken
    assert taken.here + total.total() == pieces * each
    assert total[None] == taken.missing == max(0, pieces * each - here - sum(deliveries))
    assert all(total[delivery.number] <= delivery.left for delivery in coming)
    assert max(Counter((claim.piece_id, claim.goods) for claim in claims).values(), default=1) == 1
    assert isinstance(source, Source)
