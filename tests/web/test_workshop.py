"""The workshop's pages through HTTP, without JavaScript: who may see them, and what each button does, once."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

import pytest
from sqlalchemy import text

from configurator.web import blank_pages
from configurator.web.guards import clerks_only, makers_only
from configurator.web.routes import ROUTES
from configurator.web.wiring import Wiring
from tests.web.browser import Browser, Page
from tests.web.conftest import MAIL, PASSWORD

OPEN_TO_ALL = {"sign-in", "sign-ins", "sign-out"}
ORDER = {
    "email": "marit@harbour.example",
    "name": "Marit Haugen",
    "street": "Osterdeich 41",
    "postcode": "28203",
    "town": "Bremen",
    "rights": "yes",
}


@pytest.fixture
def ordered(wiring: Wiring, deniz: Browser) -> str:
    """An order of two mugs, planned: the number of their batch."""
    cart = deniz.press(deniz.get("/blanks/mug"), "design", "Add to cart", pieces="2")
    deniz.press(cart, "checkout", "Pay", **ORDER)
    wiring.jobs.run_due()
    found = re.search(r"/workshop/batches/(B-\d+)/release", deniz.get("/workshop").html)
    assert found
    return found[1]


def one(wiring: Wiring, statement: str) -> object:
    with wiring.database.read() as session:
        return session.execute(text(statement)).scalar_one()


def scan(browser: Browser, station: str, code: str, **told: str) -> Page:
    page = browser.get(f"/workshop/stations/{station}?at=plant-bremen")
    button = {"picking": "Book", "production": "Book", "check": "As in", "storage": "Book"}[station]
    return browser.press(page, "/workshop/scans", told.pop("button", button), code=code, **told)


def made(browser: Browser, wiring: Wiring, number: str) -> str:
    """A batch released and its pieces scanned as made: its address."""
    path = f"/workshop/batches/{number}"
    browser.press(browser.get(path), f"{path}/release", "Release")
    with wiring.database.read() as session:
        codes = session.execute(text("select code from piece order by code")).scalars().all()
    for station in ("picking", "production"):
        for code in codes:
            scan(browser, station, str(code))
    return path


@pytest.mark.parametrize(
    "handler", [each for each in ROUTES if any("/workshop" in path for path in each.paths)], ids=str
)
def test_every_page_of_the_workshop_is_for_makers_only(handler: Any) -> None:
    assert _guards(handler, "/workshop", makers_only)


@pytest.mark.parametrize(
    "handler", [each for each in ROUTES if any("/counter" in path for path in each.paths)], ids=str
)
def test_every_page_of_the_counter_is_for_clerks_only(handler: Any) -> None:
    assert _guards(handler, "/counter", clerks_only)


def _guards(handler: Any, home: str, guard: object) -> bool:
    open_to_all = {path.removeprefix(home + "/") for path in handler.paths} <= OPEN_TO_ALL
    return open_to_all or guard in (handler.guards or ())


def test_a_wrong_password_says_so_and_keeps_the_address_typed(deniz: Browser) -> None:
    page = deniz.get("/workshop/sign-in")
    wrong = deniz.press(page, page.forms[0].action, "Sign in", email=MAIL, password="guess")
    assert wrong.status in (401, 403, 422)
    assert dict(wrong.forms[0].fields)["email"] == MAIL
    assert 'role="alert"' in wrong.html


def test_signing_in_leads_back_into_the_workshop_and_to_no_other_site(deniz: Browser) -> None:
    for wanted in ("//evil.example/workshop", "/workshop//evil.example", "https://evil.example", "/workshop\\evil"):
        page = deniz.get(f"/workshop/sign-in?next={wanted}")
        seen = deniz.press(page, page.forms[0].action, "Sign in", email=MAIL, password=PASSWORD)
        assert seen.path == "/workshop"


def test_signed_out_means_out(deniz: Browser) -> None:
    deniz.press(deniz.get("/workshop"), "/workshop/sign-out", "Sign Deniz out")
    assert deniz.get("/workshop").path.startswith("/workshop/sign-in")


def test_a_batch_is_released_from_its_page_once_and_its_package_can_be_had(
    deniz: Browser, wiring: Wiring, ordered: str
) -> None:
    page = deniz.get(f"/workshop/batches/{ordered}")
    assert re.search(r"2 of \d+ places", page.text)
    first = deniz.press(page, f"/workshop/batches/{ordered}/release", "Release")
    assert "released" in first.text
    second = deniz.press(page, f"/workshop/batches/{ordered}/release", "Release")
    assert second.status in (200, 409)
    wiring.jobs.run_due()
    files = [href for _, href in deniz.get(f"/workshop/batches/{ordered}").links if "/files/" in href]
    assert any(href.endswith("sheet-1.pdf") for href in files)
    for href in files:
        assert deniz.client.get(href).status_code == 200
    whole = deniz.client.get(f"/workshop/batches/{ordered}/package.zip")
    assert whole.content[:2] == b"PK"
    assert one(wiring, "select count(*) from batch where status = 'released'") == 1


def test_a_package_that_is_still_being_written_says_so(deniz: Browser, ordered: str) -> None:
    answer = deniz.client.get(f"/workshop/batches/{ordered}/package.zip")
    assert answer.status_code == 404
    assert "still being written" in answer.text


def test_a_package_that_cannot_be_written_says_why_and_when_it_is_tried_again(
    deniz: Browser, wiring: Wiring, ordered: str
) -> None:
    place = Path(unquote(urlparse(wiring.delivery.url).path))
    place.write_text("a file in the way")
    deniz.press(deniz.get(f"/workshop/batches/{ordered}"), f"/workshop/batches/{ordered}/release", "Release")
    wiring.jobs.run_due()
    said = deniz.get(f"/workshop/batches/{ordered}").text
    assert "is not written yet and is tried again" in said
    assert "Packages cannot be written or read just now" in said
    jobs = deniz.get("/workshop/jobs")
    assert "1 job will be tried again" in jobs.text
    place.unlink()
    assert "Nothing has failed" not in deniz.press(jobs, "tries", "Try now").text
    wiring.jobs.run_due()
    assert "Nothing has failed" in deniz.get("/workshop/jobs").text
    assert any("/files/" in href for _, href in deniz.get(f"/workshop/batches/{ordered}").links)


def test_a_done_batch_shows_what_it_really_cost_and_keeps_what_somebody_counted(
    deniz: Browser, wiring: Wiring, ordered: str
) -> None:
    path = made(deniz, wiring, ordered)
    page = deniz.get(path)
    assert "What a good piece cost" in page.text
    assert "scanned in one go, after they were made" in page.text
    assert "write down below how long these steps took" in page.text
    wrong = deniz.press(page, f"{path}/actuals", "Write it down", sheets="many", setup="9")
    assert (wrong.status, dict(wrong.form(f"{path}/actuals").fields)["setup"]) == (422, "9")
    kept = deniz.press(wrong, f"{path}/actuals", "Write it down", sheets="3", setup="9,5")
    assert "9.5 min" in kept.text
    assert dict(kept.form(f"{path}/actuals").fields)["sheets"] == "3"
    assert "measured, as somebody counted them" in kept.text
    assert "one batch of the last 90 days came to" in deniz.get("/workshop/costs/mug?at=plant-bremen").text


def test_minutes_of_every_step_are_written_down_and_planned_with_when_somebody_says_so(
    deniz: Browser, wiring: Wiring, ordered: str
) -> None:
    path = made(deniz, wiring, ordered)
    wrong = deniz.press(deniz.get(path), f"{path}/actuals", "Write it down", **{"run-1": "long", "setup-1": "7"})
    assert (wrong.status, dict(wrong.form(f"{path}/actuals").fields)["setup-1"]) == (422, "7")
    assert "The run of “Print transfer” is “long”" in wrong.text
    kept = deniz.press(wrong, f"{path}/actuals", "Write it down", **{"run-1": "6"})
    assert "Changeover of “Print transfer”" in kept.text
    lately = deniz.get("/workshop/costs/mug?at=plant-bremen")
    assert "Planned and real minutes" in lately.text
    assert f"/workshop/batches/{ordered}#actual" in lately.html
    before = wiring.catalogue.blank("mug")
    shown = deniz.get(f"/workshop/blanks/mug?take={ordered}")
    assert wiring.catalogue.blank("mug") == before
    assert "2 figures would change" in shown.text.replace("\u00a0", " ")
    fields = dict(shown.form("/workshop/blanks/mug/route").fields)
    assert (fields["step-setup-1"], fields["step-run-1"]) == ("7", "3")
    deniz.press(shown, "/workshop/blanks/mug/route", "Keep the steps")
    first, second = wiring.catalogue.blank("mug").operations[:2]
    assert (first.setup_min, first.run_min, second.run_min) == (7, 3, before.operations[1].run_min)
    assert "what is planned with" in deniz.get(f"/workshop/blanks/mug?take={ordered}").text


def test_a_rejected_piece_is_told_with_the_code_of_the_one_made_again(
    deniz: Browser, wiring: Wiring, ordered: str
) -> None:
    deniz.press(deniz.get(f"/workshop/batches/{ordered}"), f"/workshop/batches/{ordered}/release", "Release")
    code = one(wiring, "select min(code) from piece")
    for station in ("picking", "production"):
        assert 'class="fb ok"' in scan(deniz, station, str(code)).html
    answer = scan(deniz, "check", str(code), button="It has this flaw", defect="scratch or chip")
    remade = one(wiring, "select code from piece where remake_of is not null")
    assert str(remade) in answer.text
    assert one(wiring, "select defect from quality_check") == "scratch or chip"


def test_a_code_nobody_knows_books_nothing_and_says_what_to_do(deniz: Browser, wiring: Wiring, ordered: str) -> None:
    answer = scan(deniz, "picking", "no-such-<b>piece</b>")
    assert 'class="fb no"' in answer.html
    assert "<b>piece" not in answer.html.lower().replace("&lt;b&gt;", "")
    assert one(wiring, "select count(*) from piece where stage = 'waiting'") == 2


def test_goods_that_arrive_are_booked_once_however_often_the_form_is_sent(deniz: Browser, wiring: Wiring) -> None:
    page = deniz.get("/workshop/stock?at=plant-bremen")
    form = next(each for each in page.forms if each.action == "/workshop/stock/receipts")
    component = dict(form.fields)["component"]
    held = f"select on_hand from stock_item where facility = 'plant-bremen' and component = '{component}'"  # noqa: S608 our own
    before = one(wiring, held)
    for _ in range(2):
        deniz.send(page, form, form.buttons[0], {"count": "7"})
    assert one(wiring, held) == int(str(before)) + 7


def test_goods_that_cannot_be_booked_are_told_and_what_was_typed_stays_with_its_component(deniz: Browser) -> None:
    page = deniz.get("/workshop/stock?at=plant-leipzig")
    form = [each for each in page.forms if each.action == "/workshop/stock/receipts"][3]
    told = deniz.send(page, form, form.buttons[0], {"count": "-7"})
    assert (told.status, "-7 is no number of things to book" in told.text) == (422, True)
    again = [dict(each.fields) for each in told.forms if each.action == "/workshop/stock/receipts"]
    assert [each["component"] for each in again if each["count"]] == [dict(form.fields)["component"]]
    assert {each["facility"] for each in again} == {"plant-leipzig"}


def test_a_station_that_does_not_exist_is_refused_with_a_sentence(deniz: Browser) -> None:
    page = deniz.get("/workshop/stations/kitchen")
    assert page.status == 404
    assert "The stations are picking, production, check and storage" in page.text


def test_a_place_of_the_sheet_leads_to_its_piece_and_back(deniz: Browser, ordered: str) -> None:
    html = deniz.get(f"/workshop/batches/{ordered}").html
    for code in re.findall(r'<tr id="([^"]+)"', html):
        assert f'href="#{code}"' in html
        assert f'href="#on-sheet-{code}"' in html
        assert f'id="on-sheet-{code}"' in html


def test_a_maker_reads_how_many_products_a_blank_allows_and_what_its_rules_do(deniz: Browser) -> None:
    listed = deniz.get("/workshop/blanks")
    assert "7 blanks" in listed.text
    assert "1,485" in listed.text
    page = deniz.get("/workshop/blanks/mug")
    assert "1,485 products from € 13.00 to € 30.50" in page.text
    assert "Gold is metal and sparks in a microwave." in page.text
    assert "require not care.microwave" in page.text
    assert deniz.get("/workshop/blanks/nothing").status == 404


def test_of_many_rules_most_are_folded(deniz: Browser, wiring: Wiring, monkeypatch: pytest.MonkeyPatch) -> None:
    rules = wiring.catalogue.blank("mug").model.rules
    monkeypatch.setattr(blank_pages, "MOST_RULES", 1)
    shown, _, folded = deniz.get("/workshop/blanks/mug").html.partition("more rules</summary>")
    marks = '<span class="mute">matters</span>'
    assert (shown.count(marks), folded.count(marks)) == (1, len(rules) - 1)


def test_what_was_ordered_before_the_first_plan_is_said_to_be_planned(deniz: Browser, wiring: Wiring) -> None:
    cart = deniz.press(deniz.get("/blanks/mug"), "design", "Add to cart", pieces="2")
    deniz.press(cart, "checkout", "Pay", **ORDER)
    board = deniz.get("/workshop?at=plant-bremen").text.replace("\u00a0", " ")
    assert "2 pieces to make, nothing needs you" in board
    assert "there is no plan yet. The first plan after an installation or an upgrade" in board
    assert "No batch is open yet: 2 pieces are being planned." in board
    assert "Nothing is left out" not in board
    assert "2 pieces are being planned" in deniz.get("/workshop/wall?at=plant-bremen").text.replace("\u00a0", " ")
    wiring.jobs.run_due()
    planned = deniz.get("/workshop?at=plant-bremen").text.replace("\u00a0", " ")
    assert ("being planned" in planned, "Nothing is left out" in planned) == (False, True)


BESIDE_THE_CHART = 24
"""Pixels between the end of the day and the edge of its panel."""


def test_a_cut_off_at_the_end_of_the_day_is_named_within_the_chart(deniz: Browser, ordered: str) -> None:
    week = deniz.get("/workshop/facility?at=plant-bremen")
    assert deniz.press(week, "/workshop/facility/week", "Keep hours", cut_off="22:00").status == 200
    chart = deniz.get("/workshop?at=plant-bremen").html
    named = re.search(r'<rect x="(-?[\d.]+)" y="7" width="96"[^>]*/><text[^>]*class="mark-cut">cut-off 22:00', chart)
    assert named and float(named[1]) + 96 <= BESIDE_THE_CHART
