"""Prices derived from costs: they keep the margin, follow the shop's rounding, and are lines that a blank can have."""

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from configurator.blanks.blank import Price, Tier
from configurator.designs.pricing import exact_extras, price_each
from configurator.production.batch_costs import Making, StepCost
from configurator.production.price_proposals import Asked, each_at, margin, proposal, written
from tests.builders import a_design, a_mug, a_shop

ASKED = Asked(45, 10, 120, 4, (1, 6, 12, 25, 50), Decimal(19), Decimal(250))


def a_making(setup: int = 800, run: int = 150, blank: int = 180, sheet: int = 90) -> Making:
    steps = (StepCost("Press", "press", "mug", 6, 2, Decimal(setup), Decimal(run)),)
    return Making(steps, Decimal(blank), sheet, 10, 0.08, 24)


def test_every_quantity_leaves_the_margin_that_was_asked_for() -> None:
    offer = proposal(a_making(), ASKED, Price(1340))
    assert all(row.margin >= 45 for row in offer.rows)
    assert offer.price.base % 10 == 0
    assert all(tier.percent == tier.percent.to_integral_value() for tier in offer.price.tiers)


def test_a_larger_quantity_is_never_dearer() -> None:
    offer = proposal(a_making(), ASKED, Price(1340))
    assert all(after.proposed <= before.proposed for before, after in pairwise(offer.rows))
    assert offer.rows[-1].proposed < offer.rows[0].proposed


@given(
    st.tuples(st.integers(0, 5000), st.integers(0, 2000), st.integers(0, 3000)),
    st.integers(0, 90),
    st.sampled_from([1, 5, 10, 50, 100]),
    st.integers(0, 3000),
)
def test_no_costs_however_odd_lose_the_margin(costs: tuple[int, int, int], kept: int, to: int, extras: int) -> None:
    asked = replace(ASKED, margin=kept, round_to=to, extras=Decimal(extras))
    offer = proposal(a_making(*costs), asked, Price(1000))
    assert all(row.margin >= kept or row.proposed == 0 for row in offer.rows)
    assert all(after.percent > before.percent for before, after in pairwise(offer.price.tiers))
    assert all(0 < tier.percent < 100 for tier in offer.price.tiers)


def test_what_decimals_cut_off_does_not_lose_the_margin() -> None:
    """Found by HYPOTHESIS_PROFILE=search: 65.999999999999999999999999 per cent instead of 66."""
    asked = replace(ASKED, margin=66, round_to=1, extras=Decimal(0))
    offer = proposal(a_making(302, 0, 366), asked, Price(1000))
    assert all(row.margin >= 66 for row in offer.rows)


def test_a_proposal_says_what_a_quote_would_say() -> None:
    mug = a_mug()
    design = a_design(mug, inside="coral")
    extras = exact_extras(design, mug, a_shop())
    for pieces in (1, 9, 10, 25, 50):
        assert each_at(mug.price, extras, pieces) == price_each(design, mug, a_shop(), quantity=pieces)


def test_the_lines_are_those_of_a_blank_toml() -> None:
    price = Price(1320, (Tier(6, Decimal(6)), Tier(12, Decimal(12))))
    assert written(price) == '[price]\nbase  = "13.20"\ntiers = { 6 = "-6%", 12 = "-12%" }\n'
    assert written(Price(1300)) == '[price]\nbase  = "13.00"\n'
    assert written(Price(1300), 0) == '[price]\nbase  = "1300"\n'


@pytest.mark.parametrize(("each", "left"), [(1190, 50), (595, 0), (0, -100)])
def test_a_margin_is_of_the_price_without_vat(each: int, left: int) -> None:
    assert margin(each, Decimal(500), Decimal(19)) == left
