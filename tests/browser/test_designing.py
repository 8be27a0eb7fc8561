"""Designing in a real browser: letters, prices and pictures change while one types; a blocked choice has a way out."""

import re

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.running import Server
from tests.browser.walking import (
    ADDRESS,
    BLOCKED,
    CUSTOMER,
    add_to_cart,
    check_out,
    choose_pieces,
    picture,
    repair,
    total,
    type_name,
)


@pytest.mark.parametrize("blank", BLOCKED)
def test_a_letter_typed_is_seen_on_the_product_and_a_number_changes_the_price(
    page: Page, demo: Server, blank: str
) -> None:
    page.goto(f"{demo.url}/blanks/{blank}")
    drawn, price, address = picture(page).inner_html(), total(page), page.url
    type_name(page, "Zoë 7")
    assert picture(page).inner_html() != drawn
    assert total(page) == price
    choose_pieces(page, 12)
    assert total(page) != price
    assert page.url != address
    page.goto(page.url)
    expect(picture(page)).to_have_attribute("aria-label", re.compile("Zoë 7"))
    expect(page.locator("#pieces")).to_have_value("12")


@pytest.mark.parametrize("blank", BLOCKED)
def test_what_was_not_sent_again_is_put_back_so_that_typing_and_loading_show_the_same(
    page: Page, demo: Server, blank: str
) -> None:
    page.goto(f"{demo.url}/blanks/{blank}")
    type_name(page, "Zo")
    type_name(page, "Zoe")
    parts = ("#stage", ".panel.flat", "#aspect-taste", "#how-many")
    typed = [sent(page, part) for part in parts if page.locator(part).count()]
    page.goto(page.url)
    assert [sent(page, part) for part in parts if page.locator(part).count()] == typed
    assert page.locator("[data-part]").count() > 10
    assert page.locator("[data-left]").count() == 0


def sent(page: Page, part: str) -> str:
    """What the server sent for a part of the page: without the handles that the script lays over the picture."""
    html: str = page.locator(part).first.evaluate(
        """part => {
            const copy = part.cloneNode(true);
            copy.querySelectorAll(".hold").forEach(hold => hold.remove());
            copy.querySelectorAll(".picked").forEach(frame => frame.classList.remove("picked"));
            return copy.innerHTML;
        }"""
    )
    return html


@pytest.mark.parametrize("blank", BLOCKED)
def test_a_blocked_value_tells_why_and_one_press_takes_it(page: Page, demo: Server, blank: str) -> None:
    page.goto(f"{demo.url}/blanks/{blank}?{BLOCKED[blank]}")
    assert len(repair(page)) > 15


def test_undo_brings_back_the_last_picture_and_the_last_price(page: Page, demo: Server) -> None:
    page.goto(f"{demo.url}/blanks/mug")
    drawn, price = picture(page).inner_html(), total(page)
    page.locator("label:has(#o-inside-teal)").click()
    expect(page.locator("#o-inside-teal")).to_be_checked()
    expect(page.locator("#undo")).to_be_visible()
    page.locator("#undo").click()
    expect(page.locator("#o-inside-coral")).to_be_checked()
    assert picture(page).inner_html() == drawn
    assert total(page) == price


def test_keys_that_take_back_a_step_and_take_it_again_stay_where_that_is_pressed(page: Page, demo: Server) -> None:
    page.goto(f"{demo.url}/blanks/mug")
    page.locator("#o-inside-teal").check(force=True)
    expect(page).to_have_url(re.compile("inside=teal"))
    expect(page.locator("#undo")).to_be_visible()
    page.locator("#undo").press("Enter")
    expect(page.locator("#o-inside-coral")).to_be_checked()
    expect(page.locator("#undo")).to_be_focused()
    page.locator("#redo").press("Enter")
    expect(page.locator("#o-inside-teal")).to_be_checked()
    expect(page.locator("#undo")).to_be_focused()


def test_somebody_with_nothing_but_a_keyboard_designs_and_orders(page: Page, demo: Server) -> None:
    page.goto(f"{demo.url}/")
    go_to(page, "a.btn-main")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/blanks/mug"))
    go_to(page, "#f-name")
    page.keyboard.press("Control+A")
    page.keyboard.type("Ida")
    expect(picture(page)).to_have_attribute("aria-label", re.compile("“Ida”"))
    go_to(page, "#o-glaze-gloss", back=True)
    page.keyboard.press("ArrowRight")
    expect(page.locator("#o-glaze-matt")).to_be_checked()
    go_to(page, "#buy button")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/cart$"))
    for name, value in {**CUSTOMER, **ADDRESS}.items():
        go_to(page, f"#{name}")
        page.keyboard.type(value)
    go_to(page, "#rights")
    page.keyboard.press("Space")
    go_to(page, "button:has-text('Pay')")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/orders/"))


def go_to(page: Page, selector: str, *, back: bool = False) -> None:
    """Press Tab until the one that is meant has focus, as a keyboard user must."""
    for _ in range(120):
        if page.locator(selector).first.evaluate("wanted => wanted === document.activeElement"):
            return
        page.keyboard.press("Shift+Tab" if back else "Tab")
    raise AssertionError(f"Tab never comes to {selector}")


@pytest.mark.parametrize("blank", ["mug", "muesli"])
def test_without_javascript_the_same_pages_take_an_order(browser: Browser, demo: Server, blank: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.goto(f"{demo.url}/blanks/{blank}?{BLOCKED[blank]}")
    assert len(repair(page)) > 15
    page.locator("input[name=template]").first.check(force=True)
    page.locator("noscript button").click()
    price = total(page)
    page.locator("#artwork input.typed").first.fill("Zoë 7")
    page.locator("#pieces").fill("12")
    page.locator("noscript button").click()
    expect(picture(page)).to_have_attribute("aria-label", re.compile("Zoë 7"))
    assert total(page) != price
    seen = total(page)
    add_to_cart(page)
    order = check_out(page, **ADDRESS)
    assert len(order.codes) == 12
    page.goto(order.address.replace("?placed=yes", "") + "/invoice")
    assert money(seen) in page.locator("main").inner_text().replace("\u00a0", " ")
    context.close()


def money(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_what_is_typed_while_an_earlier_answer_is_on_its_way_is_kept(page: Page, demo: Server) -> None:
    """A slow network: the first field's answer comes after the second one was typed into and left."""
    page.goto(f"{demo.url}/blanks/mug")
    lines, slow = page.locator("#artwork input.typed"), []
    page.route("**/blanks/mug?*", lambda route: slow.append(route) if not slow else route.continue_())
    lines.nth(0).fill("FIRST")
    page.wait_for_timeout(400)
    lines.nth(1).fill("Second")
    lines.nth(2).focus()
    slow[0].continue_()
    expect(picture(page)).to_have_attribute("aria-label", re.compile("FIRST.*Second", re.DOTALL))
    assert [lines.nth(place).input_value() for place in (0, 1)] == ["FIRST", "Second"]


def test_while_an_answer_takes_its_time_the_page_says_so_however_fast_one_types(page: Page, demo: Server) -> None:
    page.goto(f"{demo.url}/blanks/mug")
    held: list[Route] = []
    page.route("**/blanks/mug?*", lambda route: held.append(route) or None)
    page.locator("#artwork input.typed").first.press_sequentially(" by the sea", delay=280)
    expect(page.locator(".busy")).to_be_visible()
    held[-1].continue_()
    expect(page.locator(".busy")).to_be_hidden()
