"""What a batch really cost: the scans' times, rejects and sheets explain every cent between plan and outcome."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from configurator.production.actual_costs import BatchPlan, Happened, PlannedStep, compared, pace
from configurator.production.actual_store import (
    NoAmount,
    NotMadeYet,
    WrittenDown,
    comparison_of,
    families_lately,
    real_batches,
    usual_pieces,
    write_down,
)
from configurator.production.hours import Hours
from configurator.production.steps_lately import steps_lately
from tests.builders import a_facility
from tests.production.workshop import Workshop

HOURS = Hours.of(a_facility("plant"))
NINE = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
PLAN = BatchPlan(
    pieces=10,
    setup_min=6,
    run_min=20,
    setup_cost=240,
    run_cost=800,
    sheets=1,
    sheet_price=90,
    hour=Decimal(2400),
    blank=Decimal(100),
)


def scans(*minutes: float) -> tuple[datetime, ...]:
    return tuple(NINE + timedelta(minutes=minute) for minute in minutes)


def even(pace_min: float = 2.0, pieces: int = 10) -> tuple[datetime, ...]:
    return scans(*(8 + n * pace_min for n in range(pieces)))


def test_a_batch_that_went_as_planned_has_nothing_to_explain() -> None:
    found = compared(PLAN, Happened(even(), NINE, ()), HOURS)
    assert (found.planned, found.actual, found.differences) == (213, 213, ())


def test_what_nobody_measured_is_said_to_be_the_plan() -> None:
    plan = replace(PLAN, lead="Print", others=("Cut out", "Fit the ring"))
    unseen = compared(plan, Happened((), None, ()), HOURS)
    assert (unseen.actual, unseen.measured) == (unseen.planned, False)
    told = {source.what: source.how for source in unseen.sources}
    assert list(told) == ["Changeover of “Print”", "Run of “Print”", "Cut out and Fit the ring", "Sheets"]
    assert told["Run of “Print”"] == "no piece was scanned at production"
    one_go = compared(plan, Happened(scans(*(8 + n / 60 for n in range(10))), NINE, ()), HOURS)
    assert "all 10 pieces were scanned in one go" in one_go.sources[1].how
    seen = compared(plan, Happened(even(), NINE, (), sheets=2), HOURS)
    assert [source.measured for source in seen.sources] == [True, True, False, True]
    assert seen.sources[1].how == "from 10 scans at production"
    written = compared(plan, Happened((), None, (), setup_min=9), HOURS)
    assert (written.measured, written.sources[0].how) == (True, "as somebody wrote it down")


def test_a_long_changeover_slow_work_and_a_pause_are_told_apart() -> None:
    made = scans(*(15 + n * 3 for n in range(5)), *(40 + 15 + n * 3 for n in range(5)))
    found = pace(Happened(made, NINE, ()), HOURS, 2)
    assert found.setup_min == 12
    assert found.stood_min == 28 - 9
    assert found.run_min == 8 * 3 + 9 + 3
    told = compared(PLAN, Happened(made, NINE, ()), HOURS)
    assert [difference.what for difference in told.differences] == ["Changeover", "Run", "Stood still"]
    assert told.differences[0].actual == "12.0 min"
    assert told.actual > told.planned


def test_rejected_pieces_make_the_good_ones_dearer() -> None:
    found = compared(PLAN, Happened(even(), NINE, ("smudged", "smudged")), HOURS)
    assert found.good == 8
    assert found.actual == round(Decimal(2130) / 8)
    assert (found.differences[-1].what, found.differences[-1].actual) == ("Rejected", "2 × smudged")


def test_what_somebody_wrote_down_counts_before_what_the_scans_say() -> None:
    found = compared(PLAN, Happened(even(), NINE, (), sheets=3, setup_min=9), HOURS)
    assert [(each.what, each.planned, each.actual) for each in found.differences] == [
        ("Changeover", "6.0 min", "9.0 min"),
        ("Sheets", "1", "3"),
    ]
    assert found.actual - found.planned == 12 + 18


def test_the_differences_add_up_to_the_cent() -> None:
    happened = Happened(even(2.37), NINE, ("bent",) * 3, sheets=4, setup_min=7.7)
    found = compared(PLAN, happened, HOURS)
    assert found.planned + sum(each.each for each in found.differences) == found.actual


def test_a_night_between_two_pieces_is_no_working_time() -> None:
    evening, morning = datetime(2026, 11, 24, 16, 56, tzinfo=UTC), datetime(2026, 11, 25, 6, 1, tzinfo=UTC)
    made = (evening, evening + timedelta(minutes=2), morning, morning + timedelta(minutes=2))
    found = pace(Happened(made, None, ()), HOURS, 2)
    assert found.stood_min == 0
    assert found.setup_min is None


def test_pieces_that_were_all_scanned_in_one_go_say_nothing_about_the_time() -> None:
    made = tuple(NINE + timedelta(seconds=3 * n) for n in range(10))
    assert compared(PLAN, Happened(made, NINE - timedelta(hours=1), ()), HOURS).differences == ()


def test_one_scan_alone_says_nothing_about_the_time() -> None:
    assert compared(PLAN, Happened(scans(9), NINE, ()), HOURS).differences == ()


def test_a_done_batch_is_compared_with_its_plan(workshop: Workshop) -> None:
    _, number, codes = workshop.made(4)
    shop = workshop.catalogue.shop
    with workshop.database.read() as session:
        assert comparison_of(session, number, shop) is None
    for code in codes:
        workshop.scan("picking", code)
    workshop.later(minutes=20)
    for code in codes:
        workshop.scan("production", code)
        workshop.later(minutes=3)
    workshop.scan("check", codes[0], verdict="reject", defect="smudged")
    with workshop.database.read() as session:
        found = comparison_of(session, number, shop)
    assert found is not None
    assert found.good == 3
    assert [each.what for each in found.differences] == ["Changeover", "Run", "Rejected"]
    assert found.differences[0].actual == "17.0 min"


def test_the_sheets_that_somebody_counted_are_kept(workshop: Workshop) -> None:
    _, number, codes = workshop.made(2)
    with pytest.raises(NotMadeYet), workshop.write() as session:
        write_down(session, number, WrittenDown(2))
    for code in codes:
        workshop.through(code, "picking", "production")
    with pytest.raises(NoAmount), workshop.write() as session:
        write_down(session, number, WrittenDown(-1))
    with workshop.write() as session:
        write_down(session, number, WrittenDown(2, 9.5))
    with workshop.database.read() as session:
        found = comparison_of(session, number, workshop.catalogue.shop)
    assert found is not None
    assert {each.what: each.actual for each in found.differences}.items() >= {
        "Changeover": "9.5 min",
        "Sheets": "2",
    }.items()


STEPS = (
    PlannedStep("Print", 4, 8, 10, Decimal(1800)),
    PlannedStep("Press", 6, 20, 10, Decimal(2400), leads=True),
    PlannedStep("Engrave", 3, 6, 4, Decimal(3600)),
)
ROUTED = replace(PLAN, steps=STEPS, lead="Press", others=("Print", "Engrave"))


def test_what_was_written_down_of_every_step_explains_its_part_to_the_cent() -> None:
    told = {"Print": (5.0, 12.0), "Press": (None, 26.0), "Engrave": (None, 4.0)}
    found = compared(ROUTED, Happened(even(), NINE, (), setup_min=6.0, steps=told), HOURS)
    assert [each.what for each in found.differences] == [
        "Run",
        "Changeover of “Print”",
        "Run of “Print”",
        "Run of “Engrave”",
    ]
    assert found.planned + sum(each.each for each in found.differences) == found.actual
    printed, pressed, engraved = found.steps
    assert (printed.more, pressed.more, engraved.more) == (30 + 120, 240, -120)
    assert (printed.each_min, engraved.each_min) == (1.2, 1.0)
    assert all(source.measured for source in found.sources if source.what != "Sheets")


def test_a_step_that_nobody_wrote_down_is_not_told_and_costs_as_planned() -> None:
    found = compared(ROUTED, Happened(even(), NINE, (), setup_min=6.0, steps={"Print": (4.0, None)}), HOURS)
    assert found.differences == ()
    assert [each.known for each in found.steps] == [True, True, False]
    assert found.steps[2].more == 0
    assert ("Engrave", False) in [(source.what, source.measured) for source in found.sources]


def test_a_released_batch_knows_how_many_pieces_need_a_step(workshop: Workshop) -> None:
    _, number, codes = workshop.made(4)
    for code in codes:
        workshop.through(code, "picking", "production")
    with workshop.write() as session:
        write_down(session, number, WrittenDown(steps={"Press": (None, 16.0)}))
    with workshop.database.read() as session:
        found = comparison_of(session, number, workshop.catalogue.shop)
    assert found is not None
    assert [each.step.pieces for each in found.steps if each.step.leads] == [4]
    assert [each.run_min for each in found.steps if each.step.leads] == [16.0]


def test_a_blank_tells_what_its_steps_took_lately_beside_what_was_planned(workshop: Workshop) -> None:
    for pieces, took in ((4, 16.0), (2, 10.0)):
        _, number, codes = workshop.made(pieces)
        for code in codes:
            workshop.through(code, "picking", "production")
        with workshop.write() as session:
            write_down(session, number, WrittenDown(steps={"Press": (None, took)}))
    with workshop.database.read() as session:
        since = workshop.clock.now() - timedelta(days=1)
        (press,) = steps_lately(session, "mug", workshop.catalogue.shop, ("plant", since))
    assert (press.name, press.batches, press.last) == ("Press", 2, number)
    assert press.run is not None
    assert press.run[1] == pytest.approx(26 / 6)


def test_families_say_what_their_batches_came_to(workshop: Workshop) -> None:
    workshop.made(4)
    workshop.made(6)
    workshop.made(2, inside="coral")
    with workshop.database.read() as session:
        white, coral = families_lately(session, "plant", "mug", workshop.clock.now() - timedelta(days=1))
    assert (white.family, white.batches, white.pieces) == ("mug-white", 2, 10)
    assert (coral.family, coral.batches, coral.pieces) == ("mug-coral", 1, 2)
    assert white.each < coral.each


def test_a_usual_batch_is_the_mean_of_those_lately_released(workshop: Workshop) -> None:
    since = workshop.clock.now() - timedelta(days=1)
    with workshop.database.read() as session:
        assert usual_pieces(session, "plant", "mug", since) is None
    workshop.made(4)
    workshop.made(7, inside="coral")
    with workshop.database.read() as session:
        assert usual_pieces(session, "plant", "mug", since) == 6
        assert usual_pieces(session, "store", "mug", since) is None


def test_real_batches_say_what_their_own_designs_came_to(workshop: Workshop) -> None:
    shop, place = workshop.catalogue.shop, ("plant", workshop.clock.now() - timedelta(days=1))
    _, number, _ = workshop.made(2)
    _, fuller, _ = workshop.made(8, inside="coral")
    with workshop.database.read() as session:
        found = {each.number: each for each in real_batches(session, "mug", shop, place)}
        assert real_batches(session, "mug", shop, ("store", place[1])) == ()
    assert {name: each.pieces for name, each in found.items()} == {number: 2, fuller: 8}
    for name, pieces, inside in ((number, 2, "white"), (fuller, 8, "coral")):
        row = workshop.batch(name)
        made = Decimal(row.setup_cost + row.run_cost + row.sheets * row.sheet_price) / pieces
        assert found[name].each - made >= shop.components[f"mug-{inside}"].cost > 0
    assert found[fuller].each < found[number].each
