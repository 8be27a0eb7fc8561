"""A ready design can be read on every colour there is: picking a cloth never loses a template's own words."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from configurator.artwork.dressing import ground_of
from configurator.artwork.elements import Shape, Text
from configurator.artwork.fonts import FontBook
from configurator.artwork.layout import lay_out
from configurator.blanks.blank import Blank, TextSpec
from configurator.blanks.catalogue import Catalogue, read_catalogue
from configurator.designs.design import Design
from configurator.designs.designing import design_for
from configurator.designs.permalink import Asked
from configurator.designs.template_inks import inks_on
from configurator.options.model import OneOf

BLANKS = Path(__file__).resolve().parents[2] / "blanks"
KEYS = ("board", "tee", "notebook", "muesli", "keyring", "book", "mug")
BLEACHED = "bleached stands out little"
"""The one engraving that a pale cover leaves pale: there is no other ink to take."""


@cache
def shop() -> tuple[Catalogue, FontBook]:
    catalogue = read_catalogue(BLANKS)
    return catalogue, FontBook(catalogue.shop.fonts)


def designed(blank: Blank, template: str, **choices: str) -> Design:
    catalogue, _ = shop()
    engine = catalogue.engine(blank.key)
    return design_for(Asked(choices, template=template), blank, catalogue.shop, engine, fonts="as they are").design


def grounds(blank: Blank, template: str) -> Iterator[Design]:
    """The template on every colour that any of the blank's choices gives what it stands on."""
    seen = set()
    for option in blank.model.options:
        for value in option.domain.values if isinstance(option.domain, OneOf) else ():
            design = designed(blank, template, **{option.key: value.key})
            ground = tuple(ground_of(blank.area(e.area), blank, design.configuration) for e in design.elements)
            if ground not in seen:
                seen.add(ground)
                yield design


@pytest.mark.parametrize("key", KEYS)
def test_no_template_of_any_blank_is_lost_on_any_of_its_colours(key: str) -> None:
    catalogue, fonts = shop()
    blank = catalogue.blank(key)
    for template in blank.templates:
        for design in grounds(blank, template.key):
            scenes = lay_out(design.elements, blank, design.configuration, catalogue.shop, fonts, {})
            found = [finding for scene in scenes for finding in scene.findings if BLEACHED not in finding.sentence]
            assert not found, (template.key, dict(design.configuration), [each.sentence for each in found])


def test_the_walk_sees_every_cloth_of_the_shirt() -> None:
    blank = shop()[0].blank("tee")
    assert len(list(grounds(blank, "club"))) == 6


def test_an_ink_that_stands_out_stays_and_one_that_does_not_gives_way_to_what_the_maker_named() -> None:
    blank = shop()[0].blank("tee")
    inks = {
        colour: [
            element.inks if isinstance(element, Shape) else element.ink
            for element in designed(blank, "club", colour=colour).elements
            if isinstance(element, (Shape, Text))
        ]
        for colour in ("forest", "cream", "sun")
    }
    assert inks["forest"] == [("sun", "cream"), "cream", "sun"]
    assert inks["cream"] == [("coral", "navy"), "navy", "coral"]
    assert inks["sun"] == [("coral", "navy"), "navy", "coral"]


def test_without_another_ink_of_the_makers_the_one_that_stands_out_most_is_taken() -> None:
    catalogue, _ = shop()
    blank = catalogue.blank("tee")
    spec = TextSpec("front", "Zoë", "archivo", 40, (170, 200), "cream")
    cream = designed(blank, "club", colour="cream").configuration
    assert inks_on(spec, blank, catalogue.shop, cream) != ("cream",)
    assert inks_on(spec, blank, catalogue.shop, designed(blank, "club", colour="forest").configuration) == ("cream",)


def test_letters_in_an_outline_that_can_be_seen_keep_the_colour_of_the_cloth() -> None:
    catalogue, _ = shop()
    blank = catalogue.blank("tee")
    spec = TextSpec("front", "Zoë", "archivo", 40, (170, 200), "cream", outline_mm=2, outline_ink="navy")
    cream = designed(blank, "club", colour="cream").configuration
    assert inks_on(spec, blank, catalogue.shop, cream) == ("cream",)
    assert inks_on(replace(spec, outline_ink="cream"), blank, catalogue.shop, cream) != ("cream",)
