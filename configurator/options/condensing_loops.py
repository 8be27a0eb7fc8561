"""The search of condensing, compiled: split, look up, branch; one loop holds it.

Written plainly, with arrays for everything: what compiles well. Literals are places (2 * variable, + 1 for a negation);
variable and clause numbers are those of the caller. The search can stop at every turn and go on later.
"""

import numpy as np

from configurator.compiled import compiled
from configurator.options.condensing_state import (
    BACK,
    CHILDREN,
    DONE,
    FRAME,
    FULL,
    KNOWN,
    LITERALS,
    NODES,
    NONE,
    OWNED,
    PART,
    PARTS,
    PIECES,
    PIECES_OF,
    RESULT,
    STAMP,
    SUB,
    TRAIL,
    TURN,
    VARIABLES,
    WAY,
    WAYS,
    WORKING,
    Ints,
    Rows,
    State,
    mixed,
    place_of,
    propagated,
    taken_back,
)


@compiled
def split(rows: Rows, state: State, at: Ints, first: int, last: int) -> None:  # noqa: C901 - compiled whole
    """The parts that some variables fall into, each with a key of its clauses: what is open of each, each once."""
    values, counts, seen, variables = state.values, state.counts, state.seen, state.variables
    mask = np.uint64(len(state.met_stamps) - 1)
    at[STAMP] += 1
    stamp = at[STAMP]
    for start in range(first, last):
        if values[2 * variables[start]] != 0 or seen[variables[start]] == stamp:
            continue
        begin, highest = at[VARIABLES], variables[start]
        seen[highest] = stamp
        variables[begin] = highest
        end, one, two = begin + 1, np.uint64(0), np.uint64(0)
        look = begin
        while look < end:
            for literal in range(2 * variables[look], 2 * variables[look] + 2):
                for where in range(rows.occurrence_starts[literal], rows.occurrence_starts[literal + 1]):
                    clause = rows.occurrences[where]
                    if counts[clause, 0] != 0 or state.clause_seen[clause] == stamp:
                        continue
                    state.clause_seen[clause] = stamp
                    mine, other_mine = np.uint64(0), np.uint64(0)
                    for entry in range(rows.clause_starts[clause], rows.clause_starts[clause + 1]):
                        other = rows.clauses[entry]
                        if values[other] == 0:
                            mine += rows.marks[other, 0]
                            other_mine += rows.marks[other, 1]
                            if seen[other >> 1] != stamp:
                                seen[other >> 1] = stamp
                                variables[end] = other >> 1
                                highest = max(highest, other >> 1)
                                end += 1
                    mine, other_mine = mixed(mine), mixed(other_mine)
                    place = np.int64(mine & mask)
                    while state.met_stamps[place] == stamp and (
                        state.met[place, 0] != mine or state.met[place, 1] != other_mine
                    ):
                        place = np.int64((np.uint64(place) + np.uint64(1)) & mask)
                    if state.met_stamps[place] != stamp:
                        state.met_stamps[place] = stamp
                        state.met[place, 0] = mine
                        state.met[place, 1] = other_mine
                        one += mine
                        two += other_mine
            look += 1
        if end - begin > 1:
            part = at[PARTS]
            state.parts[part, 0], state.parts[part, 1], state.parts[part, 2] = begin, end, highest
            state.keys[part, 0], state.keys[part, 1] = mixed(one), mixed(two)
            at[PARTS] += 1
            at[VARIABLES] = end


@compiled
def ways_of(rows: Rows, state: State, at: Ints, highest: int) -> None:
    """The ways of a variable: both, or each value of its group of which one must still be taken."""
    clause = rows.groups[highest]
    if clause >= 0 and state.counts[clause, 0] == 0 and state.counts[clause, 1] > 2:
        for entry in range(rows.clause_starts[clause], rows.clause_starts[clause + 1]):
            if state.values[rows.clauses[entry]] == 0:
                state.ways[at[WAYS]] = rows.clauses[entry]
                at[WAYS] += 1
        return
    state.ways[at[WAYS]] = 2 * highest
    state.ways[at[WAYS] + 1] = 2 * highest + 1
    at[WAYS] += 2


@compiled
def piece_made(state: State, at: Ints, mark: int, sub: int) -> int:
    """A piece of the trail from a mark on, and of the pieces of its parts."""
    literals, children = at[LITERALS], at[CHILDREN]
    for where in range(mark, at[TRAIL]):
        state.literals[at[LITERALS]] = state.trail[where]
        at[LITERALS] += 1
    for where in range(sub, at[SUB]):
        part = state.sub[where]
        for entry in range(state.pieces[part, 0], state.pieces[part, 1]):
            state.literals[at[LITERALS]] = state.literals[entry]
            at[LITERALS] += 1
        for entry in range(state.pieces[part, 2], state.pieces[part, 3]):
            state.children[at[CHILDREN]] = state.children[entry]
            at[CHILDREN] += 1
    piece = at[PIECES]
    at[PIECES] += 1
    state.pieces[piece, 0], state.pieces[piece, 1] = literals, at[LITERALS]
    state.pieces[piece, 2], state.pieces[piece, 3] = children, at[CHILDREN]
    return int(piece)


@compiled
def joined(state: State, at: Ints, first: int) -> int:
    """The pieces of a frame as one: a node if there are several."""
    count = at[PIECES_OF] - first
    if count == 0:
        return NONE
    if count == 1:
        return int(state.pieces_of[first])
    node = at[NODES]
    at[NODES] += 1
    state.nodes[node, 0] = at[OWNED]
    for where in range(first, at[PIECES_OF]):
        state.owned[at[OWNED]] = state.pieces_of[where]
        at[OWNED] += 1
    state.nodes[node, 1] = at[OWNED]
    piece, children = at[PIECES], at[CHILDREN]
    at[PIECES] += 1
    state.children[children] = node
    at[CHILDREN] += 1
    state.pieces[piece, 0], state.pieces[piece, 1] = at[LITERALS], at[LITERALS]
    state.pieces[piece, 2], state.pieces[piece, 3] = children, at[CHILDREN]
    return int(piece)


@compiled
def short_of_room(state: State, at: Ints, room: int) -> bool:
    """Whether one turn could need more than is left in some pool."""
    return bool(
        at[VARIABLES] + room > len(state.variables)
        or at[PARTS] + room > len(state.parts)
        or at[WAYS] + room > len(state.ways)
        or at[PIECES_OF] + room > len(state.pieces_of)
        or at[SUB] + room > len(state.sub)
        or at[LITERALS] + room > len(state.literals)
        or at[CHILDREN] + room > len(state.children)
        or at[PIECES] + room > len(state.pieces)
        or at[NODES] + room > len(state.nodes)
        or at[OWNED] + room > len(state.owned)
        or 2 * (at[KNOWN] + room) > len(state.known)
    )


@compiled
def searched(rows: Rows, state: State, at: Ints, turns: int, room: int) -> int:  # noqa: C901, PLR0912, PLR0915 - whole
    """Go on for so many turns. WORKING: there is more to do; DONE: at[RESULT] is the whole; FULL: a pool must grow.

    A frame: variables from, to; ways at, end; mark of the trail; parts at, end, first; pieces from; sub from; its part.
    """
    frames = state.frames
    for _ in range(turns):
        if short_of_room(state, at, room):
            return FULL
        frame = frames[at[FRAME]]
        if at[TURN] == WAY:
            if frame[2] < frame[3]:
                literal = state.ways[frame[2]]
                frame[2] += 1
                if literal > 1:
                    frame[4] = at[TRAIL]
                    state.values[literal] = 1
                    state.values[literal ^ 1] = -1
                    state.trail[at[TRAIL]] = literal
                    at[TRAIL] += 1
                if propagated(rows, state, at):
                    frame[5] = frame[7] = at[PARTS]
                    frame[11] = at[VARIABLES]
                    split(rows, state, at, frame[0], frame[1])
                    frame[6] = at[PARTS]
                    at[TURN] = PART
                else:
                    taken_back(rows, state, at, frame[4])
                continue
            result = joined(state, at, frame[8])
            at[PIECES_OF] = frame[8]
            at[WAYS] = frame[12]
            if at[FRAME] == 0:
                at[RESULT] = result
                return DONE
            place = place_of(state.known_keys, state.known, state.keys[frame[10], 0], state.keys[frame[10], 1])
            state.known_keys[place] = state.keys[frame[10]]
            state.known[place] = result
            at[KNOWN] += 1
            at[RESULT] = result
            at[FRAME] -= 1
            at[TURN] = BACK
        elif at[TURN] == PART:
            if frame[5] == frame[6]:
                state.pieces_of[at[PIECES_OF]] = piece_made(state, at, frame[4], frame[9])
                at[PIECES_OF] += 1
                taken_back(rows, state, at, frame[4])
                at[SUB], at[PARTS], at[VARIABLES] = frame[9], frame[7], frame[11]
                at[TURN] = WAY
                continue
            part = frame[5]
            place = place_of(state.known_keys, state.known, state.keys[part, 0], state.keys[part, 1])
            if state.known[place] != -2:
                at[RESULT] = state.known[place]
                at[TURN] = BACK
                continue
            at[FRAME] += 1
            inner = frames[at[FRAME]]
            inner[0], inner[1] = state.parts[part, 0], state.parts[part, 1]
            inner[2] = inner[12] = at[WAYS]
            ways_of(rows, state, at, state.parts[part, 2])
            inner[3] = at[WAYS]
            inner[8], inner[9], inner[10] = at[PIECES_OF], at[SUB], part
            at[TURN] = WAY
        elif at[RESULT] == NONE:
            taken_back(rows, state, at, frame[4])
            at[SUB], at[PARTS], at[VARIABLES] = frame[9], frame[7], frame[11]
            at[TURN] = WAY
        else:
            state.sub[at[SUB]] = at[RESULT]
            at[SUB] += 1
            frame[5] += 1
            at[TURN] = PART
    return WORKING
