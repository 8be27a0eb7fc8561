"""A large circuit is swept in machine code; it must say exactly what the plain passes say, whatever the formula."""

import random
from itertools import combinations

import pytest

from configurator.options.circuit import Circuit
from configurator.options.circuit_answers import CircuitAnswers
from configurator.options.circuit_sweeps import SweepingAnswers
from configurator.options.cnf import Cnf
from configurator.options.condensing import Budget
from configurator.options.costs import Costs
from configurator.options.encoding import Demand, encoded
from configurator.options.model import Model, Number, Option, Rule
from configurator.options.reasoning import compiled_circuit, holds
from configurator.options.resolving import resolved

VARIABLES = 14


GROUPS = ((1, 2, 3, 4), (5, 6), (7, 8, 9), (10,))


def circuits(groups: tuple[tuple[int, ...], ...] = ()) -> list[Circuit]:
    """Formulas of three-literal clauses, from loose to tight, that have models; exactly one of each group holds."""
    found = []
    exactly_one = [clause for group in groups for clause in (group, *combinations([-each for each in group], 2))]
    for seed in range(25):
        rng = random.Random(seed)
        clauses = [
            tuple(rng.choice((1, -1)) * at for at in rng.sample(range(1, VARIABLES), 3)) for _ in range(8 + seed)
        ]
        circuit = compiled_circuit(Cnf(VARIABLES, (*exactly_one, *clauses), groups), Budget())
        if circuit is not None:
            found.append(circuit)
    return found


Compared = tuple[CircuitAnswers, SweepingAnswers]
GROUPED = [circuit for circuit in circuits(GROUPS) if len(circuit.nodes) > 2]
COMPARED: list[Compared] = [
    *((CircuitAnswers(circuit), SweepingAnswers(circuit)) for circuit in circuits()),
    *((CircuitAnswers(circuit), SweepingAnswers(circuit, GROUPS)) for circuit in GROUPED),
]


def some_literals(rng: random.Random, most: int) -> list[int]:
    return [rng.choice((1, -1)) * rng.randint(1, VARIABLES) for _ in range(rng.randint(0, most))]


def whole(model: frozenset[int]) -> frozenset[int]:
    """A model with the literals that go without saying."""
    return frozenset(at if holds(model, at) else -at for at in range(1, VARIABLES + 1))


@pytest.mark.parametrize("both", COMPARED)
def test_what_is_possible_is_the_same(both: Compared) -> None:
    rng, (plain, swept) = random.Random(1), both
    for _ in range(40):
        fixed = some_literals(rng, 5)
        assert plain.possible(fixed) == swept.possible(fixed)
        one, other = plain.domains(fixed), swept.domains(fixed)
        assert (one is None) == (other is None)
        if one is not None and other is not None:
            everything = [sign * at for at in range(1, VARIABLES + 1) for sign in (1, -1)]
            assert [at in one for at in everything] == [at in other for at in everything]


@pytest.mark.parametrize("cases", [1, 7, 64, 65, 200])
def test_any_number_of_cases_is_answered_in_one_sweep(cases: int) -> None:
    rng = random.Random(cases)
    for plain, swept in (*COMPARED[:6], *COMPARED[-6:]):
        fixed = {literal: rng.getrandbits(cases) for literal in some_literals(rng, 8)}
        asked = [some_literals(rng, 6) for _ in range(cases)]
        assert plain.lost_each(fixed, asked) == swept.lost_each(fixed, asked)


@pytest.mark.parametrize("both", COMPARED)
@pytest.mark.parametrize("bits", [8, 38, 90, 200, 300], ids=lambda bits: f"costs of {bits} bits")
def test_the_cheapest_model_costs_the_same_however_large_the_costs_are(both: Compared, bits: int) -> None:
    rng, (plain, swept) = random.Random(bits), both
    for _ in range(12):
        fixed = some_literals(rng, 3)
        costs = {literal: rng.getrandbits(bits) for literal in some_literals(rng, 20)}
        one, other = plain.cheapest(fixed, Costs(costs)), swept.cheapest(fixed, Costs(costs))
        assert (one is None) == (other is None)
        if one is not None and other is not None:
            assert one == (other[0], whole(other[1]))
            assert sum(cost for literal, cost in costs.items() if literal in one[1]) == other[0]


@pytest.mark.parametrize("both", COMPARED)
@pytest.mark.parametrize("bits", [3, 30, 200], ids=lambda bits: f"costs of {bits} bits")
def test_the_cheapest_models_with_each_of_some_literals_are_found_in_one_pass(both: Compared, bits: int) -> None:
    rng, (plain, swept) = random.Random(bits), both
    everything = [sign * at for at in range(1, VARIABLES + 1) for sign in (1, -1)]
    for _ in range(8):
        costs = Costs({literal: rng.getrandbits(bits) for literal in some_literals(rng, 20)})
        for literal, model in zip(everything, swept.cheapest_each(everything, costs), strict=True):
            expected = plain.cheapest([literal], costs)
            assert (model is None) == (expected is None)
            if model is not None and expected is not None:
                assert literal in whole(model)
                assert plain.cheapest(sorted(model), costs) == (expected[0], whole(model))


def test_formulas_with_groups_are_among_those_compared() -> None:
    assert len(GROUPED) > 5
    assert any(model for model in (swept.cheapest([1], Costs({-2: 5})) for _, swept in COMPARED[-len(GROUPED) :]))


def test_what_only_helps_to_add_numbers_up_is_not_swept_over_and_changes_no_answer() -> None:
    sizes = {"wide": 14, "tall": 11, "deep": 9}
    options = tuple(Option(key, key, "taste", Number(0, most, 1, "mm", 0)) for key, most in sizes.items())
    said = ("wide + tall <= 16", "tall <= wide + 3", "2 * deep <= wide + 5")
    model = Model(options, tuple(Rule("No.", require=require) for require in said))
    coded = encoded(options, [Demand(rule, resolved(rule, model)) for rule in model.rules])
    circuit = compiled_circuit(coded.cnf, Budget())
    assert circuit is not None
    helpers = {step for ladder in coded.ladders for step in ladder[1:]}
    plain, swept = CircuitAnswers(circuit), SweepingAnswers(circuit, coded.groups, helpers)
    shown = [literal for literals in coded.literals.values() for literal in literals]
    assert len(helpers) > len(shown) / 2
    rng = random.Random(7)
    for _ in range(300):
        fixed = [rng.choice((1, 1, -1)) * each for each in rng.sample(shown, rng.randint(0, 3))]
        assert plain.possible(fixed) == swept.possible(fixed)
        one, other = plain.domains(fixed), swept.domains(fixed)
        assert [one is not None and each in one for each in shown] == [
            other is not None and each in other for each in shown
        ]
        assert plain.lost_each(dict.fromkeys(fixed, 1), [shown]) == swept.lost_each(dict.fromkeys(fixed, 1), [shown])
        costs = Costs({rng.choice((1, -1)) * each: rng.randrange(100) for each in shown})
        cheapest, found = plain.cheapest(fixed, costs), swept.cheapest(fixed, costs)
        assert (cheapest and cheapest[0]) == (found and found[0])
        if cheapest and found:
            again = plain.cheapest([each for each in shown if each in found[1]], costs)
            assert again is not None
            assert again[0] == cheapest[0]


def test_costs_made_from_others_are_as_if_they_were_made_anew() -> None:
    rng = random.Random(4)
    for _ in range(200):
        before = {literal: rng.randrange(-5, 6) for literal in some_literals(rng, 12)}
        gone = rng.sample(range(1, 13), 5)
        instead = {literal: rng.randrange(-5, 6) for literal in some_literals(rng, 12) if abs(literal) in gone}
        left = {literal: cost for literal, cost in before.items() if abs(literal) not in gone}
        made, anew = Costs(before).instead(gone, instead), Costs({**left, **instead})
        assert (made.least, made.dearer) == (anew.least, anew.dearer)
        assert made.instead(range(1, VARIABLES + 1), {}).dearer == {}
