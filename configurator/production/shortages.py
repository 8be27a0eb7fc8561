"""Pieces whose promise is in danger because what they wait for has not come, or comes too late, or is not expected."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.blanks.shop import Shop
from configurator.clock import spoken
from configurator.orders.rows import Order, OrderLine, Piece
from configurator.production.hours import Hours
from configurator.stock.rows import ExpectedGoods, StockClaim


@dataclass(frozen=True, slots=True)
class Short:
    """A piece that waits too long. title, line_id, promised_on: of it; of: what for, and until when.

    made_at: the soonest it can be made then; unsure: nobody knows, since the delivery is late or there is none.
    """

    order: Order
    piece_id: int
    line_id: int
    title: str
    promised_on: date
    facility: str
    of: str
    made_at: datetime
    unsure: bool


def short_of(session: Session, shop: Shop, now: datetime, facility: str | None = None) -> tuple[Short, ...]:
    """The pieces that, made by the time the doors close on the working day after what they wait for is there, are made
    after they are due.

    A piece for which nobody knows when that is counts at once, whenever it is due.
    """
    here = sa.true() if facility is None else col(Piece.facility) == facility
    statement = (
        sa.select(Piece, Order, col(OrderLine.promised_on), col(StockClaim.component), col(ExpectedGoods.expected_on))
        .select_from(StockClaim)
        .join(Piece, col(Piece.id) == col(StockClaim.piece_id))
        .join(Order, col(Order.id) == col(Piece.order_id))
        .join(OrderLine, col(OrderLine.id) == col(Piece.line_id))
        .outerjoin(ExpectedGoods, col(ExpectedGoods.id) == col(StockClaim.goods_id))
        .where(here)
        .order_by(col(Piece.id), col(StockClaim.id))
    )
    found: dict[int, Short] = {}
    for piece, order, promised_on, component, day in session.execute(statement):
        maker, unsure = shop.facility(piece.facility), day is None or day < now.date()
        hours = Hours.of(maker)
        comes = now.date() if unsure else day
        then = hours.workday_after(comes + timedelta(days=1), 0)
        made = min(hours.closing(then), hours.at(then, maker.closes))
        worst = found.get(piece.id)
        if (unsure or made > piece.due_at) and (worst is None or (unsure, made) > (worst.unsure, worst.made_at)):
            which = (order, piece.id, piece.line_id, piece.title, promised_on)
            found[piece.id] = Short(*which, piece.facility, _of(shop, component, day), made, unsure)
    return tuple(found.values())


def _of(shop: Shop, component: str, day: date | None) -> str:
    known = shop.components.get(component)
    when = "of which none is expected" if day is None else f"expected {spoken(day)}"
    return f"“{known.label if known else component}”, {when}"
