"""Designing on the picture: by mouse, by finger, by keys; the server lays out, and Undo takes everything back."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.running import Server

TWO = "kind-1=text&text-1=Ida&x-1=178&y-1=30&size-1=12&kind-2=shape&shape-2=sunrise&x-2=178&y-2=60&width-2=30"


def frame(page: Page, number: int) -> tuple[float, float]:
    """The middle of an element on the picture, in px."""
    box = page.locator(f'#on-stage .frame[data-element="{number}"]').bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page: Page, start: tuple[float, float], across: float, down: float) -> None:
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(start[0] + across, start[1] + down, steps=5)
    page.mouse.up()


def number(page: Page, field: str) -> float:
    return float(page.locator(f"#{field}").input_value())


def open_mug(page: Page, demo: Server) -> None:
    page.goto(f"{demo.url}/blanks/mug?{TWO}")
    expect(page.locator("#grip-2")).to_have_count(1)


def test_a_drag_moves_an_element_to_where_the_server_then_has_it(page: Page, demo: Server) -> None:
    open_mug(page, demo)
    x, y = frame(page, 2)
    drag(page, (x, y), -60, 23)
    expect(page).to_have_url(re.compile("x-2=1[0-6]"))
    landed = frame(page, 2)
    assert landed[0] == pytest.approx(x - 60, abs=8)
    assert landed[1] == pytest.approx(y + 23, abs=8)
    expect(page.locator("#moved")).to_have_text(re.compile(r"Sunrise, [\d.]+ mm from the left, [\d.]+ mm from the top"))
    page.keyboard.press("Control+z")
    expect(page.locator("#x-2")).to_have_value("178")
    page.keyboard.press("Control+Shift+Z")
    expect(page.locator("#x-2")).not_to_have_value("178")
    page.reload()
    page.locator("#undo").click()
    expect(page.locator("#x-2")).to_have_value("178")


def test_near_the_middle_it_snaps_and_its_handles_scale_and_turn_it(page: Page, demo: Server) -> None:
    page.goto(f"{demo.url}/blanks/tee?kind-1=text&text-1=Ida&area-1=front&size-1=120&x-1=170&y-1=200")
    expect(page.locator("#grip-1")).to_have_count(1)
    page.locator("#on-stage .frame").first.click()
    scale = page.locator("#on-stage .handle-scale").nth(2).bounding_box()
    assert scale
    drag(page, (scale["x"] + scale["width"] / 2, scale["y"] + scale["height"] / 2), 20, 20)
    expect(page).to_have_url(re.compile("size-1=(?!120&)"))
    assert number(page, "size-1") > 120
    turn = page.locator("#on-stage .handle-turn").bounding_box()
    assert turn
    drag(page, (turn["x"] + turn["width"] / 2, turn["y"] + turn["height"] / 2), 60, 30)
    expect(page).to_have_url(re.compile("turn-1="))
    assert number(page, "turn-1") > 0


def test_a_ready_design_is_dragged_and_becomes_the_customers_own(page: Page, demo: Server) -> None:
    page.goto(f"{demo.url}/blanks/mug?template=big-name&f.name=Ida")
    expect(page.locator("#grip-1")).to_have_count(1)
    drag(page, frame(page, 1), 30, -20)
    expect(page.locator("#text-1")).to_have_value("Ida")
    page.keyboard.press("Control+z")
    expect(page.locator("#f-name")).to_have_value("Ida")


def test_keys_alone_move_scale_turn_and_remove_an_element(page: Page, demo: Server) -> None:
    open_mug(page, demo)
    page.locator("#grip-1").focus()
    for key in ("ArrowRight", "ArrowRight", "Shift+ArrowDown", "Alt+ArrowLeft", "]", "]", "+"):
        page.keyboard.press(key)
    expect(page.locator("#x-1")).to_have_value("179.9")
    expect(page.locator("#turn-1")).to_have_value("2")
    assert (number(page, "y-1"), number(page, "size-1")) == (40, 12.6)
    expect(page.locator("#grip-1")).to_be_focused()
    expect(page.locator("#moved")).to_have_text(re.compile("^Ida, .*turned 2 degrees$"))
    page.keyboard.press("Delete")
    expect(page.locator("#el-2")).to_have_count(0)
    page.keyboard.press("Control+z")
    expect(page.locator("#text-1")).to_have_value("Ida")


def test_what_is_added_or_mended_by_keys_is_gone_on_with_at_once(page: Page, demo: Server) -> None:
    open_mug(page, demo)
    page.locator("button:has-text('Add text')").press("Enter")
    expect(page.locator("#text-3")).to_be_focused()
    page.keyboard.type("Zoë")
    expect(page.locator("#grip-3")).to_have_attribute("aria-label", re.compile("^Zoë"))
    page.keyboard.press("Escape")
    expect(page.locator("#grip-3")).to_be_focused()
    for _ in range(5):
        page.keyboard.press("Shift+ArrowDown")
    page.locator(".finding button:has-text('Move it')").first.press("Enter")
    expect(page.locator(".finding")).to_have_count(0)
    expect(page.locator("#el-3 > summary")).to_be_focused()
    expect(page.locator("#el-3 > summary")).to_be_in_viewport()


def test_what_is_locked_stays_where_it_is(page: Page, demo: Server) -> None:
    page.goto(f"{demo.url}/blanks/mug?{TWO}&lock-2=yes")
    expect(page.locator("#grip-2")).to_have_count(1)
    drag(page, frame(page, 2), -40, 10)
    page.locator("#grip-2").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#moved")).to_have_text("Sunrise is locked. Press Unlock to change it.")
    assert number(page, "x-2") == 178


def test_starting_again_asks_nothing_and_can_be_taken_back(page: Page, demo: Server) -> None:
    open_mug(page, demo)
    page.locator("#afresh").click()
    expect(page.locator("#text-1")).to_have_count(0)
    page.locator("#undo").click()
    expect(page.locator("#text-1")).to_have_value("Ida")


def test_on_a_phone_a_tap_selects_and_a_finger_then_moves(browser: Browser, demo: Server) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = context.new_page()
    open_mug(page, demo)
    x, y = frame(page, 2)
    page.touchscreen.tap(x, y)
    expect(page.locator("#on-stage .held")).to_have_count(1)
    touch = context.new_cdp_session(page)
    finger = [{"x": x + step * 5, "y": y - step * 2} for step in range(6)]
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": finger[:1]})
    for point in finger[1:]:
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(page).not_to_have_url(re.compile("x-2=178&"))
    expect(page).to_have_url(re.compile("x-2=1[89]"))
    context.close()


def test_a_finger_in_the_middle_of_a_small_element_moves_it_and_does_not_scroll(browser: Browser, demo: Server) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{demo.url}/blanks/mug?kind-1=text&area-1=wrap&text-1=Noor&size-1=8&x-1=178&y-1=60")
    x, y = frame(page, 1)
    page.touchscreen.tap(x, y)
    expect(page.locator("#on-stage .held")).to_have_count(1)
    touch = context.new_cdp_session(page)
    for kind, step in (("touchStart", 0), *(("touchMove", step) for step in range(1, 7))):
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y - 6 * step}]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(page).not_to_have_url(re.compile("y-1=60&?"))
    assert page.locator("#size-1").input_value() == "8"
    assert page.evaluate("scrollY") == 0
    context.close()


def test_a_selected_element_breaks_no_rule_of_accessibility(page: Page, demo: Server) -> None:
    open_mug(page, demo)
    page.locator("#grip-1").focus()
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    assert found.violations_count == 0, found.generate_report()


def test_the_empty_stage_turns_the_mug_and_so_do_keys(page: Page, demo: Server) -> None:
    open_mug(page, demo)
    stage = page.locator("#stage").bounding_box()
    assert stage
    drawn = page.locator("#on-stage .product").inner_html()
    drag(page, (stage["x"] + 60, stage["y"] + stage["height"] - 80), 120, 0)
    expect(page).to_have_url(re.compile("turn=-[0-9]+"))
    assert page.locator("#on-stage .product").inner_html() != drawn
    page.locator("#turn").focus()
    at = int(page.locator("#turn").input_value())
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile(f"turn={at + 3}$"))
    page.reload()
    expect(page.locator("#turn")).to_have_value(str(at + 3))


def test_the_empty_stage_turns_the_tin_too_until_its_other_label_faces_the_customer(page: Page, demo: Server) -> None:
    page.goto(f"{demo.url}/blanks/muesli?template=thank-you")
    stage = page.locator("#stage").bounding_box()
    assert stage
    told = page.locator("#on-stage .product")
    expect(told).not_to_have_attribute("aria-label", re.compile("the text the law asks for"))
    drag(page, (stage["x"] + 60, stage["y"] + 160), stage["width"] * 0.7, 0)
    expect(page).to_have_url(re.compile("turn=-1[0-9]+"))
    expect(told).to_have_attribute("aria-label", re.compile("the text the law asks for"))


def test_what_is_added_stands_where_the_mug_was_dragged_round_to(page: Page, demo: Server) -> None:
    open_mug(page, demo)
    stage = page.locator("#stage").bounding_box()
    assert stage
    drag(page, (stage["x"] + 60, stage["y"] + stage["height"] - 80), stage["width"] / 2, 0)
    expect(page).to_have_url(re.compile("turn=-[0-9]+"))
    page.get_by_role("button", name="Add text").click()
    page.locator("#text-3").fill("Crew")
    middle = frame(page, 3)[0]
    product = page.locator("#on-stage .product").bounding_box()
    assert product
    assert abs(middle - product["x"] - product["width"] * 0.5) < product["width"] * 0.15
    assert number(page, "x-3") < 130
    expect(page).to_have_url(re.compile("turn=-[0-9]+"))


def test_a_board_on_its_table_is_designed_there_by_hand(page: Page, demo: Server) -> None:
    page.goto(f"{demo.url}/blanks/board?kind-1=text&text-1=Ida&area-1=face&size-1=40&x-1=120&y-1=70")
    page.locator("button[name=view]", has_text="On a table").click()
    expect(page).to_have_url(re.compile("view=on-a-table"))
    x, y = frame(page, 1)
    drag(page, (x, y), 90, 24)
    expect(page.locator("#x-1")).not_to_have_value("120")
    landed = frame(page, 1)
    assert landed[0] == pytest.approx(x + 90, abs=8)
    assert landed[1] == pytest.approx(y + 24, abs=8)
    expect(page).to_have_url(re.compile("view=on-a-table"))
