"""What is put on a product goes to where the customer looks: plain buttons, without JavaScript."""

import re

import pytest

from tests.web.browser import Browser, Page

BOTH = "kind-1=text&text-1=Ida&area-1=front&kind-2=text&text-2=Crew&area-2=back"


def values(page: Page) -> dict[str, str]:
    return dict(page.form("design").fields)


def add(browser: Browser, page: Page, label: str) -> dict[str, str]:
    """The fields after a button to add something was pressed."""
    return values(browser.press(page, "design", label))


def in_sight(page: Page, number: int) -> bool:
    """Whether the picture shows an element, not pressed flat on the edge."""
    told = re.search(r'id="described"[^>]*>([^<]*)<', page.html)
    assert told
    assert f'data-element="{number}"' in page.html.split('id="described"')[0]
    return "Round the corner" not in told[1]


def test_a_shape_added_while_the_back_is_looked_at_goes_on_the_back(browser: Browser) -> None:
    back = add(browser, browser.get(f"/blanks/tee?{BOTH}&view=back"), "Add a shape")
    front = add(browser, browser.get(f"/blanks/tee?{BOTH}"), "Add a shape")
    assert (back["area-3"], back["view"]) == ("back", "back")
    assert (front["area-3"], front["view"]) == ("front", "front")


def test_a_shape_goes_where_something_is_rather_than_where_that_shuts_it_off(browser: Browser) -> None:
    chest = browser.get("/blanks/tee?kind-1=text&text-1=Ida&area-1=chest")
    assert add(browser, chest, "Add a shape")["area-2"] == "chest"


def test_a_ready_design_takes_a_shape_where_it_is_looked_at(browser: Browser) -> None:
    page = browser.get("/blanks/notebook?view=back")
    fields = add(browser, page, "Add a shape")
    last = max(int(name[5:]) for name in fields if name.startswith("area-"))
    assert (fields[f"area-{last}"], fields["view"]) == ("back", "back")


def test_a_picture_goes_where_it_is_looked_at_too(browser: Browser) -> None:
    page = browser.get(f"/blanks/tee?{BOTH}&view=back")
    sent = next(given["value"] for _, given in page.tags if given.get("name") == "back")
    fields = values(browser.get(sent + "a" * 64))
    assert (fields["area-3"], fields["view"]) == ("back", "back")


@pytest.mark.parametrize("what", ["Add text", "Add a shape"])
@pytest.mark.parametrize("turn", ["0", "60", "-60", "160"])
def test_what_is_added_to_a_mug_stands_where_the_mug_is_turned_to(browser: Browser, what: str, turn: str) -> None:
    page = browser.press(browser.get(f"/blanks/mug?template=&turn={turn}"), "design", what)
    if what == "Add text":
        page = browser.press(page, "design", "Show", **{"text-1": "Ida"})
    fields = values(page)
    assert in_sight(page, 1)
    assert fields["turn"] == turn
    faces = 178 + 41 * 3.14159 / 180 * int(turn)
    off = (float(fields["x-1"]) - faces + 128.8) % 257.6 - 128.8
    assert abs(off) < 36  # the nearest place beside the handle


def test_what_is_added_while_the_back_of_a_mug_is_looked_at_stays_there(browser: Browser) -> None:
    page = browser.press(browser.get("/blanks/mug?template=&view=back"), "design", "Add a shape")
    assert values(page)["view"] == "back"
    assert abs(float(values(page)["x-1"]) - 50) < 0.1
    assert in_sight(page, 1)


def test_where_nothing_may_be_put_the_product_turns_to_what_was_added(browser: Browser) -> None:
    """Behind a tin stands what the law asks for."""
    for looked in ("view=back", "turn=180"):
        page = browser.press(browser.get(f"/blanks/muesli?template=&{looked}"), "design", "Add text")
        fields = values(page)
        assert (fields["view"], fields["turn"], fields["x-1"]) == ("front", "0", "95"), looked


def test_a_tin_turned_round_from_its_back_shows_its_label_and_takes_a_text_there(browser: Browser) -> None:
    page = browser.press(browser.get("/blanks/muesli?template=&view=back&turn=170"), "design", "Add text")
    fields = values(page)
    assert (fields["view"], fields["turn"]) == ("back", "170")
    assert float(fields["x-1"]) < 95
