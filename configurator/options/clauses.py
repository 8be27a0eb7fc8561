"""Clauses under construction: gates are defined both ways, so every product is exactly one model of the clauses."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from configurator.options.cnf import Clause

Slot = tuple[tuple[int, int], ...]
"""(literal, weight) of values of which exactly one is taken."""

YES = 1
NO = -1
_FEW = 32
MOST_SUMS = 40_000
"""Ways out of all running sums of one rule."""
MOST_SLOTS = 400


_FAR = 1 << 200
"""Beyond every amount."""


class TooManySums(Exception):
    """A sum comes to more different amounts than can be told apart."""


class Clauses:
    """Clauses under construction. Variable 1 is always true; gates that are constant cost nothing."""

    def __init__(self) -> None:
        self.clauses: list[Clause] = [(YES,)]
        self.variables = 1
        self.groups: list[tuple[int, ...]] = []
        self.ladders: list[tuple[int, ...]] = []
        self._gates: dict[Clause, int] = {}

    def variable(self) -> int:
        """A new variable."""
        self.variables += 1
        return self.variables

    def add(self, literals: Iterable[int]) -> None:
        """At least one of these holds."""
        clause = tidy(literals)
        if clause is not None:
            self.clauses.append(clause)

    def any_of(self, literals: Iterable[int]) -> int:
        """A literal that holds exactly when one of these does."""
        inputs = tuple(sorted(set(literals) - {NO}))
        if YES in inputs or any(-literal in inputs for literal in inputs):
            return YES
        if len(inputs) < 2:
            return inputs[0] if inputs else NO
        if inputs not in self._gates:
            gate = self._gates[inputs] = self.variable()
            self.add((-gate, *inputs))
            for literal in inputs:
                self.add((gate, -literal))
        return self._gates[inputs]

    def all_of(self, literals: Iterable[int]) -> int:
        """A literal that holds exactly when all of these do."""
        return -self.any_of(-literal for literal in literals)

    def exactly_one(self, literals: Sequence[int]) -> None:
        """Exactly one holds; of many, by a ladder whose steps follow from the literals."""
        self.groups.append(tuple(literals))
        self.add(literals)
        if len(literals) <= _FEW:
            for place, literal in enumerate(literals):
                for other in literals[:place]:
                    self.add((-literal, -other))
            return
        before = literals[0]
        for literal in literals[1:]:
            self.add((-before, -literal))
            before = self.any_of((before, literal))

    def ladder(self, literals: Sequence[int]) -> tuple[int, ...]:
        """Exactly one of at least three holds; the literals of one of the first 1, 2, … all but one of them holding.

        Those say it all: no clause ties more than three variables together.
        """
        self.groups.append(tuple(literals))
        steps = [literals[0]]
        for literal in literals[1:-1]:
            self.add((-steps[-1], -literal))
            steps.append(self.any_of((steps[-1], literal)))
        self.add((steps[-1], literals[-1]))
        self.add((-steps[-1], -literals[-1]))
        self.ladders.append(tuple(steps))
        return tuple(steps)

    def total(self, slots: Sequence[Slot], bound: int, *, exact: bool) -> int:
        """A literal that holds exactly when the weights taken add up to at most (or exactly) the bound.

        One node for all running sums that leave the same ways to go on, defined both ways. Raises TooManySums.
        """
        return _Totalling(self, slots, bound, exact=exact).literal()

    def diagram(self, literals: Sequence[Sequence[int]], allowed: Any) -> int:
        """A literal that holds exactly when the values taken are allowed: one node for every set of ways to go on.

        literals: for each dimension those of which exactly one holds; allowed: a Boolean array of that shape.
        """
        return _Diagram(self, literals).node(0, allowed)

    def decision(self, ways: Sequence[tuple[int, int]]) -> int:
        """A literal that holds exactly when the child of the way taken does; ways: (literal, child)."""
        if len({child for _, child in ways}) == 1:
            return ways[0][1]
        node = self.variable()
        for literal, child in ways:
            self.add((-literal, -node, child))
            self.add((-literal, node, -child))
        return node


def tidy(literals: Iterable[int]) -> Clause | None:
    """A clause without literals that cannot hold; None if it always holds."""
    clause = dict.fromkeys(literals)
    if YES in clause or any(-literal in clause for literal in clause):
        return None
    return tuple(literal for literal in clause if literal != NO)


class _Totalling:
    """The nodes of one sum: which slot is next, and the amounts taken before it that leave the same ways to go on.

    Source: I. Abío and others, A new look at BDDs for pseudo-Boolean constraints, JAIR 45 (2012).
    """

    def __init__(self, clauses: Clauses, slots: Sequence[Slot], bound: int, *, exact: bool) -> None:
        self._clauses = clauses
        self._slots = sorted(slots, key=_spread, reverse=True)
        self._bound = bound
        self._exact = exact
        self._known: list[list[_Open]] = [[] for _ in slots]
        self._room = MOST_SUMS
        self._lowest, self._highest = [0], [0]
        for slot in reversed(self._slots):
            weights = [weight for _, weight in slot]
            self._lowest.append(self._lowest[-1] + min(weights))
            self._highest.append(self._highest[-1] + max(weights))

    def literal(self) -> int:
        """A literal that holds exactly when the whole sum keeps to the bound. Raises TooManySums."""
        if len(self._slots) > MOST_SLOTS:
            raise TooManySums
        return self._node(0, 0).literal

    def _node(self, place: int, taken: int) -> "_Open":
        """What is still open after `place` slots."""
        lowest, highest = self._lowest[len(self._slots) - place], self._highest[len(self._slots) - place]
        if taken > self._bound - lowest:
            return _Open(self._bound - lowest + 1, _FAR, NO)
        if self._exact:
            if taken < self._bound - highest:
                return _Open(-_FAR, self._bound - highest - 1, NO)
            if lowest == highest:
                return _Open(taken, taken, YES)
        elif taken <= self._bound - highest:
            return _Open(-_FAR, self._bound - highest, YES)
        known = self._known[place]
        found = bisect_right(known, taken, key=_least) - 1
        if found < 0 or known[found].most < taken:
            found += 1
            known.insert(found, self._opened(place, taken))
        return known[found]

    def _opened(self, place: int, taken: int) -> "_Open":
        children = [self._node(place + 1, taken + weight) for _, weight in self._slots[place]]
        weights = [weight for _, weight in self._slots[place]]
        self._room -= len(children)
        if self._room < 0:
            raise TooManySums
        ways = zip(self._slots[place], children, strict=True)
        return _Open(
            max(child.least - weight for child, weight in zip(children, weights, strict=True)),
            min(child.most - weight for child, weight in zip(children, weights, strict=True)),
            self._clauses.decision([(literal, child.literal) for (literal, _), child in ways]),
        )


@dataclass(frozen=True, slots=True)
class _Open:
    """A literal, and from which amount to which it says whether the sum will keep to its bound."""

    least: int
    most: int
    literal: int


def _least(opened: _Open) -> int:
    return opened.least


def _spread(slot: Slot) -> int:
    weights = [weight for _, weight in slot]
    return max(weights) - min(weights)


class _Diagram:
    """The nodes of one relation: two ways to go on that allow the same are one node."""

    def __init__(self, clauses: Clauses, literals: Sequence[Sequence[int]]) -> None:
        self._clauses = clauses
        self._literals = literals
        self._nodes: dict[tuple[int, bytes], int] = {}

    def node(self, place: int, allowed: Any) -> int:
        """The literal for what is still open after `place` dimensions."""
        if allowed.all():
            return YES
        if not allowed.any():
            return NO
        key = place, allowed.tobytes()
        if key not in self._nodes:
            ways = [
                (literal, self.node(place + 1, rest))
                for literal, rest in zip(self._literals[place], allowed, strict=True)
            ]
            self._nodes[key] = self._clauses.decision(ways)
        return self._nodes[key]
