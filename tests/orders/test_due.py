"""A piece is due so that its promised day holds, over weekends and closed days."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from configurator.blanks.calendar import Holiday, Shift
from configurator.blanks.shop import Facility
from configurator.orders.due import Handover, arrival, due_at, reached
from tests.builders import a_facility, a_shop

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


EVENINGS = a_facility(
    "plant",
    kind="plant",
    shifts=(Shift((0, 1, 2, 3, 4), time(6), time(14)), Shift((0, 1, 2, 3), time(14), time(22))),
    holidays=(Holiday(date(2026, 12, 24), date(2026, 12, 26), "Christmas"),),
)
WEEKEND_WORK = a_facility("store", shifts=(Shift((3, 4, 5, 6), time(5), time(23)),), workdays=(1, 2, 3, 4))
SHOP = a_shop(facilities=(EVENINGS, WEEKEND_WORK))


def test_what_a_late_shift_finishes_leaves_the_next_day() -> None:
    ship = Handover("ship", "")
    at_six, later = datetime(2026, 11, 23, 17, tzinfo=UTC), datetime(2026, 11, 23, 20, 30, tzinfo=UTC)
    assert reached(at_six, EVENINGS, ship, SHOP) == date(2026, 11, 24)
    assert reached(later, EVENINGS, ship, SHOP) == date(2026, 11, 25)


def test_nobody_is_sent_to_a_store_that_works_behind_closed_doors() -> None:
    friday_night = datetime(2026, 11, 27, 21, tzinfo=UTC)
    assert reached(friday_night, WEEKEND_WORK, Handover("pickup", "store"), SHOP) == date(2026, 12, 1)


@given(
    st.integers(0, 60 * 24 * 365),
    st.sampled_from([EVENINGS, WEEKEND_WORK]),
    st.sampled_from([Handover("ship", ""), Handover("pickup", "store"), Handover("counter", "store")]),
)
def test_due_time_and_promised_day_are_one_truth(minute: int, maker: Facility, handover: Handover) -> None:
    made = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
    on, days = reached(made, maker, handover, SHOP), handover.days_from(maker, SHOP)
    due = due_at(on, maker, travel_days=days)
    assert made <= due
    assert reached(due, maker, handover, SHOP) == on
    assert reached(due + timedelta(minutes=1), maker, handover, SHOP) > on
