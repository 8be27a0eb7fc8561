"""Changing one's mind: possible until the first piece is released, with everything put right; then a clear answer."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from sqlmodel import Session, col, select, update

from configurator.blanks.catalogue import read_catalogue
from configurator.clock import FixedClock
from configurator.database import Database
from configurator.designs.design import Design
from configurator.jobs.embedded import EmbeddedJobs
from configurator.jobs.rows import Job
from configurator.orders.changing import (
    Address,
    AlreadyCancelled,
    LineQuantity,
    NoSuchOrderLine,
    TooLate,
    cancel,
    change_address,
    change_quantity,
    changeable,
)
from configurator.orders.order_store import order_of, whole_order
from configurator.orders.payment import NoSuchOrder, Taken, take_payment
from configurator.orders.quoting import QuantityOutOfRange
from configurator.orders.rows import Order, Piece
from configurator.stock.reserving import SoldOut
from configurator.stock.stock_store import available, ledger_differences, reserved_for
from tests.builders import NOW, ZOE, Counter, a_catalogue, a_design, a_shop, a_tee, seeded, stocked

BLANKS = Path(__file__).parents[2] / "blanks"
SHOP = a_shop(start=60)
CATALOGUE = a_catalogue(shop=SHOP)
ELSEWHERE = Address(ZOE, "Ruderklub", "Deich 7 b", "28199", "Bremen")


@pytest.fixture
def counter(database: Database, clock: FixedClock) -> Counter:
    with database.write() as session:
        stocked(session, SHOP)
    return Counter(CATALOGUE, EmbeddedJobs(database, clock, {}), seeded())


@pytest.fixture
def order(database: Database, counter: Counter) -> Order:
    """8 mugs and 4 other mugs (12: 8 % less on each), and 2 shirts."""
    lines = [(a_design(text="A"), 8), (a_design(text="B"), 4), (a_design(a_tee(), "Team"), 2)]
    with database.write() as session:
        return counter.order(session, lines)


def release_one(session: Session, order: Order) -> None:
    first = select(Piece.id).where(col(Piece.order_id) == order.id).limit(1).scalar_subquery()
    session.exec(update(Piece).where(col(Piece.id) == first).values(stage="released"))


def change(database: Database, counter: Counter, order: Order, line: int, quantity: int) -> Order:
    with database.write() as session:
        line_id = whole_order(session, order).lines[line].id or 0
        wish = LineQuantity(line_id, quantity)
        return change_quantity(session, order.id or 0, wish, catalogue=counter.catalogue, jobs=counter.jobs, now=NOW)


def test_a_cancelled_order_gives_back_all_its_stock_and_asks_for_a_new_plan(
    database: Database, counter: Counter, order: Order
) -> None:
    for _ in range(2):
        with database.write() as session:
            cancel(session, order.id or 0, jobs=counter.jobs, now=NOW)
    with database.read() as session:
        whole = whole_order(session, order_of(session, order.id or 0))
        assert (whole.order.status, list(whole.pieces), whole.outstanding) == ("cancelled", [], 0)
        assert {piece.stage for piece in session.exec(select(Piece)).all()} == {"cancelled"}
        assert available(session)["plant", "mug-white"] == 60
        assert reserved_for(session, order.id or 0) == {}
        assert ledger_differences(session) == ()
        assert [event.kind for event in whole.events] == ["cancelled", "placed"]
        jobs = session.exec(select(Job)).all()
    assert {"plan:plant:press", f"message:cancelled:{order.id}"} < {job.key or job.subject for job in jobs}


def test_after_release_it_is_too_late_and_nothing_changes(database: Database, counter: Counter, order: Order) -> None:
    with database.write() as session:
        assert changeable(session, order)
        release_one(session, order)
    deeds = [
        lambda session: cancel(session, order.id or 0, jobs=counter.jobs, now=NOW),
        lambda session: change_address(session, order.id or 0, ELSEWHERE, now=NOW),
    ]
    for deed in deeds:
        with pytest.raises(TooLate, match=r"is being made.*tell us and we make it again"), database.write() as session:
            deed(session)
    with pytest.raises(TooLate):
        change(database, counter, order, 0, 9)
    with database.read() as session:
        assert not changeable(session, order)
        assert not whole_order(session, order).changeable
        assert available(session)["plant", "mug-white"] == 48
        assert order_of(session, order.id or 0).street == "Osterdeich 41"


def test_a_parcel_can_be_sent_elsewhere_and_the_words_are_kept(database: Database, order: Order) -> None:
    for _ in range(2):
        with database.write() as session:
            change_address(session, order.id or 0, ELSEWHERE, now=NOW)
    with database.read() as session:
        whole = whole_order(session, order_of(session, order.id or 0))
    assert (whole.order.name, whole.order.street, whole.order.town) == (ZOE, "Deich 7 b", "Bremen")
    assert [event.sentence for event in whole.events] == ["The address was changed.", "Ordered: 14 pieces."]


def test_pain_11_the_cheaper_tier_is_not_kept_after_reducing(
    database: Database, counter: Counter, order: Order
) -> None:
    with database.read() as session:
        assert [line.each for line in whole_order(session, order).lines[:2]] == [1463, 1463]
    changed = change(database, counter, order, 1, 1)
    with database.read() as session:
        whole = whole_order(session, changed)
    assert [(line.quantity, line.each) for line in whole.lines[:2]] == [(8, 1590), (1, 1590)]
    assert changed.total == sum(line.total for line in whole.lines) + changed.shipping
    assert changed.vat == sum(line.vat for line in whole.lines) + changed.shipping_vat
    assert [piece.number for piece in whole.pieces] == [*range(1, 10), 13, 14]


def test_pain_11_one_of_two_given_up_gives_back_exactly_what_it_was_worth(
    database: Database, counter: Counter, order: Order
) -> None:
    with database.write() as session:
        take_payment(session, order.id or 0, Taken("counter", "invoice", order.total, "bank-1"), now=NOW)
    changed = change(database, counter, order, 2, 3)
    with database.read() as session:
        assert whole_order(session, changed).outstanding == 1990 + 250
    change(database, counter, order, 2, 2)
    with database.read() as session:
        assert whole_order(session, order_of(session, order.id or 0)).outstanding == 0


def test_of_one_piece_left_the_order_s_page_tells_one_piece(database: Database, counter: Counter, order: Order) -> None:
    changed = change(database, counter, order, 1, 1)
    with database.read() as session:
        told = [event.sentence for event in whole_order(session, changed).events]
    assert any("1 piece now." in sentence for sentence in told)


def test_fewer_pieces_give_back_their_stock_and_more_take_it(
    database: Database, counter: Counter, order: Order
) -> None:
    change(database, counter, order, 0, 3)
    with database.read() as session:
        assert available(session)["plant", "mug-white"] == 60 - 7
    change(database, counter, order, 0, 10)
    with database.read() as session:
        whole = whole_order(session, order)
        assert available(session)["plant", "mug-white"] == 60 - 14
        assert ledger_differences(session) == ()
    assert sum(piece.line_id == whole.lines[0].id for piece in whole.pieces) == 10
    assert len({piece.code for piece in whole.pieces}) == len(whole.pieces) == 16


def test_more_than_there_is_cannot_be_added(database: Database, counter: Counter, order: Order) -> None:
    with pytest.raises(SoldOut, match="Only 48 of “Mug, white inside” are left"):
        change(database, counter, order, 0, 60)
    with database.read() as session:
        assert available(session)["plant", "mug-white"] == 48


def test_the_limits_of_the_blank_hold_here_too(database: Database, counter: Counter, order: Order) -> None:
    with pytest.raises(QuantityOutOfRange, match="from 2 pieces on"):
        change(database, counter, order, 2, 1)


def own_blanks(folder: Path) -> Path:
    """The shop's own blanks in a folder that may be edited."""
    return Path(shutil.copytree(BLANKS, folder / "blanks"))


def test_a_blank_that_has_become_dearer_since_does_not_make_the_order_dearer(
    database: Database, counter: Counter, tmp_path: Path
) -> None:
    """With the shop's own mug, whose folder is edited after the order."""
    blanks = own_blanks(tmp_path)
    sold = read_catalogue(blanks)
    with database.write() as session:
        stocked(session, sold.shop)
        mug = sold.blank("mug")
        design = Design("mug", mug.version, "fonts-1", sold.engine("mug").answer({}).configuration, ())
        order = replace(counter, catalogue=sold).order(session, [(design, 1)], visitor="early")
        paid = whole_order(session, order).lines[0].each
    recipe = blanks / "mug" / "blank.toml"
    recipe.write_text(re.sub(r"base +=.*", 'base = "99.00"', recipe.read_text()))
    dearer = replace(counter, catalogue=read_catalogue(blanks))
    assert dearer.catalogue.blank("mug").price.base == 9900
    changed = change(database, dearer, order, 0, 2)
    assert changed.total == 2 * paid + changed.shipping


def test_a_cancelled_order_cannot_be_changed(database: Database, counter: Counter, order: Order) -> None:
    with database.write() as session:
        cancel(session, order.id or 0, jobs=counter.jobs, now=NOW)
    with pytest.raises(AlreadyCancelled, match="Order it again"), database.write() as session:
        change_address(session, order.id or 0, ELSEWHERE, now=NOW)


def test_what_is_not_there_cannot_be_changed(database: Database, counter: Counter, order: Order) -> None:
    with pytest.raises(NoSuchOrder), database.write() as session:
        cancel(session, 999, jobs=counter.jobs, now=NOW)
    with pytest.raises(NoSuchOrderLine), database.write() as session:
        wish = LineQuantity(999, 2)
        change_quantity(session, order.id or 0, wish, catalogue=CATALOGUE, jobs=counter.jobs, now=NOW)
