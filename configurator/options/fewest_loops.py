"""Whether rules contradict what is fixed, of thousands, compiled: what follows, and what is tried.

Written plainly, with arrays for everything: what compiles well. Literals are places (2 * variable, + 1 for a negation).
Shapes: clauses C, rules R, places P.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from configurator.compiled import compiled

Ints = NDArray[np.int64]
Bytes = NDArray[np.uint8]

NONE = -1
MODEL, NO_MODEL, FOLLOWS, UNKNOWN = 1, 0, 2, -1
"""FOLLOWS: that there is no model follows without trying, and from which clauses is known."""
MOST_TRIED = 1_000
"""So many ways that led nowhere are enough; a solver that learns from them goes on from there."""
TRAIL, HEAD = 0, 1


class Rows(NamedTuple):
    """Clauses in the order of their rules, and where literals occur: starts and entries. owners: rule by clause."""

    starts: Ints
    literals: Ints
    owners: Ints
    occurrence_starts: Ints
    occurrences: Ints


class State(NamedTuple):
    """values: by place 1, -1 or 0. reasons: the clause that made a variable hold, or NONE. at: how far the trail is."""

    values: Ints
    reasons: Ints
    trail: Ints
    at: Ints


@compiled
def occurring(starts: Ints, literals: Ints, owners: Ints, places: int) -> Rows:
    """Clauses with where their literals occur."""
    occurrence_starts = np.zeros(places + 1, dtype=np.int64)
    for literal in literals:
        occurrence_starts[literal + 1] += 1
    for place in range(places):
        occurrence_starts[place + 1] += occurrence_starts[place]
    filled = occurrence_starts.copy()
    occurrences = np.zeros(len(literals), dtype=np.int64)
    for clause in range(len(starts) - 1):
        for entry in range(starts[clause], starts[clause + 1]):
            occurrences[filled[literals[entry]]] = clause
            filled[literals[entry]] += 1
    return Rows(starts, literals, owners, occurrence_starts, occurrences)


@compiled
def only(rows: Rows, used: Bytes, fixed: Ints) -> tuple[Rows, Ints, Ints]:  # noqa: C901 - compiled whole
    """Of some rules (R) all clauses, what is fixed, both with variables numbered anew, and the rules' old numbers."""
    numbers = np.zeros(len(rows.occurrence_starts) // 2 + 1, dtype=np.int64)
    clauses, entries, last = 0, 0, 0
    for clause in range(len(rows.owners)):
        if used[rows.owners[clause]]:
            clauses += 1
            entries += rows.starts[clause + 1] - rows.starts[clause]
    starts, literals = np.zeros(clauses + 1, dtype=np.int64), np.zeros(entries, dtype=np.int64)
    owners, rules = np.zeros(clauses, dtype=np.int64), np.flatnonzero(used)
    places = np.zeros(len(used), dtype=np.int64)
    places[rules] = np.arange(len(rules))
    clauses, entries = 0, 0
    for clause in range(len(rows.owners)):
        if used[rows.owners[clause]]:
            for entry in range(rows.starts[clause], rows.starts[clause + 1]):
                literal = rows.literals[entry]
                if numbers[literal >> 1] == 0:
                    last += 1
                    numbers[literal >> 1] = last
                literals[entries] = 2 * numbers[literal >> 1] + (literal & 1)
                entries += 1
            owners[clauses] = places[rows.owners[clause]]
            clauses += 1
            starts[clauses] = entries
    left = np.zeros(len(fixed), dtype=np.int64)
    many = 0
    for literal in fixed:
        if numbers[literal >> 1] > 0:
            left[many] = 2 * numbers[literal >> 1] + (literal & 1)
            many += 1
    return occurring(starts, literals, owners, 2 * last + 2), left[:many], rules


@compiled
def blank_state(rows: Rows) -> State:
    """Nothing holds yet."""
    places = len(rows.occurrence_starts) - 1
    return State(
        np.zeros(places, dtype=np.int64),
        np.zeros(places // 2, dtype=np.int64),
        np.zeros(places // 2, dtype=np.int64),
        np.zeros(2, dtype=np.int64),
    )


@compiled
def held(state: State, literal: int, reason: int) -> None:
    """Put a literal that is open on the trail."""
    state.values[literal] = 1
    state.values[literal ^ 1] = -1
    state.reasons[literal >> 1] = reason
    state.trail[state.at[TRAIL]] = literal
    state.at[TRAIL] += 1


@compiled
def broken(rows: Rows, active: Bytes, state: State) -> int:  # noqa: C901 - compiled whole
    """Everything that follows from the trail, put on it too; the clause that cannot hold then, or NONE."""
    values, at = state.values, state.at
    while at[HEAD] < at[TRAIL]:
        wrong = state.trail[at[HEAD]] ^ 1
        at[HEAD] += 1
        for where in range(rows.occurrence_starts[wrong], rows.occurrence_starts[wrong + 1]):
            clause = rows.occurrences[where]
            if not active[rows.owners[clause]]:
                continue
            still_open, left = 0, 0
            for entry in range(rows.starts[clause], rows.starts[clause + 1]):
                value = values[rows.literals[entry]]
                if value >= 0:
                    left = rows.literals[entry]
                    still_open += 1 + value
                    if still_open > 1:
                        break
            if still_open == 0:
                return int(clause)
            if still_open == 1:
                held(state, left, clause)
    return NONE


@compiled
def begun(rows: Rows, active: Bytes, state: State, fixed: Ints) -> int:
    """What is fixed and what single literals ask for, with all that follows; the clause that cannot hold, or NONE."""
    for literal in fixed:
        if state.values[literal] == 0:
            held(state, literal, NONE)
    for clause in range(len(rows.owners)):
        if active[rows.owners[clause]] and rows.starts[clause + 1] - rows.starts[clause] < 2:
            if rows.starts[clause + 1] == rows.starts[clause]:
                return int(clause)
            literal = rows.literals[rows.starts[clause]]
            if state.values[literal] < 0:
                return int(clause)
            if state.values[literal] == 0:
                held(state, literal, clause)
    return broken(rows, active, state)


@compiled
def used_rules(rows: Rows, state: State, clause: int, rules: int) -> Bytes:
    """The rules (R) that take part in making a clause impossible."""
    used, asked = np.zeros(rules, dtype=np.uint8), np.zeros(len(state.reasons), dtype=np.uint8)
    used[rows.owners[clause]] = 1
    for entry in range(rows.starts[clause], rows.starts[clause + 1]):
        asked[rows.literals[entry] >> 1] = 1
    for place in range(state.at[TRAIL] - 1, -1, -1):
        variable = state.trail[place] >> 1
        reason = state.reasons[variable]
        if asked[variable] and reason != NONE:
            used[rows.owners[reason]] = 1
            for entry in range(rows.starts[reason], rows.starts[reason + 1]):
                asked[rows.literals[entry] >> 1] = 1
    return used


@compiled
def followed(rows: Rows, rules: int, fixed: Ints) -> Bytes:
    """The rules (R) from which it follows, without trying anything, that what is fixed cannot be; empty: from none."""
    state, active = blank_state(rows), np.ones(rules, dtype=np.uint8)
    clause = begun(rows, active, state, fixed)
    return used_rules(rows, state, clause, rules) if clause != NONE else active[:0]


@compiled
def taken_back(state: State, mark: int) -> None:
    """The trail shortened to a mark."""
    while state.at[TRAIL] > mark:
        state.at[TRAIL] -= 1
        literal = state.trail[state.at[TRAIL]]
        state.values[literal] = state.values[literal ^ 1] = 0
    state.at[HEAD] = mark


@compiled
def first_open(rows: Rows, active: Bytes, values: Ints, start: int) -> int:
    """From a clause on the first in force of which no literal holds; as many as there are clauses if there is none."""
    for clause in range(start, len(rows.owners)):
        if active[rows.owners[clause]]:
            holds = False
            for entry in range(rows.starts[clause], rows.starts[clause + 1]):
                holds = holds or values[rows.literals[entry]] > 0
            if not holds:
                return clause
    return len(rows.owners)


@compiled
def tried(rows: Rows, active: Bytes, state: State) -> int:  # noqa: C901 - compiled whole
    """Whether there is a MODEL (which the values then are), NO_MODEL, or it is UNKNOWN after many tries."""
    levels = np.zeros((len(state.reasons) + 1, 4), dtype=np.int64)
    depth, start, wrong_ways = 0, 0, 0
    while True:
        start = first_open(rows, active, state.values, start)
        if start == len(rows.owners):
            return MODEL
        for entry in range(rows.starts[start], rows.starts[start + 1]):
            if state.values[rows.literals[entry]] == 0:
                levels[depth, 0], levels[depth, 1] = rows.literals[entry], state.at[TRAIL]
                levels[depth, 2], levels[depth, 3] = start, 0
                break
        held(state, levels[depth, 0], NONE)
        depth += 1
        while broken(rows, active, state) != NONE:
            wrong_ways += 1
            if wrong_ways > MOST_TRIED:
                return UNKNOWN
            while depth > 0 and levels[depth - 1, 3] == 1:
                depth -= 1
            if depth == 0:
                return NO_MODEL
            level = levels[depth - 1]
            taken_back(state, level[1])
            start, level[3] = level[2], 1
            held(state, level[0] ^ 1, NONE)
