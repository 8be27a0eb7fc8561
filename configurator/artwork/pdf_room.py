"""Which room on a sheet is taken: boxes in a grid, so that a thousand pieces stay quick."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from math import floor

from configurator.geometry import Box

CELL_MM = 40.0


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


def _cells(box: Box) -> Iterator[tuple[int, int]]:
    for x in range(floor(box.left / CELL_MM), floor(box.right / CELL_MM) + 1):
        for y in range(floor(box.top / CELL_MM), floor(box.bottom / CELL_MM) + 1):
            yield x, y


def _overlap(one: Box, other: Box) -> bool:
    return one.left < other.right and other.left < one.right and one.top < other.bottom and other.top < one.bottom
