"""Where an element stands: inside the safe zone, or over the edge so far that the bleed is filled."""

from collections.abc import Iterable
from dataclasses import replace
from math import ceil

from configurator.artwork.elements import Element, Text
from configurator.artwork.preflight.marking import outside
from configurator.artwork.preflight.moving import fitted
from configurator.artwork.preflight.place import Fix, Place
from configurator.artwork.preflight.wording import mm, named, number
from configurator.artwork.scene import Finding
from configurator.geometry import Box

CLOSE_MM = 0.5
"""Art that ends so near the edge was meant to reach it: the cut is not more exact than that."""
SLACK = 1e-3


def position(
    element: Element, box: Box | None, place: Place, size_mm: float, parts: Iterable[Box] = ()
) -> Finding | None:
    """Whether it keeps the safe zone. Letters over the edge are an error; a picture may run over it, past the bleed.

    parts: boxes round its letters and outlines, so that only those are marked that do not.
    """
    if box is None:
        return None
    whole = Box(0, 0, *place.area.size_mm)
    safe = whole.grown(-place.area.safe_mm)
    if not isinstance(element, Text) and place.area.bleed_mm and place.area.cut != "contour":
        return _bleeding(element, box, place, size_mm)
    if safe.holds(box, slack=SLACK):
        return None
    finding = _inside(element, box, place, size_mm, max(_over(box, whole)))
    return replace(finding, marks=outside(parts, safe) or outside([box], safe))


def _over(box: Box, edge: Box) -> tuple[float, float, float, float]:
    """How far it reaches over each side: left, top, right, bottom; below 0 inside."""
    return edge.left - box.left, edge.top - box.top, box.right - edge.right, box.bottom - edge.bottom


def _inside(element: Element, box: Box, place: Place, size_mm: float, over: float) -> Finding:
    safe = Box(0, 0, *place.area.size_mm).grown(-place.area.safe_mm)
    fixes = fitted(element, box, safe, place.number, size_mm)
    if over > SLACK:
        sentence = f"{named(element)} stands {mm(max(over, 0.1))} over the edge of the print area."
        return Finding("error", place.number, sentence, fixes)
    sentence = f"{named(element)} is {mm(max(-over, 0))} from the edge. Keep {mm(place.area.safe_mm)} free."
    return Finding("warning", place.number, sentence, fixes)


def _bleeding(element: Element, box: Box, place: Place, size_mm: float) -> Finding | None:
    """A picture where the sheet is trimmed: each side stays inside the safe zone, or runs out past the bleed."""
    bleed, over = place.area.bleed_mm, _over(box, Box(0, 0, *place.area.size_mm))
    short = [side for side in over if -CLOSE_MM < side < bleed - SLACK]
    if short:
        return _short(element, box, place, size_mm, max(short))
    if any(-place.area.safe_mm + SLACK < side <= -CLOSE_MM for side in over):
        finding = _inside(element, box, place, size_mm, max(side for side in over if side <= -CLOSE_MM))
        return replace(finding, marks=outside([box], Box(0, 0, *place.area.size_mm).grown(-place.area.safe_mm)))
    return None


def _short(element: Element, box: Box, place: Place, size_mm: float, over: float) -> Finding:
    bleed = place.area.bleed_mm
    ends = "at the edge" if abs(over) < 0.05 else f"{mm(abs(over))} {'over' if over > 0 else 'before'} the edge"
    sentence = (
        f"{named(element)} ends {ends}. A picture that is cut there must reach {mm(bleed)} over it, "
        "or a white line is left where the cut is off."
    )
    safe = Box(0, 0, *place.area.size_mm).grown(-place.area.safe_mm)
    fixes = (*_widened(element, box, place, size_mm), *fitted(element, box, safe, place.number, size_mm))
    return Finding("warning", place.number, sentence, fixes)


def _widened(element: Element, box: Box, place: Place, size_mm: float) -> tuple[Fix, ...]:
    """So wide that every side which is to be cut reaches past the bleed."""
    bleed, edge = place.area.bleed_mm, Box(0, 0, *place.area.size_mm)
    halves = (element.x_mm - box.left, element.y_mm - box.top, box.right - element.x_mm, box.bottom - element.y_mm)
    missing = [
        (half + bleed - side) / half
        for half, side in zip(halves, _over(box, edge), strict=True)
        if -CLOSE_MM < side < bleed and half > 0
    ]
    width = ceil(size_mm * max(missing, default=1) * 10 + 1) / 10
    return ((f"Make it {mm(width)} wide", f"width-{place.number}", number(width)),)
