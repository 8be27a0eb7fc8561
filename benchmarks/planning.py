"""A plan for N lines on M machines beside simple rules: `python -m benchmarks.planning`.

--lines N --machines M --seed S makes an instance (benchmarks/planning_mixes.py); --instance FILE reads one:
{"machines": M, "setup_min": [[from family, to family minutes]], "first_setup_min": [per family],
 "batch_max_lines": K or null, "lines": [{"family": f, "run_min": r, "due_min": d, "weight": w}]}

A batch's neighbours of the same family count setup_min[f][f] as it is given. A line is finished when its own run
ends, not with its batch. start_min in the plan that --out FILE writes is when the batch's setup begins. Cost is
setup_weight x setup minutes + weight x minutes late, summed over lines.

One JSON object is printed. least_cost and least_changeover_h: what no plan can be below (up to ten families; null for
more). cpu_s and wall_s are the plan alone; compile_s is what loading the compiled search took
before, or compiling it, the first time on a machine (`configurator compile` at set-up does that).
"""

import argparse
import json
import resource
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.plan_checker import judge
from benchmarks.planning_bound import least
from benchmarks.planning_instance import LARGEST, NotAnInstance, read
from benchmarks.planning_mixes import Instance, mix
from configurator.production.search.deciding import plan
from configurator.production.search.group import BARE, Group, Order, Plan, PlannedBatch
from configurator.production.search.pricing import Pricing
from configurator.production.search.replanning import replan
from configurator.production.search.rules import simple_rules
from configurator.production.search.warming import warm

Batches = list[dict[str, Any]]


def main() -> int:
    """Print the figures; 1 when the instance cannot be read or the plan not written, with a sentence that says why."""
    asked = _asked()
    try:
        return _planned(asked, read(asked.instance) if asked.instance else mix(asked.lines, asked.machines, asked.seed))
    except NotAnInstance as refusal:
        sys.stderr.write(f"{asked.instance} cannot be planned. {refusal}\n")
    except OSError as fault:
        sys.stderr.write(f"{asked.out} cannot be written: {fault.strerror}.\n")
    return 1


def _planned(asked: argparse.Namespace, instance: Instance) -> int:
    group = group_of(instance, asked.setup_weight)
    began = time.perf_counter()
    warm()
    compile_s = time.perf_counter() - began
    wall, cpu = time.perf_counter(), time.process_time()
    ours = plan(group, seed=asked.seed, budget=asked.budget)
    spent = {"cpu_s": round(time.process_time() - cpu, 3), "wall_s": round(time.perf_counter() - wall, 3)}
    if asked.out:
        Path(asked.out).write_text(json.dumps({"batches": written(ours.batches)}), "utf-8")
    more = _again(asked, instance, group, ours) if asked.replan and len(group.run) else {}
    answer = {
        "lines": len(group.run),
        "machines": instance["machines"],
        "seed": asked.seed,
        **spent,
        "compile_s": round(compile_s, 3),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        **_judged(instance, group, ours, asked.setup_weight),
        **more,
    }
    sys.stdout.write(json.dumps(answer) + "\n")
    return 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=_positive, default=1000)
    parser.add_argument("--machines", type=_positive, default=8)
    parser.add_argument("--seed", type=_counted, default=1)
    parser.add_argument("--instance", help="plan this file instead")
    parser.add_argument("--out", help="write the plan to this file")
    parser.add_argument("--setup-weight", type=_price, default=20.0, help="cost of a setup minute")
    parser.add_argument(
        "--budget", type=_positive, help="work, in items looked at; unset: what so many lines are worth"
    )
    parser.add_argument("--replan", action="store_true", help="change one line in a hundred, and plan again")
    return parser.parse_args()


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{number} is too few: write 1 or more")
    return number


def _counted(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError(f"{number} is too small: write 0 or more")
    return number


def _price(text: str) -> float:
    number = float(text)
    if not 0 <= number <= LARGEST:
        raise argparse.ArgumentTypeError(f"{text} is no cost: write a number, 0 or more")
    return number


def group_of(instance: Instance, setup_weight: float = 20.0) -> Group:
    """An instance as the planner takes it; machines that are alike and more than there are lines are left out."""
    lines, families = instance["lines"], len(instance["first_setup_min"])
    machines = min(int(instance["machines"]), max(1, len(lines)))
    return Group(
        family=np.array([line["family"] for line in lines], np.int64),
        run=np.array([line["run_min"] for line in lines], float),
        due=np.array([line["due_min"] for line in lines], float),
        weight=np.array([line["weight"] for line in lines], float),
        setup=np.array(instance["setup_min"], float).reshape(families, families),
        first=np.array(instance["first_setup_min"], float),
        free=np.zeros(machines),
        standing=np.full(machines, BARE, np.int64),
        most=int(instance["batch_max_lines"] or 0),
        setup_weight=setup_weight,
    )


def written(batches: Sequence[PlannedBatch]) -> Batches:
    """Batches as --out writes them."""
    return [
        {"machine": b.machine, "start_min": b.start_min, "family": b.family, "lines": list(b.lines)} for b in batches
    ]


def _judged(instance: Instance, group: Group, ours: Plan, setup_weight: float) -> Mapping[str, Any]:
    pricing, bound = Pricing(group), least(instance, setup_weight)
    rules = simple_rules(pricing) if len(group.run) else {}
    plans = {"ours": ours.batches, **{name: pricing.batches(order) for name, order in rules.items()}}
    judged = {name: judge(instance, written(batches), setup_weight) for name, batches in plans.items()}
    return {
        "violations": list(judged["ours"].violations),
        "least_cost": bound.cost if bound else None,
        "least_changeover_h": bound.setup_min / 60 if bound else None,
        "plans": {name: each.figures for name, each in judged.items()},
    }


def _again(asked: argparse.Namespace, instance: Instance, group: Group, first: Plan) -> Mapping[str, Any]:
    """Release each machine's first batch, take away half a per cent of the other lines, add as many, plan again."""
    released = [batch for batch in first.batches if batch.start_min == 0]
    chance = np.random.default_rng(asked.seed)
    open_ = np.setdiff1d(first.order.lines, [n for batch in released for n in batch.lines])
    gone = chance.choice(open_, max(1, len(group.run) // 200), replace=False) if len(open_) else open_
    changed = _changed(instance, mix(len(gone), group.machines, asked.seed + 1), group.families)
    whole = group_of(changed, asked.setup_weight)
    keep = np.concatenate([np.setdiff1d(open_, gone), np.arange(len(group.run), len(whole.run))]).astype(np.int64)
    kept, machine = _kept(first.order, keep)
    wall, cpu = time.perf_counter(), time.process_time()
    found = replan(
        _rest(whole, keep, released), Order(kept, np.bincount(machine, minlength=whole.machines)), seed=asked.seed
    )
    spent = {"cpu_s": round(time.process_time() - cpu, 3), "wall_s": round(time.perf_counter() - wall, 3)}
    again = [{**batch, "lines": [int(keep[n]) for n in batch["lines"]]} for batch in written(found.batches)]
    judged = judge(changed, [*written(released), *again], asked.setup_weight)
    missing = [text for text in judged.violations if text not in {f"Line {n} is in no batch." for n in gone}]
    return {
        "replan": {**spent, "lines_gone": len(gone), "lines_new": len(gone), "violations": missing, **judged.figures}
    }


def _kept(order: Order, keep: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The earlier order of the lines that stay, by their numbers in `keep`, and the machine of each."""
    number = {int(line): n for n, line in enumerate(keep)}
    machine = np.repeat(np.arange(len(order.counts)), order.counts)
    pairs = [(number[int(line)], m) for line, m in zip(order.lines, machine, strict=True) if int(line) in number]
    table = np.array(pairs, np.int64).reshape(-1, 2)
    return table[:, 0].copy(), table[:, 1].copy()


def _changed(instance: Instance, new: Instance, families: int) -> Instance:
    lines = [{**line, "family": line["family"] % families} for line in new["lines"]]
    return {**instance, "lines": [*instance["lines"], *lines]}


def _rest(whole: Group, keep: np.ndarray, released: Sequence[PlannedBatch]) -> Group:
    """What is open, on machines as the released batches leave them."""
    free, standing = whole.free.copy(), whole.standing.copy()
    for batch in released:
        free[batch.machine] = whole.first[batch.family] + whole.run[list(batch.lines)].sum()
        standing[batch.machine] = batch.family
    lines = (whole.family[keep], whole.run[keep], whole.due[keep], whole.weight[keep])
    return Group(*lines, whole.setup, whole.first, free, standing, whole.most, whole.setup_weight)


if __name__ == "__main__":
    sys.exit(main())
