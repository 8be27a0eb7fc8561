"""A print area in words, for people who listen to the page."""

from collections.abc import Sequence

from configurator.artwork.elements import Element, Text
from configurator.artwork.fonts import FontBook
from configurator.blanks.blank import Area


def said(area: Area, elements: Sequence[Element], fonts: FontBook) -> str:
    """For example: All the way round, 200 by 80 mm: “Marit” in Lobster, 30 mm, arched; shape sun, 40 mm wide."""
    parts = [_element(element, fonts) for element in elements if not isinstance(element, Text) or element.text.strip()]
    if area.auto == "food":
        parts.insert(0, "the text the law asks for")
    size = f"{area.label}, {_number(area.size_mm[0])} by {_number(area.size_mm[1])} mm"
    return f"{size}: {'; '.join(parts) or 'nothing on it yet'}."


def _element(element: Element, fonts: FontBook) -> str:
    if isinstance(element, Text):
        curve = ", arched" if element.arc_mm > 0 else ", hanging in a curve" if element.arc_mm < 0 else ""
        label = fonts.face(element.font).label
        return f"“{element.text.strip()}” in {label}, {_number(element.size_mm)} mm, {element.ink}{curve}"
    return f"shape {element.shape}, {_number(element.width_mm)} mm wide"


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
