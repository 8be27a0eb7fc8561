"""A parcel that was noted as sent by mistake: which have just left, and taking one back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.counter.handing_over import PARCEL, stands
from configurator.counter.taking_back import Taking, take_back
from configurator.errors import Conflict
from configurator.orders.notices import unsay
from configurator.orders.payment import locked_order
from configurator.orders.rows import Order, Piece
from configurator.production.promise_watch import Teller
from configurator.production.rows_floor import HandOver


class CustomerWasTold(Conflict):
    """The mail about a parcel has left."""

    def __init__(self) -> None:
        super().__init__("Its customer has a mail by now that it is on its way, so it stays sent. Nothing was changed.")


@dataclass(frozen=True, slots=True)
class LeftParcel:
    """A parcel that was noted as sent: by whom, when, and the ids of what was in it."""

    number: str
    name: str
    token: str
    who: str
    at: datetime
    pieces: tuple[int, ...]


def take_parcel_back(session: Session, taking: Taking, teller: Teller) -> tuple[Piece, ...]:
    """Have a parcel's pieces lie in their bins again, all of them or none, and its mail withdrawn; returns them.

    Raises what `take_back` does, and CustomerWasTold; the caller's transaction is to be given up then.
    """
    pieces = take_back(session, taking, shop=teller.shop, now=teller.now)
    told = unsay(session, teller.jobs, taking.order_id, "sent", again=taking.given_at.isoformat())
    if told == "begun" and locked_order(session, taking.order_id).email:
        raise CustomerWasTold
    return pieces


def parcels_left(session: Session, since: datetime) -> Sequence[LeftParcel]:
    """The parcels that left after `since` and were not taken back, the last first."""
    rows = session.execute(
        sa.select(
            *(col(Order.number), col(Order.name), col(Order.token)),
            *(col(HandOver.clerk), col(HandOver.at), col(HandOver.piece_id)),
        )
        .join(Order, col(Order.id) == col(HandOver.order_id))
        .where(col(HandOver.how) == PARCEL, col(HandOver.at) > since, stands())
        .order_by(col(HandOver.at).desc(), col(Order.number), col(HandOver.piece_id))
    )
    found: dict[tuple[str, str, str, str, datetime], list[int]] = {}
    for *parcel, piece in rows:
        found.setdefault(tuple(parcel), []).append(piece)
    return [LeftParcel(*parcel, tuple(pieces)) for parcel, pieces in found.items()]
