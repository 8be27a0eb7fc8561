"""Lines cut into items, the parts that a search moves, and the arrays that it works on."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from configurator.production.search.chance import MODULUS
from configurator.production.search.group import Floats, Group, Ints, Order
from configurator.production.search.timeline import BLOCK, Search

CHANCES = 4096


@dataclass(frozen=True)
class Cutting:
    """Lines in an order, cut into items: item n is lines[starts[n]:starts[n + 1]]; the last start is their number."""

    lines: Ints
    starts: Ints


def by_family(group: Group) -> Ints:
    """All lines by family, then by due."""
    return np.lexsort((np.arange(len(group.due)), group.due, group.family)).astype(np.int64)


def single(lines: Ints) -> Cutting:
    """Each line by itself."""
    return Cutting(lines, np.arange(len(lines) + 1, dtype=np.int64))


def by_window(group: Group, lines: Ints, minutes: float) -> Cutting:
    """Lines (by family and due) together whose dues fall into the same window of a family, within batch size.

    A window opens with the first line that is not in the one before.
    """
    family, due = group.family[lines], group.due[lines]
    most = group.most or len(lines)
    starts = []
    changes = np.flatnonzero(_changes(family))
    for first, past in zip(changes, [*changes[1:], len(lines)], strict=True):
        begun = int(first)
        while begun < past:
            starts.append(begun)
            within = int(first + np.searchsorted(due[first:past], due[begun] + minutes, side="right"))
            begun = min(within, begun + most, int(past))
    return Cutting(lines, np.array([*starts, len(lines)], dtype=np.int64))


def by_run(group: Group, order: Order, most: int) -> Cutting:
    """The order cut into items of at most `most` lines, wherever family or machine change."""
    machine = np.repeat(np.arange(group.machines), order.counts)
    new = _changes(group.family[order.lines]) | _changes(machine)
    place = np.arange(len(new))
    begun = np.maximum.accumulate(np.where(new, place, 0))
    return Cutting(order.lines, np.append(np.flatnonzero((place - begun) % most == 0), len(new)).astype(np.int64))


def _changes(values: Ints) -> npt.NDArray[np.bool_]:
    """Where a value differs from the one before; the first one does."""
    return np.diff(values, prepend=values[:1] - 1) != 0


def search(group: Group, cutting: Cutting, *, seed: int, places: int = 1) -> Search:
    """The arrays for a search over these items, no item in any turn yet; places: items a turn may hold."""
    lines, starts = cutting.lines, cutting.starts
    items = len(starts) - 1
    of = np.repeat(np.arange(items), np.diff(starts))
    family = group.family[lines[starts[:-1]]]
    kind = np.stack([family, np.diff(starts), starts[:-1], starts[1:]], axis=1).astype(np.int64)
    mean = np.add.reduceat(group.due[lines], starts[:-1]) / np.diff(starts)
    kin = np.lexsort((np.arange(items), mean, family)).astype(np.int64)
    machines = group.machines
    return Search(
        kind=np.ascontiguousarray(kind),
        run=np.add.reduceat(group.run[lines], starts[:-1]),
        lines=_slacks(group, cutting, of),
        rows=group.rows,
        free=group.free.astype(np.float64),
        standing=group.standing_rows,
        price=float(group.setup_weight),
        most=int(group.most),
        item=np.zeros((machines, places, 2), np.int64),
        spot=np.zeros((machines, places, 6)),
        block=np.zeros((machines, places // BLOCK + 1, 3)),
        filled=np.zeros(machines, np.int64),
        place=np.zeros((items, 2), np.int64),
        trial=np.zeros((2, places), np.int64),
        kin=kin,
        kin_of=np.searchsorted(family[kin], np.arange(group.families + 1)).astype(np.int64),
        kin_place=np.argsort(kin).astype(np.int64),
        near=group.neighbours,
        luck=np.array([1 + (seed * 2654435761 + 97) % (MODULUS - 1)], np.int64),
        patience=patience(),
        used=np.zeros(1, np.int64),
    )


def patience() -> Floats:
    """-log of evenly spread chances, rounded to be the same everywhere."""
    return (-np.log(np.linspace(0.5, CHANCES - 0.5, CHANCES) / CHANCES)).round(9)


def _slacks(group: Group, cutting: Cutting, of: Ints) -> Floats:
    """Each line's slack, rising within its item, with the sums of weight and weight x slack; see Search."""
    lines, starts = cutting.lines, cutting.starts
    run, weight = group.run[lines], group.weight[lines]
    ends = np.cumsum(run)
    slack = group.due[lines] - (ends - np.where(starts[:-1] > 0, ends[starts[:-1] - 1], 0.0)[of])
    rank = np.lexsort((slack, of))
    slack, weight = slack[rank], weight[rank]
    return np.stack([slack, _sums(weight, starts, of), _sums(weight * slack, starts, of)], axis=1)


def _sums(values: Floats, starts: Ints, of: Ints) -> Floats:
    """Running sums that begin anew with each item."""
    total = np.cumsum(values)
    return total - np.where(starts[:-1] > 0, total[starts[:-1] - 1], 0.0)[of]
