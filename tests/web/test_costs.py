"""The costs pages: what a piece costs, a price derived from it, and nothing that changes by itself."""

from dataclasses import replace
from decimal import Decimal

import pytest

from configurator.production.batch_costs import CostAt
from configurator.web.cost_chart import CostCurve, cost_chart
from configurator.web.wiring import Wiring
from tests.web.browser import Browser, Page

MUG = "/workshop/costs/mug?at=plant-bremen"
TAKE = "/workshop/costs/mug/price"


def mug_price(wiring: Wiring) -> int:
    return wiring.catalogue.blank("mug").price.base


def test_every_blank_of_every_facility_shows_what_it_costs(deniz: Browser, wiring: Wiring) -> None:
    for facility in wiring.catalogue.shop.facilities:
        page = deniz.get(f"/workshop/costs?at={facility.key}")
        assert page.status == 200
        for key in wiring.catalogue.blanks:
            one = deniz.get(f"/workshop/costs/{key}?at={facility.key}")
            assert one.status == 200
            made_here = f"/workshop/costs/{key}?at={facility.key}" in page.html
            assert made_here == ("is not made at" not in one.text)


def test_a_price_is_worked_out_from_the_margin_that_is_asked_for(deniz: Browser, wiring: Wiring) -> None:
    modest, greedy = (deniz.get(f"{MUG}&margin={margin}") for margin in (20, 70))
    assert base_of(modest) < base_of(greedy)
    assert mug_price(wiring) == 1300


def base_of(page: Page) -> float:
    return float(page.text.partition('base = "')[2].partition('"')[0])


def test_a_price_is_taken_when_somebody_presses_and_given_back_too(deniz: Browser, wiring: Wiring) -> None:
    before = wiring.catalogue.blank("mug")
    page = deniz.press(deniz.get(f"{MUG}&margin=60"), TAKE, "Sell it at this price")
    assert page.status == 200
    taken = wiring.catalogue.blank("mug")
    assert (taken.price != before.price, taken.version != before.version) == (True, True)
    assert taken.operations == before.operations
    assert "Deniz took over a price here" in page.text
    deniz.press(page, "give-back", "Sell at blank.toml")
    assert wiring.catalogue.blank("mug") == before


def test_a_price_worked_out_from_other_costs_is_not_taken(deniz: Browser, wiring: Wiring) -> None:
    page = deniz.get(f"{MUG}&margin=60")
    costs = deniz.get("/workshop/costs?at=plant-bremen")
    deniz.press(costs, "/workshop/reckoning", "Keep this", order_cost="9.00")
    refused = deniz.press(page, TAKE, "Sell it at this price")
    assert refused.status == 422
    assert "Nothing was taken over" in refused.text
    assert mug_price(wiring) == 1300


def test_the_shop_asks_the_new_price_and_the_api_tells_it(deniz: Browser, wiring: Wiring) -> None:
    deniz.press(deniz.get(f"{MUG}&margin=60"), TAKE, "Sell it at this price")
    base = mug_price(wiring)
    answer = deniz.get("/api/blanks/mug/configuration?inside=white").response.json()
    assert answer["price"]["each"] == base
    assert base != 1300


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("order_cost", "cheap", "What an order costs is “cheap”"),
        ("margin", "96", "The margin is “96”"),
        ("round_to", "0", "What prices are rounded up to is “0”"),
        ("passed_on", "half", "What is passed on is “half”"),
    ],
)
def test_a_refusal_keeps_everything_that_was_typed(
    deniz: Browser, wiring: Wiring, field: str, value: str, sentence: str
) -> None:
    typed = {"order_cost": "3.30", "margin": "33", "round_to": "0.05", "passed_on": "7"} | {field: value}
    page = deniz.press(deniz.get("/workshop/costs?at=plant-bremen"), "/workshop/reckoning", "Keep this", **typed)
    assert page.status == 422
    assert sentence in page.text
    assert dict(page.form("/workshop/reckoning").fields).items() >= typed.items()
    assert wiring.catalogue.shop.costing.order_cost == 120


def test_what_was_kept_is_what_the_shop_reckons_with(deniz: Browser, wiring: Wiring) -> None:
    typed = {"order_cost": "3.30", "margin": "33", "round_to": "0.05", "passed_on": "7"}
    page = deniz.press(deniz.get("/workshop/costs?at=plant-bremen"), "/workshop/reckoning", "Keep this", **typed)
    assert page.status == 200
    costing = wiring.catalogue.shop.costing
    assert (costing.order_cost, costing.margin, costing.round_to, costing.passed_on) == (330, 33, 5, 7)


@pytest.mark.parametrize("wrong", ["margin=99", "usual=many", "quantities=1,200", "quantities=a"])
def test_an_impossible_wish_for_a_price_says_what_can_be_written(deniz: Browser, wrong: str) -> None:
    page = deniz.get(f"{MUG}&{wrong}")
    assert page.status in (200, 422)
    assert "Write it like" in page.text
    assert "Sell it at this price" not in page.text


def test_the_curve_has_a_dot_for_every_real_batch(deniz: Browser, wiring: Wiring) -> None:
    assert "A real batch" not in deniz.get(MUG).text
    cost = CostAt(1, 1, 1, *(Decimal(100),) * 5)
    curve = CostCurve(
        (cost, replace(cost, pieces=20)), ((1, Decimal(900)),), None, 20, ((4, Decimal(700)), (9, Decimal(2000)))
    )
    drawn = str(cost_chart(curve, wiring.currency.written))
    assert drawn.count('class="dot"') == 2 * 2
    assert "<title>9\u00a0pieces, €\u00a020.00 each</title>" in drawn
