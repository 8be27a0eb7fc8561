"""Choosing in a real browser: why a value is blocked shows by mouse, keyboard and finger, and is undone in one."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.browser.running import Server
from tests.browser.walking import total

GOLD = "/blanks/mug?rim=gold&care="
WHY = "Gold is metal and sparks in a microwave."


def test_the_reason_shows_on_hover_and_on_focus_without_a_press(page: Page, demo: Server) -> None:
    page.goto(demo.url + GOLD)
    blocked = page.locator("#why-care-microwave summary")
    tip = page.locator("#tip-care-microwave")
    expect(tip).to_be_hidden()
    blocked.hover()
    expect(tip).to_be_visible()
    expect(tip).to_contain_text(f"{WHY} You chose Rim: Gold.")
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    page.mouse.move(2, 2)
    page.locator("#o-rim-gold").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(blocked).to_be_focused()
    expect(tip).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#why-care-microwave .note")).to_contain_text("You chose Rim: Gold.")


def test_a_finger_opens_the_reason_and_takes_the_way_out(browser: Browser, demo: Server) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(demo.url + GOLD)
    page.locator("#why-care-microwave summary").tap()
    way_out = page.locator("#why-care-microwave").get_by_role("button")
    expect(way_out).to_have_text(re.compile("^Take Microwave-safe, change Rim to "))
    way_out.tap()
    expect(page.locator("#o-care-microwave")).to_be_checked()
    page.locator("#undo").tap()
    expect(page.locator("#o-rim-gold")).to_be_checked()
    context.close()


def test_on_a_phone_what_went_wrong_is_not_folded_away(browser: Browser, demo: Server) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(demo.url + "/blanks/book?binding=sewn")
    expect(page.locator("#o-pages")).to_be_hidden()
    page.goto(demo.url + "/blanks/book?pages=9999")
    expect(page.locator("#e-pages")).to_be_visible()
    expect(page.locator("#e-pages")).to_have_text("24 to 48 pages in steps of 4 are possible. 48 was taken.")
    context.close()


def test_one_press_completes_for_the_least_and_one_more_takes_it_back(page: Page, demo: Server) -> None:
    page.goto(demo.url + "/blanks/mug?template=club")
    before = total(page)
    page.get_by_role("button", name="Complete it for the least").click()
    expect(page.locator(".span")).to_contain_text("Nothing you have not chosen could be cheaper")
    assert total(page) < before
    page.locator("#undo").click()
    expect(page.get_by_role("button", name="Complete it for the least")).to_be_visible()
    assert total(page) == before
