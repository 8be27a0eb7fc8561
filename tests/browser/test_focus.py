"""Somebody with nothing but a keyboard: Tab goes the way the page is read, and what has focus is always in sight."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.running import Server
from tests.browser.walking import sign_in_clerk, sign_in_maker

FOCUSED = """() => {
    const focused = document.activeElement, label = focused.closest("label");
    if (focused === document.body || focused.closest("svg, .stage, #buy")) return {name: "", top: 0, seen: true};
    const small = focused.getBoundingClientRect().width < 3 || getComputedStyle(focused).opacity === "0";
    const box = (small && label ? label : focused).getBoundingClientRect();
    const at = part => document.elementFromPoint(box.left + box.width / 2, box.top + part * box.height);
    const mine = place => place && (focused.contains(place) || place.contains(focused) || label?.contains(place));
    const name = focused.tagName + "#" + focused.id + " " + (focused.name ?? "");
    return {name, left: box.left, top: Math.round(box.top + scrollY), seen: [0.2, 0.5, 0.8].map(at).some(mine)};
}"""
LEAST, MOST = 8, 150
STATIONS = 4


def tabbed(page: Page) -> Iterator[dict[str, Any]]:
    """What Tab comes to, once round the page."""
    seen: list[dict[str, Any]] = []
    for _ in range(MOST):
        page.keyboard.press("Tab")
        focused = _settled(page)
        if focused["name"] and focused in seen:
            return
        seen.append(focused)
        yield focused


def _settled(page: Page) -> dict[str, Any]:
    """What has focus, once the page has scrolled to it: a busy machine takes its time."""
    for wait_ms in (20, 100, 300, 1000):
        page.wait_for_timeout(wait_ms)
        focused: dict[str, Any] = page.evaluate(FOCUSED)
        if focused["seen"]:
            break
    return focused


@pytest.mark.parametrize("width", [360, 800])
def test_on_a_phone_tab_never_jumps_back_up_the_customiser(browser: Browser, demo: Server, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 740})
    page.goto(f"{demo.url}/blanks/mug")
    within = "document.activeElement.closest('#design') !== null"
    tops = [each["top"] for each in tabbed(page) if each["name"] and page.evaluate(within)]
    page.close()
    assert len(tops) > LEAST
    assert all(after > before - 60 for before, after in pairwise(tops)), tops


@pytest.mark.parametrize("size", [(1400, 900), (1024, 768), (800, 740), (360, 740)])
def test_nothing_that_sticks_hides_what_has_focus(browser: Browser, demo: Server, size: tuple[int, int]) -> None:
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    sign_in_clerk(page, demo)
    page.goto(f"{demo.url}/counter/walk-in/mug")
    hidden = [each for each in tabbed(page) if not each["seen"]]
    sign_in_maker(page, demo)
    page.goto(f"{demo.url}/workshop/stations/check")
    hidden += [each for each in tabbed(page) if not each["seen"]]
    page.close()
    assert hidden == []


def test_on_a_phone_every_station_is_seen_when_tab_comes_to_it_from_either_side(browser: Browser, demo: Server) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    sign_in_maker(page, demo)
    page.goto(f"{demo.url}/workshop/stations/check")
    met: list[dict[str, Any]] = []
    for key in ("Shift+Tab", "Tab", "Shift+Tab"):
        page.locator(".sthd nav a").first.focus()
        for _ in range(2 * STATIONS):
            page.keyboard.press(key)
            met += [{**_settled(page), "in": page.evaluate("document.activeElement.closest('.sthd nav') !== null")}]
    page.close()
    assert sum(each["in"] for each in met) >= STATIONS
    assert [each for each in met if not each["seen"]] == []
