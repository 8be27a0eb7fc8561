"""What the law asks a food label to say, in its order."""

from dataclasses import replace
from pathlib import Path

import pytest

from configurator.blanks.blank import Blank, Detail
from configurator.blanks.catalogue import read_catalogue
from configurator.blanks.food import allergens, food_label
from configurator.options.model import Grams

BLANKS = Path(__file__).parents[2] / "blanks"


@pytest.fixture(scope="module")
def muesli() -> Blank:
    return read_catalogue(BLANKS).blank("muesli")


def label(muesli: Blank, mix: Grams) -> tuple[str, ...]:
    return food_label(muesli, {"mix": mix})


def test_the_label_says_name_ingredients_traces_weight_date_storage_and_maker_in_this_order(muesli: Blank) -> None:
    mix = (("oats", 250), ("hazelnuts", 75), ("blueberries", 50), ("raisins", 125))
    assert label(muesli, mix) == (
        "Muesli, mixed for you",
        "Ingredients: wholegrain OAT flakes 50 %, raisins (raisins, sunflower oil) 25 %, roasted HAZELNUTS 15 %, "
        "freeze-dried blueberries 10 %.",
        "May contain traces of other NUTS, PEANUTS, SESAME, SOYA and MILK.",
        "Net weight 500 g",
        "Best before and lot: see the bottom of the tin.",
        "Store dry, cool and closed.",
        "Made by Lot One GmbH, Hemelinger Bahnhofstraße 12, 28309 Bremen, Germany",
    )


def test_ingredients_fall_by_weight_and_equal_weights_keep_the_maker_s_order(muesli: Blank) -> None:
    line = label(muesli, (("oats", 100), ("spelt", 200), ("rye", 200)))[1]
    assert line.index("SPELT") < line.index("RYE") < line.index("OAT")


def test_every_allergen_stands_in_capitals(muesli: Blank) -> None:
    names = {
        "gluten": ("OAT", "SPELT", "RYE"),
        "nuts": ("HAZELNUTS", "ALMONDS"),
        "soya": ("SOYA",),
        "sulphites": ("SULPHUR",),
    }
    parts = {key[1]: detail for key, detail in muesli.details.items() if key[0] == "mix" and detail.allergens}
    assert set(parts) == {"oats", "spelt", "rye", "hazelnuts", "almonds", "apple", "chocolate"}
    for part, detail in parts.items():
        line = label(muesli, ((part, 475), ("sunflower", 25)))[1]
        assert any(name in line for allergen in detail.allergens for name in names[allergen]), line


def test_the_allergens_of_a_mix_are_each_named_once(muesli: Blank) -> None:
    assert allergens(muesli, {"mix": (("oats", 300), ("spelt", 100), ("almonds", 100))}) == ("gluten", "nuts")
    assert allergens(muesli, {"mix": (("raisins", 500),)}) == ()


def test_what_is_not_food_has_no_food_label() -> None:
    mug = read_catalogue(BLANKS).blank("mug")
    assert food_label(mug, {}) == ()
    assert allergens(mug, {}) == ()


def test_an_ingredient_without_a_legal_name_is_named_by_its_label_with_its_allergens_in_capitals(muesli: Blank) -> None:
    details = {**muesli.details, ("mix", "sunflower"): Detail(allergens=("sesame",))}
    line = food_label(replace(muesli, details=details), {"mix": (("sunflower", 500),)})[1]
    assert line == "Ingredients: sunflower seeds 100 % (SESAME)."
