"""Cart and checkout, one page and one form: whatever is pressed, nothing typed is lost."""

import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from litestar import Response, get, post
from litestar.response import Redirect
from sqlmodel import Session

from configurator.blanks.shop import Shop
from configurator.errors import Conflict, Invalid, Refusal
from configurator.orders.cart import remove_line, set_quantity
from configurator.orders.cart_store import quoted_cart
from configurator.orders.checkout import Checkout, customer_of, faults, read_seen, seen_of, seen_written
from configurator.orders.placing import CartHasChanged, place_order
from configurator.orders.warnings import lines_warned_of, read_ticked, unticked, warned_written
from configurator.production.filling import lock_batches
from configurator.web.cart_blocks import blocks
from configurator.web.cart_views import PROVIDER, CheckoutView, Filled, checkout_view, typed_of
from configurator.web.date_choices import BatchIsGone, seen_joins
from configurator.web.forms import Form, RowId, Texts, query_pairs
from configurator.web.removed_lines import NONE_GONE, Gone, gone_of
from configurator.web.rendering import AnyRequest, Pages, wants_fragment
from configurator.web.visitors import cart_hash
from configurator.web.wiring import Wiring


class DateHasChanged(Conflict):
    """The pieces will be ready later than the page said."""

    def __init__(self) -> None:
        super().__init__("The date has changed since this page was made. Nothing was ordered: look and decide.")


@dataclass(frozen=True)
class CartDesk:
    """A visitor's cart with what was sent, and what the page is made with."""

    request: AnyRequest
    wiring: Wiring
    pages: Pages
    typed: Mapping[str, str]

    def change(self, change: Callable[[Session], None], *, field: str = "", gone: Gone = NONE_GONE) -> Response[Any]:
        """Change the cart and show the page again; a refusal stands at its field, or at the top."""
        try:
            with self.wiring.database.write() as session:
                change(session)
        except Invalid as refusal:
            return self.page(errors={field: refusal.sentence}, status=422)
        except Refusal as refusal:
            return self.page(refusal=refusal.sentence, status=refusal.status)
        return self.page(gone=gone, touched=field)

    def page(
        self,
        *,
        errors: Mapping[str, str] | None = None,
        refusal: str = "",
        status: int = 200,
        gone: Gone = NONE_GONE,
        touched: str = "",
    ) -> Response[Any]:
        """The page with everything that was typed. touched: the field that was just changed."""
        filled = self.filled(errors or {})
        with self.wiring.database.read() as session:
            view = checkout_view(session, filled, self.wiring, self.wiring.clock.now())
        lines = blocks(view, self.wiring.catalogue, touched=touched, gone=gone.place)
        values = self._values(view, filled) | {"refusal": refusal, "gone": gone, "blocks": lines}
        return self.pages.page(
            self.request, "checkout/cart.html", values, fragment="checkout/_checkout.html", status=status
        )

    def untold(self) -> Mapping[str, str]:
        """The fault of a tick that is missing under preflight's warnings."""
        with self.wiring.database.read() as session:
            cart = quoted_cart(session, cart_hash(self.request), self.wiring.catalogue)
        lines = unticked(cart, read_ticked(self.typed.get("warned", "")))
        return {"warned": "Tick that it is to be made as it is, or edit it first."} if lines else {}

    def gone(self, line: int) -> Gone:
        """A line that is going to be removed."""
        with self.wiring.database.read() as session:
            cart = quoted_cart(session, cart_hash(self.request), self.wiring.catalogue)
        return gone_of(cart, line, self.wiring.catalogue)

    def filled(self, errors: Mapping[str, str]) -> Filled:
        """The form as filled in so far."""
        facilities = self.wiring.catalogue.shop.facilities
        stores = frozenset(facility.key for facility in facilities if facility.kind == "store")
        return Filled(cart_hash(self.request), stores, self.typed, errors)

    def _values(self, view: CheckoutView, filled: Filled) -> dict[str, Any]:
        return {
            "view": view,
            "partial": wants_fragment(self.request.headers),
            "in_cart": view.cart.pieces,
            "typed": Texts(filled.typed),
            "errors": Texts(filled.errors),
            "seen": seen_written(seen_of(view.cart)),
            "joins": seen_joins(view.joins),
            "days": seen_days(view.days),
            "warned": warned_written(view.cart),
            "warned_lines": lines_warned_of(view.cart),
            "key": _key(filled.typed) or secrets.token_urlsafe(24),
            # The only way to pay was not chosen: with another way to get it, its first way to pay is offered again.
            "payment": _payment(view, "" if filled.typed.get("only") else filled.typed.get("payment", "")),
        }


@get("/cart", sync_to_thread=True)
def cart(request: AnyRequest, wiring: Wiring, pages: Pages) -> Response[Any]:
    """What is in the cart, and the form that orders it; way and date as they were chosen in the customiser."""
    chosen = {name: value for name, value in query_pairs(request.url.query) if name in ("way", "date", "leaves")}
    return CartDesk(request=request, wiring=wiring, pages=pages, typed=chosen).page()


@post("/cart/quotes", sync_to_thread=True)
def quotes(request: AnyRequest, form: Form, wiring: Wiring, pages: Pages) -> Response[Any]:
    """The sum and the date for another way to get it. Changes nothing."""
    return _desk(request, form, wiring, pages).page()


@post("/cart/lines/{line:int}", status_code=200, sync_to_thread=True)
def quantity(line: RowId, request: AnyRequest, form: Form, wiring: Wiring, pages: Pages) -> Response[Any]:
    """Another quantity of a line."""
    desk = _desk(request, form, wiring, pages)
    field = f"pieces-{line}"
    asked = form.text("to") or form.text(field)
    if not (asked.isascii() and asked.isdigit() and len(asked) < 7):
        return desk.page(errors={field: "Write how many you want, in digits."}, status=422)
    return desk.change(
        lambda session: set_quantity(session, cart_hash(request), line, int(asked), catalogue=wiring.catalogue),
        field=field,
    )


@post("/cart/lines/{line:int}/removals", status_code=200, sync_to_thread=True)
def removal(line: RowId, request: AnyRequest, form: Form, wiring: Wiring, pages: Pages) -> Response[Any]:
    """Take a line out of the cart; where it stood, the page says how it comes back."""
    desk = _desk(request, form, wiring, pages)
    return desk.change(lambda session: remove_line(session, cart_hash(request), line), gone=desk.gone(line))


@post("/orders", sync_to_thread=True)
def order(request: AnyRequest, form: Form, wiring: Wiring, pages: Pages) -> Response[Any]:
    """Place the order: at what the page showed, or not at all."""
    desk = _desk(request, form, wiring, pages)
    filled = desk.filled({})
    wish = {**desk.typed, "fulfilment": filled.fulfilment if filled.is_known else "", "facility": filled.facility}
    wrong = {**desk.untold(), **faults(wish, wiring.catalogue.shop, PROVIDER)}
    if wrong:
        return desk.page(errors=wrong, status=422)
    try:
        token = _placed(wish, filled, wiring)
    except Refusal as refusal:
        return desk.page(refusal=refusal.sentence, status=refusal.status)
    return Redirect(f"/orders/{token}", status_code=303)


def _placed(wish: Mapping[str, str], filled: Filled, wiring: Wiring) -> str:
    """Place it in one transaction; the token of its page."""
    if not _key(wish):
        raise CartHasChanged
    now = wiring.clock.now()
    with wiring.database.read() as session:
        view = checkout_view(session, filled, wiring, now)
    with wiring.database.write() as session:
        if filled.waits and view.cart.lines:
            view = _held(session, filled, wiring, now)
        if view.on and wish.get("promised", "") < view.on.isoformat():
            raise DateHasChanged
        if any(day.isoformat() > _seen_days(wish).get(str(line), "") for line, day in view.days.items()):
            raise DateHasChanged
        checkout = _checkout(wish, filled, view, wiring.catalogue.shop, now)
        placed = place_order(
            session, checkout, catalogue=wiring.catalogue, jobs=wiring.jobs, now=now, draw=secrets.randbelow
        )
        return placed.token


def _held(session: Session, filled: Filled, wiring: Wiring, now: datetime) -> CheckoutView:
    """The page with the batches that it joins, which stay as they are until the order is placed.

    Raises BatchIsGone.
    """
    lock_batches(session, checkout_view(session, filled, wiring, now).joined)
    view = checkout_view(session, filled, wiring, now)
    if seen_joins(view.joins) != filled.typed.get("joins", ""):
        raise BatchIsGone
    return view


def _checkout(wish: Mapping[str, str], filled: Filled, view: CheckoutView, shop: Shop, now: datetime) -> Checkout:
    return Checkout(
        token_hash=filled.token_hash,
        seen=read_seen(wish.get("seen", "")),
        fulfilment=filled.fulfilment,
        facility=filled.facility,
        customer=customer_of(wish, shop),
        payment_method=wish["payment"],
        rights_declared=bool(wish.get("rights")),
        promised_on=view.on or now.date(),
        checkout_key=_key(wish),
        ticked=read_ticked(wish.get("warned", "")),
        joins=view.joins,
        awaits=view.awaits.on if view.awaits else None,
        leaves=view.leaves,
        days=view.days,
    )


def seen_days(days: Mapping[int, date]) -> str:
    """The days of single lines for a hidden form field."""
    return ",".join(f"{line}:{day.isoformat()}" for line, day in days.items())


def _seen_days(wish: Mapping[str, str]) -> Mapping[str, str]:
    """The other way; empty for what no page wrote."""
    pairs = (part.partition(":") for part in wish.get("days", "").split(","))
    return {line: day for line, _, day in pairs}


def _desk(request: AnyRequest, form: Form, wiring: Wiring, pages: Pages) -> CartDesk:
    return CartDesk(request=request, wiring=wiring, pages=pages, typed=typed_of(form.pairs))


def _key(typed: Mapping[str, str]) -> str:
    """The form's own key: of the signs and as long as those we made, or none.

    A short one could be somebody else's too, and one with other signs passes for what a counter has sold.
    """
    key = typed.get("checkout_key", "")
    return key if re.fullmatch(r"[A-Za-z0-9_-]{30,64}", key) else ""


def _payment(view: CheckoutView, asked: str) -> str:
    """The chosen method, or the first that goes with the way to get it."""
    keys = [method.key for method in view.methods]
    return asked if asked in keys else keys[0]
