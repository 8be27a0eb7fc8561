"""What lies in stock is called as the blanks call it, not by the words of their files."""

from dataclasses import replace

import pytest

from configurator.blanks.catalogue import Catalogue, read_catalogue
from configurator.blanks.stock_names import called_as_in_blanks
from configurator.web.resources import ROOT


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(ROOT / "blanks")


@pytest.mark.parametrize(
    ("component", "label"),
    [
        ("chocolate-g", "Dark chocolate"),
        ("tee-sun-xxl", "T-shirt, Sun yellow, 2XL"),
        ("mug-sun", "Mug, white outside, inside Sun yellow"),
        ("acrylic-night", "Acrylic 3 mm, Night blue, cut for one key ring"),
        ("ring-steel", "Split ring, Steel"),
        ("case-linen", "Book case, Hardcover with linen spine, A4"),
        ("lid-cork", "Cork lid"),
    ],
)
def test_a_component_is_called_as_its_blank_calls_the_value(catalogue: Catalogue, component: str, label: str) -> None:
    assert catalogue.shop.components[component].label == label


def test_every_word_of_a_component_is_one_that_its_blank_calls_so(catalogue: Catalogue) -> None:
    said = {
        label
        for blank in catalogue.blanks.values()
        for option in blank.model.options
        for label in (each.label for each in getattr(option.domain, "values", getattr(option.domain, "parts", ())))
    }
    for component in catalogue.shop.components.values():
        before, *_ = component.pattern.partition("{")
        if component.words:
            assert any(component.label.removeprefix(before).startswith(label) for label in said), component.label


def test_without_the_blank_that_takes_it_the_word_of_the_file_stays(catalogue: Catalogue) -> None:
    others = {key: blank for key, blank in catalogue.blanks.items() if key not in ("tee", "muesli")}
    named = called_as_in_blanks(catalogue.shop, others).components
    assert (named["tee-sun-xxl"].label, named["chocolate-g"].label) == ("T-shirt, sun, xxl", "chocolate")
    assert named["mug-sun"].label.endswith("Sun yellow")


def test_an_option_of_that_name_on_a_blank_that_does_not_take_it_has_no_say(catalogue: Catalogue) -> None:
    tee = catalogue.blanks["tee"]
    stranger = replace(catalogue.blanks["mug"], model=tee.model, uses={"mug-{inside}": 1}, details={})
    named = called_as_in_blanks(catalogue.shop, {"mug": stranger}).components
    assert named["tee-sun-xxl"].label == "T-shirt, sun, xxl"
