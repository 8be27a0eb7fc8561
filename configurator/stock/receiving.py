"""Receiving goods, counting the shelf, and the stock a shop starts with."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.blanks.shop import Component
from configurator.database import insert_into
from configurator.errors import Conflict, Invalid
from configurator.stock.ledger import Change, Place, changed, record
from configurator.stock.rows import StockItem

MOST = 1_000_000
"""Of one delivery; more is a slip of the finger, or the scanner's."""


class NotACount(Invalid):
    """A number of things that cannot be."""

    def __init__(self, count: int) -> None:
        super().__init__(f"{count} is no number of things to book. Write a whole number above 0, up to a million.")


class FewerThanPromised(Conflict):
    """Fewer were counted than are reserved for orders."""

    def __init__(self, place: Place, counted: int, reserved: int) -> None:
        super().__init__(
            f"{counted} of “{place.component}” were counted, but {reserved} are reserved for orders. "
            "Cancel an order or receive more first, then count again."
        )


@dataclass(frozen=True, slots=True)
class Goods:
    """Some of a component at a facility, and what the delivery note or the counter said."""

    facility: str
    component: str
    count: int
    note: str = ""

    @property
    def place(self) -> Place:
        """Where they lie."""
        return Place(self.facility, self.component)


def receive(session: Session, goods: Goods, *, now: datetime) -> None:
    """Book goods that have come in; the item is made if it is new. Raises NotACount."""
    if not 0 < goods.count <= MOST:
        raise NotACount(goods.count)
    _make_item(session, goods.place)
    change = Change("received", on_hand=goods.count, note=goods.note)
    item = changed(session, goods.place, change, guard=sa.true())
    if item is not None:
        record(session, [(item, change)], now=now)


def count(session: Session, goods: Goods, *, now: datetime) -> int:
    """Set an item to what was counted; returns the difference found. Raises NotACount, FewerThanPromised."""
    if goods.count < 0:
        raise NotACount(goods.count)
    _make_item(session, goods.place)
    on_hand, reserved = _figures_locked(session, goods.place)
    if goods.count < reserved:
        raise FewerThanPromised(goods.place, goods.count, reserved)
    change = Change("counted", on_hand=goods.count - on_hand, note=goods.note)
    item = changed(session, goods.place, change, guard=sa.true())
    if item is not None:
        record(session, [(item, change)], now=now)
    return change.on_hand


def stock_up(session: Session, components: Iterable[Component], *, now: datetime) -> None:
    """Book the stock that shop.toml starts with; items that exist already are left alone."""
    starts = sorted(
        (facility, component.key, start)
        for component in components
        for facility, start in component.start.items()
        if start > 0
    )
    rows = session.execute(sa.select(col(StockItem.facility), col(StockItem.component)))
    known = {(facility, component) for facility, component in rows}
    for facility, key, start in starts:
        if (facility, key) not in known:
            receive(session, Goods(facility, key, start, "opening stock"), now=now)


def _figures_locked(session: Session, place: Place) -> tuple[int, int]:
    row = session.execute(
        sa.select(col(StockItem.on_hand), col(StockItem.reserved))
        .where(col(StockItem.facility) == place.facility, col(StockItem.component) == place.component)
        .with_for_update()
    ).one()
    return row[0], row[1]


def _make_item(session: Session, place: Place) -> None:
    session.execute(
        insert_into(session, StockItem)
        .values(facility=place.facility, component=place.component, on_hand=0, reserved=0)
        .on_conflict_do_nothing()
    )
