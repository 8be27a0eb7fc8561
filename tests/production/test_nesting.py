"""Sheets: nothing overlaps, nothing hangs over, gaps and margins are kept; an independent checker says so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import box
from shapely.strtree import STRtree

from configurator.blanks.blank import SheetSpec
from configurator.production.nesting import Laid, Nest, Rectangle, fits, labels, per_sheet

SHEET = SheetSpec(size_mm=(420, 594), gap_mm=4, margin_mm=10)
SIZES = st.tuples(st.floats(5, 450), st.floats(5, 650))


@st.composite
def specs(draw: st.DrawFn) -> SheetSpec:
    return SheetSpec(
        size_mm=(draw(st.floats(60, 500)), draw(st.floats(60, 700))),
        gap_mm=draw(st.sampled_from([0, 2, 4.5])),
        margin_mm=draw(st.sampled_from([0, 5, 10])),
        turn=draw(st.booleans()),
    )


def faults(spec: SheetSpec, laid: tuple[Laid, ...]) -> list[str]:
    """What shapely finds wrong: overrun of the margin, or two shapes closer than the gap."""
    (width, height), margin = spec.size_mm, spec.margin_mm
    usable = box(margin, margin, width - margin, height - margin).buffer(1e-4)
    found = []
    for sheet in {each.sheet for each in laid}:
        shapes = [
            box(each.left, each.top, each.left + each.width, each.top + each.height)
            for each in laid
            if each.sheet == sheet
        ]
        found += [f"{shape.bounds} hangs over" for shape in shapes if not usable.covers(shape)]
        tree = STRtree(shapes)
        for n, shape in enumerate(shapes):
            near = tree.query(shape.buffer(spec.gap_mm + 1, join_style="mitre"))
            for m in (int(m) for m in near if int(m) > n):
                apart_x = max(shapes[m].bounds[0] - shape.bounds[2], shape.bounds[0] - shapes[m].bounds[2])
                apart_y = max(shapes[m].bounds[1] - shape.bounds[3], shape.bounds[1] - shapes[m].bounds[3])
                if max(apart_x, apart_y) < spec.gap_mm - 1e-4 or shape.intersection(shapes[m]).area > 1e-6:
                    found.append(f"{shape.bounds} and {shapes[m].bounds} are too near")
    return found


@given(specs(), st.lists(st.lists(SIZES, min_size=1, max_size=2), max_size=40), st.integers(1, 3), st.integers(0, 3))
def test_every_layout_passes_an_independent_checker(
    spec: SheetSpec, pieces: list[list[tuple[float, float]]], most: int, rule: int
) -> None:
    nest = Nest(spec, most, rule)
    down = 0
    for sizes in pieces:
        laid = nest.add([Rectangle(f"area {n}", *size) for n, size in enumerate(sizes)])
        down += len(sizes) if laid else 0
        for each, size in zip(laid or (), sizes, strict=bool(laid)):
            expected = size[::-1] if each.turned else size
            assert abs(each.width - expected[0]) < 1e-6
            assert abs(each.height - expected[1]) < 1e-6
            assert spec.turn or not each.turned
    assert len(nest.laid) == down
    assert nest.sheets <= most
    assert faults(spec, tuple(nest.laid)) == []
    names = labels(nest.laid)
    assert len(set(names)) == len(names)


def test_a_faulty_layout_is_found_by_the_checker() -> None:
    near = (Laid("a", 1, 10, 10, 50, 50, False), Laid("b", 1, 62, 10, 50, 50, False))
    over = (Laid("a", 1, 380, 10, 50, 50, False),)
    assert len(faults(SHEET, near)) == 1
    assert len(faults(SHEET, over)) == 1


def test_mug_transfers_lie_in_rows_and_are_named_by_row_and_column() -> None:
    nest = Nest(SheetSpec(size_mm=(860, 590), gap_mm=5, margin_mm=10), 1)
    placed = [nest.add((Rectangle("wrap", 200, 80),)) for _ in range(25)]
    assert sum(each is not None for each in placed) == 24
    assert placed[24] is None
    assert labels(nest.laid)[:5] == ("A1", "A2", "A3", "A4", "B1")
    assert labels(nest.laid)[-1] == "F4"
    assert 0.75 < sum(each.width * each.height for each in nest.laid) / (860 * 590) < 0.8


def test_a_piece_goes_down_whole_or_not_at_all() -> None:
    nest = Nest(SheetSpec(size_mm=(120, 120), gap_mm=0, margin_mm=10), 1)
    assert nest.add((Rectangle("front", 90, 60), Rectangle("back", 90, 60))) is None
    assert nest.laid == []
    assert nest.add((Rectangle("front", 90, 60), Rectangle("back", 90, 40))) is not None


def test_turning_makes_room_only_where_it_is_allowed() -> None:
    tall = Rectangle("strip", 30, 200)
    assert not fits(SheetSpec(size_mm=(240, 100), gap_mm=0, margin_mm=0), tall)
    assert fits(SheetSpec(size_mm=(240, 100), gap_mm=0, margin_mm=0, turn=True), tall)
    assert per_sheet(SheetSpec(size_mm=(240, 100), gap_mm=0, margin_mm=0, turn=True), (tall,)) == 3


@pytest.mark.parametrize(("size", "most"), [((204, 84), 10), ((150, 100), 11), ((60, 40), 81), ((128, 90), 18)])
def test_a_sheet_takes_as_many_as_rows_and_columns_side_by_side(size: tuple[float, float], most: int) -> None:
    """At least what the best of all layouts in two blocks takes: rows of one direction, then the other."""
    spec = SheetSpec(size_mm=(420, 594), gap_mm=4, margin_mm=8, turn=True)
    assert per_sheet(spec, (Rectangle("wrap", *size),)) >= most
