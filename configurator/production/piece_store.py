"""Queries about pieces: where each one is, what a station has to do next, how many there are of what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.orders.rows import Order, OrderLine, Piece
from configurator.production.floor_store import BEFORE
from configurator.production.rows import Batch, BatchPlace, Unplanned

MOVING = ("released", "picked", "made", "checked")
"""Stages of a piece that is being made."""


@dataclass(frozen=True, slots=True)
class QueuedPiece:
    """A piece that a station is to handle, in the order of batches and places."""

    code: str
    title: str
    summary: str
    design_hash: str
    order_number: str
    batch: str
    work_centre: str
    machine: int
    position: int
    due_at: datetime
    rush: bool


@dataclass(frozen=True, slots=True)
class LanePiece:
    """A piece of an order and the lane (stage) it is in; batch: its number, empty before planning.

    remake_of: code of the piece it is made instead of. ready_about: when its batch will end, if that is known.
    """

    code: str
    number: int
    title: str
    summary: str
    design_hash: str
    stage: str
    batch: str
    ready_about: datetime | None
    moved_at: datetime
    remake_of: str


@dataclass(frozen=True, slots=True)
class PieceCounts:
    """Pieces by where they are: waiting in open batches, in no batch, being made, in bins; late among all of these."""

    planned: int
    unplanned: int
    making: int
    stored: int
    due_by: int
    late: int
    by_stage: Mapping[str, int]

    @property
    def unseen(self) -> int:
        """Pieces that no plan has looked at yet: they were ordered since the last one."""
        return max(0, self.by_stage.get("waiting", 0) - self.planned - self.unplanned)


def station_queue(session: Session, facility: str, station: str, batch: str = "") -> tuple[QueuedPiece, ...]:
    """What a station has to do, batch by batch as they run; `batch`: only that one."""
    rows = session.execute(
        sa.select(
            col(Piece.code),
            col(Piece.title),
            col(OrderLine.summary),
            col(Piece.design_hash),
            col(Order.number),
            col(Batch.number),
            col(Batch.work_centre),
            col(Batch.machine),
            col(BatchPlace.position),
            col(Piece.due_at),
            col(Piece.rush),
        )
        .join(OrderLine, col(OrderLine.id) == col(Piece.line_id))
        .join(Order, col(Order.id) == col(Piece.order_id))
        .join(BatchPlace, col(BatchPlace.piece_id) == col(Piece.id))
        .join(Batch, col(Batch.id) == col(BatchPlace.batch_id))
        .where(
            col(Piece.facility) == facility,
            col(Piece.stage) == BEFORE[station],
            col(Batch.number) == batch if batch else sa.true(),
        )
        .order_by(col(Batch.rush).desc(), col(Batch.starts_at), col(Batch.id), col(BatchPlace.position))
    )
    return tuple(QueuedPiece(*row) for row in rows)


def lanes(session: Session, order_id: int) -> tuple[LanePiece, ...]:
    """An order's pieces with the lanes they are in, rejected ones too; cancelled ones are left out."""
    instead = sa.orm.aliased(Piece)
    rows = session.execute(
        sa.select(
            col(Piece.code),
            col(Piece.number),
            col(Piece.title),
            col(OrderLine.summary),
            col(Piece.design_hash),
            col(Piece.stage),
            sa.func.coalesce(col(Batch.number), ""),
            col(Batch.done_at),
            col(Piece.moved_at),
            sa.func.coalesce(col(instead.code), ""),
        )
        .join(OrderLine, col(OrderLine.id) == col(Piece.line_id))
        .outerjoin(BatchPlace, col(BatchPlace.piece_id) == col(Piece.id))
        .outerjoin(Batch, col(Batch.id) == col(BatchPlace.batch_id))
        .outerjoin(instead, col(instead.id) == col(Piece.remake_of))
        .where(col(Piece.order_id) == order_id, col(Piece.stage) != "cancelled")
        .order_by(col(Piece.number))
    )
    return tuple(LanePiece(*row) for row in rows)


def piece_counts(session: Session, *, now: datetime, until: datetime, facility: str | None = None) -> PieceCounts:
    """How many pieces are where; due_by: those to be finished until `until`, not yet stored; late: due before now."""
    here: Any = sa.true() if facility is None else col(Piece.facility) == facility
    by_stage = sa.select(col(Piece.stage), sa.func.count()).where(here).group_by(col(Piece.stage))
    stages: dict[str, int] = {row[0]: row[1] for row in session.execute(by_stage)}
    unmade = sa.and_(here, col(Piece.stage).in_(("waiting", *MOVING)))
    due = sa.select(
        sa.func.coalesce(sa.func.sum(sa.case((col(Piece.due_at) <= until, 1), else_=0)), 0),
        sa.func.coalesce(sa.func.sum(sa.case((col(Piece.due_at) < now, 1), else_=0)), 0),
    ).where(unmade)
    due_by, late = session.execute(due).one()
    left_out = (
        sa.select(sa.func.count())
        .select_from(Unplanned)
        .join(Piece, col(Piece.id) == col(Unplanned.piece_id))
        .where(here, col(Piece.stage) == "waiting")
    )
    planned = (
        sa.select(sa.func.count())
        .select_from(BatchPlace)
        .join(Piece, col(Piece.id) == col(BatchPlace.piece_id))
        .where(here, col(Piece.stage) == "waiting")
    )
    return PieceCounts(
        planned=int(session.execute(planned).scalar_one()),
        unplanned=int(session.execute(left_out).scalar_one()),
        making=sum(stages.get(stage, 0) for stage in MOVING),
        stored=stages.get("stored", 0),
        due_by=int(due_by),
        late=int(late),
        by_stage=stages,
    )
