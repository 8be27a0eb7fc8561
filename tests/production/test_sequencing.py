"""The order of batches on machines: everything runs once, nothing overlaps, never dearer than a simple rule."""

from hypothesis import given, settings
from hypothesis import strategies as st

from configurator.production.sequencing import FEW, Floor, Lot, Machine, Schedule, by_rules, first_come, sequence
from tests.effort import examples

FAMILIES = ("mug-white", "mug-coral", "oak", "foil-gold")


@st.composite
def lots(draw: st.DrawFn) -> list[Lot]:
    return [
        Lot(
            name=f"L{n}",
            family=draw(st.sampled_from(FAMILIES)),
            setup_min=draw(st.sampled_from([0, 4, 12])),
            run_min=draw(st.floats(1, 90)),
            dues=tuple(sorted(draw(st.lists(st.floats(-500, 2000), min_size=1, max_size=5)))),
            arrived=n,
        )
        for n in range(draw(st.integers(0, 10) | st.integers(FEW, FEW + 6)))
    ]


@st.composite
def floors(draw: st.DrawFn) -> Floor:
    machines = draw(
        st.lists(st.builds(Machine, st.floats(0, 300), st.sampled_from([None, *FAMILIES])), min_size=1, max_size=3)
    )
    pairs = st.tuples(st.sampled_from(FAMILIES), st.sampled_from(FAMILIES))
    return Floor(tuple(machines), draw(st.dictionaries(pairs, st.floats(0, 40), max_size=6)))


def checked(schedule: Schedule, made: list[Lot], floor: Floor) -> None:
    """Every lot once; on each machine one after the other, changeover before run; the cost is what it says."""
    assert sorted(slot.lot.name for slot in schedule.slots) == sorted(lot.name for lot in made)
    cost = 0.0
    for n, machine in enumerate(floor.machines):
        free, family = machine.free_min, machine.family
        for slot in sorted((slot for slot in schedule.slots if slot.machine == n), key=lambda slot: slot.start):
            table = floor.changeovers.get((family or "", slot.lot.family), slot.lot.setup_min)
            changeover = 0 if family == slot.lot.family else table
            assert abs(slot.start - free - changeover) < 1e-6
            assert abs(slot.end - slot.start - slot.lot.run_min) < 1e-6
            free, family = slot.end, slot.lot.family
            cost += changeover + 0.2 * sum(max(0.0, slot.end - due) for due in slot.lot.dues)
    assert abs(schedule.cost - cost) < 1e-6 * max(1, cost)


@examples(60)
@given(lots(), floors())
def test_a_plan_runs_every_lot_once_and_never_costs_more_than_a_simple_rule(made: list[Lot], floor: Floor) -> None:
    plan = sequence(made, floor)
    checked(plan, made, floor)
    for baseline in [first_come(made, floor), *by_rules(made, floor)]:
        checked(baseline, made, floor)
        assert plan.cost <= baseline.cost * (1 + 1e-12) + 1e-6


@settings(deadline=None, max_examples=30)
@given(lots(), floors(), st.randoms())
def test_the_same_lots_in_any_order_give_the_same_plan(made: list[Lot], floor: Floor, random: object) -> None:
    shuffled = list(made)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    assert sequence(made, floor) == sequence(shuffled, floor)


def test_pain_25_changeovers_are_saved_by_running_a_family_together() -> None:
    made = [Lot(f"L{n}", FAMILIES[n % 2], 12, 30, (5000.0,), n) for n in range(6)]
    floor = Floor((Machine(),), {})
    assert first_come(made, floor).changeover_min == 72
    assert sequence(made, floor).changeover_min == 24


def test_an_urgent_lot_goes_first_even_if_that_costs_a_changeover() -> None:
    calm = [Lot(f"L{n}", "mug-white", 10, 60, (5000.0,) * 24, n) for n in range(3)]
    urgent = Lot("U", "mug-coral", 10, 30, (45.0,) * 24, 9)
    plan = sequence([*calm, urgent], Floor((Machine(family="mug-white"),), {}))
    assert min(plan.slots, key=lambda slot: slot.start).lot is urgent
    assert plan.late == 0


def test_two_machines_share_the_work() -> None:
    made = [Lot(f"L{n}", FAMILIES[n % 2], 10, 60, (130.0,) * 10, n) for n in range(4)]
    plan = sequence(made, Floor((Machine(), Machine()), {}))
    assert (plan.late, plan.changeover_min) == (0, 20)


def test_a_long_day_is_searched_as_well_as_a_short_one() -> None:
    made = [Lot(f"L{n}", FAMILIES[n % 4], 12, 30, (400.0 + 30 * n,) * 6, n) for n in range(60)]
    floor = Floor((Machine(family="oak"), Machine(free_min=45)), {("oak", "mug-white"): 3.0})
    plan, baseline = sequence(made, floor), first_come(made, floor)
    checked(plan, made, floor)
    assert plan.late == 0
    assert plan.changeover_min < 0.2 * baseline.changeover_min


def test_the_changeover_matrix_is_asked_first() -> None:
    floor = Floor((Machine(family="mug-white"),), {("mug-white", "mug-coral"): 2.5})
    assert sequence([Lot("L", "mug-coral", 10, 5, (100.0,), 0)], floor).changeover_min == 2.5
