"""Where artwork lies on a drawing: a maker moves corners and copies a line."""

import re

from tests.web.browser import Browser

BOARD = "/workshop/blanks/board/corners"
KNOWN = "corners = [70.4, 129.3, 461, 63.3, 548.4, 233.8, 130.3, 310.1]"


def test_the_corners_of_a_board_on_its_table_are_shown_as_its_file_says_them(planned: Browser) -> None:
    page = planned.get(BOARD)
    assert f'kind = "quad", view = "on-a-table", {KNOWN}' in page.text
    assert "a square is 20 mm" in page.text


def test_a_corner_that_is_moved_takes_squares_and_letters_along(planned: Browser) -> None:
    before, after = planned.get(BOARD), planned.get(f"{BOARD}?x1=90&y1=140")
    assert "corners = [90, 140, 461," in after.text
    squares = [page.html.partition('class="over"')[2].partition("</svg>")[0] for page in (before, after)]
    assert all(drawn.count("L") > 20 for drawn in squares)
    assert squares[0] != squares[1]
    assert before.html.partition('class="product"')[2] != after.html.partition('class="product"')[2]


def test_corners_that_cross_say_so_and_offer_no_line(planned: Browser) -> None:
    page = planned.get(f"{BOARD}?x1=461&x2=70")
    assert "must go round clockwise" in page.text
    assert "The line for" not in page.text


def test_what_is_no_number_leaves_the_corner_where_it_is(planned: Browser) -> None:
    assert KNOWN in planned.get(f"{BOARD}?x1=left&y1=nan&x2=1e99&y2=inf").text


def test_a_flat_area_begins_with_the_corners_of_its_box(planned: Browser) -> None:
    page = planned.get(f"{BOARD}?area=face&view=front")
    assert "corners = [74, 82.6, 506, 82.6, 506, 329.4, 74, 329.4]" in page.text


def test_every_flat_area_can_be_looked_at_in_every_view(planned: Browser) -> None:
    for key in ("tee", "notebook", "board", "keyring", "book"):
        page = planned.get(f"/workshop/blanks/{key}/corners")
        for address in re.findall(r'class="choice[^"]*" href="([^"]+)"', page.html):
            assert planned.get(f"/workshop/blanks/{key}/corners" + address.replace("&amp;", "&")).status == 200


def test_an_area_that_is_not_there_is_refused_in_a_sentence(planned: Browser) -> None:
    page = planned.get(f"{BOARD}?area=lid")
    assert page.status == 404
    assert "no flat print area “lid”" in page.text


def test_what_is_round_has_no_corners_and_says_so(planned: Browser) -> None:
    page = planned.get("/workshop/blanks/mug/corners")
    assert page.status == 404
    assert "Only what is flat has corners" in page.text
    assert "Where artwork lies" not in planned.get("/workshop/blanks/mug").text
