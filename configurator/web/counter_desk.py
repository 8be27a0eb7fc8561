"""The counter's terminal for one request: what it shows of an order, and what is done there."""

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from litestar import Response
from litestar.response import Redirect
from sqlmodel import Session

from configurator.counter.answering import CounterAnswer, answer
from configurator.counter.changing_walk_ins import Clerk
from configurator.counter.handing_over import AlreadyHandedOver, Given, HandingOver, hand_over
from configurator.counter.selling import is_walk_in
from configurator.counter.taking_back import AlreadyTakenBack, Taking, moment, take_back
from configurator.errors import Invalid, Refusal
from configurator.money import NoPrice, minor
from configurator.orders.order_store import order_by_number
from configurator.orders.payment import Taken, take_payment
from configurator.orders.rows import Order
from configurator.staff.sessions import Person
from configurator.web.counter_frame import frame, told_ready
from configurator.web.forms import Form
from configurator.web.guards import person
from configurator.web.rendering import AnyRequest, Pages
from configurator.web.wiring import Wiring

JUST_NOW = timedelta(minutes=1)
REASONS = ("handed to the wrong person", "the wrong pieces", "pressed by mistake", "another reason")


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

    @property
    def clerk(self) -> Clerk:
        """The same, as who changes a walk-in."""
        return Clerk(self.who.name, self.who.facility)

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
        values["in_head"] = isinstance(refusal, AlreadyHandedOver)
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
            "changes": is_walk_in(found.whole.order) and found.whole.changeable and self._is_mine(found.whole.order),
            "back_until": self._back_until(found),
            "reasons": REASONS,
            "amount_typed": f"{Decimal(found.whole.outstanding).scaleb(-self.wiring.currency.digits):f}",
        }

    def _holds(self, done: str, found: CounterAnswer) -> bool:
        """Whether what an address says to have been done has been, just now: an old page tells nothing twice."""
        if done == "handed-over":
            return found.given is not None and self._mine(found.given)
        now = self.wiring.clock.now()
        lately = any(now - payment.received_at < JUST_NOW for payment in found.whole.payments)
        return lately and done in ("paid", "sold")

    def _back_until(self, found: CounterAnswer) -> datetime | None:
        """Until when the last hand-over can be taken back here; None: it cannot."""
        here = found.given is not None and found.given.how == "counter"
        if found.given is None or not here or found.whole.order.facility != self.who.facility:
            return None
        until = found.given.at + self.wiring.catalogue.shop.take_back.hand_overs
        return until if self.wiring.clock.now() < until else None

    def _is_mine(self, order: Order) -> bool:
        """Whether it is handed over at this store."""
        return order.facility == self.who.facility

    def _mine(self, given: Given) -> bool:
        """Whether this clerk gave it here a moment ago: then a second tap is no second hand-over but the same one."""
        return self._did(given.clerk, given.terminal, given.at)

    def _did(self, clerk: str, terminal: str, at: datetime) -> bool:
        who, now = self.who, self.wiring.clock.now()
        return (clerk, terminal) == (who.name, who.terminal) and now - at < JUST_NOW

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

    def taken_back(self, form: Form) -> Redirect:
        """The hand-over that was shown was none; the same tap twice is taken back once."""
        who, now, wiring = self.who, self.wiring.clock.now(), self.wiring
        with wiring.database.read() as session:
            order = order_by_number(session, form.text("order"))
        given_at, pieces, reason = moment(form.text("given")), form.ids("piece"), form.text("reason")
        wanted = Taking(order.id or 0, who.name, who.terminal, who.facility, given_at, pieces, reason)
        try:
            with wiring.database.write() as session:
                take_back(session, wanted, shop=wiring.catalogue.shop, now=now)
        except AlreadyTakenBack as second:
            if not self._did(second.returned.clerk, second.returned.terminal, second.returned.at):
                raise
        return Redirect(f"/counter?{urlencode({'order': order.number})}", status_code=303)

    def paid(self, form: Form) -> Redirect:
        """Book money that was received or given back."""
        who, now = self.who, self.wiring.clock.now()
        sum_taken = amount(form.text("amount"), self.wiring.currency.digits)
        method = "card" if form.text("method") == "card" else "cash"
        with self.wiring.database.write() as session:
            order = order_by_number(session, form.text("order"))
            taken = Taken("counter", method, sum_taken, f"till:{form.text('key')[:40]}", who.id, who.name)
            take_payment(session, order.id or 0, taken, now=now)
        return self.said(order, "paid")


def amount(text: str, digits: int) -> int:
    """An amount as typed at the till: a comma is a point, and only a short number is one."""
    plain = text.replace(",", ".")
    if not re.fullmatch(r"-?[0-9]{1,7}(\.[0-9]{1,3})?", plain, re.ASCII):
        raise NoPrice(text[:20])
    return minor(plain, digits)
