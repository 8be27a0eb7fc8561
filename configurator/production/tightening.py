"""The common sheets of a batch, laid anew on fewer sheets where filling them in order wasted too much."""

import math
from collections.abc import Sequence

from configurator.blanks.blank import SheetSpec
from configurator.production.nesting import Laid, Rectangle

UNITS = 1000
"""Whole units in a millimetre: what is laid is rounded up, the sheet down."""

SEED = 1
STEPS = 2000
"""Orders tried: a count, so that every computer finds the same sheets."""


def on_fewer_sheets(spec: SheetSpec, rectangles: Sequence[Rectangle], sheets: int) -> tuple[Laid, ...] | None:
    """All rectangles on fewer than so many sheets, in the order given; None when that is not possible or not found."""
    if sheets <= least(spec, rectangles):
        return None
    # Compiled code is loaded only where a sheet may be saved.
    from configurator.production.search.packing import pack  # noqa: PLC0415 - see the line above

    sizes = [(_up(each.width + spec.gap_mm), _up(each.height + spec.gap_mm)) for each in rectangles]
    packing = pack(sizes, _usable(spec), turn=spec.turn, seed=SEED, steps=STEPS)
    if packing.sheets >= sheets:
        return None
    return tuple(
        Laid(
            name=each.name,
            sheet=put.sheet + 1,
            left=spec.margin_mm + put.left / UNITS,
            top=spec.margin_mm + put.top / UNITS,
            width=each.height if put.turned else each.width,
            height=each.width if put.turned else each.height,
            turned=put.turned,
            bleed=each.bleed,
        )
        for each, put in zip(rectangles, packing.places, strict=True)
    )


def least(spec: SheetSpec, rectangles: Sequence[Rectangle]) -> int:
    """Sheets that their area alone takes."""
    width, height = _usable(spec)
    area = sum((each.width + spec.gap_mm) * (each.height + spec.gap_mm) for each in rectangles)
    return math.ceil(area * UNITS * UNITS / (width * height) - 1e-9)


def _usable(spec: SheetSpec) -> tuple[int, int]:
    """A sheet less its margins; larger by the gap that every rectangle claims on its right and below."""
    width, height = (size - 2 * spec.margin_mm + spec.gap_mm for size in spec.size_mm)
    return math.floor(width * UNITS + 1e-6), math.floor(height * UNITS + 1e-6)


def _up(millimetres: float) -> int:
    return math.ceil(millimetres * UNITS - 1e-6)
