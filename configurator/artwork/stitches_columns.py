"""Satin columns: across each stroke the rungs that its stitches lie on, slanted where its ends are, and cut short.

Strokes that end at another one run a little under it and stop.
"""

from collections.abc import Sequence

import numpy as np
import shapely
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from configurator.artwork.outlines import Points
from configurator.artwork.stitches_axis import Axis, between
from configurator.artwork.stitches_strokes import STEP_MM, Column, strokes_of
from configurator.artwork.stitches_walls import Floats, Walls

LAP_MM = 0.5
"""How far a stroke runs under the one it ends at."""
END_MM = 0.12
NEAR_MM = 0.1
"""A rung whose middle is no further from another stroke than this ends there."""
SLANT = 55.0
"""Degrees: an end cut more aslant than this is sewn square, and what is left patched."""


def columns_of(axis: Axis, area: Polygon, row_mm: float) -> list[Column]:
    """The columns of an area, those that others end at first. row_mm: how far rungs are apart on their outer side."""
    walls = Walls(area)
    found = strokes_of(axis, walls)
    found.sort(key=lambda column: (-round(column.long, 3), *column.axis[0].round(3).tolist()))
    near: list[BaseGeometry] = []
    for column in found:
        _rung(column, walls, row_mm)
        _cut_short(column, near)
        column.body = column.covered()
        near.append(column.body.buffer(NEAR_MM))
        shapely.prepare(near[-1])
    return found


def _rung(column: Column, walls: Walls, row_mm: float) -> None:
    """Rungs square to the axis, slanted towards its ends where these are cut aslant."""
    line, far = column.axis, column.far
    tangent = np.gradient(line, axis=0)
    if column.closed:
        tangent[0] = tangent[-1] = line[1] - line[-2]
    tangent /= np.maximum(np.hypot(*tangent.T), 1e-9)[:, None]
    across = np.column_stack((-tangent[:, 1], tangent[:, 0]))
    if not column.closed:
        across = _slanted(column, across, walls)
    most = _widest(column, walls)
    inside = np.clip(far, END_MM, max(far[-1] - END_MM, END_MM))
    centre = between(far, line, inside) if not column.closed else line
    left = centre + across * walls.within(centre, across, most)[:, None]
    right = centre - across * walls.within(centre, -across, most)[:, None]
    _place_rungs(column, left, right, row_mm)


def _slanted(column: Column, across: Points, walls: Walls) -> Points:
    """Within a stroke's width of an end, rungs turn to lie along the end's edge."""
    reach = min(3.0 * column.half, 0.45 * column.long)
    turned_ = across.copy()
    for end, distance in ((0, column.far), (-1, column.long - column.far)):
        edge = walls.edge_near(column.axis[end])
        size = float(np.hypot(*edge))
        if size < 1.2 * column.half:
            continue
        edge = edge / size * np.sign(float(edge @ across[end]) or 1.0)
        if float(edge @ across[end]) < np.cos(np.radians(SLANT)):
            continue
        share = np.clip(1 - distance / max(reach, 1e-9), 0, 1)[:, None]
        turned_ += share * (edge - across[end])
    return np.asarray(turned_ / np.maximum(np.hypot(*turned_.T), 1e-9)[:, None])


def _widest(column: Column, walls: Walls) -> Floats:
    """How far a rung may reach on one side: not into another stroke that branches off."""
    clear = walls.clearance(column.axis)
    if not column.closed:
        free = min(int(column.half / STEP_MM), (len(clear) - 1) // 2)
        clear[:free] = clear[free]
        clear[len(clear) - free :] = clear[len(clear) - 1 - free]
    reach = max(1, round(1.5 * column.half / STEP_MM))
    padded = np.pad(clear, reach, mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1)
    middle = np.partition(windows, reach, axis=1)[:, reach]
    return np.asarray(1.5 * middle + 0.1)


def _place_rungs(column: Column, left: Points, right: Points, row_mm: float) -> None:
    """So many that on the outer side of a bend they are row_mm apart."""
    steps = np.maximum(np.hypot(*np.diff(left, axis=0).T), np.hypot(*np.diff(right, axis=0).T))
    steps = np.minimum(steps, 3 * STEP_MM)
    outer = np.concatenate(([0.0], steps.cumsum()))
    count = max(2, round(outer[-1] / row_mm) + 1)
    index = np.arange(len(outer), dtype=np.float64)
    at = np.interp(np.linspace(0, outer[-1], count), outer, index)
    column.left = between(index, left, at)
    column.right = between(index, right, at)
    column.at = np.interp(at, index, column.far)


def _cut_short(column: Column, near: Sequence[BaseGeometry]) -> None:
    """Rungs whose middle lies well inside another column are left out at the ends. near: what is round those."""
    if column.closed or not near or len(column.at) < 3:
        return
    x, y = ((column.left + column.right) / 2).T
    kept = np.flatnonzero(~np.logical_or.reduce([shapely.contains_xy(other, x, y) for other in near]))
    lap = round(LAP_MM / (column.long / len(column.at)))
    keep = slice(max(0, int(kept[0]) - lap), int(kept[-1]) + 1 + lap) if len(kept) else slice(0, 0)
    column.left, column.right, column.at = column.left[keep], column.right[keep], column.at[keep]
