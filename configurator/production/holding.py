"""Holding a waiting piece back from planning, and letting it go again."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.errors import Conflict, Invalid
from configurator.orders.rows import Piece
from configurator.production.plan_store import delete_places, delete_reasons
from configurator.production.rows import Hold


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
        session.add(Hold(piece_id=piece, reason=f"On hold: {reason.strip()}", who=who, at=now))
        delete_places(session, [piece])
        session.flush()


def let_go(session: Session, code: str) -> None:
    """End a piece's hold; nothing happens if there is none. What waits for stock goes on waiting for it."""
    piece = session.execute(sa.select(col(Piece.id)).where(col(Piece.code) == code)).scalar_one_or_none()
    statement = sa.delete(Hold).where(col(Hold.piece_id) == piece)
    session.execute(statement.execution_options(synchronize_session=False))
    if piece is not None:
        delete_reasons(session, [piece])
