"""A visitor of the demo sees a delivery that is expected: the day in the customiser, an order that waits for it."""

from random import Random

from sqlmodel import col, select

from configurator.demo.deliveries import COMES, COMPONENT, WAITED_FOR, expect_goods
from configurator.demo.week import Demo
from configurator.orders.rows import Order
from configurator.production.batch_store import unplanned
from configurator.production.promise import FRESH
from configurator.production.promise_watch import breaking
from configurator.stock.rows import ExpectedGoods
from configurator.web.studio import Studio
from configurator.web.wiring import Wiring
from tests.web.browser import Browser
from tests.web.shop import browser, parts, wiring

__all__ = ["browser", "parts", "wiring"]


def test_what_the_demo_has_sold_out_of_is_expected_and_waited_for_in_time(browser: Browser, wiring: Wiring) -> None:
    demo = Demo(wiring, Studio(wiring), wiring.clock, Random(1))  # type: ignore[arg-type]  # the tests' clock is fixed
    assert expect_goods(demo)
    with wiring.database.read() as session:
        goods = session.exec(select(ExpectedGoods).where(col(ExpectedGoods.component) == COMPONENT)).one()
        assert (goods.count, goods.promised) == (COMES, WAITED_FOR)
        assert session.exec(select(Order.promised_on)).one() > goods.expected_on
        assert breaking(session, wiring.catalogue.shop, wiring.clock.now()) == ()
        left = unplanned(session)
        assert len(left) == WAITED_FOR
        assert all("expected" in piece.reason for piece in left)
    demo.clock.at += FRESH * 2
    said = browser.get("/blanks/mug?inside=black").text
    assert f"{COMES - WAITED_FOR} more are expected on" in said
