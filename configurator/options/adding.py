"""Sums over numbers of many steps, in clauses over their ladders: as few steps as a staircase has, not one a pair.

A ladder says of a number for every step whether it is at most that. `left + right <= 12` is then, for every step of the
left one: if it is at least this, the right one is at most that. Source: N. Tamura and others, Compiling finite linear
CSP into SAT, Constraints 14 (2009), the order encoding. Defined both ways, so that counts stay exact.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import prod

from configurator.options.clauses import NO, YES, Clauses

MOST_STEPS = 200_000
"""Clauses of one sum: three numbers of 400 steps have 160,000."""
MOST_AMOUNTS = 4_000
"""Different amounts that two summands may come to together, as one."""
_FEW = 2_000
"""Beyond so many clauses two summands are added up first, where that makes fewer."""


@dataclass(frozen=True, slots=True)
class Summand:
    """What one option adds to a sum. weights: ascending; literals: of each being the one that is added.

    steps: of no more than each weight being added, but of the last; none if it has no ladder. A running sum has
    steps alone.
    """

    weights: tuple[int, ...]
    literals: tuple[int, ...] = ()
    steps: tuple[int, ...] = ()

    @property
    def opposite(self) -> "Summand":
        """The same with the signs turned round."""
        weights = tuple(-weight for weight in reversed(self.weights))
        return Summand(weights, self.literals[::-1], tuple(-step for step in reversed(self.steps)))

    def reasons(self) -> Iterator[tuple[int, int]]:
        """(weight, literal of at least that much being added); without a ladder of exactly that."""
        literals = (YES, *(-step for step in self.steps)) if self.steps else self.literals
        return zip(self.weights, literals, strict=True)

    def at_most(self, room: int) -> Sequence[int]:
        """Literals of which one holds when no more than that is added."""
        number = bisect_right(self.weights, room)
        if not self.steps:
            return self.literals[:number]
        return ((NO, *self.steps, YES)[number],)

    def other_than(self, place: int) -> tuple[int, ...]:
        """Literals of which one holds when another weight than this is added."""
        if self.literals:
            return (-self.literals[place],)
        bounds = (NO, *self.steps, YES)
        return -bounds[place + 1], bounds[place]


def at_most(clauses: Clauses, summands: Sequence[Summand], bound: int) -> list[Sequence[int]] | None:
    """Clauses that hold exactly when all together come to no more than the bound; None if they would be too many."""
    ordered = _few(clauses, summands)
    return None if ordered is None else list(_staircase(ordered, bound, ()))


def other_than(clauses: Clauses, summands: Sequence[Summand], amount: int) -> list[Sequence[int]] | None:
    """Clauses that hold exactly when they come to anything but the amount; None if they would be too many."""
    ordered = _few(clauses, summands)
    return None if ordered is None else list(_missed(ordered, amount, ()))


def _few(clauses: Clauses, summands: Sequence[Summand]) -> Sequence[Summand] | None:
    """The summands, the one with most weights last; the smallest added up first where they are many."""
    ordered = sorted(summands, key=_size)
    while len(ordered) > 3 and prod(map(_size, ordered[:-1])) > _FEW:
        one, other, *left = ordered
        amounts = sorted({first + second for first in one.weights for second in other.weights})
        if len(amounts) > MOST_AMOUNTS:
            return None
        ordered = sorted((*left, _running(clauses, one, other, amounts)), key=_size)
    return ordered if prod(map(_size, ordered[:-1])) <= MOST_STEPS else None


def _running(clauses: Clauses, one: Summand, other: Summand, amounts: Sequence[int]) -> Summand:
    """Two summands as one: a ladder that follows from theirs, both ways."""
    steps = [clauses.variable() for _ in amounts[1:]]
    for below, step in pairwise(steps):
        clauses.add((-below, step))
    added = Summand(tuple(amounts), steps=tuple(steps))
    for summands in ((one, other, added.opposite), (one.opposite, other.opposite, added)):
        for clause in _staircase(summands, 0, ()):
            clauses.add(clause)
    return added


def _staircase(summands: Sequence[Summand], room: int, given: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Whatever the first ones add, the last one adds no more than is left; given: what a clause begins with."""
    if sum(each.weights[-1] for each in summands) <= room:
        return
    if sum(each.weights[0] for each in summands) > room:
        yield given
        return
    first, *rest = summands
    if not rest:
        yield (*given, *first.at_most(room))
        return
    least = sum(each.weights[0] for each in rest)
    for weight, literal in first.reasons():
        yield from _staircase(rest, room - weight, (*given, -literal))
        if first.steps and weight + least > room:
            return


def _missed(summands: Sequence[Summand], amount: int, given: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Whatever the first ones add, the last one adds anything but what is missing."""
    if not sum(each.weights[0] for each in summands) <= amount <= sum(each.weights[-1] for each in summands):
        return
    first, *rest = summands
    for place, weight in enumerate(first.weights):
        if rest:
            yield from _missed(rest, amount - weight, (*given, *first.other_than(place)))
        elif weight == amount:
            yield (*given, *first.other_than(place))


def _size(summand: Summand) -> int:
    return len(summand.weights)
