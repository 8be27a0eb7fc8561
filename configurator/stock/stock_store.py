"""Queries about stock."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.stock.rows import StockItem, StockMovement


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """An item's figures; `free` is what can still be sold."""

    facility: str
    component: str
    on_hand: int
    reserved: int

    @property
    def free(self) -> int:
        """On hand and not promised to anybody."""
        return self.on_hand - self.reserved


@dataclass(frozen=True, slots=True)
class Difference:
    """An item whose figures are not the sums of its ledger. There must be none, at any time."""

    facility: str
    component: str
    on_hand: tuple[int, int]
    reserved: tuple[int, int]


def available(session: Session) -> Mapping[tuple[str, str], int]:
    """(facility, component) -> how many can still be sold; what is not listed is not there."""
    return {(item.facility, item.component): item.free for item in item_figures(session)}


def item_figures(session: Session) -> tuple[ItemFigures, ...]:
    """All items, by facility and component."""
    rows = session.execute(
        sa.select(
            col(StockItem.facility), col(StockItem.component), col(StockItem.on_hand), col(StockItem.reserved)
        ).order_by(col(StockItem.facility), col(StockItem.component))
    )
    return tuple(ItemFigures(*row) for row in rows)


def available_locked(session: Session, components: Iterable[str]) -> Mapping[tuple[str, str], int]:
    """As `available`, for these components at every facility, and nobody else changes them until the end.

    The rows are locked by facility, then component: the one order in which everybody takes stock rows.
    """
    rows = session.execute(
        sa.select(col(StockItem.facility), col(StockItem.component), col(StockItem.on_hand) - col(StockItem.reserved))
        .where(col(StockItem.component).in_(sorted(set(components))))
        .order_by(col(StockItem.facility), col(StockItem.component))
        .with_for_update()
    )
    return {(facility, component): free for facility, component, free in rows}


def free_at(session: Session, facility: str, components: Iterable[str]) -> Mapping[str, int]:
    """Component -> how many can still be sold at one facility."""
    rows = session.execute(
        sa.select(col(StockItem.component), col(StockItem.on_hand) - col(StockItem.reserved)).where(
            col(StockItem.facility) == facility, col(StockItem.component).in_(sorted(set(components)))
        )
    )
    return {component: int(free) for component, free in rows}


def reserved_for(session: Session, order_id: int) -> Mapping[tuple[str, str], int]:
    """(facility, component) -> what the ledger still holds reserved for an order."""
    total = sa.func.sum(col(StockMovement.reserved_change))
    rows = session.execute(
        sa.select(col(StockItem.facility), col(StockItem.component), total)
        .join(StockMovement, col(StockMovement.item_id) == col(StockItem.id))
        .where(col(StockMovement.order_id) == order_id)
        .group_by(col(StockItem.facility), col(StockItem.component))
        .having(total > 0)
    )
    return {(facility, component): int(count) for facility, component, count in rows}


def ledger_differences(session: Session) -> tuple[Difference, ...]:
    """Every item that its ledger does not explain."""
    on_hand = sa.func.coalesce(sa.func.sum(col(StockMovement.on_hand_change)), 0)
    reserved = sa.func.coalesce(sa.func.sum(col(StockMovement.reserved_change)), 0)
    item = (col(StockItem.facility), col(StockItem.component), col(StockItem.on_hand), col(StockItem.reserved))
    rows = session.execute(
        sa.select(*item, on_hand, reserved)
        .outerjoin(StockMovement, col(StockMovement.item_id) == col(StockItem.id))
        .group_by(col(StockItem.id), *item)
        .having(sa.or_(on_hand != col(StockItem.on_hand), reserved != col(StockItem.reserved)))
    )
    return tuple(Difference(f, c, (have, int(said)), (held, int(claimed))) for f, c, have, held, said, claimed in rows)
