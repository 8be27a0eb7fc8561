"""The floor: every scan moves a piece one stage on, once; a wrong one says what is expected and books nothing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
import sqlalchemy as sa
from sqlmodel import col

from configurator.orders.rows import Piece
from configurator.production.piece_store import lanes, piece_counts, station_queue
from configurator.production.rows_floor import Scan
from configurator.production.scans import ScanIdTaken
from tests.builders import a_design, a_tee
from tests.production.test_remakes import reject
from tests.production.workshop import Workshop

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
