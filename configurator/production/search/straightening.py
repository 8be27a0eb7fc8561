"""Compiled: lines of one family in a row change among themselves as long as that makes them less late."""

import numpy as np

from configurator.compiled import compiled
from configurator.production.search.group import Floats, Group, Ints, Order

RUN, DUE, WEIGHT = range(3)

PASSES = 30
"""Neighbours that are compared at most, in lines of the group."""

GAIN = 1e-9
"""What a change must save at least, as a share of what it costs."""


def straightened(group: Group, order: Order) -> Order:
    """The order with the lines of each run changed among themselves; never dearer.

    Each run is put by Smith's rule (weight over run minutes, 1956: best where all are late) if that is cheaper, and
    then neighbours change places as long as that saves.
    """
    lines = order.lines.copy()
    table = np.stack([group.run, group.due, group.weight], axis=1)
    begun = 0
    for machine, count in enumerate(order.counts):
        turn = lines[begun : begun + count]
        state = (float(group.free[machine]), int(group.standing_rows[machine]), int(group.most))
        _straighten(turn, (group.family, table, group.urgency), group.rows, state)
        begun += int(count)
    return Order(lines, order.counts)


@compiled
def _straighten(turn: Ints, known: tuple[Ints, Floats, Floats], rows: Floats, state: tuple[float, int, int]) -> None:
    family, table, urgency = known
    time, standing, most = state
    first, work = 0, PASSES * len(turn)
    while first < len(turn):
        kind, past = family[turn[first]], first
        while past < len(turn) and family[turn[past]] == kind:
            past += 1
        gap = rows[kind, kind] if most else 0.0
        part = turn[first:past]
        starts = _starts(part, table, time + rows[standing, kind], (gap, most))
        by_rule = part[np.argsort(-urgency[part], kind="mergesort")]
        if _late(by_rule, table, starts[0], (gap, most)) < _late(part, table, starts[0], (gap, most)) * (1 - GAIN):
            part[:] = by_rule
            starts = _starts(part, table, starts[0], (gap, most))
        work = _exchange(part, table, starts, work)
        time, standing, first = starts[-1], kind, past


@compiled
def _starts(part: Ints, table: Floats, time: float, batches: tuple[float, int]) -> Floats:
    """When each line begins, and when the last one ends."""
    gap, most = batches
    starts = np.empty(len(part) + 1)
    for k in range(len(part)):
        if most and k and k % most == 0:
            time += gap
        starts[k] = time
        time += table[part[k], RUN]
    starts[len(part)] = time
    return starts


@compiled
def _late(part: Ints, table: Floats, time: float, batches: tuple[float, int]) -> float:
    starts, late = _starts(part, table, time, batches), 0.0
    for k in range(len(part)):
        late += _owed(table, part[k], starts[k])
    return late


@compiled
def _owed(table: Floats, line: int, start: float) -> float:
    """Cost of lateness of a line that begins then."""
    return table[line, WEIGHT] * max(0.0, start + table[line, RUN] - table[line, DUE])


@compiled
def _exchange(part: Ints, table: Floats, starts: Floats, work: int) -> int:
    """Each line goes ahead of those before it as long as that saves; what is left of the work."""
    for last in range(1, len(part)):
        k = last
        while k > 0 and work > 0:
            work -= 1
            one, other = part[k - 1], part[k]
            between = starts[k] - starts[k - 1] - table[one, RUN]
            later = starts[k - 1] + table[other, RUN] + between
            now = _owed(table, one, starts[k - 1]) + _owed(table, other, starts[k])
            then = _owed(table, other, starts[k - 1]) + _owed(table, one, later)
            if then >= now * (1 - GAIN):
                break
            part[k - 1], part[k] = other, one
            starts[k] = later
            k -= 1
    return work
