"""Where a line is made: at home, else at the plant, else where there is stock."""

from collections import Counter
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from configurator.orders.making_place import (
    AWAY_MIN,
    DAY_MIN,
    LineNeeds,
    NotMadeAnywhere,
    home_of,
    makers,
    sourced,
)
from configurator.stock.reserving import Shortage, SoldOut
from configurator.stock.shelf import Shelf
from tests.builders import a_facility, a_shop

SHOP = a_shop(
    facilities=(
        a_facility("kiosk", centres=("printer",)),
        a_facility("store", centres=("printer", "press")),
        a_facility("plant", kind="plant"),
    )
)
PRINT, PRESS, BENCH = frozenset({"printer"}), frozenset({"printer", "press"}), frozenset({"printer", "bench"})


def place(centres: frozenset[str], free: Mapping[tuple[str, str], int], home: str = "store") -> str:
    return sourced([LineNeeds("Mug", centres, {"mug": 1})], Shelf(free), SHOP, SHOP.facility(home))[0].place


def test_home_first_then_the_plant_then_the_other_stores() -> None:
    everywhere = {(facility, "mug"): 1 for facility in ("kiosk", "store", "plant")}
    assert place(PRINT, everywhere) == "store"
    assert place(PRINT, {**everywhere, ("store", "mug"): 0}) == "plant"
    assert place(PRINT, {("kiosk", "mug"): 1}) == "kiosk"
    assert place(BENCH, everywhere) == "plant"


def test_a_place_without_the_machines_is_never_taken_even_if_only_it_has_stock() -> None:
    with pytest.raises(SoldOut):
        place(PRESS, {("kiosk", "mug"): 9})


def test_what_no_facility_can_make_says_so() -> None:
    with pytest.raises(NotMadeAnywhere, match="“Mug” cannot be made at the moment"):
        place(frozenset({"loom"}), {})


def test_a_parcel_is_at_home_in_the_plant_and_a_pick_up_in_its_store() -> None:
    assert home_of("ship", "store", SHOP).key == "plant"
    assert home_of("pickup", "store", SHOP).key == "store"


def test_a_shortage_is_the_sum_of_all_lines_that_want_the_same() -> None:
    lines = [LineNeeds("A", PRESS, {"mug": 3}), LineNeeds("B", PRESS, {"mug": 3})]
    with pytest.raises(SoldOut) as refusal:
        sourced(lines, Shelf({("store", "mug"): 5, ("plant", "mug"): 1}), SHOP, SHOP.facility("store"))
    assert refusal.value.shortages == (Shortage("mug", 6, 5),)


@given(st.lists(st.dictionaries(st.sampled_from("abc"), st.integers(1, 4)), min_size=1, max_size=6), st.data())
def test_no_place_is_promised_more_than_it_has(needs: list[dict[str, int]], data: st.DataObject) -> None:
    free = {(place, name): data.draw(st.integers(0, 9)) for place in ("plant", "store") for name in "abc"}
    lines = [LineNeeds("L", PRESS, need) for need in needs]
    try:
        places = [source.place for source in sourced(lines, Shelf(free), SHOP, SHOP.facility("store"))]
    except SoldOut as refusal:
        assert all(shortage.wanted > shortage.left for shortage in refusal.shortages)
        assert refusal.shortages
        return
    taken = Counter[tuple[str, str]]()
    for where, line in zip(places, lines, strict=True):
        taken.update({(where, name): count for name, count in line.components.items()})
    assert all(count <= free[key] for key, count in taken.items())


def test_of_two_plants_the_one_with_less_waiting_makes_it_if_that_saves_more_than_the_way() -> None:
    plants = tuple(a_facility(key, kind="plant") for key in ("home", "other"))
    for waiting, maker in ((AWAY_MIN - 1, "home"), (AWAY_MIN + 1, "other")):
        shop = a_shop(facilities=plants, queues={("home", "press"): waiting})
        assert makers(PRESS, shop, plants[0])[0] == maker
        assert makers(PRINT, shop, plants[0])[0] == "home"


def test_a_store_makes_its_own_however_busy_it_is() -> None:
    shop = a_shop(facilities=SHOP.facilities, queues={("store", "press"): 5000.0})
    assert makers(PRESS, shop, shop.facility("store"))[0] == "store"


def test_what_is_picked_up_is_made_nearby_until_a_day_more_under_way_costs_less_than_waiting() -> None:
    store, near = a_facility("store", centres=()), a_facility("near", kind="plant", days_to={"store": 1})
    far = a_facility("far", kind="plant", days_to={"store": 2})
    for waiting, maker in ((0.0, "near"), (DAY_MIN - 1, "near"), (DAY_MIN + 1, "far")):
        shop = a_shop(facilities=(store, far, near), queues={("near", "press"): waiting})
        assert makers(PRESS, shop, store)[0] == maker
        assert makers(PRESS, shop, far)[0] == "far", "a parcel is under way as long from everywhere"
