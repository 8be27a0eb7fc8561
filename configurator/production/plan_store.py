"""What a plan is made from and what it writes: waiting pieces, open batches, places, reasons."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.blanks.shop import Shop
from configurator.orders.planning_wanted import Place
from configurator.orders.rows import Order, OrderLine, Piece
from configurator.production.awaiting import awaited
from configurator.production.causes import pending
from configurator.production.plan_state import WaitingPiece
from configurator.production.rows import Batch, BatchPlace, Hold, PlanChange, PlanFigures, Unplanned
from configurator.production.scheduling import Figures, MachineState
from configurator.production.step_store import delete_steps, frozen_steps
from configurator.production.telling import Told

REMEMBERED = timedelta(days=14)
"""How long the last batch that a machine made still says for which family it is set up: over holidays too."""

CHUNK = 500

UNMADE = ("waiting", "released", "picked")
"""Stages of a piece that its batch has still to make."""


def waiting_pieces(
    session: Session, shop: Shop, now: datetime, facility: str | None = None
) -> tuple[WaitingPiece, ...]:
    """All pieces that wait, of one facility or of all, in the order in which they were ordered.

    One that waits for what is not there is on hold as much as one that somebody holds.
    """
    here = sa.true() if facility is None else col(Piece.facility) == facility
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
            col(Piece.process),
            sa.case((col(Order.leaves) == "together", col(Piece.order_id)), else_=0),
        )
        .join(OrderLine, col(OrderLine.id) == col(Piece.line_id))
        .join(Order, col(Order.id) == col(Piece.order_id))
        .outerjoin(Hold, col(Hold.piece_id) == col(Piece.id))
        .where(col(Piece.stage) == "waiting", here)
        .order_by(col(Piece.id))
    )
    short = awaited(session, shop, now, facility)
    pieces = [WaitingPiece(*row) for row in rows]
    return tuple(replace(piece, hold=piece.hold or short[piece.id]) if piece.id in short else piece for piece in pieces)


def places_needing(session: Session) -> tuple[Place, ...]:
    """Where a plan would find anything: a new or a lost piece, another cause. Whoever made it has asked for a plan
    too; this is for what shows only by looking, such as a piece that was let go."""
    waiting = col(Piece.stage) == "waiting"
    where = sa.select(col(Piece.facility), col(Piece.process)).distinct()
    new = (
        where.outerjoin(BatchPlace, col(BatchPlace.piece_id) == col(Piece.id))
        .outerjoin(Unplanned, col(Unplanned.piece_id) == col(Piece.id))
        .where(waiting, col(BatchPlace.piece_id).is_(None), col(Unplanned.piece_id).is_(None))
    )
    lost = (
        where.join(BatchPlace, col(BatchPlace.piece_id) == col(Piece.id))
        .join(Batch, col(Batch.id) == col(BatchPlace.batch_id))
        .where(col(Batch.status) == "open", ~waiting)
    )
    gone = where.join(Unplanned, col(Unplanned.piece_id) == col(Piece.id)).where(~waiting)
    found = {(row[0], row[1]) for each in (new, lost, gone) for row in session.execute(each)}
    return tuple(sorted(found | pending(session)))


def facilities_to_plan(session: Session) -> tuple[str, ...]:
    """Every facility that has, or had, anything to plan."""
    places = (col(Piece.facility), col(Piece.stage) == "waiting"), (col(Batch.facility), col(Batch.status) == "open")
    found = {row[0] for key, live in places for row in session.execute(sa.select(key).where(live).distinct())}
    found |= {row[0] for row in session.execute(sa.select(col(PlanFigures.facility)))}
    found |= {facility for facility, _ in places_needing(session)}
    return tuple(sorted(found))


def open_batches_locked(session: Session, facility: str) -> Sequence[Batch]:
    """The open batches of a facility, oldest first; nobody releases them before this transaction ends."""
    statement = _open(facility).with_for_update().execution_options(populate_existing=True)
    return session.execute(statement).scalars().all()


def open_batches(session: Session, facility: str | None = None) -> Sequence[Batch]:
    """The open batches, oldest first, to look at."""
    return session.execute(_open(facility)).scalars().all()


def _open(facility: str | None) -> sa.Select[Any]:
    here = sa.true() if facility is None else col(Batch.facility) == facility
    return sa.select(Batch).where(col(Batch.status) == "open", here).order_by(col(Batch.id))


def places(session: Session, batch_ids: Collection[int]) -> Mapping[int, tuple[int, int]]:
    """Piece -> (batch, position), of these batches."""
    statement = sa.select(col(BatchPlace.piece_id), col(BatchPlace.batch_id), col(BatchPlace.position))
    rows = session.execute(statement.where(col(BatchPlace.batch_id).in_(list(batch_ids))))
    return {piece: (batch, position) for piece, batch, position in rows}


def machine_states(session: Session, now: datetime) -> tuple[MachineState, ...]:
    """The batches that are frozen, and of each machine the last one it made; those that end last at the end."""
    unmade = (
        sa.select(
            col(BatchPlace.batch_id),
            sa.func.avg(sa.case((col(Piece.stage).in_(UNMADE), 1.0), else_=0.0)).label("share"),
        )
        .join(Piece, col(Piece.id) == col(BatchPlace.piece_id))
        .group_by(col(BatchPlace.batch_id))
        .subquery()
    )
    made = _made_last(now)
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
        .where(sa.or_(col(Batch.status) == "released", col(Batch.id).in_(made)))
        .order_by(col(Batch.ends_at), col(Batch.id))
    )
    leading = [MachineState(*row) for row in rows]
    return tuple(sorted([*leading, *frozen_steps(session, now)], key=_ends))


def _made_last(now: datetime) -> sa.Select[tuple[int | None]]:
    """Of each machine the batch that it was done with last."""
    machine = (col(Batch.facility), col(Batch.work_centre), col(Batch.machine))
    latest = sa.func.row_number().over(partition_by=machine, order_by=(col(Batch.ends_at).desc(), col(Batch.id).desc()))
    done = (
        sa.select(col(Batch.id).label("id"), latest.label("turn"))
        .where(col(Batch.status) == "done", col(Batch.released_at) > now - REMEMBERED)
        .subquery()
    )
    return sa.select(done.c.id).where(done.c.turn == 1)


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


def reasons_now(session: Session, facility: str, process: str | None) -> Mapping[int, str]:
    """Piece -> why the last plan left it in no batch, of one process of a facility or of all."""
    here = sa.true() if process is None else col(Piece.process) == process
    statement = sa.select(col(Unplanned.piece_id), col(Unplanned.reason))
    rows = session.execute(
        statement.join(Piece, col(Piece.id) == col(Unplanned.piece_id)).where(col(Piece.facility) == facility, here)
    )
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


def rewrite_reasons(session: Session, known: Mapping[int, str], reasons: Mapping[int, str], now: datetime) -> None:
    """Let the table say these reasons instead of the known ones; one that has not changed keeps its time."""
    gone = sorted(piece for piece, reason in known.items() if reasons.get(piece) != reason)
    _delete(session, Unplanned, col(Unplanned.piece_id), gone)
    come = sorted(piece for piece, reason in reasons.items() if known.get(piece) != reason)
    if come:
        session.execute(
            sa.insert(Unplanned), [{"piece_id": piece, "reason": reasons[piece], "at": now} for piece in come]
        )


def rewrite_figures(session: Session, facility: str, figures: Iterable[Figures], now: datetime) -> None:
    """Let the table say exactly these figures of a facility."""
    old = sa.delete(PlanFigures).where(col(PlanFigures.facility) == facility)
    session.execute(old.execution_options(synchronize_session=False))
    rows: list[dict[str, Any]] = [{**asdict(each), "made_at": now} for each in figures]
    if rows:
        session.execute(sa.insert(PlanFigures), rows)


def _delete(session: Session, table: Any, key: Any, ids: Sequence[int]) -> None:
    for start in range(0, len(ids), CHUNK):
        statement = sa.delete(table).where(key.in_(ids[start : start + CHUNK]))
        session.execute(statement.execution_options(synchronize_session=False))
