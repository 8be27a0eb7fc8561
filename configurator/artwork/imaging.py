"""Pictures on a surface, as SVG: whole on a plane, elsewhere in pieces so small that each has a straight map."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from math import ceil, sqrt

import numpy as np
from numpy.typing import NDArray

from configurator.artwork.outlines import Points, box_of
from configurator.artwork.projecting import Projection
from configurator.artwork.scene import Image
from configurator.artwork.tracing import UNITS
from configurator.geometry import Affine, Box

CLOSE = 0.2
"""How far, in drawing units, a piece may lie from where it belongs."""
OVERLAP = 0.6
"""Drawing units that a piece reaches under the next, so that no seam shines through."""
FEW, FINEST = 4, 64


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the print area, in mm, and the map that brings it to 1/UNITS of the drawing; whole: no clip needed."""

    box: Box
    by: Affine
    whole: bool = False


@lru_cache(maxsize=256)
def pieces(node: Image, seen: Projection) -> tuple[Piece, ...]:
    """The pieces of a picture that can be seen; neighbours meet within CLOSE and overlap by OVERLAP."""
    around = box_of(np.array(node.corners))
    low, high = seen.visible()
    if around is None or around.right <= low or around.left >= high:
        return ()
    box = Box(max(around.left, low), around.top, min(around.right, high), around.bottom)
    by, off = _straight(box, seen)
    if off <= CLOSE and box == around:
        return (Piece(box, by, whole=True),)
    return tuple(_piece(part, seen) for part in _parts(box, _count(box, seen), seen))


def _count(box: Box, seen: Projection) -> int:
    """Half as wide, a piece of a curve is a quarter as far off: a few tell how many are needed."""
    worst = max(_straight(part, seen)[1] for part in _parts(box, FEW, seen))
    return min(FINEST, max(1, ceil(FEW * sqrt(worst / CLOSE))))


def _parts(box: Box, count: int, seen: Projection) -> Iterator[Box]:
    """A surface that bends across is cut into strips, one in perspective both ways."""
    xs = np.linspace(box.left, box.right, count + 1).tolist()
    ys = np.linspace(box.top, box.bottom, (count if seen.straight else 1) + 1).tolist()
    for row, column in product(range(len(ys) - 1), range(len(xs) - 1)):
        yield Box(xs[column], ys[row], xs[column + 1], ys[row + 1])


def _piece(box: Box, seen: Projection) -> Piece:
    by, _ = _straight(box, seen)
    over = OVERLAP / seen.scale()
    return Piece(Box(box.left - over, box.top - over, box.right + over, box.bottom + over), by)


def _straight(box: Box, seen: Projection) -> tuple[Affine, float]:
    """The affine map that is right on average at the corners of a box, and how far off it is inside."""
    corners = np.array([(x, y) for x in (box.left, box.right) for y in (box.top, box.bottom)], dtype=np.float64)
    inside = np.array([(x, y) for x in np.linspace(box.left, box.right, 5) for y in (box.top, box.bottom)])
    found, *_ = np.linalg.lstsq(_ones(corners), seen.shown(corners), rcond=None)
    off = np.abs(_ones(inside) @ found - seen.shown(inside)).max()
    (a, b), (c, d), (e, f) = (found * UNITS).tolist()
    return Affine(a, b, c, d, e, f), float(off)


def _ones(points: Points) -> NDArray[np.float64]:
    return np.column_stack((points, np.ones(len(points))))
