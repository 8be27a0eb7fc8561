"""The date of a cart: all its lines together, each after those before, shown, ordered and kept."""

import sqlalchemy as sa
from sqlmodel import select

from configurator.orders.rows import Order
from configurator.production.promise import FRESH
from configurator.production.promise_watch import breaking
from configurator.web.wiring import Wiring
from tests.web.browser import Browser, Page
from tests.web.shop import a_browser
from tests.web.test_order_pages import ADDRESS


def with_mugs(browser: Browser, inside: str) -> Page:
    page = browser.get(f"/blanks/mug?template=club&inside={inside}")
    return browser.press(page, "design", "Add to cart", pieces="100")


def promised(cart: Page) -> str:
    return dict(cart.form("checkout").fields)["promised"]


def test_long_lines_of_one_cart_are_promised_together_and_the_plan_keeps_it(browser: Browser, wiring: Wiring) -> None:
    insides = ["white", "coral", "ultramarine", "teal", "sun", "black"]
    days = [promised(with_mugs(browser, inside)) for inside in insides]
    assert days == sorted(days)
    assert days[-1] > days[0], "six runs of the presses are more than its day"
    with a_browser(wiring) as other:
        assert promised(with_mugs(other, "black")) == days[0], "alone each would be made on the first day"
    cart = browser.get("/cart")
    browser.press(cart, "checkout", "Pay", **ADDRESS)
    wiring.jobs.run_due()
    with wiring.database.read() as session:
        order = session.exec(select(Order)).one()
        late = breaking(session, wiring.catalogue.shop, wiring.clock.now())
    assert order.promised_on.isoformat() == days[-1]
    assert late == ()


def test_no_day_is_promised_for_a_cart_of_which_something_is_sold_out(browser: Browser, wiring: Wiring) -> None:
    assert "the parcel reaches you on" in with_mugs(browser, "white").text
    with wiring.database.write() as session:
        session.execute(sa.text("update stock_item set on_hand = 0 where component = 'mug-white'"))
    wiring.clock.at += FRESH * 2
    cart = browser.get("/cart").text
    assert "is sold out" in cart
    assert "100 pieces, all by" not in cart
    assert "reaches you on" not in cart
