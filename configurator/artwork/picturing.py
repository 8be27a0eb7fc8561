"""A scene as seen through a projection, as SVG text: paths traced, long texts as uses of their letters."""

from collections.abc import Callable
from functools import lru_cache
from itertools import groupby
from typing import Generic, TypeVar

import numpy as np

from configurator.artwork.imaging import pieces
from configurator.artwork.outlines import Points, box_of, flattened
from configurator.artwork.painting import Painter
from configurator.artwork.projecting import Projection
from configurator.artwork.scene import Glyphs, Image, Node, Path, Scene
from configurator.artwork.stitches_picture import is_close, threaded
from configurator.artwork.tracing import UNITS, Item, outline_text, traced
from configurator.geometry import PathData

LONG = 150
"""Texts of more glyphs than this, such as a list of ingredients, place each letter's outline instead of copying it."""
KEPT = 1024
_NUDGE = 1e-3

Made = TypeVar("Made")


class Kept(Generic[Made]):
    """What was made of a text, kept as long as the same outlines stand behind its keys."""

    def __init__(self, make: Callable[[Scene, Glyphs, Projection], Made]) -> None:
        self._make = make
        self._made: dict[tuple[Glyphs, Projection], tuple[list[PathData], Made]] = {}

    def get(self, scene: Scene, node: Glyphs, seen: Projection) -> Made:
        """Made now or before; of several threads that make it at once, one's is kept."""
        outlines = [scene.outlines[key] for key, _ in node.placements]
        kept = self._made.get((node, seen))
        if kept and all(one is other for one, other in zip(kept[0], outlines, strict=True)):
            return kept[1]
        if len(self._made) >= KEPT:
            self._made.clear()
        made = self._make(scene, node, seen)
        self._made[node, seen] = outlines, made
        return made


def pictured(scene: Scene, seen: Projection, painter: Painter, *, numbered: bool = False) -> str:
    """The scene's nodes from back to front, in 1/UNITS of the projection's units; an element of several is a group.

    numbered: each of the customer's elements is a group that says its number, data-of. What is embroidered is pictured
    as it is sewn, thread by thread.
    """
    scale = seen.scale() * UNITS
    if scene.stitching:
        shapes = () if is_close(seen) else (_painted(scene, node, seen, painter, scale) for node in scene.nodes)
        return "".join(shapes) + threaded(scene, seen, painter)
    elements = []
    for number, nodes in groupby(scene.nodes, key=lambda node: node.element):
        painted = [_painted(scene, node, seen, painter, scale) for node in nodes]
        named = f' data-of="{number}"' if numbered and number else ""
        whole = named or len(painted) > 1
        elements.append(f'<g{named} class="element">{"".join(painted)}</g>' if whole else painted[0])
    return "".join(elements)


def _painted(scene: Scene, node: Node, seen: Projection, painter: Painter, scale: float) -> str:
    if isinstance(node, Path):
        return painter.painted(node, traced_path(node.data, seen), scale)
    if isinstance(node, Image):
        return painter.pictured(node, pieces(node, seen))
    if len(node.placements) <= LONG:
        return painter.painted(node, _texts.get(scene, node, seen), scale)
    return painter.lettered(node, *_long_texts.get(scene, node, seen))


@lru_cache(maxsize=4096)
def traced_path(path: PathData, seen: Projection) -> str:
    """One path as seen. Drawings and backdrops come again with every keystroke, so they are kept."""
    return traced([[Item(path)]], seen)[0]


def _text(scene: Scene, node: Glyphs, seen: Projection) -> str:
    return traced([[Item(scene.outlines[key], by) for key, by in node.placements]], seen)[0]


def _letters(scene: Scene, node: Glyphs, seen: Projection) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Outline key -> d in font units; for each glyph in sight its key and matrix(): straight within one letter."""
    used = list(dict.fromkeys(key for key, _ in node.placements))
    middles = {key: _middle(scene.outlines[key]) for key in used}
    centres = np.array([by.at(*middles[key]) for key, by in node.placements])
    maps = np.array([((by.a, by.c), (by.b, by.d)) for _, by in node.placements])
    origins = np.array([(by.e, by.f) for _, by in node.placements])
    at, turn = _linearised(centres, seen)
    matrices = (turn @ maps * UNITS).tolist()
    moved = ((at + np.einsum("nij,nj->ni", turn, origins - centres)) * UNITS).tolist()
    low, high = seen.visible()
    placed = [
        (key, _matrix(matrix, shift))
        for (key, _), matrix, shift, centre in zip(node.placements, matrices, moved, centres.tolist(), strict=True)
        if low < centre[0] < high
    ]
    return {key: outline_text(scene.outlines[key]) for key in used}, placed


def _matrix(turn: list[list[float]], shift: list[float]) -> str:
    (a, c), (b, d) = turn
    return f"matrix({a:.3g} {b:.3g} {c:.3g} {d:.3g} {shift[0]:.0f} {shift[1]:.0f})"


def _linearised(points: Points, seen: Projection) -> tuple[Points, Points]:
    """Where points show, and the projection's derivative there, by differences."""
    here = seen.shown(points)
    across = (seen.shown(np.add(points, (_NUDGE, 0))) - here) / _NUDGE
    down = (seen.shown(np.add(points, (0, _NUDGE))) - here) / _NUDGE
    return here, np.stack((across, down), axis=2)


@lru_cache(maxsize=4096)
def _middle(path: PathData) -> tuple[float, float]:
    box = box_of(flattened(path).points)
    return ((box.left + box.right) / 2, (box.top + box.bottom) / 2) if box else (0, 0)


_texts = Kept(_text)
_long_texts = Kept(_letters)
