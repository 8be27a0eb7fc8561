"""Hand-over: a piece leaves with its customer, once, and it is known who gave it and when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.errors import Conflict
from configurator.money import Currency
from configurator.orders.events import SENT, Happening, happened
from configurator.orders.notices import notify
from configurator.orders.payment import locked_order, outstanding
from configurator.orders.rows import Order, Piece
from configurator.production.promise_watch import Teller
from configurator.production.rows_floor import BinUse, HandOver, HandOverTakenBack

PARCEL = "parcel"
"""How a parcel leaves, and where: it stands in place of a terminal."""
GONE = ("handed_over", "cancelled", "rejected")


@dataclass(frozen=True, slots=True)
class Given:
    """What is known of something that has left: who gave it, where, how (counter, parcel) and when; what left then."""

    clerk: str
    terminal: str
    how: str
    at: datetime
    pieces: tuple[int, ...] = ()


class AlreadyHandedOver(Conflict):
    """Every piece asked for has left already; `given` says when, by whom and where."""

    def __init__(self, given: Given) -> None:
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
    """What a clerk gives away: these pieces of an order, or everything that is left of it when none are named."""

    order_id: int
    clerk: str
    terminal: str
    facility: str
    pieces: frozenset[int] = frozenset()


def hand_over(session: Session, wanted: HandingOver, *, now: datetime) -> tuple[Piece, ...]:
    """Give pieces to their customer, all that were named or none; returns those that left.

    Two clerks at once: the second gets AlreadyHandedOver with the first one's name. Raises NotReadyYet,
    NotPaidYet (an invoice may be paid later), NotPickedUpHere.
    """
    pieces = locked_pieces(session, wanted.order_id)
    order = locked_order(session, wanted.order_id)
    _check_place(order, wanted)
    leaving = _leaving(session, pieces, wanted)
    _check_paid(session, order)
    _give(session, leaving, wanted, "counter", now)
    _finish(session, order)
    happened(session, wanted.order_id, Happening("handed_over", _told(leaving), wanted.clerk), now=now)
    return tuple(leaving)


def send_parcel(
    session: Session, order_id: int, teller: Teller, pieces: frozenset[int] = frozenset()
) -> tuple[Piece, ...]:
    """Give a whole order to the carrier, once; of one that leaves as it is ready the named pieces, each once.

    Returns what left. Its customer's mail waits as long as somebody may take the parcel back.
    Raises NotReadyYet, AlreadyHandedOver, NotAParcel.
    """
    known = locked_pieces(session, order_id)
    order = locked_order(session, order_id)
    if order.fulfilment != "ship" or order.status == "cancelled":
        raise NotAParcel
    wanted = HandingOver(order_id, teller.who, PARCEL, "", pieces if order.leaves == "as_ready" else frozenset())
    leaving = _leaving(session, known, wanted)
    _give(session, leaving, wanted, PARCEL, teller.now)
    _finish(session, order)
    happened(session, order_id, Happening(SENT, _sent(leaving, known), teller.who), now=teller.now)
    later = teller.now + teller.shop.take_back.parcels
    notify(session, teller.jobs, order_id, "sent", again=teller.now.isoformat(), not_before=later)
    return tuple(leaving)


def last_hand_over(session: Session, order_id: int, pieces: Sequence[Piece] | None = None) -> Given | None:
    """The last thing that left of an order, or of some of its pieces; what was taken back did not leave."""
    columns = (col(HandOver.clerk), col(HandOver.terminal), col(HandOver.how), col(HandOver.at))
    mine = sa.and_(col(HandOver.order_id) == order_id, stands())
    statement = sa.select(*columns).where(mine)
    if pieces is not None:
        statement = statement.where(col(HandOver.piece_id).in_([piece.id for piece in pieces]))
    row = session.execute(statement.order_by(col(HandOver.at).desc(), col(HandOver.piece_id).desc()).limit(1)).first()
    if row is None:
        return None
    then = sa.select(col(HandOver.piece_id)).where(mine, col(HandOver.at) == row[3], col(HandOver.clerk) == row[0])
    with_it = then.where(col(HandOver.terminal) == row[1]).order_by(col(HandOver.piece_id))
    return Given(row[0], row[1], row[2], row[3], tuple(session.execute(with_it).scalars()))


def stands() -> sa.ColumnElement[bool]:
    """Of a hand-over: nobody has taken it back."""
    back = sa.select(col(HandOverTakenBack.piece_id)).where(
        col(HandOverTakenBack.piece_id) == col(HandOver.piece_id), col(HandOverTakenBack.turn) == col(HandOver.turn)
    )
    return ~sa.exists(back)


def _give(session: Session, pieces: Sequence[Piece], wanted: HandingOver, how: str, now: datetime) -> None:
    before = _turns(session, wanted.order_id)
    for piece in pieces:
        piece.stage, piece.moved_at = "handed_over", now
        session.add(
            HandOver(
                piece_id=piece.id or 0,
                turn=before.get(piece.id or 0, 0) + 1,
                order_id=wanted.order_id,
                clerk=wanted.clerk,
                terminal=wanted.terminal,
                how=how,
                at=now,
            )
        )
    session.flush()


def _turns(session: Session, order_id: int) -> Mapping[int, int]:
    """Piece -> how often it was handed over, and taken back, before."""
    columns = col(HandOver.piece_id), sa.func.max(col(HandOver.turn))
    statement = sa.select(*columns).where(col(HandOver.order_id) == order_id).group_by(col(HandOver.piece_id))
    return {piece: int(turn) for piece, turn in session.execute(statement)}


def _check_place(order: Order, wanted: HandingOver) -> None:
    if order.fulfilment == "ship":
        raise NotPickedUpHere("This order goes out as a parcel. It is not handed over at a counter.")
    if order.facility != wanted.facility:
        raise NotPickedUpHere("This order is picked up at another store. Their order page says where.")
    if order.status == "cancelled":
        raise NotPickedUpHere("This order was cancelled. There is nothing to hand over.")


def locked_pieces(session: Session, order_id: int) -> Sequence[Piece]:
    """The order's pieces that count. Locked by id and before the order, as the floor and a cancellation lock them."""
    statement = sa.select(Piece).where(col(Piece.order_id) == order_id).order_by(col(Piece.id)).with_for_update()
    found = session.execute(statement, execution_options={"populate_existing": True}).scalars().all()
    return [piece for piece in found if piece.stage not in ("cancelled", "rejected")]


def _leaving(session: Session, pieces: Sequence[Piece], wanted: HandingOver) -> Sequence[Piece]:
    """The named pieces, or all that have not left yet: every one of them must lie here."""
    named = [piece for piece in pieces if not wanted.pieces or piece.id in wanted.pieces]
    left = [piece for piece in named if piece.stage == "handed_over"]
    leaving = [piece for piece in named if piece.stage != "handed_over"]
    given = last_hand_over(session, wanted.order_id, left)
    if given and (wanted.pieces or not leaving):
        raise AlreadyHandedOver(given)
    if not leaving:
        raise NotPickedUpHere("There is nothing of this order here. Check the number.")
    missing = sum(not lies_at(piece, wanted.facility) for piece in leaving)
    if missing:
        raise NotReadyYet(missing)
    return leaving


def lies_at(piece: Piece, facility: str) -> bool:
    """Whether a piece lies in a bin there: one made in the plant may be stored and still be on its way to the store.

    facility: its key; empty for wherever the piece was made.
    """
    return piece.stage == "stored" and facility in ("", piece.facility)


def _check_paid(session: Session, order: Order) -> None:
    amount = outstanding(session, order)
    if amount > 0 and order.payment_method == "till":
        raise NotPaidYet(amount, Currency(order.currency))


def _finish(session: Session, order: Order) -> None:
    """A bin is free once nothing of the order lies in it; the order is finished once nothing is left of it."""
    rows = session.execute(
        sa.select(col(Piece.stage), col(Piece.facility)).where(col(Piece.order_id) == order.id)
    ).all()
    places = {facility for stage, facility in rows if stage == "stored"}
    session.execute(
        sa.delete(BinUse).where(col(BinUse.order_id) == order.id, col(BinUse.facility).not_in(places)),
        execution_options={"synchronize_session": False},
    )
    if all(stage in GONE for stage, _ in rows):
        order.status = "finished"
    session.flush()


def _sent(leaving: Sequence[Piece], known: Sequence[Piece]) -> str:
    """What the customer reads of a parcel with these pieces of the order's."""
    if len(leaving) == len(known):
        return "Your parcel is on its way."
    if all(piece.stage == "handed_over" for piece in known):
        return "The last parcel is on its way."
    return f"A parcel with {len(leaving)} of {len(known)} pieces is on its way."


def _told(pieces: Sequence[Piece]) -> str:
    return "One piece was handed over." if len(pieces) == 1 else f"{len(pieces)} pieces were handed over."
