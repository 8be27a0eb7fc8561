"""Goods given out without a sale, on commission, on trial or for inspection: off the shelf at once, never below 0."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from configurator.blanks.shop import Shop
from configurator.errors import Conflict, Invalid
from configurator.money import MOST as MOST_MONEY
from configurator.orders.codes import Draw, consignment_number
from configurator.orders.placing import TRIES, NoNumberFree
from configurator.stock.lending import lend
from configurator.stock.receiving import MOST, NotACount
from configurator.stock.rows_consignment import KINDS, Consignment, ConsignmentLine

LONGEST = 100
FAR = timedelta(days=366)
"""Whoever has something for longer has bought it, or it is lost."""


class NobodyHasIt(Invalid):
    """Without a name nobody knows where the goods are."""

    def __init__(self) -> None:
        super().__init__("Write who takes the goods, and how to reach them: a name, and a telephone number or e-mail.")


class NoKind(Invalid):
    """None of the three ways."""

    def __init__(self) -> None:
        super().__init__("Choose how it goes out: on commission, on trial or for inspection.")


class NothingTaken(Invalid):
    """No line says how many."""

    def __init__(self) -> None:
        super().__init__("Write how many of something go out.")


class NotDueThen(Invalid):
    """It is to be back before it went, or when everybody has forgotten it."""

    def __init__(self) -> None:
        super().__init__("Choose a day from today on, within a year, on which it is to be back.")


class NotKept(Invalid):
    """A component that the shop does not know, at a price or a rate that it cannot have."""

    def __init__(self) -> None:
        super().__init__("One line is not what this store keeps or charges. Load the page again and choose from it.")


class FormUsedOtherwise(Conflict):
    """The same form came with other goods."""

    def __init__(self, number: str) -> None:
        super().__init__(f"This form was booked already, as it was then: see {number}. Load the page for what is new.")


@dataclass(frozen=True, slots=True)
class Goods:
    """So many of a component at the price agreed for one: minor units, incl. VAT of tax_percent as written ("19")."""

    component: str
    count: int
    each: int
    tax_percent: str


@dataclass(frozen=True, slots=True)
class Giving:
    """What somebody takes along. key: made with the form, so that two taps give it once."""

    kind: str
    name: str
    contact: str
    due_on: date
    goods: tuple[Goods, ...]
    facility: str
    clerk: str
    terminal: str
    key: str

    @property
    def counts(self) -> Mapping[str, int]:
        """Component -> how many."""
        return {each.component: each.count for each in self.goods}


def give_out(session: Session, giving: Giving, *, shop: Shop, now: datetime, draw: Draw) -> Consignment:
    """Note who has what, and take it off the shelf in the same transaction; the same key again gives the same.

    Only what lies there and is reserved for nobody can go out. Raises NotOnTheShelf and what is wrong with the form.
    """
    _check(giving, shop, now)
    noted, anew = _noted(session, giving, shop, now, draw)
    if not anew:
        return noted
    labels = {each.component: shop.components[each.component].label for each in giving.goods}
    lend(session, giving.facility, giving.counts, labels=labels, note=noted.number, now=now)
    session.add_all(_line(noted, each, shop) for each in giving.goods)
    session.flush()
    return noted


def rates(shop: Shop) -> tuple[str, ...]:
    """The shop's rates of VAT as they are written ("19"), the highest first."""
    return tuple(f"{rate.normalize():f}" for rate in sorted(set(shop.taxes.values()), reverse=True))


def today_at(shop: Shop, facility: str, now: datetime) -> date:
    """The day it is at a facility."""
    return now.astimezone(ZoneInfo(shop.facility(facility).timezone)).date()


def _check(giving: Giving, shop: Shop, now: datetime) -> None:
    if giving.kind not in KINDS:
        raise NoKind
    if not giving.name or not giving.contact:
        raise NobodyHasIt
    if not timedelta(0) <= giving.due_on - today_at(shop, giving.facility, now) <= FAR:
        raise NotDueThen
    if not giving.goods:
        raise NothingTaken
    for each in giving.goods:
        if not 0 < each.count <= MOST:
            raise NotACount(each.count)
        known = each.component in shop.components and each.tax_percent in rates(shop)
        if not known or not 0 <= each.each * each.count < MOST_MONEY:
            raise NotKept


def _noted(session: Session, giving: Giving, shop: Shop, now: datetime, draw: Draw) -> tuple[Consignment, bool]:
    """The consignment, and whether it was noted just now: of two taps at once the second waits and finds the first."""
    for _ in range(TRIES):
        known = session.execute(sa.select(Consignment).where(col(Consignment.key) == giving.key)).scalar_one_or_none()
        if known is not None:
            _check_same(session, known, giving)
            return known, False
        row = _row(giving, shop, now, consignment_number(draw))
        try:
            with session.begin_nested():
                session.add(row)
        except IntegrityError:
            continue
        return row, True
    raise NoNumberFree


def _row(giving: Giving, shop: Shop, now: datetime, number: str) -> Consignment:
    return Consignment(
        number=number,
        key=giving.key,
        kind=giving.kind,
        facility=giving.facility,
        name=giving.name[:LONGEST],
        contact=giving.contact[:LONGEST],
        currency=shop.currency,
        clerk=giving.clerk,
        terminal=giving.terminal,
        at=now,
        due_on=giving.due_on,
    )


def _line(noted: Consignment, goods: Goods, shop: Shop) -> ConsignmentLine:
    component = shop.components[goods.component]
    return ConsignmentLine(
        consignment_id=noted.id or 0,
        component=goods.component,
        label=component.label,
        unit=component.unit,
        count=goods.count,
        each=goods.each,
        tax_percent=goods.tax_percent,
    )


def _check_same(session: Session, known: Consignment, giving: Giving) -> None:
    columns = col(ConsignmentLine.component), col(ConsignmentLine.count)
    rows = session.execute(sa.select(*columns).where(col(ConsignmentLine.consignment_id) == known.id))
    lines = {row[0]: row[1] for row in rows}
    if lines != giving.counts or known.name != giving.name[:LONGEST]:
        raise FormUsedOtherwise(known.number)
