"""An area's outline as a needle meets it: how far it is, and what a ray hits first."""

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Polygon

from configurator.artwork.outlines import Points

Floats = NDArray[np.float64]
TOGETHER = 64
"""Points whose rays are followed at once."""


class Walls:
    """The outline as line segments, and what a ray meets first."""

    def __init__(self, area: Polygon) -> None:
        self.boundary = area.boundary
        shapely.prepare(self.boundary)
        rings = [np.asarray(ring.coords)[:, :2] for ring in (area.exterior, *area.interiors)]
        self.starts = np.concatenate([ring[:-1] for ring in rings])
        self.spans = np.concatenate([np.diff(ring, axis=0) for ring in rings])
        ends = self.starts + self.spans
        self.lows, self.highs = np.minimum(self.starts, ends), np.maximum(self.starts, ends)
        self.turn = self.starts[:, 0] * self.spans[:, 1] - self.starts[:, 1] * self.spans[:, 0]
        plain = area.simplify(0.08)
        rings = [np.asarray(ring.coords)[:, :2] for ring in (plain.exterior, *plain.interiors)]
        self.edges = np.concatenate([np.stack((ring[:-1], ring[1:]), axis=1) for ring in rings])

    def clearance(self, points: Points) -> Floats:
        """How far points are from the outline."""
        return np.asarray(shapely.distance(self.boundary, shapely.points(points)))

    def within(self, points: Points, directions: Points, most: Floats) -> Floats:
        """How far each point is from the outline in its direction, but no further than most."""
        far = most.copy()
        for start in range(0, len(points), TOGETHER):
            some = slice(start, start + TOGETHER)
            near = self._around(points[some], float(most[some].max()))
            far[some] = np.minimum(self._hit(points[some], directions[some], near), most[some])
        return far

    def hit(self, points: Points, directions: Points) -> Floats:
        """How far each point is from the outline in its direction (unit vectors); infinite if there is none."""
        return self._hit(points, directions, np.arange(len(self.starts)))

    def _around(self, points: Points, reach: float) -> NDArray[np.intp]:
        """The segments that come as near as that to the box round some points."""
        low, high = points.min(axis=0) - reach, points.max(axis=0) + reach
        return np.flatnonzero(((self.lows <= high) & (self.highs >= low)).all(axis=1))

    def _hit(self, points: Points, directions: Points, segments: NDArray[np.intp]) -> Floats:
        if not len(segments):
            return np.full(len(points), np.inf)
        (x, y), (px, py) = directions.T[:, :, None], points.T[:, :, None]
        (sx, sy), (ax, ay) = self.spans[segments].T.copy(), self.starts[segments].T.copy()
        with np.errstate(divide="ignore", invalid="ignore"):
            cross = x * sy - y * sx
            t = (self.turn[segments] - (px * sy - py * sx)) / cross
            u = (y * ax - x * ay - (px * y - py * x)) / cross
        met = (t > 1e-9) & (u >= -1e-9) & (u <= 1 + 1e-9)
        return np.asarray(np.where(met, t, np.inf).min(axis=1))

    def edge_near(self, point: Points) -> Points:
        """The straight piece of the outline that a point lies on, as a vector."""
        a, b = self.edges[:, 0], self.edges[:, 1]
        span = b - a
        share = np.clip(((point - a) * span).sum(1) / np.maximum((span**2).sum(1), 1e-12), 0, 1)
        nearest = np.hypot(*(a + span * share[:, None] - point).T).argmin()
        return np.asarray(span[nearest])
