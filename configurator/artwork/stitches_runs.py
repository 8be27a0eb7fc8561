"""Runs: what is sewn without cutting the thread, in tenths of a millimetre, spaced, split and locked for machines."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import hypot

import numpy as np
from numpy.typing import NDArray

from configurator.artwork.stitches_threads import Stretch, Thread
from configurator.blanks.methods import Stitching

LONGEST = 121
"""Tenths of a millimetre: the longest stitch of a DST file."""
SHORTEST = 3
"""Tenths: needle points nearer to each other are left out, since thread breaks on them."""
LOCK_MM = 0.7

Steps = NDArray[np.int32]
"""Rows of x, y in tenths of a millimetre."""

Marks = NDArray[np.intp]
"""Of each needle point: twice the number of the element whose stitch leads to it, and one more where that is seen."""


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """What is sewn without cutting the thread, locked at both ends. top: whether the stitch to each point is seen.

    element: whose stitch it is.
    """

    points: Steps
    top: NDArray[np.bool_]
    element: NDArray[np.intp]


def runs_of(threads: Iterable[Thread], how: Stitching) -> Iterator[Run]:
    """Threads in their order, joined where the gap to the next is no longer than how.trim_mm."""
    joined: Thread = []
    for thread in threads:
        if joined and hypot(*(thread[0].points[0] - joined[-1].points[-1])) > how.trim_mm:
            yield from _run(joined)
            joined = []
        joined = [*joined, *thread]
    yield from _run(joined)


def _run(thread: Sequence[Stretch]) -> Iterator[Run]:
    if not thread:
        return
    points = np.concatenate([stretch.points for stretch in thread])
    marks = np.concatenate([_marked(stretch) for stretch in thread])
    steps, marks = _spaced(np.rint(points * 10).astype(np.int32), marks)
    if len(steps) > 1:
        steps, marks = _locked(*_short_enough(steps, marks))
        yield Run(steps, marks % 2 == 1, marks // 2)


def _marked(stretch: Stretch) -> Marks:
    """The way to a stretch's first point is not part of it."""
    marks = np.full(len(stretch.points), 2 * stretch.element + stretch.top, dtype=np.intp)
    marks[:1] = 2 * stretch.element
    return marks


def _spaced(steps: Steps, marks: Marks) -> tuple[Steps, Marks]:
    """Without needle points that lie nearly on the last one before that is kept."""
    kept = np.ones(len(steps), dtype=np.bool_)
    going = 0
    for close in (np.flatnonzero(np.hypot(*np.diff(steps, axis=0).T) < SHORTEST) + 1).tolist():
        if close > going:
            going = _next_far(steps, close)
            kept[close:going] = False
    return steps[kept], marks[kept]


def _next_far(steps: Steps, close: int) -> int:
    """The first needle point after one that is left out which is far enough from the one before that."""
    far = np.hypot(*(steps[close:] - steps[close - 1]).T) >= SHORTEST
    return close + int(far.argmax()) if far.any() else len(steps)


def _short_enough(steps: Steps, marks: Marks) -> tuple[Steps, Marks]:
    """With needle points between, where a stitch would be longer than machines can."""
    spans = np.hypot(*np.diff(steps, axis=0).T)
    if not (spans > LONGEST).any():
        return steps, marks
    points, marked = [steps[:1]], [marks[:1]]
    for (start, end), span, mark in zip(pairwise(steps), spans.tolist(), marks[1:].tolist(), strict=True):
        parts = int(np.ceil(span / (LONGEST - 1)))
        shares = np.arange(1, parts + 1)[:, None] / parts
        points.append(np.rint(start + (end - start) * shares).astype(np.int32))
        marked.append(np.full(parts, mark))
    return np.concatenate(points), np.concatenate(marked)


def _locked(steps: Steps, marks: Marks) -> tuple[Steps, Marks]:
    """Two small stitches to and fro at both ends hold the thread."""
    first, last = _lock(steps[0], steps[1]), _lock(steps[-1], steps[-2])
    before, after = (np.full(4, marks[end] // 2 * 2) for end in (0, -1))
    points = np.concatenate((steps[:1], first, steps[1:], last[[0, 1, 2, 3]]))
    return points, np.concatenate((marks[:1], before, marks[1:], after))


def _lock(end: Steps, towards: Steps) -> Steps:
    """There and back, twice."""
    way = (towards - end).astype(np.float64)
    off = np.rint(way / max(float(np.hypot(*way)), 1e-9) * LOCK_MM * 10).astype(np.int32)
    return np.array([end + off, end, end + off, end], dtype=np.int32)
