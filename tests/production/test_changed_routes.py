"""What the workshop changed of a blank's steps: the next plan runs by it, trays go on as large as they are."""

from dataclasses import replace
from datetime import timedelta

import sqlalchemy as sa
from sqlmodel import col

from configurator.blanks.rerouting import StepPlan, planned_steps, rerouted
from configurator.production.changing_routes import NewRoute, keep_route
from configurator.production.clockwork import tail_min, wound
from configurator.production.rows import BatchStep, PlanChange
from configurator.production.shop_records import Change
from configurator.production.turns import Job, Queues
from tests.builders import a_mug
from tests.production.test_routes_by_the_clock import a_job, stations
from tests.production.workshop import Workshop


def in_trays(tray: int, *, of: int = 24) -> Job:
    job = a_job("B-001", of)
    return replace(job, tasks=tuple(replace(task, tray=tray) for task in job.tasks))


def test_a_larger_tray_lets_the_next_step_begin_later_and_the_whole_batch_last_of_all() -> None:
    starts = []
    for tray in (1, 6, 12, 0):
        turn = wound([in_trays(tray)], stations(), Queues({("press", 1): ["B-001"]}), {})["B-001"]
        printing, pressing, packing = turn.steps
        assert packing.ends_at == pressing.ends_at + timedelta(minutes=tray or 24)
        assert turn.done_at == pressing.ends_at + timedelta(minutes=tail_min(in_trays(tray).tasks))
        starts.append(pressing.starts_at + timedelta(minutes=6))
    assert starts == sorted(starts)
    assert starts[-1] == printing.ends_at


def test_a_small_tray_after_a_large_one_waits_for_the_large_one() -> None:
    job = in_trays(6)
    printing, *rest = job.tasks
    job = replace(job, tasks=(replace(printing, tray=12), *rest))
    first, second, _ = wound([job], stations(), Queues({("press", 1): ["B-001"]}), {})["B-001"].steps
    assert second.starts_at + timedelta(minutes=second.changeover_min) == first.starts_at + timedelta(minutes=4 + 6)


def test_a_version_without_a_step_goes_without_it_and_keeps_what_nobody_spoke_of() -> None:
    mug = a_mug()
    first, *_ = planned_steps(mug)
    wanted = (replace(first, run_min=9), StepPlan("Gone since", "bench", "gone", 0, 5))
    again = rerouted(mug, wanted)
    assert [step.name for step in again.operations] == [step.name for step in mug.operations]
    assert again.operations[0].run_min == 9
    assert again.operations[1].run_min == mug.operations[1].run_min


def test_the_next_plan_runs_by_the_new_minutes_and_says_why_a_batch_moved(workshop: Workshop) -> None:
    workshop.mugs(6)
    workshop.plan()
    before = steps_in(workshop)
    start = planned_steps(workshop.catalogue.blank("mug"))
    wanted = NewRoute("mug", tuple(replace(step, run_min=step.run_min + 20) for step in start))
    with workshop.database.write() as session:
        change = Change("plant", 0, "Deniz", workshop.clock.now())
        keep_route(session, change, wanted, catalogue=workshop.catalogue, jobs=workshop.jobs)
    workshop.plan()
    after = steps_in(workshop)
    assert [name for name, _ in after] == [name for name, _ in before]
    assert all(longer > shorter for (_, longer), (_, shorter) in zip(after, before, strict=True))
    with workshop.database.read() as session:
        assert any("how “" in why for why in session.execute(sa.select(col(PlanChange.why))).scalars())


def steps_in(workshop: Workshop) -> list[tuple[str, timedelta]]:
    with workshop.database.read() as session:
        rows = session.execute(sa.select(BatchStep).order_by(col(BatchStep.position))).scalars()
        return [(row.name, row.ends_at - row.starts_at) for row in rows]
