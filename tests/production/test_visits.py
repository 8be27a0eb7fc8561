"""A machine's turn searched for as visits of families: never dearer than it was, and as good as can be when few."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.planning import group_of
from benchmarks.planning_mixes import mix
from configurator.production.search.pricing import Pricing
from configurator.production.search.revisiting import revisited
from configurator.production.search.rules import simple_rules, variations
from tests.production.lines import instances


@settings(deadline=None, max_examples=60)
@given(instances(), st.integers(0, 99))
def test_visits_hold_the_same_lines_on_the_same_machines_and_cost_no_more(instance: dict[str, Any], seed: int) -> None:
    pricing = Pricing(group_of(instance))
    for order in (*simple_rules(pricing).values(), *variations(pricing)):
        found = revisited(pricing, order, seed=seed, work=5_000)
        assert pricing.sums(found).cost <= pricing.sums(order).cost + 1e-6
        assert found.counts.tolist() == order.counts.tolist()
        ends = np.cumsum(order.counts)[:-1]
        for ours, theirs in zip(np.split(found.lines, ends), np.split(order.lines, ends), strict=True):
            assert sorted(ours.tolist()) == sorted(theirs.tolist())


def test_a_thousand_lines_on_a_machine_need_hardly_more_setups_than_family_by_family_and_none_is_late() -> None:
    pricing = Pricing(group_of(mix(1000, 1, 21)))
    rules = simple_rules(pricing)
    found = pricing.sums(revisited(pricing, rules["due_bucket_family"], seed=1, work=20_000_000))
    assert found.late_lines == 0
    assert found.setup_min <= 1.5 * pricing.sums(rules["group_by_family"]).setup_min


def test_without_any_work_a_late_line_ends_no_later_than_it_did() -> None:
    pricing = Pricing(group_of(mix(200, 1, 3)))
    order = simple_rules(pricing)["group_by_family"]
    before, after = pricing.sums(order), pricing.sums(revisited(pricing, order, seed=1, work=0))
    assert after.setup_min == pytest.approx(before.setup_min)
    assert after.weighted_late_min <= before.weighted_late_min
