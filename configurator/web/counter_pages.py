"""The counter terminal: one field, an answer in green or amber, hand-over, payment, receipt."""

import secrets
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from litestar import Response, get, post
from litestar.response import Redirect
from sqlmodel import Session

from configurator.counter.answering import CounterAnswer, answer
from configurator.counter.handing_over import HandingOver, hand_over
from configurator.errors import Refusal
from configurator.money import minor
from configurator.orders.order_store import order_by_number, orders_to_hand_over, whole_order
from configurator.orders.payment import Taken, take_payment
from configurator.orders.receipts import receipt
from configurator.production.piece_store import station_queue
from configurator.staff.throttle import Limit, spend
from configurator.web.forms import Form
from configurator.web.guards import clerks_only, person
from configurator.web.rendering import AnyRequest, Pages
from configurator.web.wiring import Wiring

CODES_AN_HOUR = Limit("codes at the counter", 2000, timedelta(hours=1))
BEING_MADE = ("picking", "production", "check", "storage")


@get("/counter", guards=[clerks_only], sync_to_thread=True)
def counter(request: AnyRequest, wiring: Wiring, pages: Pages) -> Response[str]:
    """The terminal; ?code= shows what a code means."""
    code = str(request.query_params.get("code", ""))[:80]
    return _screen(request, wiring, pages, code)


@post("/counter/scans", guards=[clerks_only], sync_to_thread=True)
def scanned(request: AnyRequest, wiring: Wiring, form: Form) -> Redirect:
    """Something was scanned or typed; scanning the same twice shows the same."""
    limit = Limit(f"codes {person(request).terminal_id}", CODES_AN_HOUR.most, CODES_AN_HOUR.window)
    spend(wiring.database, (limit,), wiring.clock.now())
    return Redirect(f"/counter?{urlencode({'code': form.text('code')[:80]})}", status_code=303)


@post("/counter/handovers", guards=[clerks_only], sync_to_thread=True)
def handed_over(request: AnyRequest, wiring: Wiring, pages: Pages, form: Form) -> Response[Any]:
    """All pieces that are here, or those ticked, leave with their customer; once."""
    who = person(request)
    ticked = frozenset(int(value) for name, value in form.pairs if name == "piece" and value.isdigit())
    try:
        with wiring.database.write() as session:
            order = order_by_number(session, form.text("order"))
            wanted = HandingOver(order.id or 0, who.name, who.terminal, who.facility, ticked)
            hand_over(session, wanted, now=wiring.clock.now())
    except Refusal as refusal:
        return _screen(request, wiring, pages, form.text("order"), refusal=refusal)
    return Redirect(f"/counter?{urlencode({'code': order.number, 'done': 'handed-over'})}", status_code=303)


@post("/counter/payments", guards=[clerks_only], sync_to_thread=True)
def paid(request: AnyRequest, wiring: Wiring, pages: Pages, form: Form) -> Response[Any]:
    """Money was taken, in cash or at the card terminal; recorded by hand, once a form."""
    who = person(request)
    try:
        with wiring.database.write() as session:
            order = order_by_number(session, form.text("order"))
            amount = minor(form.text("amount"), wiring.currency.digits)
            method = "card" if form.text("method") == "card" else "cash"
            taken = Taken("counter", method, amount, form.text("key"), who.id, who.name)
            take_payment(session, order.id or 0, taken, now=wiring.clock.now())
    except Refusal as refusal:
        return _screen(request, wiring, pages, form.text("order"), refusal=refusal)
    return Redirect(f"/counter?{urlencode({'code': order.number, 'done': 'paid'})}", status_code=303)


@get("/counter/receipts/{number:str}", guards=[clerks_only], sync_to_thread=True)
def receipt_page(number: str, request: AnyRequest, wiring: Wiring, pages: Pages) -> Response[str]:
    """The receipt, to be printed."""
    with wiring.database.read() as session:
        whole = whole_order(session, order_by_number(session, number))
    values = {"receipt": receipt(whole), "whole": whole, "clerk": person(request)}
    return pages.page(request, "counter/receipt.html", values)


def _screen(
    request: AnyRequest, wiring: Wiring, pages: Pages, code: str, *, refusal: Refusal | None = None
) -> Response[str]:
    who = person(request)
    with wiring.database.read() as session:
        found = answer(session, code, catalogue=wiring.catalogue, facility=who.facility) if code else None
        values = {
            **side(session, who.facility, wiring),
            **terminal_values(request, wiring),
            "answer": found,
            "problem": refusal.sentence if refusal else "",
            "done": str(request.query_params.get("done", "")),
            "code": code,
            "key": secrets.token_urlsafe(9),
            "blanks": _made_here(wiring, who.facility),
        }
    status = refusal.status if refusal else 200
    return pages.page(request, "counter/counter.html", values, fragment="counter/_answer.html", status=status)


def terminal_values(request: AnyRequest, wiring: Wiring) -> dict[str, Any]:
    """What the head of every counter page shows."""
    who = person(request)
    return {"who": who, "facility": wiring.catalogue.shop.facility(who.facility), "now": wiring.clock.now()}


def side(session: Session, facility: str, wiring: Wiring) -> dict[str, Any]:
    """What is being made here, and who has something to pick up."""
    making = [piece for name in BEING_MADE for piece in station_queue(session, facility, name)]
    return {
        "making": making[:6],
        "making_more": max(0, len(making) - 6),
        "waiting": orders_to_hand_over(session, facility),
        "days_since": _days_since(wiring.clock.now()),
    }


def _days_since(now: datetime) -> Any:
    return lambda at: max(0, (now - at).days)


def _made_here(wiring: Wiring, facility: str) -> list[Any]:
    """The blanks this store can make while a customer waits."""
    place = wiring.catalogue.shop.facility(facility)
    return [
        blank
        for blank in wiring.catalogue.blanks.values()
        if place.makes({step.at for step in blank.operations if step.key is None})
    ]


__all__ = ["ROUTES", "CounterAnswer", "side", "terminal_values"]
ROUTES = [counter, scanned, handed_over, paid, receipt_page]
