"""A scene as seen through a projection, as SVG text: paths traced, long texts as uses of their letters."""

from collections.abc import Mapping
from functools import lru_cache
from itertools import groupby
from operator import attrgetter

import numpy as np

from configurator.artwork.imaging import pieces
from configurator.artwork.known import Known
from configurator.artwork.outlines import Points, box_of, flattened
from configurator.artwork.painting import Lettering, Painter
from configurator.artwork.projecting import Flat, Projection
from configurator.artwork.scene import Glyphs, Image, Node, Path, Scene
from configurator.artwork.stitches_picture import is_close, threaded
from configurator.artwork.svg_text import short
from configurator.artwork.tracing import UNITS, Item, outline_text, traced
from configurator.geometry import Affine, PathData

LONG = 150
"""Texts of more glyphs than this, such as a list of ingredients, place each letter's outline instead of copying it."""
KEPT = 1024
_NUDGE = 1e-3
_ELEMENT = attrgetter("element")


def pictured(scene: Scene, seen: Projection, painter: Painter, *, numbered: bool = False) -> list[str]:
    """The scene's nodes from back to front, in 1/UNITS of the projection's units; an element of several is a group.

    numbered: each of the customer's elements is a group that says its number, data-of. What is embroidered is pictured
    as it is sewn, thread by thread. An element that was pictured before in the same way is the same text.
    """
    painter.scenes += 1
    if scene.stitching:
        shapes = [] if is_close(seen) else _elements_of(scene, seen, painter, numbered=numbered)
        return [*shapes, threaded(scene, seen, painter, numbered=numbered)]
    return _elements_of(scene, seen, painter, numbered=numbered)


def _elements_of(scene: Scene, seen: Projection, painter: Painter, *, numbered: bool) -> list[str]:
    elements = []
    for number, nodes in groupby(scene.nodes, key=_ELEMENT):
        text, defined = _element(scene, tuple(nodes), seen, painter, named=numbered and number > 0)
        painter.defined |= defined
        elements.append(text)
    return elements


def _element(
    scene: Scene, nodes: tuple[Node, ...], seen: Projection, painter: Painter, *, named: bool
) -> tuple[str, Mapping[str, str]]:
    """An element's text and the definitions it needs."""
    number = nodes[0].element

    def paint() -> tuple[str, Mapping[str, str]]:
        own = painter.of(number)
        painted = [_painted(scene, node, seen, own) for node in nodes]
        start = f'<g data-of="{number}" class="element">' if named else '<g class="element">'
        return f"{start}{''.join(painted)}</g>" if named or len(painted) > 1 else painted[0], own.defined

    outlines = [scene.outlines[key] for node in nodes if isinstance(node, Glyphs) for key, _ in node.placements]
    same = (seen, painter.id_prefix, painter.scenes, number, painter.unit, named)
    return _elements.get((*nodes, *outlines, painter.href), same, paint)


_elements: Known[tuple[str, Mapping[str, str]]] = Known(KEPT)


def _painted(scene: Scene, node: Node, seen: Projection, painter: Painter) -> str:
    if isinstance(node, Path):
        return painter.painted(node, traced_path(node.data, seen), seen.scale() * UNITS)
    if isinstance(node, Image):
        return painter.pictured(node, pieces(node, seen))
    if len(node.placements) > LONG:
        return painter.lettered(node, _letters(scene, node, seen))
    if isinstance(seen, Flat) and node.placements:
        return painter.lettered(node, _laid(scene, node, seen))
    return painter.painted(node, _text(scene, node, seen), seen.scale() * UNITS)


@lru_cache(maxsize=4096)
def traced_path(path: PathData, seen: Projection) -> str:
    """One path as seen. Drawings and backdrops come again with every keystroke, so they are kept."""
    return traced([Item(path)], seen)


def _text(scene: Scene, node: Glyphs, seen: Projection) -> str:
    return traced([Item(scene.outlines[key], by) for key, by in node.placements], seen)


def _laid(scene: Scene, node: Glyphs, seen: Flat) -> Lettering:
    """A text on a plane seen straight on, exactly as it lies."""
    by = Affine.scaled(UNITS).after(seen.affine())
    placed = [(key, by.after(place)) for key, place in node.placements]
    outlines = {key: outline_text(scene.outlines[key], halves=True) for key, _ in placed}
    first = placed[0][1]
    if any(_linear(place) != _linear(first) for _, place in placed) or first.b or first.c:
        return Lettering(outlines, [(key, f'transform="{_exact(place)}"') for key, place in placed])
    places = [(key, (place.e - first.e) / first.a, (place.f - first.f) / first.d) for key, place in placed]
    return Lettering(outlines, [(key, _apart(x, y)) for key, x, y in places], _exact(first))


def _linear(by: Affine) -> tuple[float, float, float, float]:
    return by.a, by.b, by.c, by.d


def _exact(by: Affine) -> str:
    """To a twentieth of a drawing unit in place, and to 1/20,000 in size."""
    return f"matrix({by.a:.5g} {by.b:.5g} {by.c:.5g} {by.d:.5g} {by.e:.0f} {by.f:.0f})"


def _apart(x: float, y: float) -> str:
    """A place in units of the font."""
    return " ".join(f'{name}="{short(at)}"' for name, at in (("x", round(x, 1)), ("y", round(y, 1))) if at)


def _letters(scene: Scene, node: Glyphs, seen: Projection) -> Lettering:
    """A long text on any surface: each glyph in sight straight within itself."""
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
        (key, f'transform="{_matrix(matrix, shift)}"')
        for (key, _), matrix, shift, centre in zip(node.placements, matrices, moved, centres.tolist(), strict=True)
        if low < centre[0] < high
    ]
    return Lettering({key: outline_text(scene.outlines[key]) for key in dict(placed)}, placed)


def _matrix(turn: list[list[float]], shift: list[float]) -> str:
    (a, c), (b, d) = turn
    return f"matrix({a:.5g} {b:.5g} {c:.5g} {d:.5g} {shift[0]:.0f} {shift[1]:.0f})"


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
