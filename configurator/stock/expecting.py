"""Deliveries that are on their way: what is expected where and when, until it has arrived or will not come."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.errors import NotFound
from configurator.stock.claiming import claim_again, drop, lock_expected
from configurator.stock.receiving import MOST, Goods, NotACount, receive
from configurator.stock.reserving import reserve
from configurator.stock.rows import ExpectedGoods, StockClaim


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
    """Put a delivery on the list: what waits for none yet waits for this one. Raises NotACount."""
    goods = expected.goods
    if not 0 < goods.count <= MOST:
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
    lock_expected(session)
    session.add(row)
    session.flush()
    claim_again(session, row.facility, row.component)
    return row


def expected_at(session: Session, facility: str) -> tuple[ExpectedGoods, ...]:
    """What is on its way to a facility, the soonest first."""
    statement = sa.select(ExpectedGoods).where(col(ExpectedGoods.facility) == facility)
    rows = session.execute(statement.order_by(col(ExpectedGoods.expected_on), col(ExpectedGoods.id)))
    return tuple(rows.scalars())


def has_arrived(session: Session, number: int, *, who: str, now: datetime) -> Goods:
    """Book a delivery that has come in; it is off the list, so that it is booked once. What it was promised for is
    reserved from it at once, before anybody else can buy it. Raises NotExpected."""
    lock_expected(session)
    row = _expected(session, number)
    goods = Goods(row.facility, row.component, row.count, note=f"as expected, by {who}")
    receive(session, goods, now=now)
    _serve(session, row, now)
    session.delete(row)
    session.flush()
    return goods


def comes_on(session: Session, number: int, day: date) -> str:
    """A delivery comes on another day than was thought; the facility it is for. Raises NotExpected."""
    lock_expected(session)
    row = _expected(session, number)
    row.expected_on = day
    session.flush()
    return row.facility


def will_not_come(session: Session, number: int) -> str:
    """Take a delivery off the list; the facility it was for. Who waited for it waits for another one, if one is
    expected. Raises NotExpected."""
    lock_expected(session)
    row = _expected(session, number)
    statement = sa.update(StockClaim).where(col(StockClaim.goods_id) == number).values(goods_id=None)
    session.execute(statement.execution_options(synchronize_session="fetch"))
    session.delete(row)
    session.flush()
    claim_again(session, row.facility, row.component)
    return row.facility


def _expected(session: Session, number: int) -> ExpectedGoods:
    statement = sa.select(ExpectedGoods).where(col(ExpectedGoods.id) == number)
    row: ExpectedGoods | None = session.execute(
        statement.execution_options(populate_existing=True)
    ).scalar_one_or_none()
    if row is None:
        raise NotExpected
    return row


def _serve(session: Session, row: ExpectedGoods, now: datetime) -> None:
    """Reserve what pieces were promised out of a delivery that lies on the shelf now."""
    statement = sa.select(col(StockClaim.id), col(StockClaim.order_id), col(StockClaim.count))
    claims = session.execute(statement.where(col(StockClaim.goods_id) == row.id)).all()
    orders: Counter[int] = Counter()
    for _, order, count in claims:
        orders[order] += count
    for order, count in sorted(orders.items()):
        reserve(session, row.facility, {row.component: count}, order_id=order, now=now)
    drop(session, [number for number, _, _ in claims])
