"""Fixes that move or shrink an element into a box."""

from math import floor

from configurator.artwork.elements import Element, Text
from configurator.artwork.preflight.place import Fix
from configurator.artwork.preflight.wording import mm, number, stepped
from configurator.geometry import Box


def fitted(element: Element, box: Box, into: Box, place: int, size_mm: float) -> tuple[Fix, ...]:
    """Moves into a box; where it is too large for that, a smaller size. size_mm: the size as it came out."""
    return moves(element, box, into, place) or _shrink(element, box, into, place, size_mm)


def moves(element: Element, box: Box, into: Box, place: int) -> tuple[Fix, ...]:
    """Moves into a box; none when the element is too large for it."""
    if box.width > into.width or box.height > into.height:
        return ()
    across = _shift(box.left, box.right, into.left, into.right)
    down = _shift(box.top, box.bottom, into.top, into.bottom)
    fixes = [move_across(element, across, place)] if across else []
    return (*fixes, move_down(element, down, place)) if down else tuple(fixes)


def move_across(element: Element, by: float, place: int) -> Fix:
    """To the right, or to the left when `by` is negative."""
    return (f"Move it {mm(abs(by))} {'right' if by > 0 else 'left'}", f"x-{place}", stepped(element.x_mm + by, by))


def move_down(element: Element, by: float, place: int) -> Fix:
    """Down, or up when `by` is negative."""
    return (f"Move it {mm(abs(by))} {'down' if by > 0 else 'up'}", f"y-{place}", stepped(element.y_mm + by, by))


def _shift(low: float, high: float, least: float, most: float) -> float:
    return least - low if low < least - 1e-3 else min(0.0, most - high) if high > most + 1e-3 else 0.0


def _shrink(element: Element, box: Box, into: Box, place: int, size_mm: float) -> tuple[Fix, ...]:
    if into.width <= 0 or into.height <= 0:
        return ()
    share = min(into.width / max(box.width, 1e-6), into.height / max(box.height, 1e-6))
    size = floor(size_mm * share * 10) / 10
    if size <= 0:
        return ()
    field = "size" if isinstance(element, Text) else "width"
    return ((f"Make it {mm(size)}" + (" wide" if field == "width" else ""), f"{field}-{place}", number(size)),)
