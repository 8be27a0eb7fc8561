"""Tracing paths through a projection into short SVG text: many paths at once, curves kept as curves."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from configurator.artwork.outlines import Points, sent
from configurator.artwork.projecting import Projection
from configurator.geometry import Affine, Command, PathData

UNITS = 20
"""Traced numbers are whole twentieths of a drawing unit: put them in a group scaled by 1/UNITS."""
SPAN_MM = 6.0
"""Longest straight line or cubic, across, before it is cut in pieces on a curved surface."""
_NUDGE = 1e-3


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A path as arrays. text: its commands with %d for numbers; refers: for each point the one it is relative to.

    quads, cubics: rows of point numbers, start to end. Point -1 is the origin.
    """

    text: str
    points: Points
    refers: NDArray[np.intp]
    quads: NDArray[np.intp]
    cubics: NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Item:
    """One path and the map that brings it to mm."""

    path: PathData
    by: Affine | None = None


def traced(groups: Sequence[Sequence[Item]], projection: Projection) -> list[str]:
    """The d of each group as seen, relative commands in 1/UNITS; "" for what is out of sight."""
    items = [[_ready(item, projection) for item in group] for group in groups]
    seen = [[item for item in group if _in_sight(item[1], projection)] for group in items]
    flat = [item for group in seen for item in group]
    if not flat:
        return ["" for _ in groups]
    numbers = iter(_numbers(flat, projection))
    return [_filled(group, numbers) for group in seen]


def traced_plain(paths: Sequence[PathData], projection: Projection) -> str:
    """Paths as one d in drawing units, for drawings that give it their own paint and transform."""
    ready = [_ready(Item(path), projection) for path in paths]
    numbers = _numbers(ready, projection) if ready else []
    return "".join(
        prepared.text.replace("%d", "%g") % tuple(number / UNITS for number in own)
        for (prepared, _), own in zip(ready, numbers, strict=True)
    )


def _ready(item: Item, projection: Projection) -> tuple[Prepared, Points]:
    path = item.path
    if not projection.straight:
        path = cut_up(path, SPAN_MM / abs(item.by.a or 1) if item.by else SPAN_MM)
    prepared = _prepared(path)
    return prepared, sent(prepared.points, item.by) if item.by else prepared.points


def _in_sight(points: Points, projection: Projection) -> bool:
    if projection.straight:
        return bool(len(points))
    low, high = projection.visible()
    return bool(len(points)) and bool(points[:, 0].max() > low) and bool(points[:, 0].min() < high)


def _filled(group: Iterable[tuple[Prepared, Points]], numbers: Iterator[list[int]]) -> str:
    return "".join(_spelled(prepared.text, next(numbers)) for prepared, _ in group)


def _numbers(items: Sequence[tuple[Prepared, Points]], projection: Projection) -> list[list[int]]:
    """The whole numbers of every item, in the order of its text."""
    starts = np.cumsum([0, *(len(points) for _, points in items)])
    points = np.concatenate([points for _, points in items])
    quads = np.concatenate([prepared.quads + start for (prepared, _), start in zip(items, starts, strict=False)])
    cubics = np.concatenate([prepared.cubics + start for (prepared, _), start in zip(items, starts, strict=False)])
    shown = _bent(points, quads, cubics, projection)
    whole = np.rint(np.append(shown, [(0.0, 0.0)], axis=0) * UNITS).astype(np.int64)
    refers = np.concatenate(
        [_moved(prepared.refers, start) for (prepared, _), start in zip(items, starts, strict=False)]
    )
    steps = (whole[:-1] - whole[refers]).ravel().tolist()
    return [steps[2 * start : 2 * end] for start, end in pairwise(starts)]


def _moved(refers: NDArray[np.intp], start: int) -> NDArray[np.intp]:
    return np.where(refers < 0, -1, refers + start)


def _bent(points: Points, quads: NDArray[np.intp], cubics: NDArray[np.intp], projection: Projection) -> Points:
    """Projected points; control points set so that a curve's middle (Q) or end directions (C) come out exactly."""
    middles = points[quads[:, 0]] / 4 + points[quads[:, 1]] / 2 + points[quads[:, 2]] / 4
    leaving = points[cubics[:, 0]] + (points[cubics[:, 1]] - points[cubics[:, 0]]) * _NUDGE
    arriving = points[cubics[:, 3]] + (points[cubics[:, 2]] - points[cubics[:, 3]]) * _NUDGE
    every = projection.shown(np.concatenate((points, middles, leaving, arriving)))
    shown, middles, leaving, arriving = np.split(every, np.cumsum([len(points), len(middles), len(leaving)]))
    shown[quads[:, 1]] = 2 * middles - (shown[quads[:, 0]] + shown[quads[:, 2]]) / 2
    shown[cubics[:, 1]] = shown[cubics[:, 0]] + (leaving - shown[cubics[:, 0]]) / _NUDGE
    shown[cubics[:, 2]] = shown[cubics[:, 3]] + (arriving - shown[cubics[:, 3]]) / _NUDGE
    return shown


_TEXT = {"M": "M%d %d", "L": "l%d %d", "Q": "q%d %d %d %d", "C": "c%d %d %d %d %d %d", "Z": "z"}


@lru_cache(maxsize=8192)
def _prepared(path: PathData) -> Prepared:
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
        "".join(_TEXT[letter] for letter, _ in path),
        np.array(points, dtype=np.float64).reshape(-1, 2),
        np.array(refers, dtype=np.intp),
        np.array(curves[2], dtype=np.intp).reshape(-1, 3),
        np.array(curves[3], dtype=np.intp).reshape(-1, 4),
    )


@lru_cache(maxsize=4096)
def outline_text(path: PathData) -> str:
    """A path in its own units, rounded to whole ones, relative."""
    prepared = _prepared(path)
    whole = np.rint(np.append(prepared.points, [(0.0, 0.0)], axis=0)).astype(np.int64)
    return _spelled(prepared.text, (whole[:-1] - whole[prepared.refers]).ravel().tolist())


def _spelled(text: str, numbers: list[int]) -> str:
    return (text % tuple(numbers)).replace(" -", "-")


@lru_cache(maxsize=8192)
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
    return _cubic_pieces(here, numbers, count)


def _cubic_pieces(here: tuple[float, float], numbers: tuple[float, ...], count: int) -> list[Command]:
    """De Casteljau, taking off the first 1/n each time."""
    pieces: list[Command] = []
    points = [here, *zip(numbers[::2], numbers[1::2], strict=True)]
    for left in range(count, 1, -1):
        t = 1 / left
        a = [_between(points[i], points[i + 1], t) for i in range(3)]
        b = [_between(a[i], a[i + 1], t) for i in range(2)]
        c = _between(b[0], b[1], t)
        pieces.append(("C", (*a[0], *b[0], *c)))
        points = [c, b[1], a[2], points[3]]
    pieces.append(("C", (*points[1], *points[2], *points[3])))
    return pieces


def _between(a: tuple[float, float], b: tuple[float, float], t: float) -> tuple[float, float]:
    return a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t
