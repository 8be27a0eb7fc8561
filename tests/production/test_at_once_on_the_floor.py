"""Makers at the same batch in the same moment: one move counts, nothing breaks, nothing released is touched."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest

from configurator.clock import FixedClock
from configurator.database import Database
from configurator.errors import Refusal
from configurator.production.loads import Pin
from configurator.production.moving import (
    MovedMeanwhile,
    Mover,
    NotOpen,
    hold_batch,
    pin_batch,
    pin_seen,
    unpin_batch,
)
from configurator.production.standing_still import Stop, stop
from tests.production.workshop import Workshop, two_presses_catalogue

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def workshop(database: Database, clock: FixedClock) -> Workshop:
    """Two presses, a batch of white mugs and one of coral ones."""
    found = Workshop(database, clock, two_presses_catalogue())
    found.mugs(6)
    found.mugs(6, inside="coral")
    found.plan()
    return found


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """All in the same moment; what each came to: its answer, or the refusal that it met."""
    barrier = Barrier(len(deeds))

    def one(deed: Callable[[], object]) -> object:
        barrier.wait()
        try:
            return deed()
        except Refusal as refusal:
            return refusal

    with ThreadPoolExecutor(len(deeds)) as pool:
        return [answer.result() for answer in [pool.submit(one, deed) for deed in deeds]]


def move(workshop: Workshop, who: str, machine: int, hours: int, seen: str | None = "") -> Callable[[], object]:
    def deed() -> object:
        told = Mover(who, workshop.catalogue, workshop.jobs, NOW, seen)
        with workshop.database.write() as session:
            return pin_batch(session, "B-001", Pin(machine, NOW + timedelta(hours=hours)), told).pinned_machine

    return deed


def test_of_two_makers_who_move_the_same_batch_the_second_is_told_what_the_first_did(workshop: Workshop) -> None:
    answers = at_once(move(workshop, "Ada", 1, 3), move(workshop, "Ben", 2, 5))
    (refused,) = [answer for answer in answers if isinstance(answer, MovedMeanwhile)]
    (kept,) = [answer for answer in answers if not isinstance(answer, Refusal)]
    batch = workshop.batch("B-001")
    assert batch.pinned_machine == kept
    winner = "Ada" if kept == 1 else "Ben"
    assert f"{winner} put B-001 on Press {kept}" in refused.sentence
    seen = pin_seen(batch.pinned_machine, batch.pinned_at)
    assert at_once(move(workshop, "Cem", 2, 26, seen)) == [2]
    with workshop.database.write() as session, pytest.raises(MovedMeanwhile, match="Cem put B-001"):
        unpin_batch(session, "B-001", Mover("Dora", workshop.catalogue, workshop.jobs, NOW, seen))


def test_releasing_moving_holding_planning_and_a_breakdown_in_one_moment_leave_one_truth(workshop: Workshop) -> None:
    def breaks() -> object:
        broken = Stop("plant", "press", 1, NOW, NOW + timedelta(hours=4), "belt torn", "Ben")
        with workshop.database.write() as session:
            return stop(session, broken, shop=workshop.catalogue.shop, jobs=workshop.jobs, now=NOW).id

    def holds() -> object:
        with workshop.database.write() as session:
            return hold_batch(session, "B-002", "film", Mover("Cem", workshop.catalogue, workshop.jobs, NOW)).id

    def releases() -> object:
        return workshop.release("B-001").number

    before = workshop.pieces("B-001")
    answers = at_once(releases, move(workshop, "Ada", 2, 5, None), breaks, holds, workshop.plan, workshop.plan)
    assert answers[0] == "B-001"
    assert answers[1] == 2 or isinstance(answers[1], NotOpen)
    assert not any(isinstance(answer, Refusal) for answer in answers[2:])
    workshop.plan()
    released, held = workshop.batch("B-001"), workshop.batch("B-002")
    assert (released.status, workshop.pieces("B-001")) == ("released", before)
    assert (held.status, held.held) == ("open", "film (Cem)")
    assert held.starts_at
    assert held.machine == 2 or held.starts_at >= NOW + timedelta(hours=4)
