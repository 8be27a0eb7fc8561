"""The floor: every scan moves a piece one stage on, once; a wrong one says what is expected and books nothing."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa
from sqlmodel import col

from configurator.orders.lines import due_of
from configurator.orders.rows import Order, Piece
from configurator.production.floor import NoDefect
from configurator.production.piece_store import lanes, piece_counts, station_queue
from configurator.production.rows import BinUse, QualityCheck, Scan
from configurator.production.scans import ScanIdTaken
from configurator.stock.receiving import Goods, count
from tests.builders import a_design, a_shop, a_tee, delivered
from tests.production.workshop import Workshop, workshop_catalogue

THROUGH = ("picking", "production", "check", "storage")


def test_a_piece_goes_through_picking_production_check_and_storage(workshop: Workshop) -> None:
    order, _, (code,) = workshop.made(1)
    seen = []
    for station in THROUGH:
        answer = workshop.scan(station, code)
        seen.append((answer.kind, workshop.stages(order)[0]))
    assert seen == [("booked", "picked"), ("booked", "made"), ("booked", "checked"), ("booked", "stored")]


@pytest.mark.parametrize("station", ["production", "check", "storage"])
def test_a_piece_that_has_not_come_so_far_is_sent_to_picking(workshop: Workshop, station: str) -> None:
    order, _, (code,) = workshop.made(1)
    answer = workshop.scan(station, code)
    assert answer.kind == "not_yet"
    assert "expected at picking first. Nothing was booked." in answer.sentence
    assert workshop.stages(order) == ["released"]


def test_a_piece_whose_batch_is_open_is_told_when_it_closes(workshop: Workshop) -> None:
    order = workshop.mugs(1)
    assert "in no batch yet" in workshop.scan("picking", workshop.codes(order)[0]).sentence
    workshop.plan()
    answer = workshop.scan("picking", workshop.codes(order)[0])
    assert answer.kind == "not_yet"
    assert "It waits in B-001, which closes Mon 23 Nov 14:00." in answer.sentence


def test_two_scans_of_a_piece_book_once_and_the_second_says_who_and_when(workshop: Workshop) -> None:
    _, _, (code,) = workshop.made(1)
    workshop.scan("picking", code)
    again = workshop.scan("picking", code)
    assert again.kind == "already"
    assert again.sentence == (
        "It was picked by Deniz at 10:00. It is expected at production next. Nothing was booked again."
    )


def test_the_same_scan_sent_twice_gets_the_same_answer(workshop: Workshop) -> None:
    _, _, (code,) = workshop.made(1)
    first = workshop.scan("picking", code, scan_id="one")
    workshop.scan("production", code)
    assert workshop.scan("picking", code, scan_id="one") == first
    with pytest.raises(ScanIdTaken):
        workshop.scan("check", code, scan_id="one")


def test_two_clerks_scanning_at_once_book_once(workshop: Workshop) -> None:
    order, _, (code,) = workshop.made(1)
    with ThreadPoolExecutor(6) as pool:
        different = list(pool.map(lambda n: workshop.scan("picking", code, scan_id=f"clerk {n}"), range(6)))
        same = list(pool.map(lambda _: workshop.scan("production", code, scan_id="twice"), range(6)))
    assert sorted(answer.kind for answer in different) == ["already"] * 5 + ["booked"]
    assert [answer.kind for answer in same] == ["booked"] * 6
    assert workshop.stages(order) == ["made"]


def test_a_code_nobody_knows_is_answered(workshop: Workshop) -> None:
    answer = workshop.scan("picking", "no such thing")
    assert (answer.kind, answer.headline) == ("unknown", "No piece is called “NO SUCH THING”")


def test_a_code_is_read_however_it_is_typed(workshop: Workshop) -> None:
    _, _, (code,) = workshop.made(1)
    assert workshop.scan("picking", code.replace("-", " ").lower()).piece == code


def test_a_piece_of_another_batch_is_stopped_and_the_expected_one_named(workshop: Workshop) -> None:
    _, white, (first, _) = workshop.made(2)
    _, _, (other,) = workshop.made(1, inside="coral")
    for code in (first, other):
        workshop.scan("picking", code)
    answer = workshop.scan("production", other, batch=white)
    assert (answer.kind, answer.expected) == ("wrong", first)
    assert (
        answer.sentence
        == f"It belongs to B-002, you are working on B-001. {first} of B-001 is next. Nothing was booked."
    )
    assert answer.expected_design


def test_a_piece_out_of_turn_is_stopped_unless_it_is_wanted_first(workshop: Workshop) -> None:
    order, number, (first, second) = workshop.made(2)
    for code in (first, second):
        workshop.scan("picking", code)
    answer = workshop.scan("production", second, batch=number)
    assert (answer.kind, answer.expected) == ("wrong", first)
    assert workshop.stages(order) == ["picked", "picked"]
    assert workshop.scan("production", second, batch=number, out_of_turn=True).booked
    assert workshop.stages(order) == ["picked", "made"]


def test_after_a_piece_the_next_one_is_shown(workshop: Workshop) -> None:
    _, number, (first, second) = workshop.made(2)
    answer = workshop.scan("picking", first, batch=number)
    assert answer.next == second
    assert workshop.scan("picking", second, batch=number).next == ""


def test_a_piece_of_another_facility_is_sent_there(workshop: Workshop) -> None:
    _, _, (code,) = workshop.made(1)
    answer = workshop.scan("picking", code, facility="store")
    assert (answer.kind, "It is made in Lot One plant." in answer.sentence) == ("wrong", True)


def test_a_cancelled_piece_goes_back_to_the_shelf(workshop: Workshop) -> None:
    order = workshop.mugs(1)
    workshop.cancel(order)
    answer = workshop.scan("picking", workshop.codes(order)[0])
    assert (answer.kind, answer.sentence) == (
        "gone",
        "Its order was cancelled. Put the blank back on the shelf. Nothing was booked.",
    )


def test_pain_21_the_next_station_need_not_wait_for_the_whole_lot(workshop: Workshop) -> None:
    order, number, codes = workshop.made(3)
    workshop.through(codes[0], "picking", "production", "check")
    assert workshop.stages(order) == ["checked", "released", "released"]
    assert workshop.batch(number).status == "released"


def test_a_batch_is_done_when_its_last_piece_is_made(workshop: Workshop) -> None:
    _, number, (first, second) = workshop.made(2)
    workshop.through(first, "picking", "production")
    assert workshop.batch(number).status == "released"
    workshop.through(second, "picking", "production")
    assert workshop.batch(number).status == "done"


def test_two_last_pieces_made_at_once_finish_the_batch(workshop: Workshop) -> None:
    orders = [workshop.mugs(1, text=f"{n}") for n in range(4)]
    workshop.plan()
    workshop.release("B-001")
    codes = [workshop.codes(order)[0] for order in orders]
    for code in codes:
        workshop.scan("picking", code)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda code: workshop.scan("production", code, scan_id=code), codes))
    assert workshop.batch("B-001").status == "done"


def reject(workshop: Workshop, code: str) -> str:
    workshop.through(code, "picking", "production")
    return workshop.scan("check", code, verdict="reject", defect="smeared").remake


def test_pain_22_a_reject_is_made_again_at_once_in_the_next_batch(workshop: Workshop) -> None:
    order, _, (code,) = workshop.made(1)
    again = reject(workshop, code)
    assert workshop.codes(order) == [code, again]
    assert workshop.stages(order) == ["rejected", "waiting"]
    workshop.mugs(3, text="others")
    workshop.plan()
    first = workshop.open()[0]
    assert (workshop.pieces(first.number), first.rush, first.sequence) == ([again], True, 1)
    assert "is made again at once. Your date stays." in workshop.events(order)[-1]
    assert any("remade" in key for key in workshop.enqueued("message"))
    assert workshop.enqueued("plan")[-1] == "plan:plant:press"


def test_a_remake_is_due_as_the_original_and_reserves_stock_of_its_own(workshop: Workshop) -> None:
    _, number, (code,) = workshop.made(1)
    again = reject(workshop, code)
    dues = workshop.ask(sa.select(col(Piece.due_at)).distinct().where(col(Piece.code).in_([code, again])))
    assert len(dues) == 1
    (row,) = workshop.ask(sa.select(QualityCheck))
    assert (row.passed, row.defect, row.who) == (False, "smeared", "Deniz")
    assert workshop.batch(number).rejected == 1
    workshop.plan()
    batch = workshop.open()[0]
    workshop.release(batch.number)
    assert workshop.through(again, *THROUGH).ready


def test_a_reject_scanned_twice_makes_one_remake(workshop: Workshop) -> None:
    order, _, (code,) = workshop.made(1)
    workshop.through(code, "picking", "production")
    with ThreadPoolExecutor(4) as pool:
        answers = list(
            pool.map(
                lambda n: workshop.scan("check", code, verdict="reject", defect="smeared", scan_id=f"r{n}"), range(4)
            )
        )
    assert sorted(answer.kind for answer in answers) == ["booked", "gone", "gone", "gone"]
    assert len(workshop.codes(order)) == 2
    assert f"{workshop.codes(order)[1]} is made instead" in next(a.sentence for a in answers if a.kind == "gone")


def test_a_reject_needs_its_defect(workshop: Workshop) -> None:
    order, _, (code,) = workshop.made(1)
    workshop.through(code, "picking", "production")
    with pytest.raises(NoDefect, match="what is wrong"):
        workshop.scan("check", code, verdict="reject")
    assert workshop.stages(order) == ["made"]


def test_pain_24_a_remake_without_stock_waits_and_takes_nobody_elses(workshop: Workshop) -> None:
    _, _, (code,) = workshop.made(1)
    other = workshop.mugs(1, text="other")
    with workshop.write() as session:
        count(session, Goods("plant", "mug-white", 1), now=workshop.clock.now())
        count(session, Goods("store", "mug-white", 0), now=workshop.clock.now())
    again = reject(workshop, code)
    workshop.plan()
    assert workshop.left()[again] == (
        "It waits for 1 Mug, white inside (0 free). Book what comes in; the next plan takes it."
    )
    assert "as soon as the material is here" in workshop.events(order_of(workshop, again))[-1]
    assert workshop.pieces(workshop.open()[0].number) == workshop.codes(other)
    with workshop.write() as session:
        delivered(session, {"mug-white": 1})
    workshop.plan()
    assert workshop.left() == {}
    assert again in [code for batch in workshop.open() for code in workshop.pieces(batch.number)]


def test_a_reject_is_made_again_where_a_blank_lies_and_due_so_that_it_still_travels_in_time(workshop: Workshop) -> None:
    order, _, (code,) = workshop.made(1)
    with workshop.write() as session:
        count(session, Goods("plant", "mug-white", 0), now=workshop.clock.now())
    again = reject(workshop, code)
    (piece,) = workshop.ask(sa.select(Piece).where(col(Piece.code) == again))
    store = workshop.catalogue.shop.facility("store")
    assert (piece.facility, piece.due_at) == ("store", due_of(order, store, workshop.catalogue.shop))
    assert workshop.enqueued("plan")[-1] == "plan:store:press"
    workshop.plan()
    assert workshop.left() == {}


def order_of(workshop: Workshop, code: str) -> Order:
    found = sa.select(Order).join(Piece, col(Piece.order_id) == col(Order.id)).where(col(Piece.code) == code)
    order: Order = workshop.ask(found)[0]
    return order


def test_an_order_is_ready_only_when_all_its_pieces_are_stored(workshop: Workshop) -> None:
    order, _, (first, second) = workshop.made(2)
    answer = workshop.through(first, *THROUGH)
    assert (answer.bin, answer.ready) == (1, False)
    assert "1 of its order is still missing" in answer.sentence
    assert not any("ready" in key for key in workshop.enqueued("message"))
    answer = workshop.through(second, *THROUGH)
    assert (answer.bin, answer.ready) == (1, True)
    (ready_at,) = workshop.ask(sa.select(col(Order.ready_at)).where(col(Order.id) == order.id))
    assert ready_at == workshop.clock.now()
    assert workshop.enqueued("message")[-1] == f"message:ready:{order.id}"
    assert workshop.events(order)[-1].startswith("All pieces are made and checked.")


def test_a_remake_keeps_its_order_from_being_ready(workshop: Workshop) -> None:
    _, _, (first, second) = workshop.made(2)
    workshop.through(first, *THROUGH)
    again = reject(workshop, second)
    workshop.plan()
    workshop.release(workshop.open()[0].number)
    assert not workshop.through(again, "picking", "production", "check").ready
    assert workshop.scan("storage", again).ready


def test_two_last_pieces_stored_at_once_make_the_order_ready_once(workshop: Workshop) -> None:
    order, _, codes = workshop.made(4)
    for code in codes:
        workshop.through(code, "picking", "production", "check")
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda code: workshop.scan("storage", code, scan_id=code), codes))
    assert [answer.ready for answer in answers].count(True) == 1
    assert {answer.bin for answer in answers} == {1}
    assert len([key for key in workshop.enqueued("message") if "ready" in key]) == 1
    assert workshop.stages(order) == ["stored"] * 4


def test_every_order_has_a_bin_of_its_own(workshop: Workshop) -> None:
    orders = [workshop.mugs(1, text=f"{n}") for n in range(5)]
    workshop.plan()
    workshop.release("B-001")
    codes = [workshop.codes(order)[0] for order in orders]
    for code in codes:
        workshop.through(code, "picking", "production", "check")
    with ThreadPoolExecutor(5) as pool:
        bins = list(pool.map(lambda code: workshop.scan("storage", code, scan_id=code).bin, codes))
    assert sorted(number or 0 for number in bins) == [1, 2, 3, 4, 5]


def test_a_bin_is_free_again_when_its_pieces_have_left(workshop: Workshop) -> None:
    _, _, (first,) = workshop.made(1)
    assert workshop.through(first, *THROUGH).bin == 1
    with workshop.write() as session:
        session.execute(sa.update(Piece).where(col(Piece.code) == first).values(stage="handed_over"))
    _, _, (second,) = workshop.made(1)
    assert workshop.through(second, *THROUGH).bin == 1
    assert len(workshop.ask(sa.select(col(BinUse.order_id)))) == 1


def test_with_all_bins_taken_a_piece_goes_to_the_overflow_shelf(workshop: Workshop) -> None:
    shop = a_shop()
    plant, store = shop.facilities
    workshop.catalogue = workshop_catalogue(shop=replace(shop, facilities=(replace(plant, bins=1), store)))
    orders = [workshop.mugs(1, text=f"{n}") for n in range(2)]
    workshop.plan()
    workshop.release("B-001")
    first, second = (workshop.through(workshop.codes(order)[0], *THROUGH) for order in orders)
    assert (first.bin, second.bin, second.headline) == (1, None, "All bins are taken")
    assert second.ready


def test_a_station_sees_what_it_has_to_do_rush_first(workshop: Workshop) -> None:
    _, _, calm = workshop.made(2)
    _, _, urgent = workshop.made(1, fulfilment="counter", promised_on=date(2026, 11, 23))
    with workshop.write() as session:
        session.execute(sa.update(Piece).values(facility="plant"))
    with workshop.database.read() as session:
        queue = station_queue(session, "plant", "picking")
        one = station_queue(session, "plant", "picking", "B-001")
    assert [piece.code for piece in queue] == [*urgent, *calm]
    assert [piece.code for piece in one] == calm


def test_the_customer_sees_every_piece_in_its_lane(workshop: Workshop) -> None:
    order, number, (first, second) = workshop.made(2)
    workshop.through(first, "picking", "production", "check")
    again = reject(workshop, second)
    with workshop.database.read() as session:
        found = lanes(session, order.id or 0)
    assert [(piece.code, piece.stage, piece.batch, piece.remake_of) for piece in found] == [
        (first, "checked", number, ""),
        (second, "rejected", number, ""),
        (again, "waiting", "", second),
    ]


def test_the_boards_counts_agree_with_the_pieces(workshop: Workshop) -> None:
    workshop.made(3)
    workshop.mugs(2, inside="coral", promised_on=date(2026, 11, 24))
    workshop.order((a_design(a_tee()), 2), promised_on=date(2026, 12, 9))
    workshop.plan()
    with workshop.database.read() as session:
        now = workshop.clock.now()
        counts = piece_counts(session, now=now, until=now.replace(hour=23), facility="plant")
    assert (counts.planned, counts.unplanned, counts.making, counts.stored) == (4, 0, 3, 0)
    assert (counts.due_by, counts.late) == (2, 0)
    assert counts.by_stage == {"waiting": 4, "released": 3}


def test_every_scan_is_kept_with_who_and_when(workshop: Workshop) -> None:
    _, _, (code,) = workshop.made(1)
    workshop.scan("storage", code)
    workshop.scan("picking", code)
    kept = workshop.ask(sa.select(Scan).order_by(col(Scan.scan_id)))
    assert [(row.who, row.at, row.answer["kind"]) for row in kept] == [
        ("Deniz", workshop.clock.now(), "not_yet"),
        ("Deniz", workshop.clock.now(), "booked"),
    ]


def test_a_piece_made_in_the_plant_is_ready_when_it_has_come_to_its_store(workshop: Workshop) -> None:
    gold = a_design(workshop.catalogue.blank("mug"), rim="gold")
    order = workshop.order((gold, 1), fulfilment="pickup", facility="store")
    workshop.plan()
    workshop.release("B-001")
    (code,) = workshop.codes(order)
    answer = workshop.through(code, *THROUGH)
    assert answer.sentence == f"Put {code} into bin 1. It travels to Lot One store and is scanned into storage there."
    assert not answer.ready
    came = workshop.scan("storage", code, facility="store")
    assert (came.kind, came.ready, came.bin) == ("booked", True, 1)
    assert workshop.scan("storage", code, facility="store").kind == "already"
    assert workshop.events(order)[-1].endswith("They wait for you at Lot One store.")
