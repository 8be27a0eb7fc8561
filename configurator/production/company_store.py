"""Queries about orders whose pieces are done at different times: what is begun, who waits for whom until when.

What leaves as it is ready waits for nobody.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.database import UtcTime
from configurator.orders.rows import Order, Piece
from configurator.production.loads import Begun
from configurator.production.plan_store import UNMADE
from configurator.production.rows import Batch, BatchPlace

BEGUN = ("released", "picked", "made", "checked", "stored")


def begun(session: Session) -> Begun:
    """Of the orders that have waiting pieces: when those are done that are being made or are made."""
    waiting = sa.select(col(Piece.order_id)).where(col(Piece.stage) == "waiting")
    rows = session.execute(
        sa.select(col(Piece.order_id), sa.func.min(_done()), sa.func.max(_done()))
        .join(BatchPlace, col(BatchPlace.piece_id) == col(Piece.id))
        .join(Batch, col(Batch.id) == col(BatchPlace.batch_id))
        .where(col(Piece.order_id).in_(waiting), col(Piece.stage).in_(BEGUN))
        .group_by(col(Piece.order_id))
    )
    return {order: (first, last) for order, first, last in rows if first and last}


def _done() -> Any:
    """When a piece is made: by its batch's plan, or when it last moved."""
    made = sa.case((col(Piece.stage).in_(UNMADE), col(Batch.done_at)), else_=col(Piece.moved_at))
    return sa.type_coerce(made, UtcTime)


@dataclass(frozen=True, slots=True)
class Wait:
    """An order's pieces of one batch wait for those of another. since: when they are made; until: when those are.

    batch, blank: what they wait for.
    """

    order: str
    since: datetime
    until: datetime
    batch: str
    blank: str

    @property
    def hours(self) -> float:
        """How long."""
        return (self.until - self.since).total_seconds() / 3600


WORTH_TELLING_H = 1.0


def company_of(session: Session, order_id: int) -> Mapping[str, Wait]:
    """Piece's code -> its wait for the last ones of its order; of those that wait an hour or more."""
    waits = _waits(session, col(Piece.order_id) == order_id)
    rows = session.execute(
        sa.select(col(Piece.code), col(Batch.number))
        .join(BatchPlace, col(BatchPlace.piece_id) == col(Piece.id))
        .join(Batch, col(Batch.id) == col(BatchPlace.batch_id))
        .where(col(Piece.order_id) == order_id)
    )
    return {code: waits[batch][0] for code, batch in rows if batch in waits}


def waits_at(session: Session, facility: str, batch: str | None = None) -> Mapping[str, tuple[Wait, ...]]:
    """Open or released batch of a facility, or only one -> the waits of the orders in it, the longest first."""
    here = sa.select(col(Piece.order_id)).join(BatchPlace, col(BatchPlace.piece_id) == col(Piece.id))
    here = here.join(Batch, col(Batch.id) == col(BatchPlace.batch_id))
    here = here.where(col(Batch.facility) == facility, col(Batch.status) != "done")
    if batch is not None:
        here = here.where(col(Batch.number) == batch)
    found = _waits(session, col(Piece.order_id).in_(here))
    return found if batch is None else {batch: found.get(batch, ())}


def _waits(session: Session, orders: sa.ColumnElement[bool]) -> Mapping[str, tuple[Wait, ...]]:
    rows = session.execute(
        sa.select(col(Order.number), col(Batch.number), col(Batch.blank), sa.func.max(_done()))
        .select_from(Piece)
        .join(Order, col(Order.id) == col(Piece.order_id))
        .join(BatchPlace, col(BatchPlace.piece_id) == col(Piece.id))
        .join(Batch, col(Batch.id) == col(BatchPlace.batch_id))
        .where(orders, col(Order.leaves) == "together", col(Piece.stage).in_(("waiting", *BEGUN)))
        .group_by(col(Order.number), col(Batch.number), col(Batch.blank))
    )
    of_order: dict[str, list[tuple[datetime, str, str]]] = defaultdict(list)
    for order, batch, blank, done in rows:
        if done:
            of_order[order].append((done, batch, blank))
    found: dict[str, list[Wait]] = defaultdict(list)
    for order, own in of_order.items():
        until, last, blank = max(own)
        for since, batch, _ in own:
            wait = Wait(order, since, until, last, blank)
            if wait.hours >= WORTH_TELLING_H:
                found[batch].append(wait)
    return {batch: tuple(sorted(own, key=lambda wait: (-wait.hours, wait.order))) for batch, own in found.items()}
