"""Paths as number arrays, and paths sent through a map that bends: curves stay curves."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from configurator.artwork.outlines import Points
from configurator.geometry import Command, PathData

_NUDGE = 1e-3

Map = Callable[[Points], Points]
"""Where points go."""


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A path as arrays. text: its relative commands with %d for numbers; refers: the point each is relative to.

    quads, cubics: rows of point numbers, start to end. Point -1 is the origin.
    """

    letters: str
    text: str
    points: Points
    refers: NDArray[np.intp]
    quads: NDArray[np.intp]
    cubics: NDArray[np.intp]


_TEXT = {"M": "M%d %d", "L": "l%d %d", "Q": "q%d %d %d %d", "C": "c%d %d %d %d %d %d", "Z": "z"}


@lru_cache(maxsize=1024)
def prepared(path: PathData) -> Prepared:
    """The path's commands and points."""
    points: list[tuple[float, float]] = []
    refers: list[int] = []
    curves: dict[int, list[list[int]]] = {2: [], 3: []}
    current = start = -1
    for letter, numbers in path:
        if letter == "Z":
            current = start
            continue
        count = len(numbers) // 2
        refers += [-1 if letter == "M" else current] * count
        if count > 1:
            curves[count].append([current, *range(len(points), len(points) + count)])
        points += zip(numbers[::2], numbers[1::2], strict=True)
        current = len(points) - 1
        start = current if letter == "M" else start
    return Prepared(
        "".join(letter for letter, _ in path),
        "".join(_TEXT[letter] for letter, _ in path),
        np.array(points, dtype=np.float64).reshape(-1, 2),
        np.array(refers, dtype=np.intp),
        np.array(curves[2], dtype=np.intp).reshape(-1, 3),
        np.array(curves[3], dtype=np.intp).reshape(-1, 4),
    )


def sent_through(points: Points, quads: NDArray[np.intp], cubics: NDArray[np.intp], by: Map) -> Points:
    """Mapped points; control points set so that a curve's middle (Q) or end directions (C) come out exactly."""
    every = [points]
    if len(quads):
        start, bend, end = quads.T
        every.append(points.take(start, 0) / 4 + points.take(bend, 0) / 2 + points.take(end, 0) / 4)
    if len(cubics):
        begin, out, into, stop = cubics.T
        every.append(points[begin] + (points[out] - points[begin]) * _NUDGE)
        every.append(points[stop] + (points[into] - points[stop]) * _NUDGE)
    shown = by(np.concatenate(every) if len(every) > 1 else points)
    middles, leaving = len(points), len(points) + len(quads)
    if len(quads):
        shown[bend] = 2 * shown[middles:leaving] - (shown.take(start, 0) + shown.take(end, 0)) / 2
    if len(cubics):
        arriving = leaving + len(cubics)
        shown[out] = shown[begin] + (shown[leaving:arriving] - shown[begin]) / _NUDGE
        shown[into] = shown[stop] + (shown[arriving:] - shown[stop]) / _NUDGE
    return shown[: len(points)]


def bent(path: PathData, by: Map, *, span: float) -> PathData:
    """The path through a map; lines and cubics reaching further than `span` across are cut first."""
    ready = prepared(cut_up(path, span))
    numbers = iter(sent_through(ready.points, ready.quads, ready.cubics, by).round(4) + 0.0)
    return tuple(
        (letter, tuple(number for _ in range(count) for number in next(numbers).tolist()))
        for letter, count in ((letter, _POINTS[letter]) for letter in ready.letters)
    )


_POINTS = {"M": 1, "L": 1, "Q": 2, "C": 3, "Z": 0}


@lru_cache(maxsize=2048)
def cut_up(path: PathData, span: float) -> PathData:
    """The same path with lines and cubics that reach further than `span` across cut into equal pieces."""
    drawn: list[Command] = []
    here = start = (0.0, 0.0)
    for letter, numbers in path:
        if letter == "Z":
            if here != start:
                drawn += _pieces(here, "L", start, span)
            drawn.append((letter, numbers))
            here = start
            continue
        drawn += [(letter, numbers)] if letter in "MQ" else _pieces(here, letter, numbers, span)
        here = (numbers[-2], numbers[-1])
        start = here if letter == "M" else start
    return tuple(drawn)


def _pieces(here: tuple[float, float], letter: str, numbers: tuple[float, ...], span: float) -> list[Command]:
    across = [here[0], *numbers[::2]]
    count = int((max(across) - min(across)) / span) + 1
    if count == 1:
        return [(letter, numbers)]
    if letter == "L":
        dx, dy = (numbers[0] - here[0]) / count, (numbers[1] - here[1]) / count
        return [("L", (here[0] + dx * i, here[1] + dy * i)) for i in range(1, count + 1)]
    return _curve_pieces(here, letter, numbers, count)


@lru_cache(maxsize=2048)
def cut_curves(path: PathData, span: float) -> PathData:
    """The same path with curves that reach further than `span` in any direction cut into equal pieces; lines stay."""
    drawn: list[Command] = []
    here = start = (0.0, 0.0)
    for letter, numbers in path:
        if letter == "Z":
            drawn.append((letter, numbers))
            here = start
            continue
        across, down = [here[0], *numbers[::2]], [here[1], *numbers[1::2]]
        count = int(max(max(across) - min(across), max(down) - min(down)) / span) + 1
        curved = letter in "QC" and count > 1
        drawn += _curve_pieces(here, letter, numbers, count) if curved else [(letter, numbers)]
        here = (numbers[-2], numbers[-1])
        start = here if letter == "M" else start
    return tuple(drawn)


def _curve_pieces(here: tuple[float, float], letter: str, numbers: tuple[float, ...], count: int) -> list[Command]:
    """De Casteljau, taking off the first 1/n each time."""
    pieces: list[Command] = []
    points = [here, *zip(numbers[::2], numbers[1::2], strict=True)]
    for left in range(count, 0, -1):
        levels = [points]
        while len(levels[-1]) > 1:
            levels.append([_between(one, next_, 1 / left) for one, next_ in pairwise(levels[-1])])
        pieces.append((letter, tuple(number for level in levels[1:] for number in level[0])))
        points = [level[-1] for level in reversed(levels)]
    return pieces


def _between(a: tuple[float, float], b: tuple[float, float], t: float) -> tuple[float, float]:
    return a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t
