"""200 buyers for 50 mugs: exactly 50 orders, no lock error, and a ledger that explains every figure (PAINS 18)."""

import multiprocessing
from collections import Counter
from concurrent.futures import ProcessPoolExecutor

import pytest
from sqlmodel import col, func, select

from configurator.database import Database
from configurator.jobs.rows import Job
from configurator.orders.rows import CartLine, Order, OrderLine, Piece
from configurator.stock.rows import ExpectedGoods, StockClaim, StockItem, StockMovement
from configurator.stock.stock_store import available, ledger_differences
from tests.orders.buying import buy_at_once, buy_from_url, fill_shop_and_carts

VISITORS = [f"visitor {n}" for n in range(200)]
PROCESSES = 4


def check_books(database: Database) -> None:
    """50 orders, 50 pieces, 50 reservations, and 150 carts that are still full."""
    with database.read() as session:
        assert session.exec(select(func.count()).select_from(Order)).one() == 50
        assert session.exec(select(func.count()).select_from(Piece)).one() == 50
        assert session.exec(select(func.count()).select_from(CartLine)).one() == 150
        places = Counter(session.exec(select(OrderLine.facility)).all())
        assert places == {"plant": 25, "store": 25}
        assert {available(session)[place, "mug-white"] for place in places} == {0}
        assert ledger_differences(session) == ()
        item = col(StockItem.id) == col(StockMovement.item_id)
        reserved = select(func.sum(StockMovement.reserved_change)).join(StockItem, item)
        assert session.exec(reserved.where(StockItem.component == "mug-white")).one() == 50
        jobs = Counter(session.exec(select(Job.subject)).all())
        assert jobs == {"plan:plant:press": 1, "plan:store:press": 1, "": 50}, "a plan a place, a mail an order"


def test_pain_18_200_buyers_of_50_mugs_at_once_in_one_process(database: Database) -> None:
    fill_shop_and_carts(database, VISITORS)
    assert buy_at_once(database, VISITORS) == {"ordered": 50, "sold out": 150}
    check_books(database)


def test_pain_18_of_62_mugs_12_of_which_are_expected_62_are_sold(database: Database) -> None:
    fill_shop_and_carts(database, VISITORS, expected=12)
    assert buy_at_once(database, VISITORS) == {"ordered": 62, "sold out": 138}
    with database.read() as session:
        assert session.exec(select(ExpectedGoods.promised)).one() == 12
        assert session.exec(select(func.count(func.distinct(StockClaim.piece_id)))).one() == 12
        assert session.exec(select(func.sum(StockItem.reserved)).where(StockItem.component == "mug-white")).one() == 50
        assert ledger_differences(session) == ()


@pytest.mark.slow
def test_pain_18_200_buyers_of_50_mugs_at_once_in_several_processes(postgres_url: str) -> None:
    database = Database(postgres_url)
    fill_shop_and_carts(database, VISITORS)
    queues = [VISITORS[n::PROCESSES] for n in range(PROCESSES)]
    with ProcessPoolExecutor(PROCESSES, mp_context=multiprocessing.get_context("spawn")) as processes:
        answers = sum(processes.map(buy_from_url, [postgres_url] * PROCESSES, queues), Counter())
    assert answers == {"ordered": 50, "sold out": 150}
    check_books(database)
    database.close()
