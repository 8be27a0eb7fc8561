"""White under artwork on dark blanks: drawn in a little from its edges, so that none shows when the plates do not fit.

What is white itself is made by this plate alone and keeps its size.
"""

from collections.abc import Iterator
from math import hypot, sqrt
from typing import Any

import shapely

from configurator.artwork.dxf_areas import Areas
from configurator.artwork.scene import Image, Ink, Node, Path, Scene
from configurator.geometry import Command, PathData

geo: Any = shapely
"""Shapely's functions carry no types."""
Geometry = Any

SEGMENTS = 4


def white_under(scene: Scene, areas: Areas) -> PathData:
    """What goes under paths, letters and pictures without transparency, as closed straight lines in mm, non-zero."""
    whole, white = geo.Polygon(), geo.Polygon()
    for node in scene.nodes:
        if isinstance(node, Image) and node.silhouette:
            continue
        covered = geo.union_all(list(_areas(node, scene, areas)))
        whole, white = geo.union(whole, covered), geo.difference(white, covered)
        if _is_white(node):
            white = geo.union(white, covered)
    bleed = scene.bleed_mm
    page = geo.box(-bleed, -bleed, scene.width_mm + bleed, scene.height_mm + bleed)
    return _path(geo.union(_drawn_in(whole, scene.choke_mm), white).intersection(page))


def inset_px(node: Image, choke_mm: float) -> int:
    """By how many of its pixels a picture's shape is drawn in."""
    width, height = node.pixels
    by = node.matrix
    across, down = hypot(by.a, by.b) / width, hypot(by.c, by.d) / height
    return round(choke_mm / max(sqrt(across * down), 1e-9))


def _drawn_in(whole: Geometry, by: float) -> Geometry:
    """Lines narrower than four times that are drawn in half as far, those of half that not at all."""
    fine, finest = (whole.difference(_opened(whole, by * times)) for times in (2, 1))
    return geo.union_all([_grown(whole, -by), fine.intersection(_grown(whole, -by / 2)), finest])


def _opened(whole: Geometry, by: float) -> Geometry:
    """Without what is narrower than twice this; corners stay."""
    return _grown(_grown(whole, -by), by * 1.01)


def _grown(whole: Geometry, by: float) -> Geometry:
    return whole.buffer(by, quad_segs=SEGMENTS, join_style="mitre")


def _areas(node: Node, scene: Scene, areas: Areas) -> Iterator[Geometry]:
    if isinstance(node, Image):
        yield geo.Polygon(node.corners)
    else:
        yield from areas.covered(node, scene.outlines)


def _is_white(node: Node) -> bool:
    if isinstance(node, Image):
        return False
    inks = (node.fill, node.stroke) if isinstance(node, Path) else (node.ink,)
    return all(_lays_nothing(ink) for ink in inks if ink)


def _lays_nothing(ink: Ink) -> bool:
    return ink.spot is None and not any(ink.cmyk)


def _path(whole: Geometry) -> PathData:
    path: list[Command] = []
    for part in getattr(whole, "geoms", [whole]):
        if part.geom_type == "Polygon" and not part.is_empty:
            turned = geo.geometry.polygon.orient(part)
            for ring in (turned.exterior, *turned.interiors):
                points = [(round(x, 3) + 0.0, round(y, 3) + 0.0) for x, y in ring.coords[:-1]]
                path += [("M", points[0]), *(("L", point) for point in points[1:]), ("Z", ())]
    return tuple(path)
