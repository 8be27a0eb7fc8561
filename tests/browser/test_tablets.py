"""The workshop on a tablet: tables and charts are seen whole, none has to be pushed sideways."""

import pytest
from playwright.sync_api import Page

from tests.browser.running import Server
from tests.browser.walking import sign_in_maker

PLACES = ("", "batches", "costs", "costs/mug", "facility", "blanks/notebook", "stock")
CUT = """() => [...document.querySelectorAll(".scroll-x, .list, .drawn")]
    .filter(box => box.clientWidth && box.scrollWidth > box.clientWidth + 1)
    .map(box => box.getAttribute("aria-label") ?? box.className)"""


@pytest.mark.parametrize("width", [360, 720, 768, 800, 1024])
def test_tables_of_the_workshop_fit_the_screen(page: Page, demo: Server, width: int) -> None:
    sign_in_maker(page, demo)
    page.set_viewport_size({"width": width, "height": 900})
    for place in PLACES:
        page.goto(f"{demo.url}/workshop/{place}?at=plant-bremen")
        page.evaluate("document.querySelectorAll('main details').forEach(each => { each.open = true })")
        assert page.evaluate(CUT) == [], place


def test_letters_in_a_chart_are_as_large_on_a_tablet_as_on_a_wide_screen(page: Page, demo: Server) -> None:
    sign_in_maker(page, demo)
    page.goto(f"{demo.url}/workshop/facility?at=plant-bremen")
    name = page.locator(".gantt-svg .gn", has_text="Sublimation printer 1")
    heights = set()
    for width in (1400, 800):
        page.set_viewport_size({"width": width, "height": 900})
        box = name.bounding_box()
        assert box
        heights.add(round(box["height"]))
    assert len(heights) == 1
