"""Warnings of preflight on the checkout page: which piece has which, and no order without the tick."""

from sqlmodel import select

from configurator.orders.rows import OrderLine
from configurator.web.wiring import Wiring
from tests.web.browser import Browser
from tests.web.test_order_pages import ADDRESS

TINY = "/blanks/mug?kind-1=text&area-1=wrap&text-1=Zo%C3%AB&font-1=archivo&size-1=2&ink-1=navy&x-1=178&y-1=40"


def test_a_warning_stands_at_checkout_and_is_ticked_before_paying(browser: Browser, wiring: Wiring) -> None:
    cart = browser.press(browser.get(TINY), "design", "Add to cart")
    assert "Letters under 2 mm do not come out well" in cart.text

    refused = browser.press(cart, "checkout", "Pay", **ADDRESS)
    assert refused.status == 422
    assert "Tick that it is to be made as it is" in refused.text

    (tick,) = refused.form("checkout").options["warned"]
    ordered = browser.press(refused, "checkout", "Pay", **ADDRESS, warned=tick)
    assert ordered.path.startswith("/orders/")
    assert "Made as designed You ticked this when ordering" in ordered.text
    assert "Letters under 2 mm do not come out well" in ordered.text
    with wiring.database.read() as session:
        (line,) = session.exec(select(OrderLine)).all()
    assert len(line.warnings) == 1 and "Letters under 2 mm" in line.warnings[0]


def test_a_design_without_warnings_asks_for_no_tick(browser: Browser) -> None:
    cart = browser.press(browser.get("/blanks/mug?template=club"), "design", "Add to cart")
    assert "warned" not in cart.form("checkout").options
    assert "Made as designed" not in browser.press(cart, "checkout", "Pay", **ADDRESS).text
