"""What is sold out and expected again, on every page: the day and the reason, an order for after it, the delivery."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from configurator.orders.rows import Order, Piece
from configurator.production.promise import FRESH
from configurator.staff.hiring import hire_maker
from configurator.stock.expecting import Expected, expect
from configurator.stock.receiving import Goods
from configurator.stock.rows import ExpectedGoods, StockClaim
from configurator.web.wiring import Wiring
from tests.web.browser import Browser, Button, Form, Page
from tests.web.shop import a_browser
from tests.web.test_order_pages import ADDRESS

MUG = "/blanks/mug?template=club&inside=white"
SAID = "12 more are expected on Thursday 3 Dec."
MAIL, PASSWORD = "deniz@lot-one.example", "make-it-well"


@pytest.fixture
def sold_out(wiring: Wiring) -> Wiring:
    """No white mug anywhere; twelve are expected in Bremen."""
    with wiring.database.write() as session:
        session.execute(sa.text("update stock_item set on_hand = 0 where component = 'mug-white'"))
        goods = Goods("plant-bremen", "mug-white", 12)
        expect(session, Expected(goods, date(2026, 12, 3), "Deniz"), now=wiring.clock.now())
    wiring.clock.at += FRESH * 2
    return wiring


def signed_in(browser: Browser) -> None:
    page = browser.get("/workshop")
    browser.press(page, page.forms[0].action, "Sign in", email=MAIL, password=PASSWORD)


def test_customiser_cart_and_api_say_when_more_is_expected(browser: Browser, sold_out: Wiring) -> None:
    page = browser.get(MUG)
    assert SAID in page.text
    assert "Made while you wait" not in page.text
    cart = browser.press(page, "design", "Add to cart", pieces="3")
    assert SAID in cart.text
    assert "sold out" not in cart.text
    found = browser.client.get("/api/blanks/mug/configuration?template=club&inside=white&pieces=3").json()["promise"]
    assert found["awaits"]["left"] == 12
    assert found["awaits"]["on"] == "2026-12-03" < found["on"]


def test_no_day_is_promised_for_what_is_sold_out_and_not_expected(browser: Browser, wiring: Wiring) -> None:
    with wiring.database.write() as session:
        session.execute(sa.text("update stock_item set on_hand = 0 where component = 'mug-white'"))
    wiring.clock.at += FRESH * 2
    page = browser.get(MUG)
    assert "“Mug, white outside, inside White” is sold out. Choose another." in page.text
    assert "to get it on" not in page.text
    assert "When you can have it" not in page.text
    assert browser.client.get("/api/blanks/mug/configuration?template=club&inside=white").json()["promise"] is None
    other = browser.get(MUG.replace("white", "coral"))
    assert "to get it on" in other.text
    assert "When you can have it" in other.text


def test_fewer_than_wanted_are_counted_before_the_cart(browser: Browser, wiring: Wiring) -> None:
    with wiring.database.write() as session:
        session.execute(sa.text("update stock_item set on_hand = 3 where component = 'mug-white'"))
    wiring.clock.at += FRESH * 2
    assert "to get it on" in browser.get(f"{MUG}&pieces=3").text
    assert "Only 3 of “Mug, white outside, inside White” are left" in browser.get(f"{MUG}&pieces=4").text


def test_an_order_is_placed_for_after_the_delivery_and_its_page_says_so(browser: Browser, sold_out: Wiring) -> None:
    cart = browser.press(browser.get(MUG), "design", "Add to cart", pieces="3")
    done = browser.press(cart, "checkout", "Pay", **ADDRESS)
    assert done.path.startswith("/orders/")
    assert "the rest is expected by Thursday 3 December" in done.text
    with sold_out.database.read() as session:
        order = session.exec(select(Order)).one()
        assert order.promised_on > date(2026, 12, 3)
        assert session.exec(select(ExpectedGoods.promised)).one() == 3
    sold_out.clock.at += FRESH * 2
    assert "9 more are expected" in browser.get(MUG).text


def test_more_than_is_expected_is_refused_with_how_many_there_are(browser: Browser, sold_out: Wiring) -> None:
    cart = browser.press(browser.get(MUG), "design", "Add to cart", pieces="20")
    assert "Only 12 of" in cart.text


def test_who_looked_before_it_was_sold_out_is_asked_again(browser: Browser, wiring: Wiring, sold_out: Wiring) -> None:
    with wiring.database.write() as session:
        session.execute(sa.text("update stock_item set on_hand = 3 where component = 'mug-white'"))
    wiring.clock.at += FRESH * 2
    cart = browser.press(browser.get(MUG), "design", "Add to cart", pieces="3")
    assert "more are expected" not in cart.text
    with wiring.database.write() as session:
        session.execute(sa.text("update stock_item set on_hand = 0 where component = 'mug-white'"))
    page = browser.press(cart, "checkout", "Pay", **ADDRESS)
    assert "more of it is expected" in page.text
    with wiring.database.read() as session:
        assert session.exec(select(Order)).all() == []


def test_the_stock_page_shows_what_is_promised_moves_its_day_and_books_it(sold_out: Wiring, browser: Browser) -> None:
    with a_browser(sold_out) as other:
        cart = other.press(other.get(MUG), "design", "Add to cart", pieces="3")
        other.press(cart, "checkout", "Pay", **ADDRESS)
    sold_out.jobs.run_due()
    with sold_out.database.write() as session:
        hire_maker(session, MAIL, "Deniz", PASSWORD, "plant-bremen")
        number = session.exec(select(ExpectedGoods.id)).one()
    signed_in(browser)
    stock = browser.get("/workshop/stock?at=plant-bremen")
    assert "3 promised" in stock.text
    sold_out.clock.at += timedelta(days=14)
    signed_in(browser)
    board = browser.get("/workshop?at=plant-bremen").text
    assert "1 promise is in danger" in board
    assert "has it no sooner than" in board
    assert "expected Thursday 3 December, which has not come" in board
    moved = browser.press(stock, f"/workshop/stock/expected/{number}/days", "Comes then", on="2026-12-10")
    assert "10 Dec" in moved.text
    board = browser.get("/workshop?at=plant-bremen").text
    assert "which has not come" not in board
    assert "Tell the customer" in board
    browser.press(moved, f"/workshop/stock/expected/{number}/arrivals", "Has arrived")
    with sold_out.database.read() as session:
        assert session.exec(select(StockClaim)).all() == []
        assert session.exec(select(sa.func.count(col(Piece.id)))).one() == 3


def test_more_of_an_order_that_has_to_wait_is_asked_for_with_its_new_day_first(
    browser: Browser, wiring: Wiring, sold_out: Wiring
) -> None:
    with wiring.database.write() as session:
        session.execute(sa.text("update stock_item set on_hand = 2 where component = 'mug-white'"))
    wiring.clock.at += FRESH * 2
    cart = browser.press(browser.get(MUG), "design", "Add to cart", pieces="2")
    order = browser.press(cart, "checkout", "Pay", **ADDRESS)
    promised = ordered(wiring)
    wiring.clock.at += FRESH * 2
    page = browser.press(order, f"{order.path}/quantities", "Order so many", pieces="6")
    assert "With 4 more of" in page.text
    assert "the rest is expected on Thu 3 Dec" in page.text.replace("\u00a0", " ")
    assert ordered(wiring) == promised
    done = browser.send(page, *agreeing(page), {})
    assert done.status == 200
    assert "6 pieces now. Everything comes on" in done.text
    assert ordered(wiring).promised_on > max(promised.promised_on, date(2026, 12, 3))
    with wiring.database.read() as session:
        assert session.exec(select(ExpectedGoods.promised)).one() == 4


def ordered(wiring: Wiring) -> Order:
    with wiring.database.read() as session:
        return session.exec(select(Order)).one()


def agreeing(page: Page) -> tuple[Form, Button]:
    """The form that orders for the later day, and its button."""
    form = next(form for form in page.forms if any(name == "agreed" for name, _ in form.fields))
    return form, next(button for button in form.buttons if button.text.startswith("Order 4 more for"))
