"""Reading a maker's shape: a small, safe part of SVG, as paths with hex colours or ink numbers."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from xml.etree import ElementTree  # only texts without a document type are read: see _root

from configurator.artwork.svg_paths import FaultyPath, read_path
from configurator.errors import Invalid
from configurator.geometry import Affine, PathData, mapped

_ROOT = "{http://www.w3.org/2000/svg}"
_PAINT = re.compile(r"none|#[0-9a-fA-F]{6}|#[0-9a-fA-F]{3}|ink-[1-9]")
_TRANSFORM = re.compile(r"\s*(\w+)\s*\(([^)]*)\)[\s,]*")
_INHERITED = frozenset({"fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin"})
_GEOMETRY = {
    "path": ("d",),
    "rect": ("x", "y", "width", "height", "rx", "ry"),
    "circle": ("cx", "cy", "r"),
    "ellipse": ("cx", "cy", "rx", "ry"),
    "line": ("x1", "y1", "x2", "y2"),
    "polyline": ("points",),
    "polygon": ("points",),
    "g": (),
    "svg": ("viewBox", "width", "height", "version"),
}


class FaultyShape(Invalid):
    """A shape drawing uses what artwork cannot make; the sentence says what and what to use instead."""


@dataclass(frozen=True, slots=True)
class ShapePart:
    """A path of a shape in the drawing's units. fill, stroke: "#rrggbb", "ink-1" … or None."""

    data: PathData
    fill: str | None
    stroke: str | None
    width: float
    round: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """A shape: its parts from back to front, moved so that the view box starts at 0, 0."""

    width: float
    height: float
    parts: tuple[ShapePart, ...]

    @property
    def inks(self) -> int:
        """The highest ink number it asks for."""
        paints = (paint for part in self.parts for paint in (part.fill, part.stroke))
        return max((int(paint[4:]) for paint in paints if paint and paint.startswith("ink-")), default=0)


@lru_cache(maxsize=256)
def read_shape(text: str) -> Drawing:
    """Read a shape's SVG. Raises FaultyShape."""
    root = _root(text)
    box = [float(number) for number in re.split(r"[\s,]+", root.get("viewBox", "").strip()) if number]
    if len(box) != 4 or box[2] <= 0 or box[3] <= 0:
        raise FaultyShape('A shape needs a viewBox of four numbers, for example viewBox="0 0 40 30".')
    moved = Affine.shifted(-box[0], -box[1])
    return Drawing(box[2], box[3], tuple(_parts(root, {"fill": "#000000"}, moved)))


def _root(text: str) -> ElementTree.Element:
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise FaultyShape("A shape must not have a document type: take the <!DOCTYPE …> line out.")
    try:
        root = ElementTree.fromstring(text)  # noqa: S314  # no document type, so no entities to blow up
    except ElementTree.ParseError as fault:
        raise FaultyShape(f"A shape is not well-formed XML: {fault}.") from fault
    if root.tag.removeprefix(_ROOT) != "svg":
        raise FaultyShape(f"A shape starts with <svg>, not <{root.tag}>.")
    return root


def _parts(node: ElementTree.Element, inherited: Mapping[str, str], by: Affine) -> Iterator[ShapePart]:
    tag = node.tag.removeprefix(_ROOT)
    _check(tag, node)
    paint = {**inherited, **{key: value for key, value in node.attrib.items() if key in _INHERITED}}
    by = by.after(transform(node.get("transform", "")))
    if tag in {"g", "svg"}:
        for child in node:
            yield from _parts(child, paint, by)
        return
    part = _painted(outline(tag, node), paint, by)
    if part:
        yield part


def _check(tag: str, node: ElementTree.Element) -> None:
    if tag not in _GEOMETRY:
        raise FaultyShape(f"A shape cannot have <{tag}>: use {', '.join(sorted(set(_GEOMETRY) - {'svg'}))}.")
    allowed = {*_GEOMETRY[tag], *_INHERITED, "id", "transform"}
    for name in node.attrib:
        if name not in allowed:
            raise FaultyShape(f"<{tag}> in a shape cannot have {name}: only {', '.join(sorted(allowed))}.")


def _painted(data: PathData, paint: Mapping[str, str], by: Affine) -> ShapePart | None:
    fill, stroke = _colour(paint.get("fill", "none")), _colour(paint.get("stroke", "none"))
    if not data or not (fill or stroke):
        return None
    scale = abs(by.a * by.d - by.b * by.c) ** 0.5
    width = _number(paint.get("stroke-width", "1")) * scale if stroke else 0
    rounded = "round" in {paint.get("stroke-linecap"), paint.get("stroke-linejoin")}
    return ShapePart(mapped(data, by), fill, stroke, width, rounded)


def _colour(paint: str) -> str | None:
    if not _PAINT.fullmatch(paint):
        raise FaultyShape(f"A shape's colour is none, #rrggbb or ink-1 to ink-9, not {paint!r}.")
    if paint == "none":
        return None
    if paint.startswith("#") and len(paint) == 4:
        paint = "#" + "".join(2 * digit for digit in paint[1:])
    return paint.lower()


def _number(text: str) -> float:
    try:
        return float(text.removesuffix("px"))
    except ValueError:
        raise FaultyShape(f"A shape has {text!r} where a number belongs.") from None


def transform(text: str) -> Affine:
    """A transform attribute as one map. Raises FaultyShape."""
    whole, at = Affine(), 0
    while at < len(text):
        found = _TRANSFORM.match(text, at)
        if not found or found.group(1) not in _TRANSFORMS:
            raise FaultyShape(f"A shape cannot be transformed by {text[at:]!r}: use {', '.join(_TRANSFORMS)}.")
        numbers = [_number(number) for number in re.split(r"[\s,]+", found.group(2).strip())]
        whole = whole.after(_TRANSFORMS[found.group(1)](*numbers))
        at = found.end()
    return whole


def _rotated(angle: float, x: float = 0, y: float = 0) -> Affine:
    return Affine.shifted(x, y).after(Affine.turned(angle)).after(Affine.shifted(-x, -y))


_TRANSFORMS: dict[str, Callable[..., Affine]] = {
    "translate": lambda x, y=0.0: Affine.shifted(x, y),
    "scale": lambda x, y=None: Affine.scaled(x, y),
    "rotate": _rotated,
    "matrix": Affine,
}


def outline(tag: str, node: ElementTree.Element) -> PathData:
    """The outline of a path, rect, circle and so on; empty when it has none. Raises FaultyShape."""
    if tag == "path":
        return _readable(node.get("d", ""))
    if tag in {"polyline", "polygon"}:
        points = node.get("points", "").strip()
        return _readable(f"M{points}{'Z' if tag == 'polygon' else ''}") if points else ()
    size = {name: _number(node.get(name, "0")) for name in _GEOMETRY[tag]}
    if tag == "line":
        return _readable(f"M{size['x1']} {size['y1']}L{size['x2']} {size['y2']}")
    if tag == "rect":
        return rounded_rectangle(size["x"], size["y"], size["width"], size["height"], size["rx"] or size["ry"])
    rx, ry = (size["r"], size["r"]) if tag == "circle" else (size["rx"], size["ry"])
    return ellipse(size["cx"], size["cy"], rx, ry)


def _readable(data: str) -> PathData:
    try:
        return read_path(data)
    except FaultyPath as fault:
        raise FaultyShape(fault.sentence) from fault


def ellipse(x: float, y: float, rx: float, ry: float) -> PathData:
    """A closed ellipse round x, y."""
    return read_path(f"M{x - rx} {y}A{rx} {ry} 0 1 1 {x + rx} {y}A{rx} {ry} 0 1 1 {x - rx} {y}Z") if rx and ry else ()


def rounded_rectangle(x: float, y: float, width: float, height: float, radius: float) -> PathData:
    """A closed rectangle with round corners; radius 0 keeps them square."""
    r = min(radius, width / 2, height / 2)
    if r <= 0:
        return read_path(f"M{x} {y}h{width}v{height}h{-width}Z")
    arc = f"a{r} {r} 0 0 1 "
    across, down = width - 2 * r, height - 2 * r
    return read_path(
        f"M{x + r} {y}h{across}{arc}{r} {r}v{down}{arc}{-r} {r}h{-across}{arc}{-r} {-r}v{-down}{arc}{r} {-r}Z"
    )
