"""The upright rectangle that a cut shape takes on a sheet, turned as the sheet allows so that it is least."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from configurator.blanks.blank import SheetSpec
from configurator.geometry import Affine

STEP_MM = 2.0
"""Sides are rounded up to whole steps: shapes of many sizes then share a few rectangles, which plans fit quickly."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class CutBox:
    """The rectangle around a shape that is turned by `degrees` about its origin: where it begins, its sides, in mm."""

    degrees: float
    left: float
    top: float
    width: float
    height: float

    def moved(self, left: float, top: float, *, across: bool) -> tuple[float, float, float]:
        """(degrees, x, y) that bring the shape into its rectangle at this corner; across: that lies turned by 90."""
        if across:
            return (self.degrees + 90) % 360, left + self.top + self.height, top - self.left
        return self.degrees, left - self.left, top - self.top


def least_box(points: Sequence[Point], spec: SheetSpec, step: float = STEP_MM) -> CutBox:
    """Of all the turns that the sheet allows the one that takes least room, among those that fit it if any does."""
    boxes = [_box(points, degrees) for degrees in _turns(spec)]
    best = min(boxes, key=lambda box: (not _fits(box, spec), round(box.width * box.height, 3), box.degrees))
    return _rounded(best, spec, step)


def _turns(spec: SheetSpec) -> list[float]:
    """Half a turn takes the same room; so does a quarter, where rectangles may lie across."""
    return [angle for angle in spec.angles if angle < (90 if spec.turn else 180)]


def _box(points: Sequence[Point], degrees: float) -> CutBox:
    turn = Affine.turned(degrees)
    xs, ys = zip(*(turn.at(x, y) for x, y in points), strict=True)
    left, top = min(xs), min(ys)
    return CutBox(degrees, round(left, 4), round(top, 4), round(max(xs) - left, 4), round(max(ys) - top, 4))


def _fits(box: CutBox, spec: SheetSpec) -> bool:
    across, down = usable_mm(spec)
    upright = box.width <= across and box.height <= down
    return upright or (spec.turn and box.height <= across and box.width <= down)


def _rounded(box: CutBox, spec: SheetSpec, step: float) -> CutBox:
    """Larger, by so much that it still fits."""
    if not step:
        return box
    longest = max(usable_mm(spec))
    width, height = (min(math.ceil(side / step) * step, max(side, longest)) for side in (box.width, box.height))
    larger = CutBox(box.degrees, box.left, box.top, width, height)
    return larger if _fits(larger, spec) else box


def usable_mm(spec: SheetSpec) -> tuple[float, float]:
    """What a sheet has within its margins: across, down."""
    width, height = spec.size_mm
    return width - 2 * spec.margin_mm, height - 2 * spec.margin_mm
