"""Which stitches of a motif are seen as threads: not those below others, nor the way back beside the way there."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from configurator.artwork.stitches_order import Upright
from configurator.artwork.stitches_runs import Run, Steps, runs_of
from configurator.blanks.methods import Stitching

BACK = 0.5
"""Cosine: a stitch that turns back more sharply lies beside the one before and is not drawn again."""
STRAIGHT_ON = 0.998
STEP = -0.5
"""Cosine: a stitch between two longer ones that go against each other more than this is a step from row to row."""
ALONG, ASIDE = 0.97, 2
"""A stitch that goes on like its neighbour, but for what whole tenths of a millimetre do to it, is no step: cosine, and
tenths that it goes aside. At the top of a round fill a step goes nearly along its row, and a row's width aside.
"""
_NONE: Steps = np.zeros((0, 2), dtype=np.int32)


@lru_cache(maxsize=1024)
def threads(upright: Upright, how: Stitching) -> tuple[Steps, Steps]:
    """From where to where threads are seen of a motif, in tenths of a millimetre from its own origin.

    A letter's are the same wherever it stands: the machine's are up to half a tenth beside them.
    """
    pairs = [_seen(run) for run in runs_of(upright.threads(), how)] or [(_NONE, _NONE)]
    starts, stops = (np.concatenate(ends) for ends in zip(*pairs, strict=True))
    return starts, stops


def _seen(run: Run) -> tuple[Steps, Steps]:
    """Stitches that go straight on are one thread, those beside the one before none."""
    ways = np.diff(run.points, axis=0).astype(np.float64)
    ways /= np.maximum(np.hypot(*ways.T), 1e-9)[:, None]
    top = run.top[1:]
    straight = (ways[1:] * ways[:-1]).sum(axis=1) > STRAIGHT_ON
    begins = top & ~np.concatenate(([False], straight & top[:-1]))
    ends = top & np.concatenate((begins[1:] | ~top[1:], [True]))
    starts, stops = run.points[:-1][begins], run.points[1:][ends]
    kept = _not_beside(starts, stops)
    return starts[kept], stops[kept]


def _not_beside(starts: Steps, stops: Steps) -> NDArray[np.bool_]:
    """Which threads are drawn: not the way back of a satin, nor the step from row to row of a fill."""
    if len(starts) < 2:
        return np.ones(len(starts), dtype=np.bool_)
    ways = (stops - starts).astype(np.float64)
    long = np.hypot(*ways.T)
    cosines = (ways[1:] * ways[:-1]).sum(axis=1) / np.maximum(long[1:] * long[:-1], 1e-9)
    crossing = np.abs(ways[1:, 0] * ways[:-1, 1] - ways[1:, 1] * ways[:-1, 0])
    aside = crossing / np.maximum(np.maximum(long[1:], long[:-1]), 1e-9)
    joined = (starts[1:] == stops[:-1]).all(axis=1)
    step = np.zeros(len(starts), dtype=np.bool_)
    turned = (ways[2:] * ways[:-2]).sum(axis=1) < STEP * long[2:] * long[:-2]
    corner = joined & ((cosines < ALONG) | (aside > ASIDE))
    step[1:-1] = corner[1:] & corner[:-1] & turned & (long[1:-1] < np.maximum(long[2:], long[:-2]))
    back = np.concatenate(([False], joined & (cosines < BACK) & ~step[:-1])) & ~step
    number = np.arange(len(starts))
    even = (number - np.maximum.accumulate(np.where(back, 0, number))) % 2 == 0
    return np.asarray(even & ~step)
