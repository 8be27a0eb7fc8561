"""One line of an order cancelled: what the rest costs then is shown first, agreed to, and quoted anew."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.blanks.catalogue import Catalogue
from configurator.designs.pricing import cart_totals
from configurator.errors import Conflict
from configurator.jobs.contract import Jobs
from configurator.money import Currency
from configurator.orders.changing import (
    AlreadyCancelled,
    NoSuchOrderLine,
    changeable_order,
    charge,
    lines_of,
    lock_pieces,
    quotes_of,
)
from configurator.orders.events import Happening, happened
from configurator.orders.giving_up import GivenUp, give_up
from configurator.orders.notices import notify
from configurator.orders.payment import locked_order, outstanding, paid
from configurator.orders.planning_wanted import want_plans_of
from configurator.orders.rows import Order, OrderLine, Piece


class OnlyLine(Conflict):
    """Nothing would be left of the order."""

    def __init__(self, number: str) -> None:
        super().__init__(f"That is all of order {number}. Cancel the whole order instead.")


class LineIsMade(Conflict):
    """Something of the line is being made."""

    def __init__(self, title: str) -> None:
        super().__init__(f"“{title}” is being made, so it is not cancelled. Its released batch stays as it is.")


class TotalIsOther(Conflict):
    """What was agreed to is not what it comes to now."""

    def __init__(self) -> None:
        super().__init__("The order has changed since this page was made. Nothing was cancelled: look at it once more.")


@dataclass(frozen=True, slots=True)
class Dearer:
    """A line that costs more a piece without the other, minor units."""

    title: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Without:
    """What an order comes to without one of its lines, minor units. balance: to pay then; negative: to give back.

    dearer: what loses the price of a larger quantity; shipping_before, shipping: where it differs the rest is sent for
    another price.
    """

    line_id: int
    title: str
    pieces: int
    total_before: int
    total: int
    shipping_before: int
    shipping: int
    dearer: tuple[Dearer, ...]
    balance: int


@dataclass(frozen=True, slots=True)
class LineGone:
    """Which line is to go, at which total of the rest as it was shown, and who says so: a maker, who may as long as
    nothing of the line is made; empty: its customer, as long as nothing of the order is."""

    line_id: int
    seen: int
    who: str = ""


def without(session: Session, order: Order, line_id: int, catalogue: Catalogue) -> Without:
    """What cancelling a line comes to; nothing is written. Raises NoSuchOrderLine, OnlyLine."""
    lines = lines_of(session, order.id or 0)
    line = _line(lines, line_id)
    rest = _rest(order, lines, line)
    quotes = quotes_of(session, rest, catalogue)
    totals = cart_totals(quotes, catalogue.shop, order.fulfilment)
    dearer = [
        Dearer(each.title, each.each, quote.each)
        for each, quote in zip(rest, quotes, strict=True)
        if quote.each > each.each
    ]
    return Without(
        line_id,
        line.title,
        line.quantity,
        order.total,
        totals.total,
        order.shipping,
        totals.shipping,
        tuple(dearer),
        totals.total - paid(session, order.id or 0),
    )


def cancel_line(  # noqa: PLR0913 everything it depends on is passed in: promise 8
    session: Session, order_id: int, gone: LineGone, *, catalogue: Catalogue, jobs: Jobs, now: datetime
) -> Order:
    """Cancel a line and give its stock back; the rest keeps its day and costs what was shown. Twice is once.

    Raises TooLate (a customer), LineIsMade, AlreadyCancelled, NoSuchOrderLine, OnlyLine, TotalIsOther.
    """
    lock_pieces(session, order_id)
    order = locked_order(session, order_id)
    known = session.get(OrderLine, gone.line_id, populate_existing=True)
    if known is not None and known.order_id == order_id and known.cancelled_at is not None:
        return order
    order = _open(session, order, gone)
    lines = lines_of(session, order_id)
    line = _line(lines, gone.line_id)
    rest = _rest(order, lines, line)
    quotes = quotes_of(session, rest, catalogue)
    if cart_totals(quotes, catalogue.shop, order.fulfilment).total != gone.seen:
        raise TotalIsOther
    waiting = _waiting(session, line)
    give_up(session, GivenUp(order_id, line.facility, line.uses, waiting), now=now)
    line.cancelled_at = now
    charge(order, rest, quotes, catalogue.shop)
    order.promised_on = max(each.promised_on for each in rest)
    session.flush()
    told = _told(session, order, line, len(waiting), catalogue)
    happened(session, order_id, Happening("changed", told, gone.who), now=now)
    notify(session, jobs, order_id, "changed", again=now.isoformat())
    want_plans_of(session, jobs, order_id)
    session.flush()
    return order


def line_is_waiting(session: Session, line_id: int) -> bool:
    """Whether nothing of a line is made, or was."""
    begun = col(Piece.line_id) == line_id, col(Piece.stage).not_in(("waiting", "cancelled"))
    return session.execute(sa.select(col(Piece.id)).where(*begun).limit(1)).first() is None


def _open(session: Session, order: Order, gone: LineGone) -> Order:
    if not gone.who:
        return changeable_order(session, order.id or 0)
    if order.status != "placed":
        raise AlreadyCancelled(order.number)
    line = _line(lines_of(session, order.id or 0), gone.line_id)
    if not line_is_waiting(session, gone.line_id):
        raise LineIsMade(line.title)
    return order


def _line(lines: Sequence[OrderLine], line_id: int) -> OrderLine:
    found = next((line for line in lines if line.id == line_id), None)
    if found is None:
        raise NoSuchOrderLine
    return found


def _rest(order: Order, lines: Sequence[OrderLine], line: OrderLine) -> list[OrderLine]:
    rest = [each for each in lines if each is not line]
    if not rest:
        raise OnlyLine(order.number)
    return rest


def _waiting(session: Session, line: OrderLine) -> list[int]:
    mine = col(Piece.line_id) == line.id, col(Piece.stage) == "waiting"
    return [id_ for (id_,) in session.execute(sa.select(col(Piece.id)).where(*mine)) if id_ is not None]


def _told(session: Session, order: Order, line: OrderLine, pieces: int, catalogue: Catalogue) -> str:
    written = Currency(order.currency, catalogue.shop.locale).written
    many = "1 piece is" if pieces == 1 else f"{pieces} pieces are"
    back = -outstanding(session, order)
    money = f" You get {written(back)} back." if back > 0 else ""
    return f"“{line.title}” is cancelled: {many} not made. The rest costs {written(order.total)}.{money}"
