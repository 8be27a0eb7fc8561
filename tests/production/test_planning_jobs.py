"""Plans as durable jobs: one for each facility and process, the same whoever makes them, whole through kill -9."""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import URL
from sqlmodel import col

from configurator.clock import FixedClock
from configurator.database import Database
from configurator.jobs.rows import Job
from configurator.orders.rows import Order, Piece
from configurator.production.plan_store import places_needing
from configurator.production.rows import Batch, BatchPlace, BatchStep, PlanFigures, Unplanned
from configurator.production.standing_still import Stop, stop
from tests import postgres
from tests.builders import a_design
from tests.jobs.working import engine, until
from tests.production.planner import planners
from tests.production.workshop import Workshop, two_plants
from tests.programs import program, reaches

PLANNER = "tests.production.planner"
"""A worker process that makes plans."""


def planning(workshop: Workshop, *statuses: str) -> list[str]:
    """What the planning jobs of these states are about."""
    found = sa.select(col(Job.subject)).where(col(Job.kind) == "plan", col(Job.status).in_(statuses or ("waiting",)))
    return list(workshop.ask(found.order_by(col(Job.subject))))


def busy(database: Database, clock: FixedClock, together_min: float = 0.0) -> Workshop:
    """Two plants with real planning jobs, and nothing planned yet."""
    workshop = Workshop(database, clock, two_plants(together_min))
    workshop.jobs = engine(database, clock, {})
    workshop.jobs = engine(database, clock, planners(database, clock, [workshop.jobs], workshop.catalogue))
    return workshop


def ordered(workshop: Workshop) -> list[Order]:
    """A morning's orders at both plants, for every process."""
    mug, tee, tin = (workshop.catalogue.blank(key) for key in ("mug", "tee", "tin"))
    orders = []
    for n in range(4):
        for at in ("plant", "store"):
            here = {"fulfilment": "pickup", "facility": at}
            orders.append(workshop.mugs(7 + n, text=f"{n}", inside=("white", "coral")[n % 2], **here))
            orders.append(workshop.order((a_design(tee, f"tee {n}"), 2 + n), **here))
            orders.append(workshop.order((a_design(tin, f"tin {n}"), 1 + n), **here))
    return [*orders, workshop.order((a_design(mug, "both"), 2), (a_design(tee, "both"), 2))]


def afternoon(workshop: Workshop, orders: list[Order]) -> None:
    """What happens later: time passes, an order is cancelled, a press breaks, somebody waits at the counter."""
    workshop.later(minutes=25)
    now = workshop.clock.now()
    workshop.cancel(orders[0])
    wanted = Stop("plant", "press", 1, now, now + timedelta(hours=3), "belt torn", "Deniz")
    with workshop.write() as session:
        stop(session, wanted, shop=workshop.catalogue.shop, jobs=workshop.jobs, now=now)
    workshop.mugs(3, text="now", fulfilment="counter", facility="store")


def plan_of(database: Database) -> list[Any]:
    """The whole plan, batches named by their pieces: the numbers that they get in passing say nothing."""
    with database.read() as session:
        pieces: dict[int, list[str]] = {}
        placed = sa.select(col(BatchPlace.batch_id), col(Piece.code)).join(Piece)
        for batch, code in session.execute(placed.order_by(col(BatchPlace.batch_id), col(BatchPlace.position))):
            pieces.setdefault(batch, []).append(code)
        rows = list(session.execute(sa.select(Batch)).scalars())
        steps = list(session.execute(sa.select(BatchStep)).scalars())
        reasons = [tuple(row) for row in session.execute(sa.select(col(Unplanned.piece_id), col(Unplanned.reason)))]
        figures = [row.model_dump() for row in session.execute(sa.select(PlanFigures)).scalars()]
    assert len({row.number for row in rows}) == len(rows)
    batches = [(pieces[row.id or 0], row.model_dump(exclude={"id", "number"})) for row in rows]
    turns = [(pieces[step.batch_id], step.model_dump(exclude={"batch_id"})) for step in steps]
    return [sorted(part, key=repr) for part in (batches, turns, reasons, figures)]


def test_however_much_happens_one_job_waits_for_each_facility_and_process(
    database: Database, clock: FixedClock
) -> None:
    workshop = busy(database, clock)
    ordered(workshop)
    places = [f"plan:{at}:{process}" for at in ("plant", "store") for process in ("bench", "press", "printer")]
    assert planning(workshop) == places
    workshop.jobs.run_due()
    assert (planning(workshop), planning(workshop, "done")) == ([], places)
    workshop.mugs(1, text="later")
    workshop.mugs(1, text="later still")
    assert planning(workshop) == ["plan:plant:press"]


def test_what_happens_while_a_plan_is_made_asks_for_another_one_that_waits_for_the_first(
    database: Database, clock: FixedClock
) -> None:
    workshop = busy(database, clock)
    workshop.mugs(1, text="first")
    handlers = planners(database, clock, [workshop.jobs])
    seen: list[Any] = []

    def interrupted(args: Any) -> Any:
        finish = handlers["plan"](args)
        if not seen:
            workshop.mugs(1, text="second")
            seen.append((planning(workshop), other.run_due()))
        return finish

    other = engine(database, clock, {**handlers, "plan": interrupted})
    engine(database, clock, {**handlers, "plan": interrupted}).run_due()
    (waiting, done) = seen[0]
    assert waiting == ["plan:plant:press"] * 2
    assert done == 1, "only the message of the second order was done meanwhile"
    other.run_due()
    with database.read() as session:
        assert places_needing(session) == ()
    assert [len(workshop.pieces(batch.number)) for batch in workshop.open()] == [2]


def test_a_plan_that_is_overtaken_while_it_is_made_is_made_of_what_is_there_when_it_is_written(
    database: Database, clock: FixedClock
) -> None:
    workshop = busy(database, clock)
    stays, goes = workshop.mugs(2, text="stays"), workshop.mugs(2, text="goes")
    handlers = planners(database, clock, [workshop.jobs])
    finish = handlers["plan"]({"facility": "plant", "process": "press"})
    workshop.cancel(goes)
    new = workshop.mugs(1, text="new")
    with database.write() as session:
        assert finish is not None
        finish(session)
    (batch,) = workshop.open()
    assert workshop.pieces(batch.number) == [*workshop.codes(stays), *workshop.codes(new)]


def test_planning_all_at_once_is_what_the_jobs_of_all_processes_come_to(
    sqlite_url: str, postgres_url: str, clock: FixedClock
) -> None:
    plans = []
    for url, make in ((sqlite_url, Workshop.plan), (postgres_url, lambda workshop: workshop.jobs.run_due())):
        workshop = busy(Database(url), FixedClock(clock.at))
        orders = ordered(workshop)
        make(workshop)
        afternoon(workshop, orders)
        make(workshop)
        plans.append(plan_of(workshop.database))
        workshop.database.close()
    assert plans[0] == plans[1]


def test_orders_are_brought_together_the_same_whatever_was_planned_first(
    sqlite_url: str, postgres_url: str, clock: FixedClock
) -> None:
    """All at once, or process by process as jobs, in the morning and again in the afternoon."""
    plans, moved = [], 0
    for url, make in ((sqlite_url, Workshop.plan), (postgres_url, lambda workshop: workshop.jobs.run_due())):
        workshop = busy(Database(url), FixedClock(clock.at), together_min=20.0)
        orders = ordered(workshop)
        tee, tin = (workshop.catalogue.blank(key) for key in ("tee", "tin"))
        for n in range(6):
            pair = (a_design(tee, f"pair {n}"), 3 * n + 2), (a_design(tin, f"pair {n}"), 20 - 3 * n)
            orders.append(workshop.order(*pair, fulfilment="pickup", facility="plant"))
        make(workshop)
        afternoon(workshop, orders)
        make(workshop)
        plans.append(plan_of(workshop.database))
        moved = sum(batch["place"] != batch["sequence"] for _, batch in plans[-1][0])
        workshop.database.close()
    assert plans[0] == plans[1]
    assert moved


def in_this_process(workshop: Workshop) -> None:
    workshop.jobs.run_due()


def by_two_workers(workshop: Workshop) -> None:
    url, now = workshop.database.url.render_as_string(hide_password=False), workshop.clock.now().isoformat()
    with ExitStack() as stack:
        workers = [stack.enter_context(program(PLANNER, url, now)) for _ in range(2)]
        assert all(reaches(worker, "working") for worker in workers)
        until(lambda: planning(workshop) == [])


@pytest.mark.slow
def test_one_process_and_two_workers_make_the_same_plan(postgres_server: URL, clock: FixedClock) -> None:
    plans: list[list[Any]] = []
    make: Callable[[Workshop], None]
    for make in (in_this_process, by_two_workers):
        with postgres.copy_of(postgres_server, postgres.template(postgres_server)) as url:
            workshop = busy(Database(url), FixedClock(clock.at))
            orders = ordered(workshop)
            make(workshop)
            first = plan_of(workshop.database)
            afternoon(workshop, orders)
            make(workshop)
            plans.append([first, plan_of(workshop.database)])
            workshop.database.close()
    assert plans[0] == plans[1]
    assert plans[0][0] != plans[0][1]


@pytest.mark.slow
def test_a_planner_killed_in_the_middle_leaves_the_old_plan_and_another_one_makes_the_new(
    database: Database, database_url: str, clock: FixedClock
) -> None:
    workshop = busy(database, clock)
    orders = ordered(workshop)
    workshop.jobs.run_due()
    old = plan_of(database)
    workshop.mugs(5, text="more")
    for point in ("searched", "written"):
        with program(PLANNER, database_url, "now") as process:
            assert reaches(process, point)
        assert plan_of(database) == old
        assert planning(workshop) == ["plan:plant:press"]
    with program(PLANNER, database_url, "now"):
        until(lambda: planning(workshop) == [])
    new = plan_of(database)
    assert new != old
    assert len(orders) < sum(len(pieces) for pieces, _ in new[0])


def test_one_process_planned_anew_leaves_the_order_of_the_others_as_it_is(
    database: Database, clock: FixedClock
) -> None:
    workshop = busy(database, clock)
    ordered(workshop)
    workshop.jobs.run_due()
    before = orders_at(workshop, "press", "printer")
    workshop.order((a_design(workshop.catalogue.blank("tin"), "one more"), 3), fulfilment="pickup", facility="plant")
    workshop.jobs.run_due()
    assert orders_at(workshop, "press", "printer") == before


def orders_at(workshop: Workshop, *processes: str) -> dict[str, Any]:
    """Batch -> its pieces, machine and turn."""
    found = [batch for batch in workshop.open() if batch.work_centre in processes]
    return {batch.number: (workshop.pieces(batch.number), batch.machine, batch.sequence) for batch in found}
