"""Areas sewn in rows: satin across a blot; a fill with edge run and crossing underlay where it is wider."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

import numpy as np
import shapely
from shapely import LineString
from shapely.geometry.base import BaseGeometry

from configurator.artwork.outlines import Points
from configurator.artwork.stitches_motif import Doors
from configurator.artwork.stitches_rows import Row, Rows, across, rows_of, tatami, zigzag
from configurator.artwork.stitches_threads import RUN_MM, UNDER_MM, Stretch, Thread, polygons, running
from configurator.blanks.methods import Stitching

INSET_MM = 0.6
"""An edge run lies this far inside."""
FILL_DEGREES = 35.0
FAR_MM = 2.0
"""Doors into an area are so far apart, or further where there would be more than MOST_IN."""
MOST_IN, MOST_SECTIONS = 96, 16
"""Doors in; sections with doors out."""


class Sew(Protocol):
    """A section's rows to needle points."""

    def __call__(self, section: Sequence[Row], *, mirrored: bool) -> Points:
        """Mirrored: as if left were right."""


@dataclass(frozen=True, slots=True, eq=False)
class Filled:
    """An area sewn in rows. groups: what is sewn first, and next, below; then the sections of rows that are seen."""

    area: BaseGeometry
    how: Stitching
    groups: Sequence[Sequence[Stretch]]
    sections: Sequence[Sequence[Row]]
    sew: Sew

    @property
    def hull(self) -> Points:
        """Of its outline."""
        return np.asarray(shapely.get_coordinates(self.area.convex_hull))

    @property
    def doors(self) -> Doors:
        """In all along its edge; out at the corners of its sections."""
        ins = shapely.get_coordinates(shapely.segmentize(self.area, FAR_MM))
        outs = [corner for section in self.sections[:MOST_SECTIONS] for corner in self._corners(section)]
        return Doors(ins[:: max(1, len(ins) // MOST_IN)], np.array(outs), np.zeros(len(outs)))

    def sewn(self, enter: int | None, leave: int | None) -> list[Thread]:
        """Its threads; they are cut only where there is no way inside the area."""
        number, corner = (None, 0) if leave is None else divmod(leave, 4)
        tops = [
            Stretch(self.sew(section, mirrored=False), top=True)
            for i, section in enumerate(self.sections)
            if i != number
        ]
        last = None if number is None else self._ending(self.sections[number], corner)
        start = None if enter is None else self.doors.ways_in[enter]
        return _linked([*self.groups, tops], last, _Room(self.area, self.how), start)

    def _corners(self, section: Sequence[Row]) -> list[Points]:
        """Where it ends in each of four ways: rows between the first and the last are left out in pairs."""
        few = [section[0], section[-1]] if len(section) % 2 == 0 else [section[0], section[0], section[-1]]
        both = [self.sew(few, mirrored=mirrored) for mirrored in (False, True)]
        return [points[end] for points in both for end in (0, -1)]

    def _ending(self, section: Sequence[Row], corner: int) -> Stretch:
        """A section sewn so that the needle ends at one of its corners."""
        points = self.sew(section, mirrored=corner > 1)
        return Stretch(points if corner % 2 else points[::-1], top=True)


def filled(area: BaseGeometry, how: Stitching, *, under: bool = True) -> Filled:
    """Satin across a blot; a fill with edge run and crossing underlay where it is wider."""
    grown = area.buffer(0)
    rows = rows_of(grown, across(area), how.row_mm)
    longest = max((b - a for section in rows.sections for _, a, b in section), default=0.0)
    if longest <= how.satin_mm:
        middles = [rows.back([((a + b) / 2, y) for y, a, b in section]) for section in rows.sections]
        unders = [Stretch(running(middle, RUN_MM), top=False) for middle in middles if under and len(middle) > 4]
        return Filled(grown, how, [unders], _drawn_out(rows, how), partial(zigzag, rows))
    rows = rows_of(grown, FILL_DEGREES, how.row_mm)
    below = _underlay(grown, how) if under else []
    return Filled(grown, how, below, _drawn_out(rows, how), partial(tatami, rows, how.stitch_mm))


def in_rows(area: BaseGeometry, how: Stitching, *, under: bool = True) -> list[Thread]:
    """The threads of an area sewn in rows."""
    return [] if area.buffer(0).is_empty else filled(area, how, under=under).sewn(None, None)


def _drawn_out(rows: Rows, how: Stitching) -> list[list[Row]]:
    return [[(y, a - how.pull_mm, b + how.pull_mm) for y, a, b in section] for section in rows.sections]


def _underlay(area: BaseGeometry, how: Stitching) -> list[list[Stretch]]:
    """A run inside every edge, then wide rows across the fill's direction."""
    inner = area.buffer(-INSET_MM)
    rings = [ring for part in polygons(inner) for ring in (part.exterior, *part.interiors)]
    edges = [
        Stretch(running(np.asarray(ring.coords)[:, :2], RUN_MM), top=False) for ring in rings if ring.length > RUN_MM
    ]
    rows = rows_of(inner, FILL_DEGREES + 90, UNDER_MM) if not inner.is_empty else None
    cross = (
        [Stretch(tatami(rows, how.stitch_mm, section, mirrored=False), top=False) for section in rows.sections]
        if rows
        else []
    )
    return [edges, cross]


def _linked(
    groups: Sequence[Sequence[Stretch]], last: Stretch | None, room: "_Room", enter: Points | None
) -> list[Thread]:
    """Each group's stretches nearest first, the last as it is, on ways inside the area, cut where there is none."""
    threads: list[Thread] = [] if enter is None else [[Stretch(enter[None], top=False)]]
    here = enter
    for group in groups:
        left = [stretch for stretch in group if len(stretch.points)]
        while left:
            here = _append(threads, _nearest(left, here), here, room)
    if last is not None:
        _append(threads, last, here, room)
    return threads


def _append(threads: list[Thread], stretch: Stretch, here: Points | None, room: "_Room") -> Points:
    """Sews on; gives where the needle is then."""
    way = None if here is None else room.way(here, stretch.points[0])
    if way is None:
        threads.append([])
    else:
        threads[-1].append(Stretch(way, top=False))
    threads[-1].append(stretch)
    end: Points = stretch.points[-1]
    return end


def _nearest(left: list[Stretch], here: Points | None) -> Stretch:
    """Takes the stretch with an end nearest to the needle, turned so that it starts there; first the leftmost."""
    ends = np.array([(stretch.points[0], stretch.points[-1]) for stretch in left])
    gaps = ends[..., 0] if here is None else np.hypot(*(ends - here).transpose(2, 0, 1))
    number, side = np.unravel_index(int(gaps.argmin()), gaps.shape)
    stretch = left.pop(int(number))
    return stretch if side == 0 else stretch._replace(points=stretch.points[::-1])


class _Room:
    """Where thread may run without being seen beside an area."""

    def __init__(self, area: BaseGeometry, how: Stitching) -> None:
        self.room = area.buffer(how.pull_mm + 0.05)
        shapely.prepare(self.room)
        inner = polygons(area.buffer(-INSET_MM / 2))
        self.rings = [ring for part in inner for ring in (part.exterior, *part.interiors)]

    def way(self, start: Points, end: Points) -> Points | None:
        """Running stitches inside the area: straight, else along its edge; None when there is no such way."""
        if self.room.covers(LineString([start, end])):
            return running(np.array([start, end]), RUN_MM)[1:]
        for ring in self.rings:
            if self.room.covers(_hop(ring, start)) and self.room.covers(_hop(ring, end)):
                return running(_along_ring(ring, start, end), RUN_MM)[1:]
        return None


def _hop(ring: LineString, point: Points) -> LineString:
    return LineString([point, ring.interpolate(ring.project(shapely.Point(point))).coords[0]])


def _along_ring(ring: LineString, start: Points, end: Points) -> Points:
    """From start to end along a ring, the shorter way round."""
    a, b = (ring.project(shapely.Point(point)) for point in (start, end))
    back = (b - a) % ring.length > ring.length / 2
    far = (a - b) % ring.length if back else (b - a) % ring.length
    at = (a + np.linspace(0, -far if back else far, max(2, int(far / 0.5) + 2))) % ring.length
    points = shapely.get_coordinates(shapely.line_interpolate_point(ring, at))
    return np.concatenate(([start], points, [end]))
