"""Orders built from batches by family and due window; the cheapest of many weightings of slack and setup each."""

from collections.abc import Iterator, Sequence

import numpy as np

from configurator.production.search.constructing import by_urgency
from configurator.production.search.group import Floats, Group, Ints, Order
from configurator.production.search.itemising import Cutting, by_window, search
from configurator.production.search.pricing import Pricing
from configurator.production.search.rules import in_machines
from configurator.production.search.timeline import NEVER, OWED, WEIGHT, Search

WINDOWS = (0.0, 0.02, 0.05, 0.1, 0.2, 0.4)
"""Widths of the due windows that batches are cut by, as shares of the horizon."""

PACES = tuple((slack, setup) for slack in (1.0, 3.0, 8.0, 20.0, 60.0) for setup in (0.1, 0.3, 1.0, 3.0))
"""How slowly urgency grows with slack (in mean runs) and with setup (in mean setups)."""

LOOKS = 60_000_000
"""Families looked at for the orders of one window at most, some 0.2 CPU-seconds: of many, fewer paces are tried."""


def built(pricing: Pricing) -> Iterator[Order]:
    """One order a window."""
    group, before = pricing.group, 0
    for window in WINDOWS:
        cutting = by_window(group, pricing.cutting.lines, window * group.horizon)
        items = len(cutting.starts) - 1
        paces = min(len(PACES), LOOKS // (items * group.families))
        # Windows that cut nothing otherwise than the one before, or too finely to look through, are left out.
        if items != before and (paces or window == WINDOWS[-1]):
            chosen, machine = _cheapest(group, cutting, _spread(max(1, paces)))
            yield flattened(cutting, chosen, machine, group.machines)
        before = items


def _spread(count: int) -> tuple[tuple[float, float], ...]:
    """So many of the paces, evenly."""
    return tuple(PACES[(2 * n + 1) * len(PACES) // (2 * count)] for n in range(count))


def flattened(cutting: Cutting, chosen: Ints, machine: Ints, machines: int) -> Order:
    """The lines of items that were chosen in this order, each with its machine."""
    sizes = np.diff(cutting.starts)[chosen]
    return in_machines(lines_of(cutting, chosen), np.repeat(machine, sizes), machines)


def lines_of(cutting: Cutting, items: Ints) -> Ints:
    """The lines of items, one item after the other."""
    sizes = np.diff(cutting.starts)[items]
    ends = np.cumsum(sizes)
    within = np.arange(int(ends[-1]) if len(ends) else 0) - np.repeat(ends - sizes, sizes)
    return cutting.lines[np.repeat(cutting.starts[items], sizes) + within]


def _cheapest(group: Group, cutting: Cutting, paces: Sequence[tuple[float, float]]) -> tuple[Ints, Ints]:
    """Items in the order chosen, with their machines, by the weighting that costs least."""
    s = search(group, cutting, seed=0)
    urgency, mean = _weighed(s, cutting)
    best, least = (s.kin, s.kin), NEVER
    for slack, setup in paces:
        pace = np.array([slack * max(1e-9, s.run.mean()), setup * max(1e-9, group.setup.mean())])
        chosen, machine, cost = by_urgency(s, urgency, mean, pace, least)
        if cost < least:
            best, least = (chosen, machine), cost
    return best


def _weighed(s: Search, cutting: Cutting) -> tuple[Floats, Floats]:
    """Each item's log of weight over run, rounded so that it is the same everywhere, and its weighted mean slack."""
    last = cutting.starts[1:] - 1
    weight = np.maximum(s.lines[last, WEIGHT], 1e-9)
    return np.round(np.log(weight / np.maximum(s.run, 1e-9)), 9), s.lines[last, OWED] / weight
