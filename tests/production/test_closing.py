"""Batches close full, at a time of day, after a while, or before they would be late."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from configurator.blanks.calendar import BatchRule
from configurator.production.closing import FULL_WAITS, Closing, closing
from configurator.production.hours import Hours
from tests.builders import a_facility

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HOURS = Hours.of(a_facility("plant"))
CUT_OFF = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)
BATCH = Closing(NOW, NOW, rush=False, full=False, pieces=8, due_at=NOW + timedelta(days=3), takes_min=30)


def closes(batch: Closing = BATCH, **rule: object) -> datetime:
    return closing(batch, BatchRule(**rule), HOURS, now=NOW)  # type: ignore[arg-type]  # each test names its fields


def test_without_a_rule_it_closes_at_the_cut_off_of_its_facility() -> None:
    assert closes() == CUT_OFF


def test_a_family_may_close_at_a_time_of_its_own() -> None:
    assert closes(cut_off=time(11)) == datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def test_a_family_may_close_after_so_many_working_minutes() -> None:
    assert closes(every_min=90) == NOW + timedelta(minutes=90)
    assert closes(every_min=90, cut_off=time(11)) == NOW + timedelta(minutes=60)


def test_as_many_pieces_as_the_rule_says_close_it_soon() -> None:
    assert closes(closes_full=8) == NOW + FULL_WAITS
    assert closes(closes_full=9) == CUT_OFF


def test_a_small_batch_waits_for_company_while_its_date_holds() -> None:
    assert closes(least=10) == datetime(2026, 11, 25, 13, 0, tzinfo=UTC)
    urgent = replace(BATCH, due_at=NOW + timedelta(hours=8))
    assert closes(urgent, least=10) == CUT_OFF


@given(st.integers(1, 20), st.integers(1, 20), st.integers(0, 10 * 24 * 60), st.floats(1, 500))
def test_waiting_for_company_never_makes_a_batch_late(pieces: int, least: int, due: int, takes: float) -> None:
    batch = replace(BATCH, pieces=pieces, due_at=NOW + timedelta(minutes=due), takes_min=takes)
    chosen = closes(batch, least=least)
    assert chosen >= CUT_OFF
    assert chosen == CUT_OFF or HOURS.fit(chosen, takes).closes <= batch.due_at


def test_a_rush_batch_waits_ten_minutes_or_as_long_as_its_rule_says() -> None:
    rush = replace(BATCH, rush=True)
    assert closes(rush) == NOW + timedelta(minutes=10)
    assert closes(rush, rush_min=0) == NOW
    assert closes(rush, rush_min=45) == NOW + timedelta(minutes=45)
