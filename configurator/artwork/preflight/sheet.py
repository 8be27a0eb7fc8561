"""A whole print area before preflight: everything on it, and what it is printed on."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, TypeGuard

import numpy as np
import shapely
from numpy.typing import NDArray

from configurator.artwork.dxf_areas import filled_area, flat_rings
from configurator.artwork.elements import Element, Text
from configurator.artwork.known import Known
from configurator.artwork.outlines import Points, box_of, flattened
from configurator.artwork.pictures import Pictures
from configurator.artwork.scene import Glyphs, Image, Node, Path
from configurator.blanks.blank import Area
from configurator.blanks.methods import Method
from configurator.geometry import Affine, Box, PathData

geo: Any = shapely
"""Shapely's functions carry no types."""
FINE_MM = 0.1
MOST_KNOWN = 4096


@dataclass(frozen=True, eq=False)
class Sheet:
    """One area, laid out. ground: the colour of what it is printed on, "#rrggbb"; None: not known.

    elements: (number, element) from back to front. cut: what is cut out of the sheet, the outer contour first.
    pictures: those that the customer's are placed from.
    """

    area: Area
    method: Method
    ground: str | None
    elements: Sequence[tuple[int, Element]]
    nodes: Sequence[Node]
    outlines: Mapping[str, PathData]
    boxes: Mapping[int, Box]
    cut: Sequence[PathData]
    pictures: Pictures = field(default_factory=dict)

    def of(self, number: int) -> list[Node]:
        """What is drawn of an element, from back to front."""
        return self._drawn.get(number, [])

    @cached_property
    def _drawn(self) -> Mapping[int, list[Node]]:
        drawn: dict[int, list[Node]] = {}
        for node in self.nodes:
            drawn.setdefault(node.element, []).append(node)
        return drawn

    def lettered(self, number: int, element: Element) -> list[Node]:
        """What is drawn of an element, but for the plate behind it."""
        plated = isinstance(element, Text) and element.plate_mm
        return self.of(number)[1:] if plated else self.of(number)

    def beneath(self, number: int) -> list[Path | Image]:
        """What can lie under an element but letters: filled art, and customers' pictures."""
        first = self._firsts[number]
        return [node for place, node in self._covering_all if place < first]

    @cached_property
    def _covering_all(self) -> list[tuple[int, Path | Image]]:
        """Filled art and customers' pictures, each with its place among the nodes."""
        return [(i, node) for i, node in enumerate(self.nodes) if isinstance(node, Image) or _covers(node)]

    @cached_property
    def _firsts(self) -> Mapping[int, int]:
        """Element -> the place of the first of its nodes."""
        return {node.element: i for i, node in reversed(list(enumerate(self.nodes)))}

    def points(self, node: Glyphs | Path, most: int = 12) -> Points:
        """Some points in the ink of a node, in mm: the middles of its letters, or places on its outline."""
        if isinstance(node, Path):
            points = flattened(node.data).points
            return points[:: max(1, len(points) // most)]
        step = max(1, len(node.placements) // most)
        placed = [middle(self.outlines[key], by) for key, by in node.placements[::step]]
        return np.array(placed).reshape(-1, 2)

    def on_picture(self, number: int, points: Points) -> bool:
        """Whether most points of an element stand on a customer's picture, which photos.py judges, not on a plate."""
        beneath = self.beneath(number)
        if not any(isinstance(node, Image) for node in beneath):
            return False
        seen, hidden = np.zeros(len(points), dtype=np.bool_), np.zeros(len(points), dtype=np.bool_)
        for node in reversed(beneath):
            if isinstance(node, Image):
                seen |= inside_picture(node, points) & ~hidden
            else:
                hidden |= covered_by(node, points)
        return int(seen.sum()) * 2 > len(points)

    def under(self, number: int, points: Points) -> list[str]:
        """The colours that points of an element stand on: of what was drawn there before it, else the ground."""
        found: list[str | None] = [None] * len(points)
        for node, near in self._covering(number, points):
            for i in near.tolist():
                if found[i] is None and geo.contains_xy(_area(node.data), *points[i]):
                    found[i] = node.fill.rgb if node.fill else None
        return [rgb or self.ground or "#ffffff" for rgb in found]

    def _covering(self, number: int, points: Points) -> Iterator[tuple[Path, NDArray[np.intp]]]:
        """Filled paths drawn before an element, the uppermost first, each with the points inside its box."""
        all_round = box_of(points)
        for node in reversed(self.beneath(number)):
            if isinstance(node, Path) and all_round and _meet(all_round, box := _bounds(node)):
                near = (points >= (box.left, box.top)) & (points <= (box.right, box.bottom))
                yield node, np.flatnonzero(near[:, 0] & near[:, 1])


def _meet(one: Box, other: Box) -> bool:
    across = one.left <= other.right and other.left <= one.right
    return across and one.top <= other.bottom and other.top <= one.bottom


def _covers(node: Node) -> TypeGuard[Path]:
    return isinstance(node, Path) and node.fill is not None and node.role == "art"


def inside_picture(node: Image, points: Points) -> NDArray[np.bool_]:
    """Which points, in mm, lie on a picture."""
    seen = _area(node.outline)
    inside: NDArray[np.bool_] = geo.contains_xy(seen, points[:, 0], points[:, 1])
    return inside


def covered_by(node: Path, points: Points) -> NDArray[np.bool_]:
    """Which points, in mm, lie in a filled path."""
    inside: NDArray[np.bool_] = geo.contains_xy(_area(node.data), points[:, 0], points[:, 1])
    return inside


def middle(outline: PathData, by: Affine) -> tuple[float, float]:
    """The middle of a letter's box, in mm."""
    box = _boxes.get((outline,), None, lambda: _box(outline))
    return by.at((box.left + box.right) / 2, (box.top + box.bottom) / 2)


def seen_as(rgb: str, grounds: Sequence[str], by: Callable[[str, str], float]) -> float:
    """How well a colour shows on at least half of these: the median of contrast or distance."""
    found = sorted(by(rgb, ground) for ground in grounds)
    return found[(len(found) - 1) // 2] if found else 100.0


def _bounds(node: Path) -> Box:
    return _boxes.get((node.data,), None, lambda: _box(node.data))


_boxes: Known[Box] = Known(MOST_KNOWN)
"""Of letters' outlines."""


def _box(path: PathData) -> Box:
    return box_of(flattened(path).points) or Box(0, 0, 0, 0)


@lru_cache(maxsize=512)
def _area(path: PathData) -> Any:
    area = filled_area(flat_rings(path, FINE_MM))
    geo.prepare(area)
    return area
