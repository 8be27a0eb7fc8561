"""What a circuit answers by passes over it: what is possible, how many models there are, and the cheapest one.

Source: A. Darwiche and P. Marquis, A knowledge compilation map, JAIR 17 (2002): all of these are linear in the circuit.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import compress
from operator import or_

from configurator.options.circuit import Circuit, Mask, bit, contradictory
from configurator.options.circuit_costs import cheapest_model
from configurator.options.costs import Costs


class Literals:
    """A set of literals."""

    def __init__(self, mask: Mask) -> None:
        self.mask = mask

    def __contains__(self, literal: object) -> bool:
        return isinstance(literal, int) and bool(self.mask >> (2 * literal if literal > 0 else 1 - 2 * literal) & 1)


@dataclass(frozen=True, slots=True)
class FoundOut:
    """Which of some literals are possible at all, and of which nobody knows. The others are impossible."""

    possible: Literals
    unknown: Literals


@dataclass(frozen=True, slots=True)
class Alive:
    """Branches (1 or 0 each) that are in some model of what is fixed, and nodes that are in none."""

    branches: bytearray
    gone: bytearray


class CircuitAnswers:
    """The passes over one circuit. Safe to share between threads: no pass changes anything."""

    def __init__(self, circuit: Circuit) -> None:
        self.circuit = circuit
        self._live = [len(ways) for ways in circuit.ways]

    @cached_property
    def _all(self) -> Literals:
        return Literals(reduce(or_, self.circuit.masks, 0))

    def possible(self, fixed: Sequence[int]) -> bool:
        """Whether some model has all of these."""
        return self._alive(fixed) is not None

    def domains(self, fixed: Sequence[int]) -> Literals | None:
        """Every literal that some model has together with what is fixed; None if there is no model."""
        if not fixed:
            return self._all
        alive = self._alive(fixed)
        if alive is None:
            return None
        mask = reduce(or_, compress(self.circuit.masks, alive.branches), 0)
        for literal in fixed:
            mask &= ~bit(-literal)
        return Literals(mask)

    def lost_each(self, fixed: Mapping[int, int], asked: Sequence[Sequence[int]]) -> list[set[int]]:
        """For each case which of its asked literals are impossible with it: all cases in one pass, a bit for each.

        fixed: literal -> the cases (bits) in which it holds.
        """
        circuit = self.circuit
        open_to = self._open_to(fixed, self._consistent(fixed, len(asked)))
        holds: list[int] = []
        for ways in circuit.ways:
            node = 0
            for way in ways:
                cases_of = open_to[way]
                for child in circuit.children[way]:
                    cases_of &= holds[child]
                open_to[way] = cases_of
                node |= cases_of
            holds.append(node)
        self._reach(open_to)
        return self._asked_of(lambda literal: self._cases_with(literal, open_to), fixed, asked)

    def cheapest(self, fixed: Sequence[int], costs: Costs) -> tuple[int, frozenset[int]] | None:
        """The least total cost of a model that has what is fixed, and its literals; None if there is none.

        Of several cheapest models always the same one.
        """
        alive = self._alive(fixed)
        return None if alive is None else cheapest_model(self.circuit, alive.branches, fixed, costs)

    def cheapest_each(self, asked: Sequence[int], costs: Costs) -> list[frozenset[int] | None]:
        """For each asked literal a cheapest model that has it; None where there is none."""
        found = (self.cheapest([literal], costs) for literal in asked)
        return [None if each is None else each[1] for each in found]

    def _alive(self, fixed: Sequence[int]) -> Alive | None:
        """Kill what contradicts; a node dies with its last branch, or when no branch uses it any more."""
        circuit = self.circuit
        homes, children, ways, parents = circuit.homes, circuit.children, circuit.ways, circuit.parents
        branches, gone = bytearray(b"\1" * len(homes)), bytearray(len(ways))
        live, users = self._live[:], circuit.users[:]
        dying: list[int] = []
        for literal in fixed:
            dying += circuit.having.get(-literal, ())
        while dying:
            branch = dying.pop()
            if not branches[branch]:
                continue
            branches[branch] = 0
            node = homes[branch]
            live[node] -= 1
            if not live[node] and not gone[node]:
                gone[node] = 1
                dying += parents[node]
            for child in children[branch]:
                users[child] -= 1
                if not users[child] and not gone[child]:
                    gone[child] = 1
                    dying += ways[child]
        return None if gone[circuit.root] or contradictory(fixed) else Alive(branches, gone)

    def _consistent(self, fixed: Mapping[int, int], cases: int) -> int:
        """The cases in which no literal is fixed beside its negation."""
        everywhere = (1 << cases) - 1
        for literal, there in fixed.items():
            everywhere &= ~(there & fixed.get(-literal, 0))
        return everywhere

    def _open_to(self, fixed: Mapping[int, int], everywhere: int) -> list[int]:
        """For each branch the cases whose fixed literals it does not contradict."""
        open_to = [everywhere] * len(self.circuit.homes)
        for literal, cases in fixed.items():
            for branch in self.circuit.having.get(-literal, ()):
                open_to[branch] &= ~cases
        return open_to

    def _reach(self, open_to: list[int]) -> None:
        """Keep of each branch only the cases in which it is reached from the root."""
        circuit = self.circuit
        reached = [0] * len(circuit.ways)
        reached[circuit.root] = -1
        for node in range(circuit.root, -1, -1):
            through = reached[node]
            for way in circuit.ways[node]:
                cases_of = open_to[way] = open_to[way] & through
                if cases_of:
                    for child in circuit.children[way]:
                        reached[child] |= cases_of

    def _asked_of(
        self, cases_with: Callable[[int], int], fixed: Mapping[int, int], asked: Sequence[Sequence[int]]
    ) -> list[set[int]]:
        """Of each case's asked literals those that no model of the case has."""
        wanted: dict[int, int] = {}
        for number, literals in enumerate(asked):
            for literal in literals:
                wanted[literal] = wanted.get(literal, 0) | 1 << number
        lost: list[set[int]] = [set() for _ in asked]
        for literal, numbers in wanted.items():
            nowhere = numbers & ~(cases_with(literal) & ~fixed.get(-literal, 0))
            while nowhere:
                number = (nowhere & -nowhere).bit_length() - 1
                nowhere &= nowhere - 1
                lost[number].add(literal)
        return lost

    def _cases_with(self, literal: int, open_to: Sequence[int]) -> int:
        cases = 0
        for branch in self.circuit.having.get(literal, ()):
            cases |= open_to[branch]
        for branch in self.circuit.leaving.get(abs(literal), ()):
            cases |= open_to[branch]
        return cases
