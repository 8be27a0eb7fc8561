"""What a release reads and writes: the batch, its pieces in their places, the orders they belong to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.orders.rows import Order, OrderEvent, OrderLine, Piece
from configurator.production.plan_store import delete_places
from configurator.production.rows import Batch, BatchPlace, Hold


@dataclass(frozen=True, slots=True)
class PieceToMake:
    """A piece of a batch with what its papers say. uses: component -> count, as reserved with the order.

    warnings: what preflight had said and was ticked when it was ordered, at ordered_at.
    """

    id: int
    code: str
    order_id: int
    order_number: str
    customer: str
    title: str
    summary: str
    blank: str
    design_hash: str
    due_at: datetime
    rush: bool
    remake_of: int | None
    uses: dict[str, int]
    warnings: list[str]
    ordered_at: datetime


def claim(session: Session, batch_id: int, *, who: str, now: datetime) -> bool:
    """Turn an open batch into a released one; False if it is not open (any more). Only one caller gets True."""
    statement = (
        sa.update(Batch)
        .where(col(Batch.id) == batch_id, col(Batch.status) == "open")
        .values(status="released", released_at=now, released_by=who)
        .returning(col(Batch.id))
    )
    claimed = session.execute(statement.execution_options(synchronize_session=False)).scalar_one_or_none()
    return claimed is not None


def claim_pieces(session: Session, batch_id: int, now: datetime) -> Sequence[PieceToMake]:
    """The pieces that are really made, in their places; they are `released` from now on.

    Pieces are locked by id, as everybody locks them. Those that were cancelled or held since the last plan leave.
    """
    rows = session.execute(
        sa.select(col(Piece.id), col(Piece.stage), col(Hold.piece_id))
        .join(BatchPlace, col(BatchPlace.piece_id) == col(Piece.id))
        .outerjoin(Hold, col(Hold.piece_id) == col(Piece.id))
        .where(col(BatchPlace.batch_id) == batch_id)
        .order_by(col(Piece.id))
        .with_for_update(of=Piece)
    ).all()
    gone = [piece for piece, stage, hold in rows if stage != "waiting" or hold is not None]
    made = [piece for piece, stage, hold in rows if stage == "waiting" and hold is None]
    delete_places(session, gone)
    session.execute(
        sa.update(Piece)
        .where(col(Piece.id).in_(made))
        .values(stage="released", moved_at=now)
        .execution_options(synchronize_session=False)
    )
    return pieces_in(session, batch_id)


def pieces_in(session: Session, batch_id: int) -> Sequence[PieceToMake]:
    """The pieces of a batch in the order of their places; cancelled ones are left out."""
    rows = session.execute(
        sa.select(
            col(Piece.id),
            col(Piece.code),
            col(Piece.order_id),
            col(Order.number),
            col(Order.name),
            col(Piece.title),
            col(OrderLine.summary),
            col(Piece.blank),
            col(Piece.design_hash),
            col(Piece.due_at),
            col(Piece.rush),
            col(Piece.remake_of),
            col(OrderLine.uses),
            col(OrderLine.warnings),
            col(Order.placed_at),
        )
        .join(BatchPlace, col(BatchPlace.piece_id) == col(Piece.id))
        .join(Order, col(Order.id) == col(Piece.order_id))
        .join(OrderLine, col(OrderLine.id) == col(Piece.line_id))
        .where(col(BatchPlace.batch_id) == batch_id, col(Piece.stage) != "cancelled")
        .order_by(col(BatchPlace.position))
    )
    return [PieceToMake(*row) for row in rows]


def tell_orders(session: Session, pieces: Sequence[PieceToMake], now: datetime) -> None:
    """One sentence an order: so many of its pieces are being made."""
    counts: dict[int, int] = {}
    for piece in pieces:
        counts[piece.order_id] = counts.get(piece.order_id, 0) + 1
    rows: list[dict[str, Any]] = [
        {"order_id": order, "at": now, "kind": "released", "sentence": _released(count), "who": ""}
        for order, count in counts.items()
    ]
    session.execute(sa.insert(OrderEvent), rows)


def _released(count: int) -> str:
    what = "One piece is" if count == 1 else f"{count} pieces are"
    return f"{what} being made now. The order can no longer be changed or cancelled."
