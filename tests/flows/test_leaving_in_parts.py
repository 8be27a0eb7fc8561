"""From the cart to the second hand-over, without JavaScript: two kinds, whose customer wants what is ready."""

import re

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from configurator.orders.rows import Order, OrderLine
from configurator.production.rows import Batch
from configurator.web.wiring import Wiring
from tests.flows.store_story import MAKER, PIN, STATIONS, STORE, StoreStory
from tests.flows.test_counter import at_the_counter, head, scan
from tests.web.browser import Browser, Page
from tests.web.shop import a_browser
from tests.web.test_order_pages import ADDRESS, headline

PICKUP = {"way": f"pickup:{STORE}"}


@pytest.fixture
def story(wiring: Wiring) -> StoreStory:
    story = StoreStory(wiring)
    story.hire()
    return story


def filled_cart(browser: Browser) -> Page:
    browser.press(browser.get("/blanks/mug"), "design", "Add to cart", pieces="2")
    return browser.press(browser.get("/blanks/board"), "design", "Add to cart")


def ordered(browser: Browser, **changes: str) -> Page:
    cart = browser.press(filled_cart(browser), "checkout", "Show the days", **changes)
    return browser.press(cart, "checkout", "Pay", **ADDRESS)


def the_order(wiring: Wiring) -> Order:
    with wiring.database.read() as session:
        return session.exec(select(Order)).one()


def words(page: Page) -> str:
    return page.text.replace("\u00a0", " ")


def test_only_who_orders_several_pieces_is_asked(browser: Browser) -> None:
    cart = browser.press(browser.get("/blanks/mug"), "design", "Add to cart")
    assert "leaves" not in cart.form("checkout").options
    assert filled_cart(browser).form("checkout").options["leaves"] == ["together", "as_ready"]


def test_everything_together_is_what_nobody_has_to_choose(browser: Browser, wiring: Wiring) -> None:
    cart = filled_cart(browser)
    assert dict(cart.form("checkout").fields)["leaves"] == "together"
    assert "Shipping is paid once, however many parcels it takes." in words(cart)
    browser.press(cart, "checkout", "Pay", **ADDRESS)
    assert the_order(wiring).leaves == "together"


def test_the_days_that_were_shown_are_the_days_of_the_lines(browser: Browser, wiring: Wiring) -> None:
    cart = browser.press(filled_cart(browser), "checkout", "Show the days", leaves="as_ready")
    shown = dict(cart.form("checkout").fields)["days"]
    browser.press(cart, "checkout", "Pay", **ADDRESS)
    with wiring.database.read() as session:
        kept = session.execute(sa.select(col(OrderLine.promised_on)).order_by(col(OrderLine.position))).scalars().all()
    assert [day.isoformat() for day in kept] == [pair.partition(":")[2] for pair in shown.split(",")]
    assert the_order(wiring).promised_on == max(kept)


def test_days_that_no_page_showed_are_shown_before_anything_is_ordered(browser: Browser) -> None:
    cart = browser.press(filled_cart(browser), "checkout", "Show the days", leaves="as_ready")
    sooner = re.sub(r"\d{4}-\d\d-\d\d", "2026-01-01", dict(cart.form("checkout").fields)["days"])
    refused = browser.press(cart, "checkout", "Pay", **ADDRESS, days=sooner)
    assert refused.status == 409
    assert "The date has changed since this page was made." in refused.text


def test_its_customer_changes_it_until_a_part_was_handed_over(
    browser: Browser, story: StoreStory, wiring: Wiring
) -> None:
    page = ordered(browser, **PICKUP, leaves="as_ready")
    assert "We tell you as soon as something is ready; you can come for each part." in page.text
    page = browser.press(page, "/leavings", "Tell me when all is ready")
    assert the_order(wiring).leaves == "together"
    page = browser.press(page, "/leavings", "Tell me as soon as something is ready")
    assert the_order(wiring).leaves == "as_ready"
    order = the_order(wiring)
    story.make(order, stored=2)
    page = browser.get(page.path)
    assert headline(page) == "Two of three are ready for you; the rest follows."
    with a_browser(wiring) as clerk:
        at_the_counter(clerk, PIN)
        part = scan(clerk, order.pickup_code)
        assert "Take the payment first" in part.text and "A part is ready, the rest follows" in part.text
        clerk.press(part, "/counter/payments", "Paid by card")
        part = scan(clerk, order.pickup_code)
        assert (head(part), "A part is ready for" in part.text, "2 of 3 are here" in part.text) == ("g", True, True)
        clerk.press(part, "/counter/handovers", "Hand over 2 pieces")
        assert story.stages(order).count("handed_over") == 2
        assert headline(browser.get(page.path)).startswith("Two of three are yours. ")
        again = clerk.press(part, "/counter/handovers", "Hand over 2 pieces")
        assert (again.status, story.stages(order).count("handed_over")) == (200, 2), "a second tap is the same"
        late = browser.press(page, "/leavings", "Tell me when all is ready")
        assert late.status == 409
        assert "You have a part of order" in late.text
        code, maker = story.pieces(order)[2]
        for station in STATIONS:
            story.scan(code, station, maker)
        if maker != STORE:
            story.scan(code, "storage", STORE)
        assert headline(browser.get(page.path)) == "The last one is ready for you."
        clerk.press(scan(clerk, order.pickup_code), "/counter/handovers", "Hand over 1 piece")
    assert the_order(wiring).status == "finished"
    assert headline(browser.get(page.path)) == "All three are yours."


def test_a_parcel_with_what_is_ready_leaves_from_the_workshop_and_staff_can_hold_the_rest(
    browser: Browser, story: StoreStory, wiring: Wiring
) -> None:
    page = ordered(browser, leaves="as_ready")
    order = the_order(wiring)
    story.make(order, stored=2, until="storage")
    with a_browser(wiring) as deniz:
        board = deniz.get("/workshop")
        deniz.press(board, board.forms[0].action, "Sign in", email=MAKER[0], password=MAKER[2])
        with wiring.database.read() as session:
            made = session.execute(sa.select(col(Batch.number)).where(col(Batch.blank) == "mug")).scalar_one()
        assert "As it was scanned" in deniz.get(f"/workshop/batches/{made}").text
        orders = deniz.get("/workshop/orders")
        assert "1 order ready to leave" in orders.text
        assert "2 of 3 ready" in words(orders)
        sent = deniz.press(orders, f"/workshop/orders/{order.number}/parcels", "Parcel with 2 of 3")
        assert "No order waits to leave" in sent.text
        seen = browser.get(page.path).text
        assert "A parcel with 2 of 3 pieces is on its way." in seen
        assert "sent, the rest follows" in seen
        deniz.press(sent, f"/workshop/orders/{order.number}/leavings", "All together")
        assert the_order(wiring).leaves == "together"
        twice = deniz.press(orders, f"/workshop/orders/{order.number}/parcels", "Parcel with 2 of 3")
        assert twice.status == 409
    assert sorted(story.stages(order)) == sorted(["handed_over", "handed_over", "released"])


def test_the_counter_changes_it_on_the_customers_wish(browser: Browser, story: StoreStory, wiring: Wiring) -> None:
    ordered(browser, **PICKUP)
    order = the_order(wiring)
    with a_browser(wiring) as clerk:
        at_the_counter(clerk, PIN)
        page = clerk.press(scan(clerk, order.pickup_code), "/counter/leavings", "Tell of each part")
        assert "Is told as soon as something is ready." in page.text
    assert the_order(wiring).leaves == "as_ready"
