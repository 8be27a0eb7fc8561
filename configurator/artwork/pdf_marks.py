"""What a sheet says about itself outside the artwork: registration marks, name, QR code, scale, piece labels."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from configurator.artwork.pdf_lettering import Drawn, lettering, letters_of, qr_modules
from configurator.artwork.pdf_room import FreeSpots, Room, strips
from configurator.artwork.pdf_sheet import Placement, SheetPage
from configurator.artwork.scene import Glyphs, Ink, Path, Scene
from configurator.blanks.marks import QUIET_MM, Marks
from configurator.geometry import Affine, Box, Command, PathData, mapped

BLACK = Ink(key="marks", rgb="#000000", cmyk=(0, 0, 0, 1))
INFO = Ink(key="marks", rgb="#7f8783", cmyk=(0, 0, 0, 0.5), spot="Info")
REGISTRATION = Ink(key="registration", rgb="#000000", cmyk=(1, 1, 1, 1), spot="All")
"""Separation All prints on every plate (ISO 32000-1, 8.6.6.4)."""

CROSS_MM, CROSS_IN_MM = 2.5, 5.0
MARK_LINE_MM = 0.3
CODE_MM, SLUG_IN_MM = 6.3, 1.2
"""Together less than a margin of 8 mm with room to spare; a module of a small code is 0.3 mm."""
NAME_MM, LABEL_MM, LABEL_LEAST_MM = 2.8, 2.2, 1.4
SCALE_MM = 50
CORNER_MM = 12.0
CODE_SIZES_MM = (LABEL_MM, 1.8, LABEL_LEAST_MM)
RIM_MM = 2.5
CLEAR_MM = 0.4
"""Room between a cut line and a label in the waste."""
CROP_OUT_MM, CROP_MM, BESIDE_CROP_MM = 0.2, 1.2, 0.8


def sheet_marks(page: SheetPage) -> Scene:
    """The marks as a scene over the whole sheet. Whatever has no room beside the artwork is left out."""
    pieces = [box for placement in page.placements for box in _taken(placement, page)]
    room, marked = Room(pieces), list[Box]()
    nodes: list[Glyphs | Path] = []
    beside = (
        _registration(page) if page.registered else _crosses(page),
        _slug(page, room),
        _crops(page),
        _labels(page, room),
        _codes_between(page, pieces, marked),
    )
    for drawn, box in chain(*beside):
        if page.box.holds(box) and room.is_free(box):
            nodes.extend(drawn)
            room.take(box)
            marked.append(box)
    return Scene(
        area="marks",
        width_mm=page.width_mm,
        height_mm=page.height_mm,
        bleed_mm=0,
        safe_mm=0,
        nodes=tuple(nodes),
        outlines=letters_of(nodes),
        boxes={},
        cut=(),
        findings=(),
        says="",
    )


def _taken(placement: Placement, page: SheetPage) -> Iterator[Box]:
    """What a piece takes of the sheet: what is cut out takes its outline, everything else its rectangle."""
    if not placement.scene.cut:
        yield placement.bleed_box
    else:
        yield from strips(placement.outline(mirror=page.mirror), CLEAR_MM)


def _crosses(page: SheetPage) -> Iterator[Drawn]:
    for x in (CROSS_IN_MM, page.width_mm - CROSS_IN_MM):
        for y in (CROSS_IN_MM, page.height_mm - CROSS_IN_MM):
            cross = _stroke(_cross(x, y), REGISTRATION if page.output == "print" else INFO)
            yield [cross], Box(x, y, x, y).grown(CROSS_MM)


def _registration(page: SheetPage) -> Iterator[Drawn]:
    """The marks that the cutter's camera looks for: the same middles as in the drawing, nothing else near them."""
    if page.marks:
        for x, y in page.registered:
            yield [_mark(page.marks, x, y)], Box(x, y, x, y).grown(page.marks.size_mm / 2 + QUIET_MM)


def _mark(marks: Marks, x: float, y: float) -> Path:
    half = marks.size_mm / 2
    if marks.kind == "cross":
        lines: list[Command] = [("M", (x - half, y)), ("L", (x + half, y)), ("M", (x, y - half)), ("L", (x, y + half))]
        return Path(tuple(lines), None, BLACK, MARK_LINE_MM, "art", 0)
    if marks.kind == "dot":
        return Path(_circle(x, y, half), BLACK, None, 0, "art", 0)
    corners = ((x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half))
    sides: list[Command] = [("M" if n == 0 else "L", corner) for n, corner in enumerate(corners)]
    return Path((*sides, ("Z", ())), BLACK, None, 0, "art", 0)


def _slug(page: SheetPage, room: Room) -> Iterator[Drawn]:
    """Code, name and scale in one line in the first margin that has room: foot, head, right, left."""
    aside = replace(page, width_mm=page.height_mm, height_mm=page.width_mm)
    upwards = Affine(b=-1, c=1, d=0, a=0, f=page.height_mm)
    for sheet, turn in ((page, Affine()), (aside, upwards)):
        for top in (sheet.height_mm - SLUG_IN_MM - CODE_MM, SLUG_IN_MM):
            line = [_turned(drawn, turn) for drawn in _slug_at(sheet, top)]
            if all(room.is_free(box) for _, box in line):
                yield from line
                return


def _turned(drawn: Drawn, by: Affine) -> Drawn:
    nodes, box = drawn
    (left, top), (right, bottom) = by.at(box.left, box.top), by.at(box.right, box.bottom)
    around = Box(min(left, right), min(top, bottom), max(left, right), max(top, bottom))
    return [_node_turned(node, by) for node in nodes], around


def _node_turned(node: Glyphs | Path, by: Affine) -> Glyphs | Path:
    if isinstance(node, Glyphs):
        return replace(node, placements=tuple((key, by.after(place)) for key, place in node.placements))
    return replace(node, data=mapped(node.data, by))


def _slug_at(page: SheetPage, top: float) -> Iterator[Drawn]:
    ink, left, baseline = _ink(page), CORNER_MM, top + CODE_MM - 1.2
    if page.code:
        code = Path(qr_modules(page.code, Box(left, top, left + CODE_MM, top + CODE_MM)), ink, None, 0, "art", 0)
        yield [code], Box(left, top, left + CODE_MM, top + CODE_MM)
        left += CODE_MM + 2.5
    room = page.width_mm - CORNER_MM - left
    size = min(NAME_MM, room / lettering(page.title, 1, (0, 0), ink)[1].width)
    if size >= LABEL_LEAST_MM:
        name, box = lettering(page.title, size, (left, baseline), ink)
        yield name, box
        scale = _scale(box.right + 8, baseline, ink)
        if scale[1].right <= page.width_mm - CORNER_MM:
            yield scale


def _scale(left: float, bottom: float, ink: Ink) -> Drawn:
    """A line of exactly 50 mm to hold a ruler against."""
    right, top = left + SCALE_MM, bottom - 2
    data: list[Command] = [("M", (left, bottom - 1)), ("L", (right, bottom - 1))]
    for x in (left, right):
        data += [("M", (x, top)), ("L", (x, bottom))]
    words, box = lettering("50 mm", LABEL_MM, (right + 1.5, bottom), ink)
    return [_stroke(tuple(data), ink), *words], Box(left, min(top, box.top), box.right, bottom)


def _crops(page: SheetPage) -> Iterator[Drawn]:
    """Ticks where the trim's edges end, outside the bleed, for pieces that are cut out by hand."""
    for placement in page.placements:
        if page.output == "print" and not placement.scene.cut:
            for start, end in _ticks(placement):
                box = Box(min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1]))
                yield [_stroke((("M", start), ("L", end)), _ink(page))], box


def _ticks(placement: Placement) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    around, bleed = placement.bleed_box, placement.scene.bleed_mm
    for x, outward_x in ((around.left, -1), (around.right, 1)):
        for y, outward_y in ((around.top, -1), (around.bottom, 1)):
            trim_x, trim_y = x - outward_x * bleed, y - outward_y * bleed
            near, far = CROP_OUT_MM, CROP_OUT_MM + CROP_MM
            yield (x + outward_x * near, trim_y), (x + outward_x * far, trim_y)
            yield (trim_x, y + outward_y * near), (trim_x, y + outward_y * far)


def _labels(page: SheetPage, room: Room) -> Iterator[Drawn]:
    """Each piece's label just under its bleed, or just over it; smaller when the piece is narrow."""
    ink = _ink(page)
    for placement in page.placements:
        if not placement.label or placement.scene.cut:
            continue
        around = placement.bleed_box
        width = lettering(placement.label, 1, (0, 0), ink)[1].width
        size = min(LABEL_MM, (around.width - 2 * placement.scene.bleed_mm - 2 * BESIDE_CROP_MM) / width)
        left = around.left + placement.scene.bleed_mm + BESIDE_CROP_MM
        if size < LABEL_LEAST_MM:
            continue
        under = lettering(placement.label, size, (left, around.bottom + 0.5 + size * 0.7), ink)
        over = lettering(placement.label, size, (left, around.top - 0.7), ink)
        yield under if room.is_free(under[1]) and page.box.holds(under[1]) else over


def _codes_between(page: SheetPage, pieces: Sequence[Box], marked: Sequence[Box]) -> Iterator[Drawn]:
    """The labels of what is cut out, in the waste beside it: smaller where that is narrow, at last the place alone.

    marked: what has been drawn when the first of them is asked for.
    """
    cut = [placement for placement in page.placements if placement.label and placement.scene.cut]
    spots = FreeSpots(page.width_mm, page.height_mm, [*pieces, *marked, *_rim(page)]) if cut else None
    for placement in cut:
        for text, size in ((text, size) for text in _shorter(placement.label) for size in CODE_SIZES_MM):
            box = lettering(text, size, (0, 0), _ink(page))[1]
            found = spots.near(placement.bleed_box, box.width, box.height) if spots else None
            if spots and found:
                drawn = lettering(text, size, (found[0], found[1] - box.top), _ink(page))
                spots.take(drawn[1])
                yield drawn
                break


def _rim(page: SheetPage) -> Iterator[Box]:
    """Where machines hold a sheet, or do not reach it."""
    width, height = page.width_mm, page.height_mm
    yield from (Box(0, 0, width, RIM_MM), Box(0, height - RIM_MM, width, height))
    yield from (Box(0, 0, RIM_MM, height), Box(width - RIM_MM, 0, width, height))


def _shorter(label: str) -> Iterator[str]:
    yield label
    if " " in label:
        yield label.split(" ", 1)[0]


def _cross(x: float, y: float) -> PathData:
    lines: tuple[Command, ...] = (
        ("M", (x - CROSS_MM, y)),
        ("L", (x + CROSS_MM, y)),
        ("M", (x, y - CROSS_MM)),
        ("L", (x, y + CROSS_MM)),
    )
    return (*lines, *_circle(x, y, CROSS_MM * 0.6))


def _circle(x: float, y: float, radius: float) -> PathData:
    """Four cubic curves, their handles 0.5523 of the radius long."""
    pull = radius * 4 / 3 * (math.sqrt(2) - 1)
    data: list[Command] = [("M", (x + radius, y))]
    for turn in range(4):
        at = Affine.shifted(x, y).after(Affine.turned(90 * turn))
        curve = (at.at(radius, pull), at.at(pull, radius), at.at(0, radius))
        data.append(("C", tuple(value for point in curve for value in point)))
    return (*data, ("Z", ()))


def _stroke(data: PathData, ink: Ink) -> Path:
    return Path(data, None, ink, 0.15, "art", 0)


def _ink(page: SheetPage) -> Ink:
    return BLACK if page.output == "print" else INFO
