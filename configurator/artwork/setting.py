"""Setting shaped lines on their baselines: straight or on circles, spaced, made smaller until they fit, turned."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import copysign, degrees, pi

import numpy as np

from configurator.artwork.curves import bent
from configurator.artwork.elements import Text
from configurator.artwork.fonts import FontBook
from configurator.artwork.frames import Frame, turned_points, turning
from configurator.artwork.inking import Inked, Pens, Placements, inked
from configurator.artwork.measuring import BEFORE, ink_corners, letter_boxes
from configurator.artwork.outlines import Points, box_of, flattened, joined_boxes
from configurator.artwork.scene import Glyphs, Ink, Path
from configurator.artwork.shapes import rounded_rectangle
from configurator.artwork.text import Line, shaped_line
from configurator.geometry import Affine, Box, Command, PathData, mapped

TRIES = 8
BEND = 0.1
"""How far a straight line may reach round a circle before it is cut, as a share of the radius."""
FINEST = 30
"""No piece is finer than this part of the size: a circle tighter than its letters is an error anyway."""

Row = tuple[Line, Text]
"""A shaped line, and the text as if it were this line alone, upright: its own baseline and circle."""


@dataclass(frozen=True, slots=True, eq=False)
class SetText:
    """A text as it will stand: box is the ink's, in mm, and frame what it was before turning.

    cap_mm: the height of capitals at the size it came to. turn_share: how much of its circle the longest line takes,
    0 when straight. unspaced: letter spacing was left out. line_mm: how thick the lines of its emoji are, 0 without.
    """

    nodes: tuple[Glyphs | Path, ...]
    outlines: Mapping[str, PathData]
    box: Box | None
    frame: Frame | None
    size_mm: float
    cap_mm: float
    turn_share: float
    unspaced: bool
    missing: tuple[str, ...]
    line_mm: float = 0


@lru_cache(maxsize=1024)
def set_text(element: Text, number: int, pens: Pens, book: FontBook) -> SetText:
    """Set one text element. fit_mm bounds the width of the upright ink's box; size and spacing shrink together."""
    lines = tuple(shaped_line(words, element.font, book) for words in element.text.split("\n"))
    rows, upright = _fitted(lines, element)
    fitted = rows[0][1]
    letters = [inked(line, pens, book.emoji if line.has_emoji else None, fitted.size_mm) for line in lines]
    joined = any(cluster.joined for line in lines for cluster in line.clusters)
    return SetText(
        nodes=(*_plate(upright, element, pens.plate, number), *_nodes(rows, letters, pens.outline, number)),
        outlines={key: path for each in letters for key, path in each.outlines.items()},
        box=_box(rows, upright, element),
        frame=_frame(_grown(upright, element), element),
        size_mm=fitted.size_mm,
        cap_mm=lines[0].cap_height * fitted.size_mm,
        turn_share=max(_length(line, row) / (2 * pi * abs(row.arc_mm)) if row.arc_mm else 0 for line, row in rows),
        unspaced=fitted.spacing_mm != 0 and joined,
        missing=tuple(dict.fromkeys(cluster for line in lines for cluster in line.missing)),
        line_mm=max(each.line_mm for each in letters),
    )


def _fitted(lines: Sequence[Line], element: Text) -> tuple[list[Row], Box | None]:
    """The rows at the size they come to, and the upright ink's box."""
    rows = _rows(lines, element)
    box = _ink_box(rows)
    room = max(element.fit_mm - 2 * (element.outline_mm + element.plate_mm), 0.1)
    for _ in range(TRIES if element.fit_mm else 0):
        if box is None or box.width <= room + 1e-4:
            break
        share = room / box.width
        element = replace(element, size_mm=element.size_mm * share, spacing_mm=element.spacing_mm * share)
        rows = _rows(lines, element)
        box = _ink_box(rows)
    return rows, box


def _rows(lines: Sequence[Line], element: Text) -> list[Row]:
    """Every line on its own baseline; on circles they keep one centre."""
    rows = []
    for number, line in enumerate(lines):
        down = number * element.leading * element.size_mm
        arc = element.arc_mm - down if element.arc_mm else 0
        if arc * element.arc_mm < 0 or (element.arc_mm and not arc):
            arc = copysign(1.0, element.arc_mm)
        rows.append((line, replace(element, y_mm=element.y_mm + down, arc_mm=arc) if number else element))
    return rows


def _ink_box(rows: Sequence[Row]) -> Box | None:
    """The upright ink's: of straight lines that are not turned that of their letters' boxes."""
    if any(element.arc_mm or element.turn for _, element in rows):
        return box_of(_ink(rows))
    return joined_boxes([box for line, element in rows for box in letter_boxes(line, element)])


def _ink(rows: Sequence[Row]) -> Points:
    """Points whose box is the upright ink's."""
    found = [_bent_ink(*row) if _is_bent(*row) else ink_corners(*row) for row in rows if row[0].clusters]
    return found[0] if len(found) == 1 else np.concatenate([*found, np.empty((0, 2))])


def _bent_ink(line: Line, row: Text) -> Points:
    return flattened(_bent(line.outlines, _placed(line, replace(row, arc_mm=0)), row)).points


def _box(rows: Sequence[Row], upright: Box | None, element: Text) -> Box | None:
    """Of all its ink where it stands; a plate's corners reach furthest."""
    grown = _grown(upright, element)
    if not element.turn or grown is None:
        return grown
    if element.plate_mm:
        return box_of(turned_points(np.array([at for _, at in Frame(grown, 0, 0, 0).corners() if at]), element))
    turned = box_of(turned_points(_ink(rows), element))
    return turned and turned.grown(element.outline_mm)


def _plate(upright: Box | None, element: Text, ink: Ink | None, number: int) -> Iterator[Path]:
    """Behind everything, its corners as round as it stands out."""
    box = _grown(upright, element)
    if box and ink:
        data = mapped(rounded_rectangle(box.left, box.top, box.width, box.height, element.plate_mm), turning(element))
        yield Path(_rounded(data), ink, None, 0, "art", number)


def _grown(box: Box | None, element: Text) -> Box | None:
    return box.grown(element.outline_mm + element.plate_mm) if box else None


def _frame(box: Box | None, element: Text) -> Frame | None:
    return Frame(box, element.turn, element.x_mm, element.y_mm) if box else None


def _nodes(
    rows: Sequence[Row], letters: Sequence[Inked], outline: Ink | None, number: int
) -> tuple[Glyphs | Path, ...]:
    """Letters of one ink each, from back to front; the outline lies under them, twice as wide as it stands out."""
    upright = [node for row, inks in zip(rows, letters, strict=True) for node in _row_nodes(row, inks, number)]
    element = rows[0][1]
    drawn = [_turned(node, element) for node in upright] if element.turn else upright
    if outline and drawn:
        drawn = [_outlined(drawn, letters, outline, element.outline_mm), *drawn]
    return tuple(drawn)


def _row_nodes(row: Row, inks: Inked, number: int) -> Iterator[Glyphs | Path]:
    line, element = row
    if not line.clusters:
        return
    if not _is_bent(line, element):
        for ink, placed in inks.parts(_placed(line, element)):
            yield Glyphs(placed, ink, number)
        return
    for ink, placed in inks.parts(_placed(line, replace(element, arc_mm=0))):
        yield Path(_bent(inks.outlines, placed, element), ink, None, 0, "art", number)


def _turned(node: Glyphs | Path, element: Text) -> Glyphs | Path:
    by = turning(element)
    if isinstance(node, Path):
        return replace(node, data=_rounded(mapped(node.data, by)))
    return replace(node, placements=tuple((key, _tidy(by.after(place))) for key, place in node.placements))


def _outlined(drawn: Sequence[Glyphs | Path], letters: Sequence[Inked], ink: Ink, reach: float) -> Path:
    outlines = {key: path for each in letters for key, path in each.outlines.items()}
    whole: list[Command] = []
    for node in drawn:
        placed = [mapped(outlines[key], by) for key, by in node.placements] if isinstance(node, Glyphs) else [node.data]
        whole += [command for path in placed for command in _rounded(path)]
    return Path(tuple(whole), None, ink, 2 * reach, "art", drawn[0].element, round=True)


def _rounded(path: PathData) -> PathData:
    return tuple((letter, tuple(round(number, 4) + 0.0 for number in numbers)) for letter, numbers in path)


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
    if not element.arc_mm:
        return tuple(_straight(line, element))
    pen = -_length(line, element) * BEFORE[element.align]
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


def _straight(line: Line, element: Text) -> Iterator[tuple[str, Affine]]:
    """As round a circle, by less: all that differs between letters of a straight line is where they stand."""
    size = element.size_mm
    pen = -_length(line, element) * BEFORE[element.align]
    for cluster in line.clusters:
        advance = cluster.advance * size
        middle = element.x_mm + (pen + advance / 2)
        for key, x, y, unit in cluster.glyphs:
            scale = round(unit * size, 8) + 0.0
            across, down = (x * size - advance / 2) + middle, y * size + element.y_mm
            yield key, Affine(scale, 0.0, 0.0, 0.0 - scale, round(across, 4) + 0.0, round(down, 4) + 0.0)
        pen += advance + _space_after(cluster.joined, element)


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
