"""Cut contours: parts that hang on too little material, and a hole that is drilled through the picture."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import shapely

from configurator.artwork.dxf_areas import filled_area, flat_rings
from configurator.artwork.elements import Element
from configurator.artwork.measuring import hull
from configurator.artwork.outlines import Points, flattened, sent
from configurator.artwork.preflight.moving import move_across, move_down
from configurator.artwork.preflight.place import Fix
from configurator.artwork.preflight.sheet import Sheet
from configurator.artwork.preflight.wording import mm, named
from configurator.artwork.scene import Finding, Glyphs, Image
from configurator.geometry import Box, PathData

geo: Any = shapely
"""Shapely's functions carry no types."""
Geometry = Any

LEAST_BRIDGE_MM = 4.0
"""What holds a part must be so wide, or it breaks off in a pocket."""
LEAST_PART_MM2 = 6.0
RIM_MM = 0.5


def cutting_findings(sheet: Sheet) -> Iterator[Finding]:
    """Only where a contour is cut round the picture."""
    if sheet.area.cut != "contour" or not sheet.cut:
        return
    for number, element in sheet.elements:
        if number in sheet.boxes and (finding := _drilled(sheet, number, element)):
            yield finding
    yield from _loose(sheet)


def _drilled(sheet: Sheet, number: int, element: Element) -> Finding | None:
    if sheet.area.hole_mm is None:
        return None
    x, y, diameter = sheet.area.hole_mm
    reach = diameter / 2 + RIM_MM
    box = sheet.boxes[number]
    if not box.grown(reach).holds(Box(x, y, x, y)) or not _touches(sheet, number, geo.Point(x, y).buffer(reach)):
        return None
    sentence = f"The hole is cut through {named(element)}."
    hole = Box(x, y, x, y).grown(diameter / 2)
    return Finding("error", number, sentence, _away(sheet, element, number, y, reach), (hole,))


def _away(sheet: Sheet, element: Element, number: int, y: float, reach: float) -> tuple[Fix, ...]:
    box, high = sheet.boxes[number], sheet.area.size_mm[1] - sheet.area.safe_mm
    ways = (y + reach - box.top, y - reach - box.bottom)
    kept = [by for by in ways if box.top + by >= sheet.area.safe_mm and box.bottom + by <= high]
    return tuple(move_down(element, by, number) for by in sorted(kept, key=abs)[:1])


def _touches(sheet: Sheet, number: int, disc: Geometry) -> bool:
    for node in sheet.of(number):
        if isinstance(node, Glyphs):
            if any(disc.intersects(_ring(sent(hull(sheet.outlines[key]), by))) for key, by in node.placements):
                return True
        elif isinstance(node, Image):
            if disc.intersects(_drawn(node.outline, 0.0, filled=True)):
                return True
        elif disc.intersects(_drawn(node.data, node.width_mm if node.stroke else 0.0, filled=node.fill is not None)):
            return True
    return False


def _ring(points: Points) -> Geometry:
    return geo.LineString(points).convex_hull if len(points) > 1 else geo.Point()


@lru_cache(maxsize=256)
def _drawn(path: PathData, width: float, *, filled: bool) -> Geometry:
    if filled:
        return filled_area(flat_rings(path, 0.1)).buffer(width / 2)
    return geo.MultiLineString(flattened(path).lines()).buffer(width / 2)


def _loose(sheet: Sheet) -> Iterator[Finding]:
    parts = _held(sheet.cut[0])
    if len(parts) < 2:
        return
    largest = parts[0]
    for number, element in sheet.elements:
        box = sheet.boxes.get(number)
        if box is None:
            continue
        own = geo.box(box.left, box.top, box.right, box.bottom)
        at = max(range(len(parts)), key=lambda i: parts[i].intersection(own).area)
        if at and parts[at].intersects(own):
            sentence = f"{named(element)} hangs on a bridge narrower than {mm(LEAST_BRIDGE_MM)} and would break off."
            yield Finding("error", number, sentence, _nearer(element, number, box, largest))


def _nearer(element: Element, number: int, box: Box, rest: Geometry) -> tuple[Fix, ...]:
    """Straight towards the rest, until they touch."""
    left, top, right, bottom = rest.bounds
    down = top - box.bottom if box.bottom < top else bottom - box.top if box.top > bottom else 0.0
    across = left - box.right if box.right < left else right - box.left if box.left > right else 0.0
    if abs(down) >= abs(across):
        return (move_down(element, down, number),) if down else ()
    return (move_across(element, across, number),)


@lru_cache(maxsize=64)
def _held(contour: PathData) -> list[Geometry]:
    """The parts that remain when all that is too narrow is taken away, the largest first.

    A contour's curves are short, so the places where they meet stand for it.
    """
    corners = [numbers[-2:] for _, numbers in contour if numbers]
    body = geo.Polygon(corners).buffer(-LEAST_BRIDGE_MM / 2, quad_segs=2)
    parts = [part for part in getattr(body, "geoms", [body]) if part.area > LEAST_PART_MM2]
    return sorted(parts, key=lambda part: -float(part.area))
