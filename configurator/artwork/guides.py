"""Guides on a picture while editing: the print area, its safe zone, a frame round every element, flags."""

from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise

import numpy as np

from configurator.artwork.finding_marks import EVEN, LEVELS, finding_marks, rectangle
from configurator.artwork.frames import Frame
from configurator.artwork.picturing import traced_path
from configurator.artwork.projecting import Projection
from configurator.artwork.scene import Scene
from configurator.artwork.tracing import SPAN_MM, UNITS
from configurator.blanks.blank import Area
from configurator.geometry import Box, PathData

FRAME_MM = 1.0
ACCENT = "#2B34CF"
STRAIGHT, CURVED = (5, 4), (17, 2)
"""Columns and rows of the grid that tells the page where millimetres show; a cylinder is straight downwards."""


def shut_off(area: Area, scenes: Mapping[str, Scene]) -> bool:
    """Whether nothing is on an area and something is on another one that lies on the same cloth.

    scenes: area -> what is on it.
    """
    others = (scenes[key] for key in area.not_with if key in scenes)
    return not scenes[area.key].frames and any(other.frames for other in others)


def guide_marks(scene: Scene, seen: Projection, sign: float) -> list[str]:
    """A group of class "guides"; its paths have classes and numbers for the stylesheet and the page's script.

    sign: how high the numbers of findings are, in drawing units.
    """
    worst = {
        finding.element: finding.level
        for finding in sorted(scene.findings, key=lambda found: found.level == "error")
        if not finding.marks
    }
    frames = [_frame(scene.frames[number], number, worst.get(number), seen) for number in sorted(scene.frames)]
    marks = [*frames, *finding_marks(scene, seen, sign)]
    sheet = f'data-area="{scene.area}" data-sheet="{scene.width_mm:g} {scene.height_mm:g} {scene.safe_mm:g}"'
    start = f'<g class="guides" {sheet} fill="none" transform="scale({1 / UNITS})">'
    return [start, _edges((scene.width_mm, scene.height_mm), scene.safe_mm, seen), *marks, "</g>"]


@lru_cache(maxsize=256)
def _edges(size: tuple[float, float], safe_mm: float, seen: Projection) -> str:
    whole = Box(0, 0, *size)
    edge, safe = (traced_path(rectangle(box), seen) for box in (whole, whole.grown(-safe_mm)))
    marks = [_mark("guide-area", edge, "4 4"), _mark("guide-safe", safe, "1 3"), _grid(size, seen)]
    return f'<g class="edges">{"".join(marks)}</g>'


def _mark(name: str, d: str, dashes: str) -> str:
    style = f'stroke="{ACCENT}" stroke-width="1.2" stroke-dasharray="{dashes}" stroke-opacity=".75"'
    return f'<path class="{name}" {style} {EVEN} d="{d}"/>' if d else ""


def _grid(size: tuple[float, float], seen: Projection) -> str:
    """Columns, rows, left, right, then where the points of an even grid of that part of the area show, row by row."""
    columns, rows = STRAIGHT if seen.straight else CURVED
    low, high = seen.visible()
    left, right = max(low, 0.0), min(high, size[0])
    if left >= right:
        return ""
    across, down = np.meshgrid(np.linspace(left, right, columns), np.linspace(0, size[1], rows))
    shown = np.rint(seen.shown(np.column_stack((across.ravel(), down.ravel()))) * UNITS).astype(int).ravel().tolist()
    places = " ".join(str(number) for number in shown)
    return f'<metadata class="grid">{columns} {rows} {left:.3f} {right:.3f} {places}</metadata>'


def _rounded(corners: PathData, seen: Projection) -> str:
    """A closed polygon as seen, its lines cut where the surface bends; "" when it is out of sight."""
    ends = [(numbers[0], numbers[1]) for _, numbers in corners if numbers]
    low, high = seen.visible()
    if max(x for x, _ in ends) <= low or min(x for x, _ in ends) >= high:
        return ""
    points = ends if seen.straight else [at for one, next_ in pairwise([*ends, ends[0]]) for at in _way(one, next_)]
    shown = np.rint(seen.shown(np.array(points)) * UNITS).astype(int)
    numbers = (*shown[0].tolist(), *(shown[1:] - shown[:-1]).ravel().tolist())
    return (f"M%d %dl{'%d %d ' * (len(points) - 1)}"[:-1] % numbers + "z").replace(" -", "-")


def _way(start: tuple[float, float], end: tuple[float, float]) -> list[tuple[float, float]]:
    """The points of a line that bends, but its last."""
    across, down = end[0] - start[0], end[1] - start[1]
    count = int(abs(across) / SPAN_MM) + 1
    return [(start[0] + across * i / count, start[1] + down * i / count) for i in range(count)]


@lru_cache(maxsize=1024)
def _frame(frame: Frame, number: int, level: str | None, seen: Projection) -> str:
    d = _rounded(frame.corners(FRAME_MM), seen)
    if not d:
        return ""
    box = frame.box
    numbers = (box.left, box.top, box.right, box.bottom, frame.turn, frame.x_mm, frame.y_mm)
    where = f'data-frame="{" ".join(f"{round(number, 2):g}" for number in numbers)}"'
    paint = f' stroke="{LEVELS[level]}" stroke-width="1.6" {EVEN}' if level else ""
    dashes = ' stroke-dasharray="4 3"' if level == "warning" else ""
    name = "frame" + (f" frame-{level}" if level else "")
    path = f'<path class="{name}" data-element="{number}" {where} pointer-events="all"{paint}{dashes} d="{d}"/>'
    return f'<g data-of="{number}" class="framed">{path}</g>'
