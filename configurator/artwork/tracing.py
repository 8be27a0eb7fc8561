"""Tracing paths through a projection into short SVG text: many paths at once, curves kept as curves."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import floor, hypot, log2

import numpy as np
from numpy.typing import NDArray

from configurator.artwork.curves import Prepared, cut_up, prepared, sent_through
from configurator.artwork.known import Known
from configurator.artwork.outlines import Points, sent
from configurator.artwork.projecting import Projection
from configurator.geometry import Affine, PathData

UNITS = 20
"""Traced numbers are whole twentieths of a drawing unit: put them in a group scaled by 1/UNITS."""
SPAN_MM = 6.0
"""Longest straight line or cubic, across, before it is cut in pieces on a curved surface."""


_LEADING = re.compile(r"(?<![\d.])0\.")
"""The nought of a number under 1."""


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
    whole = "".join(
        prepared.text.replace("%d", "%g") % tuple(number / UNITS for number in own)
        for (prepared, _), own in zip(ready, numbers, strict=True)
    )
    return _LEADING.sub(".", whole).replace(" -", "-")


def _ready(item: Item, projection: Projection) -> tuple[Prepared, Points]:
    span = 0.0 if projection.straight else _span(item.by)
    ready = _known.get((item.path,), span, lambda: prepared(cut_up(item.path, span) if span else item.path))
    return ready, sent(ready.points, item.by) if item.by else ready.points


_known: Known[Prepared] = Known(4096)
"""By identity: a letter's outline is the same object every time, and hashing it takes long."""


def _span(by: Affine | None) -> float:
    """SPAN_MM in the path's own units, to a power of two, so that one cut serves many sizes."""
    scale = hypot(by.a, by.b) if by else 1.0
    return float(2.0 ** floor(log2(SPAN_MM / scale))) if scale else SPAN_MM


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
    shown = sent_through(points, quads, cubics, projection.shown)
    whole = np.rint(np.append(shown, [(0.0, 0.0)], axis=0) * UNITS).astype(np.int64)
    refers = np.concatenate(
        [_moved(prepared.refers, start) for (prepared, _), start in zip(items, starts, strict=False)]
    )
    steps = (whole[:-1] - whole[refers]).ravel().tolist()
    return [steps[2 * start : 2 * end] for start, end in pairwise(starts)]


def _moved(refers: NDArray[np.intp], start: int) -> NDArray[np.intp]:
    return np.where(refers < 0, -1, refers + start)


def outline_text(path: PathData, *, halves: bool = False) -> str:
    """A path in its own units, relative, rounded to whole ones.

    halves: to halves where a point is not whole, as in letters of a variable font, which large texts show.
    """
    return _texts.get((path,), halves, lambda: _outline_text(path, halves=halves))


_texts: Known[str] = Known(4096)


def _outline_text(path: PathData, *, halves: bool) -> str:
    ready = prepared(path)
    times = 2 if halves else 1
    whole = np.rint(np.append(ready.points, [(0.0, 0.0)], axis=0) * times).astype(np.int64)
    moves = whole[:-1] - whole[ready.refers]
    if not (whole % times).any():
        return _spelled(ready.text, (moves // times).ravel().tolist())
    return _LEADING.sub(".", _spelled(ready.text.replace("%d", "%g"), (moves / times).ravel().tolist()))


def _spelled(text: str, numbers: Sequence[float]) -> str:
    return (text % tuple(numbers)).replace(" -", "-")
