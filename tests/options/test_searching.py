"""The search for the best completion, when it may take its time and when it may not."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from configurator.options.component import Component
from configurator.options.encoding import Demand, bounds_of
from configurator.options.filling import Filling
from configurator.options.resolving import resolved
from configurator.options.searching import best_filling
from tests.options.small_models import Small, choices_in, small_models


@st.composite
def clicks(draw: st.DrawFn) -> tuple[Small, dict[str, Any]]:
    small = draw(small_models())
    return small, draw(choices_in(small))


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(clicks(), st.integers(1, 3))
def test_a_search_out_of_patience_still_finds_a_product_if_there_is_one(
    click: tuple[Small, dict[str, Any]], patience: int
) -> None:
    small, wanted = click
    demands = [Demand(rule, resolved(rule, small.model)) for rule in small.model.rules]
    demands += [bound for option in small.model.options for bound in bounds_of(option)]
    component = Component(small.model.options, demands)
    seats = [
        component.seat(option.key, "own", wanted[option.key])
        if option.key in wanted
        else component.free_seat(option.key)
        for option in small.model.options
    ]
    found = best_filling([Filling(seat) for seat in seats], (), component.possible, patience=patience)
    assert (found is not None) == bool(small.valid)
    assert found is None or found in small.valid
