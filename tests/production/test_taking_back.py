"""A scan taken back: all of what it did is undone, once, and both stay in the record; what cannot be says why."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import col

from configurator.errors import Refusal
from configurator.orders.order_store import whole_order
from configurator.orders.rows import Order, Piece
from configurator.production.actual_store import WrittenDown, write_down
from configurator.production.check_store import checks_since
from configurator.production.floor_store import FiguresWrittenDown
from configurator.production.remakes import CustomerWasTold, RemakeBegun
from configurator.production.rows import BatchPlace
from configurator.production.rows_floor import BinUse, QualityCheck, Scan, ScanTakenBack
from configurator.production.scan_times import bookings
from configurator.production.scans import ScanIn
from configurator.production.step_scans import scan_at_step, scanned_steps
from configurator.production.taking_back import (
    MovedOn,
    NoSuchScan,
    NothingBooked,
    TooLateToTakeBack,
)
from configurator.stock.receiving import Goods, count
from configurator.stock.stock_store import item_figures
from configurator.web.order_views import headline
from tests.builders import a_design
from tests.production.days import agree
from tests.production.test_remakes import tell
from tests.production.workshop import Workshop

THROUGH = ("picking", "production", "check", "storage")


def ran(workshop: Workshop) -> list[str]:
    """The messages that have gone out by now."""
    sent: list[str] = []
    workshop.jobs._runner.handlers = {
        "message": lambda args: sent.append(str(args["what"])),
        "plan": lambda _: None,
        "export": lambda _: None,
    }
    workshop.jobs.run_due()
    return sent


def stock(workshop: Workshop) -> Any:
    with workshop.database.read() as session:
        return item_figures(session)


@pytest.mark.parametrize("station", THROUGH)
def test_a_scan_taken_back_leaves_the_piece_where_it_was_and_it_can_be_scanned_anew(
    workshop: Workshop, station: str
) -> None:
    order, number, (code,) = workshop.made(1)
    for each in THROUGH[: THROUGH.index(station)]:
        workshop.scan(each, code)
    before = (workshop.stages(order), workshop.batch(number).status, stock(workshop))
    workshop.scan(station, code, scan_id="wrong")
    workshop.take_back("wrong")
    assert (workshop.stages(order), workshop.batch(number).status, stock(workshop)) == before
    agree(workshop)
    assert workshop.scan(station, code, scan_id="right").kind == "booked"
    agree(workshop)


def test_scan_and_taking_back_both_stay_in_the_record(workshop: Workshop) -> None:
    _, _, (code,) = workshop.made(1)
    workshop.scan("picking", code, scan_id="wrong")
    workshop.later(minutes=1)
    workshop.take_back("wrong", who="Ida")
    (scan,), (back,) = workshop.ask(sa.select(Scan)), workshop.ask(sa.select(ScanTakenBack))
    assert (scan.who, scan.answer["kind"], scan.was_stage, scan.facility) == ("Deniz", "booked", "released", "plant")
    assert (back.scan_id, back.who, back.at - scan.at) == ("wrong", "Ida", timedelta(minutes=1))


def test_the_same_taking_back_twice_and_by_two_at_once_is_one(workshop: Workshop) -> None:
    order, _, (code,) = workshop.made(1)
    workshop.through(code, "picking", "production")
    workshop.scan("check", code, verdict="reject", defect="smeared", scan_id="wrong")
    with ThreadPoolExecutor(4) as pool:
        names = set(pool.map(lambda n: workshop.take_back("wrong", who=f"maker {n}").who, range(4)))
    workshop.later(hours=3)
    assert len(names) == 1
    assert {workshop.take_back("wrong", who="late").who} == names
    assert workshop.stages(order) == ["made", "cancelled"]
    agree(workshop)


def test_a_scan_that_was_sent_again_after_it_was_taken_back_books_nothing(workshop: Workshop) -> None:
    order, _, (code,) = workshop.made(1)
    workshop.scan("picking", code, scan_id="wrong")
    workshop.take_back("wrong")
    workshop.scan("picking", code, scan_id="wrong")
    assert workshop.stages(order) == ["released"]


def test_a_scan_is_not_taken_back_once_the_piece_has_gone_on(workshop: Workshop) -> None:
    order, _, (code,) = workshop.made(1)
    workshop.scan("picking", code, scan_id="first")
    workshop.scan("production", code, scan_id="second")
    with pytest.raises(MovedOn, match=f"{code} is made by now, so this scan stays booked"):
        workshop.take_back("first")
    workshop.take_back("second")
    workshop.take_back("first")
    assert workshop.stages(order) == ["released"]


def test_of_taking_back_and_going_on_at_once_one_happens(workshop: Workshop) -> None:
    order, _, (code,) = workshop.made(1)
    workshop.scan("picking", code, scan_id="first")

    def back() -> str:
        try:
            return workshop.take_back("first").scan_id
        except Refusal:
            return "stays"

    with ThreadPoolExecutor(2) as pool:
        taken, made = pool.submit(back), pool.submit(lambda: workshop.scan("production", code).kind)
    assert (taken.result(), made.result(), workshop.stages(order)) in [
        ("stays", "booked", ["made"]),
        ("first", "not_yet", ["released"]),
    ]


def test_it_is_taken_back_for_as_long_as_the_shop_says(workshop: Workshop) -> None:
    _, _, (code,) = workshop.made(1)
    workshop.scan("picking", code, scan_id="old")
    workshop.later(minutes=5)
    with pytest.raises(TooLateToTakeBack, match=f"A scan can be taken back for 5 minutes, so {code} stays where it is"):
        workshop.take_back("old")


def test_what_booked_nothing_is_not_taken_back(workshop: Workshop) -> None:
    _, _, (code,) = workshop.made(1)
    workshop.scan("storage", code, scan_id="refused")
    with pytest.raises(NothingBooked):
        workshop.take_back("refused")
    with pytest.raises(NoSuchScan):
        workshop.take_back("never seen")


def test_a_batch_that_was_done_with_it_is_to_be_made_again_unless_what_it_took_is_written_down(
    workshop: Workshop,
) -> None:
    _, number, (code,) = workshop.made(1)
    workshop.scan("picking", code)
    workshop.scan("production", code, scan_id="last")
    assert workshop.batch(number).status == "done"
    with workshop.write() as session:
        write_down(session, number, WrittenDown(sheets=2))
    with pytest.raises(FiguresWrittenDown, match=f"{number} is done, and what it really took is written down"):
        workshop.take_back("last")
    with workshop.write() as session:
        write_down(session, number, WrittenDown())
    workshop.take_back("last")
    assert workshop.batch(number).status == "released"


def test_minutes_by_scans_and_who_was_here_before_do_not_count_it(workshop: Workshop) -> None:
    _, number, (code,) = workshop.made(1)
    workshop.scan("picking", code, scan_id="wrong")
    workshop.later(minutes=2)
    workshop.take_back("wrong")
    with workshop.database.read() as session:
        assert bookings(session, workshop.batch(number).id) == {}
    workshop.scan("picking", code)
    with workshop.database.read() as session:
        assert list(bookings(session, workshop.batch(number).id)["picking"].values()) == [workshop.clock.now()]
    assert "It was picked by Deniz at 10:02." in workshop.scan("picking", code).sentence


def test_a_piece_noted_at_a_step_by_mistake_is_not_through_it(workshop: Workshop) -> None:
    _, number, (code,) = workshop.made(1)

    def through(scan_id: str) -> str:
        told = ScanIn(scan_id, "", code, "Deniz", "plant", number)
        with workshop.write() as session:
            at = {"shop": workshop.catalogue.shop, "now": workshop.clock.now()}
            return scan_at_step(session, told, step, **at).kind

    with workshop.database.read() as session:
        step = next(each.name for each in scanned_steps(session, number) if not each.leads)
    assert through("wrong") == "booked"
    workshop.take_back("wrong")
    with workshop.database.read() as session:
        assert [each.through for each in scanned_steps(session, number)] == [0, 0]
    assert through("right") == "booked"


def test_a_reject_taken_back_withdraws_the_remake_its_stock_its_place_and_its_mail(workshop: Workshop) -> None:
    order, _, (code,) = workshop.made(1)
    workshop.through(code, "picking", "production")
    before = stock(workshop)
    again = workshop.scan("check", code, verdict="reject", defect="smeared", scan_id="wrong").remake
    assert tell(workshop) == [f"message:remade:{order.id}:{again}:day"]
    assert ran(workshop) == ["confirmation"]
    workshop.take_back("wrong")
    assert stock(workshop) == before
    assert workshop.enqueued("plan")[-1] == "plan:plant:press"
    workshop.plan()
    gone = sa.select(col(BatchPlace.piece_id)).join(Piece, col(Piece.id) == col(BatchPlace.piece_id))
    assert workshop.ask(gone.where(col(Piece.code) == again)) == []
    workshop.later(minutes=10)
    assert ran(workshop) == []
    assert workshop.events(order)[-1].endswith("is as it should be after all, and not made again.")
    with workshop.database.read() as session:
        whole = whole_order(session, session.get_one(Order, order.id))
        assert (checks_since(session, workshop.clock.now() - timedelta(days=1)).checked) == 0
    assert headline(whole, "Thursday 26 November", workshop.clock.now()) == "It is made. Thursday 26 November holds."
    agree(workshop)
    assert workshop.through(code, "check", "storage").ready


def test_a_piece_can_be_rejected_again_after_its_reject_was_taken_back(workshop: Workshop) -> None:
    order, _, (code,) = workshop.made(1)
    workshop.through(code, "picking", "production")
    bad = {"verdict": "reject", "defect": "smeared"}
    first = workshop.scan("check", code, scan_id="wrong", **bad).remake
    workshop.take_back("wrong")
    second = workshop.scan("check", code, **bad).remake
    assert workshop.stages(order) == ["rejected", "cancelled", "waiting"]
    assert first != second
    assert f"{second} is made instead" in workshop.scan("check", code).sentence
    assert len(workshop.ask(sa.select(QualityCheck))) == 2
    agree(workshop)


def test_a_reject_stays_once_its_remake_is_released(workshop: Workshop) -> None:
    _, _, (code,) = workshop.made(1)
    workshop.through(code, "picking", "production")
    again = workshop.scan("check", code, verdict="reject", defect="smeared", scan_id="wrong").remake
    workshop.plan()
    workshop.release(workshop.open()[0].number)
    with pytest.raises(RemakeBegun, match=f"{again} is being made instead of it by now, so the piece stays rejected"):
        workshop.take_back("wrong")
    agree(workshop)


def test_a_reject_whose_remake_waits_for_stock_gives_back_what_it_waited_for(workshop: Workshop) -> None:
    _, _, (code,) = workshop.made(1)
    with workshop.write() as session:
        for place in ("plant", "store"):
            count(session, Goods(place, "mug-white", 0), now=workshop.clock.now())
    before = stock(workshop)
    workshop.through(code, "picking", "production")
    workshop.scan("check", code, verdict="reject", defect="smeared", scan_id="wrong")
    workshop.take_back("wrong")
    assert stock(workshop) == before
    workshop.plan()
    assert workshop.left() == {}
    workshop.later(minutes=10)
    assert "remade" not in ran(workshop)


def test_the_last_piece_taken_out_of_its_bin_again_makes_its_order_not_ready_and_no_mail_leaves(
    workshop: Workshop,
) -> None:
    order, _, (code,) = workshop.made(1)
    assert workshop.through(code, "picking", "production", "check")
    assert workshop.scan("storage", code, scan_id="wrong").ready
    assert "ready" not in ran(workshop)
    workshop.take_back("wrong")
    (now,) = workshop.ask(sa.select(Order))
    assert (now.ready_at, now.bin, workshop.ask(sa.select(BinUse))) == (None, None, [])
    assert workshop.events(order)[-1] == (
        "It is not all ready after all: one piece is looked at once more. You are told when it is."
    )
    workshop.later(minutes=10)
    assert "ready" not in ran(workshop)
    assert workshop.scan("storage", code).ready
    workshop.later(minutes=5)
    assert ran(workshop) == ["ready"]


def test_a_piece_of_a_ready_order_leaves_the_others_their_bin(workshop: Workshop) -> None:
    order, _, (first, second) = workshop.made(2)
    workshop.through(first, "picking", "production", "check")
    workshop.scan("storage", first, scan_id="wrong")
    assert workshop.through(second, *THROUGH).ready
    workshop.take_back("wrong")
    (now,) = workshop.ask(sa.select(Order))
    assert (now.ready_at, now.bin, workshop.stages(order)) == (None, 1, ["checked", "stored"])
    assert workshop.scan("storage", first).ready
    agree(workshop)


def test_a_scan_stays_once_a_mail_has_left_about_it(workshop: Workshop) -> None:
    _, _, (code,) = workshop.made(1)
    workshop.through(code, "picking", "production", "check")
    workshop.scan("storage", code, scan_id="wrong")
    workshop.later(minutes=5)
    ran(workshop)
    workshop.later(seconds=-1)
    with pytest.raises(CustomerWasTold, match="has a mail by now which says that it is ready"):
        workshop.take_back("wrong")


def test_a_part_that_was_told_is_not_ready_and_its_mail_does_not_leave(workshop: Workshop) -> None:
    mug = workshop.catalogue.blank("mug")
    designs = (a_design(mug), 1), (a_design(mug, inside="coral"), 1)
    order = workshop.order(*designs, leaves="as_ready")
    workshop.plan()
    workshop.release("B-001")
    (code,) = workshop.pieces("B-001")
    workshop.through(code, "picking", "production", "check")
    answer = workshop.scan("storage", code, scan_id="wrong")
    assert "the customer is told" in answer.sentence
    workshop.take_back("wrong")
    workshop.later(minutes=10)
    assert "part" not in ran(workshop)
    assert workshop.events(order)[-1].startswith("It is not all ready after all")
    assert "the customer is told" in workshop.scan("storage", code).sentence


def test_an_arrival_in_the_store_taken_back_leaves_the_piece_in_the_plants_bin(workshop: Workshop) -> None:
    gold = a_design(workshop.catalogue.blank("mug"), rim="gold")
    order = workshop.order((gold, 1), fulfilment="pickup", facility="store")
    workshop.plan()
    workshop.release("B-001")
    (code,) = workshop.codes(order)
    workshop.through(code, "picking", "production", "check")
    workshop.scan("storage", code, scan_id="plant")
    assert workshop.scan("storage", code, facility="store", scan_id="store").ready
    with pytest.raises(MovedOn):
        workshop.take_back("plant")
    workshop.take_back("store")
    (piece,), (used,) = workshop.ask(sa.select(Piece)), workshop.ask(sa.select(BinUse))
    assert (piece.facility, piece.stage, used.facility) == ("plant", "stored", "plant")
    workshop.take_back("plant")
    assert (workshop.stages(order), workshop.ask(sa.select(BinUse))) == (["checked"], [])
    agree(workshop)
