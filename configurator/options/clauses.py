"""Clauses for a SAT solver: gates defined both ways, so that every product is exactly one model of the clauses."""

from collections.abc import Iterable, Sequence

Clause = tuple[int, ...]
Slot = tuple[tuple[int, int], ...]
"""(literal, weight) of values of which exactly one is taken."""

YES = 1
NO = -1


class Clauses:
    """Clauses under construction. Variable 1 is always true; gates that are constant cost nothing."""

    def __init__(self) -> None:
        self.clauses: list[Clause] = [(YES,)]
        self.variables = 1
        self._gates: dict[Clause, int] = {}

    def variable(self) -> int:
        """A new variable."""
        self.variables += 1
        return self.variables

    def add(self, literals: Iterable[int]) -> None:
        """At least one of these holds."""
        clause = dict.fromkeys(literals)
        if YES not in clause and not any(-literal in clause for literal in clause):
            self.clauses.append(tuple(literal for literal in clause if literal != NO))

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
        """Exactly one holds; beyond eight, by a ladder whose steps follow from the literals."""
        self.add(literals)
        if len(literals) <= 8:
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
            self._nodes[place, taken] = self._new(place, taken)
        return self._nodes[place, taken]

    def _new(self, place: int, taken: int) -> int:
        children = [(literal, self.node(place + 1, taken + weight)) for literal, weight in self._slots[place]]
        if len({child for _, child in children}) == 1:
            return children[0][1]
        node = self._clauses.variable()
        for literal, child in children:
            self._clauses.add((-literal, -node, child))
            self._clauses.add((-literal, node, -child))
        return node
