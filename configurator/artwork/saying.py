"""A print area in words, for people who listen to the page: what is on it, where, how large."""

from collections.abc import Mapping, Sequence
from functools import partial

from configurator.artwork.elements import Element, Image, Shape, Text
from configurator.artwork.fonts import FontBook
from configurator.artwork.known import Known
from configurator.blanks.blank import Area
from configurator.blanks.methods import Method
from configurator.geometry import Box


def said(
    area: Area, method: Method, elements: Sequence[tuple[int, Element]], boxes: Mapping[int, Box], fonts: FontBook
) -> str:
    """For example: All the way round, 200 by 80 mm: “Marit” in Lobster, Navy, arched, 64 by 21 mm, 42 mm from the left,
    30 mm from the top; shape sun, turned 15° clockwise, 40 by 20 mm, 10 mm from the left, 8 mm from the top.
    """
    inks = {ink.key: ink.label for ink in method.inks}
    shown = ((element, boxes.get(number)) for number, element in elements if _shows(element))
    parts = [
        _known.get((method, fonts), (element, box), partial(_element, element, box, inks, fonts))
        for element, box in shown
    ]
    if area.auto == "food":
        parts.insert(0, "the text the law asks for")
    size = f"{area.label}, {_number(area.size_mm[0])} by {_number(area.size_mm[1])} mm"
    return f"{size}: {'; '.join(parts) or 'nothing on it yet'}."


_known: Known[str] = Known(1024)


def _shows(element: Element) -> bool:
    return not isinstance(element, Text) or bool(element.text.strip())


def _element(element: Element, box: Box | None, inks: Mapping[str, str], fonts: FontBook) -> str:
    words = _text(element, inks, fonts) if isinstance(element, Text) else _picture(element)
    return words + _turned(element.turn) + (_placed(box) if box else "")


def _picture(element: Shape | Image) -> str:
    if isinstance(element, Image):
        return "your picture, mirrored" if element.mirrored else "your picture"
    return f"shape {element.shape}"


def _text(text: Text, inks: Mapping[str, str], fonts: FontBook) -> str:
    curve = ", arched" if text.arc_mm > 0 else ", hanging in a curve" if text.arc_mm < 0 else ""
    outline = f", outlined in {inks.get(text.outline_ink, text.outline_ink)}" if text.outline_mm else ""
    plate = f", on a plate in {inks.get(text.plate_ink, text.plate_ink)}" if text.plate_mm else ""
    words, label = " / ".join(text.text.split("\n")).strip(), fonts.face(text.font).label
    return f"“{words}” in {label}, {inks.get(text.ink, text.ink)}{outline}{plate}{curve}"


def _turned(turn: float) -> str:
    return f", turned {_number(abs(turn))}° {'' if turn > 0 else 'anti'}clockwise" if turn else ""


def _placed(box: Box) -> str:
    size = f"{_number(box.width)} by {_number(box.height)} mm"
    return f", {size}, {_number(box.left)} mm from the left, {_number(box.top)} mm from the top"


def _number(value: float) -> str:
    return f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")
