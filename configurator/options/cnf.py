"""A formula in clauses, with the groups of variables of which exactly one is true."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

Literal = int
"""A variable (from 1) or its negation (negative)."""

Clause = tuple[Literal, ...]


@dataclass(frozen=True, slots=True)
class Cnf:
    """All clauses hold; variables are numbered from 1. By the clauses exactly one variable of each group is true.

    ladders: of some groups, each beginning with its first variable, that it or one before it is true; see `clauses`.
    """

    variables: int
    clauses: tuple[Clause, ...]
    groups: tuple[tuple[int, ...], ...] = ()
    ladders: tuple[tuple[int, ...], ...] = ()


def tidied(clauses: Iterable[Sequence[Literal]]) -> Iterator[Clause]:
    """Each clause once, its literals once and in a fixed order; clauses that always hold are left out."""
    seen: set[Clause] = set()
    for clause in clauses:
        literals = set(clause)
        if not any(-literal in literals for literal in literals):
            tidy = tuple(sorted(literals, key=lambda literal: (abs(literal), literal)))
            if tidy not in seen:
                seen.add(tidy)
                yield tidy


def exactly_one_groups(cnf: Cnf) -> tuple[tuple[int, ...], ...]:
    """The groups that are given, and those that clauses spell out: at least one, and no two of them together."""
    taken = {variable for group in cnf.groups for variable in group}
    apart: set[Clause] = {
        clause for clause in tidied(cnf.clauses) if len(clause) == 2 and clause[0] < 0 and clause[1] < 0
    }
    found = list(cnf.groups)
    for clause in sorted(tidied(cnf.clauses), key=len, reverse=True):
        fresh = len(clause) > 2 and clause[0] > 0 and taken.isdisjoint(clause)
        if fresh and min(clause) > 0 and _all_apart(clause, apart):
            found.append(clause)
            taken.update(clause)
    return tuple(found)


def _all_apart(group: Clause, apart: set[Clause]) -> bool:
    return all((-one, -other) in apart for place, one in enumerate(group) for other in group[place + 1 :])
