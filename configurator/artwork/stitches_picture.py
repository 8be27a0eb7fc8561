"""Embroidery as a picture: its own stitches, each a rounded thread that shines where it lies across the light."""

from base64 import urlsafe_b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from math import ceil

import numpy as np
from numpy.typing import NDArray

from configurator.artwork.outlines import Points
from configurator.artwork.painting import Painter, lightened
from configurator.artwork.projecting import Flat, Projection
from configurator.artwork.scene import Scene
from configurator.artwork.stitches import Block, Plan, stitches
from configurator.artwork.stitches_order import Entered, Upright
from configurator.artwork.stitches_seen import threads
from configurator.artwork.svg_text import short
from configurator.artwork.tracing import UNITS
from configurator.blanks.methods import Stitching

MOST = 320
"""Threads drawn of a whole product, which shows them a fraction of a pixel wide: every third or so, on their shapes."""
MOST_FLAT = 2400
"""Threads drawn of an area by itself: all of a name with a crest."""
SPARSER = (1, 2, 3, 4, 6, 9, 13, 20, 30, 45, 70)
"""Every how many-th may be drawn: few steps, so that a letter more seldom changes what was drawn before."""
FINE_MM = 0.1
"""Where they are drawn large, threads' ends lie on whole tenths of a millimetre, as stitches do: short numbers."""
BROAD = 1.2
"""Drawing units, about a pixel: threads of a whole product are drawn at least as broad, and so many fewer."""
CLOSE = 2.5
"""Drawing units a millimetre from which on single threads can be told apart."""
THREAD_MM = 0.42
"""Thread no. 40 as it lies."""
LIGHT = np.array((-0.64, -0.77))
"""Where light comes from: the upper left."""
SHADES = (-0.08, -0.03, 0.02, 0.09, 0.16, 0.23)
"""How far a thread's colour goes to black or to white: from along the light to across it."""
FEW = 5
"""Fewer threads of a letter than this do not have a shade of their own."""
FEW_FAR = 3
"""The same of a whole product, where fewer are drawn."""
EDGE = -0.3
"""The same at a thread's edges, where it bends away."""
MIDDLE = 0.72
"""Its share between them."""


def is_close(seen: Projection) -> bool:
    """Whether single threads can be told apart; where they cannot, they are drawn on the shapes that they cover."""
    return seen.scale() >= CLOSE


def threaded(scene: Scene, seen: Projection, painter: Painter, *, numbered: bool = False) -> str:
    """The seen stitches of a scene in 1/UNITS of the projection's units, in the order they are sewn.

    numbered: those of one element stand in a group that says its number, data-of, in every colour it has.

    Thread draws the cloth together by what stitches reach over the edge, so that much is not seen of their ends.
    """
    plan, how = stitches(scene), scene.stitching
    if how is None:
        return ""
    drawing = _Drawing(seen, how, _thinned(plan, how, seen))
    return "".join(
        _grouped(_painted(motifs, block.ink.rgb, drawing, painter, apart=number not in scene.fitted), number * numbered)
        for block in plan.blocks
        for number, motifs in _by_element(block).items()
    )


def _grouped(painted: str, number: int) -> str:
    return f'<g data-of="{number}" class="element">{painted}</g>' if painted and number else painted


def _by_element(block: Block) -> dict[int, list[Entered]]:
    """Motifs by the number of their element, in the order they are sewn first."""
    found: dict[int, list[Entered]] = {}
    for motif in block.sewn:
        found.setdefault(motif.element, []).append(motif)
    return found


def _thinned(plan: Plan, how: Stitching, seen: Projection) -> int:
    """Every how many-th thread is drawn: where single ones are too fine to be told apart, no finer than BROAD."""
    drawn = sum(len(threads(motif.upright, how)[0]) for block in plan.blocks for motif in block.sewn)
    least = drawn / MOST_FLAT if is_close(seen) else max(drawn / MOST, BROAD / THREAD_MM / seen.scale())
    return next((step for step in SPARSER if step >= least), ceil(least))


@dataclass(frozen=True, slots=True)
class _Drawing:
    """How threads are drawn. every: every how many-th."""

    seen: Projection
    how: Stitching
    every: int

    @property
    def grid(self) -> int:
        """Units of the picture from one number to the next."""
        return max(1, round(FINE_MM * self.seen.scale() * UNITS))

    @property
    def close(self) -> bool:
        """Whether single threads can be told apart."""
        return is_close(self.seen)

    @property
    def broad(self) -> float:
        """Width of what is drawn first of a thread, in steps of the grid: all of it, from afar its middle."""
        return THREAD_MM * self.every * self.seen.scale() * UNITS / self.grid * (1 if self.close else MIDDLE)

    @property
    def middle(self) -> float:
        """Width of its light middle from close by."""
        return MIDDLE * self.broad

    def shown(self, points: Points) -> Points:
        """Any array whose last axis is x and y in mm, in steps of the grid."""
        return np.asarray(self.seen.shown(points.reshape(-1, 2)).reshape(points.shape) * (UNITS / self.grid))


def _painted(motifs: Sequence[Entered], rgb: str, drawing: _Drawing, painter: Painter, *, apart: bool) -> str:
    """All of one colour of an element. apart: letter by letter on a plane; a text that is fitted to its place changes
    in all its letters, which are shorter together.
    """
    if apart and isinstance(drawing.seen, Flat):
        inside = "".join(_placed(motifs, rgb, drawing, painter))
    else:
        inside = _together(motifs, rgb, drawing, painter)
    if not inside:
        return ""
    caps = ' stroke-linecap="round"' if drawing.every == 1 else ""
    scaled = f' transform="scale({drawing.grid})"' if drawing.grid > 1 else ""
    return f'<g fill="none" stroke-width="{drawing.broad:.3g}"{caps}{scaled}>{inside}</g>'


def _together(motifs: Sequence[Entered], rgb: str, drawing: _Drawing, painter: Painter) -> str:
    """Where they lie."""
    ends = np.concatenate([_ends(motif.upright, drawing.how)[:: drawing.every] + motif.offset for motif in motifs])
    return _strokes(_by_shade(ends, drawing.shown(ends), 0), rgb, drawing, painter.id_prefix)


def _placed(motifs: Sequence[Entered], rgb: str, drawing: _Drawing, painter: Painter) -> Iterator[str]:
    """Motif by motif from its own origin: a letter that moves is the same text. One that stands there is used."""
    places = drawing.shown(np.array([motif.offset for motif in motifs])).round(1 if drawing.grid > 1 else 0).tolist()
    texts = [_motif(motif.upright, rgb, drawing, painter.id_prefix) for motif in motifs]
    first: dict[str, tuple[str, float, float]] = {}
    for text, (x, y) in zip(texts, places, strict=True):
        if text in first:
            name, left, top = first[text]
            yield f'<use href="#{name}" x="{short(x - left)}" y="{short(y - top)}"/>'
        elif text:
            painter.sewn += 1
            first[text] = f"{painter.id_prefix}s{painter.sewn}", x, y
            named = f' id="{first[text][0]}"' if texts.count(text) > 1 else ""
            yield f'<g{named} class="sewn" transform="translate({short(x)} {short(y)})">{text}</g>'


@lru_cache(maxsize=1024)
def _motif(upright: Upright, rgb: str, drawing: _Drawing, id_prefix: str) -> str:
    """All that is seen of it, from its own origin."""
    ends = _ends(upright, drawing.how)[:: drawing.every]
    shown = drawing.shown(ends) - drawing.shown(np.zeros(2))
    return _strokes(_by_shade(ends, shown, FEW if drawing.close else FEW_FAR), rgb, drawing, id_prefix)


def _strokes(paths: Sequence[tuple[int, str]], rgb: str, drawing: _Drawing, id_prefix: str) -> str:
    """From close by every path is drawn broad and dark, then used again narrow and light; else its light middle alone.

    Their names say what is drawn and where it is used again, whatever stands around it.
    """
    if not drawing.close:
        return "".join(f'<path stroke="{lightened(rgb, SHADES[shade])}" d="{d}"/>' for shade, d in paths)
    digest = blake2b(f"{rgb} {drawing.broad:.3g} {paths}".encode(), digest_size=6).digest()
    name = id_prefix + urlsafe_b64encode(digest).decode()[:6]
    return "".join(_stroke(f"{name}{shade}", d, rgb, shade, drawing.middle) for shade, d in paths)


def _stroke(name: str, d: str, rgb: str, shade: int, middle: float) -> str:
    dark, light = (lightened(rgb, share) for share in (SHADES[shade] + EDGE, SHADES[shade]))
    narrow = f'<use href="#{name}" stroke="{light}" stroke-width="{middle:.3g}"/>'
    return f'<g stroke="{dark}"><path id="{name}" d="{d}"/></g>{narrow}'


@lru_cache(maxsize=1024)
def _ends(upright: Upright, how: Stitching) -> Points:
    """Where threads of a motif start and stop, (threads, 2, 2) in mm from its own origin.

    They are shorter by the pull at both ends, short ones by a quarter; in tenths of a millimetre as they were.
    """
    starts, stops = (ends / 10 for ends in threads(upright, how))
    ways = stops - starts
    off = ways * np.minimum(how.pull_mm / np.maximum(np.hypot(*ways.T), 1e-9), 0.25)[:, None]
    return np.round(np.stack((starts + off, stops - off), axis=1), 1)


def _by_shade(ends: Points, shown: Points, few: int) -> list[tuple[int, str]]:
    """A path for each of SHADES that threads have. shown: their ends on the picture."""
    shades = _shared(_shades(ends), few)
    return [(shade, _spelled(np.rint(shown[shades == shade]).astype(np.int64))) for shade in np.unique(shades).tolist()]


def _shared(shades: NDArray[np.intp], few: int) -> NDArray[np.intp]:
    """A few threads have the nearest shade that more have: a path of their own is more bytes than a shade is seen."""
    counts = np.bincount(shades, minlength=1)
    many = np.flatnonzero(counts >= min(few, counts.max()))
    return np.asarray(many[np.abs(shades[:, None] - many).argmin(axis=1)])


def _shades(ends: Points) -> NDArray[np.intp]:
    """Which of SHADES: thread shines where light falls across it."""
    way = ends[:, 1] - ends[:, 0]
    across = 1 - np.abs(way @ LIGHT) / np.maximum(np.hypot(*way.T), 1e-9)
    return np.asarray(np.minimum((across * len(SHADES)).astype(np.intp), len(SHADES) - 1))


def _spelled(shown: NDArray[np.int64]) -> str:
    """Relative moves and lines, every other one backwards, which makes the moves short; what goes on needs no move."""
    shown = shown.copy()
    shown[1::2] = shown[1::2, ::-1]
    lines = shown[:, 1] - shown[:, 0]
    moves = shown[:, 0] - np.concatenate(([(0, 0)], shown[:-1, 1]))
    moved: NDArray[np.bool_] = np.any(moves != 0, axis=1)
    moved[0] = True
    text = "".join("m%d %d %d %d" if is_moved else " %d %d" for is_moved in moved.tolist())
    said = np.repeat(np.column_stack((moved, np.ones_like(moved))), 2)
    numbers = np.concatenate((moves, lines), axis=1).ravel()[said]
    return (text % tuple(numbers.tolist())).replace(" -", "-")
