"""Cut contours: the area's edge, or one smooth line round the artwork with an eye for a ring."""

from collections.abc import Sequence
from math import cos, hypot, radians
from typing import Any

import shapely

from configurator.artwork.outlines import flattened
from configurator.artwork.scene import Glyphs, Path
from configurator.artwork.shapes import ellipse, rounded_rectangle
from configurator.blanks.blank import Area
from configurator.geometry import Affine, Command, PathData

geo: Any = shapely
"""Shapely's functions carry no types."""
Geometry = Any

RIM_MM = 2.2
FINE_MM = 0.02
LEAST_BEND_MM = 1.0
CORNER_DEG = 40
"""A turn sharper than this is a corner of the sheet and stays one."""

Xy = tuple[float, float]


def cut_contours(area: Area, nodes: Sequence[Glyphs | Path], outlines: dict[str, PathData]) -> tuple[PathData, ...]:
    """What is cut out of the sheet for this area, in mm; the outer contour first, then holes."""
    if area.cut == "none":
        return ()
    hole = _hole(area)
    if area.cut == "edge":
        return (edge(area), *hole)
    artwork = _artwork(nodes, outlines)
    if artwork.is_empty:
        return (edge(area), *hole)
    return (_smooth(_around(artwork, area), area.size_mm), *hole)


def edge(area: Area) -> PathData:
    """The area's own edge, with its round corners."""
    return rounded_rectangle(0, 0, area.size_mm[0], area.size_mm[1], area.corner_mm)


def _hole(area: Area) -> tuple[PathData, ...]:
    if area.hole_mm is None:
        return ()
    x, y, diameter = area.hole_mm
    return (ellipse(x, y, diameter / 2, diameter / 2),)


def _artwork(nodes: Sequence[Glyphs | Path], outlines: dict[str, PathData]) -> Geometry:
    shapes: list[Geometry] = []
    for node in nodes:
        if isinstance(node, Glyphs):
            shapes.extend(_filled(outlines[key], by) for key, by in node.placements)
        else:
            shapes.append(_filled(node.data, Affine()) if node.fill else geo.Polygon())
            lines = flattened(node.data).lines() if node.stroke else []
            shapes.extend(geo.LineString(line).buffer(node.width_mm / 2) for line in lines)
    return geo.union_all(shapes)


def _filled(path: PathData, by: Affine) -> Geometry:
    """The outside of a path: holes do not matter to a contour round it."""
    return geo.union_all([geo.Polygon(ring).buffer(0) for ring in flattened(path).rings(by)])


def _around(artwork: Geometry, area: Area) -> Geometry:
    """safe_mm of material round everything, parts bridged, inner corners rounded, holes filled, inside the area."""
    body = artwork.buffer(area.safe_mm)
    bridge = rounded = max(area.safe_mm, LEAST_BEND_MM)
    if area.hole_mm:
        body = geo.union_all([body, _eye(body, area.hole_mm)])
    while isinstance(body, geo.MultiPolygon):
        body = body.buffer(bridge).buffer(-bridge)
        bridge *= 1.5
    kept = body.buffer(rounded).buffer(-rounded).intersection(geo.box(0, 0, *area.size_mm))
    largest = max(getattr(kept, "geoms", [kept]), key=lambda part: part.area)
    return geo.Polygon(largest.exterior)


def _eye(body: Geometry, hole: tuple[float, float, float]) -> Geometry:
    """RIM_MM of material round the hole, and a neck that joins it to the body."""
    middle, half_width = geo.Point(hole[:2]), hole[2] / 2 + RIM_MM
    return geo.union_all([middle.buffer(half_width), geo.shortest_line(middle, body).buffer(half_width)])


def _smooth(outline: Geometry, size: Xy) -> PathData:
    """The polygon with its corners as cubic curves through its points (after Catmull-Rom), on the sheet."""
    points = list(outline.simplify(FINE_MM).exterior.coords)[:-1]
    count = len(points)
    drawn: list[Command] = [("M", _tidy(*points[0]))]
    for i in range(count):
        a, b, c, d = (points[(i + step) % count] for step in (-1, 0, 1, 2))
        leaving, arriving = _kept(_handle(a, b, c), size), _kept(_handle(d, c, b), size)
        drawn.append(("C", (*_tidy(*leaving), *_tidy(*arriving), *_tidy(*c))))
    return (*drawn, ("Z", ()))


def _handle(before: Xy, at: Xy, after: Xy) -> Xy:
    """A third of the way to the next point, along the direction between the neighbours; straight on at a corner."""
    inward, onward = (at[0] - before[0], at[1] - before[1]), (after[0] - at[0], after[1] - at[1])
    reach, span = hypot(*onward), hypot(*inward) * hypot(*onward)
    if inward[0] * onward[0] + inward[1] * onward[1] < span * cos(radians(CORNER_DEG)):
        return at[0] + onward[0] / 3, at[1] + onward[1] / 3
    dx, dy = inward[0] + onward[0], inward[1] + onward[1]
    length = hypot(dx, dy) or 1.0
    return at[0] + dx / length * reach / 3, at[1] + dy / length * reach / 3


def _kept(at: Xy, size: Xy) -> Xy:
    return min(max(at[0], 0), size[0]), min(max(at[1], 0), size[1])


def _tidy(x: float, y: float) -> Xy:
    return round(x, 3) + 0.0, round(y, 3) + 0.0
