"""The program that nests shapes in a strip: a task as JSON in, places as JSON out. Run by stripping.py alone."""

import json
import os
import sys

import spyrrow


def main() -> None:
    """It gives way to everything else on the machine: pages are answered while it searches."""
    os.nice(10)
    task = json.load(sys.stdin)
    items = [
        spyrrow.Item(str(n), [(x, y) for x, y in outline], 1, task["angles"])
        for n, outline in enumerate(task["outlines"])
    ]
    config = spyrrow.StripPackingConfig(
        total_computation_time=task["seconds"],
        min_items_separation=task["gap"] or None,
        num_workers=1,
        seed=task["seed"],
    )
    found = spyrrow.StripPackingInstance("sheet", task["height"], items).solve(config)
    places = [(int(item.id), item.rotation, *item.translation) for item in found.placed_items]
    json.dump({"length": found.width, "places": sorted(places)}, sys.stdout)


if __name__ == "__main__":
    main()
