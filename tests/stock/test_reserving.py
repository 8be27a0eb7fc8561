"""Stock: what is reserved is there, what is used was reserved, and the ledger explains every figure."""

import threading
from collections import Counter
from datetime import UTC, date, datetime

import pytest
from sqlmodel import Session, select

from configurator.blanks.shop import Component
from configurator.database import Database
from configurator.orders.design_store import keep_design
from configurator.orders.rows import Order, OrderLine, Piece
from configurator.stock.receiving import FewerThanPromised, Goods, NotACount, count, receive, stock_up
from configurator.stock.reserving import NothingReserved, PieceUse, Shortage, SoldOut, free, reserve, use
from configurator.stock.rows import StockMovement
from configurator.stock.stock_store import available, item_figures, ledger_differences, reserved_for
from tests.builders import a_design, a_mug, a_proof

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def an_order(session: Session, name: str = "one") -> int:
    order = Order(
        number=name,
        token=name,
        pickup_code=name,
        checkout_key=name,
        fulfilment="ship",
        facility="plant",
        name=name,
        currency="EUR",
        total=0,
        vat=0,
        shipping=0,
        payment_method="invoice",
        placed_at=NOW,
        promised_on=date(2026, 11, 26),
    )
    session.add(order)
    session.flush()
    return order.id or 0


def receive_some(database: Database, **counts: int) -> None:
    with database.write() as session:
        for component, number in counts.items():
            receive(session, Goods("plant", component, number), now=NOW)


def test_what_was_received_can_be_sold_and_what_is_reserved_cannot(database: Database) -> None:
    receive_some(database, mug=50, lid=10)
    with database.write() as session:
        reserve(session, "plant", {"mug": 20, "lid": 10}, order_id=an_order(session), now=NOW)
    with database.read() as session:
        assert available(session) == {("plant", "mug"): 30, ("plant", "lid"): 0}
        assert ledger_differences(session) == ()


def test_everything_that_is_short_is_named_with_what_is_left_and_nothing_is_reserved(database: Database) -> None:
    receive_some(database, box=5, mug=3)
    with pytest.raises(SoldOut) as refusal, database.write() as session:
        reserve(session, "plant", {"box": 2, "mug": 4, "ribbon": 1}, order_id=an_order(session), now=NOW)
    assert refusal.value.shortages == (Shortage("mug", 4, 3), Shortage("ribbon", 1, 0))
    assert "Only 3 of “mug” are left, you asked for 4" in refusal.value.sentence
    assert "“ribbon” is sold out" in refusal.value.sentence
    with database.read() as session:
        assert available(session)["plant", "box"] == 5
        assert ledger_differences(session) == ()


def test_stock_of_one_facility_is_not_another_s(database: Database) -> None:
    receive_some(database, mug=5)
    with pytest.raises(SoldOut), database.write() as session:
        reserve(session, "store", {"mug": 1}, order_id=an_order(session), now=NOW)


def test_a_freed_reservation_can_be_sold_again(database: Database) -> None:
    receive_some(database, mug=5)
    with database.write() as session:
        order = an_order(session)
        reserve(session, "plant", {"mug": 5}, order_id=order, now=NOW)
        free(session, "plant", {"mug": 3}, order_id=order, now=NOW)
        assert reserved_for(session, order) == {("plant", "mug"): 2}
    with database.read() as session:
        assert available(session)["plant", "mug"] == 3
        assert ledger_differences(session) == ()


def test_more_than_is_reserved_cannot_be_freed(database: Database) -> None:
    receive_some(database, mug=5)
    with pytest.raises(NothingReserved, match="1 of “mug” at “plant” are not reserved"), database.write() as session:
        free(session, "plant", {"mug": 1}, order_id=an_order(session), now=NOW)


def a_line_with_pieces(session: Session, order: int, pieces: int) -> list[int]:
    design = keep_design(session, a_proof(a_design(), a_mug()), now=NOW)
    line = OrderLine(order_id=order, position=1, design_hash=design, blank="mug", blank_version="mug-1", title="Mug",
                     summary="", quantity=pieces, each=1, total=pieces, tax="standard", vat=0, tax_percent="19",
                     address="", facility="plant", promised_on=NOW.date())  # fmt: skip
    session.add(line)
    session.flush()
    rows = [
        Piece(
            code=f"{order}-{n}",
            order_id=order,
            line_id=line.id or 0,
            number=n,
            design_hash=design,
            blank="mug",
            title="Mug",
            facility="plant",
            due_at=NOW,
            moved_at=NOW,
        )
        for n in range(1, pieces + 1)
    ]
    session.add_all(rows)
    session.flush()
    return [row.id or 0 for row in rows]


def test_used_components_leave_the_shelf_and_the_ledger_names_every_piece(database: Database) -> None:
    receive_some(database, mug=5, lid=5)
    with database.write() as session:
        order = an_order(session)
        pieces = a_line_with_pieces(session, order, 2)
        reserve(session, "plant", {"mug": 2, "lid": 1}, order_id=order, now=NOW)
        uses = [PieceUse(pieces[0], order, {"mug": 1, "lid": 1}), PieceUse(pieces[1], order, {"mug": 1})]
        use(session, "plant", uses, now=NOW)
    with database.read() as session:
        assert [(item.component, item.on_hand, item.reserved) for item in item_figures(session)] == [
            ("lid", 4, 0),
            ("mug", 3, 0),
        ]
        used = session.exec(select(StockMovement).where(StockMovement.kind == "used")).all()
        assert Counter(movement.piece_id for movement in used) == {pieces[0]: 2, pieces[1]: 1}
        assert reserved_for(session, order) == {}
        assert ledger_differences(session) == ()


def test_counting_sets_the_shelf_right_and_says_by_how_much(database: Database) -> None:
    receive_some(database, mug=5)
    with database.write() as session:
        assert count(session, Goods("plant", "mug", 3, "two broken"), now=NOW) == -2
        assert count(session, Goods("plant", "ribbon", 7), now=NOW) == 7
    with database.read() as session:
        assert available(session) == {("plant", "mug"): 3, ("plant", "ribbon"): 7}
        assert ledger_differences(session) == ()


def test_fewer_than_are_promised_cannot_be_counted(database: Database) -> None:
    receive_some(database, mug=5)
    with database.write() as session:
        reserve(session, "plant", {"mug": 4}, order_id=an_order(session), now=NOW)
    with (
        pytest.raises(FewerThanPromised, match="3 of “mug” were counted, but 4 are reserved"),
        database.write() as session,
    ):
        count(session, Goods("plant", "mug", 3), now=NOW)


@pytest.mark.parametrize("number", [0, -1])
def test_nothing_cannot_be_received(database: Database, number: int) -> None:
    with pytest.raises(NotACount), database.write() as session:
        receive(session, Goods("plant", "mug", number), now=NOW)


def test_opening_stock_is_booked_once(database: Database) -> None:
    mug = Component("mug", "Mug", "piece", 90, {"plant": 40, "store": 5, "kiosk": 0})
    with database.write() as session:
        stock_up(session, [mug], now=NOW)
        reserve(session, "plant", {"mug": 1}, order_id=an_order(session), now=NOW)
        stock_up(session, [mug], now=NOW)
    with database.read() as session:
        assert available(session) == {("plant", "mug"): 39, ("store", "mug"): 5}
        assert ledger_differences(session) == ()


def test_two_buyers_of_the_last_one_are_one_buyer_and_one_refusal(database: Database) -> None:
    receive_some(database, lid=2, mug=1)
    with database.write() as session:
        orders = [an_order(session, name) for name in ("one", "two")]
    at_once, answers = threading.Barrier(2), []

    def buy(order: int) -> None:
        at_once.wait()
        try:
            with database.write() as session:
                reserve(session, "plant", {"mug": 1, "lid": 1}, order_id=order, now=NOW)
            answers.append("bought")
        except SoldOut:
            answers.append("sold out")

    buyers = [threading.Thread(target=buy, args=(order,)) for order in orders]
    for buyer in buyers:
        buyer.start()
    for buyer in buyers:
        buyer.join()
    assert sorted(answers) == ["bought", "sold out"]
    with database.read() as session:
        assert available(session) == {("plant", "mug"): 0, ("plant", "lid"): 1}
        assert ledger_differences(session) == ()


def test_the_ledger_check_finds_a_figure_that_was_changed_behind_its_back(database: Database) -> None:
    receive_some(database, mug=5)
    with database.write() as session:
        session.connection().exec_driver_sql("update stock_item set on_hand = 6")
        (difference,) = ledger_differences(session)
    assert (difference.component, difference.on_hand, difference.reserved) == ("mug", (6, 5), (0, 0))
