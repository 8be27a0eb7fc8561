"""A settlement that was a mistake: the goods are out again, the money is given back, and both stay on record."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.blanks.shop import Shop
from configurator.counter.settling import LONGEST_REASON, SettledElsewhere, locked_consignment
from configurator.counter.taking_back import NoReason, TooLateToTakeBack
from configurator.errors import Conflict
from configurator.stock.consignment_store import NoSuchConsignment, lines_of
from configurator.stock.lending import lend
from configurator.stock.rows_consignment import ConsignmentLine, SettledLine, Settlement


class UndoneBefore(Conflict):
    """Somebody was faster."""

    def __init__(self, who: str) -> None:
        super().__init__(f"Taken back already by {who}. Nothing was changed.")


@dataclass(frozen=True, slots=True)
class Undoing:
    """Which settlement of a consignment is taken back, by whom and why."""

    number: str
    settlement_id: int
    facility: str
    clerk: str
    reason: str


def undo(session: Session, undoing: Undoing, *, shop: Shop, now: datetime) -> Settlement:
    """Have everything as it was before a settlement; the same clerk's second tap is the first.

    What was back must still lie there unpromised. Raises NoReason, SettledElsewhere, UndoneBefore, TooLateToTakeBack,
    NotOnTheShelf.
    """
    row = locked_consignment(session, undoing.number)
    statement = sa.select(Settlement).where(
        col(Settlement.id) == undoing.settlement_id, col(Settlement.consignment_id) == row.id
    )
    settlement: Settlement | None = session.execute(
        statement.execution_options(populate_existing=True)
    ).scalar_one_or_none()
    if settlement is None:
        raise NoSuchConsignment
    if settlement.undone_at and settlement.undone_by == undoing.clerk:
        return settlement
    if row.facility != undoing.facility:
        raise SettledElsewhere(shop.facility(row.facility).name)
    _check(settlement, undoing, shop, now)
    settlement.undone_at, settlement.undone_by = now, undoing.clerk
    settlement.undone_reason = undoing.reason.strip()[:LONGEST_REASON]
    lines = lines_of(session, [row.id or 0])[row.id or 0]
    back = _out_again(session, settlement, lines)
    row.closed_at = None
    session.flush()
    labels = {line.component: line.label for line in lines}
    lend(session, row.facility, back, labels=labels, note=row.number, now=now)
    return settlement


def _check(settlement: Settlement, undoing: Undoing, shop: Shop, now: datetime) -> None:
    if settlement.undone_at:
        raise UndoneBefore(settlement.undone_by)
    if not undoing.reason.strip():
        raise NoReason
    if now - settlement.at >= shop.take_back.hand_overs:
        raise TooLateToTakeBack("settlement", shop.take_back.hand_overs_min)


def _out_again(session: Session, settlement: Settlement, lines: tuple[ConsignmentLine, ...]) -> Counter[str]:
    """The lines as before; component -> how many leave the shelf again."""
    said = session.execute(sa.select(SettledLine).where(col(SettledLine.settlement_id) == settlement.id)).scalars()
    known, back = {line.id: line for line in lines}, Counter[str]()
    for each in said:
        line = known[each.line_id]
        line.back, line.sold, line.lost = line.back - each.back, line.sold - each.sold, line.lost - each.lost
        if each.back:
            back[line.component] += each.back
    return back
