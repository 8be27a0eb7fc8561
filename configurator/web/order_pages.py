"""The order's own page under its unguessable address: where every piece is, and changing one's mind."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from litestar import Response, get, post
from litestar.response import Redirect
from sqlmodel import Session

from configurator.blanks.shop import Shop
from configurator.errors import Conflict, Invalid, Refusal
from configurator.orders.cancelling_lines import LineGone, Without, cancel_line, without
from configurator.orders.cart import order_again
from configurator.orders.changing import Address, LineQuantity, cancel, change_address, change_quantity, changeable
from configurator.orders.checkout import address_faults
from configurator.orders.leaving import may_choose
from configurator.orders.order_store import WholeOrder, order_by_token, whole_order
from configurator.orders.payment import CounterProvider
from configurator.orders.receipts import receipt
from configurator.orders.rows import Order
from configurator.production.company_store import Wait, company_of
from configurator.production.more_pieces import Later, later_with, more_of
from configurator.production.parts_ready import leave_otherwise
from configurator.production.promise_watch import Teller
from configurator.web.forms import Form, Texts
from configurator.web.order_views import days_of, headline, lanes, otherwise
from configurator.web.qr_pictures import qr_picture
from configurator.web.rendering import AnyRequest, Pages
from configurator.web.visitors import cart_token, hashed, new_token, remember, shopper
from configurator.web.wiring import Wiring
from configurator.web.wording import wording

ADDRESS = ("name", "company", "street", "postcode", "town")


@dataclass(frozen=True)
class OrderDesk:
    """One order's page."""

    request: AnyRequest
    wiring: Wiring
    pages: Pages
    token: str

    def page(
        self,
        *,
        typed: Mapping[str, str] | None = None,
        errors: Mapping[str, str] | None = None,
        refusal: str = "",
        later: Later | None = None,
        status: int = 200,
    ) -> Response[Any]:
        """The page; with `typed` and `errors` the address form as it was sent."""
        with self.wiring.database.read() as session:
            whole = whole_order(session, order_by_token(session, self.token))
            company = company_of(session, whole.order.id or 0)
            less = self._less(session, whole)
        values = self._values(whole, company) | {
            "typed": Texts(typed or {name: getattr(whole.order, name) for name in ADDRESS}),
            "errors": Texts(errors or {}),
            "refusal": refusal,
            "later": later,
            "less": less,
        }
        return self.pages.page(self.request, "checkout/order.html", values, status=status)

    def _less(self, session: Session, whole: WholeOrder) -> Without | None:
        """What the order comes to without the line that ?without= names; None: none is named, or none can go."""
        asked = str(self.request.query_params.get("without", ""))
        if not re.fullmatch(r"[0-9]{1,9}", asked) or not whole.changeable:
            return None
        try:
            return without(session, whole.order, int(asked), self.wiring.catalogue)
        except Refusal:
            return None

    def later(self, wanted: LineQuantity) -> Later | None:
        """The later day that more pieces would come on; None: none must be agreed to."""
        wiring = self.wiring
        with wiring.database.read() as session:
            order = order_by_token(session, self.token)
            more = more_of(session, order, wanted, wiring.catalogue) if changeable(session, order) else None
        return later_with(more, order, wiring.promises, wiring.clock.now()) if more else None

    def change(self, change: Callable[[Session, Order], object]) -> Response[Any]:
        """Change the order and go back to its page; a refusal is told there."""
        try:
            with self.wiring.database.write() as session:
                change(session, order_by_token(session, self.token))
        except (Conflict, Invalid) as refusal:
            return self.page(refusal=refusal.sentence, status=refusal.status)
        return Redirect(f"/orders/{self.token}", status_code=303)

    def _values(self, whole: WholeOrder, company: Mapping[str, Wait]) -> dict[str, Any]:
        shop, order = self.wiring.catalogue.shop, whole.order
        weekday = wording(self.wiring.currency, shop.timezone, shop.locale)["weekday"]
        address = f"{self.wiring.settings.base_url}/orders/{order.token}"
        return {
            "whole": whole,
            "order": order,
            "ticked": [line for line in whole.lines if line.warnings],
            "lanes": lanes(whole, self.wiring.catalogue, company),
            "headline": headline(whole, weekday(order.promised_on), self.wiring.clock.now()),
            "otherwise": otherwise(whole),
            "days": days_of(whole),
            "may_choose": whole.may_leave_otherwise and may_choose(order.fulfilment, len(whole.pieces), shop),
            "store": shop.facility(order.facility) if order.fulfilment != "ship" else None,
            "qr": qr_picture(order.pickup_code if order.fulfilment != "ship" else address),
            "payment": _next_step(whole, shop),
            "in_cart": shopper(self.request, self.wiring).in_cart,
        }


def _next_step(whole: WholeOrder, shop: Shop) -> str:
    """How the rest is paid; empty when nothing is left to pay."""
    order = whole.order
    return CounterProvider(shop.account).begin(order, key=order.number).sentence if whole.outstanding > 0 else ""


@get("/orders/{token:str}", sync_to_thread=True)
def order_page(token: str, request: AnyRequest, wiring: Wiring, pages: Pages) -> Response[Any]:
    """Where every piece is."""
    return OrderDesk(request, wiring, pages, token).page()


@post("/orders/{token:str}/cancellations", sync_to_thread=True)
def cancellation(token: str, request: AnyRequest, form: Form, wiring: Wiring, pages: Pages) -> Response[Any]:
    """Cancel the whole order, or one line of it, until its pieces are released."""
    desk, jobs, now = OrderDesk(request, wiring, pages, token), wiring.jobs, wiring.clock.now()
    if line := form.number("line"):
        gone = LineGone(line, form.number("seen") or 0)
        return desk.change(
            lambda session, order: cancel_line(
                session, order.id or 0, gone, catalogue=wiring.catalogue, jobs=jobs, now=now
            )
        )
    return desk.change(lambda session, order: cancel(session, order.id or 0, jobs=jobs, now=now, who="customer"))


@post("/orders/{token:str}/leavings", sync_to_thread=True)
def leaving(token: str, request: AnyRequest, form: Form, wiring: Wiring, pages: Pages) -> Response[Any]:
    """Everything together, or what is ready first, as long as nothing has left."""
    teller = Teller("", wiring.catalogue.shop, wiring.jobs, wiring.clock.now())
    return OrderDesk(request, wiring, pages, token).change(
        lambda session, order: leave_otherwise(session, order.id or 0, form.text("leaves"), teller)
    )


@post("/orders/{token:str}/address", sync_to_thread=True)
def address(token: str, request: AnyRequest, form: Form, wiring: Wiring, pages: Pages) -> Response[Any]:
    """Send the parcel elsewhere, until its pieces are released."""
    desk = OrderDesk(request, wiring, pages, token)
    typed = {name: form.text(name) for name in ADDRESS}
    wrong = address_faults(typed)
    if wrong:
        return desk.page(typed=typed, errors=wrong, status=422)
    return desk.change(
        lambda session, order: change_address(session, order.id or 0, Address(**typed), now=wiring.clock.now())
    )


@post("/orders/{token:str}/quantities", sync_to_thread=True)
def quantity(token: str, request: AnyRequest, form: Form, wiring: Wiring, pages: Pages) -> Response[Any]:
    """More or fewer of a line, until its pieces are released; the price is the one of that quantity.

    More that would come later than was promised are ordered once their customer has agreed to that day.
    """
    desk, now = OrderDesk(request, wiring, pages, token), wiring.clock.now()
    wanted = LineQuantity(form.number("line") or 0, form.number("pieces") or 0)
    later = desk.later(wanted)
    agreed = _day(form.text("agreed"))
    if later and (agreed is None or agreed < later.on):
        return desk.page(later=later, status=409 if agreed else 200)
    if later:
        awaits = later.awaits.on if later.awaits else None
        wanted = LineQuantity(wanted.line_id, wanted.quantity, later.on, awaits)
    return desk.change(
        lambda session, order: change_quantity(
            session, order.id or 0, wanted, catalogue=wiring.catalogue, jobs=wiring.jobs, now=now
        )
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@post("/orders/{token:str}/again", sync_to_thread=True)
def again(token: str, request: AnyRequest, wiring: Wiring, pages: Pages) -> Response[Any]:
    """Put the same pieces into the cart once more, each design whole."""
    visitor = cart_token(request) or new_token()
    response = OrderDesk(request, wiring, pages, token).change(
        lambda session, order: order_again(session, hashed(visitor), order.id or 0, now=wiring.clock.now())
    )
    if isinstance(response, Redirect):
        response = Redirect("/cart", status_code=303)
        remember(response, visitor, wiring)
    return response


@get("/orders/{token:str}/invoice", sync_to_thread=True)
def invoice(token: str, request: AnyRequest, wiring: Wiring, pages: Pages) -> Response[Any]:
    """The invoice or receipt, to print."""
    with wiring.database.read() as session:
        whole = whole_order(session, order_by_token(session, token))
    values = {"receipt": receipt(whole, wiring.catalogue.shop), "order": whole.order}
    return pages.page(request, "checkout/invoice.html", values)
