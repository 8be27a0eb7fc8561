"""What is too much to plan: stitches must be ready while somebody types, so there is a bound, the same everywhere."""

from collections.abc import Iterator, Mapping, Sequence
from math import dist

from configurator.artwork.dxf_areas import flat_rings
from configurator.artwork.known import Known
from configurator.artwork.scene import Glyphs, Node, Path
from configurator.geometry import PathData

OUTLINE_MM = 0.015
"""Curves become chords no further off: half the width of a thread is thirteen times as much."""
MOST = 3000.0
"""Effort of all outlines, each letter's once, where a name with a crest takes up to two thousand.

A corner is 1, and so are MM of an outline.
"""
MOST_IN_ONE = 2000.0
"""Effort of one outline: the time grows with its square."""
MOST_CORNERS = 500
"""Corners of one outline."""
MM = 2.0


def laborious(nodes: Sequence[Node], outlines: Mapping[str, PathData]) -> int | None:
    """The number of the element that takes most work when all of it is too much; None when it can be planned."""
    work: dict[int, float] = {}
    most, corners, known = 0.0, 0, set[str]()
    for node in nodes:
        for count, long in _rings_of(node, outlines, known):
            effort = count + long / MM
            work[node.element] = work.get(node.element, 0) + effort
            most, corners = max(most, effort), max(corners, count)
    if most <= MOST_IN_ONE and corners <= MOST_CORNERS and sum(work.values()) <= MOST:
        return None
    return max(work, key=lambda number: (work[number], number))


def _rings_of(node: Node, outlines: Mapping[str, PathData], known: set[str]) -> Iterator[tuple[int, float]]:
    """Corners and mm of every ring that has not been counted yet."""
    if isinstance(node, Glyphs):
        for key, by in node.placements:
            if key not in known:
                known.add(key)
                yield from _rings(outlines[key], abs(by.a) + abs(by.b))
    elif isinstance(node, Path):
        yield from _rings(node.data, 1.0)


def _rings(data: PathData, scale: float) -> tuple[tuple[int, float], ...]:
    return _counted.get((data,), round(scale, 4), lambda: tuple(_measured(data, scale or 1.0)))


def _measured(data: PathData, scale: float) -> Iterator[tuple[int, float]]:
    for ring in flat_rings(data, OUTLINE_MM / scale):
        yield len(ring), scale * sum(map(dist, ring, (*ring[1:], ring[0])))


_counted: Known[tuple[tuple[int, float], ...]] = Known(2048)
