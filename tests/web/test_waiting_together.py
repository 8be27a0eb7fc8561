"""An order whose pieces are made on different days says so: to its customer, on the batch, on the Gantt."""

from datetime import timedelta

import sqlalchemy as sa
from sqlmodel import col, select

from configurator.orders.rows import Order
from configurator.production.rows import Batch
from configurator.staff.hiring import hire_maker
from configurator.web.wiring import Wiring
from tests.web.browser import Browser
from tests.web.test_order_pages import ADDRESS

MAIL, PASSWORD = "deniz@lot-one.example", "make-it-well"


def test_a_mug_that_is_made_days_before_the_book_says_that_it_waits_for_it(browser: Browser, wiring: Wiring) -> None:
    browser.press(browser.get("/blanks/mug"), "design", "Add to cart")
    cart = browser.press(browser.get("/blanks/notebook"), "design", "Add to cart")
    order = browser.press(cart, "checkout", "Pay", **ADDRESS)
    wiring.jobs.run_due()
    with wiring.database.write() as session:
        mug, notebook = (
            session.execute(sa.select(Batch).where(col(Batch.blank) == blank)).scalar_one()
            for blank in ("mug", "notebook")
        )
        assert mug.done_at
        notebook.done_at = mug.done_at + timedelta(days=2)
        first, last = mug.number, notebook.number
    name = wiring.catalogue.blank("notebook").name
    assert f"waits for: {name}," in browser.get(order.path).text.replace("\u00a0", " ")
    with wiring.database.write() as session:
        hire_maker(session, MAIL, "Deniz", PASSWORD, "plant-bremen")
        number = session.exec(select(Order.number)).one()
    page = browser.get("/workshop")
    browser.press(page, page.forms[0].action, "Sign in", email=MAIL, password=PASSWORD)
    batch = browser.get(f"/workshop/batches/{first}").text.replace("\u00a0", " ")
    assert "1 order waits here for other pieces" in batch
    assert f"{number} waits for notebook in {last} 48 h" in batch
    assert "waits here for other pieces" not in browser.get(f"/workshop/batches/{last}").text
    board = browser.get("/workshop?at=plant-bremen").html.replace("\u00a0", " ")
    assert f"{first}: 1 order waits here for other pieces, until" in board
