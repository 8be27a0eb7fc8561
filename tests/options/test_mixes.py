"""Mixes: the nearest that keeps to the rules, found among all of them."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from configurator.options.compiling import Engine
from configurator.options.model import Mix, Model, Option, Part, Rule
from tests.effort import examples
from tests.options.small_models import every_value


@st.composite
def mixes(draw: st.DrawFn) -> tuple[Option, tuple[tuple[str, int], ...], dict[str, int]]:
    """A mix, amounts typed into it that need not add up, and the sugar of its parts."""
    keys = ["p", "q", "r", "s"][: draw(st.integers(2, 4))]
    sugar = {key: draw(st.sampled_from([0, 0, 5, 20])) for key in keys}
    parts = tuple(Part(key, key, draw(st.sampled_from([10, 20, 30])), {"sugar": sugar[key]}) for key in keys)
    least = draw(st.integers(1, 2))
    domain = Mix(parts, 150, 25, least, draw(st.integers(least, len(keys))), (("p", 125), ("q", 25)))
    typed = tuple((key, draw(st.sampled_from([0, 25, 50, 75, 100, 110]))) for key in keys)
    return Option("mix", "Mix", "taste", domain), tuple(pair for pair in typed if pair[1]), sugar


@examples(300)
@given(mixes(), st.integers(0, 30))
def test_amounts_that_do_not_add_up_are_answered_with_the_nearest_mix_then_the_cheapest(
    mix: tuple[Option, tuple[tuple[str, int], ...], dict[str, int]], most_sugar: int
) -> None:
    option, typed, sugar = mix
    domain: Any = option.domain
    sweet = Rule("Too sweet.", None, f"sum(mix.sugar) <= {most_sugar}")
    rules = (sweet,) if any(sugar.values()) else ()
    allowed = [x for x in every_value(option) if not rules or _sugar(x, sugar) <= 100 * most_sugar]
    engine = Engine(Model((option,), rules))
    assert engine.count() == len(allowed)
    if not allowed:
        return
    answer = engine.answer({"mix": typed})
    if "mix" in answer.unfinished:
        prices = {part.key: part.per_100g for part in domain.parts}
        nearest = min((_moved(x, typed), sum(prices[key] * grams for key, grams in x)) for x in allowed)
        found = answer.configuration["mix"]
        assert found in allowed
        assert (_moved(found, typed), sum(prices[key] * grams for key, grams in found)) == nearest
    else:
        assert typed in every_value(option)
        assert (answer.choices.get("mix") == typed) == (typed in allowed)


def _sugar(x: Any, sugar: dict[str, int]) -> int:
    return sum(sugar[key] * grams for key, grams in x)


def _moved(one: Any, other: Any) -> int:
    return sum(abs(dict(one).get(key, 0) - dict(other).get(key, 0)) for key in "pqrs")
