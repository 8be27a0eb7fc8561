"""Large formulas condensed in machine code: the same search as `condensing`, over arrays instead of sets.

Parts are remembered by 128 bits that are drawn for every literal and mixed (A. L. Zobrist, 1970); that two different
parts share them is as likely as for the digests of the small search: it does not happen.
"""

import time
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from configurator.options.circuit import Branch, Circuit
from configurator.options.cnf import Cnf, exactly_one_groups, tidied
from configurator.options.condensing import Budget, OverBudget
from configurator.options.condensing_loops import searched
from configurator.options.condensing_state import (
    CHILDREN,
    COUNTERS,
    DONE,
    FULL,
    KNOWN,
    LITERALS,
    NODES,
    OWNED,
    PARTS,
    PIECES,
    PIECES_OF,
    RESULT,
    SUB,
    TRAIL,
    VARIABLES,
    WAYS,
    Rows,
    State,
    moved,
)

TURNS = 1_000
"""So many between two looks at the clock: a turn looks through a whole part of a formula."""
MOST_LITERALS = 32_000_000
"""Of all pieces together, 128 MB: a circuit of more would not fit beside a shop."""
MOST_BYTES = 600_000_000
"""Of all pools together."""
_POOLS = {
    "variables": VARIABLES,
    "parts": PARTS,
    "keys": PARTS,
    "ways": WAYS,
    "pieces_of": PIECES_OF,
    "sub": SUB,
    "literals": LITERALS,
    "children": CHILDREN,
    "pieces": PIECES,
    "nodes": NODES,
    "owned": OWNED,
}
"""With the counters that say how far each is filled."""
_SEED = 20021205


def condensed_large(cnf: Cnf, order: Sequence[int], budget: Budget) -> Circuit | None:
    """The circuit of a formula, branching on what stands last in the order. None if nothing satisfies the formula.

    Raises OverBudget.
    """
    deadline = time.thread_time() + budget.cpu_s
    search = _Search(cnf, order)
    turned = FULL
    while turned != DONE:
        turned = search.go_on()
        if search.at[NODES] > budget.nodes or search.at[LITERALS] > MOST_LITERALS or time.thread_time() > deadline:
            raise OverBudget
        if turned == FULL:
            search.grow()
    return search.circuit()


class _Search:
    """Variables are renumbered by their place in the order: the highest one of a part is branched on."""

    def __init__(self, cnf: Cnf, order: Sequence[int]) -> None:
        self._cnf = cnf
        self._names = np.array([0, *order], dtype=np.int64)
        places = {variable: place for place, variable in enumerate(order, start=1)}
        clauses = [[_place(places, literal) for literal in clause] for clause in tidied(cnf.clauses)]
        self._empty = any(not clause for clause in clauses)
        self._rows = _rows(clauses, cnf, places)
        self._room = cnf.variables + 8
        self.at = np.zeros(COUNTERS, dtype=np.int64)
        self._state = _state(cnf.variables, clauses, self._room)
        self._begin([clause[0] for clause in clauses if len(clause) == 1])

    def go_on(self) -> int:
        """Some more turns; DONE at the end, FULL where a pool must grow."""
        if self._empty:
            self.at[RESULT] = -1
            return DONE
        return searched(self._rows, self._state, self.at, TURNS, self._room)

    def grow(self) -> None:
        """Twice the room in every pool that is short of it. Raises OverBudget if all of them would be too much."""
        state, at, room = self._state, self.at, self._room
        short = [name for name, filled in _POOLS.items() if at[filled] + room > len(getattr(state, name))]
        if sum(pool.nbytes for pool in state) + sum(getattr(state, name).nbytes for name in short) > MOST_BYTES:
            raise OverBudget
        larger: dict[str, Any] = {name: _doubled(getattr(state, name)) for name in short}
        self._state = state._replace(**larger)
        if 2 * (at[KNOWN] + room) > len(state.known):
            known = np.full(2 * len(state.known), -2, dtype=np.int64)
            known_keys = np.zeros((len(known), 2), dtype=np.uint64)
            moved(state.known_keys, state.known, known_keys, known)
            self._state = self._state._replace(known=known, known_keys=known_keys)

    def circuit(self) -> Circuit | None:
        """What was found."""
        if self.at[RESULT] < 0:
            return None
        pieces, owned = self._state.pieces, self._state.owned
        nodes = [
            tuple(self._branch(pieces[owned[where]]) for where in range(first, last))
            for first, last in self._state.nodes[: self.at[NODES]].tolist()
        ]
        return Circuit(self._cnf.variables, (*nodes, (self._branch(pieces[self.at[RESULT]]),)))

    def _branch(self, piece: NDArray[np.int64]) -> Branch:
        first, last, child, end = piece.tolist()
        places = self._state.literals[first:last]
        literals = self._names[places >> 1] * (1 - 2 * (places & 1))
        return Branch(tuple(literals.tolist()), tuple(self._state.children[child:end].tolist()))

    def _begin(self, units: Sequence[int]) -> None:
        """The first frame: all variables, the literals that hold anyhow, and one way that adds nothing."""
        state, variables = self._state, self._cnf.variables
        for literal in units:
            if state.values[literal] < 0:
                self._empty = True
            if not state.values[literal]:
                state.values[literal], state.values[literal ^ 1] = 1, -1
                state.trail[self.at[TRAIL]] = literal
                self.at[TRAIL] += 1
        state.variables[:variables] = np.arange(1, variables + 1)
        self.at[VARIABLES] = variables
        self.at[WAYS] = 1
        state.frames[0, :4] = 0, variables, 0, 1


def _place(places: dict[int, int], literal: int) -> int:
    return 2 * places[literal] if literal > 0 else 2 * places[-literal] + 1


def _rows(clauses: Sequence[Sequence[int]], cnf: Cnf, places: dict[int, int]) -> Rows:
    occurrences: list[list[int]] = [[] for _ in range(2 * cnf.variables + 2)]
    numbers: dict[frozenset[int], int] = {}
    for number, clause in enumerate(clauses):
        numbers[frozenset(clause)] = number
        for literal in clause:
            occurrences[literal].append(number)
    groups = np.full(cnf.variables + 1, -1, dtype=np.int64)
    for group in exactly_one_groups(cnf):
        number = numbers.get(frozenset(2 * places[variable] for variable in group), -1)
        groups[[places[variable] for variable in group]] = number
    marks = np.random.Generator(np.random.PCG64(_SEED)).integers(0, 2**64, (2 * cnf.variables + 2, 2), dtype=np.uint64)
    return Rows(*_flat(clauses), *_flat(occurrences), groups, marks)


def _flat(rows: Sequence[Sequence[int]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    starts = np.zeros(len(rows) + 1, dtype=np.int64)
    starts[1:] = np.cumsum([len(row) for row in rows])
    return starts, np.fromiter((each for row in rows for each in row), dtype=np.int64, count=int(starts[-1]))


def _state(variables: int, clauses: Sequence[Sequence[int]], room: int) -> State:
    def integers(*shape: int) -> NDArray[np.int64]:
        return np.zeros(shape, dtype=np.int64)

    table, met = 1 << (4 * room).bit_length(), 1 << (2 * len(clauses) + 2).bit_length()
    counts = integers(len(clauses), 2)
    counts[:, 1] = [len(clause) for clause in clauses]
    return State(
        values=integers(2 * variables + 2),
        counts=counts,
        trail=integers(variables + 1),
        frames=integers(variables + 2, 13),
        seen=integers(variables + 1),
        clause_seen=integers(len(clauses)),
        variables=integers(4 * room),
        parts=integers(4 * room, 3),
        keys=np.zeros((4 * room, 2), dtype=np.uint64),
        ways=integers(4 * room),
        pieces_of=integers(4 * room),
        sub=integers(4 * room),
        literals=np.zeros(8 * room, dtype=np.int32),
        children=np.zeros(8 * room, dtype=np.int32),
        pieces=integers(8 * room, 4),
        nodes=integers(4 * room, 2),
        owned=integers(8 * room),
        known=np.full(table, -2, dtype=np.int64),
        known_keys=np.zeros((table, 2), dtype=np.uint64),
        met=np.zeros((met, 2), dtype=np.uint64),
        met_stamps=integers(met),
    )


def _doubled(pool: NDArray[Any]) -> NDArray[Any]:
    """The pool with as much room again behind it."""
    return np.concatenate([pool, np.zeros_like(pool)])
