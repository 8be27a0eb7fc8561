"""A model too large for a circuit is answered by search: the same promises, held by the same tests."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from configurator.options import component, neighbouring, sat_answers
from configurator.options.compiling import Engine
from configurator.options.condensing import Budget
from configurator.options.model import Model, Number, OneOf, Option, Rule, Value
from configurator.options.reasoning import reasoner
from tests.effort import examples
from tests.options import test_against_brute_force as promises
from tests.options.small_models import Small, small_models

NOTHING = Budget(cpu_s=0, nodes=-1)


@contextmanager
def without_circuits() -> Iterator[None]:
    """Engines that are made here may not branch at all while they compile."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(component, "reasoner", partial(reasoner, budget=NOTHING))
        yield


@pytest.mark.parametrize(
    ("promise", "more"),
    [
        (promises.test_own_choices_stay_and_the_rest_is_completed_with_most_defaults_then_cheapest_then_nearest, []),
        (promises.test_what_is_blocked_kept_forced_and_numbered_is_what_brute_force_finds, []),
        (
            promises.test_every_blocked_value_says_why_without_a_superfluous_reason_whatever_was_asked_before,
            [st.data()],
        ),
        (promises.test_every_blocked_value_offers_the_smallest_way_out, [st.booleans()]),
        (promises.test_there_are_no_dead_ends, []),
    ],
)
def test_what_is_promised_holds_without_a_circuit(
    promise: Callable[..., Any], more: Sequence[st.SearchStrategy[Any]]
) -> None:
    inner = promise.hypothesis.inner_test  # type: ignore[attr-defined]  # what hypothesis wraps

    @examples(25)
    @given(st.tuples(promises.clicks(), *more), st.booleans())
    def kept(drawn: tuple[Any, ...], large: bool) -> None:
        with without_circuits(), pytest.MonkeyPatch.context() as patch:
            if large:  # as numbers with many steps are answered
                patch.setattr(neighbouring, "FEWEST", 1)
            inner(*drawn)

    kept()


@examples(40)
@given(small_models(rules=5))
def test_search_tells_makers_what_the_circuit_tells_them(small: Small) -> None:
    by_circuit = Engine(small.model)
    with without_circuits():
        by_search = Engine(small.model)
    assert by_search.count() in (None, by_circuit.count())
    contradictory = by_circuit.contradiction() is not None
    assert (by_search.contradiction() is not None) == contradictory
    assert set(by_search.never()) == set(by_circuit.never())
    assert set(by_search.always()) == set(by_circuit.always())
    if not contradictory:
        assert by_search.span({}) == by_circuit.span({})


def test_numbers_of_many_steps_in_one_sum_take_a_few_searches_and_not_one_a_step(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    options = tuple(Option(key, key.upper(), "taste", Number(0, 60, 1, "mm", 0)) for key in "abc")
    with without_circuits():
        engine = Engine(Model(options, (Rule("It fits.", require="a + b + 2 * c <= 100 and a - b != 7"),)))
    engine.answer({})
    monkeypatch.setattr(sat_answers, "MOST_A_CLICK", 10)
    numbers = engine.answer({"a": 40, "c": 15}).numbers
    assert numbers["a"] == tuple(a for a in range(61) if a + 30 <= 100)
    assert numbers["b"] == tuple(b for b in range(61) if 40 + b + 30 <= 100 and 40 - b != 7)
    assert numbers["c"] == tuple(c for c in range(61) if 40 + 2 * c <= 100)


def test_an_engine_without_a_circuit_says_which_options_it_searches() -> None:
    domain = OneOf((Value("a", "A"), Value("b", "B"), Value("c", "C")), "a")
    options = tuple(Option(key, key.upper(), "taste", domain) for key in "xyz")
    rules = (Rule("First.", "x = a", "y != b"), Rule("Second.", "y = a", "z != b"), Rule("Third.", "z = c", "x != b"))
    with without_circuits():
        engine = Engine(Model(options, rules))
    assert engine.facts.over_budget == ("X", "Y", "Z")
    assert engine.count() is None
