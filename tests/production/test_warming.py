"""What is compiled before anybody waits for a plan is all that plans need: none of them stops to compile."""

import subprocess
import sys
from pathlib import Path

PROGRAM = """
import sys
from numba.core.dispatcher import Dispatcher
from benchmarks.planning import group_of
from benchmarks.planning_mixes import mix
from configurator.production.search.deciding import plan
from configurator.production.search.packing import pack
from configurator.production.search.replanning import replan
from configurator.production.search.warming import warm


def signatures():
    modules = [module for name, module in sys.modules.items() if name.startswith("configurator.")]
    functions = {value for module in modules for value in vars(module).values() if isinstance(value, Dispatcher)}
    return {(function.__name__, one) for function in functions for one in function.signatures}


warm()
before = signatures()
for lines, machines, most in ((60, 2, None), (60, 1, 3), (1000, 3, None), (5000, 8, 20)):
    group = group_of({**mix(lines, machines, 1), "batch_max_lines": most})
    made = plan(group, seed=1, budget=100_000)
    replan(group, made.order, seed=1, budget=1_000)
pack([(5, 6), (7, 8)] * 20, (10, 10), turn=False, seed=1, steps=10)
print(len(before), sorted(signatures() - before))
"""


def test_nothing_is_left_to_compile_for_a_plan() -> None:
    """In a program of its own, because other tests compile too."""
    answer = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True
    )
    known, missing = answer.stdout.split(maxsplit=1)
    assert int(known) >= 10
    assert missing.strip() == "[]"
