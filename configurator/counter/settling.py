"""What went out on consignment comes back, is paid or is written off: never more than went out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.blanks.shop import Shop
from configurator.counter.consigning import FormUsedOtherwise
from configurator.counter.selling import TILL_METHODS, NoMethod, PriceWasOther
from configurator.errors import Conflict, Invalid
from configurator.jobs.contract import Jobs
from configurator.money import vat_within
from configurator.orders.planning_wanted import want_plans
from configurator.production.awaiting import lock_for_shelving, reserve_again
from configurator.stock.consignment_store import NoSuchConsignment, lines_of
from configurator.stock.lending import bring_back
from configurator.stock.receiving import NotACount
from configurator.stock.rows_consignment import Consignment, ConsignmentLine, SettledLine, Settlement

LONGEST_REASON = 200


class MoreThanIsOut(Conflict):
    """More came back, was sold or is lost than is still out."""

    def __init__(self, line: ConsignmentLine, wanted: int) -> None:
        are = "is" if line.out == 1 else "are"
        told = (
            f"Only {line.out} of “{line.label}” {are} still out" if line.out else f"No “{line.label}” is out any more"
        )
        super().__init__(f"{told}, {wanted} were written. Nothing was booked.")


class NothingSettled(Invalid):
    """No number was written."""

    def __init__(self) -> None:
        super().__init__("Write how many came back, were sold or are lost.")


class WhyLost(Invalid):
    """Something is written off without a reason."""

    def __init__(self) -> None:
        super().__init__("Say why it is written off: whoever counts the shelf must know.")


class SettledElsewhere(Conflict):
    """The goods are another store's."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} has given this out, so it is settled there. Nothing was booked.")


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of some of a line: so many came back, were sold, are lost."""

    back: int = 0
    sold: int = 0
    lost: int = 0

    @property
    def count(self) -> int:
        """How many in all."""
        return self.back + self.sold + self.lost


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What a settlement comes to. to_pay, vat: of what was sold, minor units; rows: line -> (total, vat) of it."""

    to_pay: int
    vat: int
    rows: Mapping[int, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Settling:
    """What a clerk books. fates: line id -> what became of it; seen: the sum that was shown; key: of the form."""

    number: str
    fates: Mapping[int, Fate]
    facility: str
    clerk: str
    terminal: str
    key: str
    method: str = ""
    seen: int = 0
    reason: str = ""


def reckon(lines: tuple[ConsignmentLine, ...], fates: Mapping[int, Fate]) -> Reckoned:
    """What is to pay for these: each line's price times what was sold, the VAT in it rounded once a line.

    Raises NothingSettled, NotACount, MoreThanIsOut.
    """
    least = min((min(fate.back, fate.sold, fate.lost) for fate in fates.values()), default=0)
    if least < 0:
        raise NotACount(least)
    if not any(fate.count for fate in fates.values()):
        raise NothingSettled
    rows = {}
    for line in lines:
        fate = fates.get(line.id or 0, Fate())
        if fate.count > line.out:
            raise MoreThanIsOut(line, fate.count)
        total = fate.sold * line.each
        rows[line.id or 0] = total, vat_within(total, Decimal(line.tax_percent))
    return Reckoned(sum(total for total, _ in rows.values()), sum(vat for _, vat in rows.values()), rows)


def settle(session: Session, settling: Settling, *, shop: Shop, jobs: Jobs, now: datetime) -> Settlement:
    """Book what became of goods that were out; the same key again gives the same settlement.

    What is back is free at once, first for pieces that wait for it. What was sold has left the shelf when it went out:
    only the money is booked. Raises what `reckon` raises, WhyLost, NoMethod, PriceWasOther, SettledElsewhere.
    """
    row = locked_consignment(session, settling.number)
    known = _known(session, row, settling)
    if known is not None:
        return known
    if row.facility != settling.facility:
        raise SettledElsewhere(shop.facility(row.facility).name)
    lines = lines_of(session, [row.id or 0])[row.id or 0]
    reckoned = reckon(lines, settling.fates)
    _check(settling, reckoned)
    settlement = _booked(session, row, settling, reckoned, now)
    back = {}
    for line in lines:
        fate = settling.fates.get(line.id or 0, Fate())
        if fate.count:
            session.add(_settled(settlement, line, fate, reckoned))
            line.back, line.sold, line.lost = line.back + fate.back, line.sold + fate.sold, line.lost + fate.lost
            back[line.component] = fate.back
    row.closed_at = None if any(line.out for line in lines) else now
    session.flush()
    _shelve(session, row, back, shop=shop, jobs=jobs, now=now)
    return settlement


def locked_consignment(session: Session, number: str) -> Consignment:
    """The consignment, which nobody else settles until the transaction ends: locked before all stock.

    Raises NoSuchConsignment.
    """
    statement = sa.select(Consignment).where(col(Consignment.number) == number).with_for_update()
    row: Consignment | None = session.execute(
        statement, execution_options={"populate_existing": True}
    ).scalar_one_or_none()
    if row is None:
        raise NoSuchConsignment
    return row


def _known(session: Session, row: Consignment, settling: Settling) -> Settlement | None:
    """What this form has booked before. Raises FormUsedOtherwise when it says something else now."""
    known: Settlement | None = session.execute(
        sa.select(Settlement).where(col(Settlement.key) == settling.key)
    ).scalar_one_or_none()
    if known is None:
        return None
    said = session.execute(sa.select(SettledLine).where(col(SettledLine.settlement_id) == known.id)).scalars()
    before = {each.line_id: Fate(each.back, each.sold, each.lost) for each in said}
    if known.consignment_id != row.id or before != {line: fate for line, fate in settling.fates.items() if fate.count}:
        raise FormUsedOtherwise(row.number)
    return known


def _check(settling: Settling, reckoned: Reckoned) -> None:
    if any(fate.lost for fate in settling.fates.values()) and not settling.reason.strip():
        raise WhyLost
    if reckoned.to_pay != settling.seen:
        raise PriceWasOther
    if reckoned.to_pay and settling.method not in TILL_METHODS:
        raise NoMethod


def _booked(session: Session, row: Consignment, settling: Settling, reckoned: Reckoned, now: datetime) -> Settlement:
    settlement = Settlement(
        consignment_id=row.id or 0,
        key=settling.key,
        clerk=settling.clerk,
        terminal=settling.terminal,
        at=now,
        method=settling.method if reckoned.to_pay else "",
        total=reckoned.to_pay,
        vat=reckoned.vat,
        reason=settling.reason.strip()[:LONGEST_REASON],
    )
    session.add(settlement)
    session.flush()
    return settlement


def _settled(settlement: Settlement, line: ConsignmentLine, fate: Fate, reckoned: Reckoned) -> SettledLine:
    total, vat = reckoned.rows[line.id or 0]
    return SettledLine(
        settlement_id=settlement.id or 0,
        line_id=line.id or 0,
        back=fate.back,
        sold=fate.sold,
        lost=fate.lost,
        total=total,
        vat=vat,
    )


def _shelve(  # noqa: PLR0913 promise 8
    session: Session, row: Consignment, back: Mapping[str, int], *, shop: Shop, jobs: Jobs, now: datetime
) -> None:
    """Back on the shelf; pieces that wait for such get them before anybody can buy them."""
    if not any(back.values()):
        return
    lock_for_shelving(session, back)
    bring_back(session, row.facility, back, note=row.number, now=now)
    want_plans(session, jobs, reserve_again(session, now=now, shop=shop))
