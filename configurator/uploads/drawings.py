"""Uploaded SVG: read by an allow-list, kept as flat paths of our own; with shading, as a picture (shading.py)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from configurator.artwork.fonts import FontBook
from configurator.artwork.shapes import FaultyShape, outline, transform
from configurator.geometry import Affine, Box, PathData, control_box, mapped
from configurator.uploads.cutting_lines import area_of, clipped, dashed, dashes, geo, half_way_round, line_area
from configurator.uploads.lettering import outline_letters
from configurator.uploads.limits import MOST_COMMANDS, MOST_DEPTH, MOST_DRAWING_BYTES
from configurator.uploads.made import Made
from configurator.uploads.refusing import Unusable
from configurator.uploads.shading import read_shaded
from configurator.uploads.styling import SHADING, Style, number, own_style, read_classes
from configurator.uploads.svg_elements import (
    ELSEWHERE,
    NOTHING,
    SHAPES,
    SVG,
    TOO_DEEP,
    NotFlat,
    href,
    local_name,
    refuse,
)
from configurator.uploads.svg_frame import share_out, view_box
from configurator.uploads.winding import as_winding

SIDE = 1000
"""The longer side of a drawing as it is kept."""
FAR = 1e7

_GROUPS = frozenset({"g", "a", "svg"})
_PASSED = frozenset({"defs", "title", "desc", "metadata", "style", "symbol", "clipPath", "linearGradient"}) | frozenset(
    {"radialGradient", "pattern", "mask", "filter"}
)


@dataclass(frozen=True)
class _Part:
    data: PathData
    fill: str | None
    stroke: str | None
    width: float
    round: bool

    @property
    def box(self) -> Box | None:
        around = control_box([self.data])
        return around.grown(self.width / 2) if around and self.stroke else around

    def line_first(self) -> Iterator["_Part"]:
        """Its line, and what it fills over that."""
        if self.stroke:
            yield replace(self, fill=None)
        if self.fill:
            yield replace(self, stroke=None, width=0)


def read_drawing(content: bytes, book: FontBook | None = None) -> Made:
    """An SVG as paths, or as a picture. book: sets its letters. Raises Unusable for whatever else it holds."""
    if len(content) > MOST_DRAWING_BYTES:
        raise Unusable(f"An SVG may have {MOST_DRAWING_BYTES // 1_000_000} MB. Save this one as PDF or PNG.")
    root = _root(content)
    share_out(root)
    classes = read_classes(node.text or "" for node in root.iter() if local_name(node) == "style")
    doubt = outline_letters(root, classes, book)
    named = {key: node for node in root.iter() if (key := node.get("id"))}
    return replace(_read(_Reader(root, classes, named)), doubt=doubt)


def _read(reader: "_Reader") -> Made:
    try:
        parts = list(reader.parts())
    except NotFlat as found:
        return read_shaded(reader.root, reader.named, reader.classes, found.reason)
    except FaultyShape as fault:
        raise Unusable(f"{fault.sentence} Export the drawing as plain SVG and send that.") from fault
    seen = [part for part in parts if part.box and part.box.width + part.box.height > 0]
    if not seen:
        raise Unusable(NOTHING)
    return _written(seen)


def _root(content: bytes) -> Element:
    try:
        root: Element = fromstring(content)
    except DefusedXmlException as fault:
        raise Unusable("This SVG refers to other files or defines entities. Export it as plain SVG.") from fault
    except (ParseError, ValueError, LookupError) as fault:
        raise Unusable(f"This SVG is not well-formed ({fault}). Open it, export it anew and send that.") from fault
    if root.tag not in (f"{SVG}svg", "svg"):
        raise Unusable("This is a text with tags, but no SVG. Save the picture as JPEG, PNG, SVG or PDF.")
    return root


@dataclass(frozen=True)
class _Place:
    """Where parts come to. by: the map to the drawing's units; clip: what they keep inside, in these; None: all."""

    by: Affine = field(default_factory=Affine)
    clip: Any = None

    def within(self, shapes: list[PathData]) -> "_Place":
        """Inside one of these shapes too."""
        area = geo.union_all([area_of(shape) for shape in shapes])
        return replace(self, clip=area if self.clip is None else area.intersection(self.clip))

    def kept(self, part: _Part) -> Iterator[_Part]:
        """What is left of a part: itself when all of it lies inside, else areas."""
        box = part.box
        if self.clip is None or box is None or self.clip.covers(geo.box(box.left, box.top, box.right, box.bottom)):
            yield part
            return
        if part.fill:
            yield replace(part, data=clipped(area_of(part.data), self.clip), stroke=None, width=0)
        if part.stroke:
            area = line_area(part.data, part.width, round_ends=part.round)
            yield replace(part, data=clipped(area, self.clip), fill=part.stroke, stroke=None, width=0)


@dataclass
class _Reader:
    root: Element
    classes: Mapping[str, Mapping[str, str]]
    named: Mapping[str, Element]
    commands: int = 0

    def parts(self) -> Iterator[_Part]:
        box = view_box(self.root)
        for part in self._of(self.root, Style(), _Place(), 0):
            if box is None or part.box is None or _meet(part.box, box):
                yield part

    def _of(self, node: Element, style: Style, at: _Place, depth: int) -> Iterator[_Part]:
        name = _seen_as(node, depth)
        if not name:
            return
        own = style.of(own_style(node.attrib, self.classes))
        if own.hidden:
            return
        at = self._clipped(own, replace(at, by=at.by.after(transform(node.get("transform", "")))))
        if name in SHAPES:
            yield from self._drawn(node, name, own, at)
        elif name == "use":
            yield from self._used(node, own, at, depth)
        elif name in _GROUPS and (name != "svg" or depth == 0):
            own.check()
            for child in node:
                yield from self._of(child, own, at, depth + 1)
        else:
            refuse(name)

    def _clipped(self, style: Style, at: _Place) -> _Place:
        """The place with the clip path that is in force here, if any. Its shapes are plain ones."""
        if not style.clip:
            return at
        path = self.named.get(style.clip)
        if path is None or local_name(path) != "clipPath" or path.get("clipPathUnits") == "objectBoundingBox":
            raise NotFlat(SHADING)
        by = at.by.after(transform(path.get("transform", "")))
        shapes = []
        for child in path:
            if (name := local_name(child)) in SHAPES:
                data = outline(name, child)
                self._count(len(data))
                data = as_winding(data) if own_style(child.attrib, self.classes).get("clip-rule") == "evenodd" else data
                shapes.append(mapped(data, by.after(transform(child.get("transform", "")))))
            elif name not in _PASSED and name:
                raise NotFlat(SHADING)
        return at.within(shapes)

    def _used(self, node: Element, style: Style, at: _Place, depth: int) -> Iterator[_Part]:
        target = href(node)
        if not target.startswith("#"):
            raise Unusable(ELSEWHERE)
        used = self.named.get(target[1:])
        self._count(1)
        if used is None:
            return
        moved = replace(at, by=at.by.after(Affine.shifted(number(node.get("x", "0")), number(node.get("y", "0")))))
        for child in used if local_name(used) == "symbol" else [used]:
            yield from self._of(child, style, moved, depth + 1)

    def _drawn(self, node: Element, name: str, style: Style, at: _Place) -> Iterator[_Part]:
        for part in self._whole(node, name, style, at.by):
            yield from at.kept(part)

    def _whole(self, node: Element, name: str, style: Style, by: Affine) -> Iterator[_Part]:
        fill, stroke = style.paint("fill"), style.paint("stroke")
        if name == "line":
            fill = None
        data = outline(name, node) if fill or stroke else ()
        self._count(len(data))
        if not data:
            return
        if not all(abs(value) < FAR for _, numbers in mapped(data, by) for value in numbers):
            raise Unusable("Something in this SVG lies endlessly far away. Export it anew and send that.")
        data = as_winding(data) if fill and style.even_odd else data
        width = style.width * abs(by.a * by.d - by.b * by.c) ** 0.5 if stroke else 0
        lengths = dashes(style.values.get("stroke-dasharray", "none")) if stroke else ()
        if not lengths:
            whole = _Part(mapped(data, by), fill, stroke, width, style.round)
            yield from whole.line_first() if style.line_first else [whole]
            return
        if fill:
            yield _Part(mapped(data, by), fill, None, 0, style.round)
        if name in ("circle", "ellipse"):
            data = half_way_round(data)
        pieces = dashed(data, lengths, number(style.values.get("stroke-dashoffset", "0")))
        self._count(len(pieces))
        yield _Part(mapped(pieces, by), None, stroke, width, style.round)

    def _count(self, commands: int) -> None:
        self.commands += commands
        if self.commands > MOST_COMMANDS:
            raise NotFlat(f"more than {MOST_COMMANDS:,} lines and curves")


def _seen_as(node: Element, depth: int) -> str:
    """Its name, empty for what is not drawn where it stands. Raises NotFlat, Unusable."""
    if depth > MOST_DEPTH:
        raise Unusable(TOO_DEEP)
    name = local_name(node)
    if name == "image":
        raise NotFlat("a picture in it")
    return "" if name in _PASSED else name


def _meet(one: Box, other: Box) -> bool:
    return one.left <= other.right and other.left <= one.right and one.top <= other.bottom and other.top <= one.bottom


def _written(parts: list[_Part]) -> Made:
    boxes = [part.box for part in parts if part.box]
    left, top = min(box.left for box in boxes), min(box.top for box in boxes)
    width, height = max(box.right for box in boxes) - left, max(box.bottom for box in boxes) - top
    scale = SIDE / max(width, height)
    by = Affine.scaled(scale).after(Affine.shifted(-left, -top))
    wide, high = max(1, round(width * scale)), max(1, round(height * scale))
    drawn = "".join(_path(part, by, scale) for part in parts)
    text = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}">{drawn}</svg>'
    return Made("drawing", "image/svg+xml", wide, high, text.encode())


def _path(part: _Part, by: Affine, scale: float) -> str:
    d = "".join(letter + " ".join(_short(value) for value in numbers) for letter, numbers in mapped(part.data, by))
    paint = f'fill="{part.fill or "none"}"'
    if part.stroke:
        paint += f' stroke="{part.stroke}" stroke-width="{_short(part.width * scale)}"'
        paint += ' stroke-linecap="round" stroke-linejoin="round"' if part.round else ""
    return f'<path {paint} d="{d}"/>'


def _short(value: float) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
