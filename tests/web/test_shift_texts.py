"""Shifts written in one field read back as they were."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from configurator.blanks.calendar import Shift
from configurator.web.shift_texts import NoShift, shifts_read, shifts_written

WEEK = (0, 1, 2, 3, 4)
CLOCKS = st.builds(time, st.integers(0, 23), st.integers(0, 59))
DAYS = st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days)))


@given(st.lists(st.builds(Shift, DAYS, CLOCKS, CLOCKS), max_size=4))
def test_what_is_written_reads_the_same(shifts: list[Shift]) -> None:
    assert shifts_read(shifts_written(shifts, WEEK), WEEK, "it") == tuple(shifts)


def test_people_write_shifts_in_their_own_ways() -> None:
    early = Shift(WEEK, time(6), time(14))
    assert shifts_read("6:00-14:00; Saturday+Sun 10:00 – 12:30", WEEK, "it") == (
        early,
        Shift((5, 6), time(10), time(12, 30)),
    )
    assert shifts_read("sat-mon 22:00-06:00", WEEK, "it") == (Shift((0, 5, 6), time(22), time(6)),)
    assert shifts_read("", WEEK, "it") == ()


@pytest.mark.parametrize("text", ["early", "25:00-26:00", "Moonday 06:00-14:00", "06:00", "Mon-Thu-Fri 06:00-14:00"])
def test_what_is_no_shift_is_refused(text: str) -> None:
    with pytest.raises(NoShift, match="Write them like 06:00-14:00"):
        shifts_read(text, WEEK, "it")
