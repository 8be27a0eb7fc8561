"""Cut shapes on sheets by their true outlines (spyrrow); their rectangles are the fallback that is always feasible."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from configurator.artwork.footprint import coarse
from configurator.blanks.blank import SheetSpec
from configurator.geometry import Affine
from configurator.production.cut_boxes import least_box
from configurator.production.nesting import Rectangle
from configurator.production.stripping import Width, stripped
from configurator.production.tightening import on_fewer_sheets

Point = tuple[float, float]

SHARES = (1.03, 0.97, 0.92, 0.86, 0.78)
"""Of what a sheet should take, judged by the strip of all shapes: how much is tried, until it fits."""

SHORTER_MM = 1.0
"""On as many sheets, the last one must be used less by so much, else rectangles stand: they are easier to cut."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What is cut: a name and its outline in mm, without holes, y down."""

    name: str
    outline: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class PlacedShape:
    """A shape on a sheet (from 1): turned about its own origin by degrees, then moved by x and y in mm."""

    name: str
    sheet: int
    degrees: float
    x: float
    y: float

    def outline(self, shape: Shape) -> tuple[Point, ...]:
        """The shape's outline where it lies."""
        onto = Affine.shifted(self.x, self.y).after(Affine.turned(self.degrees))
        return tuple(onto.at(x, y) for x, y in shape.outline)


def nested(shapes: Sequence[Shape], spec: SheetSpec, *, seed: int, seconds: int) -> tuple[PlacedShape, ...]:
    """All shapes on sheets, in the order given; by true outlines where that saves a sheet or length, else rectangles.

    seconds: for the whole search, about. It ends by time, so that a layout is to be kept, not made again.
    Every shape must fit a sheet at a turn that it allows (batching sees to that). Names must differ.
    """
    flat = by_rectangles(shapes, spec)
    found = _searched(shapes, spec, seed, seconds, most=sheets_of(flat)) if shapes else ()
    if not found or (sheets_of(found), used_mm(found, shapes)) >= (sheets_of(flat), used_mm(flat, shapes) - SHORTER_MM):
        return flat
    return found


def sheets_of(placed: Sequence[PlacedShape]) -> int:
    """How many sheets a layout takes."""
    return max((each.sheet for each in placed), default=0)


def used_mm(placed: Sequence[PlacedShape], shapes: Sequence[Shape]) -> float:
    """How far down the last sheet is used."""
    known, last = {shape.name: shape for shape in shapes}, sheets_of(placed)
    lowest = (max(y for _, y in each.outline(known[each.name])) for each in placed if each.sheet == last)
    return max(lowest, default=0)


def by_rectangles(shapes: Sequence[Shape], spec: SheetSpec) -> tuple[PlacedShape, ...]:
    """The shapes by the rectangles around them."""
    boxes = [least_box(shape.outline, spec, step=0) for shape in shapes]
    rectangles = [Rectangle(shape.name, box.width, box.height) for shape, box in zip(shapes, boxes, strict=True)]
    laid = on_fewer_sheets(spec, rectangles, len(shapes) + 1) if shapes else ()
    return tuple(
        PlacedShape(each.name, each.sheet, *box.moved(each.left, each.top, across=each.turned))
        for each, box in zip(laid or (), boxes, strict=True)
    )


def _searched(
    shapes: Sequence[Shape], spec: SheetSpec, seed: int, seconds: int, *, most: int
) -> tuple[PlacedShape, ...]:
    """On at most so many sheets, filled one after the other with the largest of what is left; nothing if not found.

    A strip of all shapes says how much of a sheet they fill; half the time is for it.
    """
    whole = _on_sheet(shapes, spec, seed, max(1, seconds // 2))
    if whole is None:
        return ()
    length, placed = whole
    if length <= _room(spec)[1]:
        return _in_order(placed, shapes)
    density = _filled(shapes, spec) / length
    left, found = sorted(shapes, key=lambda shape: (-_area(shape, spec.gap_mm), shape.name)), list[PlacedShape]()
    each = max(1, seconds // 2 // (2 * most))
    for sheet in range(1, most + 1):
        own = _one_sheet(left, spec, (seed, each), density)
        found += [replace(one, sheet=sheet) for one in own]
        taken = {one.name for one in own}
        left = [shape for shape in left if shape.name not in taken]
        if not own or not left:
            break
    return () if left else _in_order(found, shapes)


def _one_sheet(
    left: Sequence[Shape], spec: SheetSpec, effort: tuple[int, int], density: float
) -> tuple[PlacedShape, ...]:
    """One sheet filled with the largest of what is left, and with small ones where there is room by area."""
    room = _room(spec)[1] * density
    for share in SHARES:
        chosen = _chosen(left, room * share, spec)
        tried = _on_sheet(chosen, spec, *effort) if chosen else None
        if tried is not None and tried[0] <= _room(spec)[1]:
            return tried[1]
    return ()


def _chosen(left: Sequence[Shape], room: float, spec: SheetSpec) -> list[Shape]:
    """As many as come to that area, largest first."""
    chosen, taken = list[Shape](), 0.0
    for shape in left:
        own = _area(shape, spec.gap_mm)
        if taken + own <= room:
            chosen.append(shape)
            taken += own
    return chosen


def _on_sheet(
    shapes: Sequence[Shape], spec: SheetSpec, seed: int, seconds: int
) -> tuple[float, tuple[PlacedShape, ...]] | None:
    """The shapes on one sheet, its margins kept, and how far down they reach in it; that may be over its foot.

    The strip runs down the sheet: what it does not use is one piece at the foot.
    """
    width, _ = _room(spec)
    upright = tuple(sorted({(angle - 90) % 360 for angle in spec.angles}))
    outlines = [coarse(shape.outline) for shape in shapes]
    strip = stripped(outlines, Width(width, spec.gap_mm, upright), seed=seed, seconds=seconds)
    if strip is None:
        return None
    right, top = spec.margin_mm + width, spec.margin_mm
    placed = (
        PlacedShape(
            name=shape.name,
            sheet=1,
            degrees=round((degrees + 90) % 360, 4) % 360,
            x=round(right - y, 4),
            y=round(top + x, 4),
        )
        for shape, (degrees, x, y) in zip(shapes, strip.places, strict=True)
    )
    return strip.length, tuple(placed)


def _in_order(placed: Sequence[PlacedShape], shapes: Sequence[Shape]) -> tuple[PlacedShape, ...]:
    known = {each.name: each for each in placed}
    return tuple(known[shape.name] for shape in shapes)


def _room(spec: SheetSpec) -> tuple[float, float]:
    width, height = spec.size_mm
    return width - 2 * spec.margin_mm, height - 2 * spec.margin_mm


def _filled(shapes: Sequence[Shape], spec: SheetSpec) -> float:
    return sum(_area(shape, spec.gap_mm) for shape in shapes)


def _area(shape: Shape, gap: float) -> float:
    """A shape's area with half a gap around it: by the shoelace formula, and girth times half the gap."""
    pairs = list(zip(shape.outline, (*shape.outline[1:], shape.outline[0]), strict=True))
    area = abs(sum(x * v - u * y for (x, y), (u, v) in pairs)) / 2
    return area + gap / 2 * sum(math.dist(one, other) for one, other in pairs)
