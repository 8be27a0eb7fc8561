"""Promises: dates from the real backlog, opening hours and cut-offs; a promise that is made can be kept."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import col

from configurator.blanks.blank import Operation
from configurator.blanks.calendar import Shift
from configurator.blanks.shop import Shop
from configurator.orders.due import Handover, due_at
from configurator.production.ahead import Ahead
from configurator.production.hours import Hours
from configurator.production.premises import Premises
from configurator.production.promise import FRESH, Promise, Promises, promised
from configurator.production.rows import BatchStep
from configurator.production.wishes import Wish
from configurator.stock.shelf import Delivery, Shelf
from tests.builders import a_facility, a_mug, a_shop
from tests.production.workshop import Workshop

SHOP = a_shop()
MUG = a_mug().operations[:2]
GILDED = a_mug().operations
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def promise(wish: Wish, now: datetime = MONDAY, backlog: Mapping[tuple[str, str], float] | None = None) -> Promise:
    answer = promised(wish, backlog or {}, SHOP, now)
    assert answer is not None
    return answer


def test_a_parcel_ordered_before_the_cut_off_arrives_the_day_after() -> None:
    answer = promise(Wish(MUG, 1, "ship", None))
    assert (answer.on, answer.order_within) == (date(2026, 11, 24), timedelta(hours=4))
    assert answer.facility == "plant"


def test_pain_17_production_time_is_part_of_the_promise() -> None:
    few, many = promise(Wish(MUG, 1, "ship", None)), promise(Wish(MUG, 400, "ship", None))
    assert few.on < many.on


def test_after_the_cut_off_it_is_made_the_next_workday() -> None:
    answer = promise(Wish(MUG, 1, "ship", None), MONDAY.replace(hour=13))
    assert answer.on == date(2026, 11, 25)
    assert answer.order_within == timedelta(hours=24)
    friday = promise(Wish(MUG, 1, "pickup", "plant"), datetime(2026, 11, 27, 15, 0, tzinfo=UTC))
    assert friday.on == date(2026, 11, 30)


def test_what_others_have_ordered_comes_first() -> None:
    free, busy = (
        promise(Wish(MUG, 1, "pickup", "plant"), backlog={("plant", "press"): minutes}) for minutes in (0.0, 3000.0)
    )
    assert busy.on > free.on
    other = promise(Wish(MUG, 1, "pickup", "plant"), backlog={("plant", "bench"): 3000.0})
    assert other == free


def test_at_the_counter_it_is_made_at_once() -> None:
    answer = promise(Wish(MUG, 1, "counter", "store"), backlog={("store", "press"): 3000.0})
    assert answer.facility == "store"
    assert answer.ready_at == MONDAY + timedelta(minutes=4 + 0.5 + 6 + 2 + 5)
    assert answer.order_within == timedelta(hours=8)


def test_what_the_store_cannot_make_comes_from_the_plant_and_travels() -> None:
    near, far = promise(Wish(MUG, 1, "pickup", "store")), promise(Wish(GILDED, 1, "pickup", "store"))
    assert (near.facility, far.facility) == ("store", "plant")
    assert far.on > near.on


def test_a_store_far_from_the_plant_is_promised_a_later_day_than_one_nearby() -> None:
    store, wish = a_facility("store", centres=("bench",)), Wish(MUG, 1, "pickup", "store")
    days = {}
    for under_way in (0, 1, 3):
        plant = a_facility("plant", kind="plant", days_to={"store": under_way})
        answer = promised(wish, {}, a_shop(facilities=(plant, store)), MONDAY)
        assert answer is not None
        days[under_way] = answer.on
    assert days[0] == MONDAY.date()
    assert (days[1] - days[0], days[3] - days[0]) == (timedelta(days=1), timedelta(days=3))


def test_who_has_no_blanks_left_promises_nothing_and_the_next_one_does() -> None:
    wish = Wish(MUG, 2, "pickup", "store", {"mug": 1})
    near, far = (
        promised(wish, {}, SHOP, MONDAY, ahead=Ahead(Shelf({("store", "mug"): left, ("plant", "mug"): 50})))
        for left in (2, 1)
    )
    assert near is not None
    assert far is not None
    assert (near.facility, far.facility) == ("store", "plant")
    assert far.on > near.on


def test_nobody_promises_what_nobody_can_make() -> None:
    assert promised(Wish((Operation("Cast", "foundry", "bronze", 0, 1),), 1, "ship", None), {}, SHOP, MONDAY) is None


LATE_SHIFT = a_facility("plant", kind="plant", shifts=(Shift((0, 1, 2, 3, 4), time(6), time(22)),))
BEHIND_DOORS = a_facility("store", shifts=(Shift((0, 1, 2, 3, 4, 5), time(5), time(22)),), opens=time(10))
SHIFTS = a_shop(facilities=(LATE_SHIFT, BEHIND_DOORS))


@given(st.integers(0, 60 * 24 * 14), st.integers(1, 300), st.sampled_from(["ship", "pickup"]))
def test_pieces_are_due_no_sooner_than_they_are_promised_to_be_ready(minute: int, pieces: int, way: str) -> None:
    now, wish = MONDAY + timedelta(minutes=minute), Wish(MUG, pieces, way, None if way == "ship" else "store")
    answer = promised(wish, {}, SHIFTS, now)
    assert answer is not None
    maker = SHIFTS.facility(answer.facility)
    days = Handover(way, wish.facility or "").days_from(maker, SHIFTS)
    assert answer.ready_at <= due_at(answer.on, maker, travel_days=days)
    assert way == "ship" or BEHIND_DOORS.is_open_on(answer.on)


@given(st.integers(0, 60 * 24 * 14), st.integers(1, 100))
def test_whoever_waits_is_handed_it_while_the_doors_are_open(minute: int, pieces: int) -> None:
    now, doors = MONDAY + timedelta(minutes=minute), Hours.doors(BEHIND_DOORS)
    answer = promised(Wish(MUG, pieces, "counter", "store"), {}, SHIFTS, now)
    assert answer is not None
    window = doors.day_of(answer.on)
    assert window is not None
    assert window.opens <= answer.ready_at <= window.closes
    assert answer.order_within > timedelta(0)


def together(wishes: Sequence[Wish], shop: Shop = SHOP) -> list[Promise]:
    """The promises of an order's lines."""
    ahead = Ahead()
    found = [promised(wish, {}, shop, MONDAY, ahead=ahead) for wish in wishes]
    return [each for each in found if each]


CORAL = tuple(replace(step, family="mug-coral") if step.leads else step for step in MUG)
MANY, OTHERS = Wish(MUG, 200, "ship", None), Wish(CORAL, 200, "ship", None)


def test_two_long_lines_of_one_order_are_made_one_after_the_other() -> None:
    first, second = together([MANY, OTHERS])
    assert first == promise(MANY)
    assert promise(OTHERS).on == first.on, "each alone would be made on the first day"
    assert second.on > first.on
    assert second.ready_at > first.ready_at
    assert Hours.of(a_facility("plant")).minutes_between(first.ready_at, second.ready_at) >= 200 * 2


def test_two_lines_of_a_kind_are_promised_no_later_than_one_of_all_their_pieces() -> None:
    halves, whole = together([Wish(MUG, 60, "ship", None)] * 2), promise(Wish(MUG, 120, "ship", None))
    assert halves[0].ready_at < halves[1].ready_at <= whole.ready_at
    assert halves[1].on == whole.on


def test_two_lines_on_two_presses_are_made_beside_each_other() -> None:
    plant = a_facility("plant", kind="plant")
    two = replace(plant, centres={key: replace(each, count=2) for key, each in plant.centres.items()})
    beside, third = a_shop(facilities=(two,)), tuple(replace(s, family=s.family + "-3") for s in MUG)
    first, second, last = together([MANY, OTHERS, Wish(third, 200, "ship", None)], beside)
    assert second.ready_at - first.ready_at < timedelta(hours=3), "only the paper is printed in one run"
    assert last.on > second.on


@given(st.lists(st.tuples(st.sampled_from([MUG, CORAL, GILDED]), st.integers(1, 150)), min_size=1, max_size=8))
def test_a_line_is_never_promised_sooner_for_being_ordered_with_others(lines: list[tuple[Any, int]]) -> None:
    wishes = [Wish(steps, pieces, "ship", None) for steps, pieces in lines]
    for wish, answer in zip(wishes, together(wishes), strict=True):
        setup = timedelta(minutes=sum(step.setup_min for step in wish.operations))
        assert answer.on >= promise(wish).on or answer.ready_at >= promise(wish).ready_at - setup
    assert together(wishes[:1]) == [promise(wishes[0])]


def test_lines_out_of_one_delivery_wait_once_for_those_it_was_promised_to_before() -> None:
    friday = date(2026, 11, 27)
    wish = Wish(MUG, 10, "ship", None, {"mug": 1})
    ahead = Ahead(Shelf({}, {("plant", "mug"): [Delivery(1, friday, 50, promised=30)]}))
    found = [promised(wish, {}, SHOP, MONDAY, ahead=ahead) for _ in range(2)]
    alone = Ahead(Shelf({}, {("plant", "mug"): [Delivery(1, friday, 50, promised=30)]}))
    both = promised(replace(wish, quantity=20), {}, SHOP, MONDAY, ahead=alone)
    assert found[0] is not None
    assert found[1] is not None
    assert both is not None
    assert found[0].ready_at < found[1].ready_at <= both.ready_at


@settings(deadline=None)
@given(
    st.integers(0, 60 * 24 * 300),
    st.integers(1, 500),
    st.sampled_from(["ship", "pickup", "counter"]),
    st.floats(0, 5000),
)
def test_pain_25_a_promise_lies_in_working_time_and_is_never_past(
    minute: int, quantity: int, fulfilment: str, backlog: float
) -> None:
    now = MONDAY + timedelta(minutes=minute)
    answer = promise(Wish(MUG, quantity, fulfilment, "store"), now, {("store", "press"): backlog})
    hours = Hours.of(a_facility("store"))
    assert answer.ready_at > now
    assert answer.order_within > timedelta(0)
    assert answer.on >= hours.local(answer.ready_at).date()
    assert hours.works_on(hours.local(answer.ready_at).date())
    assert time(7) <= hours.local(answer.ready_at).time() <= time(18)


def test_the_snapshot_is_read_anew_after_a_while(workshop: Workshop) -> None:
    promises = Promises(Premises(workshop.catalogue, workshop.database), workshop.database)
    now = workshop.clock.now()
    before = promises.promise(Wish(MUG, 1, "ship", None), now)
    workshop.mugs(100)
    workshop.mugs(100, inside="coral")
    workshop.plan()
    assert promises.promise(Wish(MUG, 1, "ship", None), now) == before
    after = promises.promise(Wish(MUG, 1, "ship", None), now + FRESH)
    assert before is not None
    assert after is not None
    assert after.ready_at > before.ready_at
    assert promises.snapshot(now + FRESH)["plant", "press"] == 2 * (6 + 100 * 2)


def test_the_other_steps_of_open_batches_are_waited_for_too(workshop: Workshop) -> None:
    workshop.mugs(40)
    workshop.plan()
    now = workshop.clock.now()
    waiting = Promises(Premises(workshop.catalogue, workshop.database), workshop.database).snapshot(now)
    printing = workshop.ask(sa.select(col(BatchStep.changeover_min)).where(col(BatchStep.work_centre) == "printer"))
    assert waiting["plant", "printer"] == pytest.approx(sum(printing) + 40 * 0.5)
    prints = Wish((replace(MUG[0], leads=True),), 1, "ship", None)
    free, busy = promised(prints, {}, SHOP, now), promised(prints, waiting, SHOP, now)
    assert free is not None
    assert busy is not None
    assert busy.ready_at - free.ready_at == timedelta(minutes=waiting["plant", "printer"])


def test_promises_given_one_after_the_other_can_all_be_kept(workshop: Workshop) -> None:
    for n in range(12):
        promises = Promises(Premises(workshop.catalogue, workshop.database), workshop.database)
        blank = workshop.catalogue.blank("mug")
        answer = promises.promise(Wish(blank.operations[:2], 50, "ship", None), workshop.clock.now())
        assert answer is not None
        workshop.mugs(50, text=f"{n}", inside=("white", "coral")[n % 2], promised_on=answer.on)
        report = workshop.plan()
    assert report.pieces == 600
    assert report.late == 0
    assert replace(report, late=1) != report
