"""Every page, light and dark: nothing for axe to find, nothing wider than its screen, nothing on the console."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from tests.browser.running import Server
from tests.browser.touring import tour

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
LEAST = 25
SCREENS = 1024, 800, 360, 320
"""Tablets and phones; 320: a small phone, and what is left of 1280 at 400 % (WCAG 1.4.10)."""


def test_axe_finds_nothing_on_any_page_and_no_screen_scrolls_sideways(
    page: Page, context: BrowserContext, demo: Server
) -> None:
    axe, seen, faults = Axe(), 0, []
    for name in tour(page, demo):
        seen += 1
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            faults += [f"{name} ({scheme}): {found}" for found in findings(axe, page)]
        for screen in SCREENS:
            page.set_viewport_size({"width": screen, "height": 740})
            width = page.evaluate("document.documentElement.scrollWidth")
            if width > screen:
                faults.append(f"{name} is {width} px wide on a screen of {screen} px")
        page.set_viewport_size({"width": 1400, "height": 900})
    assert not faults, "\n".join(faults)
    assert seen > LEAST


def findings(axe: Axe, page: Page) -> list[str]:
    """What axe complains about, one line a rule."""
    found = axe.run(page, options=RULES).response["violations"]
    return [
        f"{each['id']} at {', '.join(' '.join(node['target']) for node in each['nodes'][:4])}: {each['help']}"
        for each in found
    ]
