"""The counter terminal: one field, an answer in green or amber, hand-over, payment, receipt."""

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import quote, urlencode

from litestar import Response, get, post
from litestar.response import Redirect
from sqlmodel import Session

from configurator.counter.answering import CounterAnswer, answer
from configurator.counter.handing_over import AlreadyHandedOver, Given, HandingOver, hand_over
from configurator.counter.recognising import BlankMeant, OrderMeant, OrdersNamed, recognise
from configurator.errors import Invalid, Refusal
from configurator.money import NoPrice, minor
from configurator.orders.order_store import order_by_number, order_of, whole_order
from configurator.orders.payment import Taken, take_payment
from configurator.orders.receipts import receipt
from configurator.orders.rows import Order
from configurator.production.parts_ready import leave_otherwise
from configurator.production.promise_watch import Teller
from configurator.staff.sessions import Person
from configurator.staff.throttle import Limit, spend
from configurator.web.counter_frame import frame, told_ready
from configurator.web.forms import Form
from configurator.web.guards import clerks_only, person
from configurator.web.rendering import AnyRequest, Pages
from configurator.web.wiring import Wiring

CODES_AN_HOUR = 600
LONGEST = 120
JUST_NOW = timedelta(minutes=1)


class NothingTicked(Invalid):
    """No piece was chosen to be handed over."""

    def __init__(self) -> None:
        super().__init__("Tick the pieces that leave now.")


@dataclass(frozen=True)
class Desk:
    """The terminal, for one request."""

    request: AnyRequest
    wiring: Wiring
    pages: Pages

    @property
    def who(self) -> Person:
        """The clerk."""
        return person(self.request)

    def screen(
        self,
        read: Callable[[Session], dict[str, Any]] | None = None,
        *,
        typed: str = "",
        refusal: Refusal | None = None,
        status: int | None = None,
    ) -> Response[Any]:
        """The terminal's page; `read` adds what its middle shows."""
        values: dict[str, Any] = {
            "answer": None,
            "choices": (),
            "done": "",
            "unknown": "",
            "typed": typed,
            "scanned": False,
        }
        values |= {"problem": refusal.sentence if refusal else "", "key": secrets.token_urlsafe(9)}
        with self.wiring.database.read() as session:
            values |= frame(self.request, self.wiring, session) | (read(session) if read else {})
        status = status or (refusal.status if refusal else 200)
        return self.pages.page(self.request, "counter/counter.html", values, status=status)

    def order(self, number: str, *, refusal: Refusal | None = None) -> Response[Any]:
        """The answer about one order."""
        return self.screen(lambda session: self._about(session, number), refusal=refusal)

    def _about(self, session: Session, number: str) -> dict[str, Any]:
        asked = self.request.query_params
        piece = str(asked.get("piece", ""))
        found = answer(
            session,
            order_by_number(session, number).id or 0,
            shop=self.wiring.catalogue.shop,
            facility=self.who.facility,
            piece_id=int(piece) if re.fullmatch(r"[0-9]{1,9}", piece) else None,
        )
        done = str(asked.get("done", ""))
        ready = told_ready(session, found.whole, self.wiring) if found.whole.order.fulfilment == "counter" else None
        return {
            "answer": found,
            "done": done if self._holds(done, found) else "",
            "some": asked.get("some") == "yes",
            "ready": ready,
            "amount_typed": f"{Decimal(found.whole.outstanding).scaleb(-self.wiring.currency.digits):f}",
        }

    def _holds(self, done: str, found: CounterAnswer) -> bool:
        """Whether what an address says to have been done has been, just now: an old page tells nothing twice."""
        if done == "handed-over":
            return found.given is not None and self._mine(found.given)
        now = self.wiring.clock.now()
        lately = any(now - payment.received_at < JUST_NOW for payment in found.whole.payments)
        return lately and done in ("paid", "sold")

    def _mine(self, given: Given) -> bool:
        """Whether this clerk gave it here a moment ago: then a second tap is no second hand-over but the same one."""
        who, now = self.who, self.wiring.clock.now()
        return (given.clerk, given.terminal) == (who.name, who.terminal) and now - given.at < JUST_NOW

    def said(self, order: Order, done: str) -> Redirect:
        """Back to the order, with what has just been done to it."""
        return Redirect(f"/counter?{urlencode({'order': order.number, 'done': done})}", status_code=303)

    def handed_over(self, number: str, pieces: frozenset[int]) -> Redirect:
        """Give these pieces away; the same tap twice is the same hand-over."""
        if not pieces:
            raise NothingTicked
        who, now = self.who, self.wiring.clock.now()
        with self.wiring.database.read() as session:
            order = order_by_number(session, number)
        try:
            with self.wiring.database.write() as session:
                wanted = HandingOver(order.id or 0, who.name, who.terminal, who.facility, pieces)
                hand_over(session, wanted, now=now)
        except AlreadyHandedOver as second:
            if not self._mine(second.given):
                raise
        return self.said(order, "handed-over")

    def paid(self, form: Form) -> Redirect:
        """Book money that was received or given back."""
        who, now = self.who, self.wiring.clock.now()
        amount = _amount(form.text("amount"), self.wiring.currency.digits)
        method = "card" if form.text("method") == "card" else "cash"
        with self.wiring.database.write() as session:
            order = order_by_number(session, form.text("order"))
            taken = Taken("counter", method, amount, f"till:{form.text('key')[:40]}", who.id, who.name)
            take_payment(session, order.id or 0, taken, now=now)
        return self.said(order, "paid")


@get("/counter", guards=[clerks_only], sync_to_thread=True)
def counter(request: AnyRequest, wiring: Wiring, pages: Pages) -> Response[Any]:
    """The terminal; ?order= shows one order, as a scan has found it."""
    desk = Desk(request, wiring, pages)
    number = str(request.query_params.get("order", ""))[:LONGEST]
    if not number:
        return desk.screen()
    try:
        return desk.order(number)
    except Refusal as refusal:
        return desk.screen(refusal=refusal)


@get("/counter/side", guards=[clerks_only], sync_to_thread=True)
def side(request: AnyRequest, wiring: Wiring, pages: Pages) -> Response[Any]:
    """What stands at the side, fetched again while nobody touches the terminal."""
    with wiring.database.read() as session:
        values = frame(request, wiring, session)
    return pages.page(request, "counter/_side.html", values)


@post("/counter/scans", guards=[clerks_only], sync_to_thread=True)
def scanned(request: AnyRequest, wiring: Wiring, pages: Pages, form: Form) -> Response[Any]:
    """Something was scanned or typed. Nothing is booked: the same scan twice shows the same."""
    desk, typed = Desk(request, wiring, pages), form.text("code")[:LONGEST]
    try:
        spend(wiring.database, (_limit(desk.who),), wiring.clock.now())
    except Refusal as refusal:
        return desk.screen(refusal=refusal)
    with wiring.database.read() as session:
        meant = recognise(session, typed, catalogue=wiring.catalogue, facility=desk.who.facility)
        number = order_of(session, meant.order_id).number if isinstance(meant, OrderMeant) else ""
    if isinstance(meant, OrderMeant):
        piece = {"piece": str(meant.piece_id)} if meant.piece_id else {}
        return Redirect(f"/counter?{urlencode({'order': number, **piece})}", status_code=303)
    if isinstance(meant, BlankMeant):
        return Redirect(f"/counter/walk-in/{quote(meant.key)}", status_code=303)
    if isinstance(meant, OrdersNamed):
        return desk.screen(
            lambda session: {"choices": _choices(session, meant, wiring, desk.who)}, typed=typed, status=200
        )
    return desk.screen(lambda _: {"unknown": typed, "scanned": True}, typed=typed, status=200)


@post("/counter/handovers", guards=[clerks_only], sync_to_thread=True)
def handed_over(request: AnyRequest, wiring: Wiring, pages: Pages, form: Form) -> Response[Any]:
    """The pieces that were shown, or those ticked, leave with their customer; once."""
    desk = Desk(request, wiring, pages)
    try:
        return desk.handed_over(form.text("order"), form.ids("piece"))
    except Refusal as refusal:
        return _refused(desk, form.text("order"), refusal)


@post("/counter/leavings", guards=[clerks_only], sync_to_thread=True)
def leaving(request: AnyRequest, wiring: Wiring, pages: Pages, form: Form) -> Response[Any]:
    """Everything together, or what is ready first, as the customer asks for at the counter."""
    desk = Desk(request, wiring, pages)
    teller = Teller(desk.who.name, wiring.catalogue.shop, wiring.jobs, wiring.clock.now())
    try:
        with wiring.database.write() as session:
            order = order_by_number(session, form.text("order"))
            leave_otherwise(session, order.id or 0, form.text("leaves"), teller)
    except Refusal as refusal:
        return _refused(desk, form.text("order"), refusal)
    return Redirect(f"/counter?{urlencode({'order': order.number})}", status_code=303)


@post("/counter/payments", guards=[clerks_only], sync_to_thread=True)
def paid(request: AnyRequest, wiring: Wiring, pages: Pages, form: Form) -> Response[Any]:
    """Money was taken, in cash or at the card terminal; recorded by hand, once a form."""
    desk = Desk(request, wiring, pages)
    try:
        return desk.paid(form)
    except Refusal as refusal:
        return _refused(desk, form.text("order"), refusal)


@get("/counter/receipts/{number:str}", guards=[clerks_only], sync_to_thread=True)
def receipt_page(number: str, request: AnyRequest, wiring: Wiring, pages: Pages) -> Response[Any]:
    """The receipt, to be printed."""
    with wiring.database.read() as session:
        whole = whole_order(session, order_by_number(session, number))
    values = {"receipt": receipt(whole, wiring.catalogue.shop), "order": whole.order, "payments": whole.payments}
    return pages.page(request, "counter/receipt.html", values)


def _refused(desk: Desk, number: str, refusal: Refusal) -> Response[Any]:
    """The order as it is now, with the refusal at its head; without an order only the refusal."""
    try:
        return desk.order(number, refusal=refusal)
    except Refusal:
        return desk.screen(refusal=refusal)


def _limit(who: Person) -> Limit:
    return Limit(f"codes at terminal {who.terminal_id}", CODES_AN_HOUR, timedelta(hours=1))


def _amount(text: str, digits: int) -> int:
    """An amount as typed at the till: a comma is a point, and only a short number is one."""
    plain = text.replace(",", ".")
    if not re.fullmatch(r"-?[0-9]{1,7}(\.[0-9]{1,3})?", plain, re.ASCII):
        raise NoPrice(text[:20])
    return minor(plain, digits)


def _choices(session: Session, meant: OrdersNamed, wiring: Wiring, who: Person) -> tuple[CounterAnswer, ...]:
    shop = wiring.catalogue.shop
    return tuple(answer(session, order_id, shop=shop, facility=who.facility) for order_id in meant.order_ids)


ROUTES = [counter, side, scanned, handed_over, leaving, paid, receipt_page]
