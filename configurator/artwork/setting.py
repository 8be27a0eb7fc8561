"""Setting a shaped line on its baseline: straight or on a circle, spaced, made smaller until it fits."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from math import degrees, pi

from configurator.artwork.elements import Text
from configurator.artwork.fonts import FontBook
from configurator.artwork.outlines import box_of, flattened, joined_boxes, sent
from configurator.artwork.scene import Glyphs, Ink
from configurator.artwork.text import Line, shaped_line
from configurator.geometry import Affine, Box, PathData

TRIES = 8


@dataclass(frozen=True, slots=True, eq=False)
class SetText:
    """A text as it will stand: box is the ink's, in mm; cap_mm the height of capitals at the size it came to.

    turn_share: how much of its circle it takes, 0 when straight. unspaced: letter spacing was left out.
    """

    node: Glyphs
    outlines: Mapping[str, PathData]
    box: Box | None
    size_mm: float
    cap_mm: float
    turn_share: float
    unspaced: bool
    missing: tuple[str, ...]


@lru_cache(maxsize=4096)
def set_text(element: Text, number: int, ink: Ink, book: FontBook) -> SetText:
    """Set one text element. fit_mm bounds the width of the ink's box; size and spacing shrink together."""
    line = shaped_line(element.text, element.font, book)
    fitted = _fitted(line, element)
    placements = _placed(line, fitted)
    unspaced = fitted.spacing_mm != 0 and any(cluster.joined for cluster in line.clusters)
    return SetText(
        node=Glyphs(placements, ink, number),
        outlines=line.outlines,
        box=_ink_box(line, placements),
        size_mm=fitted.size_mm,
        cap_mm=line.cap_height * fitted.size_mm,
        turn_share=_length(line, fitted) / (2 * pi * abs(fitted.arc_mm)) if fitted.arc_mm else 0,
        unspaced=unspaced,
        missing=line.missing,
    )


def _fitted(line: Line, element: Text) -> Text:
    for _ in range(TRIES):
        box = _ink_box(line, _placed(line, element))
        if not element.fit_mm or box is None or box.width <= element.fit_mm + 1e-4:
            return element
        share = element.fit_mm / box.width
        element = replace(element, size_mm=element.size_mm * share, spacing_mm=element.spacing_mm * share)
    return element


def _placed(line: Line, element: Text) -> tuple[tuple[str, Affine], ...]:
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


def _ink_box(line: Line, placements: tuple[tuple[str, Affine], ...]) -> Box | None:
    boxes = [box_of(sent(flattened(line.outlines[key]).points, by)) for key, by in placements]
    return joined_boxes([box for box in boxes if box])
