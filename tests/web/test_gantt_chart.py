"""The Gantt chart: on which day it opens, where a batch's number stands, when a machine is done."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from configurator.blanks.shop import Facility
from configurator.production.batch_store import BatchRow, batch_by_number
from configurator.web.gantt import LEAST_SHOWN, Bar, Gantt, gantt, next_day_with_work
from configurator.web.wiring import Wiring
from tests.web.browser import Browser

MONDAY = date(2026, 11, 30)


@pytest.fixture
def bremen(wiring: Wiring) -> Facility:
    return wiring.catalogue.shop.facility("plant-bremen")


@pytest.fixture
def b001(planned: Browser, wiring: Wiring) -> BatchRow:
    """The one batch there is."""
    with wiring.database.read() as session:
        return batch_by_number(session, "B-001")


def at(hour: int, minute: int = 0) -> datetime:
    """A time on that Monday in Bremen."""
    return datetime(2026, 11, 30, hour - 1, minute, tzinfo=UTC)


def drawn(bremen: Facility, batch: BatchRow, *times: tuple[datetime, datetime], **changed: Any) -> Gantt:
    """That Monday, with a batch at each of these times on one machine."""
    rows = [replace(batch, number=f"B-{n}", starts_at=a, ends_at=b, **changed) for n, (a, b) in enumerate(times)]
    return gantt(bremen, rows, [], at(5), MONDAY)


def bars(chart: Gantt) -> list[Bar]:
    return [bar for row in chart.rows for bar in row.bars]


def test_the_hours_of_today_that_are_over_make_room_unless_something_began_in_them(
    bremen: Facility, b001: BatchRow
) -> None:
    late = replace(b001, starts_at=at(13), ends_at=at(13, 20))
    early = replace(b001, number="B-002", starts_at=at(7, 30), ends_at=at(7, 50))
    whole = gantt(bremen, [late], [], at(5), MONDAY)
    assert gantt(bremen, [late], [], at(11, 40), MONDAY).opens == at(11)
    assert gantt(bremen, [late, early], [], at(11, 40), MONDAY).opens == at(7)
    assert gantt(bremen, [], [], whole.closes - timedelta(minutes=5), MONDAY).opens == whole.closes - LEAST_SHOWN
    assert gantt(bremen, [late], [], at(11, 40) + timedelta(days=1), MONDAY).opens == whole.opens


def test_the_number_stands_in_a_long_bar_on_every_screen(bremen: Facility, b001: BatchRow) -> None:
    (bar,) = bars(drawn(bremen, b001, (at(8), at(14))))
    (letters,) = bar.letters
    assert (letters.at, letters.beside) == ("", False)


def test_the_number_of_a_short_bar_stands_beside_it(bremen: Facility, b001: BatchRow) -> None:
    (bar,) = bars(drawn(bremen, b001, (at(8), at(8, 10))))
    (letters,) = bar.letters
    assert letters.beside
    assert letters.x >= bar.x + bar.width


def test_on_a_narrow_screen_a_number_goes_beside_a_bar_that_it_fits_into_on_a_wide_one(
    bremen: Facility, b001: BatchRow
) -> None:
    (bar,) = bars(drawn(bremen, b001, (at(8), at(10))))
    assert [(each.at, each.beside) for each in bar.letters] == [("at-wide", False), ("at-narrow", True)]


def test_where_the_next_batch_follows_at_once_a_short_bar_has_no_number(bremen: Facility, b001: BatchRow) -> None:
    first, second = bars(drawn(bremen, b001, (at(8), at(8, 10)), (at(8, 10), at(8, 20))))
    assert not first.letters
    assert second.letters


def test_a_machine_whose_batches_are_all_made_is_done_and_not_without_a_plan(bremen: Facility, b001: BatchRow) -> None:
    chart = drawn(bremen, b001, (at(8), at(9)), status="done")
    assert {row.state for row in chart.rows if row.bars} == {"done"}


def test_the_board_opens_on_the_next_day_on_which_something_runs(bremen: Facility, b001: BatchRow) -> None:
    days = [MONDAY + timedelta(days=n) for n in range(4)]
    tuesday = replace(b001, starts_at=at(8) + timedelta(days=1), ends_at=at(9) + timedelta(days=1))
    assert next_day_with_work(bremen, [tuesday], [], days) == days[1]
    assert next_day_with_work(bremen, [], [], days) == days[0]


def test_a_day_without_work_is_drawn_if_it_is_asked_for(planned: Browser) -> None:
    board = planned.get("/workshop?at=plant-bremen").html
    assert "B-001" in board.partition('id="gantt"')[2].partition("</svg></div>")[0]
    assert "Nothing is planned for this day yet." in planned.get("/workshop?at=plant-bremen&day=2027-05-05").text


def test_changeovers_are_hatched_where_no_chart_is_drawn_too(planned: Browser) -> None:
    page = planned.get("/workshop?at=plant-bremen&day=2027-05-05").html
    assert 'id="hatch"' in page
    assert page.count('id="hatch"') == 1
