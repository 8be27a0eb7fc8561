"""Reserving stock for an order, freeing it, using it up: guarded, in one fixed order, in the ledger."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col

from configurator.errors import Conflict
from configurator.stock.ledger import Change, Place, changed, record
from configurator.stock.rows import StockItem
from configurator.stock.stock_store import free_at


@dataclass(frozen=True, slots=True)
class Shortage:
    """A component of which there is too little: how many were wanted, how many are left to sell."""

    component: str
    wanted: int
    left: int


class SoldOut(Conflict):
    """Not enough of something is left; `shortages` says of what and how many there are."""

    def __init__(self, shortages: Sequence[Shortage], *, labels: Mapping[str, str] | None = None) -> None:
        self.shortages = tuple(shortages)
        super().__init__(" ".join(_sentence(shortage, labels or {}) for shortage in self.shortages))


class NothingReserved(Conflict):
    """More was to be freed or used than an item has reserved."""

    def __init__(self, place: Place, count: int) -> None:
        super().__init__(
            f"{count} of “{place.component}” at “{place.facility}” are not reserved. Count this item, then try again."
        )


@dataclass(frozen=True, slots=True)
class PieceUse:
    """What one piece of an order takes from the shelf when its batch is released."""

    piece_id: int
    order_id: int
    needs: Mapping[str, int]


def reserve(session: Session, facility: str, needs: Mapping[str, int], *, order_id: int, now: datetime) -> None:
    """Set `needs` (component -> count) aside for an order; raises SoldOut naming everything that is short.

    Items are taken in alphabetical order, so that two orders never wait for each other on PostgreSQL;
    whoever reserves at several facilities goes through them alphabetically too.
    """
    entries = []
    for component, count in _in_order(needs):
        change = Change("reserved", reserved=count, order_id=order_id)
        guard = col(StockItem.on_hand) - col(StockItem.reserved) >= count
        item = changed(session, Place(facility, component), change, guard=guard)
        if item is None:
            raise SoldOut(shortages(needs, free_at(session, facility, needs)))
        entries.append((item, change))
    record(session, entries, now=now)


def shortages(needs: Mapping[str, int], left: Mapping[str, int]) -> tuple[Shortage, ...]:
    """The needs that what is left does not cover, alphabetically."""
    return tuple(
        Shortage(component, count, max(0, left.get(component, 0)))
        for component, count in _in_order(needs)
        if left.get(component, 0) < count
    )


def free(session: Session, facility: str, needs: Mapping[str, int], *, order_id: int, now: datetime) -> None:
    """Give back what an order had reserved and will not use; raises NothingReserved if it was not."""
    entries = []
    for component, count in _in_order(needs):
        change = Change("freed", reserved=-count, order_id=order_id)
        entries.append((_taken(session, Place(facility, component), change), change))
    record(session, entries, now=now)


def use(session: Session, facility: str, pieces: Iterable[PieceUse], *, now: datetime) -> None:
    """Take reserved components off the shelf for pieces that are being made.

    One UPDATE an item, one movement a piece and item; raises NothingReserved if something was not reserved.
    """
    pieces = tuple(pieces)
    total: Counter[str] = Counter()
    for piece in pieces:
        total.update(piece.needs)
    items = {
        component: _taken(session, Place(facility, component), Change("used", on_hand=-count, reserved=-count))
        for component, count in _in_order(total)
    }
    entries = [
        (
            items[component],
            Change("used", on_hand=-count, reserved=-count, order_id=piece.order_id, piece_id=piece.piece_id),
        )
        for piece in pieces
        for component, count in _in_order(piece.needs)
    ]
    record(session, entries, now=now)


def _taken(session: Session, place: Place, change: Change) -> int:
    item = changed(session, place, change, guard=col(StockItem.reserved) >= -change.reserved)
    if item is None:
        raise NothingReserved(place, -change.reserved)
    return item


def _in_order(needs: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted((component, count) for component, count in needs.items() if count > 0)


def _sentence(shortage: Shortage, labels: Mapping[str, str]) -> str:
    label = labels.get(shortage.component, shortage.component)
    if shortage.left == 0:
        return f"“{label}” is sold out. Take it out of the cart or choose another."
    return (
        f"Only {shortage.left} of “{label}” are left, you asked for {shortage.wanted}. Order fewer or choose another."
    )
