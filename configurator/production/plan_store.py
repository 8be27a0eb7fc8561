"""What a plan is made from and what it writes: waiting pieces, open batches, places, reasons."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.orders.rows import OrderLine, Piece
from configurator.production.causes import pending
from configurator.production.plan_state import WaitingPiece
from configurator.production.rows import Batch, BatchPlace, Hold, PlanChange, PlanFigures, Unplanned
from configurator.production.scheduling import Figures, MachineState
from configurator.production.step_store import delete_steps, frozen_steps
from configurator.production.telling import Told

REMEMBERED = timedelta(days=3)
"""How long a finished batch still says for which family its machine is set up."""

CHUNK = 500

UNMADE = ("waiting", "released", "picked")
"""Stages of a piece that its batch has still to make."""


def waiting_pieces(session: Session) -> tuple[WaitingPiece, ...]:
    """All pieces that wait, in the order in which they were ordered."""
    rows = session.execute(
        sa.select(
            col(Piece.id),
            col(Piece.code),
            col(Piece.design_hash),
            col(Piece.facility),
            col(Piece.due_at),
            col(Piece.rush),
            col(Hold.reason),
            col(OrderLine.joined) != "",
        )
        .join(OrderLine, col(OrderLine.id) == col(Piece.line_id))
        .outerjoin(Hold, col(Hold.piece_id) == col(Piece.id))
        .where(col(Piece.stage) == "waiting")
        .order_by(col(Piece.id))
    )
    return tuple(WaitingPiece(*row) for row in rows)


def needs_planning(session: Session) -> bool:
    """Whether a plan would find anything: a new or a lost piece, one that waits for stock, another cause.

    Two hundred orders at once ask for two hundred plans; the first of these plans does for all that it saw.
    """
    waiting = col(Piece.stage) == "waiting"
    new = (
        sa.select(col(Piece.id))
        .outerjoin(BatchPlace, col(BatchPlace.piece_id) == col(Piece.id))
        .outerjoin(Unplanned, col(Unplanned.piece_id) == col(Piece.id))
        .where(waiting, col(BatchPlace.piece_id).is_(None), col(Unplanned.piece_id).is_(None))
    )
    lost = (
        sa.select(col(Piece.id))
        .join(BatchPlace, col(BatchPlace.piece_id) == col(Piece.id))
        .join(Batch, col(Batch.id) == col(BatchPlace.batch_id))
        .where(col(Batch.status) == "open", ~waiting)
    )
    gone = sa.select(col(Unplanned.piece_id)).join(Piece, col(Piece.id) == col(Unplanned.piece_id)).where(~waiting)
    stock = sa.select(col(Hold.piece_id)).where(col(Hold.kind) == "stock")
    found = any(session.execute(each.limit(1)).first() is not None for each in (new, lost, gone, stock))
    return found or pending(session)


def open_batches_locked(session: Session) -> Sequence[Batch]:
    """The open batches, oldest first; nobody releases them before this transaction ends."""
    statement = sa.select(Batch).where(col(Batch.status) == "open").order_by(col(Batch.id)).with_for_update()
    return session.execute(statement.execution_options(populate_existing=True)).scalars().all()


def open_batches(session: Session) -> Sequence[Batch]:
    """The open batches, oldest first, to look at."""
    return session.execute(sa.select(Batch).where(col(Batch.status) == "open").order_by(col(Batch.id))).scalars().all()


def places(session: Session, batch_ids: Collection[int]) -> Mapping[int, tuple[int, int]]:
    """Piece -> (batch, position), of these batches."""
    statement = sa.select(col(BatchPlace.piece_id), col(BatchPlace.batch_id), col(BatchPlace.position))
    rows = session.execute(statement.where(col(BatchPlace.batch_id).in_(list(batch_ids))))
    return {piece: (batch, position) for piece, batch, position in rows}


def machine_states(session: Session, now: datetime) -> tuple[MachineState, ...]:
    """The batches frozen lately, those that end last at the end."""
    unmade = (
        sa.select(
            col(BatchPlace.batch_id),
            sa.func.avg(sa.case((col(Piece.stage).in_(UNMADE), 1.0), else_=0.0)).label("share"),
        )
        .join(Piece, col(Piece.id) == col(BatchPlace.piece_id))
        .group_by(col(BatchPlace.batch_id))
        .subquery()
    )
    rows = session.execute(
        sa.select(
            col(Batch.number),
            col(Batch.facility),
            col(Batch.work_centre),
            col(Batch.machine),
            col(Batch.family),
            col(Batch.ends_at),
            col(Batch.status) == "done",
            col(Batch.starts_at),
            col(Batch.changeover_min) + col(Batch.run_min),
            col(Batch.run_min) * sa.cast(sa.func.coalesce(unmade.c.share, 0), sa.Float),
        )
        .outerjoin(unmade, unmade.c.batch_id == col(Batch.id))
        .where(
            sa.or_(
                col(Batch.status) == "released",
                sa.and_(col(Batch.status) == "done", col(Batch.released_at) > now - REMEMBERED),
            )
        )
        .order_by(col(Batch.ends_at), col(Batch.id))
    )
    leading = [MachineState(*row) for row in rows]
    return tuple(sorted([*leading, *frozen_steps(session, now)], key=_ends))


def _ends(state: MachineState) -> tuple[bool, datetime | None]:
    return state.ends_at is not None, state.ends_at


def stages(session: Session, pieces: Sequence[int]) -> Mapping[int, tuple[str, str]]:
    """Piece -> (code, stage)."""
    found: dict[int, tuple[str, str]] = {}
    for start in range(0, len(pieces), CHUNK):
        statement = sa.select(col(Piece.id), col(Piece.code), col(Piece.stage))
        rows = session.execute(statement.where(col(Piece.id).in_(pieces[start : start + CHUNK])))
        found |= {piece: (code, stage) for piece, code, stage in rows}
    return found


def reasons_now(session: Session) -> Mapping[int, str]:
    """Piece -> why the last plan left it in no batch."""
    rows = session.execute(sa.select(col(Unplanned.piece_id), col(Unplanned.reason)))
    return {row[0]: row[1] for row in rows}


def write_changes(session: Session, changes: Sequence[Told], now: datetime) -> None:
    """Add to the log what a plan has changed."""
    if changes:
        session.execute(sa.insert(PlanChange), [{**asdict(each), "at": now} for each in changes])


def rewrite_places(
    session: Session, before: Mapping[int, tuple[int, int]], after: Mapping[int, tuple[int, int]]
) -> None:
    """Write only what differs: rows that are wrong go first, so that no two pieces ever share a place."""
    gone = sorted(piece for piece, place in before.items() if after.get(piece) != place)
    come = sorted(piece for piece, place in after.items() if before.get(piece) != place)
    delete_places(session, gone)
    if come:
        rows = [{"piece_id": piece, "batch_id": after[piece][0], "position": after[piece][1]} for piece in come]
        session.execute(sa.insert(BatchPlace), rows)


def delete_places(session: Session, pieces: Sequence[int]) -> None:
    """Take pieces out of their batches."""
    _delete(session, BatchPlace, col(BatchPlace.piece_id), pieces)


def delete_reasons(session: Session, pieces: Sequence[int]) -> None:
    """Forget why pieces are in no batch: the next plan looks at them anew."""
    _delete(session, Unplanned, col(Unplanned.piece_id), pieces)


def delete_batches(session: Session, batch_ids: Sequence[int]) -> None:
    """Remove batches that nobody is in."""
    delete_steps(session, batch_ids)
    _delete(session, Batch, col(Batch.id), batch_ids)


def rewrite_reasons(session: Session, reasons: Mapping[int, str], now: datetime) -> None:
    """Let the table say exactly these reasons; one that has not changed keeps its time."""
    known = reasons_now(session)
    gone = sorted(piece for piece, reason in known.items() if reasons.get(piece) != reason)
    _delete(session, Unplanned, col(Unplanned.piece_id), gone)
    come = sorted(piece for piece, reason in reasons.items() if known.get(piece) != reason)
    if come:
        session.execute(
            sa.insert(Unplanned), [{"piece_id": piece, "reason": reasons[piece], "at": now} for piece in come]
        )


def rewrite_figures(session: Session, figures: Iterable[Figures], now: datetime) -> None:
    """Let the table say exactly these figures."""
    session.execute(sa.delete(PlanFigures).execution_options(synchronize_session=False))
    rows: list[dict[str, Any]] = [{**asdict(each), "made_at": now} for each in figures]
    if rows:
        session.execute(sa.insert(PlanFigures), rows)


def _delete(session: Session, table: Any, key: Any, ids: Sequence[int]) -> None:
    for start in range(0, len(ids), CHUNK):
        statement = sa.delete(table).where(key.in_(ids[start : start + CHUNK]))
        session.execute(statement.execution_options(synchronize_session=False))
