"""Setting a shaped line on its baseline: straight or on a circle, spaced, made smaller until it fits."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from math import degrees, pi

import numpy as np

from configurator.artwork.curves import bent
from configurator.artwork.elements import Text
from configurator.artwork.fonts import FontBook
from configurator.artwork.inking import Inked, Placements, inked
from configurator.artwork.measuring import ink_box
from configurator.artwork.outlines import Points, box_of, flattened
from configurator.artwork.scene import Glyphs, Ink, Path
from configurator.artwork.text import Line, shaped_line
from configurator.geometry import Affine, Box, PathData, mapped

TRIES = 8
BEND = 0.1
"""How far a straight line may reach round a circle before it is cut, as a share of the radius."""
FINEST = 30
"""No piece is finer than this part of the size: a circle tighter than its letters is an error anyway."""


@dataclass(frozen=True, slots=True, eq=False)
class SetText:
    """A text as it will stand: box is the ink's, in mm; cap_mm the height of capitals at the size it came to.

    nodes: letters of one ink each, from back to front. turn_share: how much of its circle it takes, 0 when straight.
    unspaced: letter spacing was left out. line_mm: how thick the lines of its emoji are, 0 without line art.
    """

    nodes: tuple[Glyphs | Path, ...]
    outlines: Mapping[str, PathData]
    box: Box | None
    size_mm: float
    cap_mm: float
    turn_share: float
    unspaced: bool
    missing: tuple[str, ...]
    line_mm: float = 0


@lru_cache(maxsize=4096)
def set_text(element: Text, number: int, ink: Ink, book: FontBook, lines_mm: float | None = None) -> SetText:
    """Set one text element. fit_mm bounds the width of the ink's box; size and spacing shrink together.

    lines_mm: emoji are drawn as lines at least so thick, in the text's ink; None: in their own colours.
    """
    line = shaped_line(element.text, element.font, book)
    fitted = _fitted(line, element)
    joined = any(cluster.joined for cluster in line.clusters)
    letters = inked(line, ink, book.emoji if line.has_emoji else None, fitted.size_mm, lines_mm)
    return SetText(
        nodes=_nodes(line, letters, fitted, number),
        outlines=letters.outlines,
        box=_ink_box(line, fitted),
        size_mm=fitted.size_mm,
        cap_mm=line.cap_height * fitted.size_mm,
        turn_share=_length(line, fitted) / (2 * pi * abs(fitted.arc_mm)) if fitted.arc_mm else 0,
        unspaced=fitted.spacing_mm != 0 and joined,
        missing=line.missing,
        line_mm=letters.line_mm,
    )


def _fitted(line: Line, element: Text) -> Text:
    for _ in range(TRIES):
        box = _ink_box(line, element)
        if not element.fit_mm or box is None or box.width <= element.fit_mm + 1e-4:
            return element
        share = element.fit_mm / box.width
        element = replace(element, size_mm=element.size_mm * share, spacing_mm=element.spacing_mm * share)
    return element


def _nodes(line: Line, letters: Inked, element: Text, number: int) -> tuple[Glyphs | Path, ...]:
    bent = _is_bent(line, element)
    placed = letters.parts(_placed(line, replace(element, arc_mm=0) if bent else element))
    if not bent:
        return tuple(Glyphs(placements, ink, number) for ink, placements in placed)
    return tuple(
        Path(_bent(letters.outlines, placements, element), ink, None, 0, "art", number) for ink, placements in placed
    )


def _ink_box(line: Line, element: Text) -> Box | None:
    if _is_bent(line, element):
        straight = _placed(line, replace(element, arc_mm=0))
        return box_of(flattened(_bent(line.outlines, straight, element)).points)
    return ink_box(line, element)


def _is_bent(line: Line, element: Text) -> bool:
    """Letters that hang together are bent along the circle; turning each would break them apart."""
    return element.arc_mm != 0 and any(cluster.joined for cluster in line.clusters)


def _bent(outlines: Mapping[str, PathData], straight: Placements, element: Text) -> PathData:
    """Outlines that were set straight, laid round the circle."""
    whole = tuple(command for key, by in straight for command in mapped(outlines[key], by))
    span = max(abs(element.arc_mm) * BEND, element.size_mm / FINEST)
    return bent(whole, lambda points: _round(points, element), span=span)


def _round(points: Points, element: Text) -> Points:
    """A point u along the baseline and v above it goes to angle u / R, v further out (or in, when it hangs)."""
    radius = element.arc_mm
    angle = (points[:, 0] - element.x_mm) / radius
    out = radius + element.y_mm - points[:, 1]
    return np.column_stack((element.x_mm + out * np.sin(angle), element.y_mm + radius - out * np.cos(angle)))


def _placed(line: Line, element: Text) -> Placements:
    pen = -_length(line, element) / 2
    placements = []
    for cluster in line.clusters:
        advance = cluster.advance * element.size_mm
        middle = _on_baseline(element, pen + advance / 2)
        for key, x, y, unit in cluster.glyphs:
            scale = unit * element.size_mm
            at = Affine(scale, 0, 0, -scale, x * element.size_mm - advance / 2, y * element.size_mm)
            placements.append((key, _tidy(middle.after(at))))
        pen += advance + _space_after(cluster.joined, element)
    return tuple(placements)


def _length(line: Line, element: Text) -> float:
    spaces = sum(_space_after(cluster.joined, element) for cluster in line.clusters[:-1])
    return sum(cluster.advance for cluster in line.clusters) * element.size_mm + spaces


def _space_after(joined: bool, element: Text) -> float:  # noqa: FBT001  # a fact of the cluster, not a switch
    return 0 if joined else element.spacing_mm


def _on_baseline(element: Text, along: float) -> Affine:
    """The frame of the point `along` mm behind the baseline's middle; on a circle it is turned with it."""
    if not element.arc_mm:
        return Affine.shifted(element.x_mm + along, element.y_mm)
    round_centre = Affine.turned(degrees(along / element.arc_mm)).after(Affine.shifted(0, -element.arc_mm))
    return Affine.shifted(element.x_mm, element.y_mm + element.arc_mm).after(round_centre)


def _tidy(by: Affine) -> Affine:
    """Rounded far below a printer's dot, so that the same design gives the same bytes on every machine."""
    a, b, c, d = (round(number, 8) + 0.0 for number in (by.a, by.b, by.c, by.d))
    return Affine(a, b, c, d, round(by.e, 4) + 0.0, round(by.f, 4) + 0.0)
