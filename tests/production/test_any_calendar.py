"""The whole planner under any calendar: shifts, holidays and breakdowns, as an independent clock sees them."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import count, pairwise

from hypothesis import given
from hypothesis import strategies as st

from configurator.blanks.blank import Blank
from configurator.blanks.calendar import BatchRule, DownTime, Holiday, Shift
from configurator.blanks.shop import Facility, Shop, WorkCentre
from configurator.production.living import Draw, planned
from configurator.production.loads import MachineState, Pin
from configurator.production.plan_state import OpenBatch, Plan, PlannedBatch, PlanState, WaitingPiece, Work
from configurator.production.process_search import searched
from configurator.production.routing import route
from tests.builders import a_design, a_facility, a_shop, a_tee, a_tin
from tests.effort import examples
from tests.production.calendars import Key, Span, minutes_worked, works
from tests.production.workshop import a_sheet_mug, quick_operations

NOW = datetime(2026, 10, 22, 9, 0, tzinfo=UTC)
"""A Thursday; on Sunday the clocks change."""

EXACT = 0.01
"""Minutes: what comes of adding floats and of microseconds."""

CLOCK = st.integers(0, 95).map(lambda quarter: time(quarter // 4, quarter % 4 * 15))
SHIFT = st.builds(Shift, st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days))), CLOCK, CLOCK)
SHIFTS = st.lists(SHIFT, min_size=1, max_size=3).map(tuple)
HOLIDAY = st.tuples(st.integers(-1, 12), st.integers(0, 3)).map(
    lambda days: Holiday(date(2026, 10, 22) + timedelta(days=days[0]), date(2026, 10, 22) + timedelta(sum(days)), "-")
)
CENTRES = {"printer": 2, "press": 2, "bench": 1}
DOWN = st.tuples(st.sampled_from(["", *CENTRES]), st.integers(0, 2), st.integers(-600, 9000), st.integers(1, 3000)).map(
    lambda row: DownTime(row[0], row[1], after(row[2]), after(row[2] + row[3]), "belt torn")
)
RULE = st.builds(
    BatchRule,
    work_centre=st.sampled_from(["", "press"]),
    least=st.integers(1, 6),
    most=st.sampled_from([None, 6, 9]),
    closes_full=st.sampled_from([None, 4]),
    cut_off=st.sampled_from([None, time(14)]),
    every_min=st.sampled_from([None, 90]),
)


def after(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


def blanks() -> dict[str, Blank]:
    """Three kinds: pressed after printing, printed then folded, packed."""
    printed = quick_operations(("printer", "tee", 4, 1), ("bench", "folding", 1, 0.5))
    packed = quick_operations(("bench", "packing", 2, 1.5))
    mug, tee, tin = a_sheet_mug(), replace(a_tee(), operations=printed), replace(a_tin(), operations=packed)
    return {"mug": mug, "tee": tee, "tin": tin}


BLANKS = blanks()
ROUTES = {
    **{inside: route(a_design(BLANKS["mug"], inside=inside), BLANKS["mug"]) for inside in ("white", "coral")},
    "gold": route(a_design(BLANKS["mug"], rim="gold"), BLANKS["mug"]),
    **{key: route(a_design(BLANKS[key]), BLANKS[key]) for key in ("tee", "tin")},
}


@st.composite
def facilities(draw: st.DrawFn, key: str) -> Facility:
    centres = {
        name: WorkCentre(name, name.title(), machines, 1000, shifts=draw(st.just(()) | SHIFTS))
        for name, machines in CENTRES.items()
    }
    return replace(
        a_facility(key, kind="plant"),
        centres=centres,
        shifts=draw(SHIFTS),
        holidays=tuple(draw(st.lists(HOLIDAY, max_size=2))),
        rules=tuple(draw(st.lists(RULE, max_size=1))),
    )


@st.composite
def shops(draw: st.DrawFn) -> Shop:
    return a_shop(facilities=(draw(facilities("plant")), draw(facilities("store"))))


@st.composite
def works_waiting(draw: st.DrawFn) -> tuple[Work, ...]:
    rows = draw(
        st.lists(
            st.tuples(
                st.sampled_from(sorted(ROUTES)),
                st.integers(-20, 400),
                st.booleans(),
                st.sampled_from(["plant", "plant", "store", "gone"]),
                st.sampled_from([None, None, None, "It is held."]),
                st.integers(1, 5),
            ),
            max_size=14,
        )
    )
    numbers = count(1)
    return tuple(
        Work(WaitingPiece(n := next(numbers), f"P-{n}", kind, at, after(60 * hours), rush, hold), ROUTES[kind])
        for kind, hours, rush, at, hold, pieces in rows
        for _ in range(pieces)
    )


FROZEN = st.lists(
    st.tuples(st.sampled_from(["plant", "store"]), st.sampled_from(sorted(CENTRES)), st.integers(1, 900)), max_size=3
).map(
    lambda rows: tuple(
        MachineState(f"B-{900 + n}", at, centre, 1, "mug-white", after(minutes), False)
        for n, (at, centre, minutes) in enumerate(sorted(rows, key=lambda row: row[2]))
    )
)


def goes_on(plan: Plan, pinned: int | None) -> tuple[OpenBatch, ...]:
    """The open batches as the next plan finds them, one of them pinned by somebody."""
    found = sorted((replace(one.batch, turn=one.turn) for one in plan.batches), key=lambda batch: batch.number)
    if found and pinned is not None:
        n = pinned % len(found)
        found[n] = replace(found[n], pin=Pin(1 + pinned % 2, after(pinned)))
    return tuple(found)


def numbered(since: int = 1) -> Draw:
    numbers = count(since)
    return lambda many: [next(numbers) for _ in range(many)]


@dataclass(frozen=True, repr=False)
class ADay:
    """A morning with some of the pieces, and later all of them, when machines have broken down; who is pinned then."""

    morning: PlanState
    noon: PlanState
    pinned: int | None

    def __repr__(self) -> str:
        """Short enough to be read: routes and whole facilities are not."""
        pieces = [(work.piece.design_hash, work.piece.due_at, work.piece.facility) for work in self.noon.works]
        shops = [(one.shifts, one.holidays, one.rules, one.down) for one in self.noon.shop.facilities]
        return f"{len(self.morning.works)} of {pieces}, pinned {self.pinned}, {self.noon.frozen}, {shops}"


@st.composite
def days(draw: st.DrawFn) -> ADay:
    waiting, shop, frozen = draw(works_waiting()), draw(shops()), draw(FROZEN)
    downs = tuple(draw(st.lists(DOWN, max_size=3)))
    broken = replace(shop, facilities=tuple(replace(each, down=downs) for each in shop.facilities))
    morning = PlanState(waiting[: draw(st.integers(0, 60))], (), frozen, shop, NOW)
    return ADay(morning, PlanState(waiting, (), frozen, broken, after(20)), draw(st.none() | st.integers(0, 900)))


@examples(25)
@given(days())
def test_whatever_the_calendars_every_piece_is_planned_once_within_them(
    day: ADay,
) -> None:
    first = planned(day.morning, numbered())
    agrees(first, day.morning)
    state = replace(day.noon, open=goes_on(first, day.pinned))
    plan = planned(state, numbered(500))
    agrees(plan, state)
    drafts = [searched(state.at(place)) for place in reversed(state.places())]
    assert planned(state, numbered(500), drafts=drafts) == plan


def agrees(plan: Plan, state: PlanState) -> None:
    """Every piece once or with a reason; batches within their capacity; every step when its machine works, alone."""
    placed = [work.piece.id for one in plan.batches for work in one.works]
    assert sorted([*placed, *plan.left]) == [work.piece.id for work in state.works]
    for work in state.works:
        if work.piece.hold or work.piece.facility == "gone":
            assert plan.left[work.piece.id].endswith(".")
    spans: dict[tuple[str, Key], list[Span]] = {}
    for one in plan.batches:
        facility = state.shop.facility(one.batch.group.facility)
        rule = facility.rule(one.batch.group.work_centre, one.batch.group.family)
        assert 0 < len(one.works) <= one.formed.capacity
        assert rule.most is None or len(one.works) <= rule.most
        for step in one.turn.steps:
            key = step.work_centre, step.machine
            assert 1 <= step.machine <= facility.centres[step.work_centre].count
            assert step.starts_at >= state.now
            spans.setdefault((facility.key, key), []).append((step.starts_at, step.ends_at))
            within_calendar(one, facility, step.name, (key, (step.starts_at, step.ends_at), step.changeover_min))
    for (at, key), own in spans.items():
        until = [each.ends_at for each in state.frozen if (each.facility, each.work_centre, each.machine) == (at, *key)]
        assert all(starts >= ends for starts, _ in own for ends in until if ends)
        assert all(before[1] <= later[0] for before, later in pairwise(sorted(own)))


def within_calendar(one: PlannedBatch, facility: Facility, name: str, turn: tuple[Key, Span, float]) -> None:
    """A step begins and ends while its machine works, which is just as long as it takes."""
    key, span, changeover = turn
    steps = [step for work in one.works for step in work.route.operations if step.name == name]
    takes = changeover + sum(step.run_min for step in steps)
    families = {step.family: step.setup_min for step in steps}
    again = sum(minutes for n, minutes in enumerate(families.values()) if n) if len(families) > 1 else 0.0
    worked = minutes_worked(facility, key, span)
    assert takes - EXACT <= worked <= takes + again + EXACT
    if span[0] < span[1]:
        assert works(facility, key, span[0])
        assert works(facility, key, span[1] - timedelta(milliseconds=5))
