"""What literals cost, made ready for sweeps that ask for the cheapest model: worked out once, asked many times."""

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from typing import NamedTuple


class Costs:
    """Costs by literal, whole numbers of any size; 0 where nothing is said.

    least: what every model costs at least. dearer: literal -> what it costs more than its negation.
    base, gone, added: the costs it was made from, the variables of which those say nothing any more, and what costs
    (more than its negation) instead.
    """

    def __init__(self, of: Mapping[int, int]) -> None:
        self.base: Costs | None = None
        self.gone: frozenset[int] = frozenset()
        self.added, self._floors = _compared(of)
        self.least = sum(self._floors.values())

    def instead(self, variables: Collection[int], costs: Mapping[int, int]) -> "Costs":
        """The same with these variables at other costs; costs: of literals of no other variables."""
        made = Costs(costs)
        made.base, made.gone = self, frozenset(variables)
        made.least += self.least - sum(self._floor(variable) for variable in made.gone)
        return made

    @cached_property
    def dearer(self) -> Mapping[int, int]:
        """Literal -> what it costs more than its negation, of all together: a click seldom needs them."""
        if self.base is None:
            return self.added
        left = {literal: cost for literal, cost in self.base.dearer.items() if abs(literal) not in self.gone}
        return left | self.added

    def more(self, literal: int) -> int:
        """What a literal costs more than its negation; 0 if it does not."""
        if self.base is None or abs(literal) in self.gone:
            return self.added.get(literal, 0)
        return self.base.more(literal)

    def _floor(self, variable: int) -> int:
        """What a variable costs whichever way it is set."""
        if self.base is None or variable in self.gone:
            return self._floors.get(variable, 0)
        return self.base._floor(variable)

    def beside(self, fixed: Iterable[int]) -> tuple[int, dict[int, int]]:
        """What every model with these literals costs at least, and the dearer literals of all other variables."""
        settled = frozenset(fixed)
        total = self.least + sum(map(self.more, settled))
        return total, _without(self.dearer, settled)


def _without(dearer: Mapping[int, int], literals: Iterable[int]) -> dict[int, int]:
    left = dict(dearer)
    for literal in literals:
        left.pop(literal, None)
        left.pop(-literal, None)
    return left


class Compared(NamedTuple):
    """dearer: as of Costs. floors: what a variable costs whichever way it is set, where that is not 0."""

    dearer: dict[int, int]
    floors: dict[int, int]


def _compared(costs: Mapping[int, int]) -> Compared:
    dearer, floors = dict[int, int](), dict[int, int]()
    for literal, cost in costs.items():
        other = costs.get(-literal, 0)
        if literal < 0 and -literal in costs:
            continue
        if cost > other:
            dearer[literal] = cost - other
        elif cost < other:
            dearer[-literal] = other - cost
        if (cost and other) or cost < 0 or other < 0:
            floors[abs(literal)] = min(cost, other)
    return Compared(dearer, floors)
