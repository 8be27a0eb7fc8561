"""Placing a maker's shape on an area: scaled to its width, its inks filled in."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from configurator.artwork.elements import Shape
from configurator.artwork.frames import Frame, turning
from configurator.artwork.inks import drawn_ink, numbered_ink
from configurator.artwork.outlines import box_of, flattened, joined_boxes
from configurator.artwork.scene import Ink, Path
from configurator.artwork.shapes import Drawing, ShapePart, read_shape
from configurator.blanks.blank import Area
from configurator.blanks.methods import Method
from configurator.geometry import Affine, Box, PathData, mapped

Inks = tuple[tuple[str, Ink], ...]
"""Paint of a drawing -> the ink it is made in."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A shape where it stands; box: all it covers, strokes included, in mm; frame: the same before turning."""

    paths: tuple[Path, ...]
    box: Box | None
    frame: Frame | None = None


def place_shape(text: str, element: Shape, number: int, method: Method) -> Placed:
    """A shape element; text is the shape's SVG."""
    drawing = read_shape(text)
    inks, upright = _inks(drawing, element.inks, method), _middle_map(drawing, element)
    placed = _placed(text, turning(element).after(upright), inks, number)
    box = _placed(text, upright, inks, number).box
    return replace(placed, frame=Frame(box, element.turn, element.x_mm, element.y_mm)) if box else placed


def place_backdrop(text: str, area: Area, method: Method) -> Placed:
    """A shape drawn over the whole area with its bleed, as element 0."""
    drawing = read_shape(text)
    bleed = area.bleed_mm
    width, height = area.size_mm[0] + 2 * bleed, area.size_mm[1] + 2 * bleed
    by = Affine.shifted(-bleed, -bleed).after(Affine.scaled(width / drawing.width, height / drawing.height))
    return _placed(text, by, _inks(drawing, (), method), 0)


def _inks(drawing: Drawing, chosen: tuple[str, ...], method: Method) -> Inks:
    """What each of its paints becomes, by its name."""
    numbered = {f"ink-{number}": numbered_ink(method, chosen, number) for number in range(1, drawing.inks + 1)}
    paints = {paint for part in drawing.parts for paint in (part.fill, part.stroke) if paint}
    drawn = {paint: drawn_ink(method, paint) for paint in sorted(paints) if not paint.startswith("ink-")}
    return tuple((numbered | drawn).items())


def _covered(path: Path) -> Box | None:
    box = box_of(flattened(path.data).points)
    return box.grown(path.width_mm / 2) if box and path.stroke else box


def _middle_map(drawing: Drawing, element: Shape) -> Affine:
    scale = element.width_mm / drawing.width
    left, top = element.x_mm - element.width_mm / 2, element.y_mm - drawing.height * scale / 2
    return Affine.shifted(left, top).after(Affine.scaled(scale))


def placed_drawing(text: str, by: Affine, number: int, method: Method) -> tuple[Path, ...]:
    """A drawing in its own colours, as far as the method has them, brought to mm by a map."""
    return _placed(text, by, _inks(read_shape(text), (), method), number).paths


@lru_cache(maxsize=1024)
def _placed(text: str, by: Affine, inks: Inks, number: int) -> Placed:
    paths = tuple(_path(part, by, dict(inks), number) for part in read_shape(text).parts)
    return Placed(paths, joined_boxes([box for path in paths if (box := _covered(path))]))


def _path(part: ShapePart, by: Affine, inks: Mapping[str, Ink], number: int) -> Path:
    width = round(part.width * abs(by.a * by.d - by.b * by.c) ** 0.5, 4)
    fill, stroke = inks.get(part.fill or ""), inks.get(part.stroke or "")
    return Path(_tidy(mapped(part.data, by)), fill, stroke, width, "art", number, part.round)


def _tidy(path: PathData) -> PathData:
    return tuple((letter, tuple(round(number, 4) + 0.0 for number in numbers)) for letter, numbers in path)
