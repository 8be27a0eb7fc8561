"""Equal pieces on sheets: counted once, with the same answer as laying each of them down."""

from hypothesis import given, settings
from hypothesis import strategies as st

from configurator.blanks.blank import SheetSpec
from configurator.production.alike import Sheets
from configurator.production.nesting import Rectangle, nest_for

SHAPES = [(Rectangle("front", 60.0, 90.0),), (Rectangle("front", 60.0, 90.0), Rectangle("back", 40.0, 40.0)), ()]
SPEC = SheetSpec(size_mm=(300.0, 200.0), margin_mm=5.0, gap_mm=3.0)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(SHAPES), min_size=1, max_size=30), st.integers(1, 3))
def test_sheets_take_the_same_pieces_as_if_each_was_laid_down(pieces: list[tuple[Rectangle, ...]], most: int) -> None:
    sheets, nest = Sheets(SPEC, pieces[0], most, limit=len(pieces)), nest_for(SPEC, pieces[0], most)
    for piece in pieces:
        assert sheets.add(piece) == (nest.add(piece) is not None)
        assert sheets.sheets == nest.sheets
