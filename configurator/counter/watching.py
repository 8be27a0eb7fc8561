"""What the counter keeps an eye on: what is being made here for its customers, and what waits to be picked up."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.database import UtcTime
from configurator.orders.rows import Order, Piece
from configurator.production.rows import Batch, BatchPlace

STEPS = ("waiting", "released", "picked", "made", "checked", "stored")
WORDS = {
    "waiting": "waiting",
    "released": "to be picked",
    "picked": "in the machine",
    "made": "to be checked",
    "checked": "to the bin",
}


@dataclass(frozen=True, slots=True)
class InTheMaking:
    """An order that is being made in this store. state: where its slowest piece is.

    done, steps: of all its pieces together. ready_about: when the last of its batches ends, if that is known.
    """

    number: str
    name: str
    title: str
    pieces: int
    state: str
    done: int
    steps: int
    ready_about: datetime | None
    counter: bool


@dataclass(frozen=True, slots=True)
class ToPickUp:
    """An order that lies in this store's bin, complete or in part. picture: hash of its first design; pieces: that lie
    there; of: as many as it has, if the rest is still to come.
    """

    number: str
    name: str
    bin: int | None
    ready_at: datetime
    pieces: int
    picture: str
    blank: str
    of: int = 0

    def days(self, now: datetime) -> int:
        """How many days it has been waiting."""
        return max(0, (now - self.ready_at).days)


def in_the_making(session: Session, facility: str) -> tuple[InTheMaking, ...]:
    """What is being made in a store to be picked up there: first for those who wait at the counter."""
    counts = col(Piece.stage).not_in(("rejected", "cancelled", "handed_over"))
    begun = sa.select(col(Piece.order_id)).where(
        col(Piece.facility) == facility,
        sa.or_(
            col(Piece.stage).in_(("released", "picked", "made", "checked")),
            sa.and_(col(Piece.stage) == "waiting", col(Piece.rush)),
        ),
    )
    rows = session.execute(
        sa.select(
            col(Order.number),
            col(Order.name),
            col(Order.fulfilment),
            col(Piece.title),
            col(Piece.stage),
            col(Batch.done_at),
        )
        .join(Order, col(Order.id) == col(Piece.order_id))
        .outerjoin(BatchPlace, col(BatchPlace.piece_id) == col(Piece.id))
        .outerjoin(Batch, col(Batch.id) == col(BatchPlace.batch_id))
        .where(
            col(Piece.order_id).in_(begun),
            counts,
            col(Order.facility) == facility,
            col(Order.fulfilment) != "ship",
            col(Order.status) == "placed",
        )
        .order_by(col(Order.fulfilment) != "counter", col(Order.placed_at), col(Piece.number))
    )
    orders: Mapping[str, list[Any]] = _grouped(rows)
    return tuple(_making(number, pieces) for number, pieces in orders.items())


def to_pick_up(session: Session, facility: str) -> tuple[ToPickUp, ...]:
    """What lies in a store and waits for its customers, complete or such as may leave as it is ready; the longest
    waiting first."""
    here = sa.and_(col(Piece.order_id) == col(Order.id), col(Piece.stage) == "stored", col(Piece.facility) == facility)
    first = sa.select(sa.func.min(col(Piece.id))).where(here).correlate(Order).scalar_subquery()
    count = sa.select(sa.func.count(col(Piece.id))).where(here).correlate(Order).scalar_subquery()
    counts = sa.and_(col(Piece.order_id) == col(Order.id), col(Piece.stage).not_in(("rejected", "cancelled")))
    all_ = sa.select(sa.func.count(col(Piece.id))).where(counts).correlate(Order).scalar_subquery()
    last = sa.select(sa.func.max(col(Piece.moved_at))).where(here).correlate(Order).scalar_subquery()
    ready = sa.type_coerce(sa.func.coalesce(col(Order.ready_at), last), UtcTime)
    shown = sa.orm.aliased(Piece)
    rows = session.execute(
        sa.select(
            col(Order.number),
            col(Order.name),
            col(Order.bin),
            ready.label("ready_at"),
            count,
            col(shown.design_hash),
            col(shown.blank),
            sa.case((col(Order.ready_at).is_(None), all_), else_=0),
        )
        .join(shown, col(shown.id) == first)
        .where(
            col(Order.facility) == facility,
            col(Order.fulfilment) != "ship",
            col(Order.status) == "placed",
            sa.or_(col(Order.ready_at).is_not(None), col(Order.leaves) == "as_ready"),
        )
        .order_by(ready, col(Order.id))
    )
    return tuple(ToPickUp(*row) for row in rows)


def _grouped(rows: Iterable[Any]) -> Mapping[str, list[Any]]:
    orders: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        orders[row[0]].append(row)
    return orders


def _making(number: str, pieces: list[Any]) -> InTheMaking:
    _, name, fulfilment, title, _, _ = pieces[0]
    steps = [STEPS.index(row[4]) for row in pieces]
    ends = [row[5] for row in pieces if row[4] not in ("checked", "stored")]
    return InTheMaking(
        number=number,
        name=name,
        title=title,
        pieces=len(pieces),
        state=WORDS[STEPS[min(steps)]],
        done=sum(steps),
        steps=len(pieces) * (len(STEPS) - 1),
        ready_about=max(ends) if ends and None not in ends else None,
        counter=fulfilment == "counter",
    )
