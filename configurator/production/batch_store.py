"""Queries for the board and the batch page: batches with their counts, pieces with their places, lines in no batch."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.blanks.catalogue import Catalogue
from configurator.errors import Refusal
from configurator.export.frozen import frozen_batch
from configurator.orders.rows import Order, OrderLine, Piece
from configurator.production.design_reading import routes
from configurator.production.laying_out import Layout, lay_out_batch
from configurator.production.layout_store import kept_layout
from configurator.production.plan_store import UNMADE
from configurator.production.releasing import NoSuchBatch
from configurator.production.room_left import room_left
from configurator.production.rows import Batch, BatchPlace, PlanFigures, Unplanned


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A batch in a list. pieces: that are in it, of so many orders; made: past production; rejected: to be remade.

    starts_at: when its changeover begins. Costs in minor units, see the table.
    """

    id: int
    number: str
    facility: str
    work_centre: str
    family: str
    blank: str
    title: str
    rush: bool
    status: str
    machine: int
    sequence: int
    capacity: int
    per_sheet: int
    sheets: int
    sheet_price: int
    setup_cost: int
    run_cost: int
    changeover_min: float
    run_min: float
    starts_at: datetime | None
    ends_at: datetime | None
    done_at: datetime | None
    due_at: datetime
    closes_at: datetime
    opened_at: datetime
    released_at: datetime | None
    released_by: str
    package: str | None
    package_digest: str | None
    packaged_at: datetime | None
    pinned_machine: int | None
    pinned_at: datetime | None
    held: str
    actual_sheets: int | None
    actual_setup_min: float | None
    actual_steps: Mapping[str, Any]
    pieces: int
    orders: int
    made: int
    rejected: int

    @property
    def free(self) -> int:
        """Places left."""
        return max(0, self.capacity - self.pieces)


@dataclass(frozen=True, slots=True)
class PieceInBatch:
    """A piece of a batch, in its place. due_at: when it must be finished; rush: a remake or made while waiting.

    warnings: what preflight had said and was ticked when it was ordered, at ordered_at.
    """

    position: int
    code: str
    title: str
    summary: str
    design_hash: str
    order_number: str
    customer: str
    due_at: datetime
    stage: str
    rush: bool
    remake_of: int | None
    warnings: list[str]
    ordered_at: datetime


@dataclass(frozen=True, slots=True)
class UnplannedPiece:
    """A waiting piece in no batch, and why, since when."""

    code: str
    title: str
    summary: str
    design_hash: str
    order_number: str
    facility: str
    due_at: datetime
    reason: str
    since: datetime


_ROW = tuple(
    col(column)
    for column in (
        Batch.id,
        Batch.number,
        Batch.facility,
        Batch.work_centre,
        Batch.family,
        Batch.blank,
        Batch.title,
        Batch.rush,
        Batch.status,
        Batch.machine,
        Batch.sequence,
        Batch.capacity,
        Batch.per_sheet,
        Batch.sheets,
        Batch.sheet_price,
        Batch.setup_cost,
        Batch.run_cost,
        Batch.changeover_min,
        Batch.run_min,
        Batch.starts_at,
        Batch.ends_at,
        Batch.done_at,
        Batch.due_at,
        Batch.closes_at,
        Batch.opened_at,
        Batch.released_at,
        Batch.released_by,
        Batch.package,
        Batch.package_digest,
        Batch.packaged_at,
        Batch.pinned_machine,
        Batch.pinned_at,
        Batch.held,
        Batch.actual_sheets,
        Batch.actual_setup_min,
        Batch.actual_steps,
    )
)


def open_batches(session: Session, facility: str | None = None) -> tuple[BatchRow, ...]:
    """The batches that fill, those that run first at the top."""
    return _batches(session, sa.and_(col(Batch.status) == "open", _at(facility)))


def open_count(session: Session) -> int:
    """How many batches are open."""
    statement = sa.select(sa.func.count()).select_from(Batch).where(col(Batch.status) == "open")
    return int(session.execute(statement).scalar_one())


def batches_since(session: Session, since: datetime, facility: str | None = None) -> tuple[BatchRow, ...]:
    """Every batch that is open or released, and those that ended or were released after `since`: the Gantt's bars."""
    lately = sa.or_(col(Batch.ends_at) >= since, col(Batch.released_at) >= since)
    return _batches(session, sa.and_(sa.or_(col(Batch.status) != "done", lately), _at(facility)))


def batch_by_number(session: Session, number: str) -> BatchRow:
    """One batch; raises NoSuchBatch."""
    found = _batches(session, col(Batch.number) == number.strip().upper())
    if not found:
        raise NoSuchBatch
    return found[0]


def pieces_of(session: Session, batch_id: int) -> tuple[PieceInBatch, ...]:
    """The pieces of a batch in the order in which they lie on the sheet; cancelled ones are left out."""
    rows = session.execute(
        sa.select(
            col(BatchPlace.position),
            col(Piece.code),
            col(Piece.title),
            col(OrderLine.summary),
            col(Piece.design_hash),
            col(Order.number),
            col(Order.name),
            col(Piece.due_at),
            col(Piece.stage),
            col(Piece.rush),
            col(Piece.remake_of),
            col(OrderLine.warnings),
            col(Order.placed_at),
        )
        .join(Piece, col(Piece.id) == col(BatchPlace.piece_id))
        .join(OrderLine, col(OrderLine.id) == col(Piece.line_id))
        .join(Order, col(Order.id) == col(Piece.order_id))
        .where(col(BatchPlace.batch_id) == batch_id, col(Piece.stage) != "cancelled")
        .order_by(col(BatchPlace.position))
    )
    return tuple(PieceInBatch(*row) for row in rows)


def fits_more(session: Session, batch: BatchRow, layout: Layout, catalogue: Catalogue) -> int:
    """How many more of the largest kind that is in an open batch fit on the sheets it takes; 0 for any other batch."""
    if batch.status != "open" or layout.rectangles:
        return 0
    pieces = pieces_of(session, batch.id)
    known = routes(session, {piece.design_hash for piece in pieces}, catalogue)
    found = [route for piece in pieces if not isinstance(route := known[piece.design_hash], Refusal)]
    return room_left(found, sum(not sheet.output for sheet in layout.sheets), batch.free)


def layout_of(session: Session, batch: BatchRow, catalogue: Catalogue) -> Layout:
    """Where a batch's pieces lie: as frozen, or as they would lie if it were released now."""
    frozen = session.execute(sa.select(col(Batch.frozen)).where(col(Batch.id) == batch.id)).scalar_one()
    if frozen is not None:
        released = frozen_batch(frozen)
        places = {piece.code: piece.places for piece in released.pieces}
        return Layout(released.sheets, places, rectangles=released.rectangles)
    pieces = pieces_of(session, batch.id)
    known = routes(session, {piece.design_hash for piece in pieces}, catalogue)
    found = [(piece.code, piece.design_hash, known[piece.design_hash]) for piece in pieces]
    readable = [(code, design, route) for code, design, route in found if not isinstance(route, Refusal)]
    shaped = kept_layout(session, batch.id, readable)
    return lay_out_batch([(code, route) for code, _, route in readable], catalogue.shop.methods, shaped)


def unplanned(session: Session, facility: str | None = None) -> tuple[UnplannedPiece, ...]:
    """The waiting pieces in no batch with the reasons, most urgent first."""
    here = sa.true() if facility is None else col(Piece.facility) == facility
    rows = session.execute(
        sa.select(
            col(Piece.code),
            col(Piece.title),
            col(OrderLine.summary),
            col(Piece.design_hash),
            col(Order.number),
            col(Piece.facility),
            col(Piece.due_at),
            col(Unplanned.reason),
            col(Unplanned.at),
        )
        .join(Piece, col(Piece.id) == col(Unplanned.piece_id))
        .join(OrderLine, col(OrderLine.id) == col(Piece.line_id))
        .join(Order, col(Order.id) == col(Piece.order_id))
        .where(col(Piece.stage) == "waiting", here)
        .order_by(col(Piece.due_at), col(Piece.id))
    )
    return tuple(UnplannedPiece(*row) for row in rows)


def plan_figures(session: Session, facility: str | None = None) -> tuple[PlanFigures, ...]:
    """What the last plan came to, by facility."""
    here = sa.true() if facility is None else col(PlanFigures.facility) == facility
    rows = session.execute(sa.select(PlanFigures).where(here).order_by(col(PlanFigures.facility)))
    return tuple(rows.scalars())


def _batches(session: Session, condition: Any) -> tuple[BatchRow, ...]:
    counts = (
        sa.select(
            col(BatchPlace.batch_id),
            sa.func.count().label("pieces"),
            sa.func.count(sa.distinct(col(Piece.order_id))).label("orders"),
            sa.func.sum(sa.case((col(Piece.stage).in_(UNMADE), 0), else_=1)).label("made"),
            sa.func.sum(sa.case((col(Piece.stage) == "rejected", 1), else_=0)).label("rejected"),
        )
        .join(Piece, col(Piece.id) == col(BatchPlace.piece_id))
        .where(col(Piece.stage) != "cancelled")
        .group_by(col(BatchPlace.batch_id))
        .subquery()
    )
    figures = [sa.func.coalesce(counts.c[name], 0) for name in ("pieces", "orders", "made", "rejected")]
    statement = sa.select(*_ROW, *figures).outerjoin(counts, counts.c.batch_id == col(Batch.id)).where(condition)
    order = (col(Batch.facility), col(Batch.work_centre), col(Batch.machine), col(Batch.starts_at), col(Batch.id))
    return tuple(BatchRow(*row) for row in session.execute(statement.order_by(*order)))


def _at(facility: str | None) -> Any:
    return sa.true() if facility is None else col(Batch.facility) == facility
