"""Points, boxes, affine maps and paths in millimetres, y down."""

import math
from collections.abc import Iterable, Sequence

from configurator.values import value

Command = tuple[str, tuple[float, ...]]
"""('M', (x, y)) | ('L', (x, y)) | ('Q', (cx, cy, x, y)) | ('C', (ax, ay, bx, by, x, y)) | ('Z', ())."""

PathData = tuple[Command, ...]


@value
class Box:
    """An upright rectangle: left, top, right, bottom."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """right - left."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """bottom - top."""
        return self.bottom - self.top

    def grown(self, by: float) -> "Box":
        """The box with `by` added on every side."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def holds(self, other: "Box", *, slack: float = 1e-6) -> bool:
        """Whether `other` lies wholly inside."""
        return (
            other.left >= self.left - slack
            and other.top >= self.top - slack
            and other.right <= self.right + slack
            and other.bottom <= self.bottom + slack
        )


@value
class Affine:
    """x' = a x + c y + e, y' = b x + d y + f (the order of SVG's matrix())."""

    a: float = 1
    b: float = 0
    c: float = 0
    d: float = 1
    e: float = 0
    f: float = 0

    def at(self, x: float, y: float) -> tuple[float, float]:
        """The image of a point."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def inverse(self) -> "Affine":
        """The map that undoes it. Raises ZeroDivisionError for one that makes everything flat."""
        size = self.a * self.d - self.b * self.c
        a, b, c, d = self.d / size, -self.b / size, -self.c / size, self.a / size
        return Affine(a, b, c, d, -(a * self.e + c * self.f), -(b * self.e + d * self.f))

    def after(self, first: "Affine") -> "Affine":
        """The map that does `first`, then this one."""
        return Affine(
            self.a * first.a + self.c * first.b,
            self.b * first.a + self.d * first.b,
            self.a * first.c + self.c * first.d,
            self.b * first.c + self.d * first.d,
            self.a * first.e + self.c * first.f + self.e,
            self.b * first.e + self.d * first.f + self.f,
        )

    @staticmethod
    def shifted(x: float, y: float) -> "Affine":
        """A translation."""
        return Affine(e=x, f=y)

    @staticmethod
    def turned(degrees: float) -> "Affine":
        """A rotation about the origin, clockwise on screen (y down)."""
        cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
        return Affine(cosine, sine, -sine, cosine)

    @staticmethod
    def scaled(x: float, y: float | None = None) -> "Affine":
        """A scaling about the origin."""
        return Affine(a=x, d=x if y is None else y)


def turned_box(width: float, height: float, degrees: float) -> Box:
    """The box around a rectangle whose top left is the origin, turned about it; at quarter turns it is exact."""
    turn = Affine.turned(degrees)
    xs, ys = zip(*(turn.at(x, y) for x in (0, width) for y in (0, height)), strict=True)
    return Box(*(round(side, 9) + 0.0 for side in (min(xs), min(ys), max(xs), max(ys))))


def lying(size: tuple[float, float], degrees: float, at: tuple[float, float]) -> Affine:
    """The map of a rectangle, from its own top left, to where the upright box around it, turned, has its top left."""
    around = turned_box(*size, degrees)
    return Affine.shifted(at[0] - around.left, at[1] - around.top).after(Affine.turned(degrees))


def mapped(path: PathData, by: Affine) -> PathData:
    """The path with every point, control points too, sent through an affine map."""
    return tuple((letter, _mapped_numbers(numbers, by)) for letter, numbers in path)


def _mapped_numbers(numbers: Sequence[float], by: Affine) -> tuple[float, ...]:
    pairs = zip(numbers[::2], numbers[1::2], strict=True)
    return tuple(coordinate for x, y in pairs for coordinate in by.at(x, y))


def control_box(paths: Iterable[PathData]) -> Box | None:
    """The box of all points and control points (holds the true box); None when there are none."""
    points = [(n[i], n[i + 1]) for path in paths for _, n in path for i in range(0, len(n), 2)]
    if not points:
        return None
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))
