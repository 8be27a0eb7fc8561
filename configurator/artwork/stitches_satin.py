"""Satin sewn: to the far end of every stroke as underlay, back as satin, so that every way is covered afterwards."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from shapely import Polygon

from configurator.artwork.outlines import Points
from configurator.artwork.stitches_fills import in_rows
from configurator.artwork.stitches_strokes import Column
from configurator.artwork.stitches_threads import RUN_MM, UNDER_MM, Stretch, between
from configurator.blanks.shop import Stitching

THIN_MM = 0.3
"""What is narrower is a line: running stitches to and fro instead of satin."""
WIDE_MM = 1.8
"""Columns from here on have a zigzag underlay, narrower ones a line along the middle."""


@dataclass(slots=True)
class Walk:
    """Columns joined at their nodes, walked so that every way is sewn over afterwards."""

    columns: Sequence[Column]
    how: Stitching
    hanging: dict[int, list[tuple[float, int | Polygon, float]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """What hangs on each column: (where on it, the other column, where on that)."""
        reached, waiting = {0}, [0]
        while waiting:
            here = waiting.pop(0)
            for node, at in sorted(self.columns[here].nodes.items(), key=lambda pair: pair[1]):
                for other, column in enumerate(self.columns):
                    if other not in reached and node in column.nodes:
                        reached.add(other)
                        waiting.append(other)
                        self.hanging.setdefault(here, []).append((at, other, column.nodes[node]))

    def attach(self, patches: Iterable[Polygon]) -> None:
        """Patches are sewn when the needle first passes by."""
        for patch in patches:
            centre = np.array(patch.representative_point().coords[0])
            gaps = [np.hypot(*(column.axis - centre).T) for column in self.columns]
            number = int(np.argmin([gap.min() for gap in gaps]))
            at = float(self.columns[number].far[int(gaps[number].argmin())])
            self.hanging.setdefault(number, []).append((at, patch, 0.0))

    def whole(self) -> Iterator[Stretch]:
        """From the left end of the longest column to its other end; round it when it is a ring."""
        root = self.columns[0]
        ends = (0.0, root.long)
        if not root.closed and root.axis[0, 0] > root.axis[-1, 0]:
            ends = (root.long, 0.0)
        yield from self._under(0, *ends)
        if not root.closed:
            yield from self._under(0, ends[1], ends[0], again=True)
        yield self._satin(0, *ends)

    def _branch(self, number: int, at: float) -> Iterator[Stretch]:
        """A column that hangs on another one, from where it does and back there."""
        column = self.columns[number]
        for end in (column.long, 0.0):
            if abs(end - at) > 0.3:
                yield from self._under(number, at, end)
                yield self._satin(number, end, at)
        yield Stretch(_points_at(column, [at]), top=False)

    def _under(self, number: int, start: float, end: float, *, again: bool = False) -> Iterator[Stretch]:
        """Underlay from start to end; on the way, once, what hangs there."""
        column = self.columns[number]
        here = start
        low, high = min(start, end), max(start, end)
        hanging = [] if again else sorted(self.hanging.get(number, ()), key=lambda one: abs(one[0] - start))
        for at, what, where in [one for one in hanging if low - 1e-6 <= one[0] <= high + 1e-6]:
            self.hanging[number].remove((at, what, where))
            yield self._line(column, here, at, wide=False)
            yield from self._patch(what) if isinstance(what, Polygon) else self._branch(what, where)
            here = at
        yield self._line(column, here, end, wide=again or column.closed or abs(start - end) > 0.9 * column.long)

    def _line(self, column: Column, start: float, end: float, *, wide: bool) -> Stretch:
        """Running stitches along the middle, or a zigzag in a wide column."""
        if not wide or 2 * column.half < WIDE_MM or len(column.at) < 3:
            count = max(1, round(abs(end - start) / RUN_MM))
            return Stretch(_points_at(column, np.linspace(start, end, count + 1).tolist()), top=False)
        count = max(2, round(abs(end - start) / UNDER_MM))
        at = np.clip(np.linspace(start, end, count + 1), column.at[0], column.at[-1])
        left, right = (between(column.at, side, at) for side in (column.left, column.right))
        share = np.where(np.arange(count + 1) % 2, 0.2, 0.8)[:, None]
        return Stretch(np.concatenate((_points_at(column, [start]), left + (right - left) * share)), top=False)

    def _patch(self, area: Polygon) -> Iterator[Stretch]:
        for thread in in_rows(area, self.how, under=False):
            yield from thread

    def _satin(self, number: int, start: float, end: float) -> Stretch:
        """The rungs from start to end, from side to side; what is thin, as a line."""
        column = self.columns[number]
        chosen = np.flatnonzero((column.at >= min(start, end) - 1e-6) & (column.at <= max(start, end) + 1e-6))
        if start > end:
            chosen = chosen[::-1]
        if column.closed and len(chosen):
            chosen = np.concatenate((chosen, chosen[:2]))
        if len(chosen) < 2 or 2 * column.half < THIN_MM:
            return self._line(column, start, end, wide=False)._replace(top=True)
        return Stretch(_laced(column.left[chosen], column.right[chosen], self.how), top=True)


def _points_at(column: Column, at: Sequence[float]) -> Points:
    return between(column.far, column.axis, np.asarray(at))


def _laced(left: Points, right: Points, how: Stitching) -> Points:
    """Needle points from side to side, drawn out by the pull; on the inside of bends every other one falls short."""
    across_ = right - left
    wide = np.maximum(np.hypot(*across_.T), 1e-6)[:, None]
    unit = across_ / wide
    ends = []
    for side, sign in ((left, -1.0), (right, 1.0)):
        close = np.concatenate(([False], np.hypot(*np.diff(side, axis=0).T) < 0.5 * how.row_mm))
        short = close & (np.arange(len(side)) % 2 == 1) & (wide[:, 0] > 1.5)
        ends.append(side + sign * unit * np.where(short[:, None], -0.2 * wide, how.pull_mm))
    laced = np.stack(ends, axis=1).reshape(-1, 2)
    return _split(laced, how.satin_mm)


def _split(points: Points, longest: float) -> Points:
    """Long satin stitches get needle points between, each row's a little beside those of the row before."""
    spans = np.hypot(*np.diff(points, axis=0).T)
    if not (spans > longest).any():
        return points
    out = [points[:1]]
    for number, span in enumerate(spans.tolist()):
        parts = int(np.ceil(span / longest))
        shift = (0.0, 0.16, -0.16)[number % 3] if parts > 1 else 0.0
        shares = [(k + shift) / parts for k in range(1, parts)] + [1.0]
        out.append(points[number] + np.outer(shares, points[number + 1] - points[number]))
    return np.concatenate(out)
