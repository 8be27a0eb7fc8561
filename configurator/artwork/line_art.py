"""Line art out of coloured layers: the edges between colours as even lines, dark parts filled, gaps too fine closed."""

from collections.abc import Sequence
from typing import Any

import shapely

from configurator.artwork.dxf_areas import filled_area, flat_rings
from configurator.artwork.seeing import luminance
from configurator.geometry import Command, PathData

geo: Any = shapely
"""Shapely's functions carry no types."""
Geometry = Any

FINE = 0.08
"""How far chords may lie off curves, and gaps that are closed reach, as shares of the line."""
GAP = 0.45
DARK = 0.1
"""Relative luminance under which a part is filled: pupils, mouths, wheels."""
SEGMENTS = 3


def line_art(layers: Sequence[tuple[PathData, str]], line: float) -> PathData:
    """Layers (outline, "#rrggbb") from back to front as one non-zero outline, its lines `line` units thick.

    It reaches no further than the layers do.
    """
    shown = _shown(layers, line * FINE)
    if not shown:
        return ()
    whole = geo.union_all(list(shown.values()))
    inside = whole.buffer(-line, quad_segs=SEGMENTS)
    edges = geo.union_all([geo.boundary(part) for part in shown.values()]).intersection(inside)
    dark = [part for rgb, part in shown.items() if luminance(rgb) < DARK]
    art = geo.union_all([whole.difference(inside), edges.buffer(line / 2, quad_segs=SEGMENTS), *dark])
    art = art.buffer(line * GAP / 2, quad_segs=SEGMENTS).buffer(-line * GAP / 2, quad_segs=SEGMENTS)
    return _outline(art.intersection(whole).simplify(line * FINE / 2))


def _shown(layers: Sequence[tuple[PathData, str]], fine: float) -> dict[str, Geometry]:
    """What is seen of each colour; slivers that a line would cover are left out."""
    seen: dict[str, Geometry] = {}
    above = geo.Polygon()
    for path, rgb in reversed(layers):
        area = filled_area(flat_rings(path, fine))
        left = geo.difference(area, above)
        above = geo.union(above, area)
        seen[rgb] = geo.union(seen[rgb], left) if rgb in seen else left
    kept = {rgb: part.buffer(-2 * fine).buffer(2 * fine) for rgb, part in seen.items()}
    return {rgb: seen[rgb].intersection(part.buffer(fine)) for rgb, part in kept.items() if not part.is_empty}


def _outline(art: Geometry) -> PathData:
    path: list[Command] = []
    for part in getattr(art, "geoms", [art]):
        if part.geom_type == "Polygon" and not part.is_empty:
            turned = geo.geometry.polygon.orient(part)
            for ring in (turned.exterior, *turned.interiors):
                points = [(round(x, 1) + 0.0, round(y, 1) + 0.0) for x, y in ring.coords[:-1]]
                path += [("M", points[0]), *(("L", point) for point in points[1:]), ("Z", ())]
    return tuple(path)
