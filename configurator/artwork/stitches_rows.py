"""Areas cut into parallel rows: sections that are sewn to and fro, as fills (tatami) or as satin across a blot."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians, sin

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from configurator.artwork.outlines import Points

STAGGER = 4
"""Needle points of a fill come to lie below each other in every so many rows."""
LEAST_PIECE = 0.3
"""No needle point of a row comes nearer to its end than this part of a stitch."""

Row = tuple[float, float, float]
"""y, and from where to where in x, in the turned frame."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Sections of rows, each without gaps between its rows; degrees: how the frame they are in is turned."""

    sections: tuple[tuple[Row, ...], ...]
    degrees: float

    def back(self, points: Sequence[tuple[float, float]]) -> Points:
        """Points of the turned frame as they lie on the area."""
        return _turned(np.asarray(points, dtype=np.float64).reshape(-1, 2), self.degrees)


def rows_of(area: BaseGeometry, degrees: float, row_mm: float) -> Rows:
    """Rows row_mm apart, at that angle to the x axis; every row of a section lies over one of the row before."""
    level = shapely.transform(area, lambda points: _turned(points, -degrees))
    low, high = level.bounds[1], level.bounds[3]
    count = max(1, round((high - low) / row_mm))
    ys = low + (np.arange(count) + 0.5) * ((high - low) / count)
    spans = list(_spans(level, ys))
    done: list[list[Row]] = []
    open_: list[list[Row]] = []
    for y, row in zip(ys.tolist(), spans, strict=True):
        open_ = _continued(open_, [(y, a, b) for a, b in row], done)
    return Rows(tuple(tuple(section) for section in (*done, *open_)), degrees)


def across(area: BaseGeometry) -> float:
    """The angle of rows that lie across an area: its shorter side's, in degrees."""
    corners = np.asarray(area.minimum_rotated_rectangle.exterior.coords) if area.area else np.zeros((5, 2))
    sides = np.diff(corners[:3], axis=0)
    lengths = np.hypot(*sides.T)
    x, y = sides[int(lengths.argmin())] if abs(lengths[0] - lengths[1]) > 1e-3 else (1.0, 0.0)
    return float(np.degrees(np.arctan2(y, x)))


def zigzag(rows: Rows, section: Sequence[Row], *, mirrored: bool) -> Points:
    """Satin: needle points at both ends of every row in turn; mirrored: the right one first."""
    return rows.back([point for y, a, b in section for point in (((b, y), (a, y)) if mirrored else ((a, y), (b, y)))])


def tatami(rows: Rows, stitch_mm: float, section: Sequence[Row], *, mirrored: bool) -> Points:
    """A fill: to and fro, with needle points stitch_mm apart that lie staggered from row to row.

    mirrored: the first row is sewn leftward.
    """
    points: list[tuple[float, float]] = []
    for number, (y, a, b) in enumerate(section):
        row = [(x, y) for x in _staggered(a, b, stitch_mm, number % STAGGER / STAGGER)]
        points += row if number % 2 == mirrored else row[::-1]
    return rows.back(points)


def _staggered(a: float, b: float, stitch_mm: float, share: float) -> list[float]:
    first = np.ceil(a / stitch_mm - share) + share
    inner = np.arange(first, b / stitch_mm, 1.0) * stitch_mm
    free = LEAST_PIECE * stitch_mm
    return [a, *inner[(inner > a + free) & (inner < b - free)].tolist(), b]


def _turned(points: Points, degrees: float) -> Points:
    c, s = cos(radians(degrees)), sin(radians(degrees))
    return np.asarray(points @ np.array(((c, s), (-s, c))))


def _spans(level: BaseGeometry, ys: NDArray[np.float64]) -> Iterator[list[tuple[float, float]]]:
    """For every row, where it is inside: the outline's crossings in pairs."""
    rings = [np.asarray(ring.coords)[:, :2] for part in _polygons(level) for ring in (part.exterior, *part.interiors)]
    if not rings:
        yield from ([] for _ in ys)
        return
    a, b = np.concatenate([ring[:-1] for ring in rings]), np.concatenate([ring[1:] for ring in rings])
    above = (a[:, 1, None] > ys) != (b[:, 1, None] > ys)
    edge, row = np.nonzero(above)
    share = (ys[row] - a[edge, 1]) / (b[edge, 1] - a[edge, 1])
    x = a[edge, 0] + share * (b[edge, 0] - a[edge, 0])
    order = np.lexsort((x, row))
    x, row = x[order], row[order]
    bounds = np.searchsorted(row, np.arange(len(ys) + 1))
    for start, end in pairwise(bounds.tolist()):
        inside = x[start:end].tolist()
        yield [(left, right) for left, right in zip(inside[::2], inside[1::2], strict=True) if right - left > 1e-6]


def _polygons(area: BaseGeometry) -> list[Polygon]:
    return [part for part in getattr(area, "geoms", [area]) if isinstance(part, Polygon) and not part.is_empty]


def _continued(open_: list[list[Row]], rows: list[Row], done: list[list[Row]]) -> list[list[Row]]:
    """Sections that go on where one row lies below one row; where they part or meet, new ones begin."""
    touching = [[j for j, row in enumerate(rows) if _meet(section[-1], row)] for section in open_]
    taken = [sum(j in touched for touched in touching) for j in range(len(rows))]
    going: list[list[Row]] = []
    begun = set(range(len(rows)))
    for section, touched in zip(open_, touching, strict=True):
        if len(touched) == 1 and taken[touched[0]] == 1:
            section.append(rows[touched[0]])
            begun.discard(touched[0])
            going.append(section)
        else:
            done.append(section)
    return going + [[rows[j]] for j in sorted(begun)]


def _meet(before: Row, row: Row) -> bool:
    return before[1] < row[2] and row[1] < before[2]
