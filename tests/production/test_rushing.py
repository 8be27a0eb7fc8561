"""A rush order says whom it delays before it is taken; that is kept; nobody's promise breaks unseen."""

from datetime import UTC, datetime, timedelta

import pytest

from configurator.designs.pricing import operations
from configurator.production.premises import Premises
from configurator.production.promise import Promises
from configurator.production.routing import route
from configurator.production.rush_notes import (
    BreaksPromises,
    Hurrier,
    NothingWaits,
    Rushes,
    hurry,
    rushes_since,
    told_of,
)
from configurator.production.rushing import RushTold
from configurator.production.wishes import Wish
from tests.builders import a_design
from tests.production.workshop import Workshop, a_sheet_mug, set_due

MUG = route(a_design(a_sheet_mug(), inside="coral"), a_sheet_mug())


@pytest.fixture
def afternoon(workshop: Workshop) -> Workshop:
    """Monday five to two in Bremen, just before the cut-off."""
    workshop.clock.at = datetime(2026, 11, 23, 12, 55, tzinfo=UTC)
    return workshop


def told(workshop: Workshop, pieces: int, facility: str = "plant") -> RushTold:
    return Rushes(workshop.catalogue, workshop.database).told(facility, MUG, pieces, workshop.clock.now())


def hurrier(workshop: Workshop, reason: str = "") -> Hurrier:
    return Hurrier("Deniz", reason, workshop.catalogue, workshop.jobs, workshop.clock.now())


def test_where_nothing_waits_a_rush_order_delays_nobody(afternoon: Workshop) -> None:
    assert told(afternoon, 3).delays == ()
    # It closes after ten minutes, so that neighbours at the counter may share it.
    assert told(afternoon, 3).ready_at == afternoon.clock.now() + timedelta(minutes=10 + 6 + 3 * 2)


def test_a_rush_order_names_every_order_that_is_made_later_with_both_times(afternoon: Workshop) -> None:
    waits, elsewhere = afternoon.mugs(4), afternoon.mugs(2, fulfilment="pickup", facility="store")
    afternoon.plan()
    (delay,) = told(afternoon, 20).delays
    assert (delay.order, delay.pieces, delay.breaks) == (waits.number, 4, False)
    assert delay.becomes > delay.was == max(batch.done_at for batch in afternoon.open() if batch.facility == "plant")
    afternoon.order((a_design(a_sheet_mug(), "now", inside="coral"), 20), fulfilment="counter", facility="plant")
    afternoon.plan()
    (moved,) = [batch for batch in afternoon.open() if afternoon.codes(waits)[0] in afternoon.pieces(batch.number)]
    assert moved.done_at == delay.becomes, "what was told is what the plan does"
    assert elsewhere.number != delay.order


def test_a_promise_that_breaks_needs_a_reason_and_what_was_told_is_kept(afternoon: Workshop) -> None:
    first, late = afternoon.mugs(2), afternoon.mugs(20, inside="coral", text="later")
    with afternoon.write() as session:
        due = afternoon.clock.now() + timedelta(minutes=45)
        set_due(session, first, due)
        set_due(session, late, due + timedelta(days=3))
    afternoon.plan()
    now = afternoon.clock.now()
    with afternoon.database.read() as session:
        seen = told_of(session, late.number, afternoon.catalogue, now)
    assert [(delay.order, delay.breaks) for delay in seen.delays] == [(first.number, True)]
    with pytest.raises(BreaksPromises, match=first.number), afternoon.write() as session:
        hurry(session, late.number, hurrier(afternoon))
    with afternoon.write() as session:
        hurry(session, late.number, hurrier(afternoon, "the fair opens tonight"))
    with afternoon.database.read() as session:
        (note,) = rushes_since(session, "plant", now - timedelta(hours=1))
    assert (note.order, note.delays, note.reason, note.who) == (
        late.number,
        seen.delays,
        "the fair opens tonight",
        "Deniz",
    )
    afternoon.plan()
    assert afternoon.open()[0].rush
    assert afternoon.pieces(afternoon.open()[0].number) == afternoon.codes(late)


def test_what_is_being_made_cannot_be_hurried(afternoon: Workshop) -> None:
    order, _, _ = afternoon.made(2)
    with pytest.raises(NothingWaits), afternoon.write() as session:
        hurry(session, order.number, hurrier(afternoon))


def test_the_shop_offers_to_make_it_at_once_only_where_everybody_can_wait_that_long(afternoon: Workshop) -> None:
    order = afternoon.mugs(4)
    promises = Promises(Premises(afternoon.catalogue, afternoon.database), afternoon.database)
    steps = operations(a_design(a_sheet_mug()), a_sheet_mug())
    few, many = (Wish(steps, count, "counter", "plant") for count in (1, 60))
    assert promises.harmless(many, "plant", afternoon.clock.now()), "nothing is planned there yet"
    afternoon.plan()
    (batch,) = afternoon.open()
    assert batch.done_at is not None
    with afternoon.write() as session:
        set_due(session, order, batch.done_at + timedelta(minutes=60))
    afternoon.plan()
    afternoon.later(seconds=30)
    assert promises.harmless(few, "plant", afternoon.clock.now())
    assert not promises.harmless(many, "plant", afternoon.clock.now())
    assert promises.harmless(many, "store", afternoon.clock.now())
