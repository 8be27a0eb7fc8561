"""A form that is refused says why where it stands, and the browser goes there: the pages are long."""

import re

import pytest

from tests.web.browser import Browser, Page

LEIPZIG = {
    "new-kind": "store",
    "new-name": "Leipzig",
    "new-street": "Markt 1",
    "new-postcode": "04109",
    "new-town": "Leipzig",
}
TOLD = '<div class="note note-bad" role="alert" tabindex="-1" autofocus>'
FACILITY, COSTS = "/workshop/facility", "/workshop/costs"
REFUSED = (
    (FACILITY, f"{FACILITY}/week", {"cut_off": "23:30"}),
    (FACILITY, f"{FACILITY}/about", {"bins": "many"}),
    (FACILITY, f"{FACILITY}/machines", {"centre-cost-1": "much"}),
    (FACILITY, f"{FACILITY}/marks", {"mark-in-laser": "x"}),
    (FACILITY, f"{FACILITY}/rules", {"rule-least-1": "9", "rule-most-1": "5"}),
    (FACILITY, f"{FACILITY}/batch", {"pieces": "0"}),
    (FACILITY, f"{FACILITY}/setups", {"setup-from-1": "a", "setup-to-1": "b", "setup-min-1": "long"}),
    (FACILITY, f"{FACILITY}/stops", {"ends": "soon", "reason": "belt"}),
    (FACILITY, f"{FACILITY}/openings", {**LEIPZIG, "new-timezone": "Europe/Leipzig"}),
    (COSTS, "/workshop/reckoning", {"margin": "x"}),
    ("/workshop/blanks/mug", "/workshop/blanks/mug/route", {"step-run-1": "long"}),
    ("/workshop/stock", "/workshop/stock/expected", {"count": "4", "on": "soon"}),
)


@pytest.mark.parametrize(("page", "form", "typed"), REFUSED, ids=[form for _, form, _ in REFUSED])
def test_what_is_wrong_with_a_form_is_told_at_it_and_has_the_focus(
    deniz: Browser, page: str, form: str, typed: dict[str, str]
) -> None:
    told = sent(deniz, deniz.get(f"{page}?at=plant-bremen"), form, typed)
    assert (told.status >= 400, told_at(told)) == (True, form)


def test_a_price_that_is_not_worked_out_any_more_is_told_where_it_is_worked_out(deniz: Browser) -> None:
    told = sent(deniz, deniz.get(f"{COSTS}/mug?at=plant-bremen"), f"{COSTS}/mug/price", {"lines": "base = 1"})
    assert (told.status, told_at(told)) == (422, f"{COSTS}/mug#price")


def test_of_goods_that_cannot_be_booked_the_row_tells(deniz: Browser) -> None:
    page = deniz.get("/workshop/stock?at=plant-leipzig")
    form = [each for each in page.forms if each.action == "/workshop/stock/receipts"][3]
    told = deniz.send(page, form, form.buttons[0], {"count": "-7"})
    assert told_at(told) == "/workshop/stock/receipts"
    after = told.html[told.html.index(TOLD) :]
    assert re.findall(r'name="component" value="([^"]*)"', after)[0] == dict(form.fields)["component"]


def test_of_a_delivery_whose_day_cannot_be_its_row_tells_and_keeps_the_day(deniz: Browser) -> None:
    page = deniz.get("/workshop/stock?at=plant-bremen")
    for day in ("2026-11-26", "2026-11-27"):
        page = deniz.press(page, "/workshop/stock/expected", "Expect it", count="40", on=day)
    told = deniz.press(page, "/workshop/stock/expected/2/days", "Comes then", on="9999-01-01")
    assert told_at(told) == "/workshop/stock/expected/2/arrivals"
    assert dict(told.form("/workshop/stock/expected/2/days").fields)["on"] == "9999-01-01"
    sent(deniz, page, "/workshop/stock/expected/2/removals", {})
    gone = deniz.press(page, "/workshop/stock/expected/2/days", "Comes then", on="2026-11-28")
    assert gone.status >= 400
    assert told_at(gone) == "/workshop/stock", "its row is gone: on top, before the search"


def test_a_facility_that_cannot_be_closed_says_why_where_it_is_closed(deniz: Browser) -> None:
    cart = deniz.press(deniz.get("/blanks/mug"), "design", "Add to cart", pieces="2")
    customer = {"email": "marit@harbour.example", "name": "Marit Haugen", "street": "Osterdeich 41"}
    deniz.press(cart, "checkout", "Pay", **customer, postcode="28203", town="Bremen", rights="yes")
    told = sent(deniz, deniz.get(f"{FACILITY}?at=plant-bremen"), f"{FACILITY}/closings", {})
    assert (told.status, told_at(told)) == (409, f"{FACILITY}/closings")


def sent(browser: Browser, page: Page, action: str, typed: dict[str, str]) -> Page:
    form = next(each for each in page.forms if each.action == action)
    return browser.send(page, form, form.buttons[-1], typed)


def told_at(page: Page) -> str:
    """The address of the form before which the one sentence stands that has the focus."""
    (after,) = page.html.split(TOLD)[1:]
    return str(re.findall(r'<form[^>]* action="([^"]*)"', after)[0])
