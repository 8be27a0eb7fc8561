"""Planning: each waiting piece in one open batch or with a reason; numbers stay; what is released is left alone."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
import sqlalchemy as sa
from sqlmodel import col

from configurator.clock import FixedClock
from configurator.database import Database
from configurator.orders.rows import Piece
from configurator.production.batch_store import plan_figures
from configurator.production.holding import NoReason, NotWaiting, hold, let_go
from tests.builders import a_design, a_mug, a_shop, a_tee
from tests.production.days import every_piece_once
from tests.production.workshop import SHEET, Workshop, a_sheet_mug, workshop_catalogue


def test_pain_19_one_batch_serves_several_orders(workshop: Workshop) -> None:
    orders = [workshop.mugs(3, text=name) for name in ("Marit", "Jonas", "Aiko")]
    report = workshop.plan()
    assert report.batches == ("B-001",)
    assert (workshop.batch("B-001").pieces, workshop.batch("B-001").orders) == (9, 3)
    assert workshop.pieces("B-001") == [code for order in orders for code in workshop.codes(order)]
    every_piece_once(workshop)


def test_what_needs_another_setup_is_another_batch(workshop: Workshop) -> None:
    workshop.mugs(2, inside="white")
    workshop.mugs(2, inside="coral")
    workshop.order((a_design(a_tee()), 2))
    workshop.plan()
    assert sorted((batch.family, batch.pieces) for batch in workshop.open()) == [
        ("mug-coral", 2),
        ("mug-white", 2),
        ("tee", 2),
    ]
    every_piece_once(workshop)


def test_a_batch_takes_two_sheets_and_the_rest_opens_another(workshop: Workshop) -> None:
    workshop.mugs(23)
    workshop.plan()
    assert [(batch.pieces, batch.capacity, batch.sheets) for batch in workshop.open()] == [(20, 20, 2), (3, 20, 1)]


def test_an_open_batch_keeps_its_number_while_it_fills(workshop: Workshop) -> None:
    workshop.mugs(2)
    workshop.plan()
    workshop.later(minutes=5)
    workshop.mugs(2)
    report = workshop.plan()
    assert (report.batches, report.opened) == (("B-001",), ())
    assert workshop.batch("B-001").pieces == 4


def test_planning_twice_changes_nothing(workshop: Workshop) -> None:
    workshop.mugs(23)
    workshop.order((a_design(a_tee()), 4))
    first = workshop.plan()
    before = [(batch, workshop.pieces(batch.number)) for batch in workshop.open()]
    second = workshop.plan()
    assert [(batch, workshop.pieces(batch.number)) for batch in workshop.open()] == before
    assert replace(second, opened=first.opened) == first


def test_cancelled_pieces_leave_and_an_empty_batch_is_removed(workshop: Workshop) -> None:
    gone, stays = workshop.mugs(2, text="gone"), workshop.mugs(2, text="stays")
    alone = workshop.order((a_design(a_tee()), 2))
    workshop.plan()
    workshop.cancel(gone)
    workshop.cancel(alone)
    report = workshop.plan()
    assert workshop.pieces("B-001") == workshop.codes(stays)
    assert len(report.removed) == 1
    assert report.batches == ("B-001",)
    every_piece_once(workshop)


def test_pain_20_a_released_batch_does_not_grow(workshop: Workshop) -> None:
    _, number, codes = workshop.made(2)
    later = workshop.mugs(3, text="later")
    workshop.plan()
    assert workshop.pieces(number) == codes
    (batch,) = workshop.open()
    assert (batch.number, workshop.pieces(batch.number)) == ("B-002", workshop.codes(later))


def test_the_most_urgent_pieces_get_the_first_batch(workshop: Workshop) -> None:
    workshop.mugs(20, text="next week", promised_on=date(2026, 12, 3))
    workshop.plan()
    urgent = workshop.mugs(4, text="tomorrow", promised_on=date(2026, 11, 25))
    workshop.plan()
    assert workshop.pieces("B-001")[:4] == workshop.codes(urgent)
    assert [batch.pieces for batch in workshop.open()] == [20, 4]


def test_make_now_goes_to_the_front_in_a_batch_of_its_own(workshop: Workshop) -> None:
    workshop.mugs(5, fulfilment="pickup")
    workshop.plan()
    walk_in = workshop.mugs(1, text="I wait", fulfilment="counter", promised_on=date(2026, 11, 23))
    workshop.plan()
    first, second = workshop.open()
    assert (first.rush, workshop.pieces(first.number)) == (True, workshop.codes(walk_in))
    assert (first.sequence, second.sequence) == (1, 2)
    assert first.ends_at is not None
    assert second.starts_at is not None
    assert first.ends_at <= second.starts_at
    assert first.closes_at < second.closes_at


def test_pain_21_setup_is_counted_once_and_run_minutes_a_piece(workshop: Workshop) -> None:
    workshop.mugs(10)
    workshop.plan()
    batch = workshop.batch("B-001")
    assert (batch.changeover_min, batch.run_min) == (6, 20)
    assert batch.setup_cost == round(6 / 60 * 2400 + 4 / 60 * 2000)
    assert batch.run_cost == round(10 * (2 / 60 * 2400 + 0.5 / 60 * 2000))


def test_pain_25_batches_run_in_opening_hours_one_after_the_other(workshop: Workshop) -> None:
    workshop.clock.at = datetime(2026, 11, 27, 16, 40, tzinfo=UTC)
    for inside in ("white", "coral"):
        workshop.mugs(40, inside=inside, promised_on=date(2026, 12, 3))
    workshop.plan()
    rows = sorted(workshop.open(), key=lambda batch: batch.sequence)
    times = [(batch.starts_at, batch.ends_at) for batch in rows]
    first_tray_printed = timedelta(minutes=4 + 6 * 0.5)
    assert times[0][0] == datetime(2026, 11, 30, 6, 0, tzinfo=UTC) + first_tray_printed - timedelta(minutes=6)
    assert all(before[1] <= after[0] for before, after in pairwise(times) if before[1] and after[0])
    assert [batch.changeover_min for batch in rows] == [6, 0, 6, 0]


def test_the_board_can_say_what_the_plan_saves(workshop: Workshop) -> None:
    for inside in ("white", "coral") * 4:
        workshop.mugs(1, inside=inside)
    report = workshop.plan()
    assert (report.changeover_min, report.first_come_changeover_min) == (12, 48)
    with workshop.database.read() as session:
        (figures,) = plan_figures(session, "plant")
    assert (figures.pieces, figures.batches, figures.changeover_min, figures.late) == (8, 2, 12, 0)


def test_a_piece_whose_machine_stands_elsewhere_says_who_could_make_it(workshop: Workshop) -> None:
    order = workshop.order((a_design(workshop.catalogue.blank("mug"), rim="gold"), 1))
    with workshop.write() as session:
        session.execute(sa.update(Piece).where(col(Piece.order_id) == order.id).values(facility="store"))
    workshop.plan()
    (reason,) = workshop.left().values()
    assert reason.startswith("Lot One store has no work centre “bench”, which “Gild” needs.")
    assert "Lot One plant could make it" in reason
    every_piece_once(workshop)


def test_a_piece_larger_than_its_sheet_says_so(database: Database, clock: FixedClock) -> None:
    small = replace(SHEET, size_mm=(100, 100))
    printing, *rest = a_mug().operations
    mug = replace(a_sheet_mug(), operations=(replace(printing, sheet=small), *rest))
    catalogue = replace(workshop_catalogue(), blanks={"mug": mug, "tee": a_tee()})
    workshop = Workshop(database, clock, catalogue)
    workshop.mugs(1)
    workshop.plan()
    (reason,) = workshop.left().values()
    assert "“wrap” is 204 × 84 mm with bleed, larger than the sheet of 100 × 100 mm" in reason


def test_a_held_piece_waits_and_comes_back(workshop: Workshop) -> None:
    order = workshop.mugs(2)
    workshop.plan()
    code = workshop.codes(order)[0]
    with workshop.write() as session:
        hold(session, code, reason="the customer is asked about the logo", who="Deniz", now=workshop.clock.now())
    assert workshop.pieces("B-001") == workshop.codes(order)[1:]
    workshop.plan()
    assert workshop.left() == {code: "On hold: the customer is asked about the logo"}
    every_piece_once(workshop)
    with workshop.write() as session:
        let_go(session, code)
    workshop.plan()
    assert workshop.pieces("B-001") == workshop.codes(order)
    assert workshop.left() == {}


def test_a_hold_needs_a_reason_and_a_waiting_piece(workshop: Workshop) -> None:
    _, _, codes = workshop.made(1)
    with pytest.raises(NotWaiting, match="no longer waiting"), workshop.write() as session:
        hold(session, codes[0], reason="x", who="Deniz", now=workshop.clock.now())
    with pytest.raises(NoReason), workshop.write() as session:
        hold(session, codes[0], reason=" ", who="Deniz", now=workshop.clock.now())


def test_a_piece_of_a_facility_that_is_gone_is_listed(database: Database, clock: FixedClock) -> None:
    workshop = Workshop(database, clock)
    workshop.mugs(1)
    workshop.plan()
    shop = replace(a_shop(), facilities=a_shop().facilities[1:])
    workshop.catalogue = workshop_catalogue(shop=shop)
    workshop.plan()
    (reason,) = workshop.left().values()
    assert "“plant” is closed, or not in shop.toml any more" in reason
    assert workshop.open() == ()


def test_a_full_batch_closes_half_an_hour_later_and_others_at_the_cut_off(workshop: Workshop) -> None:
    workshop.mugs(20)
    workshop.mugs(2, inside="coral")
    workshop.plan()
    full, other = sorted(workshop.open(), key=lambda batch: -batch.pieces)
    assert full.closes_at == datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
    assert other.closes_at == datetime(2026, 11, 23, 13, 0, tzinfo=UTC)
    workshop.later(minutes=20)
    workshop.plan()
    assert workshop.batch(full.number).closes_at == full.closes_at


def numbers(workshop: Workshop) -> Sequence[str]:
    return [batch.number for batch in workshop.open()]


def test_numbers_are_given_once(workshop: Workshop) -> None:
    order = workshop.mugs(1)
    workshop.plan()
    workshop.cancel(order)
    workshop.plan()
    workshop.mugs(1)
    workshop.plan()
    assert numbers(workshop) == ["B-002"]


@pytest.mark.parametrize(("days", "minutes"), [(7, 0), (20, 6)])
def test_a_machine_stands_as_its_last_batch_left_it_for_two_weeks(
    workshop: Workshop, days: int, minutes: float
) -> None:
    _, number, codes = workshop.made(1)
    workshop.through(codes[0], "picking", "production", "check")
    assert workshop.batch(number).status == "done"
    workshop.later(days=days)
    workshop.mugs(1)
    workshop.plan()
    (batch,) = workshop.open()
    assert batch.changeover_min == minutes
