"""Deliveries that are on their way: what is expected where and when, until it has arrived or will not come."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.errors import NotFound
from configurator.stock.receiving import Goods, NotACount, receive
from configurator.stock.rows import ExpectedGoods


class NotExpected(NotFound):
    """It has arrived, or was taken off the list."""

    def __init__(self) -> None:
        super().__init__("This delivery is not expected any more. Load the stock page again to see which are.")


@dataclass(frozen=True, slots=True)
class Expected:
    """Some of a component that is to arrive at a facility on a day; note: from whom, or an order number."""

    goods: Goods
    on: date
    who: str


def expect(session: Session, expected: Expected, *, now: datetime) -> ExpectedGoods:
    """Put a delivery on the list. Raises NotACount."""
    goods = expected.goods
    if goods.count <= 0:
        raise NotACount(goods.count)
    row = ExpectedGoods(
        facility=goods.facility,
        component=goods.component,
        count=goods.count,
        expected_on=expected.on,
        note=goods.note[:100],
        who=expected.who,
        at=now,
    )
    session.add(row)
    session.flush()
    return row


def expected_at(session: Session, facility: str) -> tuple[ExpectedGoods, ...]:
    """What is on its way to a facility, the soonest first."""
    statement = sa.select(ExpectedGoods).where(col(ExpectedGoods.facility) == facility)
    rows = session.execute(statement.order_by(col(ExpectedGoods.expected_on), col(ExpectedGoods.id)))
    return tuple(rows.scalars())


def expected_days(session: Session) -> Mapping[tuple[str, str], date]:
    """(facility, component) -> the day of the next delivery on the list."""
    key = col(ExpectedGoods.facility), col(ExpectedGoods.component)
    rows = session.execute(sa.select(*key, sa.func.min(col(ExpectedGoods.expected_on))).group_by(*key))
    return {(facility, component): day for facility, component, day in rows}


def has_arrived(session: Session, number: int, *, who: str, now: datetime) -> Goods:
    """Book a delivery that has come in; it is off the list, so that it is booked once. Raises NotExpected."""
    row = _taken_off(session, number)
    goods = Goods(row.facility, row.component, row.count, note=f"as expected, by {who}")
    receive(session, goods, now=now)
    return goods


def will_not_come(session: Session, number: int) -> str:
    """Take a delivery off the list; the facility it was for. Raises NotExpected."""
    return _taken_off(session, number).facility


def _taken_off(session: Session, number: int) -> ExpectedGoods:
    statement = sa.select(ExpectedGoods).where(col(ExpectedGoods.id) == number).with_for_update()
    row: ExpectedGoods | None = session.execute(statement).scalar_one_or_none()
    if row is None:
        raise NotExpected
    session.delete(row)
    session.flush()
    return row
