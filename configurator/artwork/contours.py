"""Cut contours: the area's edge, or one smooth line round the artwork with an eye for a ring."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import groupby, pairwise
from math import cos, radians
from typing import Any

import numpy as np
import shapely

from configurator.artwork.measuring import hull
from configurator.artwork.outlines import Points, flattened, sent
from configurator.artwork.scene import Glyphs, Image, Node, Path
from configurator.artwork.shapes import ellipse, rounded_rectangle
from configurator.blanks.blank import Area
from configurator.geometry import Affine, PathData

geo: Any = shapely
"""Shapely's functions carry no types."""
Geometry = Any

RIM_MM = 2.2
FINE_MM = 0.04
SEGMENTS = 12
"""Chords in a quarter of a round corner, before they are smoothed."""
BEND, LEAST_BEND_MM = 2.0, 1.0
"""Radius of inner corners, in safe zones: what a finger glides over and a cutter follows without stopping."""
CORNER_DEG = 40
"""A turn sharper than this is a corner of the sheet and stays one."""


def cut_contours(area: Area, nodes: Sequence[Node], outlines: Mapping[str, PathData]) -> tuple[PathData, ...]:
    """What is cut out of the sheet for this area, in mm; the outer contour first, then holes."""
    if area.cut == "none":
        return ()
    if area.cut == "edge":
        return (edge(area), *_hole(area))
    return (_contour(area, tuple(nodes), tuple(outlines.items())), *_hole(area))


@lru_cache(maxsize=256)
def _contour(area: Area, nodes: tuple[Node, ...], outlines: tuple[tuple[str, PathData], ...]) -> PathData:
    """What lies off the sheet is an error that preflight has named; the contour goes round the rest."""
    artwork = _artwork(nodes, dict(outlines)).intersection(geo.box(0, 0, *area.size_mm))
    return edge(area) if not artwork.area else _smooth(_around(artwork, area), area.size_mm)


def edge(area: Area) -> PathData:
    """The area's own edge, with its round corners."""
    return rounded_rectangle(0, 0, area.size_mm[0], area.size_mm[1], area.corner_mm)


def _hole(area: Area) -> tuple[PathData, ...]:
    if area.hole_mm is None:
        return ()
    x, y, diameter = area.hole_mm
    return (ellipse(x, y, diameter / 2, diameter / 2),)


def _artwork(nodes: Sequence[Node], outlines: dict[str, PathData]) -> Geometry:
    shapes: list[Geometry] = []
    for _, group in groupby(nodes, key=lambda node: (node.element, isinstance(node, Glyphs))):
        own = tuple(group)
        paths = tuple(node for node in own if isinstance(node, Path))
        shapes.append(_covered(paths) if paths else geo.Polygon())
        for node in own:
            if isinstance(node, Glyphs):
                shapes.extend(_band([sent(hull(outlines[key]), by) for key, by in node.placements]))
            elif isinstance(node, Image):
                shapes.append(_filled(node.outline))
    return geo.union_all(shapes)


@lru_cache(maxsize=256)
def _covered(paths: tuple[Path, ...]) -> Geometry:
    """What a shape covers, kept while a customer types beside it."""
    shapes = [_filled(path.data) for path in paths if path.fill]
    for path in paths:
        lines = flattened(path.data).lines() if path.stroke else []
        shapes.extend(geo.LineString(line).buffer(path.width_mm / 2, quad_segs=SEGMENTS) for line in lines)
    return geo.union_all(shapes).simplify(FINE_MM)


def _band(letters: Sequence[Points]) -> list[Geometry]:
    """A text as one band: each letter together with the next, so that the line does not dip between them."""
    pairs = list(pairwise(letters)) if len(letters) > 1 else [tuple(letters)] * len(letters)
    return [geo.LineString(np.concatenate(pair)).convex_hull for pair in pairs]


def _filled(path: PathData) -> Geometry:
    """The outside of a path: holes do not matter to a contour round it."""
    return geo.union_all([geo.Polygon(ring).buffer(0) for ring in flattened(path).rings(Affine())])


def _around(artwork: Geometry, area: Area) -> Geometry:
    """safe_mm of material round everything, parts bridged, inner corners rounded, holes filled, inside the area."""
    body = artwork.buffer(area.safe_mm, quad_segs=SEGMENTS)
    if area.hole_mm:
        body = geo.union_all([body, _eye(body, area.hole_mm)])
    bend = max(BEND * area.safe_mm, LEAST_BEND_MM)
    body = body.buffer(bend, quad_segs=SEGMENTS).buffer(-bend, quad_segs=SEGMENTS)
    while isinstance(body, geo.MultiPolygon):
        bend *= 1.5
        body = body.buffer(bend, quad_segs=SEGMENTS).buffer(-bend, quad_segs=SEGMENTS)
    kept = body.intersection(geo.box(0, 0, *area.size_mm))
    largest = max(getattr(kept, "geoms", [kept]), key=lambda part: part.area)
    return geo.Polygon(largest.exterior)


def _eye(body: Geometry, hole: tuple[float, float, float]) -> Geometry:
    """RIM_MM of material round the hole, and a neck that joins it to the body."""
    middle, half_width = geo.Point(hole[:2]), hole[2] / 2 + RIM_MM
    return geo.union_all([middle.buffer(half_width), geo.shortest_line(middle, body).buffer(half_width)])


def _smooth(outline: Geometry, size: tuple[float, float]) -> PathData:
    """The polygon with its corners as cubic curves through its points (after Catmull-Rom), on the sheet."""
    points = np.asarray(outline.simplify(FINE_MM).exterior.coords)[:-1]
    onward = np.roll(points, -1, axis=0) - points
    leaving = points + _handles(np.roll(onward, 1, axis=0), onward)
    arriving = np.roll(points, -1, axis=0) + _handles(-np.roll(onward, -1, axis=0), -onward)
    rows = np.hstack([np.clip(leaving, 0, size), np.clip(arriving, 0, size), np.roll(points, -1, axis=0)])
    first = tuple((points[0].round(3) + 0.0).tolist())
    return (("M", first), *(("C", tuple(row)) for row in (rows.round(3) + 0.0).tolist()), ("Z", ()))


def _handles(inward: Points, onward: Points) -> Points:
    """A third of the way onward, turned into the direction between the neighbours; straight on at a corner."""
    reach = np.hypot(*onward.T)
    together = np.sum(inward * onward, axis=1)
    corner = together < np.hypot(*inward.T) * reach * cos(radians(CORNER_DEG))
    between = inward + onward
    turned = between / np.maximum(np.hypot(*between.T), 1e-9)[:, None] * reach[:, None]
    return np.where(corner[:, None], onward, turned) / 3
