"""Artwork elements as form fields: numbered, what is at its usual value left out."""

from collections.abc import Iterator, Sequence

from configurator.artwork.elements import LEADING, Element, Image, Shape, Text
from configurator.designs.form import plain

ELEMENT_FIELDS = (
    *("kind", "area", "text", "font", "size", "ink", "x", "y", "arc", "fit", "spacing", "align", "leading"),
    *("outline", "edge", "plate", "under", "turn", "lock", "shape", "width", "inks"),
    *("asset", "height", "mirror"),
)
"""The names of an element's fields, without the number that follows them."""

_MEASURES = (
    *(("arc", "arc_mm", 0.0), ("fit", "fit_mm", 0.0)),
    *(("spacing", "spacing_mm", 0.0), ("leading", "leading", LEADING)),
)


def written_elements(elements: Sequence[Element], first: int = 1) -> Iterator[tuple[str, str]]:
    """Elements as form fields, numbered from `first`; what is at its usual value is left out."""
    for number, element in enumerate(elements, start=first):
        fields = _own_fields(element)
        yield from ((f"{name}-{number}", value) for name, value in (*fields, *_common_fields(element)))


def _own_fields(element: Element) -> Iterator[tuple[str, str]]:
    if isinstance(element, Text):
        return _text_fields(element)
    return _image_fields(element) if isinstance(element, Image) else _shape_fields(element)


def _text_fields(text: Text) -> Iterator[tuple[str, str]]:
    yield "kind", "text"
    yield "area", text.area
    yield "text", text.text
    yield "font", text.font
    yield "size", plain(text.size_mm)
    yield "ink", text.ink
    yield from ((name, plain(getattr(text, part))) for name, part, usual in _MEASURES if getattr(text, part) != usual)
    if text.align != "middle":
        yield "align", text.align
    if text.outline_mm:
        yield "outline", plain(text.outline_mm)
        yield "edge", text.outline_ink
    if text.plate_mm:
        yield "plate", plain(text.plate_mm)
        yield "under", text.plate_ink


def _shape_fields(shape: Shape) -> Iterator[tuple[str, str]]:
    yield "kind", "shape"
    yield "area", shape.area
    yield "shape", shape.shape
    yield "width", plain(shape.width_mm)
    yield from (("inks", ink) for ink in shape.inks)


def _image_fields(image: Image) -> Iterator[tuple[str, str]]:
    yield "kind", "image"
    yield "area", image.area
    yield "asset", image.asset
    yield "width", plain(image.width_mm)
    if image.height_mm:
        yield "height", plain(image.height_mm)
    if image.mirrored:
        yield "mirror", "yes"


def _common_fields(element: Element) -> Iterator[tuple[str, str]]:
    yield "x", plain(element.x_mm)
    yield "y", plain(element.y_mm)
    if element.turn:
        yield "turn", plain(element.turn)
    if element.locked:
        yield "lock", "yes"
