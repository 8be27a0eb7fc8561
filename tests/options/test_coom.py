"""COOM products: what is read into options and rules."""

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest

from configurator.options.compiling import Engine
from configurator.options.coom import coom_model
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


PAINTS = """product { Paint paint Door door 2 Paint frames } enumeration Paint {
    attribute string ral attribute num price attribute kind
    Green = ("6001" 12, Matt) Red = ('3000', 9, Glossy) Blue = ("5002", 11, Matt) }
    enumeration Door { attribute Finish finish Oak = (Matt) Lack = (Glossy) Glass = (Clear) }"""


@pytest.mark.parametrize(
    ("demand", "count"),
    [
        ("require paint.price < 10", 3 * 9),
        ("require paint.kind = Matt", 2 * 3 * 9),
        ("require paint.kind != Matt", 3 * 9),
        ("require paint.ral = '6001' || paint.ral = '3000'", 2 * 3 * 9),
        ("require paint.kind = door.finish", 3 * 9),
        ("require paint.kind != door.finish", 6 * 9),
        ("require frames[0].kind = frames[1].kind", 9 * 5),
        ("combinations (door paint.kind) allow (Oak Matt) allow (Lack (Matt Glossy))", (2 + 3) * 9),
        ("combinations (door.finish paint.kind) forbid (Clear Glossy)", 8 * 9),
    ],
)
def test_an_attribute_that_is_a_text_stands_for_the_values_that_have_it(demand: str, count: int) -> None:
    assert products(f"{PAINTS} behavior {{ {demand} }}") == count


@pytest.mark.parametrize(
    ("demand", "fits"),
    [
        ("require seats.size > 1", lambda sizes, bell: all(size > 1 for size in sizes)),
        ("require 1 < seats.size <= 2", lambda sizes, bell: all(1 < size <= 2 for size in sizes)),
        ("condition seats.size = 3 require bell", lambda sizes, bell: bell or 3 not in sizes),
        ("require seats = Small || bell", lambda sizes, bell: bell or set(sizes) == {1}),
        ("require !(seats = Small)", lambda sizes, bell: 1 not in sizes),
        (
            "combinations (seats bell) allow (Small True) allow ((Middle Large) False)",
            lambda sizes, bell: all((size == 1) is bell for size in sizes),
        ),
        ("require seats.size = seats[0].size", lambda sizes, bell: len(set(sizes)) == 1),
        ("require 2 * count(seats) <= sum(seats.size)", lambda sizes, bell: sum(sizes) >= 6),
        ("require count(seats[1]) + 1 <= seats[1].size", lambda sizes, bell: sizes[1] >= 2),
    ],
)
def test_a_demand_on_several_parts_holds_for_each_of_them(
    demand: str, fits: Callable[[tuple[int, ...], bool], bool]
) -> None:
    text = """product { 3 Seat seats Bool bell } enumeration Seat { attribute num size
    Small = (1) Middle = (2) Large = (3) }"""
    all_seats = itertools.product((1, 2, 3), repeat=3)
    expected = sum(fits(sizes, bell) for sizes in all_seats for bell in (False, True))
    assert products(f"{text} behavior {{ {demand} }}") == expected


def test_parts_of_parts_are_named_from_above_or_from_the_root() -> None:
    text = """product { 2 Box boxes num 0-3 most } structure Box { 2 Tin tins } structure Tin { num 0-3 load }"""
    assert products(f"{text} behavior {{ require boxes.tins.load <= most }}") == sum((n + 1) ** 4 for n in range(4))
    assert products(f"{text} behavior Box {{ require tins.load <= root.most }}") == sum((n + 1) ** 4 for n in range(4))
    assert products(f"{text} behavior {{ require count(boxes.tins) >= most + boxes[1].tins.load }}") == 16 * sum(
        max(0, min(3, 4 - n) + 1) ** 2 for n in range(4)
    )


def test_a_default_of_several_parts_is_what_each_of_them_shows_first() -> None:
    model = coom_model("product { 2 E e } enumeration E { x y } behavior { default e = y }")
    assert [option.domain.default for option in model.options] == ["y", "y"]


def test_a_default_a_lower_case_value_and_an_imply_mean_what_the_language_says() -> None:
    """What the COOM Suite 1.1.2 reads otherwise: it sets a default, passes over the other two. See docs/rules.md."""
    text = "product { E e E f num 1-3 n } enumeration E { none Some } behavior { default e = Some }"
    assert products(text) == 12
    assert products(f"{text} behavior {{ condition e = none require f = none }}") == 9
    assert products(f"{text} behavior {{ condition e = none imply n = 2 }}") == 2 + 6


def test_a_structure_that_no_product_has_demands_nothing() -> None:
    text = "product { Bool b } structure Spare { Bool c } behavior Spare { require c }"
    assert products(text) == 2


def test_a_definition_ends_with_its_block() -> None:
    text = """product { num 0-9 size num 0-9 n } behavior { { define size = n require size <= 3 } require size = 0 }"""
    assert products(text) == 4


def test_an_empty_model_without_rules_is_a_model() -> None:
    assert isinstance(coom_model("product { Bool b }"), Model)
