"""Holding a waiting piece back from planning, and letting it go again; waiting for stock is a hold too."""

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.blanks.shop import Shop
from configurator.errors import Conflict, Invalid
from configurator.orders.planning_wanted import Place
from configurator.orders.rows import OrderLine, Piece
from configurator.production.plan_store import delete_places, delete_reasons
from configurator.production.rows import Hold
from configurator.stock.reserving import Shortage, SoldOut, reserve


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
        missing = ", ".join(_label(each, shop) for each in short)
        reason = f"It waits for {missing}. Book what comes in; the next plan takes it."
        session.add(Hold(piece_id=piece.id or 0, kind="stock", reason=reason, who="stock", at=now))
    return short


def _label(short: Shortage, shop: Shop) -> str:
    component = shop.components.get(short.component)
    return f"{short.wanted} {component.label if component else short.component} ({short.left} free)"


def reserve_again(session: Session, *, now: datetime) -> set[Place]:
    """Reserve for the pieces that wait for stock, oldest first; those that get theirs are let go. Returns where."""
    rows = session.execute(
        sa.select(col(Piece.id), col(Piece.facility), col(Piece.process), col(Piece.order_id), col(OrderLine.uses))
        .join(Hold, col(Hold.piece_id) == col(Piece.id))
        .join(OrderLine, col(OrderLine.id) == col(Piece.line_id))
        .where(col(Hold.kind) == "stock", col(Piece.stage) == "waiting")
        .order_by(col(Piece.id))
    ).all()
    freed = set()
    for piece, facility, process, order, uses in rows:
        if not _short(session, facility, uses, order_id=order, now=now):
            done = sa.delete(Hold).where(col(Hold.piece_id) == piece)
            session.execute(done.execution_options(synchronize_session=False))
            freed.add((facility, process))
    return freed


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
