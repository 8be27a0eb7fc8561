"""Judges a layout of rectangles by their sizes alone; it shares no code with what lays them."""

from collections.abc import Sequence

import numpy as np
from shapely import box
from shapely.strtree import STRtree

Row = tuple[int, int, int, bool]
"""Sheet, left, top, turned."""


def faults(sizes: Sequence[tuple[int, int]], sheet: Sequence[int], rows: Sequence[Row], *, turn: bool) -> list[str]:
    """Rectangles that hang over or overlap, or are turned though they may not be; sheets left empty."""
    found = [] if len(rows) == len(sizes) else [f"{len(sizes)} rectangles have {len(rows)} places."]
    found += [f"Rectangle {n} is turned." for n, row in enumerate(rows) if row[3] and not turn]
    by_sheet: dict[int, list[int]] = {}
    for n, row in enumerate(rows):
        by_sheet.setdefault(row[0], []).append(n)
    if sorted(by_sheet) != list(range(len(by_sheet))):
        found.append("Sheets are left empty.")
    return found + [fault for numbers in by_sheet.values() for fault in _on_one(sizes, sheet, rows, numbers)]


def _on_one(
    sizes: Sequence[tuple[int, int]], sheet: Sequence[int], rows: Sequence[Row], numbers: Sequence[int]
) -> list[str]:
    boxes = []
    for n in numbers:
        _, left, top, turned = rows[n]
        width, height = sizes[n][::-1] if turned else sizes[n]
        boxes.append(box(left, top, left + width, top + height))
    usable = box(0, 0, sheet[0], sheet[1])
    found = [f"Rectangle {n} hangs over." for n, one in zip(numbers, boxes, strict=True) if not usable.covers(one)]
    pairs = np.asarray(STRtree(boxes).query(boxes, predicate="intersects"))
    for a, b in pairs.T:
        if a < b and boxes[a].intersection(boxes[b]).area > 0:
            found.append(f"Rectangles {numbers[a]} and {numbers[b]} overlap.")
    return found
