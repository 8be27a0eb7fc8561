"""A piece is due so that its promised day holds, over weekends and closed days."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from configurator.orders.due import arrival, due_at
from tests.builders import a_facility

PLANT = a_facility("plant", kind="plant")
SATURDAY_STORE = a_facility("store", workdays=(1, 2, 3, 4, 5))


@pytest.mark.parametrize(
    ("promised", "days", "due"),
    [
        (date(2026, 11, 26), 0, datetime(2026, 11, 26, 17, tzinfo=UTC)),
        (date(2026, 11, 26), 1, datetime(2026, 11, 25, 17, tzinfo=UTC)),
        (date(2026, 11, 30), 1, datetime(2026, 11, 27, 17, tzinfo=UTC)),
        (date(2026, 11, 30), 2, datetime(2026, 11, 26, 17, tzinfo=UTC)),
        (date(2026, 7, 1), 0, datetime(2026, 7, 1, 16, tzinfo=UTC)),
    ],
)
def test_a_plant_that_rests_at_weekends(promised: date, days: int, due: datetime) -> None:
    assert due_at(promised, PLANT, travel_days=days) == due


def test_a_store_open_on_saturdays_may_use_them() -> None:
    assert due_at(date(2026, 11, 30), SATURDAY_STORE, travel_days=1) == datetime(2026, 11, 28, 17, tzinfo=UTC)


@given(st.dates(date(2026, 1, 1), date(2030, 1, 1)), st.integers(0, 5), st.sampled_from([PLANT, SATURDAY_STORE]))
def test_what_is_finished_when_due_arrives_in_time_and_one_open_day_later_would_not(promised, days, maker) -> None:
    day = due_at(promised, maker, travel_days=days).date()
    assert arrival(day, days) <= promised
    later = day + timedelta(days=1)
    while later.weekday() not in maker.workdays:
        later += timedelta(days=1)
    assert arrival(later, days) > promised
