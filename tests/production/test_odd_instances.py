"""Instances as others write them: every odd one is planned as well as any simple rule, every wrong one is refused."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks.plan_checker import judge
from benchmarks.planning import group_of, main, written
from benchmarks.planning_instance import checked
from benchmarks.planning_mixes import mix
from configurator.production.search.deciding import plan
from configurator.production.search.pricing import Pricing
from configurator.production.search.rules import simple_rules, variations

Instance = dict[str, Any]

WORK = 200_000


def day(lines: int = 40, machines: int = 2, seed: int = 5) -> Instance:
    return dict(mix(lines, machines, seed))


def each(instance: Instance, **columns: Callable[[int], object]) -> Instance:
    """The instance with columns of its lines computed from their numbers."""
    lines = [{**line, **{name: of(n) for name, of in columns.items()}} for n, line in enumerate(instance["lines"])]
    return {**instance, "lines": lines}


def matrix(families: int, minutes: Callable[[int, int], float]) -> list[list[float]]:
    return [[minutes(a, b) for b in range(families)] for a in range(families)]


def with_setups(minutes: Callable[[int, int], float], first: float = 10.0, **more: object) -> Instance:
    one = day()
    families = len(one["first_setup_min"])
    return {**one, "setup_min": matrix(families, minutes), "first_setup_min": [first] * families, **more}


ODD: dict[str, Instance] = {
    "setups that break the triangle inequality": with_setups(lambda a, b: 0.0 if a == b else 900.0 if b - a > 1 else 1),
    "setups cheap one way only": with_setups(lambda a, b: 0.0 if a == b else 0.25 if a < b else 300.0),
    "no setups at all": with_setups(lambda a, b: 0.0, first=0.0),
    "a new batch of the same family is dearest": with_setups(lambda a, b: 77.5 if a == b else 1.0, batch_max_lines=2),
    "the first setup is dear": with_setups(lambda a, b: 0.0 if a == b else 2.0, first=50_000.0),
    "one family": each({**day(), "setup_min": [[0.0]], "first_setup_min": [5]}, family=lambda n: 0),
    "every line its own family": each(
        {**day(), "setup_min": matrix(40, lambda a, b: abs(a - b) / 3), "first_setup_min": [1.5] * 40},
        family=lambda n: n,
    ),
    "families without lines": each(day(), family=lambda n: 3),
    "all due at once": each(day(), due_min=lambda n: 0),
    "all due long ago": each(day(), due_min=lambda n: -1e6 + n),
    "all due far away": each(day(), due_min=lambda n: 1e9),
    "huge weights": each(day(), weight=lambda n: 1e9 if n % 7 == 0 else 1),
    "weights of nothing": each(day(), weight=lambda n: 0),
    "parts of minutes": each(day(), run_min=lambda n: 1 / (n + 3), due_min=lambda n: n / 7),
    "runs of nothing": each(day(), run_min=lambda n: 0),
    "runs of nothing, due at once, no weight": each(
        day(), run_min=lambda n: 0, due_min=lambda n: 0, weight=lambda n: 0
    ),
    "one run of a year": each(day(), run_min=lambda n: 525_600 if n == 7 else 1),
    "every line a batch": {**day(), "batch_max_lines": 1},
    "batches of three": {**day(), "batch_max_lines": 3},
    "batches larger than everything": {**day(), "batch_max_lines": 10**9},
    "more machines than lines": {**day(5), "machines": 50},
    "a million machines": {**day(3), "machines": 10**6},
    "one line": day(1, 3),
    "no lines": {**day(1), "lines": []},
    "no families and no lines": {**day(1), "lines": [], "setup_min": [], "first_setup_min": []},
    "whole numbers written as fractions": {**each(day(), family=lambda n: float(n % 3)), "machines": 2.0},
    "too much for a week": each(day(), due_min=lambda n: 60.0 + n),
}


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("work", [0, WORK])
def test_an_odd_instance_is_planned_no_dearer_than_any_rule(name: str, work: int) -> None:
    instance = checked({"batch_max_lines": None, **ODD[name]})
    group = group_of(instance)
    made = plan(group, seed=3, budget=work)
    ours = judge(instance, json.loads(json.dumps(written(made.batches))), 20.0)
    assert ours.violations == ()
    assert ours.figures["cost"] == pytest.approx(made.sums.cost, rel=1e-9, abs=0.001)
    if len(group.run):
        pricing = Pricing(group)
        for order in [*simple_rules(pricing).values(), *variations(pricing)]:
            theirs = judge(instance, written(pricing.batches(order)), 20.0).figures["cost"]
            assert ours.figures["cost"] <= theirs * (1 + 1e-12) + 0.001


@pytest.mark.parametrize("seed", range(4))
def test_numbers_of_every_size_at_once_are_planned_no_dearer_than_any_rule(seed: int) -> None:
    chance = np.random.default_rng(seed)
    instance: Instance = {
        "machines": 3,
        "setup_min": (10.0 ** chance.uniform(-3, 5, (6, 6))).tolist(),
        "first_setup_min": (10.0 ** chance.uniform(-3, 5, 6)).tolist(),
        "batch_max_lines": [None, 1, 4, 9][seed],
        "lines": [
            {
                "family": int(chance.integers(6)),
                "run_min": float(10.0 ** chance.uniform(-4, 4)),
                "due_min": float(chance.choice([-1, 1]) * 10.0 ** chance.uniform(-2, 6)),
                "weight": float(10.0 ** chance.uniform(-3, 6)),
            }
            for _ in range(70)
        ],
    }
    group = group_of(instance)
    made = plan(group, seed=seed, budget=WORK)
    judged = judge(instance, written(made.batches), 20.0)
    assert judged.violations == ()
    assert judged.figures["cost"] == pytest.approx(made.sums.cost, rel=1e-9)
    assert made.sums.cost <= made.cheapest_rule


CHEAPEST: dict[str, tuple[Instance, float]] = {
    "a setup that nobody would make says nothing about the others": (
        {
            "machines": 3,
            "setup_min": [[0, 0, 1], [500, 0, 500], [1, 500, 0]],
            "first_setup_min": [17, 5, 0],
            "batch_max_lines": None,
            "lines": [
                {"family": 2, "run_min": 8.75, "due_min": 1.5, "weight": 1},
                {"family": 1, "run_min": 1.5, "due_min": 5, "weight": 0},
                {"family": 2, "run_min": 6.25, "due_min": 4.5, "weight": 0},
                {"family": 0, "run_min": 0.5, "due_min": 6, "weight": 1},
            ],
        },
        29.0,
    ),
    "two lines in a wrong order are little beside a dear setup": (
        {
            "machines": 1,
            "setup_min": [[0, 500], [500, 0]],
            "first_setup_min": [10, 10],
            "batch_max_lines": None,
            "lines": [
                {"family": 1, "run_min": 4, "due_min": -500, "weight": 1},
                {"family": 1, "run_min": 8.5, "due_min": -600, "weight": 1},
                {"family": 0, "run_min": 8.75, "due_min": -100, "weight": 1},
                {"family": 0, "run_min": 3.75, "due_min": -300, "weight": 1},
                {"family": 0, "run_min": 1, "due_min": -850, "weight": 1},
            ],
        },
        13662.75,
    ),
}


@pytest.mark.parametrize("name", CHEAPEST)
def test_a_few_lines_are_planned_as_cheaply_as_can_be(name: str) -> None:
    """The least cost is known from trying all orders."""
    instance, least = CHEAPEST[name]
    assert plan(group_of(instance), seed=1, budget=WORK).sums.cost == pytest.approx(least)


def one_line(**change: object) -> Instance:
    return {**day(2), "lines": [{**day(2)["lines"][0], **change}]}


def less(instance: Instance, key: str) -> Instance:
    return {name: value for name, value in instance.items() if name != key}


WRONG: dict[str, tuple[object, str]] = {
    "not an object": ([1, 2], "It must be one JSON object"),
    "no machines": (less(day(), "machines"), "machines is missing."),
    "no setups": (less(day(), "setup_min"), "setup_min is missing."),
    "no first setups": (less(day(), "first_setup_min"), "first_setup_min is missing."),
    "no lines in it": (less(day(), "lines"), "lines is missing."),
    "machines as text": ({**day(), "machines": "two"}, 'machines must be a number, not "two".'),
    "yes for machines": ({**day(), "machines": True}, "machines must be a number, not true."),
    "no machine": ({**day(), "machines": 0}, "machines is 0: it must be from 1"),
    "half a machine": ({**day(), "machines": 2.5}, "machines is 2.5: it must be a whole number."),
    "batches of none": ({**day(), "batch_max_lines": 0}, "batch_max_lines is 0: it must be from 1"),
    "lines as text": ({**day(), "lines": "many"}, "lines must be a list."),
    "a line as a number": ({**day(), "lines": [7]}, "lines[0] must be an object with family"),
    "a line without a weight": ({**day(), "lines": [less(day()["lines"][0], "weight")]}, "lines[0] has no weight."),
    "a family that is not there": (one_line(family=99), "lines[0].family is 99, but there are only families 0 to 6."),
    "a negative family": (one_line(family=-1), "lines[0].family is -1"),
    "half a family": (one_line(family=0.5), "lines[0].family is 0.5: it must be a whole number."),
    "a negative run": (one_line(run_min=-1), "lines[0].run_min is -1: it must be from 0"),
    "no number for a run": (one_line(run_min=float("nan")), "lines[0].run_min must be a number, not NaN."),
    "a run of 400 digits": (one_line(run_min=10**400), "lines[0].run_min is 1000000000"),
    "machines of 400 digits": ({**day(), "machines": 10**400}, "it must be from 1 to 1e+12."),
    "an endless due": (one_line(due_min=float("inf")), "lines[0].due_min must be a number, not Infinity."),
    "no due": (one_line(due_min=None), "lines[0].due_min must be a number, not null."),
    "a negative weight": (one_line(weight=-2), "lines[0].weight is -2"),
    "a weight beyond sums": (one_line(weight=1e300), "lines[0].weight is 1e+300"),
    "a matrix too short": ({**day(), "setup_min": [[0]]}, "setup_min has 1 rows for 7 families"),
    "a row too short": ({**day(), "setup_min": [[0]] * 7}, "setup_min[0] has 1 numbers for 7 families."),
    "a negative setup": ({**day(), "setup_min": [[-1] * 7] * 7}, "setup_min[0][0] is -1"),
    "a negative first setup": ({**day(), "first_setup_min": [-3] * 7}, "first_setup_min[0] is -3"),
    "a number for a matrix": ({**day(), "setup_min": 5}, "setup_min must be a list."),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_planned_is_refused_with_a_sentence(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given, sentence = WRONG[name]
    path = tmp_path / "instance.json"
    path.write_text(json.dumps(given))
    monkeypatch.setattr(sys, "argv", ["planning", "--instance", str(path)])
    assert main() == 1
    said = capsys.readouterr().err
    assert sentence in said
    assert said.startswith(f"{path} cannot be planned. ")


@pytest.mark.parametrize("text", [b"", b"{", b"\xff\xfe", b"[" * 200_000])
def test_a_file_that_is_no_json_is_refused_with_a_sentence(
    text: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "instance.json"
    path.write_bytes(text)
    monkeypatch.setattr(sys, "argv", ["planning", "--instance", str(path)])
    assert main() == 1
    assert "It is not JSON in UTF-8" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--instance", "nowhere.json"], "nowhere.json cannot be planned. It cannot be read: No such file"),
        (["--lines", "3", "--out", "/nowhere/plan.json"], "/nowhere/plan.json cannot be written: No such file"),
        (["--lines", "0"], "0 is too few"),
        (["--seed", "-1"], "-1 is too small"),
        (["--setup-weight", "nan"], "nan is no cost"),
    ],
)
def test_what_the_command_cannot_do_it_says(arguments: list[str], sentence: str) -> None:
    command = [sys.executable, "-m", "benchmarks.planning", *arguments]
    answer = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False)
    assert answer.returncode != 0
    assert sentence in answer.stderr
    assert "Traceback" not in answer.stderr
