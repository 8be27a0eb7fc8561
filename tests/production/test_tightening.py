"""Sheets of a batch laid anew where that saves one."""

from hypothesis import given, settings
from hypothesis import strategies as st

from configurator.blanks.blank import SheetSpec
from configurator.production.nesting import Rectangle, nest_for
from configurator.production.tightening import least, on_fewer_sheets
from tests.production.test_nesting import faults, specs

SIZE = st.tuples(st.floats(5, 38), st.floats(5, 38))


@settings(deadline=None, max_examples=40)
@given(specs(), st.lists(SIZE, min_size=2, max_size=30))
def test_what_is_laid_anew_keeps_margins_and_gaps_on_fewer_sheets(
    spec: SheetSpec, sizes: list[tuple[float, float]]
) -> None:
    rectangles = [Rectangle(f"area {n}", *size, bleed=1) for n, size in enumerate(sizes)]
    fewer = on_fewer_sheets(spec, rectangles, 99)
    assert fewer is not None
    assert faults(spec, fewer) == []
    assert [each.name for each in fewer] == [each.name for each in rectangles]
    assert max(each.sheet for each in fewer) >= least(spec, rectangles)
    assert on_fewer_sheets(spec, rectangles, max(each.sheet for each in fewer)) is None


def test_pieces_that_came_in_a_wasteful_order_are_laid_anew() -> None:
    spec = SheetSpec(size_mm=(100, 100), gap_mm=0, margin_mm=0)
    rectangles = [Rectangle(f"area {n}", width, 100) for n, width in enumerate((40, 50, 50, 60))]
    nest = nest_for(spec, (rectangles[0],), 9)
    for each in rectangles:
        nest.add((each,))
    assert nest.sheets == 3
    fewer = on_fewer_sheets(spec, rectangles, 3)
    assert fewer is not None
    assert [each.sheet for each in fewer].count(1) == [each.sheet for each in fewer].count(2) == 2


def test_sheets_whose_area_is_needed_are_left_as_they_are() -> None:
    spec = SheetSpec(size_mm=(100, 100), gap_mm=0, margin_mm=0)
    assert on_fewer_sheets(spec, [Rectangle("area", 100, 60)] * 2, 2) is None
