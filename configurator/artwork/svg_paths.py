"""Reading the d of an SVG path: every command of SVG 1.1, arcs too, to absolute M L Q C Z."""

import re
from collections.abc import Iterator
from math import acos, ceil, copysign, cos, hypot, pi, sin, sqrt, tan

from configurator.errors import Invalid
from configurator.geometry import Affine, Command, PathData

_COUNT = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_BLANK = re.compile(r"[\s,]*")


class FaultyPath(Invalid):
    """A path's d cannot be read."""


def read_path(data: str) -> PathData:
    """The commands of a path. Raises FaultyPath with the place where it stops making sense."""
    pen = _Pen()
    for letter, numbers in _commands(data):
        pen.draw(letter, numbers)
    return tuple(pen.drawn)


def _commands(data: str) -> Iterator[tuple[str, list[float]]]:
    at = _BLANK.match(data).end()  # type: ignore[union-attr]  # matches the empty string too
    while at < len(data):
        letter = data[at]
        if letter.upper() not in _COUNT:
            raise FaultyPath(
                f"A path has {letter!r} at character {at + 1} where a command such as M, L, C or Z belongs."
            )
        at = _BLANK.match(data, at + 1).end()  # type: ignore[union-attr]  # matches the empty string too
        first = True
        while first or _NUMBER.match(data, at):
            numbers, at = _numbers(data, at, letter)
            yield letter if first else {"M": "L", "m": "l"}.get(letter, letter), numbers
            first = False
            if not numbers:
                break


def _numbers(data: str, at: int, letter: str) -> tuple[list[float], int]:
    numbers: list[float] = []
    while len(numbers) < _COUNT[letter.upper()]:
        flag = letter in "Aa" and len(numbers) in {3, 4}
        found = re.compile("[01]").match(data, at) if flag else _NUMBER.match(data, at)
        if not found:
            raise FaultyPath(
                f"A path's {letter} needs {_COUNT[letter.upper()]} numbers; there is none at character {at + 1}."
            )
        numbers.append(float(found.group()))
        at = _BLANK.match(data, found.end()).end()  # type: ignore[union-attr]  # matches the empty string too
    return numbers, at


class _Pen:
    """Where the drawing has come to."""

    def __init__(self) -> None:
        self.drawn: list[Command] = []
        self.x = self.y = self.start_x = self.start_y = 0.0
        self.control: tuple[str, float, float] | None = None

    def draw(self, letter: str, numbers: list[float]) -> None:
        kind = letter.upper()
        if letter.islower():
            numbers = self._absolute(kind, numbers)
        if kind == "Z":
            self.drawn.append(("Z", ()))
            self.x, self.y, self.control = self.start_x, self.start_y, None
            return
        if kind != "M" and (not self.drawn or self.drawn[-1][0] == "Z"):
            self.drawn.append(("M", (self.x, self.y)))
        getattr(self, f"_draw_{kind.lower()}")(numbers)

    def _absolute(self, kind: str, numbers: list[float]) -> list[float]:
        if kind == "V":
            return [numbers[0] + self.y]
        if kind == "A":
            return [*numbers[:5], numbers[5] + self.x, numbers[6] + self.y]
        return [number + (self.y if i % 2 else self.x) for i, number in enumerate(numbers)]

    def _add(self, letter: str, numbers: list[float], control: tuple[str, float, float] | None = None) -> None:
        self.drawn.append((letter, tuple(numbers)))
        self.x, self.y = numbers[-2], numbers[-1]
        self.control = control

    def _draw_m(self, numbers: list[float]) -> None:
        self._add("M", numbers)
        self.start_x, self.start_y = self.x, self.y

    def _draw_l(self, numbers: list[float]) -> None:
        self._add("L", numbers)

    def _draw_h(self, numbers: list[float]) -> None:
        self._add("L", [numbers[0], self.y])

    def _draw_v(self, numbers: list[float]) -> None:
        self._add("L", [self.x, numbers[0]])

    def _draw_c(self, numbers: list[float]) -> None:
        self._add("C", numbers, ("C", numbers[2], numbers[3]))

    def _draw_s(self, numbers: list[float]) -> None:
        self._draw_c([*self._mirrored("C"), *numbers])

    def _draw_q(self, numbers: list[float]) -> None:
        self._add("Q", numbers, ("Q", numbers[0], numbers[1]))

    def _draw_t(self, numbers: list[float]) -> None:
        self._draw_q([*self._mirrored("Q"), *numbers])

    def _draw_a(self, numbers: list[float]) -> None:
        for curve in arc_curves((self.x, self.y), numbers):
            self._add(*curve)

    def _mirrored(self, kind: str) -> tuple[float, float]:
        if self.control is None or self.control[0] != kind:
            return self.x, self.y
        return 2 * self.x - self.control[1], 2 * self.y - self.control[2]


def arc_curves(start: tuple[float, float], numbers: list[float]) -> list[tuple[str, list[float]]]:
    """An elliptical arc as cubics (SVG 1.1, appendix F.6). numbers: rx ry turn large sweep x y."""
    rx, ry, turn, large, sweep, x, y = numbers
    rx, ry = abs(rx), abs(ry)
    if not rx or not ry or start == (x, y):
        return [("L", [x, y])]
    upright = Affine.turned(-turn)
    px, py = upright.at((start[0] - x) / 2, (start[1] - y) / 2)
    grow = max(1.0, hypot(px / rx, py / ry))
    rx, ry = rx * grow, ry * grow
    share = (rx * ry) ** 2 / ((rx * py) ** 2 + (ry * px) ** 2) - 1
    side = sqrt(max(0.0, share)) * (-1 if large == sweep else 1)
    cx, cy = side * rx * py / ry, -side * ry * px / rx
    first = _angle((px - cx) / rx, (py - cy) / ry)
    wide = (_angle((-px - cx) / rx, (-py - cy) / ry) - first) % (2 * pi)
    if not sweep:
        wide -= 2 * pi
    middle = Affine.turned(turn).at(cx, cy)
    frame = Affine.shifted((start[0] + x) / 2 + middle[0], (start[1] + y) / 2 + middle[1])
    return _unit_arcs(first, wide, frame.after(Affine.turned(turn)).after(Affine.scaled(rx, ry)))


def _angle(x: float, y: float) -> float:
    return copysign(acos(max(-1.0, min(1.0, x / hypot(x, y)))), y)


def _unit_arcs(first: float, wide: float, frame: Affine) -> list[tuple[str, list[float]]]:
    """An arc of the unit circle, cut into pieces of a quarter turn at most; 4/3 tan(a/4) is the usual handle."""
    count = max(1, ceil(abs(wide) / (pi / 2) - 1e-9))
    step = wide / count
    handle = 4 / 3 * tan(step / 4)
    curves = []
    for i in range(count):
        a, b = first + i * step, first + (i + 1) * step
        points = (
            (cos(a) - handle * sin(a), sin(a) + handle * cos(a)),
            (cos(b) + handle * sin(b), sin(b) - handle * cos(b)),
            (cos(b), sin(b)),
        )
        curves.append(("C", [number for point in points for number in frame.at(*point)]))
    return curves
