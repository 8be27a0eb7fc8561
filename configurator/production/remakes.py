"""Remakes: a rejected piece is made again at once, in the next batch, for the date that was promised."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.errors import NotFound
from configurator.jobs.contract import Jobs
from configurator.orders.codes import piece_code
from configurator.orders.events import Happening, happened
from configurator.orders.notices import notify
from configurator.orders.planning_wanted import want_plans
from configurator.orders.rows import Order, OrderLine, Piece
from configurator.production.awaiting import set_aside


class NoSuchPiece(NotFound):
    """There is no piece of this number."""

    def __init__(self) -> None:
        super().__init__("There is no such piece. Scan its label once more.")


def remake(session: Session, piece_id: int, *, jobs: Jobs, now: datetime) -> Piece:
    """A piece like the rejected one: waiting, rush, due as the original, with stock of its own.

    Without stock it waits for it, and is planned as soon as there is some. The customer is told. The caller has locked
    the order's pieces; the database lets every piece be made again once.
    """
    piece = session.get(Piece, piece_id)
    if piece is None:
        raise NoSuchPiece
    again = _copied(session, piece, now)
    session.add(again)
    session.flush()
    line = session.get(OrderLine, piece.line_id)
    held = set_aside(session, again, line.uses if line else {}, now=now)
    happened(session, again.order_id, Happening("remade", _told(piece, held=held), piece_id=again.id), now=now)
    notify(session, jobs, again.order_id, "remade", again=again.code)
    want_plans(session, jobs, [(again.facility, again.process)])
    return again


def _copied(session: Session, piece: Piece, now: datetime) -> Piece:
    highest = sa.select(sa.func.max(col(Piece.number))).where(col(Piece.order_id) == piece.order_id)
    number = int(session.execute(highest).scalar_one()) + 1
    order = session.execute(sa.select(col(Order.number)).where(col(Order.id) == piece.order_id)).scalar_one()
    return Piece(
        code=piece_code(order, number),
        order_id=piece.order_id,
        line_id=piece.line_id,
        number=number,
        design_hash=piece.design_hash,
        blank=piece.blank,
        title=piece.title,
        facility=piece.facility,
        process=piece.process,
        stage="waiting",
        rush=True,
        due_at=piece.due_at,
        remake_of=piece.id,
        moved_at=now,
    )


def _told(piece: Piece, *, held: bool) -> str:
    if held:
        return f"“{piece.title}” did not pass our check. We make it again as soon as the material is here."
    return f"“{piece.title}” did not pass our check and is made again at once. Your date stays."
