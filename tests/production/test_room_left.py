"""What a batch page says still fits on the last sheet does fit there, and not one more."""

import pytest

from configurator.clock import FixedClock
from configurator.database import Database
from configurator.production.batch_store import batch_by_number, fits_more, layout_of
from configurator.production.laying_out import lay_out_batch
from configurator.production.room_left import room_left
from configurator.production.routing import route
from tests.builders import a_design
from tests.production.workshop import Workshop, a_sheet_mug

MUG = route(a_design(a_sheet_mug()), a_sheet_mug())


@pytest.mark.parametrize("pieces", [1, 2, 5, 11, 12])
def test_so_many_more_take_no_further_sheet_and_one_more_does(pieces: int) -> None:
    def sheets(count: int) -> int:
        return len(lay_out_batch([(f"P-{n}", MUG) for n in range(count)], {}).sheets)

    more = room_left([MUG] * pieces, sheets(pieces), 100)
    assert sheets(pieces + more) == sheets(pieces) < sheets(pieces + more + 1)


def test_no_more_than_the_batch_takes() -> None:
    assert room_left([MUG], 1, 1) == 1
    assert room_left([MUG], 1, 0) == 0
    assert room_left([], 0, 5) == 0


def test_the_page_tells_it_of_open_batches_only(database: Database, clock: FixedClock) -> None:
    workshop = Workshop(database, clock)
    workshop.order((a_design(workshop.catalogue.blank("mug")), 3))
    workshop.plan()
    (batch,) = workshop.open()
    for released in (False, True):
        if released:
            workshop.release(batch.number)
        with database.read() as session:
            found = batch_by_number(session, batch.number)
            layout = layout_of(session, found, workshop.catalogue)
            fits = fits_more(session, found, layout, workshop.catalogue)
        assert 0 <= fits <= found.free
        assert not (released and fits)
