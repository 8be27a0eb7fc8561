"""Working time: opening hours, nights, weekends, the day the clocks change."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from configurator.blanks.calendar import DownTime, Holiday, Shift
from configurator.production.hours import Hours, Window
from tests.builders import a_facility

HOURS = Hours("Europe/Berlin", (Shift((0, 1, 2, 3, 4), time(8), time(18)),), time(14))
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
        assert local.weekday() < 5
        assert time(8) <= local.time() <= time(18)
    assert HOURS.minutes_between(window.opens, window.closes) == pytest.approx(minutes, abs=0.01)


@given(MOMENTS, st.floats(1, 600))
def test_work_of_at_most_a_day_is_not_cut_in_two_by_the_night(now: datetime, minutes: float) -> None:
    window = HOURS.fit(now, minutes)
    assert window.closes - window.opens <= timedelta(minutes=600)


TWO_SHIFTS = replace(HOURS, shifts=(Shift((0, 1, 2, 3, 4), time(6), time(14)), Shift((0, 1, 2, 3), time(14), time(22))))
NIGHTS = replace(HOURS, shifts=(Shift((5, 6), time(22), time(6)),))


def test_shifts_that_touch_are_one_opening() -> None:
    window = TWO_SHIFTS.fit(at("2026-11-23T12:00+01:00"), 300)
    assert (window.opens, window.closes) == (at("2026-11-23T12:00+01:00"), at("2026-11-23T17:00+01:00"))
    assert TWO_SHIFTS.longest_min == 16 * 60


def test_a_holiday_is_skipped_and_has_no_cut_off() -> None:
    hours = replace(HOURS, holidays=(Holiday(date(2026, 12, 24), date(2026, 12, 26), "Christmas"),))
    assert hours.open_from(at("2026-12-23T19:00+01:00")) == at("2026-12-28T08:00+01:00")
    assert hours.cut_off_after(at("2026-12-23T15:00+01:00")) == at("2026-12-28T14:00+01:00")
    assert hours.workday_after(date(2026, 12, 23), 1) == date(2026, 12, 28)


def test_a_night_is_an_hour_shorter_or_longer_when_the_clocks_change() -> None:
    spring, autumn = at("2026-03-28T21:00+01:00"), at("2026-10-24T21:00+02:00")
    assert NIGHTS.minutes_between(spring, spring + timedelta(hours=12)) == 7 * 60
    assert NIGHTS.minutes_between(autumn, autumn + timedelta(hours=12)) == 9 * 60


def test_every_night_shift_reaches_into_the_next_day() -> None:
    assert NIGHTS.open_from(at("2026-11-23T05:00+01:00")) == at("2026-11-23T05:00+01:00")
    assert NIGHTS.open_from(at("2026-11-23T06:00+01:00")) == at("2026-11-28T22:00+01:00")


def test_a_shop_that_never_closes_never_cuts_work_in_two() -> None:
    always = replace(HOURS, shifts=(Shift(tuple(range(7)), time(0), time(0)),))
    assert always.fit(at("2026-11-23T23:00+01:00"), 600).closes == at("2026-11-24T09:00+01:00")


def test_a_facility_works_by_the_clock_of_its_own_town() -> None:
    tokyo = replace(HOURS, timezone="Asia/Tokyo")
    assert tokyo.open_from(at("2026-11-22T12:00+00:00")) == at("2026-11-22T23:00+00:00")


def test_only_the_machine_that_is_down_stands_still() -> None:
    down = DownTime("press", 2, at("2026-11-23T10:00+01:00"), at("2026-11-26T14:00+01:00"), "belt")
    plant = a_facility("plant", down=(down,))
    now = at("2026-11-23T11:00+01:00")
    assert Hours.of(plant, "press", 2).open_from(now) == at("2026-11-26T14:00+01:00")
    assert Hours.of(plant, "press", 1).open_from(now) == now
    assert Hours.of(plant, "press").open_from(now) == now
    assert Hours.of(plant, "printer", 2).open_from(now) == now


STILL = st.lists(st.tuples(st.integers(0, 14 * 24 * 60), st.integers(1, 3000)), max_size=4)


@given(MOMENTS, st.floats(1, 900), STILL)
def test_no_work_runs_while_its_machine_stands_still(
    now: datetime, minutes: float, spans: list[tuple[int, int]]
) -> None:
    still = sorted((now + timedelta(minutes=a), now + timedelta(minutes=a + b)) for a, b in spans)
    hours = replace(TWO_SHIFTS, closed=tuple(Window(*span) for span in still))
    window = hours.fit(now, minutes)
    assert hours.minutes_between(window.opens, window.closes) == pytest.approx(minutes, abs=0.01)
    for opens, closes in still:
        assert not opens <= window.opens < closes
        assert hours.minutes_between(opens, closes) == 0
    found = list(islice(hours.windows(now), 20))
    assert all(before.closes <= after.opens for before, after in pairwise(found))
