"""From what is asked to a design, its words, and what making it takes."""

import json
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

from configurator.artwork.elements import Shape, Text
from configurator.designs.design import Design, read_design
from configurator.designs.designing import Designed, design_for, finished
from configurator.designs.permalink import read
from configurator.designs.pricing import components, configuration_lines, operations, summary, title
from configurator.options.compiling import compiled
from tests.blank_builders import a_gift, a_gift_shop

GIFT, SHOP = a_gift(), a_gift_shop()


def designed(query: str) -> Designed:
    asked = read(parse_qsl(query, keep_blank_values=True), GIFT, SHOP)
    return design_for(asked, GIFT, SHOP, compiled(GIFT.model), fonts="fonts-1")


def test_a_template_is_filled_with_examples_until_something_is_typed() -> None:
    found = designed("template=best&f.name=Zo%C3%AB")
    assert found.fields == {"name": "Zoë", "year": "2026"}
    assert found.design.elements == (
        Text("wrap", "WORLD’S BEST Zoë", "Rubik", 9, "navy", 100, 30, arc_mm=60),
        Text("card", "Zoë, 2026 {x}", "Rubik", 6, "black", 45, 25, fit_mm=80),
        Shape("wrap", "heart", 12, ("navy",), 100, 60),
    )


def test_a_field_that_is_emptied_stays_empty_and_braces_stay_as_typed() -> None:
    elements = designed("template=best&f.name={year}&f.year=").design.elements
    assert [element.text for element in elements if isinstance(element, Text)] == [
        "WORLD’S BEST {year}",
        "{year},  {x}",
    ]


def test_elements_asked_for_one_by_one_take_the_place_of_the_template() -> None:
    found = designed("template=best&kind-1=text&area-1=card&text-1=Zo%C3%AB")
    assert [element.area for element in found.design.elements] == ["card"]


def test_the_same_wish_is_the_same_design_and_another_letter_is_another() -> None:
    """PAINS 12: two different texts never merge."""
    zoe = designed("text-1=Zoe&rim=gold&inside=white").design
    assert zoe.hash == designed("inside=white&rim=gold&x-1=100&text-1=Zoe").design.hash
    assert zoe.hash != designed("text-1=Zoë&rim=gold&inside=white").design.hash
    assert zoe.hash != designed("text-1=Zoe&rim=plain&inside=white").design.hash


def test_a_design_is_the_same_whether_a_value_was_chosen_or_filled_in() -> None:
    assert designed("inside=white&pages=96").design.hash == designed("").design.hash


def test_a_design_is_read_back_from_its_canonical_words() -> None:
    design = designed(
        "template=best&f.name=%3Cb%3EZo%C3%AB%3C%2Fb%3E+%F0%9F%8E%89+%D9%85%D8%AD%D9%85%D8%AF&care="
    ).design
    assert read_design(design.canonical) == design
    assert read_design(design.canonical).hash == design.hash


def test_empty_texts_of_the_form_do_not_go_into_the_order() -> None:
    found = designed("text-1=Zoe&add=text:wrap").design
    assert len(found.elements) == 2
    assert finished(found).hash == designed("text-1=Zoe").design.hash
    assert finished(finished(found)) == finished(found)


def test_a_design_is_described_by_its_texts_and_all_its_choices() -> None:
    design = designed("text-1=Zo%C3%AB&rim=gold&care=&extras=&extras=lid&extras=box").design
    assert title(design, GIFT) == "Gift, 330 ml, Zoë"
    assert configuration_lines(design, GIFT) == (
        ("Inside", "White"),
        ("Rim", "Gold"),
        ("Care", "none"),
        ("With it", "Cork lid, Gift box"),
        ("Pages", "96 pages"),
        ("Your mix", "Oat flakes 400\u00a0g, Honey 100\u00a0g"),
    )
    assert summary(design, GIFT) == (
        "“Zoë”, White, Gold, Cork lid, Gift box, 96 pages, Oat flakes 400\u00a0g, Honey 100\u00a0g"
    )


def test_a_summary_fits_one_line() -> None:
    long = designed("&".join(f"text-{number}={'w' * 110}" for number in range(1, 4))).design
    assert len(summary(long, GIFT)) <= 200
    assert summary(long, GIFT).endswith("…")


def test_one_piece_takes_what_the_blank_and_its_values_take_from_stock() -> None:
    design = designed("rim=gold&inside=coral&extras=&extras=box&mix.oats=300&mix.honey=200").design
    assert components(design, GIFT) == {
        "mug-coral": 1,
        "page-96": 1,
        "gold-leaf": 2,
        "box-coral": 1,
        "oats-g": 300,
        "honey-mg": 200_000,
    }


def test_the_routing_has_what_values_and_printed_areas_add_with_families_filled_in() -> None:
    def families(query: str) -> list[tuple[str, str]]:
        return [(operation.name, operation.family) for operation in operations(designed(query).design, GIFT)]

    plain = [("Print", "transfer-paper"), ("Press", "mug-white")]
    assert families("") == plain
    assert families("rim=gold") == [*plain, ("Gild", "gilding-none")]
    assert families("rim=gold&care=dishwasher")[2] == ("Gild", "gilding-dishwasher")
    engraved = families("text-1=Z&area-1=card")
    assert engraved == [*plain, ("Engrave", "laser-oats+honey")]


def test_an_impossible_wish_still_gives_a_design_that_can_be_made() -> None:
    found = designed("rim=gold&care=microwave&mix.oats=1&pages=7")
    rules: Any = found.design.configuration
    assert not (rules["rim"] == "gold" and "microwave" in rules["care"])
    assert found.answer.unfinished.keys() == {"mix"}
    assert isinstance(found.design, Design)


def test_turn_lines_and_outline_are_part_of_the_design_and_a_lock_is_not() -> None:
    plain, rich = "text-1=A", "text-1=A%0AB&turn-1=12&outline-1=0.5&align-1=left"
    assert designed(plain).design.hash != designed(rich).design.hash
    assert read_design(designed(rich).design.canonical) == designed(rich).design
    locked = designed(f"{rich}&lock-1=yes").design
    assert locked.elements[0].locked
    assert finished(locked).hash == designed(rich).design.hash


def test_what_is_at_its_usual_value_is_not_said_so_that_a_later_property_changes_no_hash() -> None:
    assert "turn" not in designed("text-1=A").design.canonical
    assert "leading" not in designed("text-1=A").design.canonical


def test_canonical_words_are_json_with_sorted_keys_and_nothing_between() -> None:
    for query in ("", "template=best&f.name=Zo%C3%AB", "text-1=A&size-1=9&ribbon=none", "shape-1=heart&turn-1=15"):
        canonical = designed(query).design.canonical
        again = json.dumps(json.loads(canonical), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert canonical == again


def test_elements_that_are_equal_and_written_otherwise_make_designs_of_their_own() -> None:
    whole, part = (Text("wrap", "A", "Rubik", size, "navy", 10, 10) for size in (9, 9.0))
    one, other = (replace(designed("").design, elements=(element,)) for element in (whole, part))
    assert whole == part
    assert ('"size_mm":9,' in one.canonical, '"size_mm":9.0,' in other.canonical) == (True, True)
    assert one.hash != other.hash
