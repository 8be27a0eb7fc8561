"""Numbers of many steps in sums and comparisons: by ladders, as exact as all else, small enough for a real board."""

import random
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pysat import solvers

from configurator.options import adding, encoding
from configurator.options.adding import Summand, at_most, other_than
from configurator.options.clauses import Clauses
from configurator.options.compiling import Engine
from configurator.options.model import Model, Number, OneOf, Option, Rule, Value
from tests.effort import examples
from tests.options import test_against_brute_force as brute_force
from tests.options.small_models import Small, small_models

mostly_numbers = small_models(rules=4, kinds_of="number number number number one some")
CHECKS: tuple[Any, ...] = (
    brute_force.test_a_maker_is_told_the_exact_number_of_products_and_what_can_never_be_chosen,
    brute_force.test_own_choices_stay_and_the_rest_is_completed_with_most_defaults_then_cheapest_then_nearest,
    brute_force.test_what_is_blocked_kept_forced_and_numbered_is_what_brute_force_finds,
    brute_force.test_every_blocked_value_says_why_without_a_superfluous_reason_whatever_was_asked_before,
    brute_force.test_there_are_no_dead_ends,
)


@pytest.fixture(autouse=True)
def ladders_for_small_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoding, "FEW_STEPS", 1)


@examples(60)
@given(mostly_numbers, st.data())
def test_whatever_is_asked_of_numbers_with_ladders_is_what_brute_force_finds(small: Small, data: st.DataObject) -> None:
    choices = data.draw(brute_force.choices_in(small))
    inner = [check.hypothesis.inner_test for check in CHECKS]  # what hypothesis wraps
    count, completed, found, reasons, dead_ends = inner
    count(small)
    completed((small, choices))
    found((small, choices))
    reasons((small, choices), data)
    dead_ends((small, choices))


summands = st.lists(
    st.tuples(st.lists(st.integers(-9, 9), min_size=2, max_size=4, unique=True), st.booleans()), min_size=1, max_size=4
)


@pytest.mark.parametrize("few", [0, 10**6])
@examples(60)
@given(summands, st.integers(-20, 20))
def test_a_sum_over_ladders_holds_for_exactly_the_amounts_that_keep_to_its_bound(
    few: int, drawn: list[tuple[list[int], bool]], bound: int
) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(adding, "_FEW", few)
        for make, kept in (
            (at_most, lambda amount: amount <= bound),
            (other_than, lambda amount: amount != bound),
        ):
            check_sum(drawn, lambda made, added, make=make: make(made, added, bound), kept)


def check_sum(
    drawn: list[tuple[list[int], bool]],
    make: Callable[[Clauses, list[Summand]], list[tuple[int, ...]]],
    kept: Callable[[int], bool],
) -> None:
    made, added = Clauses(), []
    for weights, laddered in drawn:
        literals = tuple(made.variable() for _ in weights)
        steps = made.ladder(literals) if laddered else ()
        if not laddered:
            made.exactly_one(literals)
        added.append(Summand(tuple(sorted(weights)), literals, steps))
    for clause in make(made, added):
        made.add(clause)
    with solvers.Solver(name="minisat22", bootstrap_with=made.clauses) as solver:
        for taken in product(*(zip(each.weights, each.literals, strict=True) for each in added)):
            amount = sum(weight for weight, _ in taken)
            models = solver.solve(assumptions=[literal for _, literal in taken])
            assert models is kept(amount)


def number(key: str, least: int, most: int) -> Option:
    return Option(key, key, "taste", Number(least, most, 1, "mm", least, 2))


@pytest.mark.slow
def test_an_engraved_board_in_steps_of_a_millimetre_is_counted_exactly() -> None:
    rules = ("w <= h + 20", "w + h <= 800", "2 * d <= w")
    options = (number("w", 100, 500), number("h", 100, 500), number("d", 5, 100))
    engine = Engine(Model(options, tuple(Rule(text, None, text) for text in rules)))
    fits = [(w, h) for w in range(100, 501) for h in range(100, 501) if w <= h + 20 and w + h <= 800]
    assert engine.count() == sum(min(100, w // 2) - 4 for w, _ in fits)
    assert engine.facts.nodes < 10_000
    answer = engine.answer({"h": 400, "d": 90})
    assert answer.numbers["w"] == tuple(range(180, 401))
    assert answer.blocked["w", 401].because == ("w + h <= 800",)


@pytest.mark.parametrize("sign", ["<=", "="])
def test_three_numbers_of_forty_steps_are_added_up_within_the_budget(sign: str) -> None:
    options = tuple(number(key, 1, 40) for key in "abc")
    engine = Engine(Model(options, (Rule("Sum.", None, f"a + b {sign} c + 10"),)))
    kept = (lambda a, b, c: a + b <= c + 10) if sign == "<=" else (lambda a, b, c: a + b == c + 10)
    assert engine.count() == sum(kept(*x) for x in product(range(1, 41), repeat=3))


def test_a_size_may_bind_two_numbers_only_sometimes() -> None:
    size = Option("size", "Size", "taste", OneOf((Value("S", "S"), Value("L", "L")), "S"))
    rules = (Rule("Long.", "size = L", "w > h"), Rule("Flat or even.", None, "w = h or w >= h + 10 or size = S"))
    engine = Engine(Model((size, number("w", 1, 60), number("h", 1, 60)), rules))
    pairs = list(product(range(1, 61), repeat=2))
    assert engine.count() == len(pairs) + sum(w >= h + 10 for w, h in pairs)


@pytest.mark.slow
def test_of_a_board_of_three_numbers_every_size_is_offered_or_refused_as_the_rules_say_after_every_click() -> None:
    sizes = {"width": range(100, 411), "height": range(100, 501), "depth": range(5, 206)}
    engine, rng, chosen = Engine(board(sizes)), random.Random(5), dict[str, int]()
    for _ in range(12):
        key = rng.choice(sorted(sizes))
        answer = engine.answer({**chosen, key: rng.choice(sizes[key])})
        chosen = {each: int(str(value)) for each, value in answer.choices.items()}
        for asked, numbers in sizes.items():
            others = {other: chosen[other] for other in chosen if other != asked}
            offered = [number for number in numbers if goes_together({**others, asked: number}, sizes)]
            assert list(answer.numbers[asked]) == offered
            refused = [value for option, value in answer.blocked if option == asked]
            assert refused == [number for number in numbers if number not in offered]


def board(sizes: dict[str, range]) -> Model:
    options = [Option(key, key, "design", Number(of[0], of[-1], 1, "mm", of[0])) for key, of in sizes.items()]
    said = ("width <= height + 20", "width + height <= 800", "2 * depth <= width")
    return Model(tuple(options), tuple(Rule(rule, None, rule) for rule in said))


def goes_together(chosen: dict[str, int], sizes: dict[str, range]) -> bool:
    """Whether some board has these: with all others as small as can be, but the height as it must be."""
    depth = chosen.get("depth", sizes["depth"][0])
    width = chosen.get("width", max(sizes["width"][0], 2 * depth))
    height = chosen.get("height", max(sizes["height"][0], width - 20))
    return 2 * depth <= width <= height + 20 and width + height <= 800
