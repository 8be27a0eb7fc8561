"""Bins: where an order's finished pieces wait for each other and for their customer."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.blanks.shop import Facility
from configurator.orders.rows import Order, Piece
from configurator.production.counters import lock
from configurator.production.rows_floor import BinUse


def bin_for(session: Session, order_id: int, facility: Facility, now: datetime) -> int | None:
    """The bin of an order at a facility, the lowest free one if it has none yet; None when all are taken.

    Whoever needs a bin takes a turn at the facility's counter, so that no two orders get the same. Bins that
    nothing is stored in any more are free again.
    """
    lock(session, f"bins:{facility.key}")
    _free_empty(session, facility.key, order_id)
    rows = session.execute(sa.select(col(BinUse.bin), col(BinUse.order_id)).where(col(BinUse.facility) == facility.key))
    used: dict[int, int] = {row[0]: row[1] for row in rows}
    own = next((number for number, order in used.items() if order == order_id), None)
    if own is not None:
        return own
    free = next((number for number in range(1, facility.bins + 1) if number not in used), None)
    if free is not None:
        _take(session, BinUse(facility=facility.key, bin=free, order_id=order_id, since=now))
    return free


def leave_bin(session: Session, order_id: int, facility: str) -> None:
    """A piece was taken out of its order's bin again: if that is empty now, it is anybody's."""
    lying = sa.select(col(Piece.id)).where(
        col(Piece.order_id) == order_id, col(Piece.facility) == facility, col(Piece.stage) == "stored"
    )
    statement = sa.delete(BinUse).where(
        col(BinUse.order_id) == order_id, col(BinUse.facility) == facility, ~sa.exists(lying)
    )
    freed = session.execute(statement.returning(col(BinUse.bin)).execution_options(synchronize_session=False))
    if freed.first() is not None:
        here = sa.update(Order).where(col(Order.id) == order_id, col(Order.facility) == facility)
        session.execute(here.values(bin=None).execution_options(synchronize_session=False))


def _free_empty(session: Session, facility: str, keep: int) -> None:
    stored = sa.select(col(Piece.id)).where(
        col(Piece.order_id) == col(BinUse.order_id), col(Piece.facility) == facility, col(Piece.stage) == "stored"
    )
    statement = sa.delete(BinUse).where(
        col(BinUse.facility) == facility, col(BinUse.order_id) != keep, ~sa.exists(stored)
    )
    session.execute(statement.execution_options(synchronize_session=False))


def _take(session: Session, use: BinUse) -> None:
    session.add(use)
    statement = sa.update(Order).where(col(Order.id) == use.order_id, col(Order.facility) == use.facility)
    session.execute(statement.values(bin=use.bin).execution_options(synchronize_session=False))
    session.flush()
