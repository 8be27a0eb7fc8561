"""The board for a screen across the room, and the same machines on a phone."""

from datetime import datetime, timedelta

import pytest

from configurator.clock import FixedClock
from configurator.production.batch_store import BatchRow, batch_by_number
from configurator.web.wiring import Wiring
from tests.web.browser import Browser


def batch(wiring: Wiring) -> BatchRow:
    """The one batch there is."""
    with wiring.database.read() as session:
        return batch_by_number(session, "B-001")


def let_it_be(wiring: Wiring, when: datetime) -> None:
    assert isinstance(wiring.clock, FixedClock)
    wiring.clock.at = when


@pytest.fixture
def released(planned: Browser, wiring: Wiring) -> Browser:
    """B-001 is released and its time has come."""
    planned.press(planned.get("/workshop/batches/B-001"), "/workshop/batches/B-001/release", "Release")
    starts_at = batch(wiring).starts_at
    assert starts_at
    let_it_be(wiring, starts_at + timedelta(minutes=1))
    return planned


def test_before_its_time_a_batch_stands_at_its_machine_with_when_it_begins(planned: Browser) -> None:
    page = planned.get("/workshop/wall")
    assert "Nothing is late" in page.text
    assert "Mug press 1" in page.text
    assert "B-001" in page.text
    assert "waits" in page.text


def test_what_is_on_a_machine_says_how_many_are_made_and_until_when(released: Browser) -> None:
    page = released.get("/workshop/wall")
    assert "0 of 3" in page.text
    assert "until" in page.text


def test_what_should_be_finished_says_how_late_it_is(released: Browser, wiring: Wiring) -> None:
    ends_at = batch(wiring).ends_at
    assert ends_at
    let_it_be(wiring, ends_at + timedelta(minutes=30))
    assert "30 min late" in released.get("/workshop/wall").text.replace("\u00a0", " ")


def test_a_machine_that_stands_still_keeps_its_place_and_says_why(planned: Browser) -> None:
    form = {"machine": "mug-press:1", "reason": "belt torn"}
    page = planned.get("/workshop/facility?at=plant-bremen")
    planned.press(page, "/workshop/facility/stops", "Stands still", **form, ends="2026-12-01T12:00")
    wall = planned.get("/workshop/wall")
    assert "stands still" in wall.text
    assert "belt torn" in wall.text


def test_a_phone_gets_the_machines_in_place_of_the_drawn_plan(planned: Browser) -> None:
    assert 'class="nows"' in planned.get("/workshop").html


def test_the_wall_asks_again_by_itself_with_and_without_scripts(planned: Browser) -> None:
    html = planned.get("/workshop/wall").html
    assert 'hx-trigger="every 20s"' in html
    assert '<noscript><meta http-equiv="refresh" content="20">' in html


def test_a_facility_without_work_says_so(planned: Browser) -> None:
    assert "No machine has anything to do" in planned.get("/workshop/wall?at=store-berlin").text
