"""Tracing paths through a projection into short SVG text: many paths at once, curves kept as curves.

All points of a text are moved together: a few sums of long rows take less than many of short ones.
"""

import re
from collections.abc import Callable, Sequence
from math import floor, hypot, log2

import numpy as np
from numpy.typing import NDArray

from configurator.artwork.curves import Prepared, cut_curves, cut_up, prepared, sent_through
from configurator.artwork.known import Known
from configurator.artwork.outlines import Points
from configurator.artwork.projecting import Flat, Projection
from configurator.geometry import Affine, PathData
from configurator.values import value

UNITS = 20
"""Traced numbers are whole twentieths of a drawing unit: put them in a group scaled by 1/UNITS."""
PLAIN = 10
"""The same where a drawing uses a path itself."""
SPAN_MM = 6.0
"""Longest straight line or cubic, across, before it is cut in pieces on a curved surface."""
CURVE_MM = 32.0
"""Longest curve before it is cut in pieces in perspective, which leaves lines straight but changes a curve's kind."""


_LEADING = re.compile(r"(?<![\d.])0\.")
"""The nought of a number under 1."""
_STANDING = re.compile(r"(?:l0 0){2,}")
"""Steps on the spot: points behind a cylinder all lie on its edge."""


@value
class Item:
    """One path and the map that brings it to mm."""

    path: PathData
    by: Affine | None = None


def traced(items: Sequence[Item], projection: Projection) -> str:
    """The d of some paths as seen, relative commands in 1/UNITS; "" when they are out of sight."""
    ready, points = _in_sight(*_laid(items, projection), projection)
    if not ready:
        return ""
    text = "".join([each.text for each in ready])
    spelled = _spelled(text, _steps(ready, points, projection).ravel().tolist())
    return _STANDING.sub("l0 0", spelled) if "l0 0l0 0" in spelled else spelled


def traced_plain(paths: Sequence[PathData], projection: Projection) -> str:
    """Paths as one d in tenths of a drawing unit, for drawings that give it their own paint and transform."""
    ready, points = _laid([Item(path) for path in paths], projection)
    if not ready:
        return ""
    text = "".join([each.text for each in ready]).replace("%d", "%g")
    return _LEADING.sub(".", _spelled(text, (_steps(ready, points, projection, PLAIN) / PLAIN).ravel().tolist()))


def _laid(items: Sequence[Item], projection: Projection) -> tuple[list[Prepared], Points]:
    """The paths that have points, and all these points in mm."""
    pairs = [(_prepared(item, projection), item.by) for item in items]
    ready = [each for each, _ in pairs if len(each.points)]
    if not ready:
        return [], np.empty((0, 2))
    points = np.concatenate([each.points for each in ready])
    maps = [by or _STAY for each, by in pairs if len(each.points)]
    if all(by is _STAY for by in maps):
        return ready, points
    counts = [len(each.points) for each in ready]
    if len({(by.a, by.d) for by in maps}) == 1 and not any(by.b or by.c for by in maps):
        # Letters that stand upright side by side, as most do: the same sums, fewer of them.
        return ready, points * (maps[0].a, maps[0].d) + np.repeat([(by.e, by.f) for by in maps], counts, axis=0)
    rows = np.array([(by.a, by.b, by.c, by.d, by.e, by.f) for by in maps])
    a, b, c, d, e, f = np.repeat(rows, counts, axis=0).T
    x, y = points.T
    return ready, np.array((x * a + y * c + e, x * b + y * d + f)).T


_STAY = Affine()


def _prepared(item: Item, projection: Projection) -> Prepared:
    cut, span_mm = _cutting(projection)
    span = _span(item.by, span_mm) if cut else 0.0
    return _known.get((item.path,), (cut, span), lambda: prepared(cut(item.path, span) if cut else item.path))


_known: Known[Prepared] = Known(1024)
"""By identity: a letter's outline is the same object every time, and hashing it takes long."""


def _cutting(projection: Projection) -> tuple[Callable[[PathData, float], PathData] | None, float]:
    """What cuts paths before they are bent, and into pieces of how many mm."""
    if isinstance(projection, Flat):
        return None, 0.0
    return (cut_curves, CURVE_MM) if projection.straight else (cut_up, SPAN_MM)


def _span(by: Affine | None, span_mm: float) -> float:
    """Millimetres in the path's own units, to a power of two, so that one cut serves many sizes."""
    scale = hypot(by.a, by.b) if by else 1.0
    return float(2.0 ** floor(log2(span_mm / scale))) if scale else span_mm


def _in_sight(ready: list[Prepared], points: Points, projection: Projection) -> tuple[list[Prepared], Points]:
    """Those of which something faces the viewer."""
    if projection.straight or not ready:
        return ready, points
    low, high = projection.visible()
    across = points[:, 0]
    if low < np.minimum.reduce(across) and np.maximum.reduce(across) < high:
        return ready, points
    starts, counts = _places(ready)
    seen = (np.maximum.reduceat(across, starts) > low) & (np.minimum.reduceat(across, starts) < high)
    if seen.all():
        return ready, points
    return [each for each, shows in zip(ready, seen, strict=True) if shows], points[np.repeat(seen, counts)]


def _places(ready: Sequence[Prepared]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Where the points of each path start among all, and how many they are."""
    counts = np.array([len(each.points) for each in ready], dtype=np.intp)
    return counts.cumsum() - counts, counts


def _steps(ready: Sequence[Prepared], points: Points, projection: Projection, units: int = UNITS) -> NDArray[np.int64]:
    """The whole numbers of all paths, in the order of their texts."""
    starts, counts = _places(ready)
    refers = np.concatenate([each.refers for each in ready])
    refers = np.where(refers < 0, -1, refers + np.repeat(starts, counts))
    quads, cubics = (_moved([each.quads for each in ready], starts), _moved([each.cubics for each in ready], starts))
    whole = np.zeros((len(points) + 1, 2), dtype=np.int64)
    whole[:-1] = np.rint(sent_through(points, quads, cubics, projection.shown) * units)
    moves: NDArray[np.int64] = whole[:-1] - whole.take(refers, 0)
    return moves


def _moved(curves: Sequence[NDArray[np.intp]], starts: NDArray[np.intp]) -> NDArray[np.intp]:
    """Rows of point numbers, counted among all points."""
    counts = [len(rows) for rows in curves]
    return np.concatenate(curves) + np.repeat(starts, counts)[:, None] if any(counts) else curves[0]


def outline_text(path: PathData, *, halves: bool = False) -> str:
    """A path in its own units, relative, rounded to whole ones.

    halves: to halves where a point is not whole, as in letters of a variable font, which large texts show.
    """
    return _texts.get((path,), halves, lambda: _outline_text(path, halves=halves))


_texts: Known[str] = Known(1024)


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
