"""Lots whose pieces are all finished at the lot's end: in which order, on which machine."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from configurator.production.search.annealing import anneal, settle
from configurator.production.search.building import PACES
from configurator.production.search.chance import MODULUS
from configurator.production.search.constructing import by_urgency
from configurator.production.search.group import Floats, neighbours
from configurator.production.search.itemising import patience
from configurator.production.search.timeline import BLOCK, ITEM, LINES, NEVER, OWED, WEIGHT, Search, machine_cost

SEED = 1
WARM = ((0.3, 0.004), (0.1, 0.004), (0.03, 0.002))
"""What a move may cost at first and at last, in usual lots (see `arranged`); one search after the other."""
STEPS = 128

Turns = list[list[int]]
"""Machine by machine, the lots in their order, by their numbers."""


@dataclass(frozen=True)
class Lots:
    """Lots by kind, those of a kind together, first by due. dues: of each lot's pieces, rising.

    rows (standings, kinds): changeover minutes from what a machine stands in to a kind; free, standing: by machine.
    late: cost of a piece's minute of lateness, in changeover minutes.
    """

    kind: Sequence[int]
    run: Sequence[float]
    dues: Sequence[Sequence[float]]
    rows: Sequence[Sequence[float]]
    free: Sequence[float]
    standing: Sequence[int]
    late: float


def arranged(lots: Lots, starts: Sequence[Turns], work: int) -> Turns:
    """The cheapest of the starts and of orders built by urgency, improved for as much work (see deciding.plan)."""
    s = _search(lots)
    turns, cost = min(((each, _cost(s, each)) for each in [*starts, _built(lots, s)]), key=lambda pair: pair[1])
    unit = float(s.rows.mean()) + lots.late * float(s.kind[:, LINES].mean() * s.run.mean()) + 1e-9
    for n, (warm, cold) in enumerate(WARM, start=1):
        _cost(s, turns)
        falling = unit * warm * (cold / warm) ** np.linspace(0, 1, STEPS)
        anneal(s, falling.round(9), work * n // len(WARM))
        settle(s)
        found = [s.item[machine, :filled, ITEM].tolist() for machine, filled in enumerate(s.filled)]
        turns, cost = min((turns, cost), (found, _cost(s, found)), key=lambda pair: pair[1])
    return turns


def _search(lots: Lots) -> Search:
    count, machines = len(lots.run), len(lots.free)
    pieces = np.array([len(dues) for dues in lots.dues], np.int64)
    past = np.cumsum(pieces)
    kind, kinds = np.array(lots.kind, np.int64), len(lots.rows[0])
    return Search(
        kind=np.stack([kind, pieces, past - pieces, past], axis=1).astype(np.int64),
        run=np.array(lots.run, float),
        lines=np.concatenate([_slacks(dues, run, lots.late) for dues, run in zip(lots.dues, lots.run, strict=True)]),
        rows=np.array(lots.rows, float),
        free=np.array(lots.free, float),
        standing=np.array(lots.standing, np.int64),
        price=1.0,
        most=0,
        item=np.zeros((machines, count + 1, 2), np.int64),
        spot=np.zeros((machines, count + 1, 6)),
        block=np.zeros((machines, count // BLOCK + 1, 3)),
        filled=np.zeros(machines, np.int64),
        place=np.zeros((count, 2), np.int64),
        trial=np.zeros((2, count + 1), np.int64),
        kin=np.arange(count),
        kin_of=np.searchsorted(kind, np.arange(kinds + 1)).astype(np.int64),
        kin_place=np.arange(count),
        near=neighbours(np.array(lots.rows, float)[:kinds], np.unique(kind)),
        luck=np.array([SEED * 2654435761 % MODULUS], np.int64),
        patience=patience(),
        used=np.zeros(1, np.int64),
    )


def _slacks(dues: Sequence[float], run: float, late: float) -> Floats:
    slack = np.array(dues, float) - run
    weight = late * np.arange(1, len(dues) + 1)
    return np.stack([slack, weight, late * np.cumsum(slack)], axis=1)


def _cost(s: Search, turns: Turns) -> float:
    """Put these turns into the search, and what they cost."""
    for machine, items in enumerate(turns):
        s.item[machine, : len(items), ITEM] = items
        s.filled[machine] = len(items)
    settle(s)
    return sum(machine_cost(s, machine) for machine in range(len(turns)))


def _built(lots: Lots, s: Search) -> Turns:
    last = s.kind[:, 3] - 1
    weight = s.lines[last, WEIGHT]
    urgency = np.log(weight / np.maximum(s.run, 1e-9)).round(9)
    best, least = (s.kin, s.kin), NEVER
    for slack, setup in PACES:
        pace = np.array([slack * max(1e-9, s.run.mean()), setup * max(1e-9, float(s.rows.mean()))])
        chosen, machine, cost = by_urgency(s, urgency, s.lines[last, OWED] / weight, pace, least)
        if cost < least:
            best, least = (chosen, machine), cost
    return [best[0][best[1] == n].tolist() for n in range(len(lots.free))]
