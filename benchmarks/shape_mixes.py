"""Made-up shapes that are cut out, seeded: stickers, patches, concave ones, and two kinds that no search survives."""

import math
import random
from collections.abc import Callable, Mapping, Sequence

from configurator.blanks.blank import SheetSpec
from configurator.production.shape_nesting import Point, Shape

Ring = Sequence[Point]
Maker = Callable[[random.Random], Ring]


def made(kind: str, count: int, seed: int) -> tuple[SheetSpec, list[Shape]]:
    """The sheet of a kind, and so many of its shapes; the same seed gives the same ones. KeyError: no such kind."""
    spec, makers = KINDS[kind]
    chance = random.Random(f"{kind} {seed}")
    return spec, [Shape(f"P{n}", _rounded(chance.choice(makers)(chance))) for n in range(1, count + 1)]


def _rounded(ring: Ring) -> tuple[Point, ...]:
    return tuple((round(x, 4), round(y, 4)) for x, y in ring)


def _polar(points: int, radius: Callable[[float], float]) -> Ring:
    turns = [2 * math.pi * n / points for n in range(points)]
    return [(radius(turn) * math.cos(turn), radius(turn) * math.sin(turn)) for turn in turns]


def _ellipse(chance: random.Random) -> Ring:
    wide, high = chance.uniform(12, 45), chance.uniform(12, 30)
    return [(wide * x, high * y) for x, y in _polar(40, lambda _: 1.0)]


def _blob(chance: random.Random) -> Ring:
    size, lobes, deep = chance.uniform(15, 40), chance.randint(2, 6), chance.uniform(0.05, 0.3)
    return _polar(60, lambda turn: size * (1 + deep * math.sin(lobes * turn)))


def _heart(chance: random.Random) -> Ring:
    size = chance.uniform(1, 2.6)
    turns = [2 * math.pi * n / 48 for n in range(48)]
    return [
        (
            size * 16 * math.sin(t) ** 3,
            -size * (13 * math.cos(t) - 5 * math.cos(2 * t) - 2 * math.cos(3 * t) - math.cos(4 * t)),
        )
        for t in turns
    ]


def _bubble(chance: random.Random) -> Ring:
    wide, high, tail = chance.uniform(30, 80), chance.uniform(20, 45), chance.uniform(8, 25)
    at = chance.uniform(0.2, 0.6) * wide
    return [(0, 0), (wide, 0), (wide, high), (at + 8, high), (at - 4, high + tail), (at, high), (0, high)]


def _shield(chance: random.Random) -> Ring:
    wide, high = chance.uniform(50, 90), chance.uniform(60, 110)
    return [(0, 0), (wide, 0), (wide, 0.55 * high), (wide / 2, high), (0, 0.55 * high)]


def _hexagon(chance: random.Random) -> Ring:
    size = chance.uniform(25, 50)
    return _polar(6, lambda _: size)


def _round(chance: random.Random) -> Ring:
    size = chance.uniform(25, 45)
    return _polar(48, lambda _: size)


def _pennant(chance: random.Random) -> Ring:
    wide, high = chance.uniform(70, 130), chance.uniform(30, 60)
    return [(0, 0), (wide, high / 2), (0, high)]


def _star(chance: random.Random) -> Ring:
    size, points, waist = chance.uniform(20, 55), chance.randint(4, 8), chance.uniform(0.3, 0.6)
    corners = _polar(2 * points, lambda _: size)
    return [(x, y) if n % 2 else (waist * x, waist * y) for n, (x, y) in enumerate(corners)]


def _crescent(chance: random.Random) -> Ring:
    size, thick = chance.uniform(20, 50), chance.uniform(0.25, 0.5)
    turns = [math.radians(40 + 280 * n / 30) for n in range(31)]
    outer = [(size * math.cos(t), size * math.sin(t)) for t in turns]
    return outer + [((1 - thick) * x, (1 - thick) * y) for x, y in reversed(outer)]


def _angle(chance: random.Random) -> Ring:
    wide, high, arm = chance.uniform(40, 110), chance.uniform(40, 110), chance.uniform(10, 25)
    return [(0, 0), (arm, 0), (arm, high - arm), (wide, high - arm), (wide, high), (0, high)]


def _channel(chance: random.Random) -> Ring:
    wide, high, arm = chance.uniform(45, 100), chance.uniform(40, 90), chance.uniform(8, 15)
    inner = [(wide - arm, 0), (wide - arm, high - arm), (arm, high - arm), (arm, 0)]
    return [(0, 0), (0, high), (wide, high), (wide, 0), *inner]


def _comb(chance: random.Random) -> Ring:
    """Teeth as thin as a hair: a search that moves it about does not end in time."""
    wide, high, teeth = chance.uniform(60, 100), chance.uniform(30, 50), 60
    tips = [(wide * (n + 0.5) / teeth, high) for n in range(teeth)]
    edge = [point for x, y in tips for point in ((x, 5.0), (x + 0.02, y), (x + 0.04, 5.0))]
    return [(0, 0), *edge, (wide, 0)]


def _needle(chance: random.Random) -> Ring:
    """Nothing is left of it when it is grown by half a gap and shrunk again: the search falls over."""
    long = chance.uniform(60, 200)
    return [(0, 0), (long, 0.02), (long, 0.05)]


KINDS: Mapping[str, tuple[SheetSpec, Sequence[Maker]]] = {
    "stickers": (SheetSpec((320, 450), gap_mm=3, margin_mm=10, turn=True), (_ellipse, _blob, _heart, _bubble)),
    "patches": (SheetSpec((500, 700), gap_mm=4, margin_mm=10, turn_deg=180), (_shield, _hexagon, _round, _pennant)),
    "concave": (
        SheetSpec((400, 500), gap_mm=4, margin_mm=8, turn=True, turn_deg=15),
        (_star, _crescent, _angle, _channel),
    ),
    "combs": (SheetSpec((300, 420), gap_mm=3, margin_mm=8, turn=True), (_comb,)),
    "needles": (SheetSpec((300, 420), gap_mm=3, margin_mm=8, turn=True), (_needle,)),
}
