"""Names in every script are read, on machines whose system has no fonts for them."""

from playwright.sync_api import Page

from tests.browser.running import Server

LOADED = """() => [...document.fonts].filter(each => each.status == "loaded").map(each => each.unicodeRange)"""
IS_LOADED = f"first => ({LOADED})().some(each => each.startsWith(first))"


def test_a_browser_asks_for_the_letters_of_a_name_once_it_is_written_and_not_before(page: Page, demo: Server) -> None:
    page.goto(demo.url + "/blanks/mug/roster")
    page.evaluate("document.fonts.ready")
    assert page.evaluate(LOADED) == ["U+0-10FFFF"]
    page.locator("textarea").fill("अर्जुन नायर\nสมชาย ใจดี\nZoë 🎉")
    for first in ("U+900", "U+E00", "U+1F000"):
        page.wait_for_function(IS_LOADED, arg=first)
    assert len(page.evaluate(LOADED)) == 1 + 3
