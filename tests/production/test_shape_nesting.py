"""Cut shapes on sheets: by their outlines where that saves a sheet; an independent checker finds every error."""

import math
import random

import pytest
from shapely.geometry import Polygon

from configurator.blanks.blank import SheetSpec
from configurator.production.layout_checking import layout_faults
from configurator.production.shape_nesting import PlacedShape, Shape, by_rectangles, nested

SHEET = SheetSpec(size_mm=(300, 210), gap_mm=3, margin_mm=8, turn=True)


def star(name: str, size: float, seed: int) -> Shape:
    """Points round a middle, near and far in turn: much of its rectangle is empty."""
    chance = random.Random(seed)
    turns = [2 * math.pi * n / 10 + chance.uniform(-0.1, 0.1) for n in range(10)]
    radii = [size * (1 if n % 2 else 0.4) for n in range(10)]
    points = tuple((r * math.cos(t), r * math.sin(t)) for r, t in zip(radii, turns, strict=True))
    return Shape(name, points)


def triangle(name: str, size: float) -> Shape:
    return Shape(name, ((0, 0), (size, 0), (0, size)))


def faults(shapes: list[Shape], placed: tuple[PlacedShape, ...], spec: SheetSpec = SHEET) -> tuple[str, ...]:
    known = {shape.name: shape for shape in shapes}
    areas = {shape.name: Polygon(shape.outline).area for shape in shapes}
    return layout_faults(spec, areas, [(each.name, each.sheet, each.outline(known[each.name])) for each in placed])


def test_triangles_share_their_rectangles_and_save_a_sheet() -> None:
    shapes = [triangle(f"T{n}", 90) for n in range(8)]
    flat, placed = by_rectangles(shapes, SHEET), nested(shapes, SHEET, seed=1, seconds=1)
    assert max(each.sheet for each in flat) == 2
    assert max(each.sheet for each in placed) == 1
    assert faults(shapes, flat) == faults(shapes, placed) == ()
    assert [each.name for each in placed] == [shape.name for shape in shapes]


def test_what_cannot_be_saved_lies_by_its_rectangles() -> None:
    shapes = [Shape(f"S{n}", ((0, 0), (130, 0), (130, 90), (0, 90))) for n in range(9)]
    placed = nested(shapes, SHEET, seed=1, seconds=1)
    assert placed == by_rectangles(shapes, SHEET)
    assert faults(shapes, placed) == ()


@pytest.mark.parametrize("turn", [True, False])
def test_rectangles_are_always_feasible(turn: bool) -> None:
    spec = SheetSpec(size_mm=(300, 210), gap_mm=3, margin_mm=8, turn=turn)
    shapes = [star(f"S{n}", 15 + n % 5 * 6, n) for n in range(24)]
    placed = by_rectangles(shapes, spec)
    assert faults(shapes, placed, spec) == ()
    assert turn or {each.degrees for each in placed} == {0.0}


def test_nothing_needs_no_sheet() -> None:
    assert nested([], SHEET, seed=1, seconds=1) == ()


def test_the_checker_finds_every_error_put_into_a_layout() -> None:
    shapes = [triangle("A", 50), triangle("B", 50)]
    good = (PlacedShape("A", 1, 0, 10, 10), PlacedShape("B", 1, 180, 70, 70))
    assert faults(shapes, good) == ()
    assert faults(shapes, good[:1]) == ("“B” is on no sheet.",)
    assert "“A” lies 2 times." in faults(shapes, (*good, PlacedShape("A", 2, 0, 10, 10)))
    assert faults(shapes, (good[0], PlacedShape("B", 1, 180, 59, 59))) == ("“A” and “B” overlap.",)
    assert faults(shapes, (good[0], PlacedShape("B", 1, 180, 61, 61))) == ("“A” and “B” are 1.41 mm apart.",)
    assert faults(shapes, (PlacedShape("A", 1, 0, 7, 10), good[1])) == ("“A” hangs over the margin.",)
    small = layout_faults(SHEET, {"A": 99.0}, [("A", 1, good[0].outline(shapes[0]))])
    assert small == ("“A” has another size than it should.",)
