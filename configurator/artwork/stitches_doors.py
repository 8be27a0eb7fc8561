"""Strokes as a motif: the needle may come and go at the ends of any rung, nearer to the next letter or further."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from configurator.artwork.outlines import Points
from configurator.artwork.stitches_motif import Doors
from configurator.artwork.stitches_satin import Patch, Place, Walk, is_thin
from configurator.artwork.stitches_strokes import Column
from configurator.artwork.stitches_threads import Thread
from configurator.artwork.stitches_walls import Floats
from configurator.blanks.methods import Stitching

APART_MM = 1.2
"""Doors along a column are so far apart, or further where there would be more than MOST."""
MOST = 64
SEAM_MM, ON_TOP_MM = 0.5, 0.3
"""Satin that ends amid a column has a seam there; a column that should end under another lies on it when sewn last."""


@dataclass(frozen=True, slots=True, eq=False)
class Strokes:
    """A letter's part sewn in satin. places: door -> where on which column it is."""

    columns: Sequence[Column]
    patches: Sequence[Patch]
    how: Stitching
    hull: Points
    doors: Doors
    places: Sequence[Place]

    def sewn(self, enter: int | None, leave: int | None) -> list[Thread]:
        """Into it along its columns, and all of them laid out from where the needle leaves."""
        walk = Walk(self.columns, self.patches, self.how, self._usual() if leave is None else self.places[leave])
        way = [] if enter is None else [walk.way(self.doors.ways_in[enter], self.places[enter])]
        return [[*way, *walk.whole()]]

    def _usual(self) -> Place:
        """The right end of the longest column; where a closed one begins."""
        column = self.columns[0]
        rightward = column.axis[0, 0] <= column.axis[-1, 0]
        return Place(0, 0.0 if column.closed or not rightward else column.long)


def strokes(columns: Sequence[Column], patches: Sequence[Patch], how: Stitching, hull: Points) -> Strokes:
    """Columns, the longest first, as a motif."""
    apart = max(APART_MM, 2 * sum(column.long for column in columns) / MOST)
    found = [_doors(number, column, apart, how.pull_mm) for number, column in enumerate(columns) if len(column.at) > 1]
    edges, worse = (np.concatenate([each[i] for each in found]) for i in (0, 1))
    places = [place for *_, some in found for place in some]
    return Strokes(columns, patches, how, hull, Doors(edges, edges, worse), places)


def _doors(number: int, column: Column, apart: float, pull: float) -> tuple[Points, Floats, list[Place]]:
    """Both ends of some rungs of a column; of a line, places along the middle; by how much each is worse."""
    last = len(column.at) - 1
    rungs = np.unique(np.rint(np.linspace(0, last, max(2, round(column.long / apart) + 1))).astype(np.intp))
    rungs = rungs[_far_from_ends(column, column.at[rungs])]
    left, right, at = column.left[rungs], column.right[rungs], column.at[rungs]
    across = right - left
    wide = np.maximum(np.hypot(*across.T), 1e-6)[:, None]
    beyond = across * (pull / wide)
    sides = ((left + right) / 2,) * 2 if is_thin(column) else (left - beyond, right + beyond)
    ends = column.closed | (rungs == 0) | (rungs == last)
    worse = np.where(ends, 0.0, SEAM_MM) + (ON_TOP_MM if number else 0.0)
    places = [Place(number, place, left=side) for side in (True, False) for place in at.tolist()]
    return np.concatenate(sides), np.concatenate((worse, worse)), places


def _far_from_ends(column: Column, at: Floats) -> NDArray[np.bool_]:
    """At the very ends, or so far from them that what is beyond is sewn by itself."""
    beyond = np.minimum(at - column.at[0], column.at[-1] - at)
    return np.asarray(column.closed | (beyond == 0) | (beyond > 2 * APART_MM))
