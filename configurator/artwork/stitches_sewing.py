"""One area sewn: satin where it is narrow, a fill where it is wide, underlay first, needle points in mm."""

import numpy as np
import shapely
from shapely import Polygon

from configurator.artwork.outlines import Points
from configurator.artwork.stitches_axis import axis_of
from configurator.artwork.stitches_columns import columns_of
from configurator.artwork.stitches_fills import in_rows
from configurator.artwork.stitches_satin import Walk
from configurator.artwork.stitches_threads import RUN_MM, Stretch, Thread, polygons, running
from configurator.blanks.shop import Stitching

GAP_MM = 0.25
"""What columns leave uncovered is patched unless it is narrower than twice this."""
LOST = 0.3
"""When columns leave more of an area than this share, it is no lettering, and rows are laid across it."""
THIN_LINE_MM = 0.6
"""Drawn lines that are finer are sewn as lines."""


def sewn_area(area: Polygon, how: Stitching) -> list[Thread]:
    """The threads of an area in mm; the first starts at its left, where reading starts."""
    columns = columns_of(axis_of(area), area, how.row_mm)
    widths = np.concatenate([np.hypot(*(column.left - column.right).T) for column in columns] or [np.zeros(0)])
    if not len(widths) or float(np.percentile(widths, 80)) > how.satin_mm:
        return in_rows(area, how)
    body = shapely.union_all([column.body() for column in columns]).buffer(GAP_MM)
    left = polygons(area.difference(body).buffer(-GAP_MM / 2).buffer(GAP_MM))
    if sum(piece.area for piece in left) > LOST * area.area:
        return in_rows(area, how)
    walk = Walk(columns, how)
    walk.attach([piece for piece in left if piece.area > GAP_MM])
    return [list(walk.whole())]


def sewn_line(line: Points) -> Thread:
    """A fine line, thrice: there, back and there, so that it shows."""
    run = running(line, RUN_MM)
    return [Stretch(np.concatenate((run, run[-2::-1], run[1:])), top=True)]
