"""Orders of several kinds finish closer together where the maker says what that is worth, and nobody gets late."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from configurator.blanks.catalogue import Catalogue
from configurator.blanks.shop import Shop, WorkCentre
from configurator.clock import FixedClock
from configurator.database import Database
from configurator.production.batching import Group
from configurator.production.company_store import company_of, waits_at
from configurator.production.finishing_together import SPARE, together
from configurator.production.hall import Stand
from configurator.production.loads import Begun, Load, LoadPiece, MachineState
from configurator.production.planning import plan
from configurator.production.scheduling import Waiting, clocked, queued
from configurator.production.turns import Place, Turn
from tests.builders import a_design, a_facility, a_shop
from tests.production.workshop import Workshop

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def a_shop_where_waiting_counts(minutes: float = 1.0) -> Shop:
    plant = a_facility("plant", kind="plant")
    centres = {key: WorkCentre(key, key.title(), 1, 2400) for key in ("press", "printer")}
    return a_shop(facilities=(replace(plant, centres=centres),), together_min=minutes)


def a_load(
    number: int, at: str, orders: list[int], *, minutes: float = 60, hours: float = 90, family: str = ""
) -> Load:
    pieces = tuple(
        LoadPiece(100 * number + n, NOW + timedelta(hours=hours), minutes / len(orders), order=order)
        for n, order in enumerate(orders)
    )
    return Load(f"B-{number:03d}", Group("plant", at, family or f"{at}-{number}", "mug", rush=False), 6, pieces)


WHITE = MachineState("B-000", "plant", "press", 1, "white", NOW, done=True)


def planned_apart(loads: list[Load], shop: Shop) -> tuple[Mapping[Place, Waiting], Stand]:
    """Each process by itself, in the order of arrival; the press is set up for white."""
    stand = Stand((WHITE,), shop, NOW, {})
    at = {load.group.work_centre for load in loads}
    queues = {
        ("plant", key): queued([load for load in loads if load.group.work_centre == key], stand) for key in sorted(at)
    }
    return queues, stand


def hours_waited(loads: list[Load], turns: Mapping[str, Turn], begun: Begun) -> float:
    done: dict[int, list[datetime]] = {order: list(times) for order, times in begun.items()}
    for load in loads:
        for piece in load.pieces:
            done.setdefault(piece.order, []).append(turns[load.number].finished_at)
    return sum((max(times) - min(times)).total_seconds() / 3600 for order, times in done.items() if order)


def test_the_batch_that_an_order_waits_for_goes_first() -> None:
    """Order 1 is a shirt and a mug; the mug would be made after four batches of others."""
    loads = [a_load(1, "printer", [1]), *(a_load(n, "press", [10 + n]) for n in range(2, 6)), a_load(6, "press", [1])]
    queues, stand = planned_apart(loads, a_shop_where_waiting_counts())
    before = clocked(loads, queues, stand).turns
    assert before["B-006"].sequence == 5
    better = clocked(loads, together(loads, queues, stand, {}), stand).turns
    assert better["B-006"].sequence == 1
    assert hours_waited(loads, better, {}) < 0.1 < hours_waited(loads, before, {})


def test_where_waiting_is_worth_nothing_every_batch_keeps_its_place() -> None:
    loads = [a_load(1, "printer", [1]), a_load(2, "press", [12]), a_load(3, "press", [1])]
    queues, stand = planned_apart(loads, a_shop_where_waiting_counts(0))
    assert together(loads, queues, stand, {}) == queues


def test_what_is_being_made_of_an_order_pulls_the_rest_forward() -> None:
    loads = [a_load(2, "press", [12]), a_load(3, "press", [13]), a_load(4, "press", [1])]
    queues, stand = planned_apart(loads, a_shop_where_waiting_counts())
    assert together(loads, queues, stand, {}) == queues
    made = {1: (NOW, NOW)}
    assert clocked(loads, together(loads, queues, stand, made), stand).turns["B-004"].sequence == 1


def test_an_hour_of_waiting_buys_no_changeover_that_costs_more_than_it_is_worth() -> None:
    """To make order 1's mug between those of one family costs 12 minutes more and saves it two hours."""
    white = [a_load(n, "press", [10 + n], family="white") for n in (2, 3)]
    coral, last = a_load(4, "press", [1], family="coral"), a_load(5, "press", [15], family="white")
    loads = [a_load(1, "printer", [1]), *white, coral, last]
    for worth, first in ((0.5, False), (20, True)):
        queues, stand = planned_apart(loads, a_shop_where_waiting_counts(worth))
        queues = {**queues, ("plant", "press"): {("press", 1): ["B-002", "B-003", "B-005", "B-004"]}}
        turns = clocked(loads, together(loads, queues, stand, {}), stand).turns
        assert (turns["B-004"].sequence == 1) == first


ORDERS = st.lists(st.integers(1, 6), min_size=1, max_size=4)
LOADS = st.lists(
    st.tuples(st.sampled_from(["press", "printer"]), ORDERS, st.integers(10, 200), st.integers(-5, 60), st.booleans()),
    max_size=9,
).map(
    lambda rows: [
        a_load(n, at, orders, minutes=minutes, hours=hours, family=f"{at}-{'ab'[one]}")
        for n, (at, orders, minutes, hours, one) in enumerate(rows, start=1)
    ]
)


@settings(deadline=None, max_examples=80)
@given(LOADS, st.dictionaries(st.integers(1, 6), st.integers(-20, 30), max_size=3), st.sampled_from([0.1, 1.0, 30.0]))
def test_nothing_gets_late_or_tighter_and_waiting_is_only_bought_for_its_worth(
    loads: list[Load], made: dict[int, int], worth: float
) -> None:
    begun = {order: (NOW + timedelta(hours=at), NOW + timedelta(hours=at)) for order, at in made.items()}
    queues, stand = planned_apart(loads, a_shop_where_waiting_counts(worth))
    moved = together(loads, queues, stand, begun)
    assert moved == together(loads, queues, stand, begun)
    assert {at: sorted(names) for own in moved.values() for at, names in own.items()} == {
        at: sorted(names) for own in queues.values() for at, names in own.items()
    }
    before, after = clocked(loads, queues, stand).turns, clocked(loads, moved, stand).turns
    for load in loads:
        due = min(piece.due_at for piece in load.pieces)
        later = after[load.number].finished_at > before[load.number].finished_at
        assert not later or after[load.number].finished_at + SPARE <= due
    less = hours_waited(loads, before, begun) - hours_waited(loads, after, begun)
    dearer = sum(t.changeover_min for t in after.values()) - sum(t.changeover_min for t in before.values())
    assert dearer <= worth * less + 1e-6


def test_pages_say_who_waits_for_whom(database: Database, clock: FixedClock) -> None:
    workshop = Workshop(database, clock)
    tin = a_design(workshop.catalogue.blank("tin"), "Zoë")
    mug = a_design(workshop.catalogue.blank("mug"), "Zoë", inside="white")
    order = workshop.order((mug, 1), (tin, 100), fulfilment="pickup", facility="plant")
    workshop.plan()
    with database.read() as session:
        first, *_, last = sorted(workshop.open(), key=lambda batch: batch.done_at or NOW)
        waits = waits_at(session, "plant")
        company = company_of(session, order.id or 0)
        alone = waits_at(session, "plant", last.number)
    assert [(wait.order, wait.batch, wait.until) for wait in waits[first.number]] == [
        (order.number, last.number, last.done_at)
    ]
    assert set(workshop.pieces(first.number)) <= set(company)
    assert not set(workshop.pieces(last.number)) & set(company)
    assert alone == {last.number: ()}


def test_a_plan_of_the_database_keeps_its_own_order_beside_the_one_that_brings_orders_together(
    database: Database, clock: FixedClock
) -> None:
    """Planned twice, nothing moves: what was brought together is not taken for what the process wants."""
    workshop = Workshop(database, clock)
    shop = replace(workshop.catalogue.shop, together_min=5.0)
    catalogue = Catalogue(shop, workshop.catalogue.blanks)
    for text in ("a", "b", "c"):
        workshop.order(
            (a_design(workshop.catalogue.blank("mug"), text, inside="coral" if text == "b" else "white"), 3),
            (a_design(workshop.catalogue.blank("tin"), text), 4),
        )
    with database.write() as session:
        plan(session, catalogue=catalogue, now=clock.now())
    before = [(batch.number, batch.machine, batch.sequence, batch.starts_at) for batch in workshop.open()]
    with database.write() as session:
        plan(session, catalogue=catalogue, now=clock.now())
    assert [(batch.number, batch.machine, batch.sequence, batch.starts_at) for batch in workshop.open()] == before
