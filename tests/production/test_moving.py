"""Moving and holding batches: what it costs is known before, what is pinned stays, what is held does not close."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session

from configurator.clock import FixedClock
from configurator.database import Database
from configurator.production.change_store import changes_of
from configurator.production.loads import Pin
from configurator.production.moving import (
    MoveCost,
    Mover,
    NoReason,
    NoSuchMachine,
    NotOpen,
    cost_of_move,
    hold_batch,
    let_batch_go,
    pin_batch,
    unpin_batch,
)
from configurator.production.releasing import release_due
from tests.production.workshop import Workshop, two_presses_catalogue

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def two_presses(database: Database, clock: FixedClock) -> Workshop:
    """A workshop whose plant has two presses, with a batch of white mugs and one of coral ones."""
    workshop = Workshop(database, clock, two_presses_catalogue())
    workshop.mugs(6)
    workshop.mugs(6, inside="coral")
    workshop.plan()
    return workshop


def mover(workshop: Workshop) -> Mover:
    return Mover("Deniz", workshop.catalogue, workshop.jobs, workshop.clock.now())


def cost(workshop: Workshop, number: str, pin: Pin | None) -> MoveCost:
    with workshop.database.read() as session:
        return cost_of_move(session, number, pin, workshop.catalogue, workshop.clock.now())


def do(workshop: Workshop, deed: object, *told: object) -> None:
    with workshop.write() as session:
        deed(session, *told, mover(workshop))  # type: ignore[operator]  # one of the deeds of moving
    workshop.plan()


def release_what_is_due(workshop: Workshop) -> Sequence[str]:
    def due(session: Session) -> Sequence[str]:
        now = workshop.clock.now()
        return release_due(session, catalogue=workshop.catalogue, jobs=workshop.jobs, now=now).released

    with workshop.write() as session:
        return due(session)


def test_what_a_move_costs_is_what_the_plan_then_comes_to(two_presses: Workshop) -> None:
    pin = Pin(2, NOW + timedelta(hours=26))
    told = cost(two_presses, "B-001", pin)
    do(two_presses, pin_batch, "B-001", pin)
    after = two_presses.batch("B-001")
    assert (after.machine, after.starts_at, after.ends_at) == (
        told.after.turn.machine,
        told.after.turn.starts_at,
        told.after.turn.ends_at,
    )
    assert told.after.changeover_min == sum(batch.changeover_min for batch in two_presses.open())
    assert cost(two_presses, "B-001", pin).changeover_min == 0


def test_asking_what_it_costs_changes_nothing(two_presses: Workshop) -> None:
    before = two_presses.open()
    cost(two_presses, "B-001", Pin(2, NOW + timedelta(days=3)))
    two_presses.plan()
    assert two_presses.open() == before


def test_a_move_that_makes_pieces_late_says_how_many(two_presses: Workshop) -> None:
    told = cost(two_presses, "B-001", Pin(1, NOW + timedelta(days=7)))
    assert (told.before.late, told.after.late, told.late) == (0, 6, 6)


def test_a_pinned_batch_stays_through_every_plan_until_it_is_let_loose(two_presses: Workshop) -> None:
    before = two_presses.batch("B-001")
    do(two_presses, pin_batch, "B-001", Pin(2, NOW + timedelta(hours=25)))
    pinned = two_presses.batch("B-001")
    two_presses.mugs(4, inside="coral")
    two_presses.mugs(1, text="now", fulfilment="counter", facility="plant")
    two_presses.later(minutes=5)
    two_presses.plan()
    again = two_presses.batch("B-001")
    assert (again.machine, again.starts_at) == (pinned.machine, pinned.starts_at) == (2, NOW + timedelta(hours=25))
    do(two_presses, unpin_batch, "B-001")
    loose = two_presses.batch("B-001")
    assert loose.starts_at is not None
    assert before.starts_at is not None
    assert abs(loose.starts_at - before.starts_at) < timedelta(minutes=5)


def test_the_log_says_who_moved_it_where(two_presses: Workshop) -> None:
    do(two_presses, pin_batch, "B-001", Pin(2, NOW + timedelta(hours=25)))
    with two_presses.database.read() as session:
        latest = changes_of(session, "B-001")[0]
    assert (latest.what, latest.why) == (
        "moved to Tuesday, 11:00, Press 2",
        "Deniz put B-001 on Press 2, Tuesday, 11:00",
    )


def test_a_pinned_batch_is_released_to_its_machine(two_presses: Workshop) -> None:
    do(two_presses, pin_batch, "B-001", Pin(2, NOW))
    two_presses.release("B-001")
    assert two_presses.batch("B-001").machine == 2


def test_a_batch_cannot_be_pinned_to_a_machine_that_is_not_there(two_presses: Workshop) -> None:
    with pytest.raises(NoSuchMachine, match="from 1 to 2"):
        do(two_presses, pin_batch, "B-001", Pin(3, NOW))


def test_a_released_batch_is_neither_moved_nor_held(two_presses: Workshop) -> None:
    two_presses.release("B-001")
    for deed, told in ((pin_batch, (Pin(1, NOW),)), (unpin_batch, ()), (hold_batch, ("why",)), (let_batch_go, ())):
        with pytest.raises(NotOpen, match="B-001 is not open any more"):
            do(two_presses, deed, "B-001", *told)
    with pytest.raises(NotOpen):
        cost(two_presses, "B-001", None)


def test_a_held_batch_fills_past_its_cut_off_until_it_is_let_go(two_presses: Workshop) -> None:
    with pytest.raises(NoReason):
        do(two_presses, hold_batch, "B-001", " ")
    do(two_presses, hold_batch, "B-001", "the film comes at 15:00")
    two_presses.later(hours=5)
    assert release_what_is_due(two_presses) == ("B-002",)
    two_presses.mugs(2)
    two_presses.plan()
    assert two_presses.batch("B-001").pieces == 8
    do(two_presses, let_batch_go, "B-001")
    assert release_what_is_due(two_presses) == ("B-001",)
