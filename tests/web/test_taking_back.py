"""Mistakes taken back by a press, without JavaScript: at every station and at single steps; refusals in their place."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from configurator.clock import FixedClock
from configurator.web.wiring import Wiring
from tests.web.browser import Browser, Page
from tests.web.test_paces import released

STATIONS = {"picking": "Book", "production": "Book", "check": "As in", "storage": "Book"}


def book(deniz: Browser, station: str, code: str, button: str = "", **told: str) -> Page:
    page = deniz.get(f"/workshop/stations/{station}?at=plant-bremen")
    return deniz.press(page, "/workshop/scans", button or STATIONS[station], code=code, **told)


def take_back(deniz: Browser, page: Page) -> Page:
    form = next(each for each in page.forms if "takings-back" in each.action)
    return deniz.press(page, form.action, "Take it back")


def stage(wiring: Wiring, code: str) -> str:
    with wiring.database.read() as session:
        return str(session.execute(text("select stage from piece where code = :code"), {"code": code}).scalar_one())


@pytest.mark.parametrize("station", list(STATIONS))
def test_a_wrong_scan_is_taken_back_where_it_was_made_and_the_page_says_what_is_expected(
    deniz: Browser, wiring: Wiring, station: str
) -> None:
    _, (code, *_) = released(deniz, wiring, 2)
    for before in list(STATIONS)[: list(STATIONS).index(station)]:
        book(deniz, before, code)
    was = stage(wiring, code)
    page = book(deniz, station, code)
    assert stage(wiring, code) != was
    back = take_back(deniz, page)
    assert (back.status, stage(wiring, code)) == (200, was)
    assert back.path.startswith(f"/workshop/stations/{station}?")
    assert "Taken back by Deniz at" in back.text
    assert "It is expected at" in back.text
    assert not any("takings-back" in form.action for form in back.forms)
    again = take_back(deniz, page)
    assert "Taken back by Deniz at" in again.text
    assert 'class="fb ok"' in book(deniz, station, code).html


def test_a_reject_taken_back_says_what_is_not_made(deniz: Browser, wiring: Wiring) -> None:
    _, (code, *_) = released(deniz, wiring, 2)
    book(deniz, "picking", code)
    book(deniz, "production", code)
    page = book(deniz, "check", code, "It has this flaw", defect="scratch or chip")
    assert f"{code} is made again" in page.text
    assert "is not made." in take_back(deniz, page).text
    assert stage(wiring, code) == "made"


def test_what_cannot_be_taken_back_says_why_at_the_station(deniz: Browser, wiring: Wiring, clock: FixedClock) -> None:
    _, (code, *_) = released(deniz, wiring, 2)
    page = book(deniz, "picking", code)
    book(deniz, "production", code)
    refused = take_back(deniz, page)
    assert (refused.status, stage(wiring, code)) == (409, "made")
    assert f"{code} is made by now, so this scan stays booked." in refused.text
    assert refused.form("/workshop/scans")
    late = book(deniz, "check", code)
    clock.at += timedelta(minutes=5)
    assert "A scan can be taken back for 5 minutes" in take_back(deniz, late).text
    assert not any("takings-back" in form.action for form in deniz.get(late.path).forms)


def test_what_was_noted_at_a_step_is_taken_back_there(deniz: Browser, wiring: Wiring) -> None:
    number, (code, *_) = released(deniz, wiring, 2)
    path = f"/workshop/batches/{number}/step"
    page = deniz.press(deniz.get(path), f"{path}-scans", "It is through", code=code)
    assert "1 of 2 through" in page.text
    back = take_back(deniz, page)
    assert "0 of 2 through" in back.text
    assert "It is not noted for this step any more." in back.text


def test_a_scan_that_nobody_made_cannot_be_taken_back(deniz: Browser) -> None:
    page = deniz.get("/workshop/stations/picking?at=plant-bremen")
    csrf = dict(page.form("/workshop/scans").fields)["_csrf_token"]
    for scan in ("none", "%00", "x" * 500):
        path = f"/workshop/stations/picking/takings-back?at=plant-bremen&scan={scan}"
        answer = deniz.client.post(path, data={"_csrf_token": csrf})
        assert answer.status_code in (404, 422)
        assert "scan the piece and look what it says" in answer.text or answer.status_code == 422
