"""COOM products: what is read into options and rules, and what is told when something cannot be read."""

import itertools
from pathlib import Path

import pytest

from configurator.options.compiling import Engine
from configurator.options.coom import coom_model
from configurator.options.coom_words import CoomFault
from configurator.options.model import Model, Number, OneOf

SHARED = Path(__file__).parents[3] / "shared/benchmarks/options"

BIKE = """// two wheels that must fit
product {
    Color   color
    Bool    bell
    2x Wheel wheels
    num/l 0-40 load
    Basket  basket
}
structure Basket { Color color  Lid lid }
enumeration Color { Red Green Blue }
enumeration Lid { None Wood }
enumeration Wheel {
    attribute num/inch size
    attribute num weight
    W16 = (16 2)
    W20 = (20, 3)
    W24 = (24 4)
}
behavior {
    define front = wheels[0].size
    explanation "Both wheels have one size"
    require front = wheels[1].size

    explanation "A red bike has a bell." condition color = Red
    require bell

    condition load > 20 && !bell
    require wheels[0].weight >= 3

    explanation "Small wheels take little load."
    combinations (wheels[0].size  load)
    allow        (<20             <=10)
    allow        (>=20            -*-)

    default color = Blue
}
behavior Basket {
    explanation "A wooden lid is not painted blue."
    combinations (lid color)
    forbid (Wood Blue)
}
behavior { imply basket.color = color }
"""


def products(text: str) -> int | None:
    return Engine(coom_model(text)).count()


def bikes() -> int:
    """The same bikes, counted one by one."""
    found = 0
    for colour in ("Red", "Green", "Blue"):
        for lid in ("None", "Wood"):
            for bell in (False, True):
                for size, weight in ((16, 2), (20, 3), (24, 4)):
                    for load in range(41):
                        fits = bell or colour != "Red"
                        fits &= not (load > 20 and not bell) or weight >= 3
                        fits &= load <= 10 or size >= 20
                        fits &= not (lid == "Wood" and colour == "Blue")
                        found += fits
    return found


@pytest.mark.parametrize(("name", "count"), [("tshirt.coom", 68), ("kids-bike.coom", 14)])
def test_the_published_products_have_their_published_counts(name: str, count: int) -> None:
    if not (SHARED / name).exists():
        pytest.skip(f"{name} is not beside this checkout")
    assert products((SHARED / name).read_text()) == count


def test_structures_counts_ranges_tables_and_definitions_mean_what_they_say() -> None:
    assert products(BIKE) == bikes()


def test_parts_become_options_with_names_that_people_can_read() -> None:
    model = coom_model(BIKE)
    assert [(option.key, option.label) for option in model.options] == [
        ("color", "Color"),
        ("bell", "Bell"),
        ("wheels-1", "Wheels 1"),
        ("wheels-2", "Wheels 2"),
        ("load", "Load"),
        ("basket-color", "Basket color"),
        ("basket-lid", "Basket lid"),
    ]
    assert model.options[4].domain == Number(0, 40, 1, "l", 0)
    wheel = model.options[2].domain
    assert isinstance(wheel, OneOf)
    assert [(value.key, dict(value.facts)) for value in wheel.values][:1] == [("w16", {"size": 16, "weight": 2})]


def test_explanations_become_the_sentences_that_customers_read() -> None:
    sentences = [rule.because for rule in coom_model(BIKE).rules]
    assert sentences[:2] == ["Both wheels have one size.", "A red bike has a bell."]
    assert sentences[2] == "This is not made (line 28)."


def test_a_default_is_what_is_shown_first() -> None:
    assert coom_model(BIKE).options[0].domain.default == "blue"


def test_names_that_differ_in_capitals_only_stay_apart() -> None:
    model = coom_model("product { E a E A E and } enumeration E { x X Große 'große' }")
    assert [option.key for option in model.options] == ["a", "a-2", "and-2"]
    domain = model.options[0].domain
    assert isinstance(domain, OneOf)
    assert [value.key for value in domain.values] == ["x", "x-2", "grosse", "grosse-2"]


def test_numbers_are_added_and_subtracted() -> None:
    text = """product { num 0-9 n num 0-9 m E a } enumeration E { attribute num w x = (2) y = (5) }
    behavior { define rest = m - 1  require n + a.w <= rest  condition (n + m) = 9 - 0 require a = x }"""
    pairs = [(n, m, w) for n in range(10) for m in range(10) for w in (2, 5)]
    assert products(text) == sum(n + w <= m - 1 and (n + m != 9 or w == 2) for n, m, w in pairs)


def test_a_table_under_a_condition_holds_only_there() -> None:
    text = """product { E a E b Bool c } enumeration E { x y z }
    behavior { condition c combinations (a b) allow (x (y z)) allow (y -*-) }"""
    assert products(text) == 9 + 2 + 3


def test_conditions_before_a_block_hold_for_all_of_it() -> None:
    text = """product { E a E b Bool c } enumeration E { x y z }
    behavior { explanation "Why." condition c { require a = x  require b != x } }"""
    assert products(text) == 9 + 2
    assert {rule.because for rule in coom_model(text).rules} == {"Why."}


def test_a_feature_may_stand_on_the_right_and_comparisons_may_be_chained() -> None:
    text = """product { E a num 0-9 n num 0-9 m } enumeration E { x y }
    behavior { require x = a  require 2 <= n < m }"""
    assert products(text) == sum(2 <= n < m for n in range(10) for m in range(10))


def test_brackets_and_numbers_before_amounts_are_multiplied_out() -> None:
    text = """product { num 0-9 n num 0-9 m E a } enumeration E { attribute num w x = (2) y = (5) }
    behavior { require n - (m - 2 * a.w) <= 3 * 2 + 1
    require 2 * (n + m) >= -(n - 4) * 3  require (n) + m <= (9 + 5) }"""
    triples = [(n, m, w) for n in range(10) for m in range(10) for w in (2, 5)]
    fits = [n - (m - 2 * w) <= 7 and 2 * (n + m) >= -(n - 4) * 3 and n + m <= 14 for n, m, w in triples]
    assert products(text) == sum(fits)


def test_a_sum_is_taken_over_all_parts_of_a_kind() -> None:
    text = """product { 2 Bag bags 3 Wheel wheels } structure Bag { num 0-5 load 2 Wheel wheels }
    enumeration Wheel { attribute num weight W1 = (1) W2 = (2) }
    behavior { require sum(bags.load) + sum(bags.wheels.weight) <= 2 * sum(wheels.weight) - sum(bags[0].load) }"""
    found = 0
    for loads in itertools.product(range(6), repeat=2):
        for weights in itertools.product((1, 2), repeat=7):
            found += sum(loads) + sum(weights[:4]) <= 2 * sum(weights[4:]) - loads[0]
    assert products(text) == found


def test_a_structure_names_features_of_the_whole_product_from_its_root() -> None:
    text = """product { 2 Seat seats Color color Bool root_ } structure Seat { Color color }
    enumeration Color { Red Blue } behavior Seat { require color = root.color || root.root_ }"""
    assert products(text) == 2 + 2 * 2 * 2


def test_values_of_two_enumerations_are_the_same_by_their_names() -> None:
    text = "product { A a B b } enumeration A { X x y } enumeration B { x X z } behavior { require a = b }"
    assert products(text) == 2
    assert products(text.replace("a = b", "a != b")) == 7


def test_attributes_that_are_no_numbers_are_passed_over() -> None:
    text = """product { Paint paint Door door } enumeration Paint {
    attribute string ral attribute num price attribute kind
    green = ("6001" 12, matt) red = ('3000', 9, glossy) } enumeration Door { attribute Size size
    d = (Large) } behavior { require paint.price < 10 }"""
    assert products(text) == 1


def test_a_structure_that_no_product_has_demands_nothing() -> None:
    text = "product { Bool b } structure Spare { Bool c } behavior Spare { require c }"
    assert products(text) == 2


def test_a_definition_ends_with_its_block() -> None:
    text = """product { num 0-9 size num 0-9 n } behavior { { define size = n require size <= 3 } require size = 0 }"""
    assert products(text) == 4


def told(text: str) -> str:
    with pytest.raises(CoomFault) as fault:
        coom_model(text)
    return fault.value.sentence


COLOURS = "product { Color color Bool bell } enumeration Color { Red Blue }"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Line 1, column 1: There is no “product { … }” in this file."),
        ("produkt {}", "Line 1, column 1: Expected product, structure, enumeration or behavior, found “produkt”. Did"),
        (
            "product { Colr color } enumeration Color { Red }",
            "Line 1, column 11: There is no type “Colr”. Did you mean",
        ),
        ("product { Color }", "Line 1, column 17: Expected a name for the “Color”, found “}”."),
        (
            "product {\n  0..1 Bool b }",
            "Line 2, column 3: “0..1” leaves open how many there are. Only a fixed number of parts can be read,",
        ),
        ("product { 1..* Bool b }", "“1..*” leaves open how many there are."),
        ("product { 0 Bool b }", "“0” leaves open how many there are."),
        ("product { reference S s }", "“reference” features cannot be read. Write the feature where it belongs."),
        (
            "// wheels\nset frontWheel = W28",
            "Line 2, column 1: “set” says what somebody chose of a product.",
        ),
        ("product { string name }", "Line 1, column 11: “string” features cannot be read: they have no values"),
        ("product { num n }", "Line 1, column 11: “n” needs a range, such as num 0-200 n."),
        ("product { num .##/kg n }", "Line 1, column 15: Expected a unit, a range or a name, found “.”. Only whole"),
        (
            "product { S s } structure S { S s }",
            "Line 1, column 17: “S” is a part of itself, so there is no end of it.",
        ),
        (
            "product { Bool b } enumeration E { attribute num n A = (1 2) }",
            "Line 1, column 52: “A” has 2 constants for 1 attributes. Write one for each.",
        ),
        (f"{COLOURS} behavior {{ require colr = Red }}", "There is no feature “colr”. Did you mean “color”?"),
        (f"{COLOURS} behavior {{ require color = Rde }}", "“Color” has no value “Rde”. Did you mean “Red”?"),
        (f"{COLOURS} behavior {{ require color < Red }}", "“Color” has no order; compare it with = or !=."),
        (f"{COLOURS} behavior {{ require color.size = 3 }}", "“Color” has no attribute “size”. It has none."),
        (f"{COLOURS} behavior {{ require color }}", "Expected a comparison, as in color = Red."),
        (f"{COLOURS} behavior {{ require color = Red & bell }}", "“&” has no meaning here. Write “&&”."),
        (f"{COLOURS} behavior {{ requir bell }}", "found “requir”. Did you mean “require”?"),
        (f"{COLOURS} behavior {{ minimize bell }}", "“minimize” cannot be read: it does not say what may go together."),
        (
            f"{COLOURS} behavior {{ combinations (color bell) allow (Red) }}",
            "This row has 1 cells, the table 2 columns.",
        ),
        (f"{COLOURS} behavior Wheel {{ }}", "There is no structure “Wheel” in the product."),
        (
            f"{COLOURS} behavior {{ require count(color) = 1 }}",
            "“count()” cannot be read; of functions only sum() can.",
        ),
        (f"{COLOURS} behavior {{ require {'!' * 50} bell }}", "This is nested too deeply."),
        (f'{COLOURS} behavior {{ explanation "open', "The text has no closing quote."),
        (
            "product { 3 S s } structure S { Bool b } behavior { require s.b }",
            "There are 3 of “s”; name one, as in s[0].",
        ),
        ("product { 3 S s } structure S { Bool b } behavior { require s[3].b }", "it is counted from 0 to 2."),
        (
            "product { E e } enumeration E { x attribute num w y = (2) }",
            "Expected a value or “}”, found “attribute”. Attributes stand before the values that have them.",
        ),
        ("product { num 0-9 n } behavior { require n / 2 < 3 }", "found “/”. Of calculations only +, -, * and sum()"),
        ("product { num 0-9 n } behavior { require n * n < 3 }", "One of the two that “*” joins is a number, as in 2"),
        (f"{COLOURS} behavior {{ require color ⊇ Red }}", "found “⊇”."),
        (f"{COLOURS} behavior {{ exists c in color {{ require c = Red }} }}", "Write a “require” for each part that"),
        ("product { E e } enumeration E { attribute string ral x = ('1') } behavior { require e.ral = 1 }", "… = x"),
        ("product { num 0-9 n } behavior { require n + m < 3 }", "column 46: There is no feature “m”. There are: n."),
        ("product { num 0-9 n } behavior { require n + 1 }", "Expected a comparison, as in color = Red."),
    ],
)
def test_a_mistake_is_told_with_line_and_column_and_what_was_expected(text: str, sentence: str) -> None:
    found = told(text)
    assert sentence in found
    assert found.startswith("Line ")


def test_an_empty_model_without_rules_is_a_model() -> None:
    assert isinstance(coom_model("product { Bool b }"), Model)
