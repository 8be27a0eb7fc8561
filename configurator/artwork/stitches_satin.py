"""Satin sewn: to the far end of every stroke as underlay, back as satin, so that every way is covered afterwards.

All of it is laid out from the place where the needle is to leave: a tree of strokes whose root is sewn last.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from shapely import Polygon

from configurator.artwork.outlines import Points
from configurator.artwork.stitches_axis import between
from configurator.artwork.stitches_fills import in_rows
from configurator.artwork.stitches_lacing import laced
from configurator.artwork.stitches_strokes import Column
from configurator.artwork.stitches_threads import RUN_MM, UNDER_MM, Stretch, running
from configurator.artwork.stitches_walls import Floats
from configurator.blanks.methods import Stitching

THIN_MM = 0.3
"""What is narrower is a line: running stitches to and fro instead of satin."""
WIDE_MM = 1.8
"""Columns from here on have a zigzag underlay, narrower ones a line along the middle."""
NEAR_MM = 0.3
"""What is left of a column nearer than this to its end is not sewn by itself."""
FINE_MM = 0.5
"""Ways are followed at points so far apart."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place on a column: how far along, mm; left: at which end of the rung there the satin ends."""

    column: int
    at: float
    left: bool = False


@dataclass(frozen=True, slots=True)
class Patch:
    """An area that columns leave uncovered: sewn in rows when the needle first passes by."""

    area: Polygon
    column: int
    at: float


def patches_of(areas: Sequence[Polygon], columns: Sequence[Column]) -> Iterator[Patch]:
    """Each beside the nearest place on a column."""
    for area in areas:
        centre = np.array(area.representative_point().coords[0])
        gaps = [np.hypot(*(column.axis - centre).T) for column in columns]
        number = int(np.argmin([gap.min() for gap in gaps]))
        yield Patch(area, number, float(columns[number].far[int(gaps[number].argmin())]))


@dataclass(slots=True)
class Walk:
    """Columns joined at their nodes, walked so that every way is sewn over afterwards; it ends at `leave`."""

    columns: Sequence[Column]
    patches: Sequence[Patch]
    how: Stitching
    leave: Place
    hanging: dict[int, list[tuple[float, int | Polygon, float]]] = field(default_factory=dict)
    """Column -> what hangs on it: (where on it, the other column or a patch, where on that)."""
    _up: dict[int, tuple[int, float, float]] = field(default_factory=dict)
    """Column -> the one it hangs on, where on that, where on itself."""

    def __post_init__(self) -> None:
        root = self.leave.column
        reached, waiting = {root}, [root]
        while waiting:
            here = waiting.pop(0)
            for node, at in sorted(self.columns[here].nodes.items(), key=lambda pair: pair[1]):
                for other, column in enumerate(self.columns):
                    if other not in reached and node in column.nodes:
                        reached.add(other)
                        waiting.append(other)
                        self.hanging.setdefault(here, []).append((at, other, column.nodes[node]))
                        self._up[other] = here, at, column.nodes[node]
        for patch in self.patches:
            self.hanging.setdefault(patch.column, []).append((patch.at, patch.area, 0.0))

    def way(self, edge: Points, enter: Place) -> Stretch:
        """From the edge of the area, where it is entered, along the columns to where all is laid out from."""
        legs, column, at = [], enter.column, enter.at
        while column != self.leave.column:
            above, there, here = self._up[column]
            legs.append(self._leg(column, at, here))
            column, at = above, there
        legs.append(self._leg(column, at, self.leave.at))
        return Stretch(running(np.concatenate((edge[None], *legs)), RUN_MM), top=False)

    def _leg(self, number: int, start: float, end: float) -> Points:
        """Along a column, round a closed one the shorter way."""
        column = self.columns[number]
        span = end - start
        if column.closed and abs(span) > column.long / 2:
            span -= np.sign(span) * column.long
        return _points_at(column, np.linspace(start, start + span, max(2, round(abs(span) / FINE_MM) + 1)))

    def whole(self) -> Iterator[Stretch]:
        """Everything, from where the needle leaves and back there."""
        yield from self._column(self.leave.column, self.leave.at, left=self.leave.left)

    def _branch(self, number: int, at: float) -> Iterator[Stretch]:
        """A column that hangs on another one, from where it does and back there."""
        yield from self._column(number, at, left=False)
        yield Stretch(_points_at(self.columns[number], np.array([at])), top=False)

    def _column(self, number: int, at: float, *, left: bool) -> Iterator[Stretch]:
        """A column with what hangs on it, out to its ends and back to a place on it; a closed one round."""
        column = self.columns[number]
        if column.closed:
            yield from self._under(number, at, column.long)
            yield from self._under(number, 0.0, at)
            yield self._round(column, at, left=left)
            return
        before = int((column.at < at - 1e-6).sum())
        more_before = before > len(column.at) - before
        for end in (column.long, 0.0) if more_before else (0.0, column.long):
            if abs(end - at) > NEAR_MM:
                yield from self._under(number, at, end)
                yield self._satin(column, end, at, left=left)

    def _under(self, number: int, start: float, end: float) -> Iterator[Stretch]:
        """Underlay from start to end; on the way, once, what hangs there."""
        column = self.columns[number]
        here = start
        low, high = min(start, end), max(start, end)
        hanging = sorted(self.hanging.get(number, ()), key=lambda one: abs(one[0] - start))
        for at, what, where in [one for one in hanging if low - 1e-6 <= one[0] <= high + 1e-6]:
            self.hanging[number].remove((at, what, where))
            yield self._line(column, here, at)
            yield from self._patch(what) if isinstance(what, Polygon) else self._branch(what, where)
            here = at
        yield self._line(column, here, end)

    def _line(self, column: Column, start: float, end: float) -> Stretch:
        """Running stitches along the middle, or a zigzag along a wide column."""
        long = abs(end - start)
        if 2 * column.half < WIDE_MM or len(column.at) < 3 or long < 2 * UNDER_MM:
            count = max(1, round(long / RUN_MM))
            return Stretch(_points_at(column, np.linspace(start, end, count + 1)), top=False)
        count = max(2, round(long / UNDER_MM))
        at = np.clip(np.linspace(start, end, count + 1), column.at[0], column.at[-1])
        left, right = (between(column.at, side, at) for side in (column.left, column.right))
        share = np.where(np.arange(count + 1) % 2, 0.2, 0.8)[:, None]
        return Stretch(
            np.concatenate((_points_at(column, np.array([start])), left + (right - left) * share)), top=False
        )

    def _patch(self, area: Polygon) -> Iterator[Stretch]:
        for thread in in_rows(area, self.how, under=False):
            yield from thread

    def _round(self, column: Column, at: float, *, left: bool) -> Stretch:
        """Rungs all round from a place, a little further than once."""
        last = int(np.abs(column.at - at).argmin())
        chosen = np.arange(last + 1, last - len(column.at), -1) % max(len(column.at) - 1, 1)
        return self._rungs(column, chosen, left=left) or self._line(column, at, at - column.long)._replace(top=True)

    def _satin(self, column: Column, start: float, end: float, *, left: bool) -> Stretch:
        """The rungs from start to end; what is thin, as a line; without rungs, only the way."""
        chosen = np.flatnonzero((column.at >= min(start, end) - 1e-6) & (column.at <= max(start, end) + 1e-6))
        sewn = self._rungs(column, chosen[::-1] if start > end else chosen, left=left)
        return sewn or self._line(column, start, end)._replace(top=is_thin(column))

    def _rungs(self, column: Column, chosen: NDArray[np.intp], *, left: bool) -> Stretch | None:
        """Laced so that the needle ends at the left or the right; None for what is too thin."""
        if len(chosen) < 2 or is_thin(column):
            return None
        sides = (column.right, column.left) if left else (column.left, column.right)
        return Stretch(laced(sides[0][chosen], sides[1][chosen], self.how), top=True)


def is_thin(column: Column) -> bool:
    """Whether it is sewn as a line."""
    return 2 * column.half < THIN_MM


def _points_at(column: Column, at: Floats) -> Points:
    """A ring so small that it is a point has no way round."""
    return between(column.far, column.axis, at % column.long if column.closed and column.long else at)
