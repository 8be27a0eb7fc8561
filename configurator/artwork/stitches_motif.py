"""Motifs: what is sewn without leaving it, and the doors through which the needle may come and go."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from configurator.artwork.outlines import Points
from configurator.artwork.stitches_threads import RUN_MM, Stretch, Thread, running
from configurator.artwork.stitches_walls import Floats

ROUND_MM = 1.5
"""Doors along a closed line are so far apart."""


@dataclass(frozen=True, slots=True, eq=False)
class Doors:
    """Places in mm. ways_in: where the needle may enter; ways_out: where it may end.

    worse: by how much a gap at each way out counts as longer, since another one leaves the sewing neater.
    """

    ways_in: Points
    ways_out: Points
    worse: Floats


class Motif(Protocol):
    """A letter's part or a drawn shape, known by its identity."""

    def __hash__(self) -> int:
        """By its identity."""

    @property
    def hull(self) -> Points:
        """Corners, x and y in mm, that all of it lies between."""

    @property
    def doors(self) -> Doors:
        """Where the needle may come and go."""

    def sewn(self, enter: int | None, leave: int | None) -> list[Thread]:
        """The threads that cover it, from one of ways_in to one of ways_out; None: as suits it."""


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A fine line, sewn thrice so that it shows; once more where the needle is to end where it began."""

    points: Points

    @property
    def hull(self) -> Points:
        """Its own points."""
        return self.points

    @property
    def doors(self) -> Doors:
        """Its ends; of a closed one, places all along."""
        ends = running(self.points, ROUND_MM)[:-1] if self._closed else self.points[[0, -1]]
        return Doors(ends, ends, np.zeros(len(ends)))

    @property
    def _closed(self) -> bool:
        return bool((self.points[0] == self.points[-1]).all())

    def sewn(self, enter: int | None, leave: int | None) -> list[Thread]:
        """There, back and there."""
        if self._closed:
            return [self._round(enter or 0, leave)]
        turned = enter == 1 or (enter is None and leave == 0)
        there = running(self.points[::-1] if turned else self.points, RUN_MM)
        ways = [there, there[-2::-1], there[1:]]
        if enter is not None and enter == leave:
            ways.append(there[-2::-1])
        return [[Stretch(np.concatenate(ways), top=True)]]

    def _round(self, enter: int, leave: int | None) -> Thread:
        """Three times round, and on to where the needle leaves."""
        doors = self.doors.ways_in
        ring = np.concatenate((np.roll(doors, -enter, axis=0), doors[enter : enter + 1]))
        on = 0 if leave is None else (leave - enter) % len(doors)
        return [Stretch(np.concatenate((ring, ring[1:], ring[1:], ring[1 : on + 1])), top=True)]
