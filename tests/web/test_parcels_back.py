"""A parcel noted as sent by mistake is taken back from the page of orders, without JavaScript; refusals too."""

from datetime import timedelta

import sqlalchemy as sa
from sqlmodel import select

from configurator.clock import FixedClock
from configurator.orders.rows import Order, Piece
from configurator.web.wiring import Wiring
from tests.web.browser import Browser, Page
from tests.web.test_finding import order_named


def sent(deniz: Browser, wiring: Wiring, clock: FixedClock) -> tuple[str, Page]:
    """An order that lay ready and was noted as sent: its number, and the page that says so."""
    number = order_named(deniz, "<b>Zoë</b> 🎉 محمد", "z@harbour.example")
    with wiring.database.write() as session:
        session.exec(select(Order)).one().ready_at = clock.now()
        session.execute(sa.update(Piece).values(stage="stored"))
    page = deniz.get("/workshop/orders")
    return number, deniz.press(page, f"/workshop/orders/{number}/parcels", "Parcel has left")


def take_back(deniz: Browser, page: Page, number: str, **typed: str) -> Page:
    return deniz.press(page, f"/workshop/orders/{number}/takings-back", "Take it back", **typed)


def stages(wiring: Wiring) -> set[str]:
    with wiring.database.read() as session:
        return set(session.exec(select(Piece.stage)).all())


def test_a_parcel_that_did_not_leave_waits_to_leave_again_and_its_customer_reads_why(
    deniz: Browser, wiring: Wiring, clock: FixedClock
) -> None:
    number, page = sent(deniz, wiring, clock)
    assert "1 parcel left in the last 60 minutes." in page.text
    assert "<bdi>&lt;b&gt;Zoë&lt;/b&gt; 🎉 محمد</bdi>" in page.html
    back = take_back(deniz, page, number, reason="it is still here")
    assert (back.status, stages(wiring)) == (200, {"stored"})
    assert "1 order ready to leave" in back.text
    assert "in the last 60 minutes" not in back.text
    again = take_back(deniz, page, number)
    assert (again.status, "1 order ready to leave" in again.text) == (200, True), "a second click is the first"
    with wiring.database.read() as session:
        token = session.exec(select(Order.token)).one()
    assert "not left after all: the parcel was noted as sent by mistake" in deniz.get(f"/orders/{token}").text


def test_what_is_too_late_or_not_there_is_said_over_the_list(deniz: Browser, wiring: Wiring, clock: FixedClock) -> None:
    number, page = sent(deniz, wiring, clock)
    old = take_back(deniz, page, number, given="2026-01-01T00:00:00+00:00")
    assert (old.status, "There is no such hand-over of this order. Nothing was changed" in old.text) == (409, True)
    clock.at += timedelta(minutes=60)
    late = take_back(deniz, page, number)
    assert (late.status, stages(wiring)) == (409, {"handed_over"})
    assert "A parcel can be taken back for 60 minutes, so it stays as it is." in late.text
    assert number in late.text
