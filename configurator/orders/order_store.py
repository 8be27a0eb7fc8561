"""Queries about orders, for pages, messages and receipts."""

import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from configurator.orders.codes import read_order_number, read_piece_code
from configurator.orders.payment import NoSuchOrder
from configurator.orders.rows import Order, OrderEvent, OrderLine, Payment, Piece


@dataclass(frozen=True)
class WholeOrder:
    """An order with everything that belongs to it. pieces: those that count, remakes in place of rejects.

    events: the newest first. paid: received less given back, minor units.
    """

    order: Order
    lines: Sequence[OrderLine]
    pieces: Sequence[Piece]
    events: Sequence[OrderEvent]
    payments: Sequence[Payment]

    @property
    def paid(self) -> int:
        """What was received less what was given back."""
        return sum(payment.amount for payment in self.payments)

    @property
    def outstanding(self) -> int:
        """What is still to pay; negative: what the customer gets back."""
        return (0 if self.order.status == "cancelled" else self.order.total) - self.paid

    @property
    def changeable(self) -> bool:
        """Whether it can still be changed or cancelled: nothing of it is being made."""
        return self.order.status == "placed" and all(piece.stage == "waiting" for piece in self.pieces)

    @property
    def lying(self) -> Sequence[Piece]:
        """The pieces that wait for their customer or carrier: stored, and in the store where they are fetched."""
        home = "" if self.order.fulfilment == "ship" else self.order.facility
        return [piece for piece in self.pieces if piece.stage == "stored" and home in ("", piece.facility)]

    @property
    def has_left(self) -> bool:
        """Whether its customer has any of it."""
        return any(piece.stage == "handed_over" for piece in self.pieces)

    @property
    def may_leave_otherwise(self) -> bool:
        """Whether it still matters if it leaves together or as it is ready: it is more than a piece, not all ready."""
        order = self.order
        open_ = order.status == "placed" and order.ready_at is None and order.fulfilment != "counter"
        return open_ and len(self.pieces) > 1


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order in a list. lines: of which something is still to be made or there."""

    id: int
    number: str
    name: str
    status: str
    fulfilment: str
    facility: str
    pieces: int
    lines: int
    total: int
    placed_at: datetime
    promised_on: date
    ready_at: datetime | None
    bin: int | None
    pickup_code: str
    rush: bool
    token: str
    leaves: str


def about_line(whole: WholeOrder, line_id: int) -> WholeOrder:
    """The same with what happened to pieces of that line only; with all where that is nothing."""
    mine = {piece.id for piece in whole.pieces if piece.line_id == line_id}
    events = [event for event in whole.events if event.piece_id in mine]
    return replace(whole, events=events or whole.events)


def about_parcel(whole: WholeOrder, at: str) -> WholeOrder:
    """The same with what happened when the parcel of that time (ISO 8601) left; with all where that is nothing."""
    events = [event for event in whole.events if event.at.isoformat() == at]
    return replace(whole, events=events or whole.events)


def about_pieces(whole: WholeOrder, ids: Collection[int]) -> WholeOrder:
    """The same with those of its pieces only; with all where none is named."""
    return replace(whole, pieces=[piece for piece in whole.pieces if piece.id in ids]) if ids else whole


def order_of(session: Session, order_id: int) -> Order:
    """The order; raises NoSuchOrder."""
    return _found(session, col(Order.id) == order_id)


def order_by_token(session: Session, token: str) -> Order:
    """The order whose page has this address; raises NoSuchOrder."""
    return _found(session, col(Order.token) == token)


def order_by_number(session: Session, typed: str) -> Order:
    """The order somebody names by its number, in any case and spacing; raises NoSuchOrder."""
    return _found(session, col(Order.number) == (read_order_number(typed) or typed))


def whole_order(session: Session, order: Order) -> WholeOrder:
    """An order with its lines, pieces, events and payments."""
    mine = order.id or 0
    pieces = select(Piece).where(col(Piece.order_id) == mine, col(Piece.stage).not_in(("rejected", "cancelled")))
    return WholeOrder(
        order=order,
        lines=session.exec(
            select(OrderLine)
            .where(col(OrderLine.order_id) == mine, col(OrderLine.cancelled_at).is_(None))
            .order_by(col(OrderLine.position))
        ).all(),
        pieces=session.exec(pieces.order_by(col(Piece.number))).all(),
        events=session.exec(
            select(OrderEvent).where(col(OrderEvent.order_id) == mine).order_by(col(OrderEvent.id).desc())
        ).all(),
        payments=session.exec(select(Payment).where(col(Payment.order_id) == mine).order_by(col(Payment.id))).all(),
    )


def recent_orders(session: Session, *, limit: int = 50) -> tuple[OrderRow, ...]:
    """The newest orders, newest first."""
    return _rows(session, sa.true(), col(Order.id).desc(), limit)


def orders_to_send(session: Session, parts: Collection[int], *, limit: int = 500) -> tuple[OrderRow, ...]:
    """The orders that a carrier can take, the oldest first. parts: ids of those of which a part may leave."""
    may_leave = sa.or_(col(Order.ready_at).is_not(None), col(Order.id).in_(list(parts)))
    here = sa.and_(col(Order.status) == "placed", col(Order.fulfilment) == "ship", may_leave)
    return _rows(session, here, col(Order.id).asc(), limit)


def orders_found(session: Session, typed: str, *, limit: int = 100) -> tuple[OrderRow, ...]:
    """The orders that a code, a part of a name or an email names, newest first; all for nothing typed.

    Names are compared without case and accents, which no database does alike: every order's name is read for it.
    """
    number = read_order_number(typed) or (read_piece_code(typed) or "").rpartition("-")[0]
    if number:
        return _rows(session, col(Order.number) == number, col(Order.id).desc(), limit)
    wanted = folded(typed)
    people = session.execute(sa.select(col(Order.id), col(Order.name), col(Order.email)).order_by(col(Order.id).desc()))
    found = [row[0] for row in people if wanted in folded(row[1]) or wanted in folded(row[2])]
    return _rows(session, col(Order.id).in_(found[:limit]), col(Order.id).desc(), limit)


def folded(text: str) -> str:
    """A text as people search for it: without case, accents and doubled spaces."""
    apart = unicodedata.normalize("NFKD", text)
    return " ".join("".join(sign for sign in apart if not unicodedata.combining(sign)).casefold().split())


def _rows(
    session: Session, condition: sa.ColumnElement[bool], order: sa.UnaryExpression[Any], limit: int
) -> tuple[OrderRow, ...]:
    counted = sa.and_(col(Piece.order_id) == col(Order.id), col(Piece.stage).not_in(("rejected", "cancelled")))
    pieces = sa.select(sa.func.count()).select_from(Piece).where(counted).scalar_subquery()
    lines = sa.select(sa.func.count(sa.distinct(col(Piece.line_id)))).where(counted).scalar_subquery()
    columns = (
        col(Order.id),
        col(Order.number),
        col(Order.name),
        col(Order.status),
        col(Order.fulfilment),
        col(Order.facility),
        pieces,
        lines,
        col(Order.total),
        col(Order.placed_at),
        col(Order.promised_on),
        col(Order.ready_at),
        col(Order.bin),
        col(Order.pickup_code),
        col(Order.rush),
        col(Order.token),
        col(Order.leaves),
    )
    found = session.execute(sa.select(*columns).where(condition).order_by(order).limit(limit))
    return tuple(OrderRow(*row) for row in found)


def _found(session: Session, condition: sa.ColumnElement[bool]) -> Order:
    order = session.exec(select(Order).where(condition)).one_or_none()
    if order is None:
        raise NoSuchOrder
    return order
