"""Machine code and plain Python say the same of every formula: circuits and counts, against an exact counter."""

import random
from collections.abc import Sequence

import pyganak
import pytest
from hypothesis import given
from hypothesis import strategies as st

from configurator.options import reasoning
from configurator.options.circuit_counting import Counted
from configurator.options.circuit_residues import Residues, TooManyResidues
from configurator.options.cnf import Clause, Cnf
from configurator.options.condensing import Budget, OverBudget, condensed
from configurator.options.condensing_large import condensed_large
from configurator.options.ordering import Manner, elimination_order
from configurator.options.reasoning import compiled_circuit, reasoner
from tests.effort import examples

AMPLE = Budget(60, 100_000)


@st.composite
def formulas(draw: st.DrawFn) -> Cnf:
    """Up to 10 variables, some of them in a group of which exactly one holds."""
    variables = draw(st.integers(1, 10))
    literals = st.integers(1, variables).flatmap(lambda variable: st.sampled_from((variable, -variable)))
    clauses = draw(st.lists(st.lists(literals, min_size=1, max_size=4).map(tuple), max_size=24))
    group = tuple(range(1, draw(st.integers(0, variables)) + 1))
    if len(group) > 2:
        clauses += [group, *((-one, -other) for one in group for other in group if one < other)]
    return Cnf(variables, tuple(clauses))


def models(cnf: Cnf, fixed: Sequence[int] = ()) -> list[tuple[int, ...]]:
    """Every model, found by trying all."""
    found = []
    for number in range(2**cnf.variables):
        model = tuple(v if number >> (v - 1) & 1 else -v for v in range(1, cnf.variables + 1))
        there = set(model)
        if there.issuperset(fixed) and all(not there.isdisjoint(clause) for clause in cnf.clauses):
            found.append(model)
    return found


@examples(150)
@given(formulas(), st.sampled_from(("degree", "fill")), st.data())
def test_both_ways_to_condense_count_what_trying_all_counts(cnf: Cnf, manner: Manner, data: st.DataObject) -> None:
    order = elimination_order(cnf, manner)
    large, small = condensed_large(cnf, order, AMPLE), condensed(cnf, order, AMPLE)
    there = models(cnf)
    assert (large is None) == (small is None) == (not there)
    if large is None or small is None:
        return
    fixed = data.draw(st.lists(st.integers(1, cnf.variables).flatmap(lambda v: st.sampled_from((v, -v))), max_size=4))
    weights = data.draw(st.dictionaries(st.integers(1, cnf.variables), st.integers(0, 10**12), max_size=3))
    expected = sum(weighed(model, weights) for model in models(cnf, fixed))
    assert Counted(large, weights).count(fixed) == Counted(small, weights).count(fixed) == expected
    assert Residues(large, weights).count(fixed) == expected


def weighed(model: Sequence[int], weights: dict[int, int]) -> int:
    product = 1
    for literal in model:
        product *= weights.get(literal, 1)
    return product


def feature_model(features: int, ties: int, seed: int) -> Cnf:
    """A tree of features as product lines have it: optional, needed, one of or some of, with implications across."""
    rng, clauses, parents = random.Random(seed), [(1,)], [1]
    next_feature = 2
    while next_feature <= features:
        parent = parents.pop(rng.randrange(min(len(parents), 6)))
        group = tuple(range(next_feature, min(features, next_feature + rng.randrange(2, 9)) + 1))
        next_feature = group[-1] + 1
        clauses += [(-child, parent) for child in group]
        clauses += kinds(rng, parent, group)
        parents += group[: max(1, len(group) // 2)]
    for _ in range(ties):
        one = rng.randrange(2, features)
        clauses.append((-one, min(features, one + rng.randrange(1, 20))))
    return Cnf(features, tuple(clauses))


def kinds(rng: random.Random, parent: int, group: tuple[int, ...]) -> list[Clause]:
    kind = rng.randrange(4)
    if kind == 0:
        return [(-parent, child) for child in group if rng.random() < 0.4]
    apart = [(-one, -other) for one in group for other in group if one < other]
    return [(-parent, *group), *(apart if kind > 1 else [])]


def exact(cnf: Cnf) -> int:
    counter = pyganak.Counter()
    counter.new_vars(cnf.variables)
    for clause in cnf.clauses:
        counter.add_clause(list(clause))
    return int(counter.count())


@pytest.mark.parametrize(("features", "ties", "seed"), [(150, 20, 1), (300, 40, 2), (600, 60, 3)])
def test_feature_models_are_counted_as_an_exact_counter_counts_them(features: int, ties: int, seed: int) -> None:
    cnf = feature_model(features, ties, seed)
    circuit = condensed_large(cnf, elimination_order(cnf), AMPLE)
    counted = 0 if circuit is None else Counted(circuit, {}).count(())
    assert counted == exact(cnf)


def test_a_walk_through_a_large_circuit_counts_by_residues_as_by_whole_numbers() -> None:
    cnf = feature_model(900, 60, 4)
    circuit = condensed_large(cnf, elimination_order(cnf), AMPLE)
    assert circuit is not None
    rng = random.Random(1)
    weights = {rng.randrange(1, 900): rng.randrange(10**9) for _ in range(40)}
    whole, residues, fixed = Counted(circuit, weights), Residues(circuit, weights), list[int]()
    for _ in range(40):
        assert residues.count(fixed) == whole.count(fixed)
        fixed.append(rng.choice((1, -1)) * rng.randrange(1, 901))


def test_a_formula_beyond_a_first_try_in_python_gets_its_circuit_from_machine_code(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cnf = feature_model(300, 40, 2)
    before = reasoner(cnf).count((), {})
    monkeypatch.setattr(reasoning, "_AT_FIRST", Budget(60, 0))
    monkeypatch.setattr(reasoning, "MANY_TO_COUNT", 0)
    assert reasoner(cnf).count((), {}) == before == exact(cnf)


def test_a_budget_is_kept_in_machine_code_too() -> None:
    rng = random.Random(5)
    clauses = [tuple(rng.choice((1, -1)) * rng.randrange(1, 121) for _ in range(3)) for _ in range(300)]
    with pytest.raises(OverBudget):
        condensed_large(Cnf(120, tuple(clauses)), tuple(range(1, 121)), Budget(60, 50))
    with pytest.raises(OverBudget):
        compiled_circuit(Cnf(120, tuple(clauses)), Budget(60, 50))


def test_counts_too_large_for_residues_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    circuit = condensed(Cnf(3, ((1, 2), (2, 3))), (1, 2, 3), AMPLE)
    assert circuit is not None
    with pytest.raises(TooManyResidues):
        Residues(circuit, {1: 1 << 40_000})
