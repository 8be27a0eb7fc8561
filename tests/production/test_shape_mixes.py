"""The benchmarks' shapes and files: seeded, judged alike by two checkers, rectangles where the search gives up."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from shapely import Polygon

from benchmarks.packing_file import CannotBePacked, read_instances
from benchmarks.shape_mixes import KINDS, made
from benchmarks.shapes import SPOILING, judged_alike
from configurator.production.shape_nesting import by_rectangles, nested, sheets_of

ROOT = Path(__file__).parents[2]
REAL = [kind for kind in KINDS if kind not in ("combs", "needles")]
GOOD = {"name": "one", "bin": [10, 10], "items": [[4, 5], [6, 5]], "best_oriented": 1, "best_rotation": 1}


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_seed_makes_the_same_shapes_and_rectangles_lay_them_without_fault(kind: str) -> None:
    spec, shapes = made(kind, 30, 7)
    assert shapes == made(kind, 30, 7)[1] != made(kind, 30, 8)[1]
    assert all(Polygon(shape.outline).is_valid for shape in shapes)
    assert judged_alike(by_rectangles(shapes, spec), shapes, spec) == []


@pytest.mark.parametrize("kind", REAL)
def test_nested_shapes_are_faultless_by_both_checkers_which_see_every_spoiled_copy(kind: str) -> None:
    spec, shapes = made(kind, 12, 3)
    assert judged_alike(nested(shapes, spec, seed=1, seconds=1), shapes, spec) == []
    assert len(SPOILING) == 5


def test_shapes_that_the_search_falls_over_lie_by_their_rectangles() -> None:
    spec, shapes = made("needles", 20, 1)
    found = nested(shapes, spec, seed=1, seconds=1)
    assert found == by_rectangles(shapes, spec)
    assert judged_alike(found, shapes, spec) == []


def test_shapes_that_take_the_search_its_time_lie_on_no_more_sheets_than_their_rectangles() -> None:
    spec, shapes = made("combs", 6, 1)
    found = nested(shapes, spec, seed=1, seconds=1)
    assert sheets_of(found) <= sheets_of(by_rectangles(shapes, spec))
    assert judged_alike(found, shapes, spec) == []


BAD = {
    "no list": ({"a": 1}, "holds no list of instances"),
    "nothing": ([], "holds no list of instances"),
    "no instance": ([5], "instance 1 is 5; it should be"),
    "half a bin": ([{**GOOD, "bin": [10]}], "instance 1: “bin” is [10]; it should be [width, height]"),
    "a bin of nothing": ([{**GOOD, "bin": [0, 10]}], "“bin”, width is 0; it should be a whole number"),
    "no items": ([{**GOOD, "items": []}], "“items” is []; it should be a list"),
    "a negative item": ([{**GOOD, "items": [[4, -2]]}], "item 1, height is -2; it should be a whole number"),
    "half a unit": ([{**GOOD, "items": [[4, 2.5]]}], "item 1, height is 2.5"),
    "words": ([GOOD, {**GOOD, "items": [["a", 2]]}], 'instance 2: item 1, width is "a"'),
    "no number": ([{**GOOD, "items": [[float("nan"), 2]]}], "width is NaN"),
    "too large": ([{**GOOD, "items": [[30, 2]]}], "item 1 of 30 x 2 does not fit the bin of 10 x 10"),
    "no best": ([{**GOOD, "best_oriented": None}], "“best_oriented” is missing"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_file_that_cannot_be_packed_is_told_in_a_sentence(case: str, tmp_path: Path) -> None:
    content, sentence = BAD[case]
    file = tmp_path / "rectangles.json"
    file.write_text(json.dumps(content), "utf-8")
    with pytest.raises(CannotBePacked) as told:
        read_instances(file)
    assert sentence in str(told.value)
    assert str(told.value).endswith(".")


def test_the_command_ends_with_the_sentence_and_no_stack_trace(tmp_path: Path) -> None:
    for name, text in (("half.json", "[1"), ("bytes.json", "\udcff")):
        (tmp_path / name).write_bytes(text.encode("utf-8", "surrogateescape"))
        run = [sys.executable, "-m", "benchmarks.packing", str(tmp_path / name)]
        done = subprocess.run(run, capture_output=True, text=True, cwd=ROOT, check=False)
        assert done.returncode == 1
        assert "is no JSON" in done.stderr
        assert "Traceback" not in done.stderr
