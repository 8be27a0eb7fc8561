"""Clauses under construction: gates are defined both ways, so every product is exactly one model of the clauses."""

from collections.abc import Iterable, Sequence
from typing import Any

from configurator.options.cnf import Clause

Slot = tuple[tuple[int, int], ...]
"""(literal, weight) of values of which exactly one is taken."""

YES = 1
NO = -1
_FEW = 32


class Clauses:
    """Clauses under construction. Variable 1 is always true; gates that are constant cost nothing."""

    def __init__(self) -> None:
        self.clauses: list[Clause] = [(YES,)]
        self.variables = 1
        self.groups: list[tuple[int, ...]] = []
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

    def total(self, slots: Sequence[Slot], bound: int, *, exact: bool) -> int:
        """A literal that holds exactly when the weights taken add up to at most (or exactly) the bound.

        One node for every running sum that is not decided yet, defined both ways.
        """
        return _Totalling(self, slots, bound, exact=exact).node(0, 0)

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
    """The nodes of one sum: which slot is next and how much was taken before it."""

    def __init__(self, clauses: Clauses, slots: Sequence[Slot], bound: int, *, exact: bool) -> None:
        self._clauses = clauses
        self._slots = slots
        self._bound = bound
        self._exact = exact
        self._nodes: dict[tuple[int, int], int] = {}
        self._lowest, self._highest = [0], [0]
        for slot in reversed(slots):
            weights = [weight for _, weight in slot]
            self._lowest.append(self._lowest[-1] + min(weights))
            self._highest.append(self._highest[-1] + max(weights))

    def node(self, place: int, taken: int) -> int:
        """The literal for what is still open after `place` slots."""
        left = len(self._slots) - place
        lowest, highest = taken + self._lowest[left], taken + self._highest[left]
        if highest <= self._bound and (not self._exact or lowest == highest == self._bound):
            return YES
        if lowest > self._bound or (self._exact and highest < self._bound):
            return NO
        if (place, taken) not in self._nodes:
            ways = [(literal, self.node(place + 1, taken + weight)) for literal, weight in self._slots[place]]
            self._nodes[place, taken] = self._clauses.decision(ways)
        return self._nodes[place, taken]


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
