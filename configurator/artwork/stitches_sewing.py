"""One area sewn: satin where it is narrow, a fill where it is wide, underlay first, needle points in mm."""

from collections.abc import Sequence

import numpy as np
import shapely
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from configurator.artwork.stitches_axis import axis_of
from configurator.artwork.stitches_columns import columns_of
from configurator.artwork.stitches_doors import strokes
from configurator.artwork.stitches_fills import filled
from configurator.artwork.stitches_motif import Motif
from configurator.artwork.stitches_satin import patches_of
from configurator.artwork.stitches_threads import polygons
from configurator.blanks.methods import Stitching

GAP_MM = 0.25
"""What columns leave uncovered is patched unless it is narrower than twice this."""
LOST = 0.3
"""When columns leave more of an area than this share, it is no lettering, and rows are laid across it."""
THIN_LINE_MM = 0.6
"""Drawn lines that are finer are sewn as lines."""
GRID_MM = 0.001
"""What columns cover is joined this exactly where it cannot be joined as it is."""


def motif_of(area: Polygon, how: Stitching) -> Motif | None:
    """How an area in mm is sewn; None when there is nothing to sew."""
    columns = columns_of(axis_of(area), area, how.row_mm)
    widths = np.concatenate([np.hypot(*(column.left - column.right).T) for column in columns] or [np.zeros(0)])
    if not len(widths) or float(np.percentile(widths, 80)) > how.satin_mm:
        return _in_rows(area, how)
    body = _together([column.body for column in columns]).buffer(GAP_MM)
    left = polygons(area.difference(body).buffer(-GAP_MM / 2).buffer(GAP_MM))
    if sum(piece.area for piece in left) > LOST * area.area:
        return _in_rows(area, how)
    patches = tuple(patches_of([piece for piece in left if piece.area > GAP_MM], columns))
    return strokes(columns, patches, how, shapely.get_coordinates(area.convex_hull))


def _together(bodies: Sequence[BaseGeometry]) -> BaseGeometry:
    """What columns cover, in one. Where rungs cross by a hair no union is found: then corners are moved onto a grid."""
    try:
        return shapely.union_all(bodies)
    except shapely.GEOSException:
        return shapely.union_all(shapely.make_valid(np.array(bodies)), grid_size=GRID_MM)


def _in_rows(area: Polygon, how: Stitching) -> Motif | None:
    found = filled(area, how)
    return found if found.sections else None
