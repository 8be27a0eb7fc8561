"""What the scans of a blank's batches suggest for its steps, and that nothing changes until somebody presses."""

from collections.abc import Sequence

import pytest

from configurator.clock import FixedClock
from configurator.database import Database
from configurator.production.actual_store import comparison_of
from configurator.production.paces_lately import PaceHasChanged, PaceLately, TakenPace, paces_lately, take_pace
from configurator.production.premises import as_kept
from configurator.production.scans import ScanAnswer, ScanIn
from configurator.production.shop_records import Change
from configurator.production.step_scans import NoSuchStep, scan_at_step, scanned_steps
from tests.production.workshop import Workshop


@pytest.fixture
def workshop(database: Database, clock: FixedClock) -> Workshop:
    return Workshop(database, clock)


def at_step(workshop: Workshop, number: str, code: str, step: str, scan_id: str = "") -> ScanAnswer:
    told = ScanIn(scan_id or f"{step} {code}", "", code, "Deniz", "plant", number)
    with workshop.write() as session:
        return scan_at_step(session, told, step, shop=workshop.catalogue.shop, now=workshop.clock.now())


def a_batch(workshop: Workshop, pieces: int, each_min: float, odd_min: float = 0.0) -> str:
    """A batch whose pieces take so long at the press; after the first one somebody is away for odd_min."""
    _, number, codes = workshop.made(pieces)
    for code in codes:
        workshop.scan("picking", code)
    for n, code in enumerate(codes):
        workshop.later(minutes=each_min + (odd_min if n == 1 else 0))
        workshop.scan("production", code)
    return number


def lately(workshop: Workshop) -> Sequence[PaceLately]:
    catalogue, now = workshop.catalogue, workshop.clock.now()
    with workshop.database.read() as session:
        kept = as_kept(session, catalogue, now)
        return paces_lately(session, catalogue.blank("mug"), kept.shop, now)


def press(workshop: Workshop, minutes: str, revision: int = 0) -> None:
    change = Change("plant", revision, "Deniz", workshop.clock.now())
    with workshop.write() as session:
        taken = TakenPace("mug", "Press", minutes)
        take_pace(session, change, taken, catalogue=workshop.catalogue, jobs=workshop.jobs)


def run_of(workshop: Workshop) -> float:
    with workshop.database.read() as session:
        blank = as_kept(session, workshop.catalogue, workshop.clock.now()).blank("mug")
    return next(step.run_min for step in blank.operations if step.name == "Press")


def test_nothing_is_suggested_of_two_batches(workshop: Workshop) -> None:
    assert lately(workshop) == ()
    a_batch(workshop, 8, 9)
    a_batch(workshop, 8, 9)
    (press_pace,) = lately(workshop)
    assert (press_pace.step, press_pace.batches, press_pace.each_min) == ("Press", 2, 9)
    assert "too few to suggest anything" in press_pace.why


def test_batches_of_any_size_and_odd_scans_agree_on_a_pace_that_is_taken_over_by_a_press(workshop: Workshop) -> None:
    planned = run_of(workshop)
    for pieces, odd in ((6, 0.0), (2, 55.0), (8, 40.0), (1, 0.0), (5, 0.0)):
        a_batch(workshop, pieces, 9, odd)
    (found,) = lately(workshop)
    assert (found.planned_min, found.each_min, found.written, found.why) == (planned, 9, "9", "")
    assert run_of(workshop) == planned
    with pytest.raises(PaceHasChanged):
        press(workshop, "8")
    press(workshop, "9")
    assert run_of(workshop) == 9
    (after,) = lately(workshop)
    assert after.why == "about as planned"
    with pytest.raises(PaceHasChanged):
        press(workshop, "9", revision=1)


def test_batches_that_do_not_agree_suggest_nothing(workshop: Workshop) -> None:
    planned = run_of(workshop)
    for each_min in (planned * 2, planned / 2, planned * 2, planned / 2, planned * 2):
        a_batch(workshop, 6, each_min)
    (found,) = lately(workshop)
    assert "do not agree" in found.why


def test_a_step_that_pieces_are_scanned_at_is_compared_with_its_plan(workshop: Workshop) -> None:
    _, number, codes = workshop.made(6)
    names = scanned_names(workshop, number)
    first = names[0]
    for code in codes:
        workshop.later(minutes=4)
        assert at_step(workshop, number, code, first).booked
        workshop.scan("picking", code)
    for code in codes:
        workshop.scan("production", code)
    with workshop.database.read() as session:
        found = comparison_of(session, number, workshop.catalogue.shop)
        through = {step.name: step.through for step in scanned_steps(session, number)}
    assert found is not None
    printed = next(each for each in found.steps if each.step.name == first)
    assert printed.each_min == pytest.approx(4)
    assert f"Run of “{first}”" in [each.what for each in found.differences]
    assert found.planned + sum(each.each for each in found.differences) == found.actual
    assert through[first] == 6


def scanned_names(workshop: Workshop, number: str) -> list[str]:
    with workshop.database.read() as session:
        return [step.name for step in scanned_steps(session, number) if not step.leads]


def test_a_piece_is_noted_at_a_step_once_and_its_stage_stays(workshop: Workshop) -> None:
    order, number, codes = workshop.made(2)
    step = scanned_names(workshop, number)[0]
    assert at_step(workshop, number, codes[0], step).booked
    stages = workshop.stages(order)
    again = at_step(workshop, number, codes[0], step, scan_id="once more")
    assert (again.kind, "Nothing was noted again" in again.sentence) == ("already", True)
    assert at_step(workshop, number, "P-0", step).kind == "unknown"
    with pytest.raises(NoSuchStep):
        at_step(workshop, number, codes[0], "Polish")
    assert workshop.stages(order) == stages == ["released", "released"]
    other, second, _ = workshop.made(1, inside="coral")
    assert at_step(workshop, second, codes[1], step).kind == "wrong"
    assert workshop.stages(other) == ["released"]


def test_a_piece_that_lies_in_its_bin_is_past_every_step(workshop: Workshop) -> None:
    _, number, codes = workshop.made(1)
    step = scanned_names(workshop, number)[0]
    workshop.through(codes[0], "picking", "production", "check", "storage")
    refused = at_step(workshop, number, codes[0], step)
    assert refused.kind == "wrong"
    assert "in its order's bin" in refused.sentence
