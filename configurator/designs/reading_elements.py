"""Artwork elements in a form: numbered fields, clamped to what makes sense on their print area."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from configurator.artwork.elements import Element, Shape, Text
from configurator.blanks.blank import Area, Blank
from configurator.blanks.shop import Shop
from configurator.designs.form import Form, plain

MOST_ELEMENTS = 24
LONGEST_TEXT = 120
MOST_INKS = 8
_NUMBERED = re.compile(r"(?:kind|text|shape)-([1-9][0-9]{0,3})")
_NAMED = re.compile(r"\{[^{}]*\}")
_OPTIONAL = (("arc", "arc_mm"), ("fit", "fit_mm"), ("spacing", "spacing_mm"))


@dataclass(frozen=True)
class Offer:
    """What a customer can put on a blank: areas open to customers, fonts, shapes, inks by area.

    labels: how people call areas, fonts and inks.
    """

    areas: tuple[Area, ...]
    fonts: tuple[str, ...]
    shapes: tuple[str, ...]
    inks: Mapping[str, tuple[str, ...]]
    labels: Mapping[str, str]

    def called(self, keys: Iterable[str]) -> Mapping[str, str]:
        """These keys with how people call what they stand for."""
        return {key: self.labels.get(key, key.replace("-", " ")) for key in keys}


def offer(blank: Blank, shop: Shop) -> Offer:
    """What is on offer for a blank; areas that fill themselves are not open to customers."""
    areas = tuple(area for area in blank.areas if area.auto == "none")
    fonts = [font for font in shop.fonts if font.offered]
    inks = [ink for area in areas for ink in shop.methods[area.method].inks]
    backdrops = [_NAMED.sub("*", area.backdrop) for area in blank.areas if area.backdrop]
    return Offer(
        areas=areas,
        fonts=tuple(font.key for font in fonts),
        shapes=tuple(shape for shape in blank.shapes if not any(fnmatchcase(shape, like) for like in backdrops)),
        inks={area.key: tuple(ink.key for ink in shop.methods[area.method].inks) for area in areas},
        labels={
            **{area.key: area.label for area in areas},
            **{font.key: font.label for font in fonts},
            **{ink.key: ink.label for ink in inks},
        },
    )


def read_elements(form: Form, offered: Offer) -> tuple[Element, ...]:
    """The elements asked for, in the order of their numbers, after `remove` and `add`."""
    if not offered.areas:
        return ()
    removed = set(form.all("remove"))
    elements = [
        element
        for number in _numbers(form)
        if str(number) not in removed and (element := _element(form, number, offered)) is not None
    ]
    elements += _added(form, offered)
    return _limited(form, elements, offered)


def written_elements(elements: Sequence[Element]) -> Iterator[tuple[str, str]]:
    """Elements as form fields, numbered from 1; what is at its usual value is left out."""
    for number, element in enumerate(elements, start=1):
        fields = _text_fields(element) if isinstance(element, Text) else _shape_fields(element)
        yield from ((f"{name}-{number}", value) for name, value in fields)


def _text_fields(text: Text) -> Iterator[tuple[str, str]]:
    yield "kind", "text"
    yield "area", text.area
    yield "text", text.text
    yield "font", text.font
    yield "size", plain(text.size_mm)
    yield "ink", text.ink
    yield "x", plain(text.x_mm)
    yield "y", plain(text.y_mm)
    for name, attribute in _OPTIONAL:
        if getattr(text, attribute):
            yield name, plain(getattr(text, attribute))


def _shape_fields(shape: Shape) -> Iterator[tuple[str, str]]:
    yield "kind", "shape"
    yield "area", shape.area
    yield "shape", shape.shape
    yield "width", plain(shape.width_mm)
    yield from (("inks", ink) for ink in shape.inks)
    yield "x", plain(shape.x_mm)
    yield "y", plain(shape.y_mm)


def _numbers(form: Form) -> list[int]:
    found = (_NUMBERED.fullmatch(name) for name in form.names)
    return sorted({int(match[1]) for match in found if match})[: 2 * MOST_ELEMENTS]


def _element(form: Form, number: int, offered: Offer) -> Element | None:
    kinds = ("shape", "text") if f"text-{number}" not in form and f"shape-{number}" in form else ("text", "shape")
    kind = form.one_of(f"kind-{number}", {kind: kind for kind in kinds}, kinds[0])
    areas = [area.key for area in offered.areas]
    key = form.one_of(f"area-{number}", offered.called(areas), areas[0])
    area = next(area for area in offered.areas if area.key == key)
    return _text(form, number, area, offered) if kind == "text" else _shape(form, number, area, offered)


def _text(form: Form, number: int, area: Area, offered: Offer) -> Text:
    width, height = area.size_mm
    usual = _usual_text(area, offered)
    inks = offered.inks[area.key]
    return Text(
        area=area.key,
        text=form.text(f"text-{number}", LONGEST_TEXT),
        font=form.one_of(f"font-{number}", offered.called(offered.fonts), usual.font),
        size_mm=form.number(f"size-{number}", (1, max(width, height)), usual.size_mm),
        ink=form.one_of(f"ink-{number}", offered.called(inks), usual.ink),
        x_mm=form.number(f"x-{number}", (0, width), usual.x_mm),
        y_mm=form.number(f"y-{number}", (0, height), usual.y_mm),
        arc_mm=_arc(form, f"arc-{number}"),
        fit_mm=form.number(f"fit-{number}", (0, width), 0),
        spacing_mm=form.number(f"spacing-{number}", (-5, 30), 0),
    )


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
    asked = [ink for ink in form.all(f"inks-{number}") if ink]
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
    )


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


def _added(form: Form, offered: Offer) -> Iterator[Element]:
    """`add=text:<area>` or `add=shape:<area>:<shape>`; the area may be left off."""
    for asked in form.all("add"):
        kind, _, rest = asked.partition(":")
        area_key, _, shape = rest.partition(":")
        area = next((area for area in offered.areas if area.key == area_key), offered.areas[0])
        if kind == "text":
            yield _usual_text(area, offered)
        elif kind == "shape" and offered.shapes:
            width, height = area.size_mm
            key = shape if shape in offered.shapes else offered.shapes[0]
            yield Shape(area.key, key, round(width / 3, 2), offered.inks[area.key][:1], width / 2, height / 2)
        elif asked:
            form.fault("add", "A text or a shape can be added. Nothing was added.")


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
