"""Placing a customer's picture on an area: pixels as they are, a drawing as its paths."""

from dataclasses import dataclass, replace

import numpy as np

from configurator.artwork.elements import Image as Element
from configurator.artwork.frames import Frame, turning
from configurator.artwork.inks import method_ink, prints_colours
from configurator.artwork.outlines import box_of, sent
from configurator.artwork.pictures import Picture
from configurator.artwork.placing import placed_drawing
from configurator.artwork.scene import Image, Ink, Path
from configurator.artwork.shapes import read_shape
from configurator.blanks.methods import Method
from configurator.geometry import Affine, Box

UNIT_SQUARE = np.array([(0, 0), (1, 0), (1, 1), (0, 1)], dtype=np.float64)


@dataclass(frozen=True, slots=True)
class PlacedImage:
    """A picture where it stands. upright: from the unit square to mm before turning; box: all it covers, in mm."""

    nodes: tuple[Image | Path, ...]
    upright: Affine
    box: Box
    frame: Frame


def place_image(element: Element, picture: Picture, number: int, method: Method) -> PlacedImage:
    """A picture element. A drawing takes the nearest threads, or the first ink of a method that has one tone."""
    upright = unit_map(element, picture)
    by = turning(element).after(upright)
    nodes: tuple[Image | Path, ...]
    if picture.drawing:
        nodes = _drawn(picture, by, number, method)
    else:
        ink = method_ink(method, "") if method.tone else None
        size = (picture.width, picture.height)
        nodes = (Image(picture.asset, size, _tidy(by), number, ink, method.tone, picture.silhouette),)
    before, box = _around(upright), _around(by)
    return PlacedImage(nodes, upright, box, Frame(before, element.turn, element.x_mm, element.y_mm))


def size_mm(element: Element, picture: Picture) -> tuple[float, float]:
    """How wide and high it becomes."""
    return element.width_mm, element.height_mm or element.width_mm * picture.height / picture.width


def unit_map(element: Element, picture: Picture) -> Affine:
    """From the unit square, y down, to mm, before turning."""
    width, height = size_mm(element, picture)
    middle = Affine.shifted(element.x_mm, element.y_mm)
    mirror = Affine(a=-1) if element.mirrored else Affine()
    return middle.after(mirror).after(Affine(width, 0, 0, height, -width / 2, -height / 2))


def _drawn(picture: Picture, by: Affine, number: int, method: Method) -> tuple[Path, ...]:
    drawing = read_shape(picture.drawing)
    onto = by.after(Affine.scaled(1 / drawing.width, 1 / drawing.height))
    paths = placed_drawing(picture.drawing, onto, number, method)
    if prints_colours(method) or method.sewing:
        return paths
    ink = method_ink(method, "")
    return tuple(replace(path, fill=_inked(path.fill, ink), stroke=_inked(path.stroke, ink)) for path in paths)


def _inked(before: Ink | None, ink: Ink) -> Ink | None:
    return ink if before else None


def _around(by: Affine) -> Box:
    box = box_of(sent(UNIT_SQUARE, by))
    return box or Box(0, 0, 0, 0)


def _tidy(by: Affine) -> Affine:
    """Rounded far below a printer's dot, so that the same design gives the same bytes on every machine."""
    return Affine(*(round(number, 4) + 0.0 for number in (by.a, by.b, by.c, by.d, by.e, by.f)))
