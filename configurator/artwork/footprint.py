"""What a print area takes up on a sheet: the outline of its cut contour with bleed, else its rectangle with bleed."""

from functools import lru_cache
from typing import Any

import shapely

from configurator.artwork.dxf_areas import TOLERANCE_MM, flat_rings
from configurator.artwork.scene import Scene
from configurator.geometry import PathData

COARSE_MM = 0.1
"""How much larger a coarse outline may be: it has a third of the points, so that a search is quick."""

Ring = tuple[tuple[float, float], ...]

geo: Any = shapely
"""Shapely's functions carry no types."""


def footprint(scene: Scene, *, mirror: bool = False) -> Ring:
    """The outline in mm of the scene, y down. What is cut lies inside it, curves and all.

    mirror: as it is cut when the artwork is mirrored left to right in its place.
    """
    if not scene.cut:
        return rectangle(scene.width_mm, scene.height_mm, scene.bleed_mm)
    ring = _around(scene.cut[0], scene.bleed_mm)
    return tuple((round(scene.width_mm - x, 4) + 0.0, y) for x, y in reversed(ring)) if mirror else ring


def rectangle(width: float, height: float, bleed: float) -> Ring:
    """The outline of a trim box with its bleed."""
    return ((-bleed, -bleed), (width + bleed, -bleed), (width + bleed, height + bleed), (-bleed, height + bleed))


@lru_cache(maxsize=512)
def coarse(outline: Ring) -> Ring:
    """An outline of fewer points that holds this one, at most COARSE_MM further out on its sides."""
    grown = geo.Polygon(outline).buffer(COARSE_MM, join_style="mitre", mitre_limit=2)
    return _ring(grown.simplify(COARSE_MM)) if len(outline) > 4 else outline


@lru_cache(maxsize=512)
def _around(contour: PathData, bleed: float) -> Ring:
    """Grown by as much as chords may cut off. A contour that crosses itself takes the room of its hull."""
    polygon = geo.Polygon(flat_rings(contour)[0])
    sound = polygon if polygon.is_valid else polygon.convex_hull
    return _ring(sound.buffer(bleed + TOLERANCE_MM, join_style="mitre", mitre_limit=2))


def area_mm2(outline: Ring) -> float:
    """What an outline encloses."""
    return float(geo.Polygon(outline).area)


def _ring(polygon: Any) -> Ring:
    return tuple((round(x, 4) + 0.0, round(y, 4) + 0.0) for x, y in polygon.exterior.coords[:-1])
