"""Projections: from millimetres on a print area to where they show on a product's drawing."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from configurator.artwork.outlines import Points
from configurator.blanks.blank import Area, Surface
from configurator.geometry import Affine


class Projection(Protocol):
    """A surface seen from the front. What was traced through it is kept by its identity: it is made once, here."""

    def __hash__(self) -> int: ...

    @property
    def straight(self) -> bool:
        """Whether straight lines stay straight."""

    def shown(self, points: Points) -> Points:
        """Points in mm on the area to points on the drawing."""

    def visible(self) -> tuple[float, float]:
        """The least and greatest x in mm that can be seen."""

    def scale(self) -> float:
        """Drawing units a millimetre, in the middle, for stroke widths."""


@lru_cache(maxsize=256)
def projection(area: Area, facing_mm: float | None = None) -> Projection:
    """How the area shows on its surface. facing_mm: turn a cylinder so that this millimetre faces the viewer."""
    surface = area.surface
    if surface.kind == "quad":
        return Quad(_homography(area.size_mm, surface.corners), *area.size_mm)
    if surface.kind == "cylinder":
        return Cylinder(surface, area.size_mm[1], surface.facing_mm if facing_mm is None else facing_mm)
    return Flat(surface.box, area.size_mm)


@lru_cache(maxsize=256)
def flat(width_mm: float, height_mm: float, units: float) -> "Flat":
    """A sheet as it lies, so many drawing units a millimetre."""
    return Flat((0, 0, width_mm * units, height_mm * units), (width_mm, height_mm))


@dataclass(frozen=True, slots=True, eq=False)
class Flat:
    """A plane seen straight on: the area fills the box x, y, width, height."""

    box: tuple[float, float, float, float]
    size_mm: tuple[float, float]
    straight: bool = True

    def shown(self, points: Points) -> Points:
        """Scaled and moved."""
        x, y, width, height = self.box
        return points * (width / self.size_mm[0], height / self.size_mm[1]) + (x, y)

    def affine(self) -> Affine:
        """The same as a map of single points."""
        x, y, width, height = self.box
        return Affine(width / self.size_mm[0], 0, 0, height / self.size_mm[1], x, y)

    def visible(self) -> tuple[float, float]:
        """All of it."""
        return -np.inf, np.inf

    def scale(self) -> float:
        """The mean of both directions."""
        return float((self.box[2] * self.box[3] / self.size_mm[0] / self.size_mm[1]) ** 0.5)


@dataclass(frozen=True, slots=True, eq=False)
class Quad:
    """A plane in perspective: matrix is the homography from mm to the drawing."""

    matrix: NDArray[np.float64]
    width_mm: float
    height_mm: float
    straight: bool = True

    def shown(self, points: Points) -> Points:
        """The homography, divided by its third coordinate."""
        seen = points @ self.matrix[:, :2].T + self.matrix[:, 2]
        return np.asarray(seen[:, :2] / seen[:, 2:])

    def visible(self) -> tuple[float, float]:
        """All of it."""
        return -np.inf, np.inf

    def scale(self) -> float:
        """The root of the area's enlargement."""
        w, h = self.width_mm, self.height_mm
        x, y = self.shown(np.array([(0, 0), (w, 0), (w, h), (0, h)], dtype=np.float64)).T
        return float((abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2 / w / h) ** 0.5)


@dataclass(frozen=True, slots=True, eq=False)
class Cylinder:
    """An upright cylinder: x = centre + R sin(theta), y hangs by bow cos(theta); the back is pressed on the edge."""

    surface: Surface
    height_mm: float
    facing_mm: float
    straight: bool = False

    def shown(self, points: Points) -> Points:
        """theta = (x - facing) / radius, kept within a quarter turn."""
        x, y, width, height = self.surface.box
        theta = (points[:, 0] - self.facing_mm) / self.surface.radius_mm
        theta = np.minimum(np.maximum(theta, -np.pi / 2), np.pi / 2)
        shown = np.empty(points.shape)
        shown[:, 0] = x + width / 2 * (1 + np.sin(theta))
        shown[:, 1] = y + points[:, 1] * (height / self.height_mm) + self.surface.bow * np.cos(theta)
        return shown

    def visible(self) -> tuple[float, float]:
        """The half turn that faces the viewer."""
        reach = np.pi / 2 * self.surface.radius_mm
        return self.facing_mm - reach, self.facing_mm + reach

    def scale(self) -> float:
        """In the middle, where it faces the viewer."""
        across = self.surface.box[2] / 2 / self.surface.radius_mm
        return float((across * self.surface.box[3] / self.height_mm) ** 0.5)


def _homography(size: tuple[float, float], corners: tuple[tuple[float, float], ...]) -> NDArray[np.float64]:
    """The projective map of the rectangle to four corners, clockwise from top left: eight equations."""
    width, height = size
    rows: list[tuple[float, ...]] = []
    wanted: list[float] = []
    for (x, y), (u, v) in zip(((0, 0), (width, 0), (width, height), (0, height)), corners, strict=True):
        rows += [(x, y, 1, 0, 0, 0, -u * x, -u * y), (0, 0, 0, x, y, 1, -v * x, -v * y)]
        wanted += [u, v]
    solved = np.linalg.solve(np.array(rows, dtype=np.float64), np.array(wanted, dtype=np.float64))
    return np.append(solved, 1.0).reshape(3, 3)
