"""What no plan of an instance can cost less than: the setups of its families alone, whatever is late."""

from typing import Any

import numpy as np

from benchmarks.planning_mixes import Instance

FEW = 10
"""Families up to which every set of them is looked at."""


def least_cost(instance: Instance, setup_weight: float) -> float | None:
    """Cost of the cheapest setups after which every family has run once on one of the machines; None for many families.

    Held and Karp (1962) over sets of families, with at most as many beginnings as machines. Minutes between families
    are those of the cheapest way, over others where that is shorter, so that coming back to a family is covered too.
    """
    used = sorted({line["family"] for line in instance["lines"]})
    if not 0 < len(used) <= FEW:
        return None
    between, first = _shortest(instance)
    between, first = between[np.ix_(used, used)], first[used]
    least = {(1 << n, n, 1): float(minutes) for n, minutes in enumerate(first)}
    for _ in range(len(used) - 1):
        least = _one_more(least, between, first, instance["machines"])
    return setup_weight * min(least.values())


def _shortest(instance: Instance) -> tuple[Any, Any]:
    between = np.array(instance["setup_min"], float)
    for by in range(len(between)):
        between = np.minimum(between, between[:, [by]] + between[[by], :])
    first = np.array(instance["first_setup_min"], float)
    return between, np.minimum(first, (first[:, None] + between).min(axis=0))


def _one_more(
    least: dict[tuple[int, int, int], float], between: Any, first: Any, machines: int
) -> dict[tuple[int, int, int], float]:
    """(families done, last one, machines used) -> minutes, each with one family more."""
    more: dict[tuple[int, int, int], float] = {}
    for (done, last, used), minutes in least.items():
        for family in range(len(first)):
            if not done >> family & 1:
                ways = [(used, float(between[last, family]))]
                if used < machines:
                    ways.append((used + 1, float(first[family])))
                for number, setup in ways:
                    key = (done | 1 << family, family, number)
                    more[key] = min(more.get(key, np.inf), minutes + setup)
    return more
