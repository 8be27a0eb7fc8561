"""Areas sewn in rows: satin across a blot; a fill with edge run and crossing underlay where it is wider."""

from collections.abc import Sequence

import numpy as np
import shapely
from shapely import LineString
from shapely.geometry.base import BaseGeometry

from configurator.artwork.outlines import Points
from configurator.artwork.stitches_rows import across, rows_of, tatami, zigzag
from configurator.artwork.stitches_threads import RUN_MM, UNDER_MM, Stretch, Thread, polygons, running
from configurator.blanks.shop import Stitching

INSET_MM = 0.6
"""An edge run lies this far inside."""
FILL_DEGREES = 35.0


def in_rows(area: BaseGeometry, how: Stitching, *, under: bool = True) -> list[Thread]:
    """Satin across a blot; a fill with edge run and crossing underlay where it is wider."""
    degrees = across(area)
    grown = area.buffer(0)
    if grown.is_empty:
        return []
    rows = rows_of(grown, degrees, how.row_mm)
    longest = max((b - a for section in rows.sections for _, a, b in section), default=0.0)
    if longest <= how.satin_mm:
        drawn = [_drawn_out(section, how.pull_mm) for section in rows.sections]
        tops = [Stretch(zigzag(rows, section), top=True) for section in drawn]
        middles = [rows.back([((a + b) / 2, y) for y, a, b in section]) for section in rows.sections]
        unders = [Stretch(running(middle, RUN_MM), top=False) for middle in middles if under and len(middle) > 4]
        return _linked([unders, tops], grown, how)
    rows = rows_of(grown, FILL_DEGREES, how.row_mm)
    tops = [
        Stretch(tatami(rows, _drawn_out(section, how.pull_mm), how.stitch_mm), top=True) for section in rows.sections
    ]
    return _linked([*_underlay(grown, how), tops] if under else [tops], grown, how)


def _drawn_out(section: Sequence[tuple[float, float, float]], pull: float) -> list[tuple[float, float, float]]:
    return [(y, a - pull, b + pull) for y, a, b in section]


def _underlay(area: BaseGeometry, how: Stitching) -> list[list[Stretch]]:
    """A run inside every edge, then wide rows across the fill's direction."""
    inner = area.buffer(-INSET_MM)
    rings = [ring for part in polygons(inner) for ring in (part.exterior, *part.interiors)]
    edges = [
        Stretch(running(np.asarray(ring.coords)[:, :2], RUN_MM), top=False) for ring in rings if ring.length > RUN_MM
    ]
    rows = rows_of(inner, FILL_DEGREES + 90, UNDER_MM) if not inner.is_empty else None
    cross = [Stretch(tatami(rows, section, how.stitch_mm), top=False) for section in rows.sections] if rows else []
    return [edges, cross]


def _linked(groups: Sequence[Sequence[Stretch]], area: BaseGeometry, how: Stitching) -> list[Thread]:
    """Each group's stretches nearest first, on ways inside the area; where there is none, the thread is cut."""
    room = area.buffer(how.pull_mm + 0.05)
    shapely.prepare(room)
    threads: list[Thread] = []
    here: Points | None = None
    for group in groups:
        left = [stretch for stretch in group if len(stretch.points)]
        while left:
            stretch = _nearest(left, here)
            way = None if here is None else _way(here, stretch.points[0], area, room)
            if way is None:
                threads.append([])
            else:
                threads[-1].append(Stretch(way, top=False))
            threads[-1].append(stretch)
            here = stretch.points[-1]
    return threads


def _nearest(left: list[Stretch], here: Points | None) -> Stretch:
    """Takes the stretch with an end nearest to the needle, turned so that it starts there; first the leftmost."""
    ends = np.array([(stretch.points[0], stretch.points[-1]) for stretch in left])
    gaps = ends[..., 0] if here is None else np.hypot(*(ends - here).transpose(2, 0, 1))
    number, side = np.unravel_index(int(gaps.argmin()), gaps.shape)
    stretch = left.pop(int(number))
    return stretch if side == 0 else stretch._replace(points=stretch.points[::-1])


def _way(start: Points, end: Points, area: BaseGeometry, room: BaseGeometry) -> Points | None:
    """Running stitches inside the area: straight, else along its edge; None when there is no such way."""
    straight = LineString([start, end])
    if room.covers(straight):
        return running(np.array([start, end]), RUN_MM)[1:]
    for part in polygons(area.buffer(-INSET_MM / 2)):
        for ring in (part.exterior, *part.interiors):
            if room.covers(_hop(ring, start)) and room.covers(_hop(ring, end)):
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
