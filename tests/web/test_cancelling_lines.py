"""A line cancelled by a press, without JavaScript: by its customer on the order's page, by a maker in the workshop."""

import re

import pytest
from sqlalchemy import text

from configurator.web.wiring import Wiring
from tests.web.browser import Browser, Page
from tests.web.test_order_pages import ADDRESS


@pytest.fixture
def order(browser: Browser) -> Page:
    """Six mugs and a key ring, ordered to be sent."""
    browser.press(browser.get("/blanks/mug?template=club&f.name=Marit&pieces=6"), "design", "Add to cart")
    cart = browser.press(browser.get("/blanks/keyring"), "design", "Add to cart")
    return browser.press(browser.press(cart, "checkout", "Show the sum", way="ship"), "checkout", "Pay", **ADDRESS)


def lines(wiring: Wiring) -> list[tuple[int, str]]:
    with wiring.database.read() as session:
        rows = session.execute(text("select id, blank from order_line where cancelled_at is null order by position"))
        return [(row[0], row[1]) for row in rows]


def total(wiring: Wiring) -> int:
    with wiring.database.read() as session:
        return int(session.execute(text("select total from customer_order")).scalar_one())


def test_its_customer_sees_what_the_rest_costs_and_cancels_the_line(
    browser: Browser, wiring: Wiring, order: Page
) -> None:
    (mugs, _), (_, kept) = lines(wiring)
    before = total(wiring)
    asked = browser.get(f"{order.path}?without={mugs}")
    assert "6 pieces of “" in asked.text.replace("\u00a0", " ")
    assert "The day of the rest stays." in asked.text
    assert total(wiring) == before
    left = browser.press(asked, "/cancellations", "Cancel 6")
    assert (left.status, left.path, [blank for _, blank in lines(wiring)]) == (200, order.path, [kept])
    assert "6 pieces are not made. The rest costs" in left.text.replace("\u00a0", " ")
    assert total(wiring) < before
    again = browser.press(asked, "/cancellations", "Cancel 6")
    assert (again.status, len(lines(wiring))) == (200, 1)
    assert "?without=" not in again.html


def test_an_order_that_has_changed_since_is_looked_at_once_more(browser: Browser, wiring: Wiring, order: Page) -> None:
    (mugs, _), (ring, _) = lines(wiring)
    asked = browser.get(f"{order.path}?without={ring}")
    browser.press(order, "/quantities", "Order so many", line=str(mugs), pieces="3")
    refused = browser.press(asked, "/cancellations", "Cancel 1")
    assert (refused.status, len(lines(wiring))) == (409, 2)
    assert "The order has changed since this page was made." in refused.text


@pytest.mark.parametrize("asked", ["0", "99999", "-1", "x", "1e9", "%00", "9" * 40])
def test_a_line_that_there_is_not_asks_nothing(browser: Browser, order: Page, asked: str) -> None:
    page = browser.get(f"{order.path}?without={asked}")
    assert page.status == 200
    assert "will not be made. The rest" not in page.text


def test_a_maker_cancels_what_waits_and_what_is_being_made_stays(
    deniz: Browser, browser: Browser, wiring: Wiring, order: Page
) -> None:
    wiring.jobs.run_due()
    (_, _), (ring, _) = lines(wiring)
    with wiring.database.write() as session:
        session.execute(text("update piece set stage = 'released' where blank = 'mug'"))
        number = str(session.execute(text("select number from customer_order")).scalar_one())
    assert f"/workshop/orders/{number}/lines" in deniz.get("/workshop/orders").html
    page = deniz.get(f"/workshop/orders/{number}/lines")
    assert "is being made, stays" in page.text
    found = re.findall(r"\?without=(\d+)", page.html)
    assert found == [str(ring)]
    asked = deniz.get(f"/workshop/orders/{number}/lines?without={ring}")
    left = deniz.press(asked, "/cancellations", "Cancel 1")
    assert (left.status, [blank for _, blank in lines(wiring)]) == (200, ["mug"])
    assert "is all of the order" in left.text or "is being made, stays" in left.text
    assert f"/workshop/orders/{number}/lines" not in deniz.get("/workshop/orders").html
    seen = browser.get(order.path)
    assert "is cancelled: 1 piece is not made." in seen.text.replace("\u00a0", " ")
    assert "Cancel a part of it" not in seen.text


def test_a_maker_who_is_too_late_is_told_at_the_order(deniz: Browser, wiring: Wiring, order: Page) -> None:
    (mugs, _), _ = lines(wiring)
    with wiring.database.read() as session:
        number = str(session.execute(text("select number from customer_order")).scalar_one())
    asked = deniz.get(f"/workshop/orders/{number}/lines?without={mugs}")
    with wiring.database.write() as session:
        session.execute(text("update piece set stage = 'released' where blank = 'mug'"))
    refused = deniz.press(asked, "/cancellations", "Cancel 6")
    assert (refused.status, len(lines(wiring))) == (409, 2)
    assert "Its released batch stays as it is." in refused.text
