"""What a design's cut-out print areas take up, as kept with it: a few numbers, so that plans need not lay it out."""

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import shapely

from configurator.artwork.footprint import Ring, coarse, footprint
from configurator.artwork.scene import Scene

geo: Any = shapely
"""Shapely's functions carry no types."""


class CutOut(NamedTuple):
    """What is cut out round its artwork, bleed included, in mm: its area and girth, and its convex hull, y down."""

    area_mm2: float
    girth_mm: float
    hull: Ring


CutAreas = Mapping[str, CutOut]
"""Area -> what is cut out of it; areas that are not cut out are left out."""


def cut_areas(scenes: Sequence[Scene]) -> dict[str, CutOut]:
    """Of a design as laid out; a little larger than what is cut, never smaller."""
    return {scene.area: _cut_out(coarse(footprint(scene))) for scene in scenes if scene.cut}


def read_cut(plain: Mapping[str, Sequence[Any]]) -> dict[str, CutOut]:
    """As kept with a design: area -> [mm², mm, [[x, y] …]]."""
    return {
        area: CutOut(mm2, girth, tuple((float(x), float(y)) for x, y in hull))
        for area, (mm2, girth, hull) in plain.items()
    }


def mirrored(cut: CutOut, width_mm: float) -> CutOut:
    """As it is cut when its artwork is mirrored in its place, which is so wide."""
    return cut._replace(hull=tuple((width_mm - x, y) for x, y in cut.hull))


def _cut_out(ring: Ring) -> CutOut:
    polygon = geo.Polygon(ring)
    hull = tuple((round(x, 3) + 0.0, round(y, 3) + 0.0) for x, y in polygon.convex_hull.exterior.coords[:-1])
    girth = sum(math.dist(one, other) for one, other in zip(ring, (*ring[1:], ring[0]), strict=True))
    return CutOut(round(float(polygon.area), 2), round(girth, 2), hull)
