"""Goods come in while customers buy: whoever locks stock in another order is killed by PostgreSQL for a deadlock."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.designs.design import Design
from configurator.production.awaiting import came_in
from configurator.stock.receiving import Goods, receive
from configurator.stock.rows import StockClaim
from tests.builders import Counter, a_design, seeded
from tests.orders.test_changing_at_once import at_once
from tests.production.workshop import Workshop

Deed = Callable[[Session], object]


def with_a_lid(workshop: Workshop) -> Design:
    return a_design(workshop.catalogue.blank("mug"), "Emil", extras=frozenset({"lid"}))


def coming(workshop: Workshop) -> Deed:
    goods = Goods("plant", "mug-white", 2)
    return lambda session: came_in(session, goods, shop=workshop.catalogue.shop, now=workshop.clock.now())


def buying(workshop: Workshop, visitor: str) -> Deed:
    counter = Counter(workshop.catalogue, workshop.jobs, seeded(visitor))
    wanted, way = [(with_a_lid(workshop), 1)], {"fulfilment": "pickup", "facility": "store"}
    return lambda session: counter.order(session, wanted, visitor=visitor, **way)


@pytest.mark.parametrize("attempt", range(3))
def test_mugs_that_come_in_while_a_piece_waits_for_a_lid_too_and_others_buy_both(
    workshop: Workshop, attempt: int
) -> None:
    order = workshop.order((with_a_lid(workshop), 1))
    workshop.plan()
    workshop.release(workshop.open()[0].number)
    with workshop.write() as session:
        session.execute(sa.text("update stock_item set on_hand = reserved"))
    (code,) = workshop.codes(order)
    workshop.through(code, "picking", "production")
    workshop.scan("check", code, verdict="reject", defect="smeared")
    with workshop.write() as session:
        for component in ("mug-white", "lid"):
            receive(session, Goods("store", component, 9), now=workshop.clock.now())
    deeds = [deed for n in range(5) for deed in (coming(workshop), buying(workshop, f"visitor {n}"))]
    assert at_once(workshop.database, *deeds) == ["done"] * 10
    waiting = sa.select(col(StockClaim.component)).order_by(col(StockClaim.component))
    assert workshop.ask(waiting) == ["lid", "mug-white"]
