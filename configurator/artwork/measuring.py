"""Where a line's ink reaches, fast enough to try sizes: the convex hulls of its letters, moved all at once."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from configurator.artwork.elements import Text
from configurator.artwork.known import Known
from configurator.artwork.outlines import Points, box_of, flattened, joined_boxes
from configurator.artwork.text import Cluster, Line
from configurator.geometry import Box, PathData

geo: Any = shapely
"""Shapely's functions carry no types."""

BEFORE = {"left": 0.0, "middle": 0.5, "right": 1.0}
"""How much of a line stands left of its place."""


@dataclass(frozen=True, slots=True, eq=False)
class _Hulls:
    """Corner points as shares of the size from their cluster's middle on the baseline; owner: its number."""

    points: Points
    owner: NDArray[np.intp]
    advances: NDArray[np.float64]
    spaced: NDArray[np.float64]


def ink_corners(line: Line, element: Text) -> Points:
    """Points whose box is that of a line's ink, set letter by letter, straight or round a circle; however it is turned
    when the element is.
    """
    hulls = _hulls(line)
    size, radius = element.size_mm, element.arc_mm
    steps = hulls.advances * size + hulls.spaced * element.spacing_mm
    middles = steps.cumsum() - steps + hulls.advances * size / 2
    along = (middles - np.add.reduce(steps) * BEFORE[element.align])[hulls.owner]
    across, down = (hulls.points * size).T
    if not radius:
        return np.array((element.x_mm + along + across, element.y_mm + down)).T
    cosine, sine = np.cos(along / radius), np.sin(along / radius)
    x = element.x_mm + radius * sine + across * cosine - down * sine
    return np.array((x, element.y_mm + radius - radius * cosine + across * sine + down * cosine)).T


def letter_boxes(line: Line, element: Text) -> list[Box]:
    """The boxes of a straight, upright line's letters, in mm: a few sums take less than many arrays."""
    size, spacing = element.size_mm, element.spacing_mm
    starts, before = [], 0.0
    last = len(line.clusters) - 1
    for place, cluster in enumerate(line.clusters):
        starts.append(before + cluster.advance * size / 2)
        before += cluster.advance * size + (0.0 if cluster.joined or place == last else spacing)
    left = element.x_mm - before * BEFORE[element.align]
    found = []
    for start, cluster in zip(starts, line.clusters, strict=True):
        if box := _corner_box(cluster, line):
            at, y = left + start, element.y_mm
            found.append(Box(at + box.left * size, y + box.top * size, at + box.right * size, y + box.bottom * size))
    return found


def _corner_box(cluster: Cluster, line: Line) -> Box | None:
    """A cluster's box in shares of the size, from its middle on the baseline; None for a space."""
    placed = [
        (_outline_box(line.outlines[key]), x - cluster.advance / 2, y, unit) for key, x, y, unit in cluster.glyphs
    ]
    return joined_boxes(
        [
            Box(box.left * unit + x, y - box.bottom * unit, box.right * unit + x, y - box.top * unit)
            for box, x, y, unit in placed
            if box
        ]
    )


def _outline_box(path: PathData) -> Box | None:
    return _boxes.get((path,), None, lambda: box_of(hull(path)))


_boxes: Known[Box | None] = Known(2048)
"""Of letters' outlines, in their own units, y up."""


@lru_cache(maxsize=256)
def _hulls(line: Line) -> _Hulls:
    corners = [_corners(cluster, line) for cluster in line.clusters]
    spaced = [0.0 if cluster.joined else 1.0 for cluster in line.clusters[:-1]]
    return _Hulls(
        np.concatenate([*corners, np.empty((0, 2))]),
        np.arange(len(corners)).repeat([len(points) for points in corners]),
        np.array([cluster.advance for cluster in line.clusters], dtype=np.float64),
        np.array([*spaced, 0.0][: len(corners)], dtype=np.float64),
    )


def _corners(cluster: Cluster, line: Line) -> Points:
    outlines = [line.outlines[key] for key, *_ in cluster.glyphs]
    return _known.get(outlines, cluster, lambda: _new_corners(cluster, line))


_known: Known[Points] = Known(2048)


def _new_corners(cluster: Cluster, line: Line) -> Points:
    placed = [
        hull(line.outlines[key]) * (unit, -unit) + (x - cluster.advance / 2, y) for key, x, y, unit in cluster.glyphs
    ]
    return np.concatenate([*placed, np.empty((0, 2))])


@lru_cache(maxsize=2048)
def hull(path: PathData) -> Points:
    """The corners of a path's convex hull, in its own units: turned any way, they have the path's box."""
    points = flattened(path).points
    if len(points) < 3:
        return points
    found = geo.LineString(points).convex_hull
    return np.asarray(found.exterior.coords) if found.geom_type == "Polygon" else points
