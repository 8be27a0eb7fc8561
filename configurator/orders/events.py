"""What happens to an order, told in sentences its customer may read."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from configurator.orders.rows import OrderEvent

REMADE, DAY_STAYS, LATER, NOT_REMADE, SENT = "remade", "day-stays", "later", "not-remade", "sent"
"""Kinds: a piece is made again; it is in time all the same; the customer was told another day than the promised one; a
piece is not made again after all, so that what was told of it does not hold any more; a parcel has left."""


@dataclass(frozen=True, slots=True)
class Happening:
    """What happened. `who` is for the staff, customers never see it."""

    kind: str
    sentence: str
    who: str = ""
    piece_id: int | None = None


def happened(session: Session, order_id: int, happening: Happening, *, now: datetime) -> None:
    """Note that something has happened to an order."""
    event = OrderEvent(
        order_id=order_id,
        piece_id=happening.piece_id,
        at=now,
        kind=happening.kind,
        sentence=happening.sentence,
        who=happening.who,
    )
    session.add(event)
