"""Walk-in sales: a design made at the counter becomes an order of this store, paid at the till, made now."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from configurator.blanks.catalogue import Catalogue
from configurator.blanks.shop import Facility
from configurator.designs.pricing import operations
from configurator.errors import Conflict, Invalid
from configurator.jobs.contract import Jobs
from configurator.orders.cart import Wanted, add_to_cart, locked_cart
from configurator.orders.cart_store import lines_to_quote
from configurator.orders.checkout import Checkout, Customer, seen_of
from configurator.orders.codes import Draw
from configurator.orders.payment import Taken, take_payment
from configurator.orders.placing import place_order
from configurator.orders.quoting import NOBODY_JOINS, Joining, quoted
from configurator.orders.rows import Order, OrderLine
from configurator.production.rush_notes import Accepted, check_promises, note_rush
from configurator.production.rushing import NOBODY, RushTold

TILL_METHODS = ("cash", "card")


class NoMethod(Invalid):
    """Neither cash nor card."""

    def __init__(self) -> None:
        super().__init__("Say how it was paid: cash or card terminal.", fields={"method": "Cash or card."})


class PriceWasOther(Conflict):
    """The price on the screen is not the price now."""

    def __init__(self) -> None:
        super().__init__("The price has changed since it was shown. Nothing was booked: look and take it again.")


class NotMadeHere(Conflict):
    """The store lacks a machine, or the last component, for it."""


@dataclass(frozen=True)
class WalkIn:
    """A sale at the counter. key: made with the form, so that two taps are one sale; seen: the total shown.

    ticked: hashes of the designs that clerk and customer agreed to make in spite of preflight's warnings.
    joining: the batch that it is made with, if the customer rather waits for that and pays less.
    fetched: it is made elsewhere or later, for this store has too few left; awaits: as in Checkout.
    told: whom it delays, as shown to the clerk; reason: why it goes first although that breaks a promise.
    """

    wanted: Wanted
    customer: Customer
    facility: str
    clerk: str
    clerk_id: int
    method: str
    seen: int
    key: str
    promised_on: date
    ticked: frozenset[str] = frozenset()
    joining: Joining | None = None
    told: RushTold = NOBODY
    reason: str = ""
    fetched: bool = False
    awaits: date | None = None

    @property
    def at_once(self) -> bool:
        """Whether the customer waits for it here."""
        return not self.joining and not self.fetched

    @property
    def fulfilment(self) -> str:
        """Made while the customer waits, or fetched here when it is made."""
        return "counter" if self.at_once else "pickup"


def sell(session: Session, sale: WalkIn, *, catalogue: Catalogue, jobs: Jobs, now: datetime, draw: Draw) -> Order:  # noqa: PLR0913 promise 8
    """Order, payment and "make now" in one transaction; the same key again gives the same order.

    Its pieces are rush: planning puts them at the front of this store's next batch, unless they join one. Raises what
    placing raises, and NotMadeHere, PriceWasOther, NoMethod, BreaksPromises.
    """
    if sale.method not in TILL_METHODS:
        raise NoMethod
    if sale.at_once:
        check_promises(sale.told, sale.reason)
    locked_cart(session, _cart(sale), now=now)
    known = sold_before(session, sale)
    if known is not None:
        return known
    order = _placed(session, sale, catalogue=catalogue, jobs=jobs, now=now, draw=draw)
    if order.total != sale.seen:
        raise PriceWasOther
    if sale.at_once:
        note_rush(session, order, Accepted(sale.told, sale.clerk, sale.reason), now)
    taken = Taken("counter", sale.method, order.total, _cart(sale), sale.clerk_id, sale.clerk)
    if order.total:
        take_payment(session, order.id or 0, taken, now=now)
    return order


def sold_before(session: Session, sale: WalkIn) -> Order | None:
    """The order of this sale, if it was booked already."""
    return session.exec(select(Order).where(col(Order.checkout_key) == _cart(sale))).one_or_none()


def check_made_here(wanted: Wanted, facility: Facility) -> None:
    """Raise NotMadeHere unless every machine that the design needs stands in this store."""
    proofed = wanted.proofed
    step = next((s for s in operations(proofed.design, proofed.blank) if s.at not in facility.centres), None)
    if step is not None:
        raise NotMadeHere(
            f"{facility.name} cannot make this “{proofed.blank.name}”: “{step.name}” has no machine here. "
            "Choose something else, or order it in the shop to be picked up here."
        )


def is_walk_in(order: Order) -> bool:
    """Whether it was sold at a counter."""
    return order.checkout_key.startswith(_SOLD_HERE)


_SOLD_HERE = "walk-in:"
"""Begins the checkout key of what is sold at a counter; the form's own key follows."""


def _cart(sale: WalkIn) -> str:
    return f"{_SOLD_HERE}{sale.key}"


def _placed(session: Session, sale: WalkIn, *, catalogue: Catalogue, jobs: Jobs, now: datetime, draw: Draw) -> Order:  # noqa: PLR0913 promise 8
    here = catalogue.shop.facility(sale.facility)
    if not sale.fetched:
        check_made_here(sale.wanted, here)
    line = add_to_cart(session, _cart(sale), sale.wanted, now=now)
    joins = {line: sale.joining} if sale.joining else NOBODY_JOINS
    cart = quoted(lines_to_quote(session, _cart(sale)), catalogue, sale.fulfilment, joins)
    checkout = Checkout(
        token_hash=_cart(sale),
        seen=seen_of(cart),
        fulfilment=sale.fulfilment,
        facility=sale.facility,
        customer=sale.customer,
        payment_method="till",
        rights_declared=True,
        promised_on=sale.promised_on,
        checkout_key=_cart(sale),
        ticked=sale.ticked,
        joins=joins,
        awaits=sale.awaits,
    )
    order = place_order(session, checkout, catalogue=catalogue, jobs=jobs, now=now, draw=draw)
    if sale.at_once:
        _check_stock_here(session, order, here)
    return order


def _check_stock_here(session: Session, order: Order, here: Facility) -> None:
    """Placing turns to other facilities when a store has run out; a customer who waits cannot."""
    makers = session.exec(select(OrderLine.facility).where(col(OrderLine.order_id) == order.id)).all()
    if set(makers) != {here.key}:
        raise NotMadeHere(
            f"{here.name} has not enough left for this. Nothing was booked: choose another colour or fewer pieces, "
            "or order it in the shop to be picked up here."
        )
