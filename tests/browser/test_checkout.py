"""The cart and checkout in a real browser: what is chosen stays chosen, what has focus goes on from where it was."""

from playwright.sync_api import Page, Route, expect

from tests.browser.running import Server
from tests.browser.walking import add_to_cart, collect_in


def test_a_cart_goes_on_where_its_keys_were_and_keeps_the_only_way_to_pay(page: Page, demo: Server) -> None:
    for blank in ("mug?pieces=2", "keyring"):
        page.goto(f"{demo.url}/blanks/{blank}")
        add_to_cart(page)
    page.locator("button:has-text('Remove Acrylic key ring')").press("Enter")
    expect(page.locator("#gone")).to_be_focused()
    expect(page.locator("article")).to_have_count(1)
    page.locator("button[aria-label$=less]").press("Enter")
    expect(page.locator("h1")).to_contain_text("1 piece")
    expect(page.locator("article input[name^=pieces]")).to_be_focused()
    collect_in(page, "store-bremen")
    page.locator("label:has(#way-ship)").click()
    expect(page.locator("#street")).to_have_count(1)
    expect(page.locator("#payment-invoice")).to_be_checked()


def test_what_was_pressed_dims_until_its_answer_is_there(page: Page, demo: Server) -> None:
    held: list[Route] = []
    page.goto(f"{demo.url}/blanks/mug")
    add_to_cart(page)
    page.route("**/cart/lines/*", lambda route: held.append(route) or None)
    page.locator("button[aria-label$=more]").click()
    expect(page.locator("button[aria-label$=more]")).to_have_css("opacity", "0.55")
    held.pop().continue_()
    expect(page.locator("h1")).to_contain_text("2 pieces")
    expect(page.locator("button[aria-label$=more]")).to_have_css("opacity", "1")
