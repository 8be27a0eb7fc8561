"""Of one model many: those that differ from it in a single group, a number with many steps, found without any search.

A model with `width = 300` mostly stays one when the width becomes 301 and all else stays. Which values may stand
there is read off the clauses that nothing else in the model satisfies, for all values at once.
"""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from configurator.options.circuit import Mask, bit
from configurator.options.cnf import Cnf

FEWEST = 16
"""Values of a group that is worth it: of fewer a solver finds the models about as quickly."""
Values = int
"""Values of a group as bits: the first is 1."""


class Neighbours:
    """The groups of a formula that have many values."""

    def __init__(self, cnf: Cnf) -> None:
        self._cnf = cnf

    def of(self, model: Sequence[int], fixed: Sequence[int], wanted: Mask) -> Mask:
        """The literals of all models that have what is fixed and differ from this one in one group of what is wanted.

        model: as literals in the order of the variables.
        """
        groups = [group for group in self._groups if group.positive & wanted]
        if not groups:
            return 0
        true = np.zeros(2 * self._cnf.variables + 2, dtype=np.bool_)
        literals = np.array(model, dtype=np.int64)
        true[np.where(literals > 0, 2 * literals, 1 - 2 * literals)] = True
        found = 0
        for group in groups:
            found |= group.shown(group.allowed(true, fixed))
        return found

    @cached_property
    def _groups(self) -> tuple["_Group", ...]:
        ladders = {ladder[0]: ladder for ladder in self._cnf.ladders}
        large = [group for group in self._cnf.groups if len(group) >= FEWEST]
        return tuple(_Group(self._cnf, group, ladders.get(group[0], ())) for group in large)


class _Group:
    """Variables of which exactly one is true, with their ladder: for each of their literals the values it allows."""

    def __init__(self, cnf: Cnf, group: Sequence[int], ladder: Sequence[int]) -> None:
        self._all = (1 << len(group)) - 1
        self._literals: dict[int, Values] = {}
        for place, variable in enumerate(group):
            self._literals[variable] = 1 << place
        for place, variable in enumerate(ladder):
            self._literals[variable] = (2 << place) - 1
        self._literals.update({-literal: self._all & ~values for literal, values in self._literals.items()})
        self.positive = sum(bit(variable) for variable in group)
        self._allow: list[Values] = []
        self._others = np.zeros((0, 0), dtype=np.int64)
        self._read(cnf)

    def allowed(self, true: NDArray[np.bool_], fixed: Sequence[int]) -> Values:
        """The values that the group may have while all other variables stay; true: by the places of `bit`."""
        found = self._all
        for literal in fixed:
            found &= self._literals.get(literal, self._all)
        for number in np.flatnonzero(~true[self._others].any(axis=1)).tolist():
            found &= self._allow[number]
        return found

    def shown(self, values: Values) -> Mask:
        """The group's literals that one of these values has."""
        return sum(bit(literal) for literal, allowed in self._literals.items() if allowed & values)

    def _read(self, cnf: Cnf) -> None:
        """Note of each clause about the group what it allows by itself, and the places of its other literals."""
        others: list[list[int]] = []
        for clause in cnf.clauses:
            own = [self._literals[literal] for literal in clause if literal in self._literals]
            if own:
                allow = 0
                for values in own:
                    allow |= values
                rest = [literal for literal in clause if literal not in self._literals]
                if allow != self._all:
                    self._allow.append(allow)
                    others.append([2 * literal if literal > 0 else 1 - 2 * literal for literal in rest])
        width = max(map(len, others), default=0)
        self._others = np.array([[*rest, *[0] * (width - len(rest))] for rest in others], dtype=np.int64)
        self._others = self._others.reshape(len(others), width)
