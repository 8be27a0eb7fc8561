"""Rectangles on sheets beside the best known numbers: `python -m benchmarks.packing FILE [--steps N] [--every N]`.

FILE is a list of {"name", "bin": [width, height], "items": [[width, height]], "best_oriented", "best_rotation"}. One
JSON object is printed: sheets needed in sum, unturned and turned, what is known as best, CPU-seconds for one packing,
and what a checker of its own finds wrong. --pieces N packs N made-up pieces instead.
"""

import argparse
import json
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.packing_file import CannotBePacked, Instance, read_instances
from benchmarks.sheet_checker import faults
from configurator.production.search.packing import Packing, pack


def main() -> int:
    """Print the figures; 1 when the file cannot be read, with a sentence that says why."""
    asked = _asked()
    pack([(1, 1), (2, 1)], (2, 2), turn=True, seed=0, steps=1)
    if asked.pieces:
        sys.stdout.write(json.dumps(_many(asked)) + "\n")
        return 0
    try:
        instances = read_instances(Path(asked.file))[:: max(1, asked.every)]
    except CannotBePacked as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    sums = [_both(instance, asked) for instance in instances]
    sys.stdout.write(json.dumps(_summed(sums)) + "\n")
    return 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", default="")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--steps", type=int, help="orders to try; unset: what so many rectangles are worth")
    parser.add_argument("--every", type=int, default=1, help="only every Nth instance")
    parser.add_argument("--pieces", type=int, help="pack so many made-up pieces on sheets of 1000 x 1400")
    return parser.parse_args()


def _both(instance: Instance, asked: argparse.Namespace) -> dict[str, Any]:
    """An instance packed unturned and turned."""
    sizes, sheet = instance.items, instance.bin
    began = time.process_time()
    oriented, rotated = (pack(sizes, sheet, turn=turn, seed=asked.seed, steps=asked.steps) for turn in (False, True))
    return {
        "bins_oriented": oriented.sheets,
        "best_oriented": instance.best_oriented,
        "bins_rotated": rotated.sheets,
        "best_rotated": instance.best_rotation,
        "cpu_s": time.process_time() - began,
        "violations": [
            f"{instance.name}: {fault}"
            for packing, turn in ((oriented, False), (rotated, True))
            for fault in faults(sizes, sheet, _rows(packing), turn=turn)
        ],
    }


def _rows(packing: Packing) -> Sequence[tuple[int, int, int, bool]]:
    return [(put.sheet, put.left, put.top, put.turned) for put in packing.places]


def _summed(sums: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    names = ("bins_oriented", "best_oriented", "bins_rotated", "best_rotated")
    totals = {name: sum(each[name] for each in sums) for name in names}
    return {
        "instances": len(sums),
        **totals,
        "ratio": round(
            (totals["bins_oriented"] + totals["bins_rotated"])
            / max(1, totals["best_oriented"] + totals["best_rotated"]),
            4,
        ),
        "cpu_s_per_instance": round(sum(each["cpu_s"] for each in sums) / max(1, 2 * len(sums)), 3),
        "violations": [fault for each in sums for fault in each["violations"]],
    }


def _many(asked: argparse.Namespace) -> Mapping[str, Any]:
    chance = np.random.default_rng(asked.seed)
    sizes = [(int(width), int(height)) for width, height in chance.integers(20, 200, (asked.pieces, 2))]
    began = time.process_time()
    packing = pack(sizes, (1000, 1400), turn=True, seed=asked.seed, steps=asked.steps)
    return {
        "pieces": asked.pieces,
        "sheets": packing.sheets,
        "area_bound": packing.bound,
        "share_of_bound": round(packing.bound / packing.sheets, 4),
        "cpu_s": round(time.process_time() - began, 3),
        "violations": faults(sizes, (1000, 1400), _rows(packing), turn=True),
    }


if __name__ == "__main__":
    sys.exit(main())
