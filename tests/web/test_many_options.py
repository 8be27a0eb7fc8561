"""A blank with more options than anybody reads through: what a button would set is told in a few words."""

import re
import shutil
from pathlib import Path

import pytest

from configurator.artwork.fonts import FontBook
from configurator.blanks.catalogue import read_catalogue
from configurator.web.assets import Assets
from configurator.web.price_span import MOST_TOLD
from configurator.web.resources import ROOT
from tests.web.browser import Browser
from tests.web.shop import Parts

CHARM = """
[option.charm{at}]
aspect = "equipment"
label = "Charm {at}"
one_of = [{{ key = "gold", label = "Gold", price = "2.00" }}, {{ key = "tin", label = "Tin", price = "0.00" }}]
"""
CHARMS = 30


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Parts:
    """The shop with thirty charms to hang on the mug, golden ones unless somebody says otherwise."""
    folder = Path(shutil.copytree(ROOT / "blanks", tmp_path_factory.mktemp("charms") / "blanks"))
    toml = folder / "mug" / "blank.toml"
    toml.write_text(toml.read_text("utf-8") + "".join(CHARM.format(at=at) for at in range(CHARMS)), "utf-8")
    catalogue = read_catalogue(folder)
    return Parts(catalogue, FontBook(catalogue.shop.fonts, ()), Assets(ROOT / "var" / "assets"))


def told(page: str) -> tuple[list[str], int]:
    """What the button would set, in words, and how many more."""
    found = re.search(r"saves €[^:]+: ([^<]+?)(?: and (\d+) more)?</span>", page)
    assert found
    return found[1].split(", "), int(found[2] or 0)


def test_of_many_changes_the_first_are_told_and_the_others_counted(browser: Browser) -> None:
    page = browser.get("/blanks/mug")
    words, more = told(page.html)
    assert len(words) == MOST_TOLD
    assert more + MOST_TOLD >= CHARMS
    few = told(browser.get("/blanks/mug?" + "&".join(f"charm{at}=gold" for at in range(3, CHARMS))).html)
    assert few[1] == 0 and few[0][-1] == "Charm 2 Tin"
    done = browser.press(page, "design", "Complete it for the least")
    assert {(f"charm{at}", "tin") for at in range(CHARMS)} <= set(done.form("design").fields)
    assert "Nothing you have not chosen could be cheaper" in done.text


def test_of_many_options_nobody_listens_to_all_but_hears_what_they_chose_and_how_many_more_there_are(
    browser: Browser,
) -> None:
    page = browser.get("/blanks/mug?charm4=tin&charm20=gold&inside=white").html
    words = re.search(r'id="described"[^>]*>([^<]+)<', page)
    folded = re.search(r"<h2>Equipment</h2><span[^>]*>([^<]+)<", page)
    assert words and folded
    assert re.match(r"Inside White, Charm 4 Tin, Charm 20 Gold and \d+ other options\.", words[1])
    assert re.fullmatch(r"Charm 4 Tin, Charm 20 Gold, \d+ more", folded[1])
    nothing = browser.get("/blanks/mug?pieces=2").html
    assert re.search(r"<h2>Equipment</h2><span[^>]*>\d+ options<", nothing)
    assert re.search(r'id="described"[^>]*>\d+ options\.', nothing)
