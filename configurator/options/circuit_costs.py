"""The cheapest model of a circuit: the least cost of every node from below, then the way to it from the root."""

from collections.abc import Mapping, Sequence
from itertools import compress

import numpy as np

from configurator.options.circuit import Circuit
from configurator.options.costs import Costs

_MANY = 30
_FITS = 1 << 62


def cheapest_model(
    circuit: Circuit, alive: bytearray, fixed: Sequence[int], costs: Costs
) -> tuple[int, frozenset[int]]:
    """The least total cost of a model within the branches that are alive, and its literals.

    What is fixed holds. Ties go to the earlier branch.
    """
    total, dearer = costs.beside(fixed)
    search = _Cheapest(circuit, alive, dearer)
    decided = set(fixed) | search.literals()
    for variable in range(1, circuit.variables + 1):
        if variable not in decided and -variable not in decided:
            decided.add(variable if -variable in dearer else -variable)
    return total + search.values[circuit.root], frozenset(decided)


class _Cheapest:
    """spent: what each branch adds by its own literals. values: the least that each node costs."""

    def __init__(self, circuit: Circuit, alive: bytearray, dearer: Mapping[int, int]) -> None:
        self._circuit = circuit
        self._alive = alive
        self.spent = _spent(circuit, dearer)
        self.values = [0] * len(circuit.ways)
        self._evaluate()

    def _evaluate(self) -> None:  # noqa: C901 - the innermost loop of every click, in one piece on purpose
        """From the children up; only nodes above something that costs are looked at."""
        homes, parents, steps = self._circuit.homes, self._circuit.parents, self._circuit.steps
        alive, spent, values = self._alive, self.spent, self.values
        touched = bytearray(len(values))
        for branch in compress(range(len(homes)), spent):
            touched[homes[branch]] = 1
        node = touched.find(1)
        while node >= 0:
            least = -1
            for way, children in steps[node]:
                if alive[way]:
                    cost = spent[way]
                    for child in children:
                        cost += values[child]
                    if cost < least or least < 0:
                        least = cost
            if least > 0:
                values[node] = least
                for parent in parents[node]:
                    touched[homes[parent]] = 1
            node = touched.find(1, node + 1)

    def literals(self) -> set[int]:
        """The literals of the cheapest branches from the root down; of equal ones the first."""
        circuit, chosen, to_do = self._circuit, set[int](), [self._circuit.root]
        spent, values = self.spent, self.values
        while to_do:
            node = to_do.pop()
            left = values[node]
            for way, children in circuit.steps[node]:
                if self._alive[way] and spent[way] + sum([values[child] for child in children]) == left:
                    chosen.update(circuit.literals[way])
                    to_do += children
                    break
        return chosen


def _spent(circuit: Circuit, dearer: Mapping[int, int]) -> list[int]:
    """What each branch adds by its own literals; by NumPy when there are many and the sums surely fit 64 bits."""
    if len(dearer) > _MANY and sum(dearer.values()) < _FITS:
        costs = np.zeros(2 * circuit.variables + 2, dtype=np.int64)
        costs[[2 * at if at > 0 else 1 - 2 * at for at in dearer]] = list(dearer.values())
        literals, starts = circuit.flat
        summed: list[int] = np.add.reduceat(costs[literals], starts).tolist()
        return summed
    spent = [0] * len(circuit.homes)
    for literal, cost in dearer.items():
        for branch in circuit.having.get(literal, ()):
            spent[branch] += cost
    return spent
