"""Compiled: orders built in one go: lines dealt by a rule, and batches by urgency less setup (ATCS)."""

import numpy as np

from configurator.compiled import compiled
from configurator.production.search.group import Floats, Ints
from configurator.production.search.timeline import CLOSED, FAMILY, NEVER, Search, lateness, setup_before


@compiled
def dealt(s: Search, order: Ints, by_end: bool) -> tuple[Ints, float]:  # noqa: FBT001 - compiled code takes no keywords
    """The machine of each item dealt in this order, and what that costs.

    Each goes to the machine that is free first, or by_end: to the one on which it ends first.
    """
    time, standing, free_first = s.free.copy(), s.standing.copy(), _by_time(s.free)
    opened = s.standing.copy()
    opened[:] = CLOSED
    chosen = order.copy()
    cost = 0.0
    for n in range(len(order)):
        j = order[n]
        best = _ends_first(s, time, standing, opened, j) if by_end else free_first[0]
        setup, opened[best] = setup_before(s, standing[best], opened[best], j)
        start = time[best] + setup
        cost += s.price * setup + lateness(s, j, start)
        time[best] = start + s.run[j]
        standing[best] = s.kind[j, FAMILY]
        chosen[n] = best
        if not by_end:
            _sink(free_first, time)
    return chosen, cost


@compiled
def _ends_first(s: Search, time: Floats, standing: Ints, opened: Ints, j: int) -> int:
    best, least = 0, NEVER
    for machine in range(len(time)):
        if time[machine] < least:
            value = time[machine] + setup_before(s, standing[machine], opened[machine], j)[0]
            if value < least:
                best, least = machine, value
    return best


@compiled
def _by_time(time: Floats) -> Ints:
    """A heap of all machines: the one that is free first on top, of equals the first."""
    return np.argsort(time, kind="mergesort")


@compiled
def _sink(heap: Ints, time: Floats) -> None:
    """The machine on top has become free later: put the heap in order again."""
    at, machine = 0, heap[0]
    while 2 * at + 1 < len(heap):
        below = 2 * at + 1
        if below + 1 < len(heap) and _sooner(heap[below + 1], heap[below], time):
            below += 1
        if not _sooner(heap[below], machine, time):
            break
        heap[at] = heap[below]
        at = below
    heap[at] = machine


@compiled
def _sooner(one: int, other: int, time: Floats) -> bool:
    return time[one] < time[other] or (time[one] == time[other] and one < other)


@compiled
def by_urgency(s: Search, urgency: Floats, mean: Floats, pace: Floats, least: float) -> tuple[Ints, Ints, float]:
    """Items and their machines in the order chosen, and the cost; given up once it exceeds `least`.

    Apparent tardiness cost with setups (Lee, Bhaskaran and Pinedo 1997): whichever machine is free first takes the
    item with the greatest urgency (log of weight over run) - slack / pace[0] - setup / pace[1]. mean: each item's
    weighted mean slack. Items must lie by family and then by due: only each family's first one is looked at.
    """
    families, items = len(s.kin_of) - 1, len(s.run)
    time, standing, free_first = s.free.copy(), s.standing.copy(), _by_time(s.free)
    opened = s.standing.copy()
    opened[:] = CLOSED
    head = s.kin_of[:families].copy()
    chosen, machines = s.kin.copy(), s.kin.copy()
    cost = 0.0
    for n in range(items):
        if cost > least:
            return chosen, machines, NEVER
        machine = free_first[0]
        j = _most_urgent(s, (urgency, mean, pace), head, (time[machine], standing[machine], opened[machine]))
        setup, opened[machine] = setup_before(s, standing[machine], opened[machine], j)
        start = time[machine] + setup
        cost += s.price * setup + lateness(s, j, start)
        time[machine] = start + s.run[j]
        standing[machine] = s.kind[j, FAMILY]
        head[s.kind[j, FAMILY]] += 1
        chosen[n] = j
        machines[n] = machine
        _sink(free_first, time)
    return chosen, machines, cost


@compiled
def _most_urgent(s: Search, weighed: tuple[Floats, Floats, Floats], head: Ints, state: tuple[float, int, int]) -> int:
    urgency, mean, pace = weighed
    time, standing, opened = state
    best, most = 0, -NEVER
    for family in range(len(head)):
        if head[family] < s.kin_of[family + 1]:
            j = head[family]
            setup = setup_before(s, standing, opened, j)[0]
            value = urgency[j] - max(0.0, mean[j] - time) / pace[0] - setup / pace[1]
            if value > most:
                best, most = j, value
    return best
