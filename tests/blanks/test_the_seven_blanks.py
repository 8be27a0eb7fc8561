"""The blanks the shop really sells: they load, are drawn, and use every aspect the product knows."""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from configurator.artwork.fonts import FontBook
from configurator.artwork.layout import lay_out
from configurator.blanks.blank import ShapeSpec, TextSpec
from configurator.blanks.catalogue import Catalogue, NoSuchBlank, read_catalogue
from configurator.blanks.checking import check
from configurator.blanks.drawings import read_drawing, read_shape
from configurator.designs.designing import design_for
from configurator.designs.permalink import read
from configurator.designs.pricing import quote
from configurator.options.model import Mix, Number, OneOf, SomeOf

BLANKS = Path(__file__).parents[2] / "blanks"
KEYS = ("board", "tee", "notebook", "muesli", "keyring", "book", "mug")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(BLANKS)


def test_all_seven_are_there_in_the_shop_s_order_and_none_has_a_mistake(catalogue: Catalogue) -> None:
    assert tuple(catalogue.blanks) == KEYS
    assert check(BLANKS).faults == ()


def test_a_blank_that_is_not_there_is_not_found(catalogue: Catalogue) -> None:
    with pytest.raises(NoSuchBlank, match="We have no blank called “mig”"):
        catalogue.blank("mig")
    with pytest.raises(NoSuchBlank):
        catalogue.engine("mig")


@pytest.mark.parametrize("key", KEYS)
def test_a_drawing_is_well_formed_and_has_a_place_for_every_area_and_a_paint_for_every_colour(
    key: str, catalogue: Catalogue
) -> None:
    blank = catalogue.blank(key)
    root = ElementTree.fromstring(blank.drawing)  # noqa: S314 - our own file
    found = {node.get("data-area") for node in root.iter() if node.get("data-area")}
    assert found == {area.key for area in blank.areas}
    grounds = {area.ground.strip("{}") for area in blank.areas if area.ground and area.ground.startswith("{")}
    assert set(re.findall(r"\{([\w-]+)\}", blank.drawing)) | grounds == set(blank.paints)
    assert not re.search(r"<(text|script|style|image|foreignObject)\b|style=|http://(?!www\.w3\.org)", blank.drawing)
    assert read_drawing(blank.drawing).faults == []


@pytest.mark.parametrize("key", KEYS)
def test_every_shape_of_a_blank_is_used_or_offered_and_can_be_printed(key: str, catalogue: Catalogue) -> None:
    blank = catalogue.blank(key)
    for text in blank.shapes.values():
        assert read_shape(text).faults == []
    named = {element.shape for template in blank.templates for element in template.elements if _is_shape(element)}
    backdrops = {area.backdrop.split("{")[0] for area in blank.areas if area.backdrop}
    for shape in blank.shapes:
        assert shape in named or any(shape.startswith(start) for start in backdrops), shape


@pytest.mark.parametrize("key", KEYS)
def test_the_first_template_puts_a_name_where_people_look_first(key: str, catalogue: Catalogue) -> None:
    blank = catalogue.blank(key)
    template = blank.templates[0]
    texts = [element for element in template.elements if isinstance(element, TextSpec)]
    assert texts
    assert template.fields
    assert blank.area(texts[0].area) == blank.areas[0]


def test_together_they_use_every_aspect_and_every_kind_of_option(catalogue: Catalogue) -> None:
    options = [option for blank in catalogue.blanks.values() for option in blank.model.options]
    assert {option.aspect for option in options} == {"taste", "design", "equipment"}
    assert {type(option.domain) for option in options} == {OneOf, SomeOf, Number, Mix}
    assert all(blank.model.rules for blank in catalogue.blanks.values())
    kinds = {area.surface.kind for blank in catalogue.blanks.values() for area in blank.areas}
    assert kinds == {"flat", "quad", "cylinder"}
    looks = {ink.look for method in catalogue.shop.methods.values() for ink in method.inks}
    assert looks == {"flat", "foil", "engraved", "thread"}


def test_every_blank_is_made_somewhere_and_some_in_a_store_while_one_waits(catalogue: Catalogue) -> None:
    stores = [facility for facility in catalogue.shop.facilities if facility.kind == "store"]
    waited = set()
    for key, blank in catalogue.blanks.items():
        centres = {operation.at for operation in blank.operations}
        assert any(facility.makes(centres) for facility in catalogue.shop.facilities), key
        waited |= {key for store in stores if store.makes(centres)}
    assert waited == {"mug", "keyring", "board", "notebook"}


def test_everything_a_blank_uses_is_in_stock_where_it_can_be_made(catalogue: Catalogue) -> None:
    for blank in catalogue.blanks.values():
        used = {name.split("{")[0] for name in blank.uses}
        for facility in catalogue.shop.facilities:
            if not facility.makes({operation.at for operation in blank.operations}):
                continue
            stocked = [c for c in catalogue.shop.components.values() if c.start.get(facility.key, 0) > 0]
            for start in used:
                assert any(component.key.startswith(start) for component in stocked), (blank.key, facility.key, start)


def test_prices_fall_with_the_pieces_and_the_net_weight_of_muesli_is_a_pound(catalogue: Catalogue) -> None:
    for blank in catalogue.blanks.values():
        percents = [tier.percent for tier in blank.price.tiers]
        assert percents == sorted(set(percents))
        assert blank.price.base > 0
    (mix,) = [o.domain for o in catalogue.blank("muesli").model.options if isinstance(o.domain, Mix)]
    assert sum(grams for _, grams in mix.default) == mix.total_g == 500


def test_barcodes_are_eans_and_no_two_are_alike(catalogue: Catalogue) -> None:
    codes = [blank.barcode for blank in catalogue.blanks.values()]
    assert len(set(codes)) == len(codes)
    for code in codes:
        assert sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(code)) % 10 == 0


def test_gold_and_the_microwave_are_kept_apart_with_the_maker_s_sentence(catalogue: Catalogue) -> None:
    answer = catalogue.engine("mug").answer({"care": frozenset({"microwave"})})
    assert answer.blocked["rim", "gold"].because == ("Gold is metal and sparks in a microwave.",)


def test_reading_them_again_gives_the_same_versions() -> None:
    first, second = (read_catalogue(BLANKS) for _ in range(2))
    assert list(_versions(first)) == list(_versions(second))


def _versions(catalogue: Catalogue) -> Iterator[str]:
    return (blank.version for blank in catalogue.blanks.values())


def _is_shape(element: object) -> bool:
    return isinstance(element, ShapeSpec)


@pytest.fixture(scope="module")
def fonts(catalogue: Catalogue) -> FontBook:
    return FontBook(catalogue.shop.fonts)


@pytest.mark.parametrize("key", KEYS)
def test_every_template_as_it_is_offered_can_be_made_without_a_word_from_preflight(
    key: str, catalogue: Catalogue, fonts: FontBook
) -> None:
    blank = catalogue.blank(key)
    configuration = catalogue.engine(key).answer({}).configuration
    for template in blank.templates:
        asked = read([("template", template.key)], blank, catalogue.shop)
        designed = design_for(asked, blank, catalogue.shop, catalogue.engine(key), fonts=fonts.fingerprint)
        assert len(designed.design.elements) == len(template.elements)
        scenes = lay_out(designed.design.elements, blank, configuration, catalogue.shop, fonts)
        assert [finding.sentence for scene in scenes for finding in scene.findings] == [], template.key


PICTURED = {
    "board": 3400, "tee": 1950, "notebook": 2240, "muesli": 1290, "keyring": 780, "book": 2600, "mug": 1590
}  # fmt: skip


@pytest.mark.parametrize("key", KEYS)
def test_the_design_in_the_catalogue_costs_what_the_catalogue_s_drawing_says(key: str, catalogue: Catalogue) -> None:
    blank = catalogue.blank(key)
    asked = read([("template", blank.templates[0].key)], blank, catalogue.shop)
    design = design_for(asked, blank, catalogue.shop, catalogue.engine(key), fonts="any").design
    assert quote(design, blank, catalogue.shop, quantity=1).each == PICTURED[key]
