"""Stretches of needle points, and what sewing needs of lines and areas: running stitches, places along a line."""

from typing import NamedTuple

import numpy as np
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from configurator.artwork.outlines import Points
from configurator.artwork.stitches_axis import along, between

RUN_MM = 2.2
"""A running stitch, seen or under a column."""
UNDER_MM = 2.0
"""Zigzag and rows of an underlay are this far apart."""


class Stretch(NamedTuple):
    """Needle points in a row; top: seen, not underlay or way; element: whose they are."""

    points: Points
    top: bool
    element: int = 0


Thread = list[Stretch]
"""What is sewn without cutting the thread."""


def running(line: Points, stitch_mm: float) -> Points:
    """A line as running stitches of equal length, no longer than asked."""
    far = along(line)
    at = np.linspace(0, far[-1], max(1, int(np.ceil(far[-1] / stitch_mm))) + 1)
    return between(far, line, at)


def polygons(area: BaseGeometry) -> list[Polygon]:
    """The polygons of an area, without lines and points that overlaying left."""
    return [part for part in getattr(area, "geoms", [area]) if isinstance(part, Polygon) and not part.is_empty]
