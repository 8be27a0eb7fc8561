"""Dashes and clipping of uploaded drawings: a dashed line as its dashes, what is clipped as the area that is left."""

import re
from collections.abc import Iterator, Sequence
from itertools import cycle, pairwise
from math import hypot
from typing import Any

import shapely

from configurator.artwork.dxf_areas import closed_subpaths, filled_area, flat_rings
from configurator.geometry import Affine, Command, PathData, control_box, mapped
from configurator.uploads.refusing import Unusable
from configurator.uploads.styling import number

geo: Any = shapely
"""Shapely's functions carry no types."""
Geometry = Any
Points = Sequence[tuple[float, float]]

FINE = 1e-4
"""How far chords may lie off curves, as a share of what is drawn."""
MOST_DASHES = 4_000


def dashes(text: str) -> tuple[float, ...]:
    """A stroke-dasharray in the drawing's own units: even in number; empty for a line without gaps. Raises Unusable."""
    if text.strip() in ("", "none"):
        return ()
    lengths = tuple(number(part) for part in re.split(r"[\s,]+", text.strip()))
    if min(lengths) < 0 or not sum(lengths):
        return ()
    return lengths * 2 if len(lengths) % 2 else lengths


def dashed(path: PathData, lengths: Sequence[float], offset: float) -> PathData:
    """The dashes of a path as straight pieces, anew for every subpath (SVG 1.1, 11.4). Raises Unusable."""
    drawn: list[Command] = []
    pieces = (piece for ring in _lines(path) for piece in _pieces(ring, lengths, offset % sum(lengths)))
    for count, piece in enumerate(pieces):
        if count > MOST_DASHES:
            raise Unusable("This drawing has thousands of dashes. Draw the line whole, or save it as PDF or PNG.")
        if piece:
            drawn += [("M", piece[0]), *(("L", point) for point in piece[1:])]
    return tuple(drawn)


def _lines(path: PathData) -> list[Points]:
    """Subpaths as points; those that are closed come back to their first."""
    rings = zip(flat_rings(path, fineness(path)), closed_subpaths(path), strict=True)
    return [(*ring, ring[0]) if shut else ring for ring, shut in rings]


def fineness(path: PathData) -> float:
    """FINE of the path's size."""
    numbers = [abs(value) for _, values in path for value in values]
    return max(numbers, default=1.0) * FINE or FINE


def half_way_round(path: PathData) -> PathData:
    """A part of an ellipse as if that began at its other end, where SVG begins it: half a turn round its middle."""
    box = control_box([path])
    return mapped(path, Affine(-1, 0, 0, -1, box.left + box.right, box.top + box.bottom)) if box else path


def _pieces(ring: Points, lengths: Sequence[float], offset: float) -> Iterator[list[tuple[float, float]]]:
    """The dashes, and something empty for every gap."""
    pattern = cycle(enumerate(lengths))
    at, room = next(pattern)
    while offset >= room:
        offset -= room
        at, room = next(pattern)
    room -= offset
    piece = [ring[0]] if at % 2 == 0 else []
    for start, end in pairwise(ring):
        done, whole = 0.0, hypot(end[0] - start[0], end[1] - start[1])
        while whole - done > room:
            done += room
            share = done / whole
            corner = (start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share)
            yield [*piece, corner] if piece else []
            at, room = next(pattern)
            piece = [corner] if at % 2 == 0 else []
        room -= whole - done
        if piece:
            piece.append(end)
    if len(piece) > 1:
        yield piece


def clipped(area: Geometry, by: Geometry) -> PathData:
    """What of an area lies inside another, as closed straight lines that fill by winding."""
    return as_path(area.intersection(by))


def line_area(path: PathData, width: float, *, round_ends: bool) -> Geometry:
    """What a stroked path covers."""
    ends, joins = ("round", "round") if round_ends else ("flat", "mitre")
    rings = [geo.LineString(ring) for ring in _lines(path) if len(set(ring)) > 1]
    return geo.union_all([ring.buffer(width / 2, cap_style=ends, join_style=joins, mitre_limit=4) for ring in rings])


def as_path(whole: Geometry) -> PathData:
    """Areas as closed lines that fill by winding: holes run the other way."""
    drawn: list[Command] = []
    for part in getattr(whole, "geoms", [whole]):
        if part.geom_type == "Polygon" and not part.is_empty:
            turned = geo.geometry.polygon.orient(part)
            for ring in (turned.exterior, *turned.interiors):
                first, *others = ring.coords[:-1]
                drawn += [("M", first), *(("L", point) for point in others), ("Z", ())]
    return tuple(drawn)


def area_of(path: PathData) -> Geometry:
    """What a path covers when it is filled by winding."""
    return filled_area(flat_rings(path, fineness(path)))
