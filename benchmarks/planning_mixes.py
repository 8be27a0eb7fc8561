"""Waiting lines of a made-up plant: seven blanks in their materials, colours and tools; dues with feasible slack."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

Instance = Mapping[str, Any]
"""As `--instance` reads it; see benchmarks/planning.py."""

BLANKS = {
    "mug": (0.26, (0.8, 1.5), (2, 8, 1)),
    "tee": (0.22, (1.5, 3.0), (4, 12, 2)),
    "notebook": (0.12, (1.0, 2.5), (3, 6, 3)),
    "board": (0.10, (2.0, 5.0), (3, 1, 3)),
    "key ring": (0.14, (0.3, 0.8), (3, 4, 2)),
    "muesli": (0.08, (0.8, 1.2), (2, 3, 1)),
    "book": (0.08, (3.0, 6.0), (3, 2, 4)),
}
"""Blank -> its share of the lines, minutes a piece from and to, how many materials, colours and tools it has."""

COPIES = 40
"""Pieces of a line on average."""

LOAD = 0.95
"""Share of the horizon that runs and a sensible number of setups take."""

SOON, LATER = (0.2, 0.7), (0.5, 1.2)
"""Dues as shares of the horizon: of one line in five, and of the others."""


def mix(lines: int, machines: int, seed: int) -> Instance:
    """So many lines for so many machines; the same numbers give the same instance.

    Families: 0.8 times the root of the lines, from 7 to 240. Setups: 8 minutes for another material or blank, 4 for
    another tool, 2 for a darker colour and 3 for a lighter one, half a minute at least; 10 for a bare machine.
    """
    chance = np.random.default_rng(seed)
    families = _families(int(np.clip(0.8 * lines**0.5, 7, 240)))
    setup, first = _setups(families), np.full(len(families), 10.0)
    shares = np.array([BLANKS[blank][0] for blank, *_ in families]) / (1.0 + np.arange(len(families))) ** 0.5
    family = chance.choice(len(families), lines, p=shares / shares.sum())
    pieces = np.minimum(chance.geometric(1 / COPIES, lines), 100)
    spans = np.array([BLANKS[blank][1] for blank, *_ in families])
    run = pieces * chance.uniform(spans[family, 0], spans[family, 1])
    setups = machines * 10.0 + 3 * len(families) * float(setup.mean())
    horizon = (run.sum() + setups) / machines / LOAD
    due = np.where(chance.random(lines) < 0.2, chance.uniform(*SOON, lines), chance.uniform(*LATER, lines))
    return _written(setup, first, (machines, family, run, due * horizon + run, chance.choice([1, 1, 1, 2, 4], lines)))


Family = tuple[str, int, int, int]
"""Blank, material, colour and tool."""


def _families(count: int) -> list[Family]:
    """The most asked for: each blank's first combinations in turn; more tools where that is not enough."""
    own = {
        blank: [(blank, m, c, t) for t in range(tools * 40) for c in range(colours) for m in range(materials)]
        for blank, (_, _, (materials, colours, tools)) in BLANKS.items()
    }
    return [own[blank][turn] for turn in range(count) for blank in BLANKS if turn < len(own[blank])][:count]


def _setups(families: list[Family]) -> npt.NDArray[np.float64]:
    return np.array([[_setup(one, other) for other in families] for one in families])


def _setup(one: Family, other: Family) -> float:
    if one == other:
        return 0.0
    material = 8.0 if one[:2] != other[:2] else 0.0
    colour = 2.0 if one[2] < other[2] else 3.0 if one[2] > other[2] else 0.0
    return 0.5 + material + colour + (4.0 if one[3] != other[3] else 0.0)


def _written(setup: npt.NDArray[np.float64], first: npt.NDArray[np.float64], lines: tuple[Any, ...]) -> Instance:
    machines, *columns = lines
    return {
        "machines": machines,
        "setup_min": setup.tolist(),
        "first_setup_min": first.tolist(),
        "batch_max_lines": None,
        "lines": [
            {"family": int(f), "run_min": round(float(r), 2), "due_min": round(float(d), 1), "weight": int(w)}
            for f, r, d, w in zip(*columns, strict=True)
        ],
    }
