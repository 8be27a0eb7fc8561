"""What is too much to plan: stitches must be ready while somebody types, so there is a bound, the same everywhere."""

from collections.abc import Iterator, Mapping, Sequence

from configurator.artwork.dxf_areas import flat_rings
from configurator.artwork.known import Known
from configurator.artwork.scene import Glyphs, Node, Path
from configurator.geometry import PathData

OUTLINE_MM = 0.015
"""Curves become chords no further off: half the width of a thread is thirteen times as much."""
MOST_POINTS = 4000
"""Corners of all outlines, each letter's once: about a second of planning, where a name with a crest has a thousand."""
MOST_IN_ONE = 700
"""Corners of one outline: the time grows with their square."""


def laborious(nodes: Sequence[Node], outlines: Mapping[str, PathData]) -> int | None:
    """The number of the element that takes most work when all of it is too much; None when it can be planned."""
    work: dict[int, int] = {}
    most, known = 0, set[str]()
    for node in nodes:
        for corners in _corners(node, outlines, known):
            work[node.element] = work.get(node.element, 0) + corners
            most = max(most, corners)
    if most <= MOST_IN_ONE and sum(work.values()) <= MOST_POINTS:
        return None
    return max(work, key=lambda number: (work[number], number))


def _corners(node: Node, outlines: Mapping[str, PathData], known: set[str]) -> Iterator[int]:
    """Of every ring that has not been counted yet."""
    if isinstance(node, Glyphs):
        for key, by in node.placements:
            if key not in known:
                known.add(key)
                yield from _rings(outlines[key], abs(by.a) + abs(by.b))
    elif isinstance(node, Path):
        yield from _rings(node.data, 1.0)


def _rings(data: PathData, scale: float) -> tuple[int, ...]:
    tolerance = OUTLINE_MM / (scale or 1.0)
    return _counted.get((data,), round(scale, 4), lambda: tuple(len(ring) for ring in flat_rings(data, tolerance)))


_counted: Known[tuple[int, ...]] = Known(2048)
