"""Telling a customer what a piece made again means for the day: from the plan, as soon as it says so, and once."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from babel.dates import format_date
from sqlmodel import Session, col

from configurator.orders.events import DAY_STAYS, LATER, Happening, happened
from configurator.orders.notices import notify
from configurator.orders.rows import OrderEvent, OrderLine, Piece
from configurator.production.plan_store import UNMADE
from configurator.production.promise_watch import Breaking, Teller, breaking
from configurator.production.rows import Batch, BatchPlace


def remakes_untold(session: Session, facility: str) -> Sequence[Piece]:
    """The pieces made again at a facility that the plan has a time for, and whose customers know no day yet."""
    told = sa.select(col(OrderEvent.id)).where(
        col(OrderEvent.order_id) == col(Piece.order_id),
        col(OrderEvent.piece_id) == col(Piece.id),
        col(OrderEvent.kind).in_((DAY_STAYS, LATER)),
    )
    statement = (
        sa.select(Piece)
        .join(BatchPlace, col(BatchPlace.piece_id) == col(Piece.id))
        .join(Batch, col(Batch.id) == col(BatchPlace.batch_id))
        .where(col(Piece.stage).in_(UNMADE), col(Piece.facility) == facility, col(Piece.remake_of).is_not(None))
        .where(col(Batch.done_at).is_not(None), ~told.exists())
        .order_by(col(Piece.id))
    )
    return session.execute(statement).scalars().all()


def tell_days(session: Session, pieces: Sequence[Piece], teller: Teller) -> None:
    """Tell the customers of these pieces, by mail and on the order's page, whether the day stays, or which it is now.

    Where nobody knows the day yet nothing is told. The new day counts as told to the watch of promises. The mail waits
    until the reject cannot be taken back any more.
    """
    if not pieces:
        return
    late = {(one.order_id, one.line_id): one for one in breaking(session, teller.shop, teller.now)}
    later: set[tuple[int, int]] = set()
    for piece in pieces:
        one = late.get((piece.order_id, piece.line_id), late.get((piece.order_id, 0)))
        if one is not None and one.unsure:
            continue
        knows = one is not None and (one.told or (one.order_id, one.line_id) in later)
        happening = _longer(piece, one, teller, again=knows) if one else _stays(session, piece, teller)
        if one:
            later.add((one.order_id, one.line_id))
        happened(session, piece.order_id, happening, now=teller.now)
        sure = piece.moved_at + teller.shop.take_back.scans
        notify(session, teller.jobs, piece.order_id, "remade", again=f"{piece.code}:day", not_before=sure)


def _stays(session: Session, piece: Piece, teller: Teller) -> Happening:
    day = _day(session.get_one(OrderLine, piece.line_id).promised_on, teller)
    return Happening(DAY_STAYS, f"“{piece.title}” is made again in time. Your date stays: {day}.", piece_id=piece.id)


def _longer(piece: Piece, one: Breaking, teller: Teller, *, again: bool) -> Happening:
    """again: the customer was told before that it takes longer; the day may be another by now."""
    what = f"“{one.line}”" if one.line else "your order"
    told = f"“{piece.title}” is made again. You have {what} on {_day(one.on, teller)}"
    if again:
        return Happening(LATER, f"{told}.", piece_id=piece.id)
    old = _day(one.promised_on, teller)
    return Happening(LATER, f"{told} instead of {old}: it takes longer than we promised.", piece_id=piece.id)


def _day(day: date, teller: Teller) -> str:
    return format_date(day, "EEEE d MMMM", locale=teller.shop.locale)
