"""Reasons: as few rules as possible, of many at once, however the search for them goes."""

import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pysat.solvers import Solver

from configurator.options import explaining
from configurator.options.cnf import Clause
from configurator.options.explaining import Explainer
from configurator.options.fewest import fewest_rules
from configurator.options.fewest_large import Following
from configurator.options.solving import Effort


def together(clauses: Sequence[Sequence[int]], fixed: Sequence[int]) -> bool:
    with Solver(name="cadical153", bootstrap_with=clauses) as solver:
        return bool(solver.solve(assumptions=list(fixed)))


literals = st.integers(1, 8).flatmap(lambda variable: st.sampled_from((variable, -variable)))
rules = st.lists(st.lists(st.lists(literals, min_size=1, max_size=3), min_size=1, max_size=3), min_size=1, max_size=20)


@given(rules, st.sets(literals, max_size=3))
def test_no_rule_of_a_reason_can_be_left_out(offered: list[list[list[int]]], fixed: set[int]) -> None:
    several = [clause for rule in offered for clause in rule]
    if together(several, list(fixed)) or not fixed.isdisjoint([-literal for literal in fixed]):
        return
    found = fewest_rules(list(fixed), dict(enumerate(offered)), Effort(1000))
    chosen = [offered[at] for at in found]
    assert not together([clause for rule in chosen for clause in rule], list(fixed))
    for left_out in range(len(chosen)):
        rest = chosen[:left_out] + chosen[left_out + 1 :]
        assert together([clause for rule in rest for clause in rule], list(fixed))


@given(rules, st.sets(literals, max_size=3))
def test_machine_code_leaves_no_superfluous_rule_in_a_reason(offered: list[list[list[int]]], fixed: set[int]) -> None:
    if not fixed.isdisjoint([-literal for literal in fixed]):
        return
    possible = together([clause for rule in offered for clause in rule], list(fixed))
    following = Following(8, [[tuple(clause) for clause in rule] for rule in offered])
    plain = following.rules(list(fixed))
    assert not (plain and possible)
    for among in [plain, range(len(offered))]:
        if possible or not among:
            continue
        chosen = [offered[at] for at in following.fewest(list(fixed), among)]
        assert not together([clause for rule in chosen for clause in rule], list(fixed))
        for left_out in range(len(chosen)):
            rest = chosen[:left_out] + chosen[left_out + 1 :]
            assert together([clause for rule in rest for clause in rule], list(fixed))


def test_a_reason_that_takes_too_many_tries_is_left_to_the_solver() -> None:
    holes = range(9)
    pigeons = [[tuple(10 * pigeon + hole + 1 for hole in holes)] for pigeon in range(10)]
    apart = [
        [(-10 * one - hole - 1, -10 * other - hole - 1)]
        for hole in holes
        for other in range(10)
        for one in range(other)
    ]
    following = Following(100, [*pigeons, *apart])
    assert following.rules([]) == []
    assert not following.fewest([], range(len(pigeons) + len(apart)))


@pytest.mark.parametrize("length", [30, 700, 2100])
def test_a_long_chain_of_rules_is_told_whole_and_nothing_beside_it(length: int) -> None:
    rng = random.Random(length)
    chain = [(-at, at + 1) for at in range(1, length)]
    noise = [(rng.randrange(length, 2 * length), rng.randrange(length, 2 * length)) for _ in range(length)]
    clauses: list[Clause] = [*chain, *noise]
    rng.shuffle(clauses)
    explainer = Explainer(2 * length, (), [(clause,) for clause in clauses])
    reasons = explainer.reasons([-length], [1, 2 * length])
    assert reasons is not None
    assert reasons[0] == (1,)
    assert sorted(clauses[at] for at in reasons[1]) == sorted(chain)


def test_many_rules_give_the_reasons_that_few_give(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = random.Random(3)
    clauses = [tuple(rng.choice((1, -1)) * rng.randrange(1, 60) for _ in range(3)) for _ in range(180)]
    rough = Explainer(60, (), [(clause,) for clause in clauses])
    monkeypatch.setattr(explaining, "_MANY", 20)
    fine = Explainer(60, (), [(clause,) for clause in clauses])
    monkeypatch.setattr(explaining, "_THOUSANDS", 20)
    swift = Explainer(60, (), [(clause,) for clause in clauses])
    for _ in range(60):
        fixed = [rng.choice((1, -1)) * rng.randrange(1, 60)]
        choices = [rng.choice((1, -1)) * at for at in rng.sample(range(1, 60), 12) if at != abs(fixed[0])]
        one, *others = (each.reasons(fixed, choices) for each in (rough, fine, swift))
        assert all((one is None) == (other is None) for other in others)
        for other in filter(None, others):
            needed = [clauses[at] for at in other[1]]
            assert not together(needed, [*fixed, *other[0]])
            for left_out in range(len(needed)):
                assert together(needed[:left_out] + needed[left_out + 1 :], [*fixed, *other[0]])
