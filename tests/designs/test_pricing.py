"""Prices: one exact sum, rounded once, the same wherever it is said."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from configurator.artwork.elements import Shape, Text
from configurator.blanks.blank import Blank, Price, Tier
from configurator.designs.design import Design
from configurator.designs.pricing import cart_totals, price_curve, quote
from configurator.money import vat_within
from tests.blank_builders import a_gift, a_gift_shop
from tests.builders import a_tin
from tests.effort import examples

GIFT, SHOP = a_gift(), a_gift_shop()
ZOE = Text("wrap", "Zoë", "Rubik", 9, "navy", 100, 40)
PLAIN: dict[str, Any] = {
    "inside": "white",
    "rim": "plain",
    "care": frozenset(),
    "extras": frozenset(),
    "pages": 24,
    "mix": (("oats", 500),),
}
BASE = 1340 + 24 * 6 + 305


def a_gift_design(*elements: Text | Shape, **configuration: Any) -> Design:
    return Design("gift", GIFT.version, "fonts-1", {**PLAIN, **configuration}, elements)


CONFIGURATIONS = st.fixed_dictionaries(
    {
        "inside": st.sampled_from(["white", "coral"]),
        "rim": st.sampled_from(["plain", "gold"]),
        "care": st.just(frozenset()),
        "extras": st.frozensets(st.sampled_from(["lid", "box", "card"])),
        "pages": st.sampled_from(range(24, 241, 8)),
        "mix": st.tuples(st.integers(0, 10), st.integers(0, 10)).map(
            lambda units: (("oats", 500 - 25 * sum(units)), ("nuts", 25 * units[0]), ("honey", 25 * units[1]))
        ),
    }
)
ELEMENTS = st.lists(
    st.sampled_from([ZOE, Text("card", "  ", "Rubik", 9, "black", 45, 20), Shape("card", "star", 9, ("black",), 9, 9)])
)
PERCENTS = st.integers(0, 4000).map(lambda number: Decimal(number) / 100)


@st.composite
def blanks(draw: st.DrawFn) -> Blank:
    starts = sorted(draw(st.sets(st.integers(2, 100), max_size=4)))
    percents = sorted(draw(st.lists(PERCENTS, min_size=len(starts), max_size=len(starts))))
    tiers = tuple(Tier(pieces, percent) for pieces, percent in zip(starts, percents, strict=True))
    return a_gift(price=Price(draw(st.integers(0, 20000)), tiers), tax=draw(st.sampled_from(["standard", "reduced"])))


CARTS = st.lists(st.tuples(blanks(), CONFIGURATIONS, st.integers(1, 100)), max_size=6)


@examples(400)
@given(blanks(), CONFIGURATIONS, ELEMENTS, st.integers(1, 100), st.integers(0, 60))
def test_each_is_the_exact_price_rounded_once_and_the_parts_add_up_to_it(
    blank: Blank, configuration: dict[str, Any], elements: list[Any], quantity: int, pooled: int
) -> None:
    design = Design("gift", blank.version, "fonts-1", configuration, tuple(elements))
    found = quote(design, blank, SHOP, quantity=quantity, pooled_with=pooled)
    exact = (
        Fraction(blank.price.base) + 40 * (configuration["inside"] == "coral") + 320 * (configuration["rim"] == "gold")
    )
    exact += sum({"lid": 290, "box": 190, "card": 90}[key] for key in configuration["extras"])
    exact += 6 * configuration["pages"]
    exact += sum(
        Fraction({"oats": 61, "nuts": 163, "honey": 97}[key] * grams, 100) for key, grams in configuration["mix"]
    )
    exact += 250 * (ZOE in elements) + 100 * any(isinstance(element, Shape) for element in elements)
    percent = max((t.percent for t in blank.price.tiers if t.pieces <= quantity + pooled), default=Decimal(0))
    reduced = exact * (100 - Fraction(percent)) / 100
    assert found.each == (reduced + Fraction(1, 2)).__floor__()
    assert found.total == found.each * quantity
    assert found.tier == percent
    assert sum(minor for _, minor in found.parts) == found.each
    assert found.vat == vat_within(found.total, SHOP.taxes[blank.tax])


@examples(200)
@given(blanks(), CONFIGURATIONS)
def test_the_price_curve_says_what_a_quote_says(blank: Blank, configuration: dict[str, Any]) -> None:
    design = Design("gift", blank.version, "fonts-1", configuration, (ZOE,))
    curve = price_curve(design, blank, SHOP)
    assert curve[0][0] == blank.least
    assert curve[-1][0] == blank.most
    assert [each for _, each in curve] == sorted((each for _, each in curve), reverse=True)
    for pieces in range(blank.least, blank.most + 1):
        said = [each for start, each in curve if start <= pieces][-1]
        assert quote(design, blank, SHOP, quantity=pieces).each == said


@examples(300)
@given(
    st.lists(st.tuples(blanks(), CONFIGURATIONS, st.integers(1, 100)), max_size=6), st.sampled_from(["ship", "pickup"])
)
def test_a_cart_adds_up_to_the_cent(lines: list[Any], fulfilment: str) -> None:
    quotes = [quote(Design("gift", b.version, "f", x, (ZOE,)), b, SHOP, quantity=n) for b, x, n in lines]
    totals = cart_totals(quotes, SHOP, fulfilment)
    assert totals.goods == sum(line.each * line.quantity for line in quotes)
    assert totals.total == totals.goods + totals.shipping
    assert totals.vat == sum(line.vat for line in quotes) + totals.shipping_vat
    assert totals.total == sum(line.gross for line in totals.by_rate)
    assert totals.vat == sum(line.vat for line in totals.by_rate)
    rates = [line.percent for line in totals.by_rate]
    assert rates == sorted(set(rates), reverse=True)
    shipped = fulfilment == "ship" and bool(quotes)
    assert totals.shipping == (490 if shipped and totals.goods < 10_000 else 0)


def test_parts_name_what_was_chosen_and_what_the_quantity_saves() -> None:
    design = a_gift_design(ZOE, inside="coral", extras=frozenset({"lid", "box"}))
    found = quote(design, GIFT, SHOP, quantity=10)
    assert found.parts == (
        ("Gift, 330 ml", 1340),
        ("Inside: Coral", 40),
        ("With it: Cork lid, Gift box", 480),
        ("Pages: 24 pages", 144),
        ("Your mix: Oat flakes 500\u00a0g", 305),
        ("All round", 250),
        ("7.5 % less from 10 pieces", -192),
    )
    assert found.each == 2367
    assert found.total == 23670
    assert found.vat == 3779


def test_tiers_count_all_pieces_of_the_blank_in_the_cart() -> None:
    """PAINS 11: three colours of four are twelve pieces; and the tier goes again when the quantity does."""
    design = a_gift_design()
    assert quote(design, GIFT, SHOP, quantity=4).tier == 0
    assert quote(design, GIFT, SHOP, quantity=4, pooled_with=8).tier == Decimal("7.5")
    assert quote(design, GIFT, SHOP, quantity=4, pooled_with=5).tier == 0
    assert quote(design, GIFT, SHOP, quantity=50).tier == 22


def test_a_print_area_is_charged_once_something_is_on_it() -> None:
    assert quote(a_gift_design(), GIFT, SHOP, quantity=1).each == BASE
    empty = Text("wrap", "  ", "Rubik", 9, "navy", 100, 40)
    assert quote(a_gift_design(empty), GIFT, SHOP, quantity=1).each == BASE
    assert quote(a_gift_design(ZOE), GIFT, SHOP, quantity=1).each == BASE + 250
    assert quote(a_gift_design(ZOE, ZOE), GIFT, SHOP, quantity=1).each == BASE + 250


def test_half_a_cent_is_rounded_up_once() -> None:
    mix = (("oats", 250), ("nuts", 250))
    exact = Decimal(1340 + 144) + Decimal(61 * 250 + 163 * 250) / 100
    assert quote(a_gift_design(mix=mix), GIFT, SHOP, quantity=3).each == int(exact.quantize(Decimal(1), ROUND_HALF_UP))


def test_shipping_is_taxed_like_the_goods_at_the_highest_of_their_rates() -> None:
    tin = a_tin()
    muesli = quote(Design("tin", tin.version, "f", {"grams": 500}, ()), tin, SHOP, quantity=1)
    assert cart_totals([muesli], SHOP, "ship").shipping_percent == 7
    gift = quote(a_gift_design(), GIFT, SHOP, quantity=1)
    totals = cart_totals([muesli, gift], SHOP, "ship")
    assert totals.shipping_percent == 19
    assert totals.shipping_vat == vat_within(490, Decimal(19))
    assert [(line.percent, line.gross) for line in totals.by_rate] == [(19, gift.total + 490), (7, muesli.total)]


@pytest.mark.parametrize("fulfilment", ["ship", "pickup", "counter"])
def test_an_empty_cart_costs_nothing(fulfilment: str) -> None:
    totals = cart_totals([], SHOP, fulfilment)
    assert (totals.goods, totals.shipping, totals.total, totals.vat, totals.by_rate) == (0, 0, 0, 0, ())
