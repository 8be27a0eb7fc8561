"""Two choices that one rule forbids together are known beforehand: exactly those that a solver finds."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st
from pysat.solvers import Minisat22

from configurator.options.rivals import rivals
from tests.effort import examples

GROUPS = ((1, 2, 3), (4, 5, 6, 7))
ALONE = (8, 9)
"""Variables of no group."""
ONE_EACH = [*GROUPS, *((-one, -other) for group in GROUPS for one, other in combinations(group, 2))]
LITERALS = st.sampled_from([sign * variable for variable in (*GROUPS[0], *GROUPS[1], *ALONE) for sign in (1, -1)])
CLAUSES = st.lists(LITERALS, min_size=1, max_size=5, unique=True).map(tuple)


def apart(one: int, other: int) -> bool:
    """Whether no two of the same group or variable are meant."""
    return not any({abs(one), abs(other)} <= {*group} for group in (*GROUPS, (8,), (9,)))


@examples(200)
@given(st.lists(CLAUSES, min_size=1, max_size=4))
def test_what_a_rule_forbids_beside_a_choice_is_forbidden_by_that_rule_and_by_none_before(
    clauses: list[tuple[int, ...]],
) -> None:
    found = rivals([[clause] for clause in clauses], GROUPS)
    choices = [variable for group in GROUPS for variable in group] + [sign * each for each in ALONE for sign in (1, -1)]
    for one, other in combinations(choices, 2):
        if apart(one, other):
            forbidding = [number for number, clause in enumerate(clauses) if forbids(clause, one, other)]
            told = found.get(one, {}).get(other)
            assert told == found.get(other, {}).get(one)
            assert told == next(iter(forbidding), None)


def forbids(clause: tuple[int, ...], one: int, other: int) -> bool:
    """Whether both together, but neither alone, contradict a clause."""
    with Minisat22(bootstrap_with=[*ONE_EACH, clause]) as solver:
        alone = solver.solve(assumptions=[one]) and solver.solve(assumptions=[other])
        return alone and not solver.solve(assumptions=[one, other])
