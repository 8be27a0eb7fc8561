"""Working time: opening hours, nights, weekends, the day the clocks change."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from configurator.production.hours import Hours

HOURS = Hours("Europe/Berlin", time(8), time(18), (0, 1, 2, 3, 4), time(14))
MOMENTS = st.integers(0, 364 * 24 * 60).map(lambda m: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=m))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def test_work_begins_at_the_next_opening_when_the_doors_are_closed() -> None:
    friday_evening = at("2026-11-20T19:00+01:00")
    assert HOURS.fit(friday_evening, 30).opens == at("2026-11-23T08:00+01:00")
    assert HOURS.fit(friday_evening, 30).closes == at("2026-11-23T08:30+01:00")


def test_work_that_does_not_fit_before_closing_waits_for_the_morning() -> None:
    window = HOURS.fit(at("2026-11-23T17:30+01:00"), 60)
    assert (window.opens, window.closes) == (at("2026-11-24T08:00+01:00"), at("2026-11-24T09:00+01:00"))


def test_work_longer_than_a_day_goes_on_in_the_morning() -> None:
    window = HOURS.fit(at("2026-11-23T17:00+01:00"), 11 * 60)
    assert (window.opens, window.closes) == (at("2026-11-23T17:00+01:00"), at("2026-11-24T18:00+01:00"))


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("2026-11-23T13:59+01:00", "2026-11-23T14:00+01:00"),
        ("2026-11-23T14:00+01:00", "2026-11-24T14:00+01:00"),
        ("2026-11-20T15:00+01:00", "2026-11-23T14:00+01:00"),
        ("2026-03-27T15:00+01:00", "2026-03-30T14:00+02:00"),
    ],
)
def test_the_next_cut_off_is_on_a_workday_by_the_local_clock(asked: str, answer: str) -> None:
    assert HOURS.cut_off_after(at(asked)) == at(answer)


def test_minutes_between_counts_only_open_minutes() -> None:
    assert HOURS.minutes_between(at("2026-11-20T17:00+01:00"), at("2026-11-23T09:00+01:00")) == 120
    assert HOURS.minutes_between(at("2026-11-23T09:00+01:00"), at("2026-11-20T17:00+01:00")) == -120


def test_workdays_skip_the_weekend() -> None:
    assert HOURS.workday_after(date(2026, 11, 20), 1) == date(2026, 11, 23)
    assert HOURS.workday_after(date(2026, 11, 21), 0) == date(2026, 11, 23)


@given(MOMENTS, st.floats(0.1, 3000))
def test_pain_25_every_start_and_end_lies_inside_opening_hours(now: datetime, minutes: float) -> None:
    window = HOURS.fit(now, minutes)
    assert window.opens >= now
    for moment in (window.opens, window.closes):
        local = HOURS.local(moment)
        assert local.weekday() in HOURS.workdays
        assert HOURS.opens <= local.time() <= HOURS.closes
    assert HOURS.minutes_between(window.opens, window.closes) == pytest.approx(minutes, abs=0.01)


@given(MOMENTS, st.floats(1, 600))
def test_work_of_at_most_a_day_is_not_cut_in_two_by_the_night(now: datetime, minutes: float) -> None:
    window = HOURS.fit(now, minutes)
    assert window.closes - window.opens <= timedelta(minutes=600)
