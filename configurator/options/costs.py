"""What literals cost, made ready for sweeps that ask for the cheapest model: worked out once, asked many times."""

from collections.abc import Collection, Iterable, Mapping


class Costs:
    """Costs by literal, whole numbers of any size; 0 where nothing is said.

    least: what every model costs at least. dearer: literal -> what it costs more than its negation.
    base, gone, added: the costs it was made from, the variables of which those say nothing any more, and what costs
    (more than its negation) instead.
    """

    def __init__(self, of: Mapping[int, int]) -> None:
        self._of = of
        self.base: Costs | None = None
        self.gone: tuple[int, ...] = ()
        self.added: Mapping[int, int] = {}
        self.least, self.dearer = _compared(of)

    def instead(self, variables: Collection[int], costs: Mapping[int, int]) -> "Costs":
        """The same with these variables at other costs; costs: of literals of no other variables."""
        of, made = dict(self._of), Costs({})
        for variable in variables:
            of.pop(variable, None)
            of.pop(-variable, None)
        made._of = of
        made.dearer = _without(self.dearer, variables)
        made.least = self.least - sum(self._least(variable) for variable in variables)
        if costs:
            of.update(costs)
            least, made.added = _compared(costs)
            made.least += least
            made.dearer.update(made.added)
        made.base, made.gone = self, tuple(variables)
        return made

    def beside(self, fixed: Iterable[int]) -> tuple[int, dict[int, int]]:
        """What every model with these literals costs at least, and the dearer literals of all other variables."""
        settled = frozenset(fixed)
        total = self.least + sum(self.dearer.get(literal, 0) for literal in settled)
        return total, _without(self.dearer, settled)

    def _least(self, variable: int) -> int:
        return min(self._of.get(variable, 0), self._of.get(-variable, 0))


def _without(dearer: Mapping[int, int], literals: Iterable[int]) -> dict[int, int]:
    left = dict(dearer)
    for literal in literals:
        left.pop(literal, None)
        left.pop(-literal, None)
    return left


def _compared(costs: Mapping[int, int]) -> tuple[int, dict[int, int]]:
    """What every model costs at least, and what the dearer literal of a variable costs more than its negation."""
    total, dearer = 0, dict[int, int]()
    for literal, cost in costs.items():
        other = costs.get(-literal, 0)
        if literal < 0 and -literal in costs:
            continue
        if cost > other:
            dearer[literal] = cost - other
        elif cost < other:
            dearer[-literal] = other - cost
        total += min(cost, other)
    return total, dearer
