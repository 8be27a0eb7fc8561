"""The living plan: it follows what happens, leaves released batches alone, moves little, and says why."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count, pairwise

import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import col

from configurator.blanks.calendar import BatchRule, DownTime
from configurator.blanks.shop import Shop
from configurator.production.change_store import changes_of, moves_since
from configurator.production.handlers import Workshop as Floor
from configurator.production.handlers import production_handlers
from configurator.production.hours import Hours
from configurator.production.living import planned
from configurator.production.plan_state import OpenBatch, Plan, PlanState, WaitingPiece, Work
from configurator.production.plan_store import places_needing
from configurator.production.routing import Route, route
from configurator.production.rows import Batch, PlanChange
from configurator.production.scheduling import MachineState
from configurator.production.standing_still import Stop, run_again, stop
from tests.builders import a_design, a_facility, a_mug, a_shop, delivered
from tests.production.workshop import Workshop, a_sheet_mug

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ROUTES: dict[str, Route] = {
    inside: route(a_design(a_sheet_mug(), inside=inside), a_sheet_mug()) for inside in ("white", "coral")
}


def a_piece(
    n: int, hours: float = 60, *, rush: bool = False, facility: str = "plant", hold: str | None = None
) -> WaitingPiece:
    return WaitingPiece(n, f"P-{n}", "hash", facility, NOW + timedelta(hours=hours), rush, hold)


def as_open(plan: Plan) -> tuple[OpenBatch, ...]:
    """The open batches of a plan, as the next one finds them."""
    found = [replace(one.batch, turn=one.turn) for one in plan.batches]
    return tuple(sorted(found, key=lambda batch: batch.number))


PIECES = st.lists(
    st.tuples(
        st.sampled_from(["white", "coral"]),
        st.integers(-5, 200),
        st.booleans(),
        st.sampled_from(["plant", "store", "gone"]),
    ),
    max_size=40,
).map(
    lambda rows: [
        Work(a_piece(n, hours, rush=rush, facility=at), ROUTES[inside])
        for n, (inside, hours, rush, at) in enumerate(rows, 1)
    ]
)
FROZEN = (MachineState("B-900", "plant", "press", 1, "mug-white", NOW + timedelta(hours=2), False, NOW, 120, 120),)


def a_living_shop(downs: Sequence[tuple[int, int]] = ()) -> Shop:
    down = tuple(DownTime("press", 1, NOW + timedelta(hours=a), NOW + timedelta(hours=a + b), "belt") for a, b in downs)
    rules = (BatchRule("press", "mug-coral", least=4, most=12, closes_full=8),)
    return a_shop(facilities=(a_facility("plant", kind="plant", down=down, rules=rules), a_facility("store")))


@settings(max_examples=40)
@given(PIECES, st.integers(0, 40), st.lists(st.tuples(st.integers(0, 90), st.integers(1, 60)), max_size=3))
def test_whatever_waits_is_planned_once_or_told_why_and_within_every_calendar(
    works: list[Work], early: int, downs: list[tuple[int, int]]
) -> None:
    """First some pieces, then all of them, with what breaks down meanwhile: the plan goes on from the one before."""
    numbers = count(1)
    draw = lambda many: [next(numbers) for _ in range(many)]  # noqa: E731 a counter of this test
    first = planned(PlanState(tuple(works[:early]), (), FROZEN, a_living_shop(), NOW), draw)
    shop = a_living_shop(downs)
    now = NOW + timedelta(minutes=20)
    state = PlanState(tuple(works), as_open(first), FROZEN, shop, now)
    plan = planned(state, draw)
    placed = [work.piece.id for one in plan.batches for work in one.works]
    assert sorted([*placed, *plan.left]) == [work.piece.id for work in works]
    assert all(reason.endswith(".") for reason in plan.left.values())
    assert len({one.batch.number for one in plan.batches}) == len(plan.batches)
    for one in plan.batches:
        assert len(one.works) <= one.formed.capacity
        assert one.batch.group.family != "mug-coral" or len(one.works) <= 12
        hours = Hours.of(shop.facility(one.batch.group.facility), "press", one.turn.machine)
        work = one.turn.changeover_min + sum(each.route.lead.run_min for each in one.works)
        assert abs(hours.minutes_between(one.turn.starts_at, one.turn.ends_at) - work) < 0.01
        if one.batch.group.facility == "plant":
            assert one.turn.starts_at >= FROZEN[0].until(hours, now)
    for facility in ("plant", "store"):
        turns = sorted(
            (one.turn for one in plan.batches if one.batch.group.facility == facility), key=lambda t: t.sequence
        )
        assert all(before.ends_at <= after.starts_at for before, after in pairwise(turns))
    again = planned(replace(state, open=as_open(plan)), draw)
    assert {one.batch.number: one.turn for one in again.batches} == {one.batch.number: one.turn for one in plan.batches}
    assert again.left == plan.left


def changes(workshop: Workshop, batch: str) -> list[str]:
    with workshop.database.read() as session:
        return [" | ".join(filter(None, (each.piece, each.what, each.why))) for each in changes_of(session, batch)][
            ::-1
        ]


def down(workshop: Workshop, hours: float, machine: int = 0) -> int:
    now = workshop.clock.now()
    wanted = Stop("plant", "press", machine, now, now + timedelta(hours=hours), "belt torn", "Deniz")
    with workshop.write() as session:
        row = stop(session, wanted, shop=workshop.catalogue.shop, jobs=workshop.jobs, now=now)
        return row.id or 0


def test_a_breakdown_moves_what_it_must_and_says_why(workshop: Workshop) -> None:
    workshop.mugs(4)
    workshop.plan()
    before = workshop.batch("B-001")
    number = down(workshop, 30)
    workshop.plan()
    after = workshop.batch("B-001")
    assert before.starts_at is not None
    assert after.starts_at is not None
    assert before.starts_at.date() == NOW.date()
    assert after.starts_at == NOW + timedelta(hours=30)
    assert changes(workshop, "B-001")[-1] == (
        "moved to Tuesday, 16:00, Press | Press is down until Tuesday 24 November, 16:00 (belt torn)"
    )
    workshop.later(hours=1)
    with workshop.write() as session:
        run_again(session, number, shop=workshop.catalogue.shop, jobs=workshop.jobs, now=workshop.clock.now())
    workshop.plan()
    assert workshop.batch("B-001").starts_at == before.starts_at
    assert changes(workshop, "B-001")[-1].endswith("Press runs again")


def test_a_piece_that_joins_says_which_family_and_how_much_room_is_left(workshop: Workshop) -> None:
    first = workshop.mugs(1)
    workshop.plan()
    second = workshop.mugs(13)
    workshop.plan()
    told = changes(workshop, "B-001")
    assert told[0] == f"{workshop.codes(first)[0]} | opened B-001 | no open batch of mug-white had room"
    assert f"{workshop.codes(second)[0]} | joined B-001 | same family mug-white, room for 6" in told


def test_a_cancelled_piece_leaves_its_batch_in_the_log_too(workshop: Workshop) -> None:
    gone, _ = workshop.mugs(1, text="gone"), workshop.mugs(1, text="stays")
    workshop.plan()
    workshop.cancel(gone)
    workshop.plan()
    assert f"{workshop.codes(gone)[0]} | left B-001 | it was cancelled" in changes(workshop, "B-001")


def test_a_released_batch_is_untouched_by_whatever_happens(workshop: Workshop) -> None:
    _, number, _ = workshop.made(3)
    statement = sa.select(*[col(getattr(Batch, name)) for name in Batch.model_fields]).where(
        col(Batch.number) == number
    )
    with workshop.database.read() as session:
        before = session.execute(statement).one()
    down(workshop, 30)
    workshop.mugs(5)
    workshop.plan()
    workshop.later(days=2)
    workshop.mugs(1, fulfilment="counter", facility="plant", promised_on=(NOW + timedelta(days=2)).date())
    workshop.plan()
    with workshop.database.read() as session:
        assert session.execute(statement).one() == before


def test_planning_without_news_tells_nothing(workshop: Workshop) -> None:
    workshop.mugs(23)
    workshop.plan()
    told = workshop.ask(sa.select(sa.func.count()).select_from(PlanChange))
    workshop.plan()
    assert workshop.ask(sa.select(sa.func.count()).select_from(PlanChange)) == told


def test_stock_that_arrives_lets_a_piece_in_and_says_so(workshop: Workshop) -> None:
    _, _, codes = workshop.made(1)
    with workshop.write() as session:
        session.execute(sa.text("update stock_item set on_hand = reserved where component = 'mug-white'"))
    workshop.through(codes[0], "picking", "production")
    workshop.scan("check", codes[0], verdict="reject", defect="smeared")
    workshop.plan()
    (code,) = workshop.left()
    with workshop.write() as session:
        delivered(session, {"mug-white": 5})
    workshop.plan()
    (batch,) = workshop.open()
    assert changes(workshop, batch.number)[-1].startswith(f"{code} | joined {batch.number} | what kept it out is over")


def test_a_batch_that_ends_late_moves_what_waits_for_its_machine(workshop: Workshop) -> None:
    _, late, _ = workshop.made(20)
    workshop.mugs(4, inside="coral")
    workshop.plan()
    (waiting,) = workshop.open()
    floor = Floor(workshop.database, workshop.catalogue, None, workshop.clock, lambda: workshop.jobs)  # type: ignore[arg-type]  # no package is written here
    workshop.clock.at = datetime(2026, 11, 23, 12, 50, tzinfo=UTC)
    for kind, args in (("cut-off", {}), ("plan", {"facility": "plant", "process": "press"})):
        finish = production_handlers(floor)[kind](args)
        assert finish is not None
        with workshop.write() as session:
            finish(session)
    after = workshop.batch(waiting.number)
    assert after.starts_at == workshop.clock.now() + timedelta(minutes=40)
    assert changes(workshop, waiting.number)[-1].endswith(f"{late} on Press is not done yet")
    with workshop.database.read() as session:
        assert not places_needing(session)
        assert [each.batch for each in moves_since(session, "plant", NOW)] == [waiting.number]


def test_a_rush_batch_goes_first_and_those_that_move_say_for_whom(workshop: Workshop) -> None:
    workshop.clock.at = datetime(2026, 11, 23, 12, 55, tzinfo=UTC)
    workshop.mugs(4)
    workshop.plan()
    walk_in = workshop.order((a_design(a_mug(), "now"), 20), fulfilment="counter", facility="plant")
    workshop.plan()
    (rush,) = [batch for batch in workshop.open() if batch.rush]
    assert workshop.pieces(rush.number) == workshop.codes(walk_in)
    assert changes(workshop, "B-001")[-1].endswith(f"{rush.number} goes first: somebody waits for it")
