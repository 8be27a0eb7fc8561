"""Moving a batch by plain forms: what it costs is shown before it is made."""

import re

import pytest

from configurator.web.wiring import Wiring
from tests.web.browser import Browser, Page


def test_a_move_shows_its_cost_first_and_is_made_by_the_next_button(planned: Browser, wiring: Wiring) -> None:
    page = planned.get("/workshop/batches/B-001/move?machine=2&at=2026-11-24T16:00")
    assert page.status == 200
    assert re.search(r"would run on Mug press 2 from Tue,? 24 Nov, 16:00", page.text)
    done = planned.press(page, "/workshop/batches/B-001/pin", "Move")
    assert "Pinned to Mug press 2" in done.text
    wiring.jobs.run_due()
    board = planned.get("/workshop?day=2026-11-24")
    assert "pinned" in board.html
    assert "Deniz put B-001 on Mug press 2" in planned.get("/workshop/batches/B-001").text
    loose = planned.press(done, "/workshop/batches/B-001/pin/end", "Let the plan choose")
    assert "Pinned" not in loose.text


@pytest.mark.parametrize("typed", ["soon", "0001-01-01T00:00", "9999-12-30T10:00", "20026-11-24T16:00"])
def test_a_time_that_cannot_be_read_says_how_to_write_it(planned: Browser, typed: str) -> None:
    page = planned.get(f"/workshop/batches/B-001/move?at={typed}&machine=²")
    assert page.status == 422
    assert f"“{typed}” is no time" in page.text


def test_a_batch_is_held_with_a_reason_and_let_go(planned: Browser) -> None:
    page = planned.get("/workshop/batches/B-001")
    held = planned.press(page, "/workshop/batches/B-001/hold", "Hold", reason="the film comes at 15:00")
    assert "the film comes at 15:00 (Deniz)" in held.text
    assert "It is held, so it does not release by itself." in held.text
    for told in (held.text, planned.get("/workshop").text, planned.get("/workshop/batches").text):
        assert "held" in told and not re.search(r"\bcloses\b", told)
    free = planned.press(held, "/workshop/batches/B-001/hold/end", "Let it go")
    assert "does not close by itself" not in free.text
    assert "It releases by itself" in free.text


def test_the_board_shows_every_day_and_its_load(planned: Browser) -> None:
    for day in ("2026-11-23", "2026-11-24", "2026-12-25", "nonsense", "1970-01-01", "0001-01-01", "9999-12-31"):
        page = planned.get(f"/workshop?day={day}")
        assert page.status == 200
        assert "is fullest" in page.text


def test_an_order_is_made_first_after_the_page_has_said_whom_that_delays(planned: Browser, wiring: Wiring) -> None:
    link = re.search(r"/workshop/orders/([^/\"]+)/rush", planned.get("/workshop/orders").html)
    assert link
    page = planned.get(link[0])
    assert "That delays nobody" in page.text
    board = planned.press(page, f"{link[0]}es", "Make")
    assert f"{link[1]} Delays nobody." in board.text
    assert "Planning… since" in board.text
    wiring.jobs.run_due()
    asked = planned.get("/workshop/planning", HX_Request="true", HX_Request_Type="partial")
    assert "A new plan was made" in asked.text
    assert planned.get("/workshop/planning").path.startswith("/workshop?at=")  # opened by itself it is the board
    assert link[0] not in planned.get("/workshop/orders").html


def test_plan_again_asks_for_a_plan_and_the_board_says_so_until_it_is_there(planned: Browser, wiring: Wiring) -> None:
    board = planned.press(planned.get("/workshop"), "/workshop/plans", "Plan again")
    assert "Planning… since" in board.text
    wiring.jobs.run_due()
    assert "Planning…" not in planned.get("/workshop").text


def typed(page: Page) -> dict[str, str]:
    return dict(page.form("/workshop/stock/expected").fields)


def test_a_delivery_is_expected_on_the_stock_page_and_booked_when_it_is_here(planned: Browser) -> None:
    page = planned.get("/workshop/stock?at=plant-bremen")
    assert "Nothing is expected here." in page.text
    wrong = planned.press(
        page, "/workshop/stock/expected", "Expect it", count="40", on="soon", note="Meyer 4711", component="bag-cotton"
    )
    assert (wrong.status, "“soon” is no day" in wrong.text) == (422, True)
    assert "Nothing is expected here." in wrong.text, "it is still the page of the stock"
    assert {"component": "bag-cotton", "count": "40", "on": "soon", "note": "Meyer 4711"}.items() <= typed(
        wrong
    ).items()
    assert planned.follow(wrong, "Lot One Hamburg").status == 200
    far = planned.press(page, "/workshop/stock/expected", "Expect it", count="40", on="9999-12-31")
    assert "“9999-12-31” is no day" in far.text
    many = planned.press(page, "/workshop/stock/expected", "Expect it", count="999999999", on="2026-11-26")
    assert "999999999 is no number of things to book" in many.text
    there = planned.press(page, "/workshop/stock/expected", "Expect it", count="40", on="2026-11-26", note="Meyer 4711")
    assert "Meyer 4711" in there.text
    arrival = re.search(r"/workshop/stock/expected/\d+/arrivals", there.html)
    assert arrival
    assert "Nothing is expected here." in planned.press(there, arrival[0], "Has arrived").text
