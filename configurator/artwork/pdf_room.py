"""Which room on a sheet is taken: boxes in a grid, so that a thousand pieces stay quick, and where a label has room."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray
from shapely.geometry import Polygon
from shapely.geometry import box as rectangle

from configurator.artwork.footprint import Ring
from configurator.geometry import Box

CELL_MM = 40.0
FINE_MM = 0.5
STRIP_MM = 2.0


class Room:
    """Boxes on a sheet, asked by place."""

    def __init__(self, boxes: Iterable[Box]) -> None:
        self._cells: dict[tuple[int, int], list[Box]] = defaultdict(list)
        for box in boxes:
            self.take(box)

    def take(self, box: Box) -> None:
        """From now on this box is taken."""
        for cell in _cells(box):
            self._cells[cell].append(box)

    def is_free(self, box: Box) -> bool:
        """Whether nothing that is taken overlaps it; touching is allowed."""
        return not any(_overlap(box, other) for cell in _cells(box) for other in self._cells.get(cell, ()))


class FreeSpots:
    """A sheet in fine cells: the free spot for a small box that is nearest to a place."""

    def __init__(self, width: float, height: float, boxes: Iterable[Box]) -> None:
        self._taken: NDArray[np.int32] = np.zeros((ceil(height / FINE_MM), ceil(width / FINE_MM)), dtype=np.int32)
        for taken in boxes:
            self.take(taken)

    def take(self, taken: Box) -> None:
        """From now on every cell that this box touches is taken."""
        top, left = max(0, floor(taken.top / FINE_MM)), max(0, floor(taken.left / FINE_MM))
        self._taken[top : max(0, ceil(taken.bottom / FINE_MM)), left : max(0, ceil(taken.right / FINE_MM))] = 1

    def near(self, around: Box, width: float, height: float) -> tuple[float, float] | None:
        """Left and top of a free box of that size that touches `around`, as near to its middle as can be."""
        rows, columns = ceil(height / FINE_MM), ceil(width / FINE_MM)
        top, left = max(0, floor(around.top / FINE_MM) - rows), max(0, floor(around.left / FINE_MM) - columns)
        seen = self._taken[top : ceil(around.bottom / FINE_MM) + rows, left : ceil(around.right / FINE_MM) + columns]
        if seen.shape[0] < rows or seen.shape[1] < columns:
            return None
        sums = np.pad(seen.cumsum(0).cumsum(1), ((1, 0), (1, 0)))
        inside = sums[rows:, columns:] - sums[:-rows, columns:] - sums[rows:, :-columns] + sums[:-rows, :-columns]
        ys, xs = np.nonzero(inside == 0)
        if not len(ys):
            return None
        middle_x = (around.left + around.right - width) / 2 / FINE_MM - left
        middle_y = (around.top + around.bottom - height) / 2 / FINE_MM - top
        best = int(np.argmin((xs - middle_x) ** 2 + (ys - middle_y) ** 2))
        return (left + int(xs[best])) * FINE_MM, (top + int(ys[best])) * FINE_MM


def strips(outline: Ring, spare: float) -> Iterator[Box]:
    """Boxes that together hold an outline with so much room around it: what a shape takes, by rows of the sheet."""
    polygon = Polygon(outline).buffer(spare)
    left, top, right, bottom = polygon.bounds
    for row in range(floor(top / STRIP_MM), ceil(bottom / STRIP_MM)):
        cut = polygon.intersection(rectangle(left, row * STRIP_MM, right, (row + 1) * STRIP_MM))
        for part in getattr(cut, "geoms", [cut]):
            if not part.is_empty:
                yield Box(*part.bounds)


def _cells(box: Box) -> Iterator[tuple[int, int]]:
    for x in range(floor(box.left / CELL_MM), floor(box.right / CELL_MM) + 1):
        for y in range(floor(box.top / CELL_MM), floor(box.bottom / CELL_MM) + 1):
            yield x, y


def _overlap(one: Box, other: Box) -> bool:
    return one.left < other.right and other.left < one.right and one.top < other.bottom and other.top < one.bottom
