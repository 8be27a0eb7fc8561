"""What condensing keeps while it searches, compiled: arrays for everything, clauses that follow, what is taken back.

Literals are places (2 * variable, + 1 for a negation); variable and clause numbers are those of the caller.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from configurator.compiled import compiled

Ints = NDArray[np.int64]
Words = NDArray[np.uint64]
Halves = NDArray[np.int32]

NONE = -1
"""The piece of what has no model."""
WAY, PART, BACK = 0, 1, 2
"""What comes next: the next way of a frame, the next part of a way, or a result for the frame below."""
WORKING, DONE, FULL = 0, 1, 2
TURN, RESULT, FRAME, TRAIL, HEAD, VARIABLES, PARTS, WAYS, PIECES_OF, SUB, STAMP = range(11)
LITERALS, CHILDREN, PIECES, NODES, OWNED, KNOWN = range(11, 17)
COUNTERS = 17
"""Places in `at`: the turn, the last result, and how far every array is filled."""

_ONE, _TWO = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_S30, _S27, _S31 = np.uint64(30), np.uint64(27), np.uint64(31)


class Rows(NamedTuple):
    """Clauses, and where literals occur: starts and entries. groups: variable -> the clause of its group, or -1."""

    clause_starts: Ints
    clauses: Ints
    occurrence_starts: Ints
    occurrences: Ints
    groups: Ints
    marks: Words


class State(NamedTuple):
    """values: by place 1, -1 or 0. counts: by clause (true, open). frames: by depth. Pools grow; `at` says how far."""

    values: Ints
    counts: Ints
    trail: Ints
    frames: Ints
    seen: Ints
    clause_seen: Ints
    variables: Ints
    parts: Ints
    keys: Words
    ways: Ints
    pieces_of: Ints
    sub: Ints
    literals: Halves
    children: Halves
    pieces: Ints
    nodes: Ints
    owned: Ints
    known: Ints
    known_keys: Words
    met: Words
    met_stamps: Ints


@compiled
def mixed(word: np.uint64) -> np.uint64:
    """A number whose bits all depend on all bits of another (S. Vigna's splitmix64)."""
    word ^= word >> _S30
    word *= _ONE
    word ^= word >> _S27
    word *= _TWO
    return word ^ (word >> _S31)


@compiled
def place_of(keys: Words, known: Ints, one: np.uint64, two: np.uint64) -> int:
    """Where a key stands in the table, or would."""
    mask = np.uint64(len(known) - 1)
    place = np.int64(one & mask)
    while known[place] != -2 and (keys[place, 0] != one or keys[place, 1] != two):
        place = np.int64((np.uint64(place) + np.uint64(1)) & mask)
    return int(place)


@compiled
def moved(keys: Words, known: Ints, new_keys: Words, new_known: Ints) -> None:
    """All of a table put into a larger one."""
    for place in range(len(known)):
        if known[place] != -2:
            to = place_of(new_keys, new_known, keys[place, 0], keys[place, 1])
            new_keys[to] = keys[place]
            new_known[to] = known[place]


@compiled
def propagated(rows: Rows, state: State, at: Ints) -> bool:  # noqa: C901 - compiled whole
    """Everything that follows from the literals on the trail, put on it too; False at a contradiction."""
    values, counts, trail = state.values, state.counts, state.trail
    while at[HEAD] < at[TRAIL]:
        literal = trail[at[HEAD]]
        at[HEAD] += 1
        for where in range(rows.occurrence_starts[literal], rows.occurrence_starts[literal + 1]):
            counts[rows.occurrences[where], 0] += 1
            counts[rows.occurrences[where], 1] -= 1
        wrong = literal ^ 1
        good = True
        for where in range(rows.occurrence_starts[wrong], rows.occurrence_starts[wrong + 1]):
            clause = rows.occurrences[where]
            counts[clause, 1] -= 1
            if good and counts[clause, 0] == 0 and counts[clause, 1] < 2:
                good = False
                for entry in range(rows.clause_starts[clause], rows.clause_starts[clause + 1]):
                    other = rows.clauses[entry]
                    if values[other] == 1:
                        good = True
                        break
                    if values[other] == 0:
                        values[other] = 1
                        values[other ^ 1] = -1
                        trail[at[TRAIL]] = other
                        at[TRAIL] += 1
                        good = True
                        break
        if not good:
            return False
    return True


@compiled
def taken_back(rows: Rows, state: State, at: Ints, mark: int) -> None:
    """The trail shortened to a mark."""
    while at[TRAIL] > mark:
        at[TRAIL] -= 1
        literal = state.trail[at[TRAIL]]
        if at[TRAIL] < at[HEAD]:
            for where in range(rows.occurrence_starts[literal], rows.occurrence_starts[literal + 1]):
                state.counts[rows.occurrences[where], 0] -= 1
                state.counts[rows.occurrences[where], 1] += 1
            for where in range(rows.occurrence_starts[literal ^ 1], rows.occurrence_starts[(literal ^ 1) + 1]):
                state.counts[rows.occurrences[where], 1] += 1
        state.values[literal] = 0
        state.values[literal ^ 1] = 0
    at[HEAD] = mark
