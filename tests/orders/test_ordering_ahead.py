"""What is sold out can be ordered out of an expected delivery: as many as come, once, for whoever agreed to wait."""

from datetime import date

import pytest
from sqlmodel import col, select

from configurator.clock import FixedClock
from configurator.database import Database
from configurator.jobs.embedded import EmbeddedJobs
from configurator.orders.changing import LineQuantity, cancel, change_quantity
from configurator.orders.lines import ComesLater
from configurator.orders.rows import Order, OrderLine, Piece
from configurator.stock.expecting import Expected, comes_on, expect, has_arrived, will_not_come
from configurator.stock.receiving import Goods
from configurator.stock.reserving import SoldOut
from configurator.stock.rows import ExpectedGoods, StockClaim
from configurator.stock.stock_store import available, ledger_differences, reserved_for
from tests.builders import NOW, Counter, a_catalogue, a_design, a_shop, seeded, stocked

COMES = date(2026, 12, 3)
CATALOGUE = a_catalogue(shop=a_shop(start=2))


class Shop:
    """Two mugs at the plant, none at the store, twelve more expected on Thursday."""

    def __init__(self, database: Database) -> None:
        self.database, self.orders = database, 0
        self.jobs = EmbeddedJobs(database, FixedClock(NOW), {})
        with database.write() as session:
            stocked(session, CATALOGUE.shop)
            session.connection().exec_driver_sql("delete from stock_movement where item_id in "
                "(select id from stock_item where facility = 'store')")  # fmt: skip
            session.connection().exec_driver_sql("delete from stock_item where facility = 'store'")
            self.goods = expect(session, Expected(Goods("plant", "mug-white", 12), COMES, "Deniz"), now=NOW).id or 0

    def order(self, pieces: int, awaits: date | None = COMES, **changes: object) -> Order:
        """Somebody orders white mugs."""
        self.orders += 1
        counter, visitor = Counter(CATALOGUE, self.jobs, seeded(self.orders)), f"visitor {self.orders}"
        with self.database.write() as session:
            return counter.order(session, [(a_design(), pieces)], visitor=visitor, awaits=awaits, **changes)

    def promised(self) -> int:
        """How many of the delivery are promised; it is what the claims come to, and no figure lies."""
        with self.database.read() as session:
            row = session.exec(select(ExpectedGoods)).one()
            claims = session.exec(select(StockClaim).where(col(StockClaim.goods_id) == row.id)).all()
            assert row.promised == sum(claim.count for claim in claims) <= row.count
            assert ledger_differences(session) == ()
            return row.promised

    def waiting(self, order: Order) -> list[int]:
        """The numbers of an order's pieces that wait for a delivery."""
        with self.database.read() as session:
            numbers = select(Piece.number).join(StockClaim, col(StockClaim.piece_id) == col(Piece.id))
            return sorted(session.exec(numbers.where(Piece.order_id == order.id)).all())


@pytest.fixture
def shop(database: Database) -> Shop:
    return Shop(database)


def test_what_is_there_is_reserved_and_the_rest_is_promised_out_of_the_delivery(shop: Shop) -> None:
    order = shop.order(5)
    assert shop.waiting(order) == [3, 4, 5]
    assert shop.promised() == 3
    with shop.database.read() as session:
        assert reserved_for(session, order.id or 0)["plant", "mug-white"] == 2
        assert available(session)["plant", "mug-white"] == 0


def test_never_more_than_what_is_expected_less_what_is_promised(shop: Shop) -> None:
    shop.order(10)
    with pytest.raises(SoldOut, match="Only 4 of “Mug, white inside” are left, you asked for 5") as refusal:
        shop.order(5)
    assert refusal.value.shortages[0].left == 4
    assert shop.promised() == 8
    shop.order(4)
    assert shop.promised() == 12


def test_nobody_waits_who_did_not_agree_to_that_day(shop: Shop) -> None:
    for agreed in (None, date(2026, 12, 2)):
        with pytest.raises(ComesLater, match="more of it is expected"):
            shop.order(3, awaits=agreed)
    with pytest.raises(SoldOut):
        shop.order(3, fulfilment="counter")
    with shop.database.write() as session:
        comes_on(session, shop.goods, NOW.date().replace(day=1))
    with pytest.raises(SoldOut):
        shop.order(3)
    assert shop.promised() == 0


def test_a_cancelled_order_gives_back_what_was_there_and_what_was_promised(shop: Shop) -> None:
    order = shop.order(5)
    with shop.database.write() as session:
        cancel(session, order.id or 0, jobs=shop.jobs, now=NOW)
    assert shop.promised() == 0
    with shop.database.read() as session:
        assert available(session)["plant", "mug-white"] == 2


def test_with_fewer_pieces_those_that_wait_go_first(shop: Shop) -> None:
    order = shop.order(5)
    for pieces, waiting, free in ((4, 2, 0), (1, 0, 1)):
        with shop.database.write() as session:
            line = session.exec(select(OrderLine.id).where(OrderLine.order_id == order.id)).one() or 0
            wanted = LineQuantity(line, pieces)
            change_quantity(session, order.id or 0, wanted, catalogue=CATALOGUE, jobs=shop.jobs, now=NOW)
        assert (shop.promised(), len(shop.waiting(order))) == (waiting, waiting)
        with shop.database.read() as session:
            assert available(session)["plant", "mug-white"] == free


def test_what_arrives_is_reserved_for_whom_it_was_promised_before_anybody_else_buys_it(shop: Shop) -> None:
    order = shop.order(5)
    with shop.database.write() as session:
        has_arrived(session, shop.goods, who="Deniz", now=NOW)
    assert shop.waiting(order) == []
    with shop.database.read() as session:
        assert reserved_for(session, order.id or 0)["plant", "mug-white"] == 5
        assert available(session)["plant", "mug-white"] == 9
        assert ledger_differences(session) == ()


def test_who_waited_for_a_delivery_that_does_not_come_waits_for_the_next_one(shop: Shop) -> None:
    order = shop.order(5)
    with shop.database.write() as session:
        will_not_come(session, shop.goods)
        assert {claim.goods_id for claim in session.exec(select(StockClaim)).all()} == {None}
    with shop.database.write() as session:
        expect(session, Expected(Goods("plant", "mug-white", 2), COMES, "Deniz"), now=NOW)
    assert (shop.promised(), shop.waiting(order)) == (2, [3, 4, 5])


def more(shop: Shop, order: Order, pieces: int, **agreed: date) -> Order:
    with shop.database.write() as session:
        line = session.exec(select(OrderLine.id).where(OrderLine.order_id == order.id)).one() or 0
        wanted = LineQuantity(line, pieces, **agreed)
        return change_quantity(session, order.id or 0, wanted, catalogue=CATALOGUE, jobs=shop.jobs, now=NOW)


def test_more_of_an_ordered_line_waits_for_the_delivery_that_its_customer_agrees_to(shop: Shop) -> None:
    order = shop.order(2)
    with pytest.raises(ComesLater):
        more(shop, order, 6)
    assert (shop.promised(), shop.waiting(order)) == (0, [])
    later = date(2026, 12, 7)
    assert more(shop, order, 6, promised_on=later, awaits=COMES).promised_on == later
    assert (shop.promised(), shop.waiting(order)) == (4, [3, 4, 5, 6])
    with shop.database.read() as session:
        due = session.exec(select(Piece.due_at).where(Piece.order_id == order.id)).all()
        assert len(due) == 6
        assert len(set(due)) == 1
        assert due[0].date() > COMES
    with pytest.raises(SoldOut, match="Only 8"):
        more(shop, order, 15, promised_on=later, awaits=COMES)
    assert shop.promised() == 4


def test_more_pieces_never_bring_the_promised_day_forward(shop: Shop) -> None:
    order = shop.order(1)
    assert more(shop, order, 2, promised_on=date(2026, 11, 1)).promised_on == order.promised_on
