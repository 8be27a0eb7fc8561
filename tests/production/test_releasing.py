"""Releasing: once, frozen, with its stock used and its package written, whatever happens at the same time."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import col

from configurator.errors import Conflict
from configurator.export.delivery import Delivery
from configurator.export.frozen import FrozenBatch, frozen_batch
from configurator.orders.changing import TooLate
from configurator.orders.rows import Order, OrderLine, StoredDesign
from configurator.production.batch_store import batch_by_number, layout_of, pieces_of
from configurator.production.handlers import Workshop as WorkshopParts
from configurator.production.handlers import production_handlers
from configurator.production.holding import hold
from configurator.production.releasing import (
    AlreadyReleased,
    NoSuchBatch,
    NothingToRelease,
    release_due,
)
from configurator.production.rows import Batch
from configurator.stock.stock_store import ItemFigures, item_figures, ledger_differences
from tests.builders import NOW, a_design
from tests.production.workshop import Workshop, workshop_catalogue

SMALL = "“Zoë” is 1.6 mm tall. Letters under 2 mm do not come out well with sublimation."


def frozen(workshop: Workshop, number: str) -> FrozenBatch:
    (plain,) = workshop.ask(sa.select(col(Batch.frozen)).where(col(Batch.number) == number))
    return frozen_batch(plain)


def figures(workshop: Workshop, component: str) -> tuple[int, int]:
    with workshop.database.read() as session:
        item: ItemFigures = next(
            each for each in item_figures(session) if (each.facility, each.component) == ("plant", component)
        )
    return item.on_hand, item.reserved


def test_a_release_freezes_pieces_places_and_papers(workshop: Workshop) -> None:
    order, number, codes = workshop.made(12, text="Marit")
    batch = frozen(workshop, number)
    assert [piece.code for piece in batch.pieces] == codes
    assert (batch.number, batch.facility, batch.work_centre) == (number, "Lot One plant", "Press")
    assert (batch.output, batch.method, batch.released_by) == ("print", "Sublimation", "Deniz")
    assert batch.operations == (("Print", "Printer", 4, 0.5), ("Press", "Press", 6, 2.0))
    assert [(sheet.number, sheet.mirror) for sheet in batch.sheets] == [(1, True), (2, True)]
    first = batch.pieces[0]
    assert (first.texts, first.customer, first.order_number) == (("Marit",), order.name, order.number)
    assert first.configuration[0] == ("Inside", "White")
    assert first.components == (("mug-white", "Mug, white inside", 1, "piece"),)
    assert first.due == "2026-11-25"
    assert [place.label for place in first.places] == ["1-A1"]
    assert len({place.label for piece in batch.pieces for place in piece.places}) == 12


def test_a_place_is_that_of_the_trim_box_inside_the_margin(workshop: Workshop) -> None:
    _, number, _ = workshop.made(1)
    (place,) = frozen(workshop, number).pieces[0].places
    assert (place.sheet, place.left_mm, place.top_mm) == (1, 10, 10)
    assert place.area == "wrap"


def test_the_batch_page_shows_before_release_what_is_frozen_by_it(workshop: Workshop) -> None:
    workshop.mugs(13)
    workshop.plan()
    with workshop.database.read() as session:
        before = layout_of(session, batch_by_number(session, "B-001"), workshop.catalogue)
    workshop.release("B-001")
    with workshop.database.read() as session:
        after = layout_of(session, batch_by_number(session, "B-001"), workshop.catalogue)
    assert (before.sheets, before.places) == (after.sheets, after.places)


def test_pieces_move_on_and_their_customers_are_told(workshop: Workshop) -> None:
    order, number, _ = workshop.made(3)
    assert workshop.stages(order) == ["released"] * 3
    assert workshop.events(order)[-1].startswith("3 pieces are being made now.")
    assert workshop.enqueued("export") == [f"export:{number}"]


def test_a_release_uses_the_stock_that_was_reserved(workshop: Workshop) -> None:
    workshop.mugs(4)
    assert figures(workshop, "mug-white") == (1000, 4)
    workshop.plan()
    workshop.release("B-001")
    assert figures(workshop, "mug-white") == (996, 0)
    with workshop.database.read() as session:
        assert ledger_differences(session) == ()


def test_two_clicks_release_once(workshop: Workshop) -> None:
    _, number, _ = workshop.made(3)
    with pytest.raises(AlreadyReleased, match=r"B-001 is released already, on Monday 23 November at 10:00 by Deniz"):
        workshop.release(number, who="Ada")
    assert figures(workshop, "mug-white") == (997, 0)
    assert workshop.batch(number).released_by == "Deniz"


def test_two_makers_at_once_release_once(workshop: Workshop) -> None:
    workshop.mugs(5)
    workshop.plan()

    def attempt(who: str) -> str:
        try:
            return workshop.release("B-001", who=who).released_by
        except AlreadyReleased:
            return ""

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(attempt, ("Ada", "Ben", "Cem", "Dora")))
    assert sum(bool(answer) for answer in answers) == 1
    assert figures(workshop, "mug-white") == (995, 0)
    assert workshop.enqueued("export") == ["export:B-001"]


def test_releasing_while_planning_and_ordering_loses_and_doubles_nothing(workshop: Workshop) -> None:
    for n in range(6):
        workshop.mugs(4, text=f"before {n}")
    workshop.plan()

    def plan_and_order(n: int) -> None:
        workshop.mugs(2, text=f"meanwhile {n}")
        workshop.plan()

    with ThreadPoolExecutor(5) as pool:
        jobs = [pool.submit(plan_and_order, n) for n in range(4)]
        released = pool.submit(workshop.release, "B-001")
        for job in [*jobs, released]:
            job.result()
    workshop.plan()
    placed = [code for batch in [*workshop.open(), workshop.batch("B-001")] for code in workshop.pieces(batch.number)]
    assert len(placed) == len(set(placed)) == 32
    assert [piece.code for piece in frozen(workshop, "B-001").pieces] == workshop.pieces("B-001")


def test_a_piece_cancelled_since_the_plan_is_not_made(workshop: Workshop) -> None:
    gone, stays = workshop.mugs(2, text="gone"), workshop.mugs(1, text="stays")
    workshop.plan()
    workshop.cancel(gone)
    workshop.release("B-001")
    assert [piece.code for piece in frozen(workshop, "B-001").pieces] == workshop.codes(stays)
    assert workshop.stages(gone) == ["cancelled", "cancelled"]
    assert figures(workshop, "mug-white") == (999, 0)


def test_cancelling_and_releasing_at_once_is_one_or_the_other(workshop: Workshop) -> None:
    orders = [workshop.mugs(2, text=f"{n}") for n in range(4)]
    workshop.plan()

    def cancelling(order: Order) -> bool:
        try:
            workshop.cancel(order)
        except TooLate:
            return False
        return True

    with ThreadPoolExecutor(5) as pool:
        answers = [pool.submit(cancelling, order) for order in orders]
        try:
            pool.submit(workshop.release, "B-001").result()
        except NothingToRelease:
            assert all(answer.result() for answer in answers)
            return
        cancelled = [answer.result() for answer in answers]
    for order, gone in zip(orders, cancelled, strict=True):
        assert set(workshop.stages(order)) == {"cancelled" if gone else "released"}
    assert figures(workshop, "mug-white") == (1000 - 2 * cancelled.count(False), 0)


def test_promise_5_edits_and_cancellations_end_at_release(workshop: Workshop) -> None:
    order, number, _ = workshop.made(2)
    with pytest.raises(TooLate, match="is being made"):
        workshop.cancel(order)
    before = frozen(workshop, number)
    workshop.mugs(3, text="later")
    dearer = replace(workshop.catalogue.shop, legal_name="Somebody else")
    workshop.catalogue = workshop_catalogue(shop=dearer)
    workshop.plan()
    assert frozen(workshop, number) == before


def test_a_batch_that_lost_everybody_says_so_and_stays_as_it_was(workshop: Workshop) -> None:
    order = workshop.mugs(1)
    workshop.plan()
    workshop.cancel(order)
    with pytest.raises(NothingToRelease, match="B-001"):
        workshop.release("B-001")
    assert workshop.batch("B-001").status == "open"
    with pytest.raises(NoSuchBatch):
        workshop.release("B-099")


def test_a_held_piece_is_not_released(workshop: Workshop) -> None:
    order = workshop.mugs(2)
    workshop.plan()
    first, second = workshop.codes(order)
    with workshop.write() as session:
        hold(session, first, reason="a question", who="Deniz", now=workshop.clock.now())
    workshop.release("B-001")
    assert [piece.code for piece in frozen(workshop, "B-001").pieces] == [second]
    assert workshop.stages(order) == ["waiting", "released"]


def test_at_the_cut_off_open_batches_release_themselves(workshop: Workshop) -> None:
    workshop.mugs(2)
    workshop.plan()
    workshop.clock.at = datetime(2026, 11, 23, 12, 59, tzinfo=UTC)
    assert due(workshop) == ()
    workshop.clock.at = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)
    assert due(workshop) == ("B-001",)
    assert due(workshop) == ()
    assert workshop.batch("B-001").released_by == "cut-off"


def test_a_batch_released_early_takes_its_turn_now_without_those_who_left(workshop: Workshop) -> None:
    gone = workshop.mugs(4, text="gone")
    workshop.mugs(6, text="stays")
    workshop.mugs(3, inside="coral")
    workshop.plan()
    printed = timedelta(minutes=4 + 6 * 0.5 - 6)  # the first tray's transfers, less the changeover made meanwhile
    assert workshop.batch("B-001").starts_at == datetime(2026, 11, 23, 13, 0, tzinfo=UTC) + printed
    workshop.cancel(gone)
    workshop.release("B-001")
    batch = workshop.batch("B-001")
    assert (batch.starts_at, batch.run_min) == (workshop.clock.now() + printed, 12)
    workshop.release("B-002")
    second = workshop.batch("B-002")
    assert (second.starts_at, second.changeover_min) == (batch.ends_at, 6)
    assert frozen(workshop, "B-002").changeover_min == 6


def test_one_batch_that_cannot_be_released_does_not_keep_the_others(workshop: Workshop) -> None:
    gone = workshop.mugs(1)
    workshop.mugs(1, inside="coral")
    workshop.plan()
    workshop.cancel(gone)
    workshop.clock.at = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)
    with workshop.write() as session:
        answer = release_due(session, catalogue=workshop.catalogue, jobs=workshop.jobs, now=workshop.clock.now())
    assert answer.released == ("B-002",)
    assert [number for number, _ in answer.refused] == ["B-001"]


def due(workshop: Workshop) -> tuple[str, ...]:
    with workshop.write() as session:
        answer = release_due(session, catalogue=workshop.catalogue, jobs=workshop.jobs, now=workshop.clock.now())
    return answer.released


def test_the_walk_in_batch_closes_after_ten_minutes(workshop: Workshop) -> None:
    workshop.mugs(1, fulfilment="counter", promised_on=date(2026, 11, 23))
    workshop.plan()
    workshop.later(minutes=9)
    assert due(workshop) == ()
    workshop.later(minutes=1)
    assert due(workshop) == ("B-001",)


def test_pain_23_the_customers_text_is_the_same_on_order_traveller_and_ticket(workshop: Workshop) -> None:
    words = "Zoë & <Tom> “÷” 山田"
    order = workshop.mugs(1, text=words)
    workshop.plan()
    workshop.release("B-001")
    (piece,) = frozen(workshop, "B-001").pieces
    assert piece.texts == (words,)
    assert words in piece.summary
    (kept,) = workshop.ask(sa.select(col(StoredDesign.hash)))
    assert (piece.design_hash, piece.order_number) == (kept, order.number)


def test_the_package_is_written_by_a_job_and_is_the_same_when_written_again(workshop: Workshop, tmp_path: Path) -> None:
    _, number, _ = workshop.made(3)
    delivery = Delivery((tmp_path / "packages").as_uri())
    parts = WorkshopParts(workshop.database, workshop.catalogue, delivery, workshop.clock, lambda: workshop.jobs)
    export = production_handlers(parts)["export"]
    batch = workshop.batch(number)
    for _ in range(2):
        finish = export({"batch": batch.id})
        assert finish is not None
        with workshop.write() as session:
            finish(session)
        written = workshop.batch(number)
        assert (written.package, written.packaged_at) == (number, workshop.clock.now())
        first = written.package_digest
    assert workshop.batch(number).package_digest == first
    assert first is not None


def test_pain_27_a_package_asked_for_twice_is_written_once(workshop: Workshop) -> None:
    _, number, _ = workshop.made(1)
    with workshop.write() as session:
        assert not workshop.jobs.enqueue(session, "export", f"export:{number}", {})


def test_what_is_engraved_beside_a_printed_sheet_gets_a_sheet_of_its_own(workshop: Workshop) -> None:
    workshop.order((a_design(workshop.catalogue.blank("tee")), 2))
    workshop.plan()
    workshop.release("B-001")
    batch = frozen(workshop, "B-001")
    assert [(sheet.width_mm, sheet.height_mm, sheet.output) for sheet in batch.sheets] == [(224, 104, "print")] * 2
    assert [place.sheet for piece in batch.pieces for place in piece.places] == [1, 2]


def test_refusals_are_conflicts_that_say_what_to_do() -> None:
    assert issubclass(AlreadyReleased, Conflict)
    assert issubclass(NothingToRelease, Conflict)


def test_what_a_customer_ticked_goes_with_the_piece_on_the_batchs_page_and_into_its_papers(workshop: Workshop) -> None:
    workshop.mugs(1, "Zoë")
    with workshop.database.write() as session:
        session.execute(sa.update(OrderLine).values(warnings=[SMALL]))
    workshop.plan()
    (number,) = {batch.number for batch in workshop.open()}
    with workshop.database.read() as session:
        (piece,) = pieces_of(session, batch_by_number(session, number).id)
    assert (piece.warnings, piece.ordered_at) == ([SMALL], NOW)
    workshop.release(number)
    (made,) = frozen(workshop, number).pieces
    assert made.warnings == (SMALL,)
    assert datetime.fromisoformat(made.ticked) == NOW
