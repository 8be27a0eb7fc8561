"""Layers, tools and copies in the customiser: plain buttons whose address is the state, without JavaScript."""

import re

import pytest

from tests.web.browser import Browser, Page

TWO = "kind-1=text&text-1=Ida&x-1=100&y-1=30&size-1=12&kind-2=shape&shape-2=sunrise&x-2=60&y-2=40&width-2=20"


def values(page: Page) -> dict[str, str]:
    return dict(page.form("design").fields)


def tool(page: Page, label: str, number: int = 1) -> str:
    """The address of a button with only a drawing on it."""
    panel = page.html.split(f'id="el-{number}"', 1)[1]
    found = re.search(r'name="take" value="([^"]*)" title="' + re.escape(label), panel)
    assert found, label
    return found[1].replace("&amp;", "&")


def press(browser: Browser, page: Page, label: str, number: int = 1) -> Page:
    form = page.form("design")
    button = next(button for button in form.buttons if button.value == tool(page, label, number))
    return browser.send(page, form, button, {})


def opened(page: Page) -> str:
    found = re.search(r'<details class="why" id="el-(\d+)" open', page.html)
    assert found
    return found[1]


def test_a_layer_moves_forward_and_stays_the_chosen_one(browser: Browser) -> None:
    page = press(browser, browser.get(f"/blanks/mug?{TWO}"), "One layer forward")
    assert values(page)["shape-1"] == "sunrise"
    assert values(page)["text-2"] == "Ida"
    assert opened(page) == "2"
    page = press(browser, page, "One layer backward", 2)
    assert (values(page)["text-1"], opened(page)) == ("Ida", "1")


@pytest.mark.parametrize(
    ("label", "field"),
    [
        *(("Align left", "x-1"), ("Centre across", "x-1"), ("Align right", "x-1")),
        *(("Align at the top", "y-1"), ("Centre up and down", "y-1"), ("Align at the bottom", "y-1")),
    ],
)
def test_aligning_keeps_the_safe_zone_and_changes_one_field(browser: Browser, label: str, field: str) -> None:
    before = browser.get(f"/blanks/mug?{TWO}")
    page = press(browser, before, label)
    changed = {name for name, value in values(page).items() if values(before).get(name) != value}
    assert changed == {field}
    assert "from the edge" not in page.text
    assert opened(page) == "1"


def test_a_duplicate_lies_over_its_original_and_is_the_chosen_one(browser: Browser) -> None:
    page = press(browser, browser.get(f"/blanks/mug?{TWO}&turn-1=15"), "Duplicate")
    assert (values(page)["text-3"], values(page)["turn-3"], values(page)["x-3"]) == ("Ida", "15", "104")
    assert opened(page) == "3"


def test_what_is_locked_says_so_and_is_not_moved_by_tools(browser: Browser) -> None:
    page = press(browser, browser.get(f"/blanks/mug?{TWO}"), "Lock")
    assert values(page)["lock-1"] == "yes"
    assert "Align left" not in page.html.split('id="el-1"')[1].split('id="el-2"')[0]
    assert "lock-1" not in values(press(browser, page, "Unlock"))


def test_an_element_is_copied_to_the_back_of_a_shirt(browser: Browser) -> None:
    page = browser.get("/blanks/tee?kind-1=text&text-1=Ida&area-1=front")
    page = browser.press(page, "design", "Copy to Back")
    assert (values(page)["area-2"], values(page)["text-2"], values(page)["area-1"]) == ("back", "Ida", "front")
    assert values(page)["view"] == "back"
    front = next(button for button in page.form("design").buttons if (button.name, button.value) == ("view", "front"))
    assert values(browser.send(page, page.form("design"), front, {}))["view"] == "front"


def test_everything_on_the_front_of_a_shirt_is_copied_to_its_back_as_it_is_arranged(browser: Browser) -> None:
    both = "kind-1=text&text-1=Ida&area-1=front&y-1=120&kind-2=text&text-2=Crew&area-2=front&y-2=180"
    page = browser.press(browser.get(f"/blanks/tee?{both}"), "design", "Copy all of Front to Back")
    copies = [values(page)[name] for name in ("area-3", "text-3", "area-4", "text-4")]
    assert copies == ["back", "Ida", "back", "Crew"]
    assert float(values(page)["y-4"]) - float(values(page)["y-3"]) == pytest.approx(60, abs=0.02)


def test_a_mugs_design_is_put_on_a_shirt_and_the_shirts_choices_are_its_own(browser: Browser) -> None:
    page = browser.get(f"/blanks/mug?{TWO}&inside=teal&pieces=3")
    shirt = browser.press(page, "design", "T-shirt")
    assert shirt.path.startswith("/blanks/tee?")
    assert "from=" not in shirt.path
    assert (values(shirt)["text-1"], values(shirt)["pieces"]) == ("Ida", "3")
    assert float(values(shirt)["size-1"]) > 12
    assert "stays behind" not in shirt.text


def test_a_shape_that_the_other_product_does_not_have_stays_behind_and_the_page_says_so(browser: Browser) -> None:
    board = browser.press(browser.get(f"/blanks/mug?{TWO}"), "design", "Oak")
    assert "1 element stays behind" in board.text
    assert values(board)["text-1"] == "Ida"


def test_a_ready_design_can_be_put_on_something_else_too(browser: Browser) -> None:
    board = browser.press(browser.get("/blanks/mug?template=big-name&f.name=Noor"), "design", "Oak")
    assert "Noor" in values(board).values()


def test_a_text_of_several_lines_comes_back_as_typed(browser: Browser) -> None:
    page = browser.press(browser.get(f"/blanks/mug?{TWO}"), "design", "Show", text__1="Ida\nNoor")
    assert values(page)["text-1"] == "Ida\nNoor"


def test_starting_again_is_a_link_that_undo_takes_back(browser: Browser) -> None:
    page = browser.get(f"/blanks/mug?{TWO}")
    fresh = browser.follow(page, "Start again")
    assert fresh.path == "/blanks/mug"
    again = browser.get("/blanks/mug", Referer=f"http://testserver.local/blanks/mug?{TWO}")
    assert next(given["href"] for tag, given in again.tags if given.get("id") == "undo") == f"/blanks/mug?{TWO}"


def test_a_text_added_on_dark_cloth_is_in_an_ink_that_shows_there(browser: Browser) -> None:
    page = browser.press(browser.get("/blanks/tee?template=&colour=black"), "design", "Add text, Front")
    shown = browser.press(page, "design", "Show", text__1="Ida")
    assert values(shown)["ink-1"] != "navy"
    assert "hard to read" not in shown.text and "cannot be seen" not in shown.text
    cream = browser.press(browser.get("/blanks/tee?template=&colour=cream"), "design", "Add text, Front")
    assert values(cream)["ink-1"] == "navy"
