"""When more pieces of an ordered line would come: promised as at ordering, made where its others are."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.blanks.catalogue import Catalogue
from configurator.errors import Refusal
from configurator.orders.changing import LineQuantity, ordered_blank
from configurator.orders.quoting import QuantityOutOfRange, check_quantity
from configurator.orders.rows import Order, OrderLine
from configurator.production.design_reading import routes
from configurator.production.promise import Awaited, Promises
from configurator.production.wishes import Wish


@dataclass(frozen=True, slots=True)
class More:
    """So many more pieces of a line than were ordered, and what is to be promised for them. quantity: wanted in all;
    promised_on: the day that holds for the line so far."""

    line_id: int
    title: str
    quantity: int
    promised_on: date
    wish: Wish


@dataclass(frozen=True, slots=True)
class Later:
    """What their customer must agree to: the day on which the whole order comes then, or the line alone; awaits: what
    they wait for.
    """

    more: More
    on: date
    awaits: Awaited | None
    together: bool = True


def more_of(session: Session, order: Order, wanted: LineQuantity, catalogue: Catalogue) -> More | None:
    """What is wanted more of a line than now; None: nothing, more than can be had, or nobody can read how it is made.

    Whoever changes the order is told of the last two then, before any day is asked for.
    """
    mine = col(OrderLine.id) == wanted.line_id, col(OrderLine.order_id) == order.id
    statement = sa.select(OrderLine).where(*mine, col(OrderLine.cancelled_at).is_(None))
    line: OrderLine | None = session.execute(statement).scalar_one_or_none()
    if line is None or wanted.quantity <= line.quantity:
        return None
    try:
        check_quantity(ordered_blank(session, line, catalogue), wanted.quantity)
    except QuantityOutOfRange:
        return None
    route = routes(session, {line.design_hash}, catalogue)[line.design_hash]
    if isinstance(route, Refusal):
        return None
    store = None if order.fulfilment == "ship" else order.facility
    count = wanted.quantity - line.quantity
    wish = Wish(route.operations, count, order.fulfilment, store, line.uses, blank=line.blank, maker=line.facility)
    return More(wanted.line_id, line.title, wanted.quantity, line.promised_on, wish)


def later_with(more: More, order: Order, promises: Promises, now: datetime) -> Later | None:
    """What is to be agreed to; None: the promised day holds for these too, out of what is there."""
    promise = promises.promise(more.wish, now)
    if promise is None or (promise.on <= more.promised_on and promise.awaits is None):
        return None
    return Later(more, max(promise.on, more.promised_on), promise.awaits, together=order.leaves == "together")
