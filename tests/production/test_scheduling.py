"""Machines: one batch at a time on each, in opening hours, after what is frozen; rush before all others."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from configurator.blanks.calendar import DownTime
from configurator.blanks.shop import Shop, WorkCentre
from configurator.production.batching import Group
from configurator.production.hours import Hours
from configurator.production.scheduling import Load, LoadPiece, MachineState, Pin, timetable
from tests.builders import a_facility, a_shop

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def a_shop_with(machines: int) -> Shop:
    plant = a_facility("plant", kind="plant")
    press = WorkCentre("press", "Press", machines, 2400)
    return a_shop(facilities=(replace(plant, centres={**plant.centres, "press": press}),))


@st.composite
def loads(draw: st.DrawFn) -> list[Load]:
    piece = 0
    made = []
    for n in range(draw(st.integers(0, 8))):
        pieces = []
        for _ in range(draw(st.integers(1, 6))):
            piece += 1
            due = NOW + timedelta(hours=draw(st.integers(-10, 200)))
            pieces.append(LoadPiece(piece, due, draw(st.floats(0.5, 60))))
        family = draw(st.sampled_from(["white", "coral", "blue"]))
        group = Group("plant", "press", family, "mug", draw(st.booleans()))
        made.append(Load(f"B-{n:03d}", group, draw(st.sampled_from([0, 6, 12])), tuple(pieces)))
    return made


@settings(deadline=None, max_examples=60)
@given(loads(), st.integers(1, 3), st.integers(0, 60 * 24 * 7))
def test_every_batch_has_one_turn_and_no_machine_makes_two_at_once(
    made: list[Load], machines: int, minute: int
) -> None:
    now = NOW + timedelta(minutes=minute)
    shop = a_shop_with(machines)
    hours = Hours.of(shop.facilities[0])
    turns = timetable(made, (), shop, now).turns
    assert set(turns) == {load.number for load in made}
    for machine in range(1, machines + 1):
        own = sorted((turn for turn in turns.values() if turn.machine == machine), key=lambda turn: turn.sequence)
        assert [turn.sequence for turn in own] == list(range(1, len(own) + 1))
        free = now
        for turn in own:
            assert free <= turn.starts_at < turn.ends_at
            assert hours.works_on(hours.local(turn.starts_at).date())
            assert time(7) <= hours.local(turn.starts_at).time() <= hours.local(turn.ends_at).time() <= time(18)
            free = turn.ends_at
    rush = {load.number for load in made if load.group.rush}
    for number, turn in turns.items():
        ahead = [
            other for other in turns if turns[other].machine == turn.machine and turns[other].sequence < turn.sequence
        ]
        assert number not in rush or set(ahead) <= rush


@settings(deadline=None, max_examples=30)
@given(loads(), st.randoms())
def test_the_same_batches_in_any_order_give_the_same_timetable(made: list[Load], random: object) -> None:
    shuffled = list(made)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    assert timetable(shuffled, (), a_shop_with(2), NOW) == timetable(made, (), a_shop_with(2), NOW)


def a_load(number: str, family: str = "white", hours: int = 100) -> Load:
    piece = LoadPiece(int(number[2:]), NOW + timedelta(hours=hours), 30)
    return Load(number, Group("plant", "press", family, "mug", rush=False), 6, (piece,))


def test_what_is_frozen_runs_first_and_its_family_needs_no_changeover() -> None:
    frozen = MachineState("B-000", "plant", "press", 1, "coral", NOW + timedelta(hours=1), done=False)
    turns = timetable([a_load("B-001"), a_load("B-002", "coral")], [frozen], a_shop_with(1), NOW).turns
    assert turns["B-002"].starts_at == NOW + timedelta(hours=1)
    assert (turns["B-002"].changeover_min, turns["B-001"].changeover_min) == (0, 6)


def test_a_batch_that_is_done_frees_its_machine_but_leaves_it_set_up() -> None:
    done = MachineState("B-000", "plant", "press", 1, "white", NOW + timedelta(hours=5), done=True)
    turn = timetable([a_load("B-001")], [done], a_shop_with(1), NOW).turns["B-001"]
    assert (turn.starts_at, turn.changeover_min) == (NOW, 0)


def test_a_batch_runs_once_it_has_closed_and_never_waits_for_one_that_closes_later() -> None:
    closings = {"B-001": timedelta(hours=25), "B-002": timedelta(hours=2), "B-003": timedelta(hours=2)}
    made = [
        replace(a_load(number, family), closes_at=NOW + closings[number])
        for number, family in (("B-001", "white"), ("B-002", "coral"), ("B-003", "white"))
    ]
    last = MachineState("B-000", "plant", "press", 1, "white", NOW, done=True)
    turns = timetable(made, [last], a_shop_with(1), NOW).turns
    assert sorted(turns, key=lambda number: turns[number].sequence) == ["B-003", "B-002", "B-001"]
    for number, turn in turns.items():
        assert turn.starts_at >= NOW + closings[number]
    assert turns["B-002"].ends_at < NOW + timedelta(hours=4)


def test_the_saving_is_told_against_the_order_of_arrival() -> None:
    made = [
        Load(
            f"B-00{n + 1}",
            Group("plant", "press", family, "mug", rush=False),
            6,
            tuple(LoadPiece(piece, NOW + timedelta(hours=100), 1) for piece in range(n, 10, 2)),
        )
        for n, family in enumerate(("white", "coral"))
    ]
    (figures,) = timetable(made, (), a_shop_with(1), NOW).figures
    assert (figures.changeover_min, figures.first_come_changeover_min) == (12, 60)
    assert (figures.pieces, figures.batches, figures.late, figures.first_come_late) == (10, 2, 0, 0)


def test_a_machine_that_is_down_gets_nothing_until_it_runs_again() -> None:
    down = DownTime("press", 2, NOW, NOW + timedelta(days=2), "belt")
    shop = a_shop_with(2)
    shop = replace(shop, facilities=(replace(shop.facilities[0], down=(down,)),))
    turns = timetable([a_load(f"B-00{n}", "white", hours=6) for n in range(1, 5)], (), shop, NOW).turns
    assert {turn.machine for turn in turns.values()} == {1}


@settings(deadline=None, max_examples=60)
@given(
    loads(),
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 5000), st.integers(1, 3000)), max_size=4),
    st.lists(st.tuples(st.integers(0, 7), st.integers(1, 2), st.integers(0, 5000)), max_size=3),
)
def test_no_calendar_is_violated_whatever_breaks_down_and_is_pinned(
    made: list[Load], downs: list[tuple[int, int, int]], pins: list[tuple[int, int, int]]
) -> None:
    shop = a_shop_with(2)
    down = tuple(
        DownTime("press", machine, NOW + timedelta(minutes=start), NOW + timedelta(minutes=start + length), "belt")
        for machine, start, length in downs
    )
    plant = replace(shop.facilities[0], down=down)
    wanted = {f"B-{n:03d}": Pin(machine, NOW + timedelta(minutes=minute)) for n, machine, minute in pins}
    pinned = [replace(load, pin=wanted.get(load.number)) for load in made]
    turns = timetable(pinned, (), replace(shop, facilities=(plant,)), NOW).turns
    assert set(turns) == {load.number for load in made}
    for load in pinned:
        turn = turns[load.number]
        hours = Hours.of(plant, "press", turn.machine)
        work = turn.changeover_min + sum(piece.run_min for piece in load.pieces)
        assert abs(hours.minutes_between(turn.starts_at, turn.ends_at) - work) < 0.01
        if load.pin:
            assert turn.machine == load.pin.machine
            assert turn.starts_at >= load.pin.not_before
    for machine in (1, 2):
        own = sorted((turn for turn in turns.values() if turn.machine == machine), key=lambda turn: turn.sequence)
        assert all(before.ends_at <= after.starts_at for before, after in pairwise(own))


def test_a_frozen_batch_whose_machine_broke_down_frees_it_later() -> None:
    down = DownTime("press", 0, NOW + timedelta(minutes=30), NOW + timedelta(hours=4), "belt")
    shop = a_shop_with(1)
    shop = replace(shop, facilities=(replace(shop.facilities[0], down=(down,)),))
    frozen = MachineState("B-000", "plant", "press", 1, "white", NOW + timedelta(hours=1), False, NOW, 60)
    turn = timetable([a_load("B-001")], [frozen], shop, NOW).turns["B-001"]
    assert turn.starts_at == NOW + timedelta(hours=4, minutes=30)


def test_a_frozen_batch_that_is_late_keeps_its_machine_for_what_is_not_made_yet() -> None:
    ended = NOW - timedelta(minutes=20)
    late = MachineState("B-000", "plant", "press", 1, "white", ended, done=False, left_min=15)
    turn = timetable([a_load("B-001")], [late], a_shop_with(1), NOW).turns["B-001"]
    assert turn.starts_at == NOW + timedelta(minutes=15)
