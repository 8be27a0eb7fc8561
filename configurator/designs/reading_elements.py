"""Artwork elements in a form: numbered fields, clamped to what makes sense on their print area."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import replace

from configurator.artwork.elements import ALIGNS, LEADING, Align, Element, Image, Shape, Text
from configurator.blanks.blank import Area
from configurator.designs.form import Form
from configurator.designs.layers import rearranged
from configurator.designs.looking import Look
from configurator.designs.offering import Offer

MOST_ELEMENTS = 24
LONGEST_TEXT = 240
MOST_INKS = 8
_NUMBERED = re.compile(r"(?:kind|text|shape|asset)-([1-9][0-9]{0,3})")
_TOLD_BY = (("text", "text"), ("image", "asset"), ("shape", "shape"))
"""A kind and the field that tells it where `kind` is not sent."""
_ASSET = re.compile(r"[0-9a-f]{64}")
_ALIGNS: dict[str, str] = {align: align for align in ALIGNS}


def read_elements(form: Form, offered: Offer, look: Look) -> tuple[tuple[Element, ...], int]:
    """The elements asked for, in the order of their numbers, after `remove`, `layer` and `add`.

    And the place, from 1, of the one that was moved or added last; 0 when none was. look: what is added stands there.
    """
    if not offered.areas:
        return (), 0
    numbered = {number: element for number in _numbers(form) if (element := _element(form, number, offered))}
    for removed in form.all("remove"):
        numbered.pop(int(removed) if removed.isdecimal() else 0, None)
    order, moved = rearranged(numbered, form.all("layer"))
    used = {element.area for element in numbered.values()}
    added = [_faced(element, look) for element in _added(form, offered, lambda kind: _aim(kind, offered, look, used))]
    kept = _limited(form, [*(numbered[number] for number in order), *added], offered)
    return kept, len(kept) if added else order.index(moved) + 1 if moved else 0


def _numbers(form: Form) -> list[int]:
    found = (_NUMBERED.fullmatch(name) for name in form.names)
    return sorted({int(match[1]) for match in found if match})[: 2 * MOST_ELEMENTS]


def _element(form: Form, number: int, offered: Offer) -> Element | None:
    said = next((kind for kind, name in _TOLD_BY if f"{name}-{number}" in form), "text")
    kind = form.one_of(f"kind-{number}", {kind: kind for kind, _ in _TOLD_BY}, said)
    areas = [area.key for area in offered.areas]
    key = form.one_of(f"area-{number}", offered.called(areas), areas[0])
    area = next(area for area in offered.areas if area.key == key)
    if kind == "image":
        return _image(form, number, area)
    return _text(form, number, area, offered) if kind == "text" else _shape(form, number, area, offered)


def _text(form: Form, number: int, area: Area, offered: Offer) -> Text:
    width, height = area.size_mm
    usual = _usual_text(area, offered)
    inks = offered.inks[area.key]
    outline_mm = form.number(f"outline-{number}", (0, 20), 0)
    plate_mm = form.number(f"plate-{number}", (0, 50), 0) if area.key in offered.plated else 0
    return Text(
        area=area.key,
        text=form.text(f"text-{number}", LONGEST_TEXT, lines=True),
        font=form.one_of(f"font-{number}", offered.called(offered.fonts), usual.font),
        size_mm=form.number(f"size-{number}", (1, max(width, height)), usual.size_mm),
        ink=form.one_of(f"ink-{number}", offered.called(inks), usual.ink),
        x_mm=form.number(f"x-{number}", (0, width), usual.x_mm),
        y_mm=form.number(f"y-{number}", (0, height), usual.y_mm),
        arc_mm=_arc(form, f"arc-{number}"),
        fit_mm=form.number(f"fit-{number}", (0, width), 0),
        spacing_mm=form.number(f"spacing-{number}", (-5, 30), 0),
        align=_align(form, f"align-{number}"),
        leading=form.number(f"leading-{number}", (0.5, 4), LEADING),
        outline_mm=outline_mm,
        outline_ink=_other_ink(form, f"edge-{number}", offered.called(inks)) if outline_mm else "",
        plate_mm=plate_mm,
        plate_ink=_other_ink(form, f"under-{number}", offered.called(inks)) if plate_mm else "",
        turn=_turn(form, f"turn-{number}"),
        locked=form.last(f"lock-{number}") == "yes",
    )


def _align(form: Form, name: str) -> Align:
    word = form.one_of(name, _ALIGNS, "middle")
    return next(align for align in ALIGNS if align == word)


def _turn(form: Form, name: str) -> float:
    """Degrees, above -180 to 180: a whole turn more is the same."""
    turn = form.number(name, (-3600, 3600), 0)
    return round(180 - (180 - turn) % 360, 2) + 0.0


def _other_ink(form: Form, name: str, inks: Mapping[str, str]) -> str:
    """The ink of an outline or plate; when none is said, the first that is not the text's own."""
    others = [ink for ink in inks if ink != form.last(f"ink-{name.rpartition('-')[2]}")]
    return form.one_of(name, inks, next(iter(others or inks)))


def _arc(form: Form, name: str) -> float:
    """A radius of 3 mm to 2 m on either side; 0 is straight."""
    arc = form.number(name, (-2000, 2000), 0)
    if 0 < abs(arc) < 3:
        form.fault(name, "A circle of text needs a radius of 3 mm or more. 3 was taken.")
        return 3.0 if arc > 0 else -3.0
    return arc


def _shape(form: Form, number: int, area: Area, offered: Offer) -> Shape | None:
    if not offered.shapes:
        form.fault(f"kind-{number}", "There are no shapes for this product. The element was left out.")
        return None
    width, height = area.size_mm
    known = offered.inks[area.key]
    asked = [ink for field in form.all(f"inks-{number}") for ink in field.split(",") if ink]
    inks = tuple(ink for ink in asked if ink in known)[:MOST_INKS]
    if len(inks) != len(asked):
        form.fault(f"inks-{number}", "Not all of these colours are offered here. The others were left out.")
    return Shape(
        area=area.key,
        shape=form.one_of(f"shape-{number}", offered.called(offered.shapes), offered.shapes[0]),
        width_mm=form.number(f"width-{number}", (1, 2 * max(width, height)), round(width / 3, 2)),
        inks=inks or known[:1],
        x_mm=form.number(f"x-{number}", (0, width), round(width / 2, 2)),
        y_mm=form.number(f"y-{number}", (0, height), round(height / 2, 2)),
        turn=_turn(form, f"turn-{number}"),
        locked=form.last(f"lock-{number}") == "yes",
    )


def _image(form: Form, number: int, area: Area) -> Image | None:
    asset, (width, height) = form.last(f"asset-{number}"), area.size_mm
    if not _ASSET.fullmatch(asset):
        form.fault(f"asset-{number}", "A picture's name is not whole. It was left out: send the picture again.")
        return None
    usual = _usual_image(area, asset)
    return Image(
        area=area.key,
        asset=asset,
        width_mm=form.number(f"width-{number}", (1, 3 * max(width, height)), usual.width_mm),
        x_mm=form.number(f"x-{number}", (0, width), usual.x_mm),
        y_mm=form.number(f"y-{number}", (0, height), usual.y_mm),
        height_mm=form.number(f"height-{number}", (0, 3 * max(width, height)), 0),
        mirrored=form.last(f"mirror-{number}") == "yes",
        turn=_turn(form, f"turn-{number}"),
        locked=form.last(f"lock-{number}") == "yes",
    )


def _usual_image(area: Area, asset: str) -> Image:
    """A picture in the middle of an area, half as wide as its shorter side is long."""
    width, height = area.size_mm
    return Image(area.key, asset, round(min(width, height) / 2, 1), round(width / 2, 2), round(height / 2, 2))


def _usual_text(area: Area, offered: Offer) -> Text:
    """An empty text in the middle of an area, a sixth of its height tall, 3 to 20 mm."""
    width, height = area.size_mm
    size = round(min(max(height / 6, 3), 20), 1)
    return Text(
        area=area.key,
        text="",
        font=offered.fonts[0],
        size_mm=size,
        ink=offered.inks[area.key][0],
        x_mm=round(width / 2, 2),
        y_mm=round(height / 2 + size / 3, 2),
    )


def _added(form: Form, offered: Offer, aim: Callable[[str], Area]) -> Iterator[Element]:
    """`add=text:<area>`, `add=shape:<area>:<shape>` or `add=image:<area>:<asset>`; without an area: where it aims."""
    for asked in form.all("add"):
        kind, _, rest = asked.partition(":")
        area_key, _, shape = rest.partition(":")
        area = next((area for area in offered.areas if area.key == area_key), None) or aim(kind)
        if kind == "text":
            yield _usual_text(area, offered)
        elif kind == "shape" and offered.shapes:
            width, height = area.size_mm
            key = shape if shape in offered.shapes else offered.shapes[0]
            yield Shape(area.key, key, round(width / 3, 2), offered.inks[area.key][:1], width / 2, height / 2)
        elif kind == "image" and _ASSET.fullmatch(shape):
            yield _usual_image(area, shape)
        elif asked:
            form.fault("add", "A text, a shape or a picture can be added. Nothing was added.")


def _aim(kind: str, offered: Offer, look: Look, used: Set[str]) -> Area:
    """The area that is looked at; of several one that can be used beside what is there, and for pictures in colour."""

    def against(area: Area) -> tuple[bool, bool, bool]:
        shut = area.key not in used and not used.isdisjoint(area.not_with)
        return not look.draws(area), shut, kind == "image" and area.key not in offered.coloured

    return min(offered.areas, key=against)


def _faced(element: Element, look: Look) -> Element:
    """On what is round: where it is looked at, or else from the front, as far from the area's ends as it is wide."""
    area = look.blank.area(element.area)
    if area.surface.kind != "cylinder":
        return element
    half = 2 * element.size_mm if isinstance(element, Text) else element.width_mm / 2
    faces = look.place(area, half)
    if faces is None:
        faces = min(max(area.surface.facing_mm, half), area.size_mm[0] - half)
    return replace(element, x_mm=round(faces, 2))


def _limited(form: Form, elements: Sequence[Element], offered: Offer) -> tuple[Element, ...]:
    """At most 24 elements, and on each area no more texts than it takes."""
    room = {area.key: area.most_texts for area in offered.areas}
    used = Counter[str]()
    kept: list[Element] = []
    for element in elements:
        used[element.area] += isinstance(element, Text)
        if len(kept) < MOST_ELEMENTS and used[element.area] <= room[element.area]:
            kept.append(element)
    if len(kept) < len(elements):
        form.fault("add", "There is no room for more on this print area. What was too much was left out.")
    return tuple(kept)
