"""What literals cost, made ready for sweeps that ask for the cheapest model: worked out once, asked many times."""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple


class Costs:
    """Costs by literal, whole numbers of any size; 0 where nothing is said.

    least: what every model costs at least. dearer: literal -> what it costs more than its negation.
    base, gone, added: the costs it was made from, the variables of which those say nothing any more, and what costs
    (more than its negation) instead.
    """

    def __init__(self, of: Mapping[int, int]) -> None:
        self.base: Costs | None = None
        self.gone: tuple[int, ...] = ()
        self.added: Mapping[int, int] = {}
        self.dearer, self._floors = _compared(of)
        self.least = sum(self._floors.values())

    def instead(self, variables: Collection[int], costs: Mapping[int, int]) -> "Costs":
        """The same with these variables at other costs; costs: of literals of no other variables."""
        gone, made = frozenset(variables), Costs(costs)
        made.added = made.dearer
        made.dearer = {literal: cost for literal, cost in self.dearer.items() if abs(literal) not in gone} | made.added
        made._floors |= {variable: cost for variable, cost in self._floors.items() if variable not in gone}
        made.least = sum(made._floors.values())
        made.base, made.gone = self, tuple(gone)
        return made

    def beside(self, fixed: Iterable[int]) -> tuple[int, dict[int, int]]:
        """What every model with these literals costs at least, and the dearer literals of all other variables."""
        settled = frozenset(fixed)
        total = self.least + sum(self.dearer.get(literal, 0) for literal in settled)
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
