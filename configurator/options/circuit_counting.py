"""How many models a circuit has, exactly; after a choice only what it touches is counted anew."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from configurator.options.circuit import Circuit, Mask, both, contradictory, literals_in


@dataclass(frozen=True, slots=True)
class _Given:
    """What is fixed, the branches that contradict it, and its variables as bits."""

    literals: frozenset[int] = frozenset()
    dead: frozenset[int] = frozenset()
    variables: Mask = 0


class Counted:
    """Models of a circuit, each as often as the product of the weights of its variables that are true.

    weights: positive literal -> how many values it stands for; 1 where nothing is said. A negation counts once.
    values: the models of every node while nothing is fixed.
    """

    def __init__(self, circuit: Circuit, weights: Mapping[int, int]) -> None:
        self._circuit = circuit
        self._weights = {literal: weight for literal, weight in weights.items() if weight != 1}
        self._weighty = both(self._weights)
        self._products = [self._product(literals) for literals in circuit.literals]
        self.values = [0] * len(circuit.ways)
        for node in range(len(circuit.ways)):
            self.values[node] = self._value(node, self.values, _Given())

    def count(self, fixed: Sequence[int]) -> int:
        """The models that have all of what is fixed."""
        circuit, values = self._circuit, self.values[:]
        if contradictory(fixed):
            return 0
        given, touched = self._given(fixed)
        node = touched.find(1)
        while node >= 0:
            value = self._value(node, values, given)
            if value != values[node]:
                values[node] = value
                for parent in circuit.parents[node]:
                    touched[circuit.homes[parent]] = 1
            node = touched.find(1, node + 1)
        return values[circuit.root]

    def _given(self, fixed: Sequence[int]) -> tuple[_Given, bytearray]:
        """What is fixed, and the nodes of which a branch contradicts it or leaves it open."""
        circuit = self._circuit
        dead = frozenset(branch for literal in fixed for branch in circuit.having.get(-literal, ()))
        touched = bytearray(len(circuit.ways))
        for branch in dead:
            touched[circuit.homes[branch]] = 1
        for literal in fixed:
            for branch in circuit.leaving.get(abs(literal), ()):
                touched[circuit.homes[branch]] = 1
        return _Given(frozenset(fixed), dead, both({abs(literal) for literal in fixed})), touched

    def _value(self, node: int, values: Sequence[int], given: _Given) -> int:
        circuit, total = self._circuit, 0
        for way in circuit.ways[node]:
            if way not in given.dead:
                models = self._products[way]
                for child in circuit.children[way]:
                    models *= values[child]
                    if not models:
                        break
                else:
                    total += models * self._left_open(circuit.free[way], given) if circuit.free[way] else models
        return total

    def _left_open(self, free: Mask, given: _Given) -> int:
        """In how many ways the variables that a branch leaves open can be."""
        light = free & ~self._weighty
        ways = 1 << ((light & ~given.variables).bit_count() // 2)
        for literal in literals_in(free & self._weighty):
            if literal > 0 and -literal not in given.literals:
                weight = self._weights[literal]
                ways *= weight if literal in given.literals else weight + 1
        return ways

    def _product(self, literals: Sequence[int]) -> int:
        product = 1
        for literal in literals:
            product *= self._weights.get(literal, 1)
        return product
