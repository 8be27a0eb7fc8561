"""From clauses to a d-DNNF circuit: propagate, split into independent parts, branch, and remember each part.

Source: A. Darwiche, New advances in compiling CNF to decomposable negation normal form, ECAI 2004. Parts are
remembered by a digest of the clauses they are made of.
"""

import hashlib
import time
from array import array
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass

from configurator.options.circuit import Branch, Circuit
from configurator.options.cnf import Clause, Cnf, exactly_one_groups, tidied

Piece = tuple[tuple[int, ...], tuple[int, ...]]
"""What holds in every model of a part: literals, and the nodes that stand for what is still open."""

Steps = Generator["Steps", Piece | None, Piece | None]
"""A computation that asks for others and is sent their results, so that depth costs no recursion."""


class OverBudget(Exception):
    """A circuit would grow beyond its budget."""


@dataclass(frozen=True, slots=True)
class Budget:
    """How far compiling may go: CPU seconds of one thread, and nodes of the circuit."""

    cpu_s: float = 20.0
    nodes: int = 300_000


def condensed(cnf: Cnf, order: Sequence[int], budget: Budget) -> Circuit | None:
    """The circuit of a formula, branching on what stands last in the order. None if nothing satisfies the formula.

    Raises OverBudget.
    """
    condenser = _Condenser(cnf, order, budget)
    root = condenser.root()
    return None if root is None else Circuit(cnf.variables, (*condenser.nodes, (Branch(*root),)))


class _Condenser:
    """Variables are renumbered by their place in the order: the highest one of a part is branched on."""

    def __init__(self, cnf: Cnf, order: Sequence[int], budget: Budget) -> None:
        self.nodes: list[tuple[Branch, ...]] = []
        self._places = {variable: place for place, variable in enumerate(order, start=1)}
        self._names = (0, *order)
        self._groups = {
            self._places[variable]: sorted(self._places[member] for member in group)
            for group in exactly_one_groups(cnf)
            for variable in group
        }
        self._clauses: list[Clause] = []
        self._masks: list[int] = []
        self._numbers: dict[Clause, int] = {}
        self._known: dict[bytes, Piece | None] = {}
        self._given = [self._placed(clause) for clause in tidied(cnf.clauses)]
        self._most_nodes = budget.nodes
        self._deadline = time.thread_time() + budget.cpu_s

    def root(self) -> Piece | None:
        """The whole formula as one piece."""
        if any(not clause for clause in self._given):
            return None
        units = {clause[0] for clause in self._given if len(clause) == 1}
        return _carried_out(self._piece([self._number(clause) for clause in self._given if len(clause) > 1], units))

    def _placed(self, clause: Clause) -> Clause:
        placed = (self._places[literal] if literal > 0 else -self._places[-literal] for literal in clause)
        return tuple(sorted(placed, key=abs))

    def _number(self, clause: Clause) -> int:
        """The number of a clause; the same clause has the same number."""
        number = self._numbers.get(clause)
        if number is None:
            number = self._numbers[clause] = len(self._clauses)
            self._clauses.append(clause)
            mask = 0
            for literal in clause:
                mask |= 1 << abs(literal)
            self._masks.append(mask)
        return number

    def _piece(self, part: list[int], units: set[int]) -> Steps:
        """What clauses come to when some literals hold."""
        propagated = self._propagated(part, units)
        if propagated is None:
            return None
        fixed, left = propagated
        literals, children = [self._named(literal) for literal in fixed], list[int]()
        for clauses, mask in self._parts(left):
            found = yield self._branched(clauses, mask)
            if found is None:
                return None
            literals += found[0]
            children += found[1]
        return tuple(literals), tuple(children)

    def _branched(self, part: list[int], mask: int) -> Steps:
        """A part that shares no variable with others, branched on its highest variable."""
        key = hashlib.blake2b(array("I", sorted(part)).tobytes(), digest_size=16).digest()
        if key in self._known:
            return self._known[key]
        self._heed_the_budget()
        branches = []
        for literal in self._ways(part, mask):
            found = yield self._piece(part, {literal})
            if found is not None:
                branches.append(found)
        self._known[key] = piece = self._joined(branches)
        return piece

    def _joined(self, branches: list[Piece]) -> Piece | None:
        if len(branches) < 2:
            return branches[0] if branches else None
        self.nodes.append(tuple(Branch(*branch) for branch in branches))
        return (), (len(self.nodes) - 1,)

    def _ways(self, part: Sequence[int], mask: int) -> Sequence[int]:
        """The values of an option of which one must still be taken, or a variable both ways."""
        highest = mask.bit_length() - 1
        alive = tuple(variable for variable in self._groups.get(highest, ()) if mask >> variable & 1)
        if len(alive) > 2 and self._numbers.get(alive) in part:
            return alive
        return highest, -highest

    def _propagated(self, part: list[int], units: set[int]) -> tuple[set[int], list[int]] | None:
        """The literals that follow from some, and the clauses that are left; None if they contradict each other."""
        fixed: set[int] = set()
        while units:
            if any(-literal in units or -literal in fixed for literal in units):
                return None
            fixed |= units
            after = self._shortened(part, units)
            if after is None:
                return None
            part, units = after[0], after[1] - fixed
        return fixed, part

    def _shortened(self, part: list[int], units: set[int]) -> tuple[list[int], set[int]] | None:
        masks, clauses = self._masks, self._clauses
        touched, against = 0, set[int]()
        for literal in units:
            touched |= 1 << abs(literal)
            against.add(-literal)
        left, found = [], set[int]()
        for number in part:
            if masks[number] & touched:
                clause = clauses[number]
                if not units.isdisjoint(clause):
                    continue
                clause = tuple([literal for literal in clause if literal not in against])
                if len(clause) < 2:
                    if not clause:
                        return None
                    found.add(clause[0])
                    continue
                number = self._number(clause)  # noqa: PLW2901 - the same clause, shorter
            left.append(number)
        return left, found

    def _parts(self, clauses: list[int]) -> Iterator[tuple[list[int], int]]:
        """Clauses sorted into parts that share no variable, each with a mask of its variables."""
        masks = self._masks
        while clauses:
            mask, part, grown = masks[clauses[0]], list[int](), True
            while grown:
                grown, apart = False, []
                for number in clauses:
                    variables = masks[number]
                    if variables & mask:
                        part.append(number)
                        if variables & ~mask:
                            mask |= variables
                            grown = True
                    else:
                        apart.append(number)
                clauses = apart
            yield part, mask

    def _named(self, literal: int) -> int:
        return self._names[literal] if literal > 0 else -self._names[-literal]

    def _heed_the_budget(self) -> None:
        if len(self.nodes) > self._most_nodes or time.thread_time() > self._deadline:
            raise OverBudget


def _carried_out(steps: Steps) -> Piece | None:
    """Carry out a computation with all that it asks for."""
    waiting, result = [steps], None
    while waiting:
        try:
            asked = waiting[-1].send(result)
        except StopIteration as done:
            waiting.pop()
            result = done.value
        else:
            waiting.append(asked)
            result = None
    return result
