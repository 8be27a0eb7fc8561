"""Walk-in sales: a design made at the counter becomes an order of this store, paid at the till, made now."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from configurator.blanks.catalogue import Catalogue
from configurator.errors import Conflict, Invalid
from configurator.jobs.contract import Jobs
from configurator.orders.cart import Wanted, add_to_cart
from configurator.orders.cart_store import lines_to_quote
from configurator.orders.checkout import Checkout, Customer, seen_of
from configurator.orders.codes import Draw
from configurator.orders.payment import Taken, take_payment
from configurator.orders.placing import place_order
from configurator.orders.quoting import quoted
from configurator.orders.rows import Order

TILL_METHODS = ("cash", "card")


class NoMethod(Invalid):
    """Neither cash nor card."""

    def __init__(self) -> None:
        super().__init__("Say how it was paid: cash or card terminal.", fields={"method": "Cash or card."})


class PriceWasOther(Conflict):
    """The price on the screen is not the price now."""

    def __init__(self) -> None:
        super().__init__("The price has changed since this page was made. Nothing was booked: look and take it again.")


@dataclass(frozen=True)
class WalkIn:
    """A sale at the counter. key: made with the form, so that two taps are one sale; seen: the total shown."""

    wanted: Wanted
    customer: Customer
    facility: str
    clerk: str
    clerk_id: int
    method: str
    seen: int
    key: str
    promised_on: date


def sell(session: Session, sale: WalkIn, *, catalogue: Catalogue, jobs: Jobs, now: datetime, draw: Draw) -> Order:  # noqa: PLR0913 promise 8
    """Order, payment and "make now" in one transaction; the same key again gives the same order.

    Its pieces are rush: planning puts them at the front of this store's next batch. Raises what placing raises,
    and PriceWasOther, NoMethod.
    """
    if sale.method not in TILL_METHODS:
        raise NoMethod
    known = session.exec(select(Order).where(col(Order.checkout_key) == f"walk-in:{sale.key}")).one_or_none()
    if known is not None:
        return known
    token_hash = f"walk-in:{sale.key}"
    order = _placed(session, token_hash, sale, catalogue=catalogue, jobs=jobs, now=now, draw=draw)
    if order.total != sale.seen:
        raise PriceWasOther
    taken = Taken("counter", sale.method, order.total, f"walk-in:{sale.key}", sale.clerk_id, sale.clerk)
    take_payment(session, order.id or 0, taken, now=now)
    return order


def _placed(  # noqa: PLR0913 as sell
    session: Session, token_hash: str, sale: WalkIn, *, catalogue: Catalogue, jobs: Jobs, now: datetime, draw: Draw
) -> Order:
    add_to_cart(session, token_hash, sale.wanted, now=now)
    cart = quoted(lines_to_quote(session, token_hash), catalogue, "counter")
    checkout = Checkout(
        token_hash=token_hash,
        seen=seen_of(cart),
        fulfilment="counter",
        facility=sale.facility,
        customer=sale.customer,
        payment_method="till",
        rights_declared=True,
        promised_on=sale.promised_on,
        checkout_key=f"walk-in:{sale.key}",
    )
    return place_order(session, checkout, catalogue=catalogue, jobs=jobs, now=now, draw=draw)
