"""An order that people count on stays, unless a new one saves more than moving batches about is worth."""

from hypothesis import given
from hypothesis import strategies as st

from configurator.production.keeping import MOVING_MIN, kept, moved
from configurator.production.sequencing import Floor, Lot, Machine, by_rules, sequence

FLOOR = Floor((Machine(), Machine()), {})


def a_lot(number: int, family: str, due: float = 5000, run: float = 20) -> Lot:
    return Lot(f"B-{number:03d}", family, 6, run, (due,), number)


def places(schedule: object) -> dict[str, tuple[int, int]]:
    slots = sorted(schedule.slots, key=lambda slot: slot.start)  # type: ignore[attr-defined]  # a Schedule
    return {slot.lot.name: (slot.machine, n) for n, slot in enumerate(slots, start=1)}


LOTS = st.lists(st.tuples(st.sampled_from("abcd"), st.floats(50, 3000), st.floats(1, 90)), min_size=2, max_size=9).map(
    lambda rows: [a_lot(n, *row) for n, row in enumerate(rows)]
)


@given(LOTS, st.integers(1, 3))
def test_what_is_new_moves_others_only_if_it_is_worth_it(lots: list[Lot], new: int) -> None:
    before = places(sequence(lots[:-new], FLOOR)) if lots[:-new] else {}
    fresh = sequence(lots, FLOOR)
    chosen = kept(fresh, lots, FLOOR, before)
    assert sorted(slot.lot.name for slot in chosen.slots) == sorted(lot.name for lot in lots)
    assert chosen.cost <= min(each.cost for each in by_rules(lots, FLOOR)) + 1e-6
    if chosen == fresh:
        return
    assert moved(chosen, before) == set()
    assert chosen.cost - fresh.cost <= MOVING_MIN * len(moved(fresh, before)) + 1e-6


@given(LOTS)
def test_planning_again_without_news_moves_nothing(lots: list[Lot]) -> None:
    first = sequence(lots, FLOOR)
    assert moved(kept(sequence(lots, FLOOR), lots, FLOOR, places(first)), places(first)) == set()


def test_a_large_saving_is_worth_a_move() -> None:
    lots = [a_lot(0, "a"), a_lot(1, "b"), a_lot(2, "a"), a_lot(3, "b")]
    floor = Floor((Machine(),), {("a", "b"): 60, ("b", "a"): 60})
    mixed = {lot.name: (0, n) for n, lot in enumerate(lots)}
    fresh = sequence(lots, floor)
    assert kept(fresh, lots, floor, mixed) == fresh
