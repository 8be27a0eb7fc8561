"""Routes: the next step begins while the one before runs, never runs dry; every machine does one at a time."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import col

from configurator.blanks.blank import TRAY
from configurator.blanks.calendar import DownTime
from configurator.production.clockwork import wound
from configurator.production.hours import Hours
from configurator.production.rows import Batch, BatchStep
from configurator.production.turns import Job, Key, Queues, Station, Task
from tests.builders import a_design, a_facility
from tests.production.workshop import Workshop

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CENTRES = {"print": 1, "press": 2, "pack": 2}


def stations(down: tuple[DownTime, ...] = ()) -> dict[Key, Station]:
    plant = a_facility("plant", centres=(), down=down)
    return {
        (key, n): Station(Hours.of(plant, key, n), NOW, None)
        for key, count in CENTRES.items()
        for n in range(1, count + 1)
    }


def a_job(number: str, pieces: int, *, run: float = 2, hours: float = 50) -> Job:
    tasks = (
        Task("Print", "print", "paper", 4, pieces * 0.5, pieces),
        Task("Press", "press", "white", 6, pieces * run, pieces, leads=True),
        Task("Pack", "pack", "pack", 0, pieces * 1.0, pieces),
    )
    return Job(number, tasks, NOW, NOW + timedelta(hours=hours))


def test_the_next_station_begins_before_the_whole_batch_is_done() -> None:
    turn = wound([a_job("B-001", 24)], stations(), Queues({("press", 1): ["B-001"]}), {})["B-001"]
    printing, pressing, packing = turn.steps
    first_tray = NOW + timedelta(minutes=4 + TRAY * 0.5)
    assert pressing.starts_at + timedelta(minutes=6) == first_tray
    assert pressing.starts_at < printing.ends_at
    assert packing.starts_at < pressing.ends_at
    assert packing.ends_at == pressing.ends_at + timedelta(minutes=TRAY * 1.0)
    assert (turn.starts_at, turn.ends_at, turn.done_at) == (pressing.starts_at, pressing.ends_at, packing.ends_at)


def test_a_quick_step_after_a_slow_one_does_not_run_dry() -> None:
    turn = wound([a_job("B-001", 24, run=10)], stations(), Queues({("press", 1): ["B-001"]}), {})["B-001"]
    _, pressing, packing = turn.steps
    assert packing.ends_at - packing.starts_at == timedelta(minutes=24)
    assert packing.ends_at == pressing.ends_at + timedelta(minutes=TRAY)


JOBS = st.lists(
    st.tuples(
        st.integers(1, 30), st.floats(0.5, 12), st.integers(1, 2), st.booleans(), st.integers(0, 600), st.booleans()
    ),
    min_size=1,
    max_size=7,
)
DOWN = st.lists(
    st.tuples(st.sampled_from(sorted(CENTRES)), st.integers(0, 2), st.integers(0, 900), st.integers(1, 900)), max_size=3
)


@settings(max_examples=60)
@given(JOBS, DOWN)
def test_no_machine_makes_two_at_once_none_runs_while_closed_and_every_step_waits_for_its_first_tray(
    rows: list[tuple[int, float, int, bool, int, bool]], downs: list[tuple[str, int, int, int]]
) -> None:
    minutes = lambda n: timedelta(minutes=n)  # noqa: E731 short
    down = tuple(DownTime(at, n, NOW + minutes(a), NOW + minutes(a + b), "belt") for at, n, a, b in downs)
    waiting: dict[Key, list[str]] = {}
    pinned: dict[Key, list[str]] = {}
    jobs = []
    for n, (pieces, run, machine, rush, minute, pin) in enumerate(rows, start=1):
        job = a_job(f"B-{n:03d}", pieces, run=run)
        at = NOW + minutes(minute)
        jobs.append(Job(job.number, job.tasks, NOW, job.due, rush, at if pin else None))
        (pinned if pin else waiting).setdefault(("press", machine), []).append(job.number)
    turns = wound(jobs, stations(down), Queues(waiting, pinned), {("white", "paper"): 9})
    assert set(turns) == {job.number for job in jobs}
    hours = {key: station.hours for key, station in stations(down).items()}
    used: dict[Key, list[tuple[datetime, datetime]]] = {}
    for job in jobs:
        steps = turns[job.number].steps
        assert [step.name for step in steps] == ["Print", "Press", "Pack"]
        for task, step in zip(job.tasks, steps, strict=True):
            clock = hours[step.work_centre, step.machine]
            assert abs(clock.minutes_between(step.starts_at, step.ends_at) - step.changeover_min - task.run_min) < 0.01
            used.setdefault((step.work_centre, step.machine), []).append((step.starts_at, step.ends_at))
        for (task, step), (then, later) in pairwise(zip(job.tasks, steps, strict=True)):
            clock = hours[step.work_centre, step.machine]
            first = clock.running_on(step.starts_at, step.changeover_min + task.tray_min).closes
            run_starts = (
                hours[later.work_centre, later.machine].running_on(later.starts_at, later.changeover_min).closes
            )
            assert run_starts >= first - minutes(0.01)
            assert later.ends_at >= step.ends_at + minutes(then.tray_min - 0.01)
        if job.not_before:
            assert steps[1].starts_at >= job.not_before
    for spans in used.values():
        assert all(before[1] <= after[0] for before, after in pairwise(sorted(spans)))
    for key, names in waiting.items():
        own = sorted(names, key=lambda name: turns[name].starts_at)
        assert own == names, key


def steps(workshop: Workshop, number: str) -> list[BatchStep]:
    statement = sa.select(BatchStep).join(Batch, col(Batch.id) == col(BatchStep.batch_id))
    return list(workshop.ask(statement.where(col(Batch.number) == number).order_by(col(BatchStep.position))))


def test_every_step_of_an_open_batch_has_its_machine_and_its_time(workshop: Workshop) -> None:
    workshop.mugs(8)
    workshop.order((a_design(workshop.catalogue.blank("mug"), rim="gold"), 2))
    workshop.plan()
    found = steps(workshop, "B-001")
    assert [(step.name, step.work_centre) for step in found] == [
        ("Print", "printer"),
        ("Press", "press"),
        ("Gild", "bench"),
    ]
    pressing, gilding = found[1], found[2]
    assert gilding.starts_at >= pressing.ends_at
    assert gilding.ends_at - gilding.starts_at == timedelta(minutes=6)
    assert workshop.batch("B-001").done_at == gilding.ends_at


def test_what_a_released_batch_still_does_keeps_its_machines(workshop: Workshop) -> None:
    workshop.order((a_design(workshop.catalogue.blank("mug"), rim="gold"), 20))
    workshop.plan()
    workshop.release("B-001")
    frozen = steps(workshop, "B-001")
    workshop.order(
        (a_design(workshop.catalogue.blank("mug"), "later", rim="gold"), 1), fulfilment="counter", facility="plant"
    )
    workshop.plan()
    (rush,) = workshop.open()
    assert steps(workshop, rush.number)[-1].starts_at >= frozen[-1].ends_at
    assert [(step.starts_at, step.ends_at) for step in steps(workshop, "B-001")] == [
        (step.starts_at, step.ends_at) for step in frozen
    ]


def test_a_batch_that_nobody_is_in_leaves_no_steps(workshop: Workshop) -> None:
    order = workshop.mugs(2)
    workshop.plan()
    workshop.cancel(order)
    workshop.plan()
    assert workshop.ask(sa.select(col(BatchStep.name))) == []


def test_a_piece_is_late_when_its_last_step_is_not_only_its_lead(workshop: Workshop) -> None:
    workshop.clock.at = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
    workshop.order((a_design(workshop.catalogue.blank("mug"), rim="gold"), 100))
    report = workshop.plan()
    done = [batch.done_at for batch in workshop.open()]
    ends = [batch.ends_at for batch in workshop.open()]
    due = workshop.open()[0].due_at
    assert max(at for at in ends if at) <= due < max(at for at in done if at)
    assert report.late > 0
