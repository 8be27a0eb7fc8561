"""What is planned together: lines that the same machines make, and the plan that comes of it; times in minutes."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

BARE = -1
"""The family of a machine that is set up for none."""


NEIGHBOURS = 8
"""Other families that a search knows as cheap to go to from a family, and to come from."""


@dataclass(frozen=True)
class Group:
    """Lines and the machines that make them. One entry a line: family, run, due (minutes), weight of a minute late.

    setup: (families, families) minutes from one family to another; the diagonal is what the next batch of the same
    family costs. first: minutes to set up a bare machine. free: when each machine is free; standing: the family it is
    set up for, or BARE. most: lines a batch takes at most, 0: any number. setup_weight: cost of a setup minute.
    """

    family: Ints
    run: Floats
    due: Floats
    weight: Floats
    setup: Floats
    first: Floats
    free: Floats
    standing: Ints
    most: int = 0
    setup_weight: float = 20.0

    @property
    def machines(self) -> int:
        """How many machines there are."""
        return len(self.free)

    @property
    def families(self) -> int:
        """How many families there are."""
        return len(self.first)

    @cached_property
    def rows(self) -> Floats:
        """Setup minutes by what a machine stands in: a family's row, and the last one for a bare machine."""
        return np.ascontiguousarray(np.vstack([self.setup, self.first[None, :]]))

    @cached_property
    def standing_rows(self) -> Ints:
        """Each machine's row in `rows`."""
        return np.where(self.standing == BARE, self.families, self.standing).astype(np.int64)

    @cached_property
    def urgency(self) -> Floats:
        """Each line's weight over its run minutes, rounded so that it is the same everywhere."""
        return np.round(self.weight / np.maximum(self.run, 1e-9), 9)

    @cached_property
    def neighbours(self) -> Ints:
        """(2, families, n): the families that are made, cheapest first, to go to from each and to come from to each."""
        return neighbours(self.setup, np.unique(self.family))

    @cached_property
    def horizon(self) -> float:
        """Minutes that the lines keep every machine busy."""
        return float(self.run.sum() / self.machines) if len(self.run) else 0.0


def neighbours(setup: Floats, made: Ints) -> Ints:
    """See Group.neighbours; made: the families that there are lines of."""
    count = max(0, min(NEIGHBOURS, len(made) - 1))
    near = np.zeros((2, len(setup), count), np.int64)
    for few in np.array_split(made, 1 + len(made) // 256):  # a copy of all setups of 5,000 families would be 200 MB
        near[0, few] = _cheapest(setup[few], few, made, count)
        near[1, few] = _cheapest(setup[:, few].T, few, made, count)
    return near


def _cheapest(minutes: Floats, own: Ints, made: Ints, count: int) -> Ints:
    """Of each row of minutes, the made families with the least, of equals the first, without its own."""
    left = np.full(minutes.shape, np.inf)
    left[:, made] = minutes[:, made]
    rows = np.arange(len(left))
    left[rows, own] = np.inf
    found = np.zeros((len(left), count), np.int64)
    for n in range(count):
        found[:, n] = left.argmin(axis=1)
        left[rows, found[:, n]] = np.inf
    return found


@dataclass(frozen=True)
class Order:
    """Lines in the order they run, machine after machine; counts: how many of them on each."""

    lines: Ints
    counts: Ints


@dataclass(frozen=True, slots=True)
class PlannedBatch:
    """Lines of one family that run one after the other on a machine (from 0). start_min: when its setup begins."""

    machine: int
    start_min: float
    family: int
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sums:
    """What an order comes to. weighted_late_min: weight times minutes late; cost: with the weight of setup minutes."""

    setup_min: float
    weighted_late_min: float
    late_lines: int
    cost: float


@dataclass(frozen=True)
class Plan:
    """An order of all lines, with what it comes to; cheapest_rule: the cost of the best simple rule."""

    order: Order
    sums: Sums
    batches: Sequence[PlannedBatch]
    cheapest_rule: float
