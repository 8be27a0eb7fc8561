"""Cut shapes on sheets by their true outlines (spyrrow); their rectangles are the fallback that is always feasible."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from configurator.blanks.blank import SheetSpec
from configurator.production.nesting import Rectangle
from configurator.production.tightening import on_fewer_sheets

Point = tuple[float, float]

DENSE = 0.9
"""Share of a sheet's area that shapes, each with half its gap, are hoped to fill; fewer are tried until they fit."""

FEWER = 0.93
"""Share of the area that is tried next when a sheet could not be filled so far."""


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
        sine, cosine = math.sin(math.radians(self.degrees)), math.cos(math.radians(self.degrees))
        return tuple((self.x + cosine * x - sine * y, self.y + sine * x + cosine * y) for x, y in shape.outline)


def nested(shapes: Sequence[Shape], spec: SheetSpec, *, seed: int, seconds: int) -> tuple[PlacedShape, ...]:
    """All shapes on sheets, in the order given; by true outlines where that saves a sheet, else by rectangles.

    seconds: for each try to fill a sheet. The search ends by time, so that a layout is to be kept, not made again.
    Every shape must fit a sheet by its rectangle (batching sees to that). Names must differ.
    """
    flat = by_rectangles(shapes, spec)
    sheets = max((each.sheet for each in flat), default=0)
    left = sorted(shapes, key=lambda shape: (-_area(shape, spec.gap_mm), shape.name))
    found: dict[str, PlacedShape] = {}
    for sheet in range(1, sheets):
        placed = _filled(left, spec, seed, seconds)
        found |= {each.name: PlacedShape(each.name, sheet, each.degrees, each.x, each.y) for each in placed}
        left = [shape for shape in left if shape.name not in found]
        if not left:
            return tuple(found[shape.name] for shape in shapes)
    return flat


def by_rectangles(shapes: Sequence[Shape], spec: SheetSpec) -> tuple[PlacedShape, ...]:
    """The shapes by the rectangles around them."""
    boxes = [_box(shape) for shape in shapes]
    rectangles = [
        Rectangle(shape.name, right - left, bottom - top)
        for shape, (left, top, right, bottom) in zip(shapes, boxes, strict=True)
    ]
    laid = on_fewer_sheets(spec, rectangles, len(shapes) + 1) if shapes else ()
    return tuple(
        PlacedShape(each.name, each.sheet, 90.0, each.left + bottom, each.top - left)
        if each.turned
        else PlacedShape(each.name, each.sheet, 0.0, each.left - left, each.top - top)
        for each, (left, top, _, bottom) in zip(laid or (), boxes, strict=True)
    )


def _filled(left: Sequence[Shape], spec: SheetSpec, seed: int, seconds: int) -> tuple[PlacedShape, ...]:
    """One sheet filled with the largest of what is left, and with small ones where there is room by area."""
    width, height = (size - 2 * spec.margin_mm + spec.gap_mm for size in spec.size_mm)
    share = min(DENSE, sum(_area(shape, spec.gap_mm) for shape in left) / (width * height) + 1e-9)
    while share > 0.2:
        chosen = _chosen(left, width * height * share, spec.gap_mm)
        placed = _stripped(chosen, spec, seed, seconds)
        if placed is not None:
            return placed
        share *= FEWER
    return ()


def _chosen(left: Sequence[Shape], area: float, gap: float) -> list[Shape]:
    """As many as come to that area, largest first."""
    chosen, taken = [], 0.0
    for shape in left:
        own = _area(shape, gap)
        if taken + own <= area:
            chosen.append(shape)
            taken += own
    return chosen


def _stripped(shapes: Sequence[Shape], spec: SheetSpec, seed: int, seconds: int) -> tuple[PlacedShape, ...] | None:
    """The shapes nested in a strip as high as the sheet, if that is no longer than the sheet is wide; else None."""
    # Loaded where shapes are nested only.
    import spyrrow  # noqa: PLC0415 - see the line above

    width, height = (size - 2 * spec.margin_mm for size in spec.size_mm)
    angles = [0.0, 90.0, 180.0, 270.0] if spec.turn else [0.0]
    if not shapes:
        return ()
    items = [spyrrow.Item(str(n), list(shape.outline), 1, angles) for n, shape in enumerate(shapes)]
    config = spyrrow.StripPackingConfig(
        total_computation_time=seconds, min_items_separation=spec.gap_mm or None, num_workers=1, seed=seed
    )
    solution = spyrrow.StripPackingInstance("sheet", height, items).solve(config)
    if solution.width > width:
        return None
    return tuple(
        PlacedShape(
            name=shapes[int(item.id)].name,
            sheet=1,
            degrees=float(item.rotation),
            x=spec.margin_mm + float(item.translation[0]),
            y=spec.margin_mm + float(item.translation[1]),
        )
        for item in solution.placed_items
    )


def _box(shape: Shape) -> tuple[float, float, float, float]:
    xs, ys = zip(*shape.outline, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _area(shape: Shape, gap: float) -> float:
    """A shape's area with half a gap around it: by the shoelace formula, and girth times half the gap."""
    pairs = list(zip(shape.outline, (*shape.outline[1:], shape.outline[0]), strict=True))
    area = abs(sum(x * v - u * y for (x, y), (u, v) in pairs)) / 2
    return area + gap / 2 * sum(math.dist(one, other) for one, other in pairs)
