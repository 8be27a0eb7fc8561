"""Plans of lines: every line once, nothing violated, the same plan each time, never dearer than a simple rule."""

from itertools import permutations, product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.plan_checker import judge
from benchmarks.planning import group_of, written
from benchmarks.planning_bound import least
from benchmarks.planning_mixes import mix
from configurator.production.search.deciding import plan
from configurator.production.search.group import Group, Order, Plan
from configurator.production.search.pricing import Pricing
from configurator.production.search.replanning import replan
from configurator.production.search.rules import simple_rules, variations
from tests.production.lines import instances

WORK = 20_000


def cost(instance: dict[str, Any], made: Plan) -> float:
    """What the checker says it costs; it must find nothing wrong."""
    judged = judge(instance, written(made.batches), 20.0)
    assert judged.violations == ()
    return judged.figures["cost"]


@settings(deadline=None, max_examples=60)
@given(instances(), st.integers(0, 2**40))
def test_a_plan_has_every_line_once_and_costs_what_the_checker_says(instance: dict[str, Any], seed: int) -> None:
    made = plan(group_of(instance), seed=seed, budget=WORK)
    assert cost(instance, made) == pytest.approx(made.sums.cost, abs=0.01)
    assert all(len(batch.lines) <= (instance["batch_max_lines"] or 10**9) for batch in made.batches)


@settings(deadline=None, max_examples=40)
@given(instances(), st.integers(0, 99))
def test_a_plan_is_never_dearer_than_any_simple_rule(instance: dict[str, Any], seed: int) -> None:
    group = group_of(instance)
    pricing = Pricing(group)
    made = plan(group, seed=seed, budget=WORK)
    rules = [*simple_rules(pricing).values(), *variations(pricing)]
    judged = [judge(instance, written(pricing.batches(order)), 20.0) for order in rules]
    assert [each.violations for each in judged] == [()] * len(rules)
    assert made.sums.cost <= min(each.figures["cost"] for each in judged) + 0.01


@settings(deadline=None, max_examples=20)
@given(instances(), st.integers(0, 99))
def test_the_same_lines_seed_and_work_give_the_same_plan(instance: dict[str, Any], seed: int) -> None:
    one, other = (plan(group_of(instance), seed=seed, budget=WORK) for _ in range(2))
    assert one.batches == other.batches


@settings(deadline=None, max_examples=20)
@given(instances(most=5), st.integers(0, 99))
def test_few_lines_are_planned_as_well_as_can_be(instance: dict[str, Any], seed: int) -> None:
    group = group_of(instance)
    made = plan(group, seed=seed)
    assert made.sums.cost <= cheapest_of_all(group) + 0.01
    bound = least(instance, 20.0)
    assert bound is None or bound.cost <= made.sums.cost + 0.01
    assert bound is None or bound.setup_min <= made.sums.setup_min + 0.01


def cheapest_of_all(group: Group) -> float:
    """Every order on every machine, priced one by one."""
    pricing, lines, machines = Pricing(group), len(group.run), group.machines
    return min(
        pricing.sums(Order(np.array(order), np.diff([0, *cuts, lines]).astype(np.int64))).cost
        for order in permutations(range(lines))
        for cuts in product(range(lines + 1), repeat=machines - 1)
        if list(cuts) == sorted(cuts)
    )


@settings(deadline=None, max_examples=40)
@given(instances(), st.data())
def test_planning_again_keeps_every_line_and_is_no_dearer_than_a_rule(
    instance: dict[str, Any], data: st.DataObject
) -> None:
    group = group_of(instance)
    first = plan(group, seed=1, budget=WORK)
    stays = [line for line in first.order.lines.tolist() if data.draw(st.booleans())]
    machine = np.repeat(np.arange(group.machines), first.order.counts)
    counts = np.bincount(
        [m for line, m in zip(first.order.lines.tolist(), machine, strict=True) if line in stays],
        minlength=group.machines,
    ).astype(np.int64)
    again = replan(group, Order(np.array(stays, np.int64), counts), seed=1, budget=WORK)
    assert cost(instance, again) <= first.cheapest_rule + 0.01


def test_a_plan_of_nothing_is_empty() -> None:
    instance = {**mix(1, 2, 1), "lines": []}
    assert plan(group_of(instance), seed=1).batches == ()


def test_a_plan_again_of_nothing_is_empty() -> None:
    group = group_of({**mix(3, 2, 1), "lines": []})
    assert replan(group, Order(np.array([], np.int64), np.zeros(group.machines, np.int64)), seed=1).batches == ()


def test_nothing_changed_is_nothing_moved_when_the_plan_is_good() -> None:
    group = group_of(mix(200, 3, 1))
    first = plan(group, seed=1, budget=3_000_000)
    again = replan(group, first.order, seed=1, budget=0)
    assert again.batches == first.batches


@pytest.mark.parametrize(
    ("lines", "machines", "share"), [(60, 1, 0.8), (60, 2, 0.8), (1000, 8, 0.15), (1000, 3, 0.15), (5000, 12, 0.1)]
)
def test_a_days_plan_costs_a_fraction_of_what_simple_rules_cost(lines: int, machines: int, share: float) -> None:
    instance = mix(lines, machines, 11)
    made = plan(group_of(instance), seed=1, budget=6_000_000)
    assert cost(instance, made) <= share * made.cheapest_rule


def test_nothing_late_and_no_setup_too_many_is_as_cheap_as_can_be() -> None:
    instance = mix(60, 1, 4)
    bound = least(instance, 20.0)
    assert bound is not None
    assert bound.cost == pytest.approx(cost(instance, plan(group_of(instance), seed=1)))


def test_more_work_makes_a_plan_cheaper() -> None:
    group = group_of(mix(500, 4, 3))
    costs = [plan(group, seed=1, budget=budget).sums.cost for budget in (0, 100_000, 4_000_000)]
    assert costs == sorted(costs, reverse=True)
    assert costs[2] < costs[0]


def test_machines_that_are_busy_and_set_up_are_planned_as_they_stand() -> None:
    one = mix(1, 2, 1)
    line = {"family": 0, "run_min": 10.0, "due_min": 30.0, "weight": 1}
    group = group_of({**one, "lines": [line]})
    ready = Group(
        group.family,
        group.run,
        group.due,
        group.weight,
        group.setup,
        group.first,
        np.array([15.0, 0.0]),
        np.array([0, 1]),
    )
    batch = plan(ready, seed=1).batches[0]
    assert (batch.machine, batch.start_min) == (0, 15.0)
