"""Mistakes taken back by hand: with the keyboard alone, with a scanner that goes on at once, on two screens."""

import re

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.running import Server
from tests.browser.walking import (
    ADDRESS,
    add_to_cart,
    arrive,
    check_out,
    collect_in,
    planned,
    release,
    scan,
    sign_in_clerk,
    sign_in_maker,
    work_off,
)

HOME = "store-bremen"
UNCOVERED = """button => {
    const box = button.getBoundingClientRect();
    return button.contains(document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2));
}"""


def to_pick(page: Page, demo: Server) -> str:
    """Release what is open; the piece that picking asks for next."""
    sign_in_maker(page, demo)
    page.goto(demo.url + "/workshop")
    found = re.search(r"/workshop/batches/B-\d+(?=/release)", page.content())
    if found:
        page.goto(demo.url + found[0])
        page.locator("form button:has-text('Release')").click()
    page.goto(demo.url + "/workshop/stations/picking")
    return page.locator(".exp .big-code").inner_text()


def test_a_scan_is_taken_back_by_keyboard_and_the_piece_scanned_anew_at_once(page: Page, demo: Server) -> None:
    code = to_pick(page, demo)
    scan(page, code)
    expect(page.locator(".fb h1")).to_have_text(re.compile(f"{code}.* is picked"))
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="Take it back")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".fb h1")).to_have_text(re.compile(f"{code}.* is not booked"))
    expect(page.locator(".fb p")).to_contain_text("Taken back by")
    expect(page.locator(".exp .big-code")).to_have_text(code)
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    expect(page.locator(".fb h1")).to_have_text(re.compile(f"{code}.* is picked"))


def test_a_scanner_that_fires_twice_presses_no_button(page: Page, demo: Server) -> None:
    code = to_pick(page, demo)
    scan(page, code)
    page.keyboard.press("Shift+Tab")
    for _ in range(2):
        page.keyboard.type("AAA-AAA-01")
        page.keyboard.press("Enter")
    expect(page.locator(".fb h1")).to_contain_text("AAA-AAA-01")
    page.locator("#scan").fill(code)
    page.keyboard.press("Enter")
    expect(page.locator(".fb h1")).to_have_text(re.compile(f"{code}.* is picked already"))


def test_on_two_screens_a_scan_is_taken_back_once(page: Page, context: BrowserContext, demo: Server) -> None:
    code = to_pick(page, demo)
    scan(page, code)
    other = context.new_page()
    other.goto(page.url)
    for screen in (page, other):
        screen.get_by_role("button", name="Take it back").click()
        expect(screen.locator(".fb h1")).to_have_text(re.compile(f"{code}.* is not booked"))
    other.close()


def made(maker: Page, server: Server, number: str) -> None:
    """An order is made and lies in its store: what the demo has waiting there depends on the hour."""
    sign_in_maker(maker, server)
    for batch, facility in planned(maker, server, number).items():
        release(maker, server, batch)
        work_off(maker, server, batch, facility)
        if facility != HOME:
            arrive(maker, server, f"{number}-01", HOME)


def test_a_clerk_takes_a_hand_over_back_with_the_keyboard_and_hands_it_over_again(
    page: Page, browser: Browser, demo: Server
) -> None:
    page.goto(f"{demo.url}/blanks/mug")
    add_to_cart(page)
    collect_in(page, HOME)
    number = check_out(page).number
    maker = browser.new_context().new_page()
    made(maker, demo, number)
    maker.context.close()
    page.set_viewport_size({"width": 1024, "height": 768})
    sign_in_clerk(page, demo)
    page.goto(f"{demo.url}/counter?order={number}")
    expect(page.locator(".res h1")).to_be_visible()
    if page.get_by_role("button", name="Paid in cash").count():
        page.get_by_role("button", name="Paid in cash").click()
    page.get_by_role("button", name=re.compile("^Hand over")).click()
    expect(page.locator(".res h1")).to_contain_text("Handed over to")
    page.locator(".take-back summary").focus()
    page.keyboard.press("Enter")
    assert page.get_by_role("button", name="Take 1 piece back").evaluate(UNCOVERED)
    page.keyboard.press("Tab")
    expect(page.get_by_label("Why")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".res .note")).to_contain_text("handed to the wrong person")
    page.get_by_role("button", name=re.compile("^Hand over")).click()
    expect(page.locator(".res h1")).to_contain_text("Handed over to")


def test_a_customer_cancels_one_line_and_a_maker_sees_the_rest(page: Page, browser: Browser, demo: Server) -> None:
    for blank in ("mug", "keyring"):
        page.goto(f"{demo.url}/blanks/{blank}")
        add_to_cart(page)
    order = check_out(page, **ADDRESS)
    page.goto(order.address)
    page.locator("summary:has-text('Cancel a part of it')").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#less")).to_contain_text("The day of the rest stays.")
    page.get_by_role("button", name="Cancel 1 piece").click()
    expect(page.locator(".log")).to_contain_text("1 piece is not made.")
    expect(page.locator("summary:has-text('Cancel a part of it')")).to_have_count(0)
    maker = browser.new_context().new_page()
    sign_in_maker(maker, demo)
    maker.goto(f"{demo.url}/workshop/orders/{order.number}/lines")
    expect(maker.locator("main")).to_contain_text("is all of the order")
    maker.context.close()


def test_a_clerk_renames_and_cancels_a_walk_in_that_is_not_begun(page: Page, demo: Server) -> None:
    sign_in_clerk(page, demo)
    page.goto(demo.url + "/counter/walk-in/mug")
    page.locator("#customer").fill("Emil")
    page.locator("button:has-text('Cash')").first.click()
    expect(page.locator(".res h1")).to_contain_text("Started for Emil")
    page.locator(".take-back summary").focus()
    page.keyboard.press("Enter")
    page.locator("#new-name").fill("Émile")
    page.keyboard.press("Enter")
    expect(page.locator(".res")).to_contain_text("Émile")
    page.locator(".take-back summary").click()
    page.get_by_role("button", name="Cancel 1 piece").click()
    expect(page.locator(".res h1")).to_contain_text("This order was cancelled")
    page.get_by_role("button", name="Given back in cash").click()
    expect(page.locator(".res")).to_contain_text("booked.")
