"""Cut shapes on sheets: by their outlines where that saves sheets or length; a checker of its own finds every error."""

import math
import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Polygon

from configurator.artwork.footprint import coarse
from configurator.blanks.blank import SheetSpec
from configurator.production.layout_checking import Lying, layout_faults
from configurator.production.shape_nesting import PlacedShape, Shape, by_rectangles, nested, sheets_of, used_mm
from configurator.production.stripping import Width, stripped

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
    lying = [Lying(each.name, each.sheet, each.outline(known[each.name]), each.degrees) for each in placed]
    return layout_faults(spec, areas, lying)


def test_triangles_share_their_rectangles_and_save_a_sheet() -> None:
    shapes = [triangle(f"T{n}", 90) for n in range(8)]
    flat, placed = by_rectangles(shapes, SHEET), nested(shapes, SHEET, seed=1, seconds=2)
    assert max(each.sheet for each in flat) == 2
    assert max(each.sheet for each in placed) == 1
    assert faults(shapes, flat) == faults(shapes, placed) == ()
    assert [each.name for each in placed] == [shape.name for shape in shapes]


def test_what_cannot_be_saved_lies_by_its_rectangles() -> None:
    shapes = [Shape(f"S{n}", ((0, 0), (130, 0), (130, 90), (0, 90))) for n in range(9)]
    placed = nested(shapes, SHEET, seed=1, seconds=2)
    assert placed == by_rectangles(shapes, SHEET)
    assert faults(shapes, placed) == ()


@pytest.mark.parametrize("turn", [True, False])
def test_rectangles_are_always_feasible(turn: bool) -> None:
    spec = SheetSpec(size_mm=(300, 210), gap_mm=3, margin_mm=8, turn=turn)
    shapes = [star(f"S{n}", 15 + n % 5 * 6, n) for n in range(24)]
    placed = by_rectangles(shapes, spec)
    assert faults(shapes, placed, spec) == ()
    assert turn or {each.degrees for each in placed} == {0.0}


def needle(length: float) -> tuple[tuple[float, float], ...]:
    return ((0, 0), (length, 0.02), (length, 0.05))


@st.composite
def outlines(draw: st.DrawFn) -> tuple[tuple[float, float], ...]:
    """Rings of points round a middle: stars, slivers, blobs; now and then a needle. All fit the sheet."""
    if draw(st.integers(0, 9)) == 0:
        return needle(draw(st.floats(5, 150)))
    count = draw(st.integers(3, 14))
    radii = draw(st.lists(st.floats(1.5, 40), min_size=count, max_size=count))
    turns = [2 * math.pi * n / count for n in range(count)]
    return tuple((r * math.cos(t), r * math.sin(t)) for r, t in zip(radii, turns, strict=True))


@pytest.mark.slow
@settings(max_examples=8, deadline=None)
@given(
    st.lists(outlines(), min_size=1, max_size=25),
    st.sampled_from([0, 15, 90, 180]),
    st.sampled_from([0.0, 2.0, 5.0]),
    st.integers(0, 99),
)
def test_shapes_of_any_kind_are_laid_without_fault_as_their_sheet_allows(
    drawn: list[tuple[tuple[float, float], ...]], step: int, gap: float, seed: int
) -> None:
    spec = SheetSpec((300, 210), gap_mm=gap, margin_mm=8, turn=step in (15, 90), turn_deg=step)
    shapes = [Shape(f"S{n}", outline) for n, outline in enumerate(drawn)]
    flat, placed = by_rectangles(shapes, spec), nested(shapes, spec, seed=seed, seconds=2)
    assert faults(shapes, placed, spec) == faults(shapes, flat, spec) == ()
    assert (sheets_of(placed), used_mm(placed, shapes)) <= (sheets_of(flat), used_mm(flat, shapes))


def test_grain_is_kept_by_shapes_that_may_only_lie_head_to_foot() -> None:
    spec = replace(SHEET, turn=False, turn_deg=180)
    shapes = [triangle(f"T{n}", 90) for n in range(8)]
    placed = nested(shapes, spec, seed=1, seconds=2)
    assert sheets_of(placed) == 1
    assert {each.degrees for each in placed} == {0.0, 180.0}
    assert faults(shapes, placed, spec) == ()
    across = (replace(placed[0], degrees=90.0), *placed[1:])
    assert "“T0” lies at 90°, which its sheet does not allow." in faults(shapes, across, spec)


def test_a_search_that_fails_leaves_the_rectangles() -> None:
    width = Width(100, 2, (0.0,))
    assert stripped([((0, 0), (60, 0), (60, 60))], width, seed=1, seconds=1) is not None
    assert stripped([((0, 0),)], width, seed=1, seconds=1) is None
    assert stripped([((0, 0), (500, 0), (500, 500), (0, 500))], width, seed=1, seconds=1) is None


@given(outlines())
def test_a_coarse_outline_holds_the_fine_one(outline: tuple[tuple[float, float], ...]) -> None:
    assert Polygon(coarse(outline)).buffer(1e-3).covers(Polygon(outline))


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
    small = layout_faults(SHEET, {"A": 99.0}, [Lying("A", 1, good[0].outline(shapes[0]))])
    assert small == ("“A” has another size than it should.",)
