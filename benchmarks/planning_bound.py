"""What no plan of an instance can cost less than: setups of its families, and lateness if each is made at a stretch."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from benchmarks.planning_mixes import Instance

FEW = 10
"""Families up to which every set of them is looked at."""

ORDERED = 8
"""Families up to which every order of them on a machine is looked at too."""

NEVER = float("inf")


class Least(NamedTuple):
    """Cost that no plan is below, and minutes of setup that none is below."""

    cost: float
    setup_min: float


def least(instance: Instance, setup_weight: float) -> Least | None:
    """Bounds of all plans; None for none or many families.

    Either some family is set up twice or more: then the plan costs at least the cheapest setups that go to every
    family and once more to one of them, whatever is late. Or each is made at a stretch: then every order of the
    families on the machines is looked at, with the lateness that no order of the lines within them avoids.
    """
    used = sorted({int(line["family"]) for line in instance["lines"]})
    if not 0 < len(used) <= FEW:
        return None
    between, first = _shortest(instance)
    between, first, machines = between[np.ix_(used, used)], first[used], int(instance["machines"])
    once, again = _cheapest_setups(between, first, machines)
    stretches = _at_a_stretch(instance, used, setup_weight) if len(used) <= ORDERED else setup_weight * once
    return Least(min(max(stretches, setup_weight * once), setup_weight * again), min(once, again))


def _shortest(instance: Instance) -> tuple[Any, Any]:
    """Minutes between families by the cheapest way, over others where that is shorter: coming back is covered too."""
    between = np.array(instance["setup_min"], float)
    for by in range(len(between)):
        between = np.minimum(between, between[:, [by]] + between[[by], :])
    first = np.array(instance["first_setup_min"], float)
    return between, np.minimum(first, (first[:, None] + between).min(axis=0))


State = tuple[int, int, int, bool]
"""Families done, the last one, machines used, whether one was gone to again."""


def _cheapest_setups(between: Any, first: Any, machines: int) -> tuple[float, float]:
    """Least minutes to go to every family, and to go to one of them again; Held and Karp (1962) over sets."""
    now: dict[State, float] = {(1 << n, n, 1, False): float(minutes) for n, minutes in enumerate(first)}
    least = [NEVER, NEVER]
    for turn in range(len(first)):
        for (done, last, used, _), minutes in list(now.items()):
            for state, added in _again(done, last, used, (between, first, machines)):
                now[state] = min(now.get(state, NEVER), minutes + added)
        if turn == len(first) - 1:
            for (*_, again), minutes in now.items():
                least[again] = min(least[again], minutes)
        now = _one_more(now, between, first, machines)
    return least[0], least[1]


def _again(done: int, last: int, used: int, what: tuple[Any, Any, int]) -> Iterator[tuple[State, float]]:
    """From a state to a family that is done, for the first time; another one, or any on another machine."""
    between, first, machines = what
    for family in range(len(first)):
        if done >> family & 1:
            if family != last:
                yield (done, family, used, True), float(between[last, family])
            if used < machines:
                yield (done, family, used + 1, True), float(first[family])


def _one_more(now: dict[State, float], between: Any, first: Any, machines: int) -> dict[State, float]:
    """The states with each family more."""
    more: dict[State, float] = {}
    for (done, last, used, again), minutes in now.items():
        for family in range(len(first)):
            if not done >> family & 1:
                ways = [(used, float(between[last, family]))]
                if used < machines:
                    ways.append((used + 1, float(first[family])))
                for number, setup in ways:
                    key = (done | 1 << family, family, number, again)
                    more[key] = min(more.get(key, NEVER), minutes + setup)
    return more


def _at_a_stretch(instance: Instance, used: list[int], setup_weight: float) -> float:
    """Least cost when each family is set up once: over all ways to share them out, in any order on each machine."""
    alone = np.full(1 << len(used), NEVER)
    alone[0] = 0.0
    setup, first = np.array(instance["setup_min"], float), np.array(instance["first_setup_min"], float)
    blocks = [_Block.of(instance, family) for family in used]
    open_ = [(0, -1, 0.0, 0.0)]
    while open_:
        done, last, time, cost = open_.pop()
        alone[done] = min(alone[done], cost)
        for n, family in enumerate(used):
            if not done >> n & 1:
                minutes = float(first[family] if last < 0 else setup[last, family])
                start = time + minutes
                worse = cost + setup_weight * minutes + blocks[n].least_late(start)
                open_.append((done | 1 << n, family, start + blocks[n].run, worse))
    shared = alone
    for _ in range(min(instance["machines"], len(used)) - 1):
        shared = np.array(
            [min(alone[part] + shared[done ^ part] for part in _parts(done)) for done in range(len(alone))]
        )
    return float(shared[-1])


def _parts(done: int) -> Iterator[int]:
    part = done
    while part:
        yield part
        part = (part - 1) & done
    yield 0


class _Block(NamedTuple):
    """A family's lines, first by due: runs, dues, weights, the run of them up to each, the least weight up to each."""

    runs: Any
    dues: Any
    weights: Any
    ends: Any
    least: Any
    run: float

    @staticmethod
    def of(instance: Instance, family: int) -> "_Block":
        lines = [line for line in instance["lines"] if line["family"] == family]
        lines.sort(key=lambda line: line["due_min"])
        runs, dues, weights = (
            np.array([line[key] for line in lines], float) for key in ("run_min", "due_min", "weight")
        )
        return _Block(runs, dues, weights, runs.cumsum(), np.minimum.accumulate(weights), float(runs.sum()))

    def least_late(self, start: float) -> float:
        """Weighted minutes late that no order avoids: each line as if it were first, or of the first, one last."""
        single = (self.weights * np.maximum(start + self.runs - self.dues, 0)).sum()
        return float(max(single, (self.least * np.maximum(start + self.ends - self.dues, 0)).max()))
