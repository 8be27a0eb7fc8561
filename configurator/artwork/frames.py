"""Frames: the box of an element before it was turned, and the turn round its place. What handles hold on to."""

from dataclasses import dataclass

import numpy as np

from configurator.artwork.elements import Element
from configurator.artwork.outlines import Points, sent
from configurator.geometry import Affine, Box, PathData


@dataclass(frozen=True, slots=True)
class Frame:
    """box: the ink's before turning, in mm. turn: degrees, clockwise as seen, round x_mm, y_mm."""

    box: Box
    turn: float
    x_mm: float
    y_mm: float

    def corners(self, grown: float = 0) -> PathData:
        """The turned rectangle as a closed path, `grown` mm larger on every side."""
        box = self.box.grown(grown)
        places = ((box.left, box.top), (box.right, box.top), (box.right, box.bottom), (box.left, box.bottom))
        by = turned_round(self.x_mm, self.y_mm, self.turn)
        first, *others = (by.at(x, y) for x, y in places)
        return (("M", first), *(("L", corner) for corner in others), ("Z", ()))


def turning(element: Element) -> Affine:
    """The map that turns an element laid out upright to where it stands."""
    return turned_round(element.x_mm, element.y_mm, element.turn)


def turned_round(x: float, y: float, degrees: float) -> Affine:
    """A rotation about a point, clockwise on screen; exactly the identity for 0."""
    if not degrees:
        return Affine()
    return Affine.shifted(x, y).after(Affine.turned(degrees)).after(Affine.shifted(-x, -y))


def turned_points(points: Points, element: Element) -> Points:
    """Points of an element laid out upright, turned with it."""
    return sent(points, turning(element)) if element.turn else np.asarray(points)
