"""Remakes: a rejected piece is made again at once, in the next batch, unless the reject is taken back."""

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.blanks.shop import Shop
from configurator.errors import Conflict, NotFound
from configurator.jobs.contract import Jobs
from configurator.orders.codes import piece_code
from configurator.orders.events import NOT_REMADE, REMADE, Happening, happened
from configurator.orders.giving_up import GivenUp, give_up
from configurator.orders.lines import due_of
from configurator.orders.making_place import home_of, makers
from configurator.orders.notices import notify, unsay
from configurator.orders.planning_wanted import want_plans
from configurator.orders.rows import Order, OrderLine, Piece
from configurator.production.awaiting import set_aside
from configurator.production.rows import BatchPlace, BatchStep
from configurator.stock.claiming import lock_expected
from configurator.stock.shelf import Shelf, soonest
from configurator.stock.stock_store import available_locked


class NoSuchPiece(NotFound):
    """There is no piece of this number."""

    def __init__(self) -> None:
        super().__init__("There is no such piece. Scan its label once more.")


class RemakeBegun(Conflict):
    """What is made instead of a rejected piece is being made."""

    def __init__(self, code: str) -> None:
        super().__init__(f"{code} is being made instead of it by now, so the piece stays rejected.")


class CustomerWasTold(Conflict):
    """A mail has left about what a scan brought about."""

    def __init__(self, what: str) -> None:
        super().__init__(f"Its customer has a mail by now which says that {what}, so the scan stays booked.")


def remake(session: Session, piece_id: int, *, shop: Shop, jobs: Jobs, now: datetime) -> Piece:
    """A piece like the rejected one: waiting, rush, due as the original, with stock of its own.

    Where the rejected one was made it waits for stock if there is none, unless another facility that can make it has
    some. It is planned as soon as there is some. The customer is told on the order's page, and by mail as soon as the
    plan knows the day, or at once if it waits for stock. The caller has locked the order's pieces; the
    database lets every piece be made again once.
    """
    piece = session.get(Piece, piece_id)
    if piece is None:
        raise NoSuchPiece
    line = session.get(OrderLine, piece.line_id)
    uses = line.uses if line else {}
    again = _copied(session, piece, now)
    _move_to_stock(session, again, piece, uses, shop)
    session.add(again)
    session.flush()
    held = set_aside(session, again, uses, now=now)
    happened(session, again.order_id, Happening(REMADE, _told(piece, held=held), piece_id=again.id), now=now)
    if held:
        sure = now + shop.take_back.scans
        notify(session, jobs, again.order_id, "remade", again=again.code, not_before=sure)
    want_plans(session, jobs, [(again.facility, again.process)])
    return again


def unmake(session: Session, rejected: int, *, jobs: Jobs, now: datetime) -> Piece:
    """The piece is good after all: what was to be made instead is cancelled, its stock is free, nobody is told of it.

    Returns what was to be made. The caller has locked the order's pieces. Raises RemakeBegun, CustomerWasTold.
    """
    statement = sa.select(Piece).where(col(Piece.remake_of) == rejected, col(Piece.stage) != "cancelled")
    again: Piece = session.execute(statement, execution_options={"populate_existing": True}).scalar_one()
    if again.stage != "waiting":
        raise RemakeBegun(again.code)
    for told in (again.code, f"{again.code}:day"):
        if unsay(session, jobs, again.order_id, "remade", again=told) == "begun":
            raise CustomerWasTold("a piece is made again")
    line = session.get_one(OrderLine, again.line_id)
    give_up(session, GivenUp(again.order_id, again.facility, line.uses, [again.id or 0]), now=now)
    sentence = f"“{again.title}” is as it should be after all, and not made again."
    happened(session, again.order_id, Happening(NOT_REMADE, sentence, piece_id=again.id), now=now)
    want_plans(session, jobs, [(again.facility, again.process)])
    return again


def _copied(session: Session, piece: Piece, now: datetime) -> Piece:
    highest = sa.select(sa.func.max(col(Piece.number))).where(col(Piece.order_id) == piece.order_id)
    number = int(session.execute(highest).scalar_one()) + 1
    order = session.execute(sa.select(col(Order.number)).where(col(Order.id) == piece.order_id)).scalar_one()
    withdrawn = sa.select(sa.func.count()).where(col(Piece.remake_of) == piece.id, col(Piece.stage) == "cancelled")
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
        remake_turn=session.execute(withdrawn).scalar_one(),
        moved_at=now,
    )


def _move_to_stock(session: Session, again: Piece, piece: Piece, uses: Mapping[str, int], shop: Shop) -> None:
    """Have it made elsewhere, due so that it still travels in time, if what it takes lies there and not here."""
    order = session.get_one(Order, piece.order_id)
    able = makers(_centres(session, piece), shop, home_of(order.fulfilment, order.facility, shop))
    lock_expected(session)
    shelf = Shelf(available_locked(session, uses))
    if not shelf.offer(again.facility, uses).is_whole:
        place = soonest(shelf.offer(key, uses) for key in able)
        if place is not None:
            again.facility = place.place
            again.due_at = due_of(order, session.get_one(OrderLine, piece.line_id), shop.facility(place.place), shop)


def _centres(session: Session, piece: Piece) -> frozenset[str]:
    """The work centres that it went through."""
    steps = (
        sa.select(col(BatchStep.work_centre))
        .join(BatchPlace, col(BatchPlace.batch_id) == col(BatchStep.batch_id))
        .where(col(BatchPlace.piece_id) == piece.id)
    )
    return frozenset(session.execute(steps).scalars()) or frozenset({piece.process})


def _told(piece: Piece, *, held: bool) -> str:
    if held:
        return f"“{piece.title}” did not pass our check. We make it again as soon as the material is here."
    return f"“{piece.title}” did not pass our check and is made again at once."
