"""An order improved machine by machine: which families its machine visits, in which order, how often."""

import numpy as np

from configurator.production.search.chance import MODULUS
from configurator.production.search.group import Floats, Group, Ints, Order
from configurator.production.search.improving import warmths
from configurator.production.search.itemising import patience
from configurator.production.search.pricing import Pricing
from configurator.production.search.visits import NOW, TRIAL, Visits, explore

MORE = 2
"""Times the visits and families there are that a machine may get."""

WORTHWHILE = 1000
"""With less work than this for a machine nothing would be found."""

HOT, COOL = 3, 2
TRIES = HOT * ((0.5, 0.04),) + COOL * ((0.2, 0.02),)
"""Warmths, in usual setups, of searches from the same visits, and then on from the best of them."""


def revisited(pricing: Pricing, order: Order, *, seed: int, work: int) -> Order:
    """The order with every machine's lines made in the visits found for as much work; never dearer.

    A line that is late in the order is put up with until the time at which it ends there, so that the search begins
    with no more lateness than there is.
    """
    ends = pricing.ends(order)
    warmth = np.stack([warmths(pricing.group, warm, cold) for warm, cold in TRIES])
    past = np.cumsum(order.counts)
    lines = order.lines.copy()
    for machine, (first, end) in enumerate(zip(past - order.counts, past, strict=True)):
        own = order.lines[first:end]
        share = int(work * len(own) // len(lines))
        if len(own) > 1 and share >= WORTHWHILE:
            found = _found(pricing.group, (machine, own), ends[first:end], (warmth, seed + machine, share))
            alone = np.where(np.arange(len(past)) == machine, len(own), 0)
            if pricing.sums(Order(found, alone)).cost < pricing.sums(Order(own, alone)).cost:
                lines[first:end] = found
    return Order(lines, order.counts)


def _found(group: Group, turn: tuple[int, Ints], ends: Floats, how: tuple[Floats, int, int]) -> Ints:
    machine, lines = turn
    warmth, seed, work = how
    rank = np.lexsort((group.due[lines], np.maximum(group.due[lines], ends), group.family[lines]))
    ranked = lines[rank]
    v = _visits(group, machine, (lines, ranked, ends[rank]), seed)
    explore(v, warmth, HOT, work // len(TRIES))
    parts = [ranked[first:past] for first, past in v.part[: v.filled[TRIAL]]]
    return np.concatenate(parts)


def _visits(group: Group, machine: int, turn: tuple[Ints, Ints, Floats], seed: int) -> Visits:
    lines, ranked, ends = turn
    used, family = np.unique(group.family[ranked], return_inverse=True)
    now = np.searchsorted(used, group.family[lines])
    now = now[np.diff(now, prepend=-1) != 0]
    order = np.zeros((4, MORE * (len(now) + len(used))), np.int64)
    order[NOW, : len(now)] = now
    columns = (group.due[ranked], np.maximum(group.due[ranked], ends), group.run[ranked], group.weight[ranked])
    return Visits(
        lines=np.stack(columns, axis=1),
        of=np.searchsorted(family, np.arange(len(used) + 1)).astype(np.int64),
        rows=np.ascontiguousarray(
            np.vstack([group.rows[np.ix_(used, used)], group.rows[group.standing_rows[machine], used]])
        ),
        free=float(group.free[machine]),
        standing=len(used),
        run=float(group.run[lines].sum()),
        price=float(group.setup_weight),
        most=int(group.most),
        order=order,
        filled=np.array([len(now), 0, 0, 0], np.int64),
        left=np.zeros(len(used), np.int64),
        head=np.zeros(len(used), np.int64),
        part=np.zeros((order.shape[1], 2), np.int64),
        luck=np.array([1 + (seed * 2654435761 + 97) % (MODULUS - 1)], np.int64),
        patience=patience(),
    )
