"""A plan changed for what has changed: new lines find their place, the rest moves only where that saves."""

import numpy as np

from configurator.production.search.annealing import settle
from configurator.production.search.deciding import Priced, as_plan, cheapest, simple_orders
from configurator.production.search.group import Group, Order, Plan
from configurator.production.search.improving import Stage, order_in, placed, warmed
from configurator.production.search.inserting import UNPLACED, insert
from configurator.production.search.itemising import Cutting, search
from configurator.production.search.pricing import Pricing

COOL = Stage(1, 0.01, 0.002)
"""Little warmth: a line leaves its place only for a saving, or for next to nothing."""


def work_for(lines: int) -> int:
    """Work that a change is worth: about a third of a first plan's."""
    return int(min(100_000.0 * lines, 500_000.0 * lines**0.5))


def replan(group: Group, kept: Order, *, seed: int, budget: int | None = None) -> Plan:
    """The plan of a group of which most lines had their order before.

    group: all lines that are open now, and the machines as released batches leave them (free, standing): what is
    released is no part of it, so it cannot be touched. kept: the earlier order of those lines that had one.
    """
    pricing = Pricing(group)
    simple = cheapest(simple_orders(pricing))
    if not len(group.run):
        return as_plan(simple, pricing, 0.0)
    inserted = Priced.of(pricing, with_late_comers(group, kept))
    work = work_for(len(group.run)) if budget is None else budget
    found = Priced.of(pricing, warmed(group, inserted.order, COOL, seed=seed, work=work))
    return as_plan(cheapest([inserted, found, simple]), pricing, simple.sums.cost)


def with_late_comers(group: Group, kept: Order) -> Order:
    """The kept order with every other line of the group where it adds least, most urgent first."""
    new = np.setdiff1d(np.arange(len(group.run)), kept.lines)
    new = new[np.argsort(group.due[new], kind="stable")]
    lines = np.concatenate([kept.lines, new]).astype(np.int64)
    cutting = Cutting(lines, np.arange(len(lines) + 1, dtype=np.int64))
    places = int(kept.counts.max(initial=0)) + len(new) + 1
    s = placed(search(group, cutting, seed=0, places=places), kept.counts)
    s.place[:, 0] = UNPLACED
    settle(s)
    insert(s, np.arange(len(kept.lines), len(lines)))
    return order_in(s, cutting)
