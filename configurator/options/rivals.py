"""Which two literals a rule by itself forbids together: known once, where a search would find it again and again."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from configurator.options.cnf import Clause

MOST_PAIRS = 1_000
"""Of one clause. Those of numbers with hundreds of steps have more, and are left to the search."""


def rivals(rules: Sequence[Sequence[Clause]], groups: Sequence[Sequence[int]]) -> Mapping[int, Mapping[int, int]]:
    """For each literal those that one rule forbids beside it, and the first such rule by its number.

    groups: of each exactly one variable holds, so that any of its other variables forbids one.
    """
    homes = {variable: number for number, group in enumerate(groups) for variable in group}
    found: dict[int, dict[int, int]] = {}
    for number, rule in enumerate(rules):
        for clause in rule:
            for one, other in _pairs(clause, groups, homes):
                found.setdefault(one, {}).setdefault(other, number)
                found.setdefault(other, {}).setdefault(one, number)
    return found


def _pairs(clause: Clause, groups: Sequence[Sequence[int]], homes: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    """Any two literals that leave no literal of the clause true; of clauses about two groups or variables only."""
    sides: dict[int, list[int]] = {}
    for literal in clause:
        sides.setdefault(homes.get(abs(literal), -abs(literal)), []).append(literal)
    if len(sides) != 2:
        return
    one, other = (_against(literals, groups[home] if home >= 0 else (-home,)) for home, literals in sides.items())
    if len(one) * len(other) <= MOST_PAIRS:
        yield from product(one, other)


def _against(literals: Sequence[int], group: Sequence[int]) -> Sequence[int]:
    """What of a group, or of a single variable, leaves none of these literals of it true."""
    if len(group) == 1:
        return [-literals[0]] if len(literals) == 1 else []
    wanted, unwanted = {each for each in literals if each > 0}, {-each for each in literals if each < 0}
    if not unwanted:
        return [variable for variable in group if variable not in wanted]
    return list(unwanted - wanted) if len(unwanted) == 1 else []
