"""An order improved: cut into items, moved about by annealing, put together again."""

from dataclasses import dataclass

import numpy as np

from configurator.production.search.annealing import anneal, settle
from configurator.production.search.building import lines_of
from configurator.production.search.group import Floats, Group, Ints, Order
from configurator.production.search.itemising import Cutting, by_run, search
from configurator.production.search.timeline import ITEM, Search

ROOM = 64
"""Items that a machine may get more than half as many again as the fullest one has."""

STEPS = 256
STILL = 16
"""Steps in a search, and how many of them at last accept no loss."""

LEAST = 1e-9

MANY = 512
"""Families whose setups are looked at for that."""

APART = 8
"""How many times the smaller scale the larger one is at most."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of a search: lines of a run that move together at most, and the warmth it begins and ends with.

    Warmth is what a move may cost and still be accepted now and then, see `scales`. share: how many
    parts of the work it gets.
    """

    most: int
    warm: float
    cold: float
    share: int = 1


def warmed(group: Group, order: Order, stage: Stage, *, seed: int, work: int) -> Order:
    """The order after as much work; it may have become dearer."""
    cutting = by_run(group, order, stage.most)
    machine = np.repeat(np.arange(group.machines), order.counts)[cutting.starts[:-1]]
    counts = np.bincount(machine, minlength=group.machines).astype(np.int64)
    places = int(min(len(machine), counts.max() * 1.5 + ROOM)) + 1
    s = placed(search(group, cutting, seed=seed, places=places), counts)
    settle(s)
    anneal(s, warmths(group, stage.warm, stage.cold), work)
    return order_in(s, cutting)


def placed(s: Search, counts: Ints) -> Search:
    """The search with its first items in turns: so many on each machine, in their order."""
    items = int(counts.sum())
    machine = np.repeat(np.arange(len(counts)), counts)
    place = np.arange(items) - np.repeat(np.cumsum(counts) - counts, counts)
    s.item[machine, place, ITEM] = np.arange(items)
    s.filled[:] = counts
    return s


def order_in(s: Search, cutting: Cutting) -> Order:
    """The lines as the turns of a search have them."""
    items = np.concatenate([s.item[machine, :count, ITEM] for machine, count in enumerate(s.filled)])
    sizes = np.diff(cutting.starts)[items]
    counts = np.bincount(np.repeat(np.arange(len(s.filled)), s.filled), weights=sizes, minlength=len(s.filled))
    return Order(lines_of(cutting, items), counts.astype(np.int64))


def scales(group: Group) -> tuple[float, float]:
    """The larger and the smaller of what a usual setup costs, and a usual line's run of lateness; 0: neither does.

    The median, because a few setups that nobody would make say nothing about the others.
    """
    some = group.setup[:: 1 + group.families // MANY, :: 1 + group.families // MANY]
    setups = some[some > 0]
    setup = group.setup_weight * float(np.median(setups)) if len(setups) else 0.0
    late = float(group.weight.mean() * group.run.mean())
    costs = sorted(cost for cost in (setup, late) if cost > 0) or [0.0]
    return costs[-1], max(costs[0], costs[-1] / APART)


def warmths(group: Group, warm: float, cold: float) -> Floats:
    """Falling from warm in the larger scale to cold in the smaller by the same factor each step; nothing at last.

    Rounded, to be the same everywhere.
    """
    larger, smaller = scales(group)
    first, last = max(warm * larger, LEAST), max(cold * smaller, LEAST)
    falling = first * (last / first) ** np.linspace(0, 1, STEPS - STILL)
    return np.append(np.maximum(np.round(falling, 9), LEAST), np.full(STILL, LEAST))
