"""Every mistake a maker can make in a blank: the file, the line, and what was expected."""

from pathlib import Path

import pytest

from configurator.blanks.catalogue import read_catalogue
from configurator.blanks.faults import Fault, FaultyBlanks
from tests.blanks.mistakes_read import mistakes
from tests.blanks.small_shop import Shop

BLANK = "cup/blank.toml"


def faults_of(shop: Shop, folder: Path) -> tuple[Fault, ...]:
    """All faults of a shop's files; none when they are right."""
    try:
        read_catalogue(shop.written(folder))
    except FaultyBlanks as faulty:
        return faulty.faults
    return ()


def test_the_small_shop_has_no_mistake(tmp_path: Path) -> None:
    assert faults_of(Shop(), tmp_path) == ()


MISTAKES = mistakes("blank")


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_with_its_file_its_line_and_what_was_expected(mistake: str, tmp_path: Path) -> None:
    shop = MISTAKES[mistake].shop()
    faults = faults_of(shop, tmp_path)
    assert MISTAKES[mistake].is_told(shop, faults), "\n".join(map(str, faults))


def test_all_mistakes_are_told_at_once_and_in_the_order_of_the_file(tmp_path: Path) -> None:
    shop = Shop().spoiled(BLANK, 'tax      = "standard"', 'tax      = "none"').spoiled(BLANK, '"0.40"', '"0,40"')
    shop.spoiled("cup/cup.svg", "</svg>", "<script/></svg>")
    faults = faults_of(shop, tmp_path)
    assert [fault.file for fault in faults] == [BLANK, BLANK, "cup/cup.svg"]
    assert [fault.line for fault in faults] == [*sorted(f.line for f in faults[:2]), 9]


def test_the_refusal_says_how_many_and_lists_them_with_places(tmp_path: Path) -> None:
    with pytest.raises(FaultyBlanks) as refused:
        read_catalogue(Shop().spoiled(BLANK, 'tax      = "standard"', 'tax      = "none"').written(tmp_path))
    assert refused.value.sentence.splitlines() == [
        "The blanks have one mistake.",
        "cup/blank.toml:6: “none” is no tax of the shop. Valid here: standard.",
    ]


def test_a_mix_without_a_default_is_one_mistake(tmp_path: Path) -> None:
    (fault,) = faults_of(Shop().spoiled(BLANK, "default = { oats = 100 }", ""), tmp_path)
    assert fault.sentence.startswith("“default” is missing")


def test_rules_that_leave_no_product_are_a_mistake(tmp_path: Path) -> None:
    gold = '[[rule]]\nbecause = "Only gold sells."\nrequire = "rim = gold"\n\n'
    sparks = '[[rule]]\nbecause = "It sparks."\nrequire = "care.microwave"\n\n'
    shop = Shop().spoiled(BLANK, "[area.wrap]", gold + sparks + "[area.wrap]")
    (fault,) = faults_of(shop, tmp_path)
    assert fault.line in {
        shop.line(BLANK, 'because = "It sparks."') - 1,
        shop.line(BLANK, 'because = "Only gold sells."') - 1,
    }
    assert "These rules together leave no product" in fault.sentence
    assert "“Only gold sells.”" in fault.sentence


@pytest.mark.slow
def test_a_sentence_of_megabytes_is_refused_with_its_limit_and_not_repeated(tmp_path: Path) -> None:
    endless = "It sparks. " * 1_000_000
    rule = f'[[rule]]\nbecause = "{endless}"\nrequire = "not (rim = gold and care.microwave)"\n\n'
    shop = Shop().spoiled(BLANK, "[area.wrap]", rule + "[area.wrap]")
    (fault,) = faults_of(shop, tmp_path)
    assert fault.line == shop.line(BLANK, 'because = "It sparks. It sparks.')
    assert fault.sentence == "“because” has 11,000,000 characters; 500 are possible."


def test_a_long_value_in_a_refusal_is_cut(tmp_path: Path) -> None:
    label = f'label = "{"Rim " * 10_000}"'
    (fault,) = faults_of(Shop().spoiled(BLANK, 'label  = "Rim"', label), tmp_path)
    assert fault.sentence == "“label” has 40,000 characters; 2,000 are possible."


def test_numbers_that_can_never_be_chosen_are_told_as_one_range(tmp_path: Path) -> None:
    number = '[option.width]\naspect = "design"\nlabel = "Width"\nnumber = { least = 100, most = 500, unit = "mm" }\n'
    rule = '[[rule]]\nbecause = "Our oven takes 320 mm."\nrequire = "width <= 320"\n\n'
    shop = Shop().spoiled(BLANK, "[area.wrap]", f"{number}{rule}[area.wrap]")
    (fault,) = faults_of(shop, tmp_path)
    assert fault.sentence == "“321 to 500” can never be chosen: Our oven takes 320 mm."
    assert fault.line == shop.line(BLANK, "number = { least = 100")


def test_a_value_that_can_never_be_chosen_is_a_mistake_at_the_value(tmp_path: Path) -> None:
    rule = '[[rule]]\nbecause = "Coral is sold out for good."\nrequire = "inside = white"\n\n'
    shop = Shop().spoiled(BLANK, "[area.wrap]", rule + "[area.wrap]")
    faults = faults_of(shop, tmp_path)
    line = shop.line(BLANK, '{ key = "coral"')
    assert Fault(BLANK, line, "“coral” can never be chosen: Coral is sold out for good.") in faults


def test_a_default_that_breaks_a_rule_is_a_mistake_at_the_default(tmp_path: Path) -> None:
    rule = '[[rule]]\nbecause = "Not in microwaves."\nwhen = "inside = coral"\nrequire = "not care.microwave"\n\n'
    shop = Shop().spoiled(BLANK, "[area.wrap]", rule + "[area.wrap]")
    faults = faults_of(shop, tmp_path)
    lines = {shop.line(BLANK, 'default = "coral"'), shop.line(BLANK, 'default = ["microwave"]')}
    assert [fault.line in lines and "Not in microwaves." in fault.sentence for fault in faults] == [True]
