"""Processes that are killed at the worst moment, again and again: nothing is lost, nothing doubled."""

import itertools
import subprocess
from pathlib import Path

import pytest
import sqlalchemy as sa

from configurator.clock import SystemClock
from configurator.database import Database
from tests.jobs.working import engine, mark, marks, statuses, until, working
from tests.programs import program

JOBS = 40
KILLS = 12
POINTS = ("at work", "worked", "finishing")


def kill_at(process: subprocess.Popen[str], point: str, times: int) -> None:
    """Kill -9 the moment it says for the n-th time that it is there."""
    assert process.stdout is not None
    reached = (line for line in process.stdout if line.strip() == point)
    assert next(itertools.islice(reached, times, None), None), "the program ended by itself"
    process.kill()


def enqueue(database: Database, count: int) -> list[str]:
    jobs = engine(database, SystemClock(), {})
    names = [f"piece-{n}" for n in range(count)]
    for name in names:
        with database.write() as session:
            jobs.enqueue(session, "work", name, {"name": name, "then": True})
    return [*names, *(f"after {name}" for name in names)]


@pytest.mark.slow
def test_jobs_survive_kills_at_every_point_and_leave_each_effect_once(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    expected = enqueue(database, JOBS)
    for kill in range(KILLS):
        with program("tests.jobs.program", database_url, str(folder)) as process:
            kill_at(process, POINTS[kill % 3], times=2 + kill % 3)
    with program("tests.jobs.program", database_url, str(folder)):
        until(lambda: set(statuses(database).values()) == {"done"} and len(statuses(database)) == len(expected))
    assert marks(database) == dict.fromkeys(expected, 1)
    assert {path.name for path in folder.iterdir() if "." not in path.name} == set(expected)


@pytest.mark.slow
def test_two_processes_share_the_jobs_and_leave_each_effect_once(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    expected = enqueue(database, 40)
    with (
        program("tests.jobs.program", database_url, str(tmp_path)),
        program("tests.jobs.program", database_url, str(tmp_path)),
    ):
        until(lambda: set(statuses(database).values()) == {"done"} and len(statuses(database)) == len(expected))
    assert marks(database) == dict.fromkeys(expected, 1)


@pytest.mark.slow
def test_workers_wait_for_a_database_that_went_away_and_go_on(postgres_url: str) -> None:
    database = Database(postgres_url)
    jobs = engine(database, SystemClock(), {"work": mark})
    with working(jobs):
        for name in ("before", "after"):
            with database.write() as session:
                jobs.enqueue(session, "work", name, {"name": name})
            until(lambda key=name: statuses(database)[key] == "done")
            with database.write() as session:
                others = "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()"
                session.execute(sa.text(f"{others} and datname = current_database()"))
    assert marks(database) == {"before": 1, "after": 1}
    database.close()
