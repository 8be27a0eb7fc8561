"""The ledger: every change of an item's figures is a movement, written in the same transaction."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.stock.rows import StockItem, StockMovement


@dataclass(frozen=True, slots=True)
class Place:
    """Where a component lies."""

    facility: str
    component: str


@dataclass(frozen=True, slots=True)
class Change:
    """By how much the two figures of an item change, why, and for whom."""

    kind: str
    on_hand: int = 0
    reserved: int = 0
    order_id: int | None = None
    piece_id: int | None = None
    note: str = ""


def changed(session: Session, place: Place, change: Change, *, guard: sa.ColumnElement[bool]) -> int | None:
    """Change an item's figures if `guard` holds in the same statement; its id, or None if it did not hold.

    The guarded UPDATE is what keeps two buyers from the last piece on PostgreSQL, where both may read at once.
    """
    statement = (
        sa.update(StockItem)
        .where(col(StockItem.facility) == place.facility, col(StockItem.component) == place.component, guard)
        .values(
            on_hand=col(StockItem.on_hand) + change.on_hand,
            reserved=col(StockItem.reserved) + change.reserved,
        )
        .returning(col(StockItem.id))
        .execution_options(synchronize_session=False)
    )
    return session.execute(statement).scalar_one_or_none()


def record(session: Session, entries: Iterable[tuple[int, Change]], *, now: datetime) -> None:
    """Write movements for changes already made: (item id, change)."""
    movements: list[dict[str, Any]] = [
        {
            "item_id": item_id,
            "kind": change.kind,
            "on_hand_change": change.on_hand,
            "reserved_change": change.reserved,
            "order_id": change.order_id,
            "piece_id": change.piece_id,
            "at": now,
            "note": change.note,
        }
        for item_id, change in entries
    ]
    if movements:
        session.execute(sa.insert(StockMovement), movements)
