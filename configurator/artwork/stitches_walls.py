"""An area's outline as a needle meets it: how far it is, and what a ray hits first."""

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Polygon

from configurator.artwork.outlines import Points

Floats = NDArray[np.float64]


class Walls:
    """The outline as line segments, and what a ray meets first."""

    def __init__(self, area: Polygon) -> None:
        self.boundary = area.boundary
        shapely.prepare(self.boundary)
        rings = [np.asarray(ring.coords)[:, :2] for ring in (area.exterior, *area.interiors)]
        self.starts = np.concatenate([ring[:-1] for ring in rings])
        self.spans = np.concatenate([np.diff(ring, axis=0) for ring in rings])
        plain = area.simplify(0.08)
        rings = [np.asarray(ring.coords)[:, :2] for ring in (plain.exterior, *plain.interiors)]
        self.edges = np.concatenate([np.stack((ring[:-1], ring[1:]), axis=1) for ring in rings])

    def clearance(self, points: Points) -> Floats:
        """How far points are from the outline."""
        return np.asarray(shapely.distance(self.boundary, shapely.points(points)))

    def hit(self, points: Points, directions: Points) -> Floats:
        """How far each point is from the outline in its direction (unit vectors); infinite if there is none."""
        offset = self.starts[None] - points[:, None]
        cross = directions[:, None, 0] * self.spans[None, :, 1] - directions[:, None, 1] * self.spans[None, :, 0]
        with np.errstate(divide="ignore", invalid="ignore"):
            t = (offset[..., 0] * self.spans[None, :, 1] - offset[..., 1] * self.spans[None, :, 0]) / cross
            u = (offset[..., 0] * directions[:, None, 1] - offset[..., 1] * directions[:, None, 0]) / cross
        met = (t > 1e-9) & (u >= -1e-9) & (u <= 1 + 1e-9)
        return np.asarray(np.where(met, t, np.inf).min(axis=1))

    def edge_near(self, point: Points) -> Points:
        """The straight piece of the outline that a point lies on, as a vector."""
        a, b = self.edges[:, 0], self.edges[:, 1]
        span = b - a
        share = np.clip(((point - a) * span).sum(1) / np.maximum((span**2).sum(1), 1e-12), 0, 1)
        nearest = np.hypot(*(a + span * share[:, None] - point).T).argmin()
        return np.asarray(span[nearest])
