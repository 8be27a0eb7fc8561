"""What an order of lines comes to, and its batches: neighbours of one family on a machine, within batch size."""

from itertools import pairwise

import numpy as np

from configurator.compiled import compiled
from configurator.production.search.group import Floats, Group, Ints, Order, PlannedBatch, Sums
from configurator.production.search.itemising import by_family, search, single
from configurator.production.search.timeline import CLOSED, FAMILY, SLACK, WEIGHT, Search, setup_before


class Pricing:
    """Prices orders of a group's lines."""

    def __init__(self, group: Group) -> None:
        self.group = group
        self.cutting = single(by_family(group))
        self.lines = search(group, self.cutting, seed=0)
        self.item_of = np.argsort(self.cutting.lines)

    def sums(self, order: Order) -> Sums:
        """What an order comes to."""
        setup, late, lines = _walk(self.lines, self.item_of[order.lines], order.counts)[:3]
        return Sums(setup, late, int(lines), self.group.setup_weight * setup + late)

    def ends(self, order: Order) -> Floats:
        """When each line of an order ends."""
        return _walk(self.lines, self.item_of[order.lines], order.counts)[5]

    def batches(self, order: Order) -> tuple[PlannedBatch, ...]:
        """The batches of an order, machine by machine."""
        starts, new = _walk(self.lines, self.item_of[order.lines], order.counts)[3:5]
        first = np.flatnonzero(new)
        machine = np.repeat(np.arange(self.group.machines), order.counts)
        lines, family = order.lines.tolist(), self.group.family
        return tuple(
            PlannedBatch(int(machine[a]), float(starts[a]), int(family[lines[a]]), tuple(lines[a:b]))
            for a, b in pairwise([*first, len(lines)])
        )


@compiled
def _walk(s: Search, items: Ints, counts: Ints) -> tuple[float, float, int, Floats, Ints, Floats]:
    """Setup minutes, weighted minutes late, late lines; each line's begin of setup, whether it is new, and its end.

    A line that joins the batch before it is not new.
    """
    starts, new, ends = s.run[items], items.copy(), s.run[items]
    setups, late, lines, n = 0.0, 0.0, 0, 0
    for machine in range(len(counts)):
        time, standing, opened = s.free[machine], s.standing[machine], CLOSED
        for _ in range(counts[machine]):
            j = items[n]
            before = opened
            setup, opened = setup_before(s, standing, opened, j)
            joins = before != CLOSED and standing == s.kind[j, FAMILY] and (s.most == 0 or opened == before + 1)
            starts[n], new[n] = time, 0 if joins else 1
            setups += setup
            time += setup
            over = time - s.lines[j, SLACK]
            if over > 0:
                late += over * s.lines[j, WEIGHT]
                lines += 1
            time += s.run[j]
            ends[n] = time
            standing = s.kind[j, FAMILY]
            n += 1
    return setups, late, lines, starts, new, ends
