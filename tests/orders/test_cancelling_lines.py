"""One line of an order cancelled: shown before, quoted anew, its stock and money given back; the rest keeps its day."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import col, select, update

from configurator.clock import FixedClock
from configurator.database import Database
from configurator.jobs.embedded import EmbeddedJobs
from configurator.jobs.rows import Job
from configurator.orders.cancelling_lines import (
    LineGone,
    LineIsMade,
    OnlyLine,
    TotalIsOther,
    Without,
    cancel_line,
    without,
)
from configurator.orders.cart import order_again
from configurator.orders.cart_store import lines_to_quote
from configurator.orders.changing import (
    AlreadyCancelled,
    LineQuantity,
    NoSuchOrderLine,
    TooLate,
    cancel,
    change_quantity,
)
from configurator.orders.order_store import WholeOrder, order_of, whole_order
from configurator.orders.payment import Taken, take_payment
from configurator.orders.receipts import receipt
from configurator.orders.rows import Order, OrderLine, Piece
from configurator.stock.stock_store import available, ledger_differences
from tests.builders import NOW, Counter, a_catalogue, a_design, a_shop, a_tee, a_tin, seeded, stocked
from tests.orders.test_changing_at_once import at_once

SHOP = a_shop(start=60)
CATALOGUE = a_catalogue(shop=SHOP)


@pytest.fixture
def counter(database: Database, clock: FixedClock) -> Counter:
    with database.write() as session:
        stocked(session, SHOP)
    return Counter(CATALOGUE, EmbeddedJobs(database, clock, {}), seeded())


@pytest.fixture
def order(database: Database, counter: Counter) -> Order:
    """8 mugs and 4 other mugs (12: 8 % less on each), and 2 shirts; sent for nothing from 100 on."""
    lines = [(a_design(text="A"), 8), (a_design(text="B"), 4), (a_design(a_tee(), "Team"), 2)]
    with database.write() as session:
        return counter.order(session, lines)


def line_of(database: Database, order: Order, title: str) -> int:
    with database.read() as session:
        lines = session.exec(select(OrderLine).where(col(OrderLine.order_id) == order.id)).all()
        return next(line.id or 0 for line in lines if title in line.title)


def shown(database: Database, order: Order, title: str) -> Without:
    line = line_of(database, order, title)
    with database.read() as session:
        return without(session, order_of(session, order.id or 0), line, CATALOGUE)


def drop(database: Database, counter: Counter, order: Order, title: str, **told: Any) -> Order:
    line = line_of(database, order, title)
    seen = told["seen"] if "seen" in told else shown(database, order, title).total
    gone = LineGone(line, seen, told.get("who", ""))
    with database.write() as session:
        return cancel_line(session, order.id or 0, gone, catalogue=CATALOGUE, jobs=counter.jobs, now=NOW)


def now(database: Database, order: Order) -> WholeOrder:
    with database.read() as session:
        return whole_order(session, order_of(session, order.id or 0))


def begin(database: Database, order: Order, title: str, stage: str = "released") -> None:
    line = line_of(database, order, title)
    with database.write() as session:
        session.exec(update(Piece).where(col(Piece.line_id) == line).values(stage=stage))


def test_the_rest_costs_what_was_shown_before_and_the_line_takes_nothing_with_it(
    database: Database, counter: Counter, order: Order
) -> None:
    told = shown(database, order, "B")
    assert [(each.before, each.after) for each in told.dearer] == [(1463, 1590)]
    assert (told.pieces, told.total_before, told.balance) == (4, order.total, told.total)
    drop(database, counter, order, "B")
    whole = now(database, order)
    assert (whole.order.total, whole.order.shipping) == (told.total, told.shipping)
    assert [line.each for line in whole.lines] == [1590, 1990 + 250]
    assert whole.order.total == sum(line.total for line in whole.lines) + whole.order.shipping
    assert whole.order.vat == sum(line.vat for line in whole.lines) + whole.order.shipping_vat
    assert [piece.number for piece in whole.pieces] == [*range(1, 9), 13, 14]
    assert {line.promised_on for line in whole.lines} == {order.promised_on}
    assert whole.order.promised_on == order.promised_on
    with database.read() as session:
        assert available(session)["plant", "mug-white"] == 60 - 8
        assert ledger_differences(session) == ()
        jobs = {job.key or job.subject for job in session.exec(select(Job)).all()}
    assert {f"message:changed:{order.id}:{NOW.isoformat()}", "plan:plant:press"} < jobs


def test_cancelling_prices_the_rest_as_often_as_showing_it(database: Database, counter: Counter, order: Order) -> None:
    line = line_of(database, order, "B")
    with database.write() as session:
        read: list[str] = []
        sa.event.listen(session.connection(), "before_cursor_execute", lambda *told: read.append(told[2]))
        seen = without(session, order_of(session, order.id or 0), line, CATALOGUE).total
        once = designs_read(read)
        gone = LineGone(line, seen)
        cancel_line(session, order.id or 0, gone, catalogue=CATALOGUE, jobs=counter.jobs, now=NOW)
    assert designs_read(read) == 2 * once > 0


def designs_read(statements: list[str]) -> int:
    return sum("stored_design" in statement for statement in statements)


def test_what_was_paid_for_it_is_told_to_the_cent(database: Database, counter: Counter, order: Order) -> None:
    with database.write() as session:
        take_payment(session, order.id or 0, Taken("counter", "invoice", order.total, "bank"), now=NOW)
    told = shown(database, order, "Team")
    drop(database, counter, order, "Team")
    whole = now(database, order)
    assert told.balance == whole.outstanding == whole.order.total - order.total
    assert whole.outstanding < 0
    assert whole.events[0].sentence.endswith(f"You get €\u00a0{Decimal(-whole.outstanding) / 100:.2f} back.")
    assert "Team” is cancelled: 2 pieces are not made." in whole.events[0].sentence


def test_the_vat_of_the_parcel_follows_what_is_left(database: Database, counter: Counter) -> None:
    with database.write() as session:
        order = counter.order(session, [(a_design(text="A"), 1), (a_design(a_tin(), "Marit"), 1)], visitor="mixed")
    assert order.shipping_percent == "19"
    assert shown(database, order, "A").shipping == 490
    drop(database, counter, order, "A")
    whole = now(database, order)
    assert (whole.order.shipping_percent, whole.order.shipping_vat) == ("7", 32)
    paper = receipt(whole, SHOP)
    assert [row.percent for row in paper.vat_rows] == ["7"]
    assert sum(row.gross for row in paper.vat_rows) == paper.total == whole.order.total
    assert sum(row.vat for row in paper.vat_rows) == paper.vat
    assert [line.total for line in paper.lines] == [whole.lines[0].total, 490]


def test_cancelled_twice_and_by_two_at_once_it_is_cancelled_once(
    database: Database, counter: Counter, order: Order
) -> None:
    line, seen = line_of(database, order, "B"), shown(database, order, "B").total

    def gone(session: object) -> object:
        wish = LineGone(line, seen)
        return cancel_line(session, order.id or 0, wish, catalogue=CATALOGUE, jobs=counter.jobs, now=NOW)  # type: ignore[arg-type] # a session

    assert at_once(database, gone, gone, gone) == ["done"] * 3
    whole = now(database, order)
    assert [event.kind for event in whole.events] == ["changed", "placed"]
    with database.read() as session:
        assert available(session)["plant", "mug-white"] == 60 - 8


def test_at_another_total_than_was_shown_nothing_is_cancelled(
    database: Database, counter: Counter, order: Order
) -> None:
    with pytest.raises(TotalIsOther):
        drop(database, counter, order, "B", seen=1)
    assert len(now(database, order).lines) == 3


def test_its_customer_may_until_the_first_piece_is_released_a_maker_until_the_lines_own_is(
    database: Database, counter: Counter, order: Order
) -> None:
    begin(database, order, "A")
    with pytest.raises(TooLate):
        drop(database, counter, order, "B")
    with pytest.raises(LineIsMade, match="is being made, so it is not cancelled"):
        drop(database, counter, order, "A", who="Deniz")
    drop(database, counter, order, "B", who="Deniz")
    whole = now(database, order)
    assert {piece.stage for piece in whole.pieces if piece.number <= 8} == {"released"}
    assert whole.events[0].who == "Deniz"


def test_the_only_line_is_the_whole_order(database: Database, counter: Counter, order: Order) -> None:
    drop(database, counter, order, "B")
    drop(database, counter, order, "Team")
    with pytest.raises(OnlyLine, match="Cancel the whole order instead"):
        drop(database, counter, order, "A")
    with database.write() as session:
        cancel(session, order.id or 0, jobs=counter.jobs, now=NOW + timedelta(minutes=1))
    with database.read() as session:
        assert available(session)["plant", "mug-white"] == 60
        assert ledger_differences(session) == ()
    with pytest.raises(AlreadyCancelled):
        drop(database, counter, order, "A", who="Deniz", seen=0)


def test_a_cancelled_line_is_neither_changed_nor_ordered_again(
    database: Database, counter: Counter, order: Order
) -> None:
    line = line_of(database, order, "B")
    drop(database, counter, order, "B")
    with pytest.raises(NoSuchOrderLine), database.write() as session:
        wish = LineQuantity(line, 5)
        change_quantity(session, order.id or 0, wish, catalogue=CATALOGUE, jobs=counter.jobs, now=NOW)
    with database.write() as session:
        assert order_again(session, "visitor", order.id or 0, now=NOW) == 2
        assert [each.quantity for each in lines_to_quote(session, "visitor")] == [8, 2]
    with database.read() as session, pytest.raises(NoSuchOrderLine):
        without(session, order_of(session, order.id or 0), 10**8, CATALOGUE)
