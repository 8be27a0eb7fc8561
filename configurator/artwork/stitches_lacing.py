"""Satin's needle points, from side to side of a column."""

import numpy as np

from configurator.artwork.outlines import Points
from configurator.blanks.methods import Stitching


def laced(left: Points, right: Points, how: Stitching) -> Points:
    """Needle points from side to side, left first, drawn out by the pull; on the inside of bends every other one
    falls short.
    """
    across_ = right - left
    wide = np.maximum(np.hypot(*across_.T), 1e-6)[:, None]
    unit = across_ / wide
    ends = []
    for side, sign in ((left, -1.0), (right, 1.0)):
        close = np.concatenate(([False], np.hypot(*np.diff(side, axis=0).T) < 0.5 * how.row_mm))
        short = close & (np.arange(len(side)) % 2 == 1) & (wide[:, 0] > 1.5)
        short[-1] = False
        ends.append(side + sign * unit * np.where(short[:, None], -0.2 * wide, how.pull_mm))
    return _split(np.stack(ends, axis=1).reshape(-1, 2), how.satin_mm)


def _split(points: Points, longest: float) -> Points:
    """Long satin stitches get needle points between, each row's a little beside those of the row before."""
    spans = np.hypot(*np.diff(points, axis=0).T)
    if not (spans > longest).any():
        return points
    out = [points[:1]]
    for number, span in enumerate(spans.tolist()):
        parts = int(np.ceil(span / longest))
        shift = (0.0, 0.16, -0.16)[number % 3] if parts > 1 else 0.0
        shares = [(k + shift) / parts for k in range(1, parts)] + [1.0]
        out.append(points[number] + np.outer(shares, points[number + 1] - points[number]))
    return np.concatenate(out)
