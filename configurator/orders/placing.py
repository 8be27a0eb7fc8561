"""Placing an order: at the prices seen or not at all, with its stock reserved, once however often it is clicked."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from configurator.blanks.catalogue import Catalogue
from configurator.blanks.shop import Shop
from configurator.clock import spoken
from configurator.errors import Conflict
from configurator.jobs.contract import Jobs
from configurator.money import Currency
from configurator.orders.cart import locked_cart
from configurator.orders.cart_store import lines_to_quote
from configurator.orders.checkout import Checkout, Seen, seen_of
from configurator.orders.codes import Draw, order_number, pickup_code, token
from configurator.orders.events import Happening, happened
from configurator.orders.lines import When, add_lines
from configurator.orders.making_place import home_of
from configurator.orders.notices import notify
from configurator.orders.planning_wanted import want_plans_of
from configurator.orders.quoting import QuotedCart, quoted
from configurator.orders.rows import Cart, CartLine, Order
from configurator.orders.warnings import check_ticked, lines_warned_of

TRIES = 20


class CartIsEmpty(Conflict):
    """There is nothing to order (any more)."""

    def __init__(self) -> None:
        super().__init__("Your cart is empty. If you have just ordered, the confirmation is in your mail.")


class CartHasChanged(Conflict):
    """The cart is not the one that was shown: it was changed in another window."""

    def __init__(self) -> None:
        super().__init__("Your cart has changed since this page was made. Look through it and order again.")


class LineCannotBeOrdered(Conflict):
    """A line is no longer made as it is."""


class NoNumberFree(Conflict):
    """So many numbers are taken that none was found."""

    def __init__(self) -> None:
        super().__init__("No free order number was found. Try again; if it goes on, tell the shop.")


@dataclass(frozen=True, slots=True)
class PriceChange:
    """One price, as seen and as it is now, minor units."""

    label: str
    old: int
    new: int


class PriceHasChanged(Conflict):
    """A price is not the one that was seen; `changes` has old and new, the last one is the total."""

    def __init__(self, changes: Sequence[PriceChange], currency: Currency) -> None:
        self.changes = tuple(changes)
        told = ", ".join(
            f"{change.label}: {currency.written(change.old)} before, {currency.written(change.new)} now"
            for change in changes
        )
        super().__init__(
            f"Prices have changed since this page was made ({told}). Nothing was ordered: look and decide."
        )


def place_order(  # noqa: PLR0913 everything an order depends on is passed in: promise 8
    session: Session, checkout: Checkout, *, catalogue: Catalogue, jobs: Jobs, now: datetime, draw: Draw
) -> Order:
    """Turn the visitor's cart into an order, in the caller's transaction; the same checkout_key gives the same order.

    Writes order, lines, one row a piece, the reservation and an event; empties the cart; enqueues planning and
    the confirmation. Raises PriceHasChanged, SoldOut, ComesLater, CartHasChanged, CartIsEmpty, LineCannotBeOrdered,
    WarningsNotSeen.
    """
    cart_id = locked_cart(session, checkout.token_hash, now=now)
    known = session.exec(select(Order).where(col(Order.checkout_key) == checkout.checkout_key)).one_or_none()
    if known is not None:
        return known
    lines = lines_to_quote(session, checkout.token_hash)
    cart = quoted(lines, catalogue, checkout.fulfilment, checkout.joins)
    _check(cart, checkout.seen, Currency(catalogue.shop.currency, catalogue.shop.locale))
    check_ticked(cart, checkout.ticked)
    order = _numbered(session, _order(checkout, cart, catalogue.shop, now), draw)
    add_lines(session, order, cart.lines, catalogue, When(now, checkout.awaits, _days(checkout)))
    _empty(session, cart_id, order)
    _tell(session, order, cart, checkout, now)
    notify(session, jobs, order.id or 0, "confirmation")
    want_plans_of(session, jobs, order.id or 0)
    return order


def _check(cart: QuotedCart, seen: Seen, currency: Currency) -> None:
    if not cart.lines:
        raise CartIsEmpty
    if cart.problems:
        raise LineCannotBeOrdered(" ".join(cart.problems))
    now = seen_of(cart)
    if [(line.line_id, line.design_hash, line.quantity) for line in now.lines] != [
        (line.line_id, line.design_hash, line.quantity) for line in seen.lines
    ]:
        raise CartHasChanged
    if now != seen:
        raise PriceHasChanged(_changes(cart, seen, now), currency)


def _changes(cart: QuotedCart, seen: Seen, now: Seen) -> list[PriceChange]:
    titles = [line.line.title for line in cart.lines]
    pairs = [
        *((title, old.total, new.total) for title, old, new in zip(titles, seen.lines, now.lines, strict=True)),
        ("Shipping", seen.shipping, now.shipping),
    ]
    changes = [PriceChange(label, old, new) for label, old, new in pairs if old != new]
    return [*changes, PriceChange("Total", seen.total, now.total)]


def _order(checkout: Checkout, cart: QuotedCart, shop: Shop, now: datetime) -> Order:
    totals = cart.totals
    return Order(
        number="",
        token="",
        pickup_code="",
        checkout_key=checkout.checkout_key,
        fulfilment=checkout.fulfilment,
        facility=home_of(checkout.fulfilment, checkout.facility, shop).key,
        leaves=checkout.leaves,
        rush=checkout.fulfilment == "counter",
        currency=shop.currency,
        total=totals.total,
        vat=totals.vat,
        shipping=totals.shipping,
        shipping_vat=totals.shipping_vat,
        shipping_percent=f"{totals.shipping_percent.normalize():f}",
        payment_method=checkout.payment_method,
        placed_at=now,
        promised_on=checkout.promised_on,
        rights_declared_at=now if checkout.rights_declared else None,
        **asdict(checkout.customer),
    )


def _days(checkout: Checkout) -> Mapping[int, date]:
    """The days of single lines, none later than the order's; none where everything leaves together."""
    if checkout.leaves == "together":
        return {}
    return {line: min(day, checkout.promised_on) for line, day in checkout.days.items()}


def _numbered(session: Session, order: Order, draw: Draw) -> Order:
    """Write the order under the first drawn number, token and code that nobody has."""
    for _ in range(TRIES):
        order.number, order.token, order.pickup_code = order_number(draw), token(draw), pickup_code(draw)
        try:
            with session.begin_nested():
                session.add(order)
        except IntegrityError:
            continue
        return order
    raise NoNumberFree


def _empty(session: Session, cart_id: int, order: Order) -> None:
    session.execute(sa.delete(CartLine).where(col(CartLine.cart_id) == cart_id))
    session.execute(sa.update(Cart).where(col(Cart.id) == cart_id).values(order_id=order.id))


def _tell(session: Session, order: Order, cart: QuotedCart, checkout: Checkout, now: datetime) -> None:
    count = "one piece" if cart.pieces == 1 else f"{cart.pieces} pieces"
    seen = " Preflight’s warnings were seen and ticked." if lines_warned_of(cart) else ""
    joined = sum(line.joining.saved for line in cart.lines if line.joining)
    money = Currency(order.currency, "en_IE").written(joined)
    waits = f" Made with a batch that fills, for {money} less." if joined else ""
    day = checkout.awaits
    after = f" Not everything for it is there yet; the rest is expected by {spoken(day)}." if day else ""
    happened(session, order.id or 0, Happening("placed", f"Ordered: {count}.{seen}{waits}{after}"), now=now)
