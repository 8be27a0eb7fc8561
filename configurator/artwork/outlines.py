"""Outlines as number arrays: exact boxes and flattened rings of glyphs and paths."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from configurator.geometry import Affine, Box, PathData

Points = NDArray[np.float64]
"""Rows of x, y."""

STEPS = 8


@dataclass(frozen=True, slots=True, eq=False)
class Flattened:
    """A path with its curves replaced by chords: all points, and where each closed ring starts."""

    points: Points
    starts: tuple[int, ...]

    def lines(self) -> list[Points]:
        """The stretches of at least two points, open ends left open."""
        bounds = pairwise((*self.starts, len(self.points)))
        return [self.points[start:end] for start, end in bounds if end - start >= 2]

    def rings(self, by: Affine) -> list[Points]:
        """The rings of at least three points, sent through an affine map."""
        points = sent(self.points, by)
        bounds = pairwise((*self.starts, len(points)))
        return [points[start:end] for start, end in bounds if end - start >= 3]


def sent(points: Points, by: Affine) -> Points:
    """Points through an affine map."""
    turn = np.array(((by.a, by.b), (by.c, by.d)))
    moved: Points = points @ turn + (by.e, by.f)
    return moved


@lru_cache(maxsize=4096)
def flattened(path: PathData) -> Flattened:
    """The path with every curve cut into STEPS chords: off by at most 1/256 of the control polygon's bend."""
    points: list[tuple[float, float]] = []
    starts: list[int] = []
    for letter, numbers in path:
        if letter == "M":
            starts.append(len(points))
            points.append((numbers[0], numbers[1]))
        elif letter == "L":
            points.append((numbers[0], numbers[1]))
        elif letter == "Z":
            points.append(points[starts[-1]])
        else:
            points.extend(_chords(points[-1], numbers))
    return Flattened(np.array(points, dtype=np.float64).reshape(-1, 2), tuple(starts))


def _chords(start: tuple[float, float], numbers: tuple[float, ...]) -> list[tuple[float, float]]:
    """Written out: it is two thirds of the work of a first page, with seven products nobody has laid out before."""
    x0, y0 = start
    if len(numbers) == 4:
        x1, y1, x2, y2 = numbers
        return [(a * x0 + b * x1 + c * x2, a * y0 + b * y1 + c * y2) for a, b, c in _QUADRATIC]
    x1, y1, x2, y2, x3, y3 = numbers
    return [(a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3) for a, b, c, d in _CUBIC]


_TIMES = tuple(step / STEPS for step in range(1, STEPS + 1))
_QUADRATIC = tuple(((1 - t) ** 2, 2 * t * (1 - t), t * t) for t in _TIMES)
_CUBIC = tuple(((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3) for t in _TIMES)


def box_of(points: Points) -> Box | None:
    """The upright box of points; None when there are none."""
    if not len(points):
        return None
    return Box(*np.minimum.reduce(points).tolist(), *np.maximum.reduce(points).tolist())


def joined_boxes(boxes: list[Box]) -> Box | None:
    """The smallest box round all of them; None when there are none."""
    if not boxes:
        return None
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )
