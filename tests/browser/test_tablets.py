"""The workshop on a tablet: tables of figures are seen whole, none has to be pushed sideways."""

import pytest
from playwright.sync_api import Page

from tests.browser.running import Server
from tests.browser.walking import sign_in_maker

PLACES = ("costs", "costs/mug", "facility", "blanks/notebook", "stock")
CUT = """() => [...document.querySelectorAll(".scroll-x:has(table), .list")]
    .filter(box => box.clientWidth && box.scrollWidth > box.clientWidth + 1)
    .map(box => box.getAttribute("aria-label") ?? box.className)"""


@pytest.mark.parametrize("width", [360, 768, 800, 1024])
def test_tables_of_the_workshop_fit_the_screen(page: Page, demo: Server, width: int) -> None:
    sign_in_maker(page, demo)
    page.set_viewport_size({"width": width, "height": 900})
    for place in PLACES:
        page.goto(f"{demo.url}/workshop/{place}?at=plant-bremen")
        page.evaluate("document.querySelectorAll('main details').forEach(each => { each.open = true })")
        assert page.evaluate(CUT) == [], place
