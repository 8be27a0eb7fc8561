"""Even-odd outlines as outlines that fill the same by winding: every second ring inside another runs the other way."""

from collections.abc import Sequence
from itertools import pairwise

from configurator.geometry import Command, PathData

CHORDS = 6

Ring = list[tuple[float, float]]


def as_winding(path: PathData) -> PathData:
    """The same picture filled by non-zero winding, for rings that do not cross each other."""
    rings = _rings(path)
    if len(rings) < 2:
        return path
    flat = [_flat(ring) for ring in rings]
    turned: list[Command] = []
    for at, ring in enumerate(rings):
        depth = sum(_inside(flat[at][0], other) for place, other in enumerate(flat) if place != at)
        clockwise = _doubled_area(flat[at]) > 0
        turned += ring if clockwise == (depth % 2 == 0) else _reversed(ring)
    return tuple(turned)


def _rings(path: PathData) -> list[list[Command]]:
    rings: list[list[Command]] = []
    for command in path:
        if command[0] == "M":
            rings.append([])
        rings[-1].append(command)
    return [ring for ring in rings if len(ring) > 1]


def _flat(ring: Sequence[Command]) -> Ring:
    points: Ring = [ring[0][1]]  # type: ignore[list-item]  # an M has two numbers
    for _, numbers in ring[1:]:
        if numbers:
            controls = [points[-1], *zip(numbers[::2], numbers[1::2], strict=True)]
            steps = 1 if len(controls) == 2 else CHORDS
            points += [_on_curve(controls, step / steps) for step in range(1, steps + 1)]
    return points


def _on_curve(points: Sequence[tuple[float, float]], at: float) -> tuple[float, float]:
    while len(points) > 1:
        points = [(a[0] + (b[0] - a[0]) * at, a[1] + (b[1] - a[1]) * at) for a, b in pairwise(points)]
    return points[0]


def _doubled_area(ring: Ring) -> float:
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True))


def _inside(point: tuple[float, float], ring: Ring) -> bool:
    x, y = point
    crossings = 0
    for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (y0 > y) != (y1 > y) and x0 + (y - y0) * (x1 - x0) / (y1 - y0) > x:
            crossings += 1
    return crossings % 2 == 1


def _reversed(ring: Sequence[Command]) -> list[Command]:
    """The ring drawn backwards; it stays closed if it was."""
    drawn = [command for command in ring if command[0] != "Z"]
    ends = [numbers[-2:] for _, numbers in drawn]
    backwards: list[Command] = [("M", ends[-1])]
    for at in range(len(drawn) - 1, 0, -1):
        letter, numbers = drawn[at]
        controls = [*zip(numbers[:-2:2], numbers[1:-2:2], strict=True)][::-1]
        backwards.append((letter, (*(value for point in controls for value in point), *ends[at - 1])))
    return [*backwards, ("Z", ())]
