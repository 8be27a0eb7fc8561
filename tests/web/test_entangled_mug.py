"""A blank whose rules exceed the real budget, from check-blanks to the cart: slower and uncounted, never wrong."""

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from configurator.artwork.fonts import FontBook
from configurator.blanks.catalogue import read_catalogue
from configurator.cli import app
from configurator.orders.design_store import stored_design
from configurator.staff.hiring import hire_maker
from configurator.web.assets import Assets
from configurator.web.blank_pages import MOST_RULES
from configurator.web.resources import ROOT
from configurator.web.wiring import Wiring
from tests.web.browser import Browser
from tests.web.entangled_mug import EntangledMug
from tests.web.shop import Parts

pytestmark = pytest.mark.slow
OPEN_AT_THE_END = 5
SEARCHED = "are answered by search instead, correctly, but slower, and their products are not counted."


@pytest.fixture(scope="module")
def mug() -> EntangledMug:
    return EntangledMug(seed=1)


@pytest.fixture(scope="module")
def folder(mug: EntangledMug, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return mug.write(ROOT / "blanks", tmp_path_factory.mktemp("entangled") / "blanks")


@pytest.fixture(scope="module")
def parts(folder: Path) -> Parts:
    """The shop with the entangled mug; its engine is made once for all tests, which takes the whole budget."""
    catalogue = read_catalogue(folder)
    return Parts(catalogue, FontBook(catalogue.shop.fonts, ()), Assets(ROOT / "var" / "assets"))


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """What the engine answers has nothing to do with the database."""
    return sqlite_url


def configuration(browser: Browser, chosen: dict[str, str] | Sequence[tuple[str, str]]) -> Any:
    answer = browser.client.get(f"/api/blanks/mug/configuration?{urlencode(chosen)}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_check_blanks_says_that_it_is_searched_and_tells_all_but_the_count(mug: EntangledMug, folder: Path) -> None:
    told = CliRunner().invoke(app, ["check-blanks", str(folder)])
    assert told.exit_code == 0, told.stdout
    lines = told.stdout.split("mug: ")[1]
    assert "too many products to count before artwork" in lines
    assert "Too much hangs together for a circuit: “Option o0”, “Option o1”" in lines
    assert SEARCHED in lines
    alone = read_catalogue(ROOT / "blanks").engine("mug").span({})
    found = read_catalogue(folder).engine("mug").span({})
    expected = mug.least_price(), mug.least_price(dearest=True)
    assert tuple((after - before) / 100 for after, before in zip(found, alone, strict=True)) == expected


def test_the_workshop_says_so_too(wiring: Wiring, browser: Browser) -> None:
    with wiring.database.write() as session:
        hire_maker(session, "deniz@lot-one.example", "Deniz", "make-it-well", "plant-bremen")
    page = browser.get("/workshop")
    browser.press(page, page.forms[0].action, "Sign in", email="deniz@lot-one.example", password="make-it-well")
    page = browser.get("/workshop/blanks/mug")
    assert page.status == 200
    assert SEARCHED in page.text
    assert "“Option o5” and 34 other options are answered" in page.text
    assert "33 more options" in page.text and "o39 value" in page.text
    folded = len(wiring.catalogue.blank("mug").model.rules) - MOST_RULES
    assert f"{folded} more rules" in page.text.replace("\u00a0", " ")
    assert browser.get("/workshop/blanks").status == 200


@pytest.mark.parametrize("seed", [1, 2])
def test_every_click_over_http_tells_the_truth(mug: EntangledMug, browser: Browser, seed: int) -> None:
    rng, chosen = random.Random(seed), dict[str, str]()
    explained = 0
    for key in rng.sample(sorted(mug.options), len(mug.options) - OPEN_AT_THE_END):
        answer = configuration(browser, chosen)
        blocked = {(each["option"], each["value"]): each for each in answer["blocked"]}
        for item in mug.pairs():
            others = {other: value for other, value in chosen.items() if other != item[0]}
            assert mug.possible({**others, item[0]: item[1]}) == (item not in blocked)
        assert answer["dropped"] == []
        assert not any(all(answer["configuration"][k] == v for k, v in rule) for rule in mug.rules)
        ours = [item for item in blocked if item[0] in mug.options]
        if ours and explained < 20:
            explained += 1
            _explains_and_repairs(mug, browser, chosen, blocked[rng.choice(ours)])
        chosen[key] = rng.choice(
            [value for other, value in mug.pairs() if other == key and (key, value) not in blocked]
        )
    _completes_for_the_least(mug, browser, chosen)
    assert explained > 5


def _explains_and_repairs(mug: EntangledMug, browser: Browser, chosen: dict[str, str], blocked: Any) -> None:
    item, because = (blocked["option"], blocked["value"]), blocked["because"]
    choices = [(key, value) for key, value in blocked["choices"]]
    assert all(chosen[key] == value for key, value in choices)
    assert mug.contradicts(because, [item, *choices])
    for rule in because:
        assert not mug.contradicts([each for each in because if each != rule], [item, *choices])
    for choice in choices:
        assert not mug.contradicts(because, [item, *(each for each in choices if each != choice)])
    after = dict(parse_qsl(blocked["repair"]["query"]))
    assert after[item[0]] == item[1]
    kept = {key: value for key, value in after.items() if key in mug.options}
    assert mug.possible(kept)
    changed = [key for key in chosen if key != item[0] and kept[key] != chosen[key]]
    assert len(changed) == mug.fewest_changes(item, chosen, len(changed))
    repaired = configuration(browser, after)
    assert repaired["configuration"][item[0]] == item[1]
    assert repaired["dropped"] == []


def _completes_for_the_least(mug: EntangledMug, browser: Browser, chosen: dict[str, str]) -> None:
    """With few options open, and the mug's own as they are, the prices in reach are those of all products there are."""
    shown = configuration(browser, chosen)["configuration"]
    own = [(key, value) for key, value in shown.items() if key not in mug.options]
    pairs = [(key, each) for key, value in own for each in (["", *value] if isinstance(value, list) else [value])]
    answer = configuration(browser, [*chosen.items(), *pairs])
    prices = [mug.price(each) for each in mug.completions(chosen)]
    price, now = answer["price"], mug.price(answer["configuration"])
    assert (price["least"] - price["each"], price["most"] - price["each"]) == (min(prices) - now, max(prices) - now)


def test_a_blocked_value_is_taken_by_its_button_and_nothing_invalid_reaches_the_cart(
    mug: EntangledMug, wiring: Wiring, browser: Browser
) -> None:
    one, two, three = mug.rules[0]
    page = browser.get(f"/blanks/mug?{urlencode([one, two])}")
    assert "The three of rule 0 do not fit." in page.text
    button = next(each for each in page.form("design").buttons if f"{three[0]}={three[1]}" in each.value)
    page = browser.send(page, page.form("design"), button, {})
    assert page.status == 200
    assert (three[0], three[1]) in page.form("design").fields
    cart = browser.press(page, "design", "Add to cart", **dict([one, two, three]))
    assert cart.status in (200, 422)
    with wiring.database.read() as session:
        hashes = session.execute(text("select hash from stored_design")).scalars().all()
        kept = [stored_design(session, each).configuration for each in hashes]
    for each in kept:
        assert not any(all(each[key] == value for key, value in rule) for rule in mug.rules)


def test_an_invalid_address_shows_what_was_dropped_and_why(mug: EntangledMug, browser: Browser) -> None:
    answer = configuration(browser, dict(mug.rules[3]))
    assert len(answer["dropped"]) == 1
    assert not any(all(answer["configuration"][k] == v for k, v in rule) for rule in mug.rules)
    page = browser.get(f"/blanks/mug?{urlencode(mug.rules[3])}")
    assert "The three of rule 3 do not fit." in page.text
