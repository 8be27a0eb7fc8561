"""Copying artwork to another area, of the same blank or of another: scaled to fit, in the inks there are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from configurator.artwork.elements import Element, Image, Shape, Text
from configurator.artwork.outlines import joined_boxes
from configurator.blanks.blank import Area, Blank
from configurator.blanks.methods import InkSpec
from configurator.blanks.shop import Shop
from configurator.geometry import Box

GROWN = 0.8
"""How much of the free room artwork takes that becomes larger on its new area."""


@dataclass(frozen=True, slots=True)
class Printed:
    """An area of a blank with the inks it is printed in."""

    area: Area
    inks: tuple[InkSpec, ...]

    @property
    def middle(self) -> tuple[float, float]:
        """Where artwork is put: what faces the viewer of a cylinder, else the middle."""
        width, height = self.area.size_mm
        return (self.area.surface.facing_mm if self.area.surface.kind == "cylinder" else width / 2), height / 2


def printed(blank: Blank, shop: Shop, key: str) -> Printed:
    """The area of that key."""
    area = blank.area(key)
    return Printed(area, shop.methods[area.method].inks)


def copied(
    elements: Sequence[tuple[Element, Box]], source: Printed, target: Printed, *, grow: bool
) -> tuple[Element, ...]:
    """Elements with their ink boxes as they stand on the target, together in its middle.

    As large as they were where that fits its safe zone, else as large as fits; with grow also larger.
    """
    whole = joined_boxes([box for _, box in elements])
    if whole is None:
        return ()
    room = Box(0, 0, *target.area.size_mm).grown(-target.area.safe_mm)
    fits = min(room.width / max(whole.width, 1), room.height / max(whole.height, 1))
    scale = max(min(1.0, fits), fits * GROWN) if grow else min(1.0, fits)
    return tuple(_moved(element, whole, scale, source, target) for element, _ in elements)


def _moved(element: Element, whole: Box, scale: float, source: Printed, target: Printed) -> Element:
    x, y = target.middle
    moved = replace(
        element,
        area=target.area.key,
        x_mm=_measure(x + (element.x_mm - (whole.left + whole.right) / 2) * scale),
        y_mm=_measure(y + (element.y_mm - (whole.top + whole.bottom) / 2) * scale),
    )
    inks = _inks(source, target)
    if isinstance(moved, Image):
        return _scaled_image(moved, scale)
    return _scaled_text(moved, scale, inks) if isinstance(moved, Text) else _scaled_shape(moved, scale, inks)


def _scaled_text(text: Text, scale: float, inks: Mapping[str, str]) -> Text:
    return replace(
        text,
        size_mm=max(_measure(text.size_mm * scale), 1.0),
        arc_mm=_measure(text.arc_mm * scale),
        fit_mm=_measure(text.fit_mm * scale),
        spacing_mm=_measure(text.spacing_mm * scale),
        outline_mm=_measure(text.outline_mm * scale),
        plate_mm=_measure(text.plate_mm * scale),
        ink=inks.get(text.ink, text.ink),
        outline_ink=inks.get(text.outline_ink, text.outline_ink),
        plate_ink=inks.get(text.plate_ink, text.plate_ink),
    )


def _scaled_shape(shape: Shape, scale: float, inks: Mapping[str, str]) -> Shape:
    width = max(_measure(shape.width_mm * scale), 1.0)
    return replace(shape, width_mm=width, inks=tuple(inks.get(ink, ink) for ink in shape.inks))


def _scaled_image(image: Image, scale: float) -> Image:
    width, height = max(_measure(image.width_mm * scale), 1.0), _measure(image.height_mm * scale)
    return replace(image, width_mm=width, height_mm=height)


def _inks(source: Printed, target: Printed) -> Mapping[str, str]:
    """For each ink of the source the same one of the target, or the nearest to look at."""
    known = {ink.key for ink in target.inks}
    return {ink.key: ink.key if ink.key in known else _nearest(ink, target.inks).key for ink in source.inks}


def _nearest(ink: InkSpec, others: Sequence[InkSpec]) -> InkSpec:
    return min(others, key=lambda other: sum((a - b) ** 2 for a, b in zip(_rgb(ink), _rgb(other), strict=True)))


def _rgb(ink: InkSpec) -> tuple[int, ...]:
    return tuple(int(ink.rgb[at : at + 2], 16) for at in (1, 3, 5))


def _measure(value: float) -> float:
    return round(value, 2) + 0.0
