"""Turning a mug: the angle is part of the address, the picture is drawn by the server."""

import re

import pytest

from tests.web.browser import Browser, Page

CLUB = "/blanks/mug?template=club&f.name=Ida"


def drawing(page: Page) -> str:
    found = re.search(r'<svg class="product".*?</svg>', page.html, re.DOTALL)
    assert found
    return found[0]


def slider(page: Page) -> dict[str, str]:
    return next(given for tag, given in page.tags if given.get("id") == "turn")


def test_a_mug_is_seen_as_far_turned_as_the_address_says(browser: Browser) -> None:
    straight, turned = browser.get(CLUB), browser.get(f"{CLUB}&turn=45")
    assert (slider(straight)["value"], slider(turned)["value"]) == ("0", "45")
    assert drawing(straight) != drawing(turned)
    assert turned.response.headers["hx-push-url"].endswith("&turn=45")


def test_the_view_is_no_part_of_the_design(browser: Browser) -> None:
    hashes = [re.findall(r'title="([0-9a-f]{64})"', browser.get(f"{CLUB}{turn}").html) for turn in ("", "&turn=90")]
    assert hashes[0] == hashes[1]


@pytest.mark.parametrize("turn", ["much", "1e9", "", "--3"])
def test_an_angle_that_is_none_shows_it_straight(browser: Browser, turn: str) -> None:
    assert slider(browser.get(f"{CLUB}&turn={turn}"))["value"] == "0"


def test_the_handle_comes_to_the_front_and_goes_behind(browser: Browser) -> None:
    front, behind = (drawing(browser.get(f"{CLUB}&turn={turn}")) for turn in (60, -60))
    assert front.rindex("right-handle") > front.rindex('class="guides"')
    assert behind.rindex('href="#p-right-handle"') < behind.index('class="guides"')


def test_what_does_not_turn_has_no_slider(browser: Browser) -> None:
    assert 'id="turn"' not in browser.get("/blanks/tee").html


def described(page: Page) -> str:
    found = re.search(r'id="described"[^>]*>([^<]*)<', page.html)
    assert found
    return found[1]


def test_the_preview_is_told_in_words_choices_places_and_sizes(browser: Browser) -> None:
    """PAINS 8."""
    page = browser.get("/blanks/mug?inside=teal&text-1=Ida&x-1=178&y-1=40&size-1=20&turn-1=-15")
    assert "Inside Teal, Glaze Gloss" in described(page)
    label = re.search(r'class="product" role="img" aria-label="([^"]*)"', page.html)
    assert label
    assert re.match(
        r"Mug, 330 ml\. All the way round, 228 by 85 mm: “Ida” in [^,]+, Navy, turned 15° anticlockwise, "
        r"[\d.]+ by [\d.]+ mm, [\d.]+ mm from the left, [\d.]+ mm from the top\.",
        label[1],
    )


def test_what_is_on_the_other_side_is_told_too(browser: Browser) -> None:
    page = browser.get("/blanks/tee?text-1=Ida&area-1=front&text-2=Crew&area-2=back")
    assert re.search("Not seen from here: Back, .*“Crew”", described(page))
    assert "“Ida”" not in described(page)


def test_who_listens_is_told_what_faces_them_and_what_is_round_the_corner(browser: Browser) -> None:
    both = "kind-1=text&text-1=Marit&area-1=wrap&x-1=178&kind-2=shape&shape-2=sunrise&area-2=wrap&x-2=50&width-2=20"
    words = browser.get(f"/blanks/mug?{both}").text
    assert "In sight: “Marit”. Round the corner, turn it to see: Sunrise." in words
    words = browser.get(f"/blanks/mug?{both}&turn=-180").text
    assert words == browser.get(f"/blanks/mug?{both}&turn=180").text.replace("turn=180", "")
    assert "In sight: Sunrise. Round the corner, turn it to see: “Marit”." in words
    assert "Round the corner" not in browser.get("/blanks/tee?kind-1=text&text-1=Ida").text


def test_a_tin_turns_and_what_goes_out_of_sight_is_told(browser: Browser) -> None:
    kofi = "/blanks/muesli?kind-1=text&text-1=Kofi&area-1=label&x-1=95&y-1=40"
    front, behind = browser.get(kofi), browser.get(f"{kofi}&turn=180")
    assert slider(front)["value"] == "0" and slider(behind)["value"] == "180"
    assert "the text the law asks for" in drawing(behind) and "the text the law asks for" not in drawing(front)
    assert "Round the corner, turn it to see: “Kofi”." in described(behind)


def test_a_board_on_a_table_is_a_second_view_beside_the_flat_one(browser: Browser) -> None:
    board = "/blanks/board?kind-1=text&text-1=Ida&area-1=face"
    flat, table = browser.get(board), browser.get(f"{board}&view=on-a-table")
    for page, pressed in ((flat, "front"), (table, "on-a-table")):
        buttons = {
            given["value"]: given["aria-pressed"]
            for _, given in page.tags
            if given.get("name") == "view" and "aria-pressed" in given
        }
        assert buttons == {"front": str(pressed == "front").lower(), "on-a-table": str(pressed != "front").lower()}
        assert "“Ida”" in drawing(page) and 'data-element="1"' in drawing(page)
        assert 'id="flat-face"' in page.html and 'id="turn"' not in page.html
    assert ">On a table<" in flat.html and "Side shown: on a table." in described(table)


def test_an_element_that_is_chosen_at_an_angle_is_edited_there(browser: Browser) -> None:
    two = "/blanks/notebook?kind-1=text&text-1=Ida&area-1=cover&kind-2=text&text-2=Crew&area-2=back&view=on-a-table"
    assert "Side shown: on a table." in described(browser.get(f"{two}&el=1"))
    assert "Side shown: back." in described(browser.get(f"{two}&el=2"))


def test_lists_show_a_board_on_its_table(browser: Browser) -> None:
    sample = re.search(r'/pictures/sample/board-[^"]*', browser.get("/").html)
    assert sample
    assert "top-paddle" in browser.get(sample[0]).html.split("</defs>", 1)[1]
