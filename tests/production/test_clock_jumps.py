"""A computer whose clock is wrong for a while: what was planned, released and scanned stays whole, and work goes on."""

import pytest

from tests.production.workshop import Workshop

STATIONS = ("picking", "production", "check", "storage")


@pytest.mark.parametrize("hours", [-3, -30, 3, 24 * 400])
def test_work_goes_on_after_the_clock_has_jumped(workshop: Workshop, hours: int) -> None:
    before, number, codes = workshop.made(2, text="Zoë")
    released = workshop.batch(number)
    workshop.scan("picking", codes[0])
    waiting = workshop.mugs(3, text="Ada")
    workshop.plan()

    workshop.later(hours=hours)
    after, other, more = workshop.made(2, text="Mia", inside="coral")
    workshop.plan()

    assert workshop.batch(number) == released
    assert sorted(workshop.pieces(number)) == sorted(codes)
    assert all(
        any(code in workshop.pieces(batch.number) for batch in workshop.open()) for code in workshop.codes(waiting)
    )
    for code in codes[:1]:
        assert workshop.through(code, *STATIONS[1:]).kind == "booked"
    for code in (*codes[1:], *more):
        assert workshop.through(code, *STATIONS).kind == "booked"
    assert workshop.batch(number).status == workshop.batch(other).status == "done"
    assert before.number != after.number


def test_a_clock_set_right_again_finds_every_batch_where_it_was(workshop: Workshop) -> None:
    workshop.mugs(3, text="Ada")
    workshop.plan()
    pieces = {batch.number: sorted(workshop.pieces(batch.number)) for batch in workshop.open()}

    workshop.later(days=-400)
    workshop.plan()
    workshop.later(days=400)
    workshop.plan()

    assert {batch.number: sorted(workshop.pieces(batch.number)) for batch in workshop.open()} == pieces
