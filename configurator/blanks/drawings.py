"""Drawings and shapes: SVG that may only draw. Checked with the line of every mistake."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from configurator.blanks.faults import listed

PAINT = re.compile(r"\{([^{}\s]*)\}")
"""A colour's name in braces, to be filled with a value's paint."""

_PATHS = frozenset({"svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "title", "desc"})
_PAINTERS = frozenset({"defs", "use", "linearGradient", "radialGradient", "stop", "clipPath", "mask", "pattern"})
_SHAPE_ATTRIBUTES = frozenset(
    {"id", "transform", "fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "d", "points", "viewBox"}
    | {"x", "y", "width", "height", "rx", "ry", "cx", "cy", "r", "x1", "y1", "x2", "y2", "version", "xmlns"}
)
_SHAPE_COLOUR = re.compile(r"none|#[0-9a-fA-F]{3}|#[0-9a-fA-F]{6}|ink-[1-9]")
_REFERENCES = re.compile(r"url\(\s*['\"]?([^)'\"]*)")


@dataclass(slots=True)
class Drawing:
    """What a drawing holds. Line numbers count from 1; faults are (line, sentence). places: areas and the view that
    each place of theirs is in; None: in all.
    """

    box: tuple[float, float, float, float] = (0, 0, 0, 0)
    ids: dict[str, int] = field(default_factory=dict)
    areas: dict[str, int] = field(default_factory=dict)
    cuts: dict[str, int] = field(default_factory=dict)
    views: dict[str, int] = field(default_factory=dict)
    places: set[tuple[str, str | None]] = field(default_factory=set)
    conditions: list[tuple[int, str]] = field(default_factory=list)
    paints: dict[str, int] = field(default_factory=dict)
    references: list[tuple[int, str]] = field(default_factory=list)
    faults: list[tuple[int, str]] = field(default_factory=list)


def read_drawing(text: str) -> Drawing:
    """A product drawing: areas, views, conditions and colours it names, and what is wrong with it."""
    return _read(text, _Reader)


def read_shape(text: str) -> Drawing:
    """A shape that is printed or cut: only what can become a path."""
    return _read(text, _ShapeReader)


def _read(text: str, kind: "type[_Reader]") -> Drawing:
    drawing = Drawing()
    if re.search(r"<!(DOCTYPE|ENTITY)", text, re.IGNORECASE):
        drawing.faults.append((1, "A drawing has no DOCTYPE and no entities; take them out."))
        return drawing
    reader = kind(drawing)
    try:
        reader.parser.Parse(text.encode(), True)
    except expat.ExpatError as error:
        what = expat.ErrorString(error.code)
        drawing.faults.append((error.lineno, f"This is no well-formed SVG: {what}."))
    else:
        _check_references(drawing)
    return drawing


class _Reader:
    """Receives the parser's events for a product drawing."""

    elements = _PATHS | _PAINTERS

    def __init__(self, drawing: Drawing) -> None:
        self.drawing, self.within = drawing, list[str | None]()
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.ProcessingInstructionHandler = self.instruction

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        line = self.parser.CurrentLineNumber
        if name not in self.elements:
            self.fault(f"<{name}> may not be in a drawing; allowed are {listed(sorted(self.elements), most=30)}.")
        if not self.within:
            self.root(name, attributes)
        self.within.append(attributes.get("data-view", self.within[-1] if self.within else None))
        if "data-area" in attributes:
            self.drawing.places.add((attributes["data-area"], self.within[-1]))
        for key, value in attributes.items():
            self.attribute(key, value, line)

    def end(self, _name: str) -> None:
        self.within.pop()

    def root(self, name: str, attributes: Mapping[str, str]) -> None:
        try:
            numbers = [float(number) for number in attributes.get("viewBox", "").replace(",", " ").split()]
        except ValueError:
            numbers = []
        if name != "svg" or len(numbers) != 4 or numbers[2] <= 0 or numbers[3] <= 0:
            self.fault('A drawing starts with <svg viewBox="0 0 560 520"> in its own units.')
        else:
            self.drawing.box = (numbers[0], numbers[1], numbers[2], numbers[3])

    def attribute(self, key: str, value: str, line: int) -> None:
        self.check(key, value)
        for name in PAINT.findall(value):
            self.drawing.paints.setdefault(name, line)
        noted = {"id": self.drawing.ids, "data-area": self.drawing.areas, "data-cut": self.drawing.cuts}
        if key in noted:
            if value in noted[key] and key == "id":
                self.fault(f"{key} “{value}” stands here a second time; the first is on line {noted[key][value]}.")
            noted[key].setdefault(value, line)
        elif key == "data-view":
            self.drawing.views.setdefault(value, line)
        elif key == "data-when":
            self.drawing.conditions.append((line, value))
        else:
            self.turning(key, value)

    def turning(self, key: str, value: str) -> None:
        """What turns a cylinder and what stands off it."""
        if key == "data-facing":
            self.number(key, value, "the millimetre of the area that faces the viewer")
        elif key == "data-axis":
            self.number(key, value, "where the upright axis is across the drawing")
        elif key == "data-stands":
            self.number(key, value, "a wall’s radius and bow on the drawing, and degrees from its front", count=3)
        elif key == "data-turns" and value != "yes":
            self.fault(f"data-turns is “{value}”; expected “yes”.")
        elif key == "data-turned" and value not in {"+", "0+", "-", "0-"}:
            self.fault(f"data-turned is “{value}”; expected “+”, “0+”, “-” or “0-”.")

    def number(self, key: str, value: str, expected: str, *, count: int = 1) -> None:
        try:
            right = len([float(number) for number in value.split()]) == count
        except ValueError:
            right = False
        if not right:
            self.fault(f"{key} is “{value}”; expected {expected}.")

    def check(self, key: str, value: str) -> None:
        if key.lower().startswith("on"):
            self.fault(f"“{key}” is a script; a drawing has none.")
        elif key == "style":
            self.fault("“style” may not be in a drawing; write its properties as attributes, like fill.")
        elif key in {"href", "xlink:href"} or "url(" in value:
            self.reference(key, value)

    def reference(self, key: str, value: str) -> None:
        for target in [value] if key.endswith("href") else _REFERENCES.findall(value):
            if target.startswith("#"):
                self.drawing.references.append((self.parser.CurrentLineNumber, target[1:]))
            else:
                self.fault(f"“{target[:60]}” is outside this drawing; only ids in it may be named, like #body.")

    def instruction(self, target: str, _data: str) -> None:
        self.fault(f"<?{target}?> may not be in a drawing.")

    def fault(self, sentence: str) -> None:
        self.drawing.faults.append((self.parser.CurrentLineNumber, sentence))


class _ShapeReader(_Reader):
    """Receives the parser's events for a shape: what is printed or cut knows no more than paths and flat colours."""

    elements = _PATHS

    def check(self, key: str, value: str) -> None:
        if key not in _SHAPE_ATTRIBUTES:
            self.fault(f"“{key}” cannot be printed or cut; allowed are {listed(sorted(_SHAPE_ATTRIBUTES), most=40)}.")
        elif key in {"fill", "stroke"} and not _SHAPE_COLOUR.fullmatch(value):
            self.fault(f"“{value}” is no colour here; expected none, a colour like #ee5a3b, or ink-1 to ink-9.")


def _check_references(drawing: Drawing) -> None:
    for line, name in drawing.references:
        if name not in drawing.ids:
            drawing.faults.append((line, f"“#{name}” names no id of this drawing."))
