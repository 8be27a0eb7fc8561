"""A blank's drawing dressed for a configuration: colours filled in, conditions and views decided, places left open."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from html import escape
from itertools import count
from math import cos, radians, sin
from xml.etree import ElementTree  # the catalogue has checked the drawing; no document type is read

from configurator.blanks.blank import Area, Blank
from configurator.errors import Invalid
from configurator.options.conditions import condition_holds
from configurator.options.model import Configuration

PREFIX = "\0"
"""Stands before every id until the writer puts its own prefix there; cannot occur in XML."""

_NAMESPACE = "{http://www.w3.org/2000/svg}"
_NUMBER = re.compile(r"-?[0-9.]+")
_TURNED: Mapping[str, Callable[[float], bool]] = {
    "+": lambda turn: turn > 0,
    "0+": lambda turn: turn >= 0,
    "-": lambda turn: turn < 0,
    "0-": lambda turn: turn <= 0,
}
"""data-turned: when a part is shown, by which way the product has turned."""
_PAINT = re.compile(r"\{([^{}\s]*)\}")
_REFERENCE = re.compile(r"url\(\s*#")


class FaultyDrawing(Invalid):
    """A product drawing cannot be read."""


@dataclass(frozen=True, slots=True)
class AreaPlace:
    """Where an area's artwork goes. facing_mm: the drawing turns this side to the viewer; None: as the area says."""

    area: str
    facing_mm: float | None


@dataclass(frozen=True, slots=True)
class CutPlace:
    """A path that takes the shape of an area's cut contour. attributes: its paint, as text."""

    area: str
    attributes: str


Part = str | AreaPlace | CutPlace


@dataclass(frozen=True, slots=True)
class Dressed:
    """A drawing as text with open places, ids marked with PREFIX, and its view box."""

    view_box: str
    parts: tuple[Part, ...]


def dressed(blank: Blank, configuration: Configuration, view: str, turn: float = 0) -> Dressed:
    """The drawing for a complete configuration, seen in a view; turn: degrees to which parts with an axis turn."""
    conditions = _conditions(blank.drawing)
    held = tuple(condition for condition in conditions if condition_holds(condition, configuration))
    return _dressed(blank.drawing, tuple(sorted(paints(blank, configuration).items())), held, (view, turn))


@lru_cache(maxsize=64)
def turns_drawing(drawing: str, view: str) -> bool:
    """Whether a view's drawing says that it turns, or has parts that it shows by which way the product has turned."""
    sides = [node for node in _root(drawing) if node.get("data-view", view) == view]
    return any(node.get("data-turned") or node.get("data-turns") for side in sides for node in side.iter())


@lru_cache(maxsize=64)
def drawing_views(drawing: str) -> tuple[str, ...]:
    """The views a drawing names, in its order."""
    return tuple(dict.fromkeys(node.get("data-view", "") for node in _root(drawing).iter() if node.get("data-view")))


@lru_cache(maxsize=64)
def drawn_areas(drawing: str, view: str) -> dict[str, float | None]:
    """The areas that a view's drawing has a place for: key -> the millimetre that faces the viewer, if it says so."""
    sides = [node for node in _root(drawing) if node.get("data-view", view) == view]
    places = [node for side in sides for node in side.iter() if node.get("data-view", view) == view]
    return {
        key: float(facing) if (facing := node.get("data-facing")) else None
        for node in places
        if (key := node.get("data-area") or node.get("data-cut"))
    }


def paints(blank: Blank, configuration: Configuration) -> dict[str, str]:
    """The colours of the drawing's {names}: the blank's own, changed by what was chosen, option by option."""
    colours = dict(blank.paints)
    for option in blank.detailed:
        for key in _chosen_keys(configuration.get(option)):
            detail = blank.details.get((option, key))
            colours.update(detail.paint if detail else {})
    return colours


def ground_of(area: Area, blank: Blank, configuration: Configuration) -> str | None:
    """The colour of what an area's artwork stands on, "#rrggbb"; None when the blank does not say."""
    named = area.ground and area.ground[0] == "{"
    return paints(blank, configuration).get((area.ground or "")[1:-1]) if named else area.ground


def _chosen_keys(chosen: object) -> list[str]:
    if isinstance(chosen, str):
        return [chosen]
    return sorted(chosen) if isinstance(chosen, frozenset) else []


@lru_cache(maxsize=64)
def _root(drawing: str) -> ElementTree.Element:
    try:
        return ElementTree.fromstring(drawing)  # noqa: S314  # the maker's own file, checked when the catalogue is read
    except ElementTree.ParseError as fault:
        raise FaultyDrawing(f"The product's drawing is not well-formed XML: {fault}.") from fault


@lru_cache(maxsize=64)
def _conditions(drawing: str) -> tuple[str, ...]:
    return tuple(sorted({node.get("data-when", "") for node in _root(drawing).iter()} - {""}))


@lru_cache(maxsize=512)
def _dressed(
    drawing: str, paints: tuple[tuple[str, str], ...], held: tuple[str, ...], side: tuple[str, float]
) -> Dressed:
    root = _root(drawing)
    dresser = _Dresser(dict(paints), frozenset(held), *side)
    parts = [part for child in root for part in dresser.parts(child)]
    return Dressed(root.get("viewBox", "0 0 100 100"), tuple(_merged(parts)))


@dataclass(frozen=True, slots=True)
class _Dresser:
    paints: Mapping[str, str]
    held: frozenset[str]
    view: str
    turn: float
    around: "_Around | None" = None

    def parts(self, node: ElementTree.Element) -> Iterator[Part]:
        if not self._shown(node):
            return
        if node.get("data-axis") and self.around is None:
            around = _around(node, self.turn)
            yield from replace(self, around=around).parts(node) if around.in_sight else ()
            return
        tag = node.tag.removeprefix(_NAMESPACE)
        if tag in {"title", "desc"}:
            return
        attributes = self._attributes(node)
        if node.get("data-cut"):
            yield CutPlace(node.get("data-cut", ""), attributes)
            return
        inside = [part for child in node for part in self.parts(child)]
        if node.get("data-area"):
            facing = node.get("data-facing")
            inside.append(AreaPlace(node.get("data-area", ""), float(facing) if facing else None))
        yield from [f"<{tag}{attributes}>", *inside, f"</{tag}>"] if inside else [f"<{tag}{attributes}/>"]

    def _shown(self, node: ElementTree.Element) -> bool:
        condition, turned = node.get("data-when"), node.get("data-turned")
        return (
            node.get("data-view", self.view) == self.view
            and (condition is None or condition in self.held)
            and (turned is None or _TURNED[turned](self.turn))
        )

    def _attributes(self, node: ElementTree.Element) -> str:
        kept = ((key, value) for key, value in node.attrib.items() if not key.startswith("data-"))
        return "".join(f' {key.rpartition("}")[2]}="{self._value(key, value)}"' for key, value in kept)

    def _value(self, key: str, value: str) -> str:
        filled = _PAINT.sub(lambda name: self.paints.get(name.group(1), "none"), value)
        if key == "d" and self.around is not None:
            return _turned(filled, self.around)
        if key == "id":
            filled = PREFIX + filled
        elif key.endswith("href") and filled.startswith("#"):
            filled = f"#{PREFIX}{filled[1:]}"
        return escape(_REFERENCE.sub(f"url(#{PREFIX}", filled))


@dataclass(frozen=True, slots=True)
class _Around:
    """How what stands at an upright axis is seen when that has turned: squeezed across, moved aside and down."""

    axis: float
    across: float = 1
    aside: float = 0
    down: float = 0
    in_sight: bool = True

    @property
    def still(self) -> bool:
        """Whether it is seen as it is drawn."""
        return self.across == 1


def _around(node: ElementTree.Element, turn: float) -> _Around:
    """data-stands: radius, bow and degrees from the front of what stands on a wall. Else it is a plane on the axis."""
    axis, stands = float(node.get("data-axis", "0")), node.get("data-stands")
    if stands is None:
        return _Around(axis, cos(radians(turn)))
    radius, bow, degrees = map(float, stands.split())
    across, aside = cos(radians(degrees - turn)), sin(radians(degrees - turn))
    return _Around(axis, across, radius * aside, bow * (across - 1), in_sight=across > 0)


def _turned(d: str, around: _Around) -> str:
    """A path of absolute M, L, C and Q, as seen."""
    if around.still:
        return d
    numbers = count()

    def placed(found: re.Match[str]) -> str:
        if next(numbers) % 2:
            return f"{float(found[0]) + around.down:.1f}" if around.down else found[0]
        return f"{around.axis + around.aside + (float(found[0]) - around.axis) * around.across:.1f}"

    return _NUMBER.sub(placed, d)


def _merged(parts: list[Part]) -> Iterator[Part]:
    text = ""
    for part in parts:
        if isinstance(part, str):
            text += part
            continue
        yield text
        yield part
        text = ""
    yield text
