"""In which order motifs are sewn, and through which doors the needle goes from one to the next, to cut it seldom."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import hypot

import numpy as np

from configurator.artwork.outlines import Points
from configurator.artwork.stitches_motif import Doors, Motif
from configurator.artwork.stitches_threads import Thread

CUT_MM = 30.0
"""To cut the thread counts as much as so much of a gap."""

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """A motif where it lies: turned by a matrix, then moved; whose it is; its doors and the box that it lies in, mm."""

    motif: Motif
    matrix: Points
    offset: tuple[float, float]
    element: int
    doors: Doors
    box: Box


@dataclass(frozen=True, slots=True)
class Upright:
    """A motif as it is sewn from door to door, turned by a matrix (row by row), wherever it lies."""

    motif: Motif
    enter: int | None
    leave: int | None
    turn: tuple[float, ...]

    def threads(self, offset: tuple[float, float] = (0, 0), element: int = 0) -> Iterator[Thread]:
        """Its needle points, moved, in mm. element: whose they are."""
        matrix = np.reshape(self.turn, (2, 2))
        for thread in _sewn(self.motif, self.enter, self.leave):
            yield [stretch._replace(points=stretch.points @ matrix + offset, element=element) for stretch in thread]


@dataclass(frozen=True, slots=True)
class Entered:
    """What is sewn from door to door where it lies, mm. element: whose it is."""

    upright: Upright
    offset: tuple[float, float]
    element: int

    def threads(self) -> Iterator[Thread]:
        """Its needle points on the area."""
        return self.upright.threads(self.offset, self.element)


def placed(motif: Motif, matrix: Points, offset: tuple[float, float], element: int) -> Placed:
    """A motif turned and moved."""
    doors = _doors(motif)
    here = Doors(doors.ways_in @ matrix + offset, doors.ways_out @ matrix + offset, doors.worse)
    hull = motif.hull @ matrix + offset
    return Placed(motif, matrix, offset, element, here, (*hull.min(axis=0).tolist(), *hull.max(axis=0).tolist()))


@lru_cache(maxsize=1024)
def _doors(motif: Motif) -> Doors:
    return motif.doors


@lru_cache(maxsize=2048)
def _sewn(motif: Motif, enter: int | None, leave: int | None) -> list[Thread]:
    """Letters stand beside the same letters often."""
    return [thread for thread in motif.sewn(enter, leave) if thread]


def forget() -> None:
    """Forget what was sewn, for measuring."""
    _doors.cache_clear()
    _sewn.cache_clear()
    _way.cache_clear()


def entered(motifs: Sequence[Placed], trim_mm: float) -> Iterator[Entered]:
    """Motifs in their order, each left and the next one entered where these are nearest."""
    ways = [_connected(before, after, trim_mm) for before, after in pairwise(motifs)]
    leaves = [*(leave for leave, _ in ways), None]
    enters = [None, *(enter for _, enter in ways)]
    for motif, enter, leave in zip(motifs, enters, leaves, strict=True):
        turn = tuple(motif.matrix.ravel().tolist())
        yield Entered(Upright(motif.motif, enter, leave, turn), motif.offset, motif.element)


def chained(sewn: Sequence[Entered], trim_mm: float) -> Iterator[tuple[Entered, ...]]:
    """Motifs in their order, parted where the thread is cut between two: each chain is sewn whatever the others are."""
    chain: list[Entered] = []
    at = None
    for motif in sewn:
        if (way := _way(motif.upright)) is None:
            continue
        if at is not None and hypot(*(way[0] + motif.offset - at)) > trim_mm:
            yield tuple(chain)
            chain = []
        chain.append(motif)
        at = way[1] + motif.offset
    if chain:
        yield tuple(chain)


@lru_cache(maxsize=1024)
def _way(upright: Upright) -> tuple[Points, Points] | None:
    """Its first needle point and its last; None where nothing is sewn."""
    threads = list(upright.threads())
    return (threads[0][0].points[0], threads[-1][-1].points[-1]) if threads else None


def _connected(before: Placed, after: Placed, trim_mm: float) -> tuple[int | None, int | None]:
    """The doors out of one motif and into the next; none where the thread is cut between them anyway."""
    if apart(before.box, after.box) > trim_mm:
        return None, None
    gaps = _gaps(before, after)
    counted = gaps + before.doors.worse[:, None] + np.where(gaps > trim_mm, CUT_MM, 0.0)
    leave, enter = np.unravel_index(int(counted.argmin()), counted.shape)
    return (int(leave), int(enter)) if gaps[leave, enter] <= trim_mm else (None, None)


def _gaps(before: Placed, after: Placed) -> Points:
    outs, ins = before.doors.ways_out, after.doors.ways_in
    return np.hypot(outs[:, None, 0] - ins[:, 0], outs[:, None, 1] - ins[:, 1])


def apart(a: Box, b: Box) -> float:
    """How far two boxes are from each other, mm; 0 where they meet."""
    across, down = max(b[0] - a[2], a[0] - b[2], 0.0), max(b[1] - a[3], a[1] - b[3], 0.0)
    return float(np.hypot(across, down))


def in_order(motifs: Sequence[Placed], trim_mm: float) -> list[Placed]:
    """From left to right, each put where it lengthens the way least; a cut counts as CUT_MM more."""
    known: dict[tuple[int, int], float] = {}

    def cost(a: int, b: int) -> float:
        if (a, b) not in known:
            known[a, b] = _cost(motifs[a], motifs[b], trim_mm)
        return known[a, b]

    order: list[int] = []
    for number in sorted(range(len(motifs)), key=lambda i: (motifs[i].box[0], motifs[i].box[1])):
        more = [_more(order, place, number, cost) for place in range(len(order) + 1)]
        best = min(range(len(more)), key=lambda place: (more[place], -place))
        order.insert(best, number)
    return [motifs[number] for number in order]


def _more(order: Sequence[int], place: int, number: int, cost: Callable[[int, int], float]) -> float:
    """By how much the way grows when a motif is put there."""
    before = cost(order[place - 1], number) if place else 0.0
    after = cost(number, order[place]) if place < len(order) else 0.0
    gone = cost(order[place - 1], order[place]) if 0 < place < len(order) else 0.0
    return before + after - gone


def _cost(before: Placed, after: Placed, trim_mm: float) -> float:
    """The gap, mm; much more where the thread is cut."""
    gap = apart(before.box, after.box)
    if gap <= trim_mm:
        gap = float(_gaps(before, after).min())
    return gap + (CUT_MM if gap > trim_mm else 0.0)
