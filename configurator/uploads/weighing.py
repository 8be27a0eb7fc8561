"""How much work drawing an uploaded SVG is, known before it is drawn: shapes, layers, effects; uses are counted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from configurator.uploads.limits import MOST_DEPTH
from configurator.uploads.refusing import Unusable
from configurator.uploads.styling import own_style, reference
from configurator.uploads.svg_elements import TOO_DEEP, href, local_name

_ASIDE = frozenset({"defs", "symbol", "clipPath", "mask", "pattern", "filter", "linearGradient", "radialGradient"})
"""Drawn only by who refers to them."""
_LINKED = frozenset({"use", "pattern", "linearGradient", "radialGradient"})
_OUTLINE, _APART = ("d", "points"), ("opacity", "mask", "mix-blend-mode", "filter")
ITSELF = "A part of this drawing holds itself. Export it as plain SVG and send that."


@dataclass(frozen=True)
class Work:
    """signs: of the outlines. shapes: painted. layers: pictures drawn apart and laid over. effects: of filters."""

    signs: int = 0
    shapes: int = 0
    layers: int = 0
    effects: int = 0

    def __add__(self, other: "Work") -> "Work":
        return Work(
            self.signs + other.signs,
            self.shapes + other.shapes,
            self.layers + other.layers,
            self.effects + other.effects,
        )


MOST = Work(signs=8_000_000, shapes=50_000, layers=400, effects=60)
FINE = Work(signs=4_000_000, shapes=3_000, layers=60, effects=0)
"""What is drawn at full resolution: librsvg keeps a whole picture for every effect."""


def within(work: Work, limit: Work) -> bool:
    """Whether it is no more than that."""
    pairs = zip(vars(work).values(), vars(limit).values(), strict=True)
    return all(mine <= most for mine, most in pairs)


@dataclass
class Scales:
    """Weighs parts of one drawing; what is used a thousand times is looked at once."""

    named: Mapping[str, Element]
    classes: Mapping[str, Mapping[str, str]]
    _known: dict[int, Work] = field(default_factory=dict)
    _open: set[int] = field(default_factory=set)

    def of(self, root: Element) -> Work:
        """The whole drawing. Raises Unusable for more than MOST, and for what holds itself."""
        work = self._inside(root, 0)
        if not within(work, MOST):
            raise Unusable("This drawing takes more work than a picture should. Save it as PDF or PNG and send that.")
        return work

    def _drawn(self, node: Element, depth: int) -> Work:
        return Work() if local_name(node) in _ASIDE else self._whole(node, depth)

    def _whole(self, node: Element, depth: int) -> Work:
        key = id(node)
        if key in self._open or depth > MOST_DEPTH:
            raise Unusable(ITSELF if key in self._open else TOO_DEEP)
        if key not in self._known:
            self._open.add(key)
            self._known[key] = self._own(node) + self._inside(node, depth) + self._referred(node, depth)
            self._open.discard(key)
        return self._known[key]

    def _own(self, node: Element) -> Work:
        name, style = local_name(node), own_style(node.attrib, self.classes)
        if name.startswith("fe"):
            return Work(effects=1)
        layers = sum(style.get(key, "none") not in ("none", "1", "normal", "") for key in _APART)
        return Work(signs=sum(len(node.get(key, "")) for key in _OUTLINE), shapes=1, layers=layers)

    def _inside(self, node: Element, depth: int) -> Work:
        return sum((self._drawn(child, depth + 1) for child in node), Work())

    def _referred(self, node: Element, depth: int) -> Work:
        return sum((self._whole(self.named[key], depth + 1) for key in self._keys(node) if key in self.named), Work())

    def _keys(self, node: Element) -> Iterable[str]:
        for value in own_style(node.attrib, self.classes).values():
            if key := reference(value):
                yield key
        if local_name(node) in _LINKED and (link := href(node)).startswith("#"):
            yield link[1:]
