"""As few rules as possible of thousands that contradict what is fixed, compiled; models are turned into others.

Shapes: clauses C, rules R, places P.
"""

import numpy as np

from configurator.compiled import compiled
from configurator.options.fewest_loops import (
    MODEL,
    NONE,
    UNKNOWN,
    Bytes,
    Ints,
    Rows,
    begun,
    blank_state,
    tried,
    used_rules,
)


@compiled
def mends(rows: Rows, counts: Ints, first: int, literal: int) -> bool:
    """Whether a literal would mend all clauses of a rule that are broken; the first of them has it."""
    clause = first + 1
    while clause < len(rows.owners) and rows.owners[clause] == rows.owners[first]:
        if counts[clause] == 0:
            there = False
            for entry in range(rows.starts[clause], rows.starts[clause + 1]):
                there = there or rows.literals[entry] == literal
            if not there:
                return False
        clause += 1
    return True


@compiled
def alone_broken(rows: Rows, active: Bytes, counts: Ints, gone: int) -> int:
    """The one rule in force that a literal's going breaks; NONE if there are none or several."""
    found = NONE
    for where in range(rows.occurrence_starts[gone], rows.occurrence_starts[gone + 1]):
        clause = rows.occurrences[where]
        owner = rows.owners[clause]
        if counts[clause] == 1 and owner != found and active[owner]:
            if found != NONE:
                return NONE
            found = owner
    return int(found)


@compiled
def turned(rows: Rows, counts: Ints, literal: int) -> None:
    """How many literals of each clause hold once this one does instead of its negation."""
    for where in range(rows.occurrence_starts[literal], rows.occurrence_starts[literal + 1]):
        counts[rows.occurrences[where]] += 1
    for where in range(rows.occurrence_starts[literal ^ 1], rows.occurrence_starts[(literal ^ 1) + 1]):
        counts[rows.occurrences[where]] -= 1


@compiled
def rotated(  # noqa: C901 - compiled whole
    rows: Rows, rules: tuple[Bytes, Bytes], values: Ints, against: Bytes, rule: int
) -> None:
    """Mark all rules as needed that turning one variable after another breaks alone, from a model of all but one.

    rules: those in force, and those needed (R each). A rule is looked at once, whether or not it was marked before.
    """
    active, needed = rules
    counts = np.zeros(len(rows.owners), dtype=np.int64)
    for clause in range(len(rows.owners)):
        for entry in range(rows.starts[clause], rows.starts[clause + 1]):
            literal = rows.literals[entry]
            counts[clause] += values[literal] > 0 or (values[literal] == 0 and literal & 1 == 1)
    seen = np.zeros(len(needed), dtype=np.uint8)
    way = np.zeros((len(needed) + 1, 3), dtype=np.int64)
    depth, literal, other = 0, NONE, rule
    while True:
        if other != NONE:
            seen[other] = needed[other] = 1
            clause = int(np.searchsorted(rows.owners, other))
            while counts[clause] > 0:
                clause += 1
            way[depth, 0], way[depth, 1], way[depth, 2] = literal, clause, rows.starts[clause]
            depth += 1
        level = way[depth - 1]
        if level[2] == rows.starts[level[1] + 1]:
            depth -= 1
            if depth == 0:
                return
            turned(rows, counts, level[0] ^ 1)
            other = NONE
            continue
        literal = rows.literals[level[2]]
        level[2] += 1
        other = NONE
        if not against[literal] and mends(rows, counts, level[1], literal):
            other = alone_broken(rows, active, counts, literal ^ 1)
            if other != NONE and seen[other]:
                other = NONE
            if other != NONE:
                turned(rows, counts, literal)


@compiled
def fewest(rows: Rows, rules: int, fixed: Ints) -> Bytes:
    """Of rules (R) that contradict what is fixed 1 for those that are kept: none can be left out. All 0: unknown."""
    kept, needed = np.ones(rules, dtype=np.uint8), np.zeros(rules, dtype=np.uint8)
    against = np.zeros(len(rows.occurrence_starts), dtype=np.uint8)
    for literal in fixed:
        against[literal ^ 1] = 1
    for rule in range(rules):
        if needed[rule] or not kept[rule]:
            continue
        kept[rule] = 0
        state = blank_state(rows)
        clause = begun(rows, kept, state, fixed)
        if clause != NONE:
            kept = used_rules(rows, state, clause, rules)
            continue
        found = tried(rows, kept, state)
        if found == UNKNOWN:
            return np.zeros(rules, dtype=np.uint8)
        if found == MODEL:
            kept[rule] = 1
            rotated(rows, (kept, needed), state.values, against, rule)
    return kept
