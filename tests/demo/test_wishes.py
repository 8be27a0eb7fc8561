"""What the people of the demo want can be made, differs, and is the same for the same seed."""

import unicodedata
from pathlib import Path
from random import Random

import pytest

from configurator.artwork.fonts import FontBook
from configurator.artwork.layout import lay_out
from configurator.blanks.catalogue import Catalogue, read_catalogue
from configurator.demo.people import GIVEN, NAMES
from configurator.demo.wishes import wish
from configurator.designs.designing import design_for

BLANKS = Path(__file__).resolve().parents[2] / "blanks"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(BLANKS)


@pytest.fixture(scope="module")
def fonts(catalogue: Catalogue) -> FontBook:
    return FontBook(catalogue.shop.fonts)


def test_the_same_seed_wishes_the_same(catalogue: Catalogue) -> None:
    first, second = Random(7), Random(7)
    assert [wish(first, catalogue).asked for _ in range(40)] == [wish(second, catalogue).asked for _ in range(40)]


def test_every_blank_is_wanted_by_somebody(catalogue: Catalogue) -> None:
    random = Random(1)
    assert {wish(random, catalogue).blank.key for _ in range(200)} == set(catalogue.blanks)


def test_whatever_somebody_wishes_can_be_made_at_once_or_in_another_ink(catalogue: Catalogue, fonts: FontBook) -> None:
    random = Random(3)
    for _ in range(60):
        wanted = wish(random, catalogue)
        engine = catalogue.engine(wanted.blank.key)
        designed = design_for(wanted.asked, wanted.blank, catalogue.shop, engine, fonts=fonts.fingerprint)
        scenes = lay_out(designed.design.elements, wanted.blank, designed.design.configuration, catalogue.shop, fonts)
        errors = [finding for scene in scenes for finding in scene.findings if finding.level == "error"]
        assert [error for error in errors if not error.fixes[0][1].startswith("ink")] == [], wanted.asked
        assert wanted.blank.least <= wanted.asked.quantity <= wanted.blank.most


def test_the_names_of_the_demo_are_written_in_many_scripts() -> None:
    scripts = {unicodedata.name(sign).split()[0] for name in (*NAMES, *GIVEN) for sign in name if sign.isalpha()}
    assert {"LATIN", "GREEK", "CYRILLIC", "ARABIC", "HEBREW", "DEVANAGARI", "THAI"} <= scripts
