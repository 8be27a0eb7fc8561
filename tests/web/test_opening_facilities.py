"""A maker opens another store or plant, gives it machines and stock, and closes it when nothing is left to do there."""

import sqlalchemy as sa
from sqlmodel import col

from configurator.orders.rows import Order, Piece
from configurator.production.promise import FRESH
from configurator.web.wiring import Wiring
from tests.web.browser import Browser, Page
from tests.web.test_order_pages import ADDRESS

BREMEN = "/workshop/facility?at=store-bremen"
LEIPZIG = {
    "new__kind": "store",
    "new__name": "Lot One Leipzig",
    "new__street": "Karl-Liebknecht-Straße 8",
    "new__postcode": "04107",
    "new__town": "Leipzig",
}


def opened(deniz: Browser, **changes: str) -> Page:
    return deniz.press(deniz.get(BREMEN), "/workshop/facility/openings", "Open it", **{**LEIPZIG, **changes})


def later(wiring: Wiring) -> None:
    """Until what pages remember of stock and backlog is read anew."""
    wiring.clock.at += FRESH * 2  # type: ignore[attr-defined]  # the tests' clock is fixed


def test_a_new_store_begins_with_the_calendar_of_another_and_without_machines(deniz: Browser, wiring: Wiring) -> None:
    page = opened(deniz, new__days__from__plant__bremen="2")
    assert "?at=store-leipzig&" in page.path
    assert "Lot One Leipzig has no machines yet" in page.text
    shop = wiring.catalogue.shop
    new, like = shop.facility("store-leipzig"), shop.facility("store-bremen")
    assert (new.kind, new.opens, new.workdays, new.holidays) == ("store", like.opens, like.workdays, like.holidays)
    assert (new.centres, new.bins, new.wage) == ({}, like.bins, like.wage)
    assert shop.days_between(shop.facility("plant-bremen"), "store-leipzig") == 2
    assert "Pick up in Leipzig" in in_the_cart(deniz).text


def in_the_cart(browser: Browser) -> Page:
    return browser.press(browser.get("/blanks/mug"), "design", "Add to cart")


def test_with_machines_and_stock_it_makes_what_is_fetched_there(deniz: Browser, wiring: Wiring) -> None:
    opened(deniz, new__machines="yes")
    stock = deniz.get("/workshop/stock?at=store-leipzig")
    assert "Nothing is kept at Lot One Leipzig yet" in stock.text
    for component in wiring.catalogue.shop.components:
        stock = deniz.press(
            deniz.get("/workshop/stock?at=store-leipzig"), "/receipts", "Receive", component=component, count="500"
        )
    later(wiring)
    cart = deniz.press(in_the_cart(deniz), "checkout", "Show the sum", way="pickup:store-leipzig")
    deniz.press(cart, "checkout", "Pay", **ADDRESS)
    wiring.jobs.run_due()
    with wiring.database.read() as session:
        assert session.execute(sa.select(col(Piece.facility))).scalars().all() == ["store-leipzig"]
    board = deniz.get("/workshop?at=store-leipzig")
    assert "B-" in board.text


def test_what_is_missing_is_told_and_nothing_typed_is_lost(deniz: Browser) -> None:
    page = opened(deniz, new__town="")
    assert page.status == 422
    assert "Write the name, street, postcode and town" in page.text
    assert dict(page.form("/openings").fields)["new-name"] == "Lot One Leipzig"
    assert "Choose whether it is a plant" in opened(deniz, new__kind="").text
    assert "is no time zone" in opened(deniz, new__timezone="Leipzig").text


def test_the_same_form_sent_twice_opens_one_store(deniz: Browser, wiring: Wiring) -> None:
    opened(deniz)
    twice = opened(deniz)
    assert (twice.status, "There is a “Lot One Leipzig” already." in twice.text) == (409, True)
    again = opened(deniz, new__name="Lot One Leipzig Süd")
    assert "?at=store-leipzig-2&" in again.path
    assert len(wiring.catalogue.shop.facilities) == 7


def closed(deniz: Browser, key: str) -> Page:
    return deniz.press(deniz.get(f"/workshop/facility?at={key}"), "/workshop/facility/closings", "Close ")


def test_a_store_is_closed_only_when_nothing_is_left_to_do_there(deniz: Browser, wiring: Wiring) -> None:
    opened(deniz, new__machines="yes")
    cart = deniz.press(in_the_cart(deniz), "checkout", "Show the sum", way="pickup:store-leipzig")
    order = deniz.press(cart, "checkout", "Pay", **ADDRESS)
    refused = closed(deniz, "store-leipzig")
    assert refused.status == 409
    with wiring.database.read() as session:
        number = session.execute(sa.select(col(Order.number))).scalar_one()
    assert f"Lot One Leipzig cannot be closed yet: 1 order is to be picked up there ({number})" in refused.text
    deniz.press(order, "/cancellations", "Cancel")
    wiring.jobs.run_due()
    page = closed(deniz, "store-leipzig")
    assert "Lot One Leipzig is closed" in page.text
    assert "Pick up in Leipzig" not in in_the_cart(deniz).text
    assert deniz.get(order.path).status == 200, "orders of before can be read"
    assert wiring.catalogue.shop.facility("store-leipzig").name == "Lot One Leipzig"
    again = deniz.press(page, "/workshop/facility/reopenings", "Open it again")
    assert "Lot One Leipzig is closed" not in again.text
    assert "Pick up in Leipzig" in in_the_cart(deniz).text


def test_one_of_shop_toml_is_closed_too_but_never_the_last_plant(deniz: Browser, wiring: Wiring) -> None:
    plants = [one.key for one in wiring.catalogue.shop.facilities if one.kind == "plant"]
    for key in plants[1:]:
        assert "is closed" in closed(deniz, key).text
    last = closed(deniz, plants[0])
    assert "it is the only plant, and parcels leave from one" in last.text
    assert [one.key for one in wiring.catalogue.shop.facilities if one.kind == "plant"] == plants[:1]
    assert deniz.get("/workshop").status == 200


def test_how_long_a_rush_batch_waits_is_a_rule_of_the_facility(deniz: Browser, wiring: Wiring) -> None:
    place = "/workshop/facility?at=plant-bremen"
    n = len(wiring.catalogue.shop.facility("plant-bremen").rules) + 1
    deniz.press(deniz.get(place), "/workshop/facility/rules", "Keep the rules", **{f"rule__rush__{n}": "25"})
    rule = wiring.catalogue.shop.facility("plant-bremen").rules[-1]
    assert rule.rush_min == 25
    assert dict(deniz.get(place).form("/rules").fields)[f"rule-rush-{n}"] == "25"


def test_a_new_setup_family_can_be_written_before_a_blank_has_it_and_the_page_says_so(
    deniz: Browser, wiring: Wiring
) -> None:
    place = "/workshop/facility?at=plant-bremen"
    assert "No step of a blank has" not in deniz.get(place).text
    setups = wiring.catalogue.shop.setups
    pair, ladder = len(setups.table) + 1, setups.ladders[0]
    new = {f"setup__from__{pair}": "mug-neon", f"setup__to__{pair}": "mug-white", f"setup__min__{pair}": "21"}
    order = {"ladder__order__1": ", ".join((*ladder.order, "ultraviolet"))}
    page = deniz.press(deniz.get(place), "/workshop/facility/setups", "Keep the setups", **new, **order)
    changeovers = wiring.catalogue.shop.changeovers
    assert changeovers["mug-neon", "mug-white"] == 21
    value = ladder.families.replace("*", "ultraviolet")
    assert changeovers[ladder.families.replace("*", ladder.order[0]), value] == ladder.down_min
    assert "No step of a blank has" in page.text
    assert "mug-neon" in page.text
    assert value in page.text
