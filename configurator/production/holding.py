"""Holding a waiting piece back from planning, and letting it go again; waiting for stock is a hold too."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.blanks.shop import Shop
from configurator.errors import Conflict, Invalid
from configurator.orders.planning_wanted import Place
from configurator.orders.rows import OrderLine, Piece
from configurator.production.plan_store import delete_places, delete_reasons
from configurator.production.rows import Hold
from configurator.stock.expecting import expected_days
from configurator.stock.reserving import Shortage, SoldOut, reserve

Days = Mapping[tuple[str, str], date]
"""(facility, component) -> when the next delivery is expected."""


class NotWaiting(Conflict):
    """Only a waiting piece can be held."""

    def __init__(self, code: str) -> None:
        super().__init__(f"{code} is no longer waiting, so it cannot be held. Its page says where it is.")


class NoReason(Invalid):
    """A hold needs its reason."""

    def __init__(self) -> None:
        super().__init__("Write why it is held: whoever finds it must know.", fields={"reason": "Write a reason."})


def hold(session: Session, code: str, *, reason: str, who: str, now: datetime) -> None:
    """Take a waiting piece out of its batch until it is let go. Raises NotWaiting, NoReason."""
    if not reason.strip():
        raise NoReason
    statement = sa.select(col(Piece.id)).where(col(Piece.code) == code, col(Piece.stage) == "waiting")
    piece = session.execute(statement.with_for_update()).scalar_one_or_none()
    if piece is None:
        raise NotWaiting(code)
    if session.get(Hold, piece) is None:
        session.add(Hold(piece_id=piece, kind="asked", reason=f"On hold: {reason.strip()}", who=who, at=now))
        delete_places(session, [piece])
        session.flush()


def let_go(session: Session, code: str) -> None:
    """End a piece's hold; nothing happens if there is none. A hold for stock ends only when there is stock."""
    piece = session.execute(sa.select(col(Piece.id)).where(col(Piece.code) == code)).scalar_one_or_none()
    statement = sa.delete(Hold).where(col(Hold.piece_id) == piece, col(Hold.kind) == "asked")
    session.execute(statement.execution_options(synchronize_session=False))
    if piece is not None:
        delete_reasons(session, [piece])


def reserve_or_hold(
    session: Session, piece: Piece, needs: Mapping[str, int], *, shop: Shop, now: datetime
) -> tuple[Shortage, ...]:
    """Reserve a piece's components; without enough of them hold it for stock. Returns what is short."""
    short = _short(session, piece.facility, needs, order_id=piece.order_id, now=now)
    if short:
        reason = _reason(short, piece.facility, shop, (expected_days(session), now))
        session.add(Hold(piece_id=piece.id or 0, kind="stock", reason=reason, who="stock", at=now))
    return short


def _reason(short: Sequence[Shortage], facility: str, shop: Shop, coming: tuple[Days, datetime]) -> str:
    """What a piece waits for, and until when by the deliveries that are expected."""
    days, now = coming
    missing = ", ".join(_label(each, shop, days.get((facility, each.component)), now) for each in short)
    return f"It waits for {missing}. Book what comes in; the next plan takes it."


def _label(short: Shortage, shop: Shop, day: date | None, now: datetime) -> str:
    component = shop.components.get(short.component)
    named = f"{short.wanted} {component.label if component else short.component} ({short.left} free"
    if day is None:
        return f"{named})"
    return f"{named}, {'expected' if day >= now.date() else 'late: it was expected'} {day:%A %d %B})"


def reserve_again(session: Session, *, now: datetime, shop: Shop | None = None) -> set[Place]:
    """Reserve for the pieces that wait for stock, oldest first; those that get theirs are let go. Returns where.

    With the shop, those that wait on say until when by what is expected now; where that has changed is returned too.
    """
    rows = session.execute(
        sa.select(
            col(Piece.id),
            col(Piece.facility),
            col(Piece.process),
            col(Piece.order_id),
            col(OrderLine.uses),
            col(Hold.reason),
        )
        .join(Hold, col(Hold.piece_id) == col(Piece.id))
        .join(OrderLine, col(OrderLine.id) == col(Piece.line_id))
        .where(col(Hold.kind) == "stock", col(Piece.stage) == "waiting")
        .order_by(col(Piece.id))
    ).all()
    changed = set()
    coming = expected_days(session), now
    for piece, facility, process, order, uses, reason in rows:
        short = _short(session, facility, uses, order_id=order, now=now)
        told = _reason(short, facility, shop, coming) if short and shop else reason
        if not short:
            _write(session, sa.delete(Hold).where(col(Hold.piece_id) == piece))
        elif told != reason:
            _write(session, sa.update(Hold).where(col(Hold.piece_id) == piece).values(reason=told))
        if not short or told != reason:
            changed.add((facility, process))
    return changed


def _write(session: Session, statement: Any) -> None:
    session.execute(statement.execution_options(synchronize_session=False))


def _short(
    session: Session, facility: str, needs: Mapping[str, int], *, order_id: int, now: datetime
) -> tuple[Shortage, ...]:
    """Reserve, or say what is short; a reservation that fails half way leaves nothing behind."""
    try:
        with session.begin_nested():
            reserve(session, facility, needs, order_id=order_id, now=now)
    except SoldOut as refusal:
        return refusal.shortages
    return ()
