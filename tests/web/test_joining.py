"""The cheaper date in customiser, cart and counter: a choice, kept exactly, refused clearly when its batch is gone."""

import pytest
from sqlmodel import select

from configurator.blanks.shop import Costing
from configurator.clock import FixedClock
from configurator.orders.rows import Order, OrderLine
from configurator.production.changing_prices import keep_costing
from configurator.production.filling import filling_batches
from configurator.production.promise import FRESH
from configurator.production.releasing import release_due
from configurator.production.shop_records import Change
from configurator.web.wiring import Wiring
from tests.web.browser import Browser, Page
from tests.web.shop import a_browser
from tests.web.test_order_pages import ADDRESS

MUG = "/blanks/mug?template=club"


@pytest.fixture
def filling(wiring: Wiring, browser: Browser) -> str:
    """Somebody has ordered mugs, and their batch fills; its number."""
    with a_browser(wiring) as other:
        cart = other.press(other.get(MUG), "design", "Add to cart", pieces="3")
        other.press(cart, "checkout", "Pay", **ADDRESS)
    wiring.jobs.run_due()
    wiring.clock.at += FRESH * 2
    with wiring.database.read() as session:
        (one,) = filling_batches(session)
    return one.number


def in_cart(browser: Browser, pieces: str = "1") -> Page:
    return browser.press(browser.get(MUG), "design", "Add to cart", pieces=pieces)


def lines(wiring: Wiring) -> list[OrderLine]:
    with wiring.database.read() as session:
        return list(session.exec(select(OrderLine).order_by(OrderLine.id)).all())


def test_the_customiser_and_the_cart_show_the_cheaper_date(browser: Browser, filling: str) -> None:
    page = browser.get(MUG).text
    assert "a batch that fills already" in page
    cart = in_cart(browser)
    assert cart.form("checkout").options["date"] == ["soon", "later"]


def test_joining_without_waiting_any_longer_is_said_as_a_lower_price(browser: Browser, filling: str) -> None:
    page = browser.get(MUG).text
    assert "for joining a batch that fills already" in page
    assert "less, and no later, if ordered" in page
    assert "the same day" not in page
    assert "less and no later: " in in_cart(browser).text


def test_an_order_with_the_batch_is_placed_at_the_lower_price(browser: Browser, wiring: Wiring, filling: str) -> None:
    cart = in_cart(browser)
    later = browser.press(cart, "checkout", "Show the sum for this date", date="later", **ADDRESS)
    done = browser.press(later, "checkout", "Pay", **ADDRESS)
    assert done.path.startswith("/orders/")
    plain, joined = lines(wiring)
    assert joined.joined == filling
    assert joined.saved > 0
    assert joined.total < plain.each
    wiring.jobs.run_due()
    with wiring.database.read() as session:
        order = session.get(Order, joined.order_id)
        (one,) = filling_batches(session)
    assert order is not None
    assert order.total == joined.total + order.shipping
    assert one.number == filling


def test_the_date_can_be_chosen_in_the_customiser(browser: Browser, wiring: Wiring, filling: str) -> None:
    page = browser.get(MUG)
    assert "ship" in page.form("design").options["wait"]
    cart = browser.press(page, "design", "Add to cart", wait="ship")
    assert ("date", "later") in cart.form("checkout").fields
    assert browser.press(cart, "checkout", "Pay", **ADDRESS).path.startswith("/orders/")
    assert lines(wiring)[-1].joined == filling


def test_without_choosing_it_nothing_changes(browser: Browser, wiring: Wiring, filling: str) -> None:
    browser.press(in_cart(browser), "checkout", "Pay", **ADDRESS)
    assert [line.joined for line in lines(wiring)] == ["", ""]


def test_pressed_before_the_sum_was_shown_nothing_is_ordered(browser: Browser, wiring: Wiring, filling: str) -> None:
    refused = browser.press(in_cart(browser), "checkout", "Pay", date="later", **ADDRESS)
    assert refused.status == 409
    assert len(lines(wiring)) == 1


def test_when_the_batch_is_gone_the_cart_says_so_and_keeps_everything(
    browser: Browser, wiring: Wiring, clock: FixedClock, filling: str
) -> None:
    later = browser.press(in_cart(browser), "checkout", "Show the sum for this date", date="later", **ADDRESS)
    with wiring.database.write() as session:
        one = filling_batches(session)[0]
        release_due(session, catalogue=wiring.catalogue, jobs=wiring.jobs, now=one.closes_at)
    refused = browser.press(later, "checkout", "Pay", **ADDRESS)
    assert refused.status == 409
    assert "has closed or filled up" in refused.text
    assert dict(refused.form("checkout").fields)["name"] == ADDRESS["name"]
    ordered = browser.press(refused, "checkout", "Pay", **ADDRESS)
    assert ordered.path.startswith("/orders/")
    assert lines(wiring)[-1].joined == ""


def test_the_last_place_of_a_batch_is_promised_once(browser: Browser, wiring: Wiring, filling: str) -> None:
    with wiring.database.read() as session:
        free = filling_batches(session)[0].free
    with a_browser(wiring) as other:
        mine, theirs = (
            visitor.press(
                in_cart(visitor, str(free)), "checkout", "Show the sum for this date", date="later", **ADDRESS
            )
            for visitor in (browser, other)
        )
        assert browser.press(mine, "checkout", "Pay", **ADDRESS).path.startswith("/orders/")
        late = other.press(theirs, "checkout", "Pay", **ADDRESS)
    assert late.status == 409
    assert "has closed or filled up" in late.text
    assert [line.joined for line in lines(wiring)] == ["", filling]


def test_two_clicks_are_one_order_with_the_batch(browser: Browser, wiring: Wiring, filling: str) -> None:
    later = browser.press(in_cart(browser), "checkout", "Show the sum for this date", date="later", **ADDRESS)
    first, second = (browser.press(later, "checkout", "Pay", **ADDRESS) for _ in range(2))
    assert first.path == second.path
    assert len(lines(wiring)) == 2


def test_more_pieces_afterwards_share_what_was_saved(browser: Browser, wiring: Wiring, filling: str) -> None:
    later = browser.press(in_cart(browser), "checkout", "Show the sum for this date", date="later", **ADDRESS)
    order = browser.press(later, "checkout", "Pay", **ADDRESS)
    saved = lines(wiring)[-1].saved
    browser.press(order, "/quantities", "Order so many", pieces="4")
    plain, joined = lines(wiring)
    assert (joined.quantity, joined.saved) == (4, saved)
    assert joined.each == plain.each - saved // 4


def test_two_lines_of_one_batch_save_its_setup_once(browser: Browser, wiring: Wiring, filling: str) -> None:
    in_cart(browser)
    cart = browser.press(browser.get("/blanks/mug?template=big-name"), "design", "Add to cart")
    later = browser.press(cart, "checkout", "Show the sum for this date", date="later", **ADDRESS)
    browser.press(later, "checkout", "Pay", **ADDRESS)
    _, first, second = lines(wiring)
    assert (first.joined, second.joined) == (filling, filling)
    assert first.saved > 0
    assert second.saved == 0


def test_a_shop_that_passes_nothing_on_shows_one_date(browser: Browser, wiring: Wiring, filling: str) -> None:
    with wiring.database.write() as session:
        keep_costing(session, Change("", 0, "Deniz", wiring.clock.now()), Costing(passed_on=0))
    wiring.premises.forget()
    assert "date" not in in_cart(browser).form("checkout").options
    assert "a batch that fills" not in browser.get(MUG).text
