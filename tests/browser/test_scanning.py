"""A scanner is a keyboard that sometimes fires twice: one scan stays one scan, and its answer stays on the screen."""

from playwright.sync_api import Browser, Page, expect

from tests.browser.running import Server
from tests.browser.walking import sign_in_clerk, sign_in_maker


def fire_twice(page: Page, code: str) -> None:
    """The same reading twice, as fast as the wire lets it through."""
    for _ in range(2):
        page.keyboard.type(code)
        page.keyboard.press("Enter")


def test_a_code_that_comes_twice_keeps_the_counter_on_its_answer(page: Page, demo: Server) -> None:
    sign_in_clerk(page, demo)
    fire_twice(page, "nobody-known")
    expect(page.locator(".res h1")).to_contain_text("“nobody-known” is unknown")
    page.wait_for_timeout(600)
    expect(page.locator(".res h1")).to_contain_text("“nobody-known” is unknown")
    expect(page.locator("#scan")).to_have_value("")


def test_a_code_that_comes_twice_is_one_scan_at_a_station(page: Page, demo: Server) -> None:
    sign_in_maker(page, demo)
    page.goto(demo.url + "/workshop/stations/storage")
    answers: list[str] = []
    page.on("request", lambda request: answers.append(request.url) if request.method == "POST" else None)
    fire_twice(page, "AAA-AAA-01")
    expect(page.locator(".fb h1")).to_contain_text("AAA-AAA-01")
    page.wait_for_timeout(600)
    expect(page.locator(".fb h1")).to_contain_text("“AAA-AAA-01”")
    assert len(answers) == 1


def test_without_javascript_a_phone_shows_at_which_station_one_is(browser: Browser, demo: Server) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    sign_in_maker(page, demo)
    page.goto(demo.url + "/workshop/stations/storage")
    expect(page.locator(".sthd [aria-current]")).to_be_in_viewport(ratio=1)
    page.close()
