"""Embroidery under the hand: dragged, scaled and turned on the picture and on its area, counted and priced anew."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.running import Server
from tests.browser.test_stage import drag, number

OWN = (
    "kind-1=text&area-1=chest&text-1=Zoe&size-1=20&x-1=50&y-1=40&font-1=Lobster&ink-1=ivory"
    "&kind-2=shape&area-2=chest&shape-2=sunrise&x-2=50&y-2=75&width-2=40"
)


def open_shirt(page: Page, demo: Server) -> None:
    page.goto(f"{demo.url}/blanks/tee?{OWN}")
    expect(page.locator("#grip-2")).to_have_count(1)
    page.locator("#on-chest").evaluate("node => node.scrollIntoView({block: 'center'})")


def middle(page: Page, of: str) -> tuple[float, float]:
    box = page.locator(of).last.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def stitches(page: Page) -> int:
    found = re.search(r"([\d,]+) stitches", page.locator("#flat-chest").inner_text())
    assert found
    return int(found[1].replace(",", ""))


def test_thread_is_dragged_scaled_and_turned_by_the_mouse_and_costs_what_it_then_takes(
    page: Page, demo: Server
) -> None:
    open_shirt(page, demo)
    before, price = stitches(page), page.locator("#buy .figure").inner_text()
    drag(page, middle(page, '#on-chest .frame[data-element="1"]'), -30, -20)
    expect(page).not_to_have_url(re.compile("x-1=50&"))
    assert number(page, "x-1") < 50 and number(page, "y-1") < 40
    assert page.locator('#on-chest g.element[data-of="1"] path').count() > 2
    drag(page, middle(page, "#on-chest-hold .handle-scale >> nth=2"), 40, 40)
    expect(page).to_have_url(re.compile("size-1=(?!20&)"))
    assert stitches(page) > 1.1 * before
    expect(page.locator("#buy .figure")).not_to_have_text(price)
    drag(page, middle(page, "#on-chest-hold .handle-turn"), 30, 20)
    expect(page).to_have_url(re.compile("turn-1="))
    for _ in range(3):
        page.keyboard.press("Control+z")
        page.wait_for_timeout(300)
    expect(page.locator("#x-1")).to_have_value("50")
    expect(page.locator("#flat-chest")).to_contain_text(f"{before:,} stitches")
    page.keyboard.press("Control+Shift+Z")
    expect(page.locator("#x-1")).not_to_have_value("50")


def test_keys_and_number_fields_move_thread_as_they_move_print(page: Page, demo: Server) -> None:
    open_shirt(page, demo)
    page.locator("#grip-1").focus()
    for key in ("ArrowRight", "ArrowRight", "]"):
        page.keyboard.press(key)
    expect(page.locator("#x-1")).to_have_value("52")
    expect(page.locator("#turn-1")).to_have_value("1")
    expect(page).to_have_url(re.compile("x-1=52&.*turn-1=1"))
    page.locator("#x-1").fill("38")
    page.keyboard.press("Tab")
    expect(page).to_have_url(re.compile("x-1=38"))


def test_the_front_is_out_of_sight_while_the_chest_on_the_same_cloth_is_embroidered(page: Page, demo: Server) -> None:
    open_shirt(page, demo)
    expect(page.locator("#flat-front")).to_have_count(0)
    assert page.locator("#on-stage .guides").count() == 1
    page.goto(f"{demo.url}/blanks/tee?template=plain")
    expect(page.locator("#flat-front")).to_have_count(1)


@pytest.mark.parametrize("host", ["on-stage", "on-chest"])
def test_on_a_phone_a_finger_moves_thread_on_the_shirt_and_on_its_area(
    browser: Browser, demo: Server, host: str
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = context.new_page()
    open_shirt(page, demo)
    page.locator(f"#{host}").evaluate("node => node.scrollIntoView({block: 'center'})")
    frame = f'#{host} .frame[data-element="1"]'
    page.touchscreen.tap(*middle(page, frame))
    expect(page.locator(f"#{host}-hold .held")).to_have_count(1)
    x, y = middle(page, frame)
    touch = context.new_cdp_session(page)
    for kind, step in (("touchStart", 0), *(("touchMove", step) for step in range(1, 7))):
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x - 2 * step, "y": y - step}]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(page).not_to_have_url(re.compile("x-1=50&"))
    assert number(page, "x-1") < 48
    context.close()
