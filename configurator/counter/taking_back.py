"""A hand-over or parcel taken back: the pieces lie in a bin again; who gave, who took back and why is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.blanks.shop import Shop
from configurator.counter.handing_over import PARCEL, locked_pieces
from configurator.errors import Conflict, Invalid
from configurator.orders.events import Happening, happened
from configurator.orders.payment import locked_order
from configurator.orders.rows import Order, Piece
from configurator.production.bins import bin_for
from configurator.production.rows_floor import HandOver, HandOverTakenBack

LONGEST_REASON = 200
_IN_THE_WORKSHOP = "It went out as a parcel, so the workshop takes it back, on its page of orders"
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Returned:
    """A hand-over that was taken back: by whom, where, why, when; who had given it, and when."""

    clerk: str
    terminal: str
    reason: str
    at: datetime
    given_by: str
    given_at: datetime

    @property
    def was_sent(self) -> bool:
        """Whether it was a parcel."""
        return self.terminal == PARCEL


@dataclass(frozen=True, slots=True)
class Taking:
    """What a clerk or maker takes back: these pieces of the hand-over of that time, as it was shown, and why.

    terminal: PARCEL for a parcel, which is taken back in the workshop, wherever it was made.
    """

    order_id: int
    clerk: str
    terminal: str
    facility: str
    given_at: datetime
    pieces: frozenset[int]
    reason: str


class NoReason(Invalid):
    """Whoever looks later must know why."""

    def __init__(self) -> None:
        super().__init__("Say why it is taken back: whoever looks later must know.", fields={"reason": "Choose one."})


class NotHandedOver(Conflict):
    """These pieces did not leave then."""

    def __init__(self) -> None:
        super().__init__("There is no such hand-over of this order. Nothing was changed: look at it once more.")


class AlreadyTakenBack(Conflict):
    """Somebody was faster; `returned` says who, where and when."""

    def __init__(self, returned: Returned) -> None:
        self.returned = returned
        at = "" if returned.terminal == PARCEL else f" at {returned.terminal}"
        super().__init__(f"Taken back already by {returned.clerk}{at}. Nothing was changed.")


class NotTakenBackHere(Conflict):
    """A parcel at a counter, something of a counter in the workshop, or another store's."""


class TooLateToTakeBack(Conflict):
    """The hand-over, or parcel, is older than the shop allows."""

    def __init__(self, what: str, minutes: int) -> None:
        told = f"A {what} can be taken back for {minutes} minutes" if minutes else "This shop takes none back"
        super().__init__(f"{told}, so it stays as it is. Nothing was changed.")


def take_back(session: Session, taking: Taking, *, shop: Shop, now: datetime) -> tuple[Piece, ...]:
    """Have pieces lie in the store again, all that were named or none; returns them. What was paid stays paid.

    Two clerks at once: the second gets AlreadyTakenBack with the first one's name. Raises NoReason, NotHandedOver,
    NotTakenBackHere, TooLateToTakeBack.
    """
    if not taking.reason.strip():
        raise NoReason
    pieces = [piece for piece in locked_pieces(session, taking.order_id) if piece.id in taking.pieces]
    order = locked_order(session, taking.order_id)
    given = _given(session, taking)
    _check(order, taking, given, shop, now)
    for each in given:
        note = HandOverTakenBack(
            piece_id=each.piece_id,
            turn=each.turn,
            clerk=taking.clerk,
            terminal=taking.terminal,
            reason=taking.reason.strip()[:LONGEST_REASON],
            at=now,
        )
        session.add(note)
    for piece in pieces:
        piece.stage, piece.moved_at = "stored", now
    order.status = "placed"
    session.flush()
    for facility in sorted({piece.facility for piece in pieces}):
        number = bin_for(session, taking.order_id, shop.facility(facility), now)
        order.bin = number if facility == order.facility else order.bin
    happened(session, taking.order_id, Happening("handed_back", _told(order, len(pieces)), taking.clerk), now=now)
    session.flush()
    return tuple(pieces)


def last_returned(session: Session, order_id: int) -> Returned | None:
    """The last hand-over of an order, if it was taken back."""
    row = session.execute(
        sa.select(
            col(HandOverTakenBack.clerk),
            col(HandOverTakenBack.terminal),
            col(HandOverTakenBack.reason),
            col(HandOverTakenBack.at),
            col(HandOver.clerk),
            col(HandOver.at),
        )
        .select_from(HandOver)
        .outerjoin(HandOverTakenBack, _same())
        .where(col(HandOver.order_id) == order_id)
        .order_by(col(HandOver.at).desc(), col(HandOver.turn).desc(), col(HandOver.piece_id).desc())
        .limit(1)
    ).first()
    return Returned(*row) if row and row[0] is not None else None


def moment(text: str) -> datetime:
    """When a hand-over was, as a page has written it; a time at which nothing was, if it is none."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return NEVER
    return at if at.tzinfo else NEVER


def _same() -> sa.ColumnElement[bool]:
    return sa.and_(
        col(HandOverTakenBack.piece_id) == col(HandOver.piece_id), col(HandOverTakenBack.turn) == col(HandOver.turn)
    )


def _given(session: Session, taking: Taking) -> Sequence[HandOver]:
    """The hand-overs that are meant, each of which stands. Raises NotHandedOver, AlreadyTakenBack."""
    mine = sa.and_(
        col(HandOver.order_id) == taking.order_id,
        col(HandOver.at) == taking.given_at,
        col(HandOver.piece_id).in_(sorted(taking.pieces)),
    )
    rows = session.execute(
        sa.select(HandOver, HandOverTakenBack).outerjoin(HandOverTakenBack, _same()).where(mine)
    ).all()
    if not rows or len(rows) != len(taking.pieces):
        raise NotHandedOver
    for given, back in rows:
        if back is not None:
            raise AlreadyTakenBack(Returned(back.clerk, back.terminal, back.reason, back.at, given.clerk, given.at))
    return [given for given, _ in rows]


def _check(order: Order, taking: Taking, given: Sequence[HandOver], shop: Shop, now: datetime) -> None:
    parcel = taking.terminal == PARCEL
    if any((each.how == PARCEL) != parcel for each in given):
        where = "It was handed over at a counter, so it is taken back there" if parcel else _IN_THE_WORKSHOP
        raise NotTakenBackHere(f"{where}. Nothing was changed.")
    if not parcel and order.facility != taking.facility:
        raise NotTakenBackHere("It was handed over in another store, so it is taken back there. Nothing was changed.")
    back = shop.take_back
    if now - taking.given_at >= (back.parcels if parcel else back.hand_overs):
        raise TooLateToTakeBack(*("parcel", back.parcels_min) if parcel else ("hand-over", back.hand_overs_min))


def _told(order: Order, count: int) -> str:
    if order.fulfilment == "ship":
        what = "One piece has" if count == 1 else f"{count} pieces have"
        return f"{what} not left after all: the parcel was noted as sent by mistake. It goes to the carrier next."
    what = "One piece was" if count == 1 else f"{count} pieces were"
    return f"{what} handed over by mistake and {'is' if count == 1 else 'are'} in the store again."
