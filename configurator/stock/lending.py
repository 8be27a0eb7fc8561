"""Goods that leave the shelf without being sold, and come back to it: guarded, in one order, in the ledger."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.errors import Conflict
from configurator.stock.ledger import Change, Place, changed, record
from configurator.stock.reserving import Shortage, shortages
from configurator.stock.rows import StockItem
from configurator.stock.stock_store import free_at


class NotOnTheShelf(Conflict):
    """More was to be taken out than lies there unpromised; `shortages` says of what, and how many there are."""

    def __init__(self, shortages: Sequence[Shortage], labels: Mapping[str, str]) -> None:
        self.shortages = tuple(shortages)
        told = " ".join(_sentence(each, labels.get(each.component, each.component)) for each in self.shortages)
        super().__init__(f"{told} Nothing was booked.")


def lend(  # noqa: PLR0913 promise 8: where, what, for whom, when
    session: Session, facility: str, counts: Mapping[str, int], *, labels: Mapping[str, str], note: str, now: datetime
) -> None:
    """Take `counts` (component -> how many) off the shelf, all of them or none. Raises NotOnTheShelf.

    The guard is that of an order's reservation: what is reserved stays, and of two who want the last one only one has
    it. What comes back is booked by `bring_back`; what was sold or lost has left the shelf here already.
    """
    entries = []
    for component, count in sorted(counts.items()):
        change = Change("lent", on_hand=-count, note=note)
        guard = col(StockItem.on_hand) - col(StockItem.reserved) >= count
        item = changed(session, Place(facility, component), change, guard=guard)
        if item is None:
            raise NotOnTheShelf(shortages(counts, free_at(session, facility, counts)), labels)
        entries.append((item, change))
    record(session, entries, now=now)


def bring_back(session: Session, facility: str, counts: Mapping[str, int], *, note: str, now: datetime) -> None:
    """Put `counts` back on the shelf, free for whoever wants them; counts of 0 are no movements."""
    entries = []
    for component, count in sorted(counts.items()):
        change = Change("brought_back", on_hand=count, note=note)
        item = changed(session, Place(facility, component), change, guard=sa.true()) if count else None
        if item is not None:
            entries.append((item, change))
    record(session, entries, now=now)


def _sentence(shortage: Shortage, label: str) -> str:
    if not shortage.left:
        return f"No “{label}” is free here."
    are = "is" if shortage.left == 1 else "are"
    return f"Only {shortage.left} of “{label}” {are} free here, {shortage.wanted} were to go out."
