"""Embroidery as a picture: its own stitches, each a rounded thread that shines where it lies across the light."""

from functools import lru_cache
from math import ceil

import numpy as np
from numpy.typing import NDArray

from configurator.artwork.outlines import Points
from configurator.artwork.painting import Painter, lightened
from configurator.artwork.projecting import Projection
from configurator.artwork.scene import Scene
from configurator.artwork.stitches import Block, Plan, stitches
from configurator.artwork.stitches_runs import Run, Steps
from configurator.artwork.tracing import UNITS

MOST = 320
"""Threads drawn of a whole product, which shows them a fraction of a pixel wide: every third or so, on their shapes."""
MOST_FLAT = 2400
"""Threads drawn of an area by itself: all of a name with a crest."""
SPARSER = (1, 2, 3, 4, 6, 9, 13, 20, 30, 45, 70)
"""Every how many-th may be drawn: few steps, so that a letter more seldom changes what was drawn before."""
FINE_MM = 0.1
"""Where they are drawn large, threads' ends lie on whole tenths of a millimetre, as stitches do: short numbers."""
CLOSE = 2.5
"""Drawing units a millimetre from which on single threads can be told apart."""
THREAD_MM = 0.42
"""Thread no. 40 as it lies."""
LIGHT = np.array((-0.64, -0.77))
"""Where light comes from: the upper left."""
SHADES = (-0.08, -0.03, 0.02, 0.09, 0.16, 0.23)
"""How far a thread's colour goes to black or to white: from along the light to across it."""
BACK = 0.5
"""Cosine: a stitch that turns back more sharply lies beside the one before and is not drawn again."""
STRAIGHT_ON = 0.998
STEP = -0.5
"""Cosine: a stitch between two longer ones that go against each other more than this is a step from row to row."""
ALONG = 0.97
"""A stitch that goes on like its neighbour, but for what whole tenths of a millimetre do to it, is no step."""
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
    plan = stitches(scene)
    pull = scene.stitching.pull_mm if scene.stitching else 0.0
    every = _thinned(plan, seen)
    return "".join(
        _grouped(_sewn(ends, block.ink.rgb, seen, painter, (every, pull)), number if numbered else 0)
        for block in plan.blocks
        for number, ends in _by_element(block)
    )


def _grouped(painted: str, number: int) -> str:
    return f'<g data-of="{number}" class="element">{painted}</g>' if painted and number else painted


def _by_element(block: Block) -> list[tuple[int, list[tuple[Steps, Steps]]]]:
    """Where threads start and stop, element by element in the order they are sewn first."""
    found: dict[int, list[tuple[Steps, Steps]]] = {}
    for run in block.runs:
        starts, stops, owners = _threads(run)
        for number in dict.fromkeys(owners.tolist()):
            found.setdefault(number, []).append((starts[owners == number], stops[owners == number]))
    return list(found.items())


def _thinned(plan: Plan, seen: Projection) -> int:
    """Every how many-th thread is drawn."""
    threads = sum(len(_threads(run)[0]) for block in plan.blocks for run in block.runs)
    least = threads / (MOST_FLAT if is_close(seen) else MOST)
    return next((step for step in SPARSER if step >= least), ceil(least))


def _sewn(
    threads: list[tuple[Steps, Steps]], rgb: str, seen: Projection, painter: Painter, drawn: tuple[int, float]
) -> str:
    """Threads of one colour. drawn: every how many-th, and by how much the cloth draws them in."""
    every, pull = drawn
    starts, stops = (np.concatenate([pair[i][::every] for pair in threads]) / 10 for i in (0, 1))
    starts, stops = _drawn_in(starts, stops, pull)
    shades = _shades(starts, stops)
    grid = max(1, round(FINE_MM * seen.scale() * UNITS))
    shown = np.stack((seen.shown(starts), seen.shown(stops)), axis=1) * (UNITS / grid)
    width = THREAD_MM * every * seen.scale() * UNITS / grid
    strokes = _strokes if is_close(seen) else _glints
    parts = [strokes(shown[shades == shade], rgb, shade, width, painter) for shade in range(len(SHADES))]
    caps = ' stroke-linecap="round"' if every == 1 else ""
    scaled = f' transform="scale({grid})"' if grid > 1 else ""
    return f'<g fill="none"{caps}{scaled}>{"".join(parts)}</g>' if any(parts) else ""


def _drawn_in(starts: Points, stops: Points, pull: float) -> tuple[Points, Points]:
    """Threads shorter by the pull at both ends, short ones by a quarter; in tenths of a millimetre as they were."""
    ways = stops - starts
    off = ways * np.minimum(pull / np.maximum(np.hypot(*ways.T), 1e-9), 0.25)[:, None]
    return np.round(starts + off, 1), np.round(stops - off, 1)


@lru_cache(maxsize=4096)
def _threads(run: Run) -> tuple[Steps, Steps, NDArray[np.intp]]:
    """From where to where threads are seen, and whose: stitches that go straight on are one, those beside the one
    before none.
    """
    ways = np.diff(run.points, axis=0).astype(np.float64)
    ways /= np.maximum(np.hypot(*ways.T), 1e-9)[:, None]
    top = run.top[1:]
    straight = (ways[1:] * ways[:-1]).sum(axis=1) > STRAIGHT_ON
    begins = top & ~np.concatenate(([False], straight & top[:-1]))
    ends = top & np.concatenate((begins[1:] | ~top[1:], [True]))
    starts, stops = run.points[:-1][begins], run.points[1:][ends]
    kept = _not_beside(starts, stops)
    return starts[kept], stops[kept], run.element[1:][begins][kept]


def _not_beside(starts: Steps, stops: Steps) -> NDArray[np.bool_]:
    """Which threads are drawn: not the way back of a satin, nor the step from row to row of a fill."""
    if len(starts) < 2:
        return np.ones(len(starts), dtype=np.bool_)
    ways = (stops - starts).astype(np.float64)
    long = np.hypot(*ways.T)
    cosines = (ways[1:] * ways[:-1]).sum(axis=1) / np.maximum(long[1:] * long[:-1], 1e-9)
    joined = (starts[1:] == stops[:-1]).all(axis=1)
    step = np.zeros(len(starts), dtype=np.bool_)
    turned = (ways[2:] * ways[:-2]).sum(axis=1) < STEP * long[2:] * long[:-2]
    corner = joined & (cosines < ALONG)
    step[1:-1] = corner[1:] & corner[:-1] & turned & (long[1:-1] < np.maximum(long[2:], long[:-2]))
    back = np.concatenate(([False], joined & (cosines < BACK) & ~step[:-1])) & ~step
    number = np.arange(len(starts))
    even = (number - np.maximum.accumulate(np.where(back, 0, number))) % 2 == 0
    return np.asarray(even & ~step)


def _shades(starts: Points, stops: Points) -> NDArray[np.intp]:
    """Which of SHADES: thread shines where light falls across it."""
    way = stops - starts
    across = 1 - np.abs(way @ LIGHT) / np.maximum(np.hypot(*way.T), 1e-9)
    return np.asarray(np.minimum((across * len(SHADES)).astype(np.intp), len(SHADES) - 1))


def _glints(shown: Points, rgb: str, shade: int, width: float, _painter: Painter) -> str:
    """The light middles of threads alone."""
    if not len(shown):
        return ""
    d = _spelled(np.rint(shown).astype(np.int64))
    return f'<path stroke="{lightened(rgb, SHADES[shade])}" stroke-width="{MIDDLE * width:.3g}" d="{d}"/>'


def _strokes(shown: Points, rgb: str, shade: int, width: float, painter: Painter) -> str:
    """One path, drawn broad and dark, then used again narrow and light."""
    if not len(shown):
        return ""
    painter.sewn += 1
    name = f"{painter.id_prefix}s{painter.sewn}"
    dark, light = (lightened(rgb, share) for share in (SHADES[shade] + EDGE, SHADES[shade]))
    d = _spelled(np.rint(shown).astype(np.int64))
    broad = f'<g stroke="{dark}" stroke-width="{width:.3g}"><path id="{name}" d="{d}"/></g>'
    narrow = f'<use href="#{name}" stroke="{light}" stroke-width="{MIDDLE * width:.3g}"/>'
    return broad + narrow


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
