"""Lines of one family in a row may change places without any setup: they do where that makes them less late."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from benchmarks.planning import group_of
from benchmarks.planning_mixes import mix
from configurator.production.search.deciding import plan
from configurator.production.search.group import Order
from configurator.production.search.pricing import Pricing
from configurator.production.search.rules import simple_rules, variations
from configurator.production.search.straightening import straightened
from tests.production.lines import instances


@settings(deadline=None, max_examples=60)
@given(instances())
def test_lines_stay_on_their_machine_with_as_many_setups_and_cost_no_more(instance: dict[str, Any]) -> None:
    pricing = Pricing(group_of(instance))
    for order in (*simple_rules(pricing).values(), *variations(pricing)):
        found = straightened(pricing.group, order)
        before, after = pricing.sums(order), pricing.sums(found)
        assert after.cost <= before.cost + 1e-6
        assert after.setup_min == pytest.approx(before.setup_min)
        ends = np.cumsum(order.counts)[:-1]
        for ours, theirs in zip(np.split(found.lines, ends), np.split(order.lines, ends), strict=True):
            assert sorted(ours.tolist()) == sorted(theirs.tolist())


def test_where_all_is_late_the_shortest_line_runs_first() -> None:
    instance = {**mix(300, 1, 2), "setup_min": [[0.0]], "first_setup_min": [5.0]}
    lines = [{**line, "family": 0, "due_min": 0, "weight": 1} for line in instance["lines"]]
    group = group_of({**instance, "lines": lines})
    found = straightened(group, Order(np.arange(300), np.array([300])))
    assert group.run[found.lines].tolist() == sorted(group.run.tolist())


def test_a_thousand_late_lines_without_setups_cost_no_more_than_by_smiths_rule() -> None:
    instance = mix(1000, 1, 2)
    families = len(instance["first_setup_min"])
    lines = [{**line, "due_min": 0} for line in instance["lines"]]
    none = {"setup_min": [[0.0] * families] * families, "first_setup_min": [0.0] * families}
    group = group_of({**instance, **none, "lines": lines})
    best = Order(np.argsort(-group.weight / group.run, kind="stable"), np.array([1000]))
    pricing = Pricing(group)
    assert plan(group, seed=1, budget=100_000).sums.cost == pytest.approx(pricing.sums(best).cost)
