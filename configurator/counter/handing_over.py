"""Hand-over: a piece leaves with its customer, once, and it is known who gave it and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.errors import Conflict
from configurator.money import Currency
from configurator.orders.events import Happening, happened
from configurator.orders.payment import locked_order, outstanding
from configurator.orders.rows import Order, Piece
from configurator.production.rows import BinUse, HandOver

GONE = ("handed_over", "cancelled", "rejected")


class AlreadyHandedOver(Conflict):
    """Every piece asked for has left already; `given` says when, by whom and where."""

    def __init__(self, given: HandOver) -> None:
        self.given = given
        super().__init__(f"Already handed over by {given.clerk} at {given.terminal}. Nothing was changed.")


class NotReadyYet(Conflict):
    """A piece that is still being made was to be handed over."""

    def __init__(self, missing: int) -> None:
        told = "One piece is" if missing == 1 else f"{missing} pieces are"
        super().__init__(f"{told} still being made. Hand over only those that are here, or wait.")


class NotPaidYet(Conflict):
    """There is money to take first."""

    def __init__(self, amount: int, currency: Currency) -> None:
        super().__init__(f"{currency.written(amount)} is still to pay. Take the payment first, then hand over.")


class NotPickedUpHere(Conflict):
    """A parcel, or an order of another store."""


class NotAParcel(Conflict):
    """An order that is picked up, or was cancelled, was to be sent."""

    def __init__(self) -> None:
        super().__init__("This order does not go out as a parcel. Nothing was changed.")


@dataclass(frozen=True, slots=True)
class HandingOver:
    """What a clerk gives away: these pieces of an order, or all that are here when none are named."""

    order_id: int
    clerk: str
    terminal: str
    facility: str
    pieces: frozenset[int] = frozenset()


def hand_over(session: Session, wanted: HandingOver, *, now: datetime) -> tuple[Piece, ...]:
    """Give pieces to their customer; returns those that left now.

    Two clerks at once: the second gets AlreadyHandedOver with the first one's name. Raises NotReadyYet,
    NotPaidYet (an invoice may be paid later), NotPickedUpHere.
    """
    order = locked_order(session, wanted.order_id)
    _check_place(order, wanted)
    pieces = _pieces(session, wanted)
    here = [piece for piece in pieces if piece.stage == "stored"]
    _check_pieces(session, order, pieces, here, wanted)
    _check_paid(session, order)
    _give(session, here, wanted, "counter", now)
    _finish(session, order)
    happened(session, wanted.order_id, Happening("handed_over", _told(here), wanted.clerk), now=now)
    return tuple(here)


def send_parcel(session: Session, order_id: int, *, who: str, now: datetime) -> tuple[Piece, ...]:
    """Give a whole order to the carrier, once; returns what left. Raises NotReadyYet, AlreadyHandedOver, NotAParcel."""
    order = locked_order(session, order_id)
    if order.fulfilment != "ship" or order.status == "cancelled":
        raise NotAParcel
    wanted = HandingOver(order_id, who, "parcel", order.facility)
    pieces = _pieces(session, wanted)
    here = [piece for piece in pieces if piece.stage == "stored"]
    _check_pieces(session, order, pieces, here, wanted)
    _give(session, here, wanted, "parcel", now)
    _finish(session, order)
    happened(session, order_id, Happening("sent", "Your parcel is on its way.", who), now=now)
    return tuple(here)


def last_hand_over(session: Session, order_id: int) -> HandOver | None:
    """The last thing that left of an order."""
    statement = sa.select(HandOver).where(col(HandOver.order_id) == order_id).order_by(col(HandOver.at).desc()).limit(1)
    return session.execute(statement).scalar_one_or_none()


def _give(session: Session, pieces: Sequence[Piece], wanted: HandingOver, how: str, now: datetime) -> None:
    for piece in pieces:
        piece.stage, piece.moved_at = "handed_over", now
        session.add(
            HandOver(
                piece_id=piece.id or 0,
                order_id=wanted.order_id,
                clerk=wanted.clerk,
                terminal=wanted.terminal,
                how=how,
                at=now,
            )
        )
    session.flush()


def _check_place(order: Order, wanted: HandingOver) -> None:
    if order.fulfilment == "ship":
        raise NotPickedUpHere("This order goes out as a parcel. It is not handed over at a counter.")
    if order.facility != wanted.facility:
        raise NotPickedUpHere("This order is picked up at another store. Their order page says where.")
    if order.status == "cancelled":
        raise NotPickedUpHere("This order was cancelled. There is nothing to hand over.")


def _pieces(session: Session, wanted: HandingOver) -> Sequence[Piece]:
    statement = sa.select(Piece).where(col(Piece.order_id) == wanted.order_id).order_by(col(Piece.number))
    statement = statement.with_for_update()
    if wanted.pieces:
        statement = statement.where(col(Piece.id).in_(wanted.pieces))
    found = session.execute(statement, execution_options={"populate_existing": True}).scalars().all()
    return [piece for piece in found if piece.stage not in ("cancelled", "rejected")]


def _check_pieces(
    session: Session, order: Order, pieces: Sequence[Piece], here: Sequence[Piece], wanted: HandingOver
) -> None:
    if here and (wanted.pieces or len(here) == sum(piece.stage != "handed_over" for piece in pieces)):
        return
    missing = [piece for piece in pieces if piece.stage not in ("stored", "handed_over")]
    if missing:
        raise NotReadyYet(len(missing))
    given = last_hand_over(session, order.id or 0)
    if given is None:
        raise NotPickedUpHere("There is nothing of this order here. Check the number.")
    raise AlreadyHandedOver(given)


def _check_paid(session: Session, order: Order) -> None:
    amount = outstanding(session, order)
    if amount > 0 and order.payment_method == "till":
        raise NotPaidYet(amount, Currency(order.currency))


def _finish(session: Session, order: Order) -> None:
    """The bin is free once nothing of the order lies in it; the order is finished once nothing is left of it."""
    stages = session.execute(sa.select(col(Piece.stage)).where(col(Piece.order_id) == order.id)).scalars().all()
    if "stored" not in stages:
        session.execute(sa.delete(BinUse).where(col(BinUse.order_id) == order.id))
    if all(stage in GONE for stage in stages):
        order.status = "finished"
    session.flush()


def _told(pieces: Sequence[Piece]) -> str:
    return "One piece was handed over." if len(pieces) == 1 else f"{len(pieces)} pieces were handed over."
