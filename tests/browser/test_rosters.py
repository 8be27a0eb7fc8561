"""One design, several names, in a real browser: from the customiser over the list into the cart."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.running import Server

NAMES = "Zoë;8;S\n<b>Ada</b>;9;Navy\nمحمد;10;XLL"


def walk_to_the_cart(page: Page, server: Server) -> None:
    """The list has a mistake first."""
    page.get_by_role("button", name="One each for several names").click()
    expect(page).to_have_url(re.compile("/blanks/tee/roster"))
    page.get_by_label("Your list, one piece a line").fill(NAMES)
    page.get_by_role("button", name="Look at them").click()
    expect(page.locator("#pieces h2")).to_contain_text("1\u00a0line of 3 cannot be made like this")
    expect(page.locator("#pieces h2")).to_be_in_viewport()
    expect(page.locator("#piece-3 .error")).to_contain_text("Line 3: “XLL” is nothing to choose from.")
    expect(page.get_by_role("button", name="to the cart")).to_have_count(0)
    page.get_by_label("Your list, one piece a line").fill(NAMES.replace("XLL", "XL"))
    page.get_by_role("button", name="Look at them again").click()
    pictures = page.locator("#pieces img")
    expect(pictures).to_have_count(3)
    pictures.last.scroll_into_view_if_needed()
    expect(pictures.last).to_have_js_property("complete", True)
    assert pictures.last.evaluate("each => each.naturalWidth") > 0
    expect(page.locator("#piece-2 .item")).to_have_text("<b>Ada</b>")
    expect(page.locator("#piece-2")).to_contain_text("Number “9”")
    page.get_by_role("button", name="Add 3 to the cart").click()
    expect(page).to_have_url(server.url + "/cart")
    expect(page.locator("article")).to_have_count(3)
    expect(page.locator("h1")).to_contain_text("3\u00a0pieces")
    page.go_back()
    expect(page.get_by_label("Your list, one piece a line")).to_have_value(NAMES.replace("XLL", "XL"))
    page.go_back()
    expect(page.locator("#piece-3 .error")).to_contain_text("“XLL” is nothing to choose from.")


def test_a_team_gets_its_names_from_the_customiser_over_the_list_into_the_cart(page: Page, demo: Server) -> None:
    page.goto(demo.url + "/blanks/tee?template=number-on-the-back")
    page.locator("#artwork input.typed").first.fill("HARBOUR")
    expect(page).to_have_url(re.compile("HARBOUR"))
    page.get_by_role("button", name="One each for several names").scroll_into_view_if_needed()
    walk_to_the_cart(page, demo)


@pytest.mark.parametrize("width", [360, 1400])
def test_the_list_works_without_javascript_too(browser: Browser, demo: Server, width: int) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(demo.url + "/blanks/tee?template=number-on-the-back")
    walk_to_the_cart(page, demo)
    context.close()


def height(page: Page) -> int:
    found: int = page.evaluate("document.documentElement.scrollHeight")
    return found


@pytest.mark.parametrize("width", [360, 1400])
def test_a_cart_of_thirty_names_is_one_fold_that_opens_and_stays_open(page: Page, demo: Server, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(demo.url + "/blanks/keyring/roster?template=just-a-name")
    page.get_by_label("Your list, one piece a line").fill("\n".join(f"Guest {number}" for number in range(1, 31)))
    page.get_by_role("button", name="Look at them").click()
    page.get_by_role("button", name="Add 30 to the cart").click()
    expect(page.locator("h1")).to_contain_text("30\u00a0pieces")
    expect(page.locator("article:visible")).to_have_count(0)
    folded = height(page)
    page.locator(".many > summary").press("Enter")
    expect(page.locator("article:visible")).to_have_count(30)
    assert folded < height(page) / 2, "how many dates and ways there are depends on the hour"
    page.get_by_role("button", name="One Acrylic key ring, Guest 7 more").click()
    expect(page.locator("h1")).to_contain_text("31\u00a0pieces")
    expect(page.locator("article:visible")).to_have_count(30)
    page.get_by_role("button", name="Remove Acrylic key ring, Guest 8").click()
    expect(page.locator("#gone")).to_be_visible()
    expect(page.locator("article:visible")).to_have_count(29)
