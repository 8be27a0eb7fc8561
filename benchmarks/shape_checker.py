"""Judges where shapes lie on sheets, by shapely's own maps and predicates; it shares no code with what laid them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from shapely import Polygon, box
from shapely.affinity import rotate, translate

Row = tuple[str, int, float, float, float]
"""Name, sheet from 1, degrees clockwise on a sheet whose y runs down, then x and y to move by."""

EXACT = 0.002


class Sheet(NamedTuple):
    """Its size, the margin round it, the gap between shapes, in mm, and the degrees at which they may lie."""

    size: tuple[float, float]
    margin: float
    gap: float
    angles: Sequence[float]


def faults(outlines: Mapping[str, Sequence[tuple[float, float]]], rows: Sequence[Row], sheet: Sheet) -> list[str]:
    """Shapes that are missing or doubled, hang over, lie too near to each other, or are turned as they may not be."""
    counted = Counter(name for name, *_ in rows)
    found = [f"{name} is there {counted[name]} times." for name in sorted({*outlines, *counted}) if counted[name] != 1]
    found += [f"{name} is turned by {turn:g}." for name, _, turn, *_ in rows if not _allowed(turn, sheet.angles)]
    lying = [(name, number, _placed(outlines[name], turn, x, y)) for name, number, turn, x, y in rows]
    near, (right, bottom) = sheet.margin - EXACT, sheet.size
    room = box(near, near, right - near, bottom - near)
    found += [f"{name} hangs over." for name, _, shape in lying if not room.contains(shape)]
    for (name, number, shape), (other, place, neighbour) in combinations(lying, 2):
        if number == place and shape.distance(neighbour) < sheet.gap - EXACT:
            found.append(f"{name} is {shape.distance(neighbour):.3f} mm from {other}.")
    return found


def _allowed(turn: float, angles: Sequence[float]) -> bool:
    return any(min((turn - angle) % 360, (angle - turn) % 360) < EXACT for angle in angles)


def _placed(outline: Sequence[tuple[float, float]], turn: float, x: float, y: float) -> Polygon:
    """With y down, shapely's turn from x towards y is clockwise, as a sheet's is. A broken outline is its hull."""
    polygon = Polygon(outline)
    sound = polygon if polygon.is_valid else polygon.convex_hull
    return translate(rotate(sound, turn, origin=(0, 0)), x, y)
