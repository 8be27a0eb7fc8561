"""The shop's own blanks: every template of every blank comes out as drawn, in every view, with nothing to mend."""

from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree

import pytest

from configurator.artwork.elements import Element, Shape, Text
from configurator.artwork.fonts import FontBook
from configurator.artwork.freezing import freeze, thaw
from configurator.artwork.layout import lay_out
from configurator.artwork.mockup import Side, mockup, views
from configurator.artwork.scene import Scene
from configurator.artwork.shapes import read_shape
from configurator.artwork.svg import flat_svg
from configurator.blanks.blank import Blank, Template, TextSpec
from configurator.blanks.catalogue import Catalogue, read_catalogue

FOLDER = Path(__file__).parents[2] / "blanks"
MOST_BYTES = 56_000


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    return read_catalogue(FOLDER)


@lru_cache(maxsize=1)
def fonts() -> FontBook:
    return FontBook(catalogue().shop.fonts)


def filled(template: Template) -> tuple[Element, ...]:
    words = {field.key: field.example for field in template.fields}
    return tuple(
        Text(
            *(spec.area, spec.text.format_map(words), spec.font, spec.size_mm, spec.ink, *spec.at_mm),
            *(spec.arc_mm, spec.fit_mm, spec.spacing_mm),
        )
        if isinstance(spec, TextSpec)
        else Shape(spec.area, spec.shape, spec.width_mm, spec.inks, *spec.at_mm)
        for spec in template.elements
    )


def laid(blank: Blank, elements: tuple[Element, ...]) -> tuple[Scene, ...]:
    engine = catalogue().engine(blank.key)
    return lay_out(elements, blank, engine.answer({}).configuration, catalogue().shop, fonts())


TEMPLATES = [
    pytest.param(blank, template, id=f"{key}-{template.key}")
    for key, blank in catalogue().blanks.items()
    for template in blank.templates
]


@pytest.mark.parametrize(("blank", "template"), TEMPLATES)
def test_a_template_has_nothing_to_mend(blank: Blank, template: Template) -> None:
    assert [finding.sentence for scene in laid(blank, filled(template)) for finding in scene.findings] == []


@pytest.mark.parametrize(("blank", "template"), TEMPLATES)
def test_a_template_is_pictured_well_formed_and_small_in_every_view(blank: Blank, template: Template) -> None:
    scenes = laid(blank, filled(template))
    configuration = catalogue().engine(blank.key).answer({}).configuration
    for view in views(blank):
        svg = mockup(blank, configuration, scenes, id_prefix="p", side=Side(view), guides=True)
        ElementTree.fromstring(svg)  # noqa: S314  # our own picture
        assert "{" not in svg
        assert len(svg.encode()) < MOST_BYTES


@pytest.mark.parametrize(("blank", "template"), TEMPLATES)
def test_a_template_is_frozen_and_thawed_and_shown_flat(blank: Blank, template: Template) -> None:
    scenes = laid(blank, filled(template))
    assert thaw(freeze(scenes)) == scenes
    for scene in scenes:
        ElementTree.fromstring(flat_svg(scene, id_prefix="f", guides=True))  # noqa: S314  # our own picture


@pytest.mark.parametrize("key", list(catalogue().blanks))
def test_every_shape_of_a_blank_can_be_made(key: str) -> None:
    for shape in catalogue().blanks[key].shapes.values():
        assert read_shape(shape).parts


@pytest.mark.parametrize("key", list(catalogue().blanks))
@pytest.mark.parametrize("name", ["Marit", "Wilhelmina", "Дмитрий", "محمد", "प्रिया", "สวัสดี", "שלום"])
def test_a_name_in_any_script_shows_on_every_blank(key: str, name: str) -> None:
    blank = catalogue().blanks[key]
    area = next(area for area in blank.areas if area.auto == "none")
    ink = catalogue().shop.methods[area.method].inks[0]
    middle = area.size_mm[0] / 2, area.size_mm[1] / 2
    text = Text(area.key, name, "lobster", 12, ink.key, *middle, fit_mm=area.size_mm[0] * 0.7)
    scene = next(scene for scene in laid(blank, (text,)) if scene.area == area.key)
    assert not [finding for finding in scene.findings if finding.level == "error"]
    assert scene.boxes[1].width > 3
