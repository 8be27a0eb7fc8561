"""An order that is ready: all that will be made of it lies where it is collected, and its customer is told, once."""

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.blanks.shop import Shop
from configurator.orders.events import Happening, happened
from configurator.orders.notices import notify
from configurator.orders.rows import Order, Piece
from configurator.production import floor_answers as answers
from configurator.production.promise_watch import Teller


def make_ready(session: Session, order_id: int, teller: Teller) -> bool:
    """Call an order ready, once: its customer is told by an event and a message. The caller has locked its pieces."""
    statement = (
        sa.update(Order)
        .where(col(Order.id) == order_id, col(Order.ready_at).is_(None))
        .values(ready_at=teller.now)
        .returning(col(Order.fulfilment), col(Order.facility), _some_left())
        .execution_options(synchronize_session=False)
    )
    row = session.execute(statement).first()
    if row is None:
        return False
    sentence = answers.ready_sentence(row[0], facility_name(teller.shop, row[1]), rest=bool(row[2]))
    happened(session, order_id, Happening("ready", sentence), now=teller.now)
    notify(session, teller.jobs, order_id, "ready", not_before=teller.now + teller.shop.take_back.scans)
    return True


def facility_name(shop: Shop, key: str) -> str:
    """A facility's name; its key if it is not in the shop any more."""
    return next((facility.name for facility in shop.facilities if facility.key == key), key)


def _some_left() -> sa.ColumnElement[bool]:
    """Whether a part of the order has been handed over."""
    return sa.exists().where(col(Piece.order_id) == col(Order.id), col(Piece.stage) == "handed_over")
