"""The open batches that others are in, with the room that is left in them: what one can join."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.orders.rows import OrderLine, Piece
from configurator.production.rows import Batch, BatchPlace


@dataclass(frozen=True, slots=True)
class Filling:
    """An open batch that others pay the setup of. free: pieces it still takes, those on their way to it counted.

    closes_at: when it closes by itself; done_at: when its last step ends by the plan.
    """

    number: str
    facility: str
    work_centre: str
    family: str
    blank: str
    free: int
    closes_at: datetime
    done_at: datetime


def filling_batches(session: Session) -> tuple[Filling, ...]:
    """The open batches that can be joined. A piece that has joined and is not planned yet has its place already."""
    coming = (
        sa.select(col(OrderLine.joined).label("batch"), sa.func.count().label("n"))
        .join(Piece, col(Piece.line_id) == col(OrderLine.id))
        .outerjoin(BatchPlace, col(BatchPlace.piece_id) == col(Piece.id))
        .where(col(OrderLine.joined) != "", col(Piece.stage) == "waiting", col(BatchPlace.piece_id).is_(None))
        .group_by(col(OrderLine.joined))
        .subquery()
    )
    held = (
        sa.select(col(BatchPlace.batch_id).label("batch"), sa.func.count().label("n"))
        .join(Piece, col(Piece.id) == col(BatchPlace.piece_id))
        .where(col(Piece.stage) == "waiting")
        .group_by(col(BatchPlace.batch_id))
        .subquery()
    )
    rows = session.execute(
        sa.select(
            col(Batch.number),
            col(Batch.facility),
            col(Batch.work_centre),
            col(Batch.family),
            col(Batch.blank),
            col(Batch.capacity) - held.c.n - sa.func.coalesce(coming.c.n, 0),
            col(Batch.closes_at),
            col(Batch.done_at),
        )
        .join(held, held.c.batch == col(Batch.id))
        .outerjoin(coming, coming.c.batch == col(Batch.number))
        .where(col(Batch.status) == "open", col(Batch.rush).is_(False), col(Batch.held) == "")
        .where(col(Batch.done_at).is_not(None))
        .order_by(col(Batch.id))
    )
    return tuple(Filling(*row) for row in rows)


def lock_batches(session: Session, numbers: Collection[str]) -> None:
    """Until the transaction ends nobody releases these batches or promises their last places; by id, as all lock."""
    statement = sa.select(col(Batch.id)).where(col(Batch.number).in_(numbers)).order_by(col(Batch.id))
    session.execute(statement.with_for_update()).all()
