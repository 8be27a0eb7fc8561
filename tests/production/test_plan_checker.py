"""The checker of plans finds every error that is put into one."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks.plan_checker import judge

ROOT = Path(__file__).parents[2]
INSTANCE: dict[str, Any] = {
    "machines": 2,
    "setup_min": [[0, 5], [7, 1]],
    "first_setup_min": [3, 4],
    "batch_max_lines": 2,
    "lines": [{"family": f, "run_min": 10, "due_min": 20, "weight": 2} for f in (0, 0, 1, 1)],
}
GOOD: list[dict[str, Any]] = [
    {"machine": 0, "start_min": 0, "family": 0, "lines": [0, 1]},
    {"machine": 0, "start_min": 23, "family": 1, "lines": [2]},
    {"machine": 1, "start_min": 0, "family": 1, "lines": [3]},
]


def changed(batch: int, **change: object) -> list[dict[str, Any]]:
    return [{**each, **change} if n == batch else each for n, each in enumerate(GOOD)]


def test_a_sound_plan_is_priced_line_by_line() -> None:
    judged = judge(INSTANCE, GOOD, 20)
    assert judged.violations == ()
    late = 2 * 3 + 2 * 18
    assert judged.figures == {
        "changeover_h": round((3 + 5 + 4) / 60, 4),
        "weighted_tardiness_h": round(late / 60, 4),
        "late_lines": 2,
        "cost": 20 * 12 + late,
    }


def test_neighbours_of_one_family_cost_the_diagonal() -> None:
    plan = [*GOOD[:2], {"machine": 0, "start_min": 38, "family": 1, "lines": [3]}]
    assert judge(INSTANCE, plan, 20).figures["changeover_h"] == round((3 + 5 + 1) / 60, 4)


@pytest.mark.parametrize(
    ("plan", "sentence"),
    [
        (GOOD[:2], "Line 3 is in no batch."),
        ([*GOOD, {**GOOD[2], "start_min": 50}], "Line 3 is planned 2 times."),
        (changed(0, lines=[0, 1, 1]), "has 3 lines, 2 at most"),
        (changed(1, start_min=22), "starts before the machine is free at 23"),
        (changed(0, start_min=-1), "starts before the machine is free at 0"),
        (changed(2, family=0), "is of family 0, its line 3 is not"),
        (changed(2, machine=2), "There is no machine 2."),
        (changed(2, lines=[3, 4]), "There is no line 4."),
        (changed(2, lines=[]), "A batch has no lines."),
    ],
)
def test_every_error_put_into_a_plan_is_found(plan: list[dict[str, Any]], sentence: str) -> None:
    assert any(sentence in found for found in judge(INSTANCE, plan, 20).violations)


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "benchmarks.planning", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_command_plans_a_given_instance_and_writes_the_plan(tmp_path: Path) -> None:
    given, out = tmp_path / "instance.json", tmp_path / "plan.json"
    given.write_text(json.dumps(INSTANCE))
    answer = json.loads(run("--instance", str(given), "--out", str(out), "--seed", "5", "--budget", "1000").stdout)
    plan = json.loads(out.read_text())["batches"]
    assert judge(INSTANCE, plan, 20).figures == answer["plans"]["ours"]
    assert {"earliest_due_date", "group_by_family", "due_bucket_family"} < set(answer["plans"])
    assert (answer["lines"], answer["machines"], answer["seed"], answer["violations"]) == (4, 2, 5, [])
    assert {"cpu_s", "wall_s", "peak_mb", "compile_s"} < set(answer)


def test_the_command_says_what_is_wrong_with_an_instance(tmp_path: Path) -> None:
    given = tmp_path / "instance.json"
    given.write_text(json.dumps({**INSTANCE, "setup_min": [[0, 5]]}))
    answer = run("--instance", str(given))
    assert answer.returncode == 1
    assert "setup_min has 1 rows for 2 families" in answer.stderr
    assert "Traceback" not in answer.stderr
