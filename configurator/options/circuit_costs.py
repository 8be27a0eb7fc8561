"""The cheapest model of a circuit: the least cost of every node from below, then the way to it from the root."""

from collections.abc import Iterable, Mapping, Sequence

from configurator.options.circuit import Circuit


def cheapest_model(
    circuit: Circuit, alive: bytearray, fixed: Sequence[int], costs: Mapping[int, int]
) -> tuple[int, frozenset[int]]:
    """The least total cost of a model within the branches that are alive, and its literals.

    costs: literal -> cost of any size, 0 where nothing is said; what is fixed holds. Ties go to the earlier branch.
    """
    total, dearer = _dearer(fixed, costs)
    search = _Cheapest(circuit, alive, dearer)
    decided = set(fixed) | search.literals()
    for variable in range(1, circuit.variables + 1):
        if variable not in decided and -variable not in decided:
            decided.add(variable if -variable in dearer else -variable)
    return total + search.values[circuit.root], frozenset(decided)


class _Cheapest:
    """spent: what a branch adds by its own literals, where that is anything. values: the least that a node costs."""

    def __init__(self, circuit: Circuit, alive: bytearray, dearer: Mapping[int, int]) -> None:
        self._circuit = circuit
        self._alive = alive
        self.spent: dict[int, int] = {}
        for literal, cost in dearer.items():
            for branch in circuit.having.get(literal, ()):
                if alive[branch]:
                    self.spent[branch] = self.spent.get(branch, 0) + cost
        self.values = [0] * len(circuit.ways)
        self._evaluate()

    def _evaluate(self) -> None:
        """From the children up; only nodes above something that costs are looked at."""
        circuit, spent, values = self._circuit, self.spent, self.values
        touched = bytearray(len(circuit.ways))
        for branch in spent:
            touched[circuit.homes[branch]] = 1
        node = touched.find(1)
        while node >= 0:
            values[node] = self._least(node)
            if values[node]:
                for parent in circuit.parents[node]:
                    touched[circuit.homes[parent]] = 1
            node = touched.find(1, node + 1)

    def _least(self, node: int) -> int:
        alive, spent, values, children = self._alive, self.spent, self.values, self._circuit.children
        least = -1
        for way in self._circuit.ways[node]:
            if alive[way]:
                cost = spent.get(way, 0)
                for child in children[way]:
                    cost += values[child]
                if least < 0 or cost < least:
                    least = cost
        return max(least, 0)

    def literals(self) -> set[int]:
        """The literals of the cheapest branches from the root down."""
        circuit, chosen, to_do = self._circuit, set[int](), [self._circuit.root]
        while to_do:
            way = self._best_way(to_do.pop())
            chosen.update(circuit.literals[way])
            to_do += circuit.children[way]
        return chosen

    def _best_way(self, node: int) -> int:
        costs = (
            (self.spent.get(way, 0) + sum(self.values[child] for child in self._circuit.children[way]), way)
            for way in self._circuit.ways[node]
            if self._alive[way]
        )
        return min(costs)[1]


def _dearer(fixed: Iterable[int], costs: Mapping[int, int]) -> tuple[int, dict[int, int]]:
    """What every model costs at least, and what the dearer literal of a variable costs more than its negation."""
    total, dearer = 0, dict[int, int]()
    settled = {abs(literal) for literal in fixed}
    for literal in fixed:
        total += costs.get(literal, 0)
    for variable in {abs(literal) for literal in costs} - settled:
        taken, left = costs.get(variable, 0), costs.get(-variable, 0)
        total += min(taken, left)
        if taken > left:
            dearer[variable] = taken - left
        elif left > taken:
            dearer[-variable] = left - taken
    return total, dearer
