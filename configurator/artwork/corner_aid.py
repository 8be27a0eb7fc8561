"""What lies on a print area to judge its corners by: squares of ten millimetres and a circle, as they would be seen."""

from dataclasses import replace

import numpy as np

from configurator.artwork.outlines import Points
from configurator.artwork.projecting import Projection, projection
from configurator.blanks.blank import Area, Blank, Surface

MOST_LINES = 24
"""Lines in a direction; larger areas get wider squares."""

Corners = tuple[tuple[float, float], ...]


def lying(blank: Blank, area: Area, view: str, corners: Corners) -> Blank:
    """The same blank with one area in one view at these corners, clockwise from the area's own top left."""
    surface = Surface(kind="quad", corners=corners, view=view)
    if area.surface.view == view:
        changed = replace(area, surface=surface)
    else:
        others = tuple(other for other in area.also if other.view != view)
        changed = replace(area, also=(*others, surface))
    areas = tuple(changed if one.key == area.key else one for one in blank.areas)
    return replace(blank, areas=areas)


def corners_of(area: Area, view: str) -> Corners:
    """Where the area's corners show in a view now; of a bent surface, the corners of the box around it."""
    surface = area.seen_in(view).surface
    x, y, width, height = surface.box
    return surface.corners or ((x, y), (x + width, y), (x + width, y + height), (x, y + height))


def square_mm(area: Area) -> float:
    """The side of a square: 10 mm, or as many tens as keep the lines apart."""
    return 10.0 * max(1, -(-max(area.size_mm) // (10 * MOST_LINES)))


def squares(area: Area) -> str:
    """An SVG path: lines every square_mm, as they show on the drawing."""
    seen, (width, height), step = projection(area), area.size_mm, square_mm(area)
    upright = [((x, 0.0), (x, height)) for x in np.arange(step, width, step)]
    level = [((0.0, y), (width, y)) for y in np.arange(step, height, step)]
    return "".join(_path(np.array(line), seen) for line in (*upright, *level))


def circle(area: Area) -> str:
    """An SVG path: the largest circle in the middle of the area, as it shows on the drawing."""
    width, height = area.size_mm
    angle = np.linspace(0, 2 * np.pi, 73)
    points = np.column_stack((width / 2 + np.cos(angle) * min(width, height) / 2 * 0.9, np.zeros_like(angle)))
    points[:, 1] = height / 2 + np.sin(angle) * min(width, height) / 2 * 0.9
    return _path(points, projection(area))


def _path(points: Points, seen: Projection) -> str:
    shown = seen.shown(points)
    return "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in shown)
