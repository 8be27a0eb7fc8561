"""Bad values sent to the API: each is told with what was made of it, never a silent other product, never an error."""

from urllib.parse import urlencode

import pytest

from tests.api.test_answers import get
from tests.web.browser import Browser
from tests.web.shop import Parts
from tests.web.sizes import sized_parts


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Parts:
    """The shop with a mug that also comes as a board in millimetres."""
    return sized_parts(tmp_path_factory.mktemp("sizes"))


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """What the engine answers has nothing to do with the database."""
    return sqlite_url


NO_NUMBER = "“{}” is not a number from 100 to 410 mm. Write it in digits alone, like 100."
BEYOND = "100 to 410 mm in steps of 1 are possible. {} was taken."


@pytest.mark.parametrize(
    ("typed", "told", "taken"),
    [
        ("wide", NO_NUMBER, None),
        ("null", NO_NUMBER, None),
        ("true", NO_NUMBER, None),
        ("NaN", NO_NUMBER, None),
        ("Infinity", NO_NUMBER, None),
        ("[120]", NO_NUMBER, None),
        ("1e9", NO_NUMBER, None),
        ("1,200", NO_NUMBER, None),
        ("1²", NO_NUMBER, None),
        ("9" * 500, NO_NUMBER.format("9" * 40), None),
        ("-0", BEYOND.format(100), 100),
        ("-120", BEYOND.format(100), 100),
        ("12.5", BEYOND.format(100), 100),
        ("120.5", BEYOND.format(120), 120),
        ("411", BEYOND.format(410), 410),
        ("1e2", None, 100),
        ("120.0", None, 120),
        ("١٢٠", None, 120),
        ("１２０", None, 120),
        ("", None, None),
    ],
)
def test_whatever_is_sent_for_a_number_is_taken_or_told(
    browser: Browser, typed: str, told: str | None, taken: int | None
) -> None:
    answer = get(browser, f"/api/blanks/mug/configuration?{urlencode({'width': typed})}")
    assert answer["faults"] == ({} if told is None else {"width": told.format(typed)})
    assert answer["choices"].get("width") == taken
    assert answer["configuration"]["width"] == (taken or 100)


def test_a_number_out_of_range_and_in_conflict_is_told_as_both(browser: Browser) -> None:
    answer = get(browser, "/api/blanks/mug/configuration?height=100&width=9999")
    assert answer["faults"] == {"width": BEYOND.format(410)}
    [dropped] = answer["dropped"]
    assert (dropped["option"], dropped["value"]) == ("width", "410")
    assert dropped["because"] == ["A board is at most 20 mm wider than high."]
    assert answer["configuration"]["width"] <= 120


@pytest.mark.parametrize(
    ("query", "faults"),
    [
        ("rimm=gold", {"rimm": "There is no option “rimm”. Did you mean “rim”?"}),
        ("care.microwave=1", {"care.microwave": "There is no option “care.microwave”."}),
        ("rim=gold&rim=plain", {"rim": "There are several of “rim”; the last was read. Send one."}),
        ("rim=plain&rim=plain", {}),
        ("care=&care=oven&care=grill", {"care": "“grill”, “oven” are not offered. Choose from those shown."}),
        ("view=front&auto=rim%3Dplain&el=1", {}),
        ("pieces=1,000", {"pieces": "“1,000” is not a number of pieces. 1 was taken."}),
    ],
)
def test_what_means_nothing_is_told_to_other_programs(browser: Browser, query: str, faults: dict[str, str]) -> None:
    told = get(browser, f"/api/blanks/mug/configuration?{query}")["faults"]
    assert told.keys() == faults.keys()
    assert all(told[name].startswith(sentence) for name, sentence in faults.items())


def test_a_query_that_would_be_cut_off_is_refused(browser: Browser) -> None:
    answer = browser.client.get(f"/api/blanks/mug/configuration?f.name={'n' * 30_000}&rim=gold")
    assert answer.status_code == 422
    assert answer.json()["refused"] == "A query has at most 30,000 characters. Leave out what is as it was."
