"""A number that does not go with other choices is never silently another: the page says so, with the ways out."""

import pytest

from tests.web.browser import Browser, Page
from tests.web.shop import Parts
from tests.web.sizes import sized_parts

SAID = "“400” could not be kept. A board is at most 20 mm wider than high. 100 mm is shown instead."

TOLD = (
    "“9999” is not made and the nearest, 410 mm, does not go with your other choices: choose below, "
    "100 mm is shown until then."
)


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Parts:
    """The shop with a mug that also comes as a board in millimetres."""
    return sized_parts(tmp_path_factory.mktemp("sizes"))


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """What the engine answers has nothing to do with the database."""
    return sqlite_url


def sizes(page: Page) -> tuple[str, str]:
    fields = dict(page.form("design").fields)
    return fields["width"], fields["height"]


def test_it_says_what_is_shown_instead_and_offers_the_nearest_possible_number(browser: Browser) -> None:
    page = browser.get("/blanks/mug?height=300&width=400")
    assert SAID in page.text
    assert sizes(page) == ("100", "300")
    taken = browser.press(page, "design", "Take 320 mm, the nearest possible")
    assert "could not be kept" not in taken.text
    assert sizes(taken) == ("320", "300")


def test_it_offers_the_typed_number_with_what_has_to_change_for_it(browser: Browser) -> None:
    page = browser.get("/blanks/mug?height=300&width=400")
    taken = browser.press(page, "design", "Take 400 mm, change Height to 380 mm")
    assert "could not be kept" not in taken.text
    assert sizes(taken) == ("400", "380")


def test_a_number_beyond_all_that_is_made_is_told_with_what_is_possible(browser: Browser) -> None:
    page = browser.get("/blanks/mug?height=300&width=9999")
    assert TOLD in page.text
    assert "could not be kept" not in page.text
    assert sizes(browser.press(page, "design", "Take 320 mm, the nearest possible")) == ("320", "300")
