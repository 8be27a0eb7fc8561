"""Guides on a picture while editing: the print area, its safe zone, a frame round every element, flags."""

import numpy as np

from configurator.artwork.finding_marks import EVEN, LEVELS, finding_marks, rectangle
from configurator.artwork.frames import Frame
from configurator.artwork.picturing import traced_path
from configurator.artwork.projecting import Projection
from configurator.artwork.scene import Scene
from configurator.artwork.tracing import UNITS
from configurator.geometry import Box

FRAME_MM = 1.0
ACCENT = "#2B34CF"
STRAIGHT, CURVED = (5, 4), (17, 2)
"""Columns and rows of the grid that tells the page where millimetres show; a cylinder is straight downwards."""


def guide_marks(scene: Scene, seen: Projection, sign: float) -> str:
    """A group of class "guides"; its paths have classes and numbers for the stylesheet and the page's script.

    sign: how high the numbers of findings are, in drawing units.
    """
    numbers = sorted(scene.frames)
    whole = Box(0, 0, scene.width_mm, scene.height_mm)
    edge, safe = (traced_path(rectangle(box), seen) for box in (whole, whole.grown(-scene.safe_mm)))
    frames = [traced_path(scene.frames[number].corners(FRAME_MM), seen) for number in numbers]
    worst = {
        finding.element: finding.level
        for finding in sorted(scene.findings, key=lambda found: found.level == "error")
        if not finding.marks
    }
    marks = [_mark("guide-area", edge, "4 4"), _mark("guide-safe", safe, "1 3"), _grid(scene, seen)]
    marks += [
        _frame(scene.frames[number], number, d, worst.get(number)) for number, d in zip(numbers, frames, strict=True)
    ]
    marks += finding_marks(scene, seen, sign)
    sheet = f'data-area="{scene.area}" data-sheet="{scene.width_mm:g} {scene.height_mm:g} {scene.safe_mm:g}"'
    return f'<g class="guides" {sheet} fill="none" transform="scale({1 / UNITS})">{"".join(marks)}</g>'


def _mark(name: str, d: str, dashes: str) -> str:
    style = f'stroke="{ACCENT}" stroke-width="1.2" stroke-dasharray="{dashes}" stroke-opacity=".75"'
    return f'<path class="{name}" {style} {EVEN} d="{d}"/>' if d else ""


def _grid(scene: Scene, seen: Projection) -> str:
    """Columns, rows, left, right, then where the points of an even grid of that part of the area show, row by row."""
    columns, rows = STRAIGHT if seen.straight else CURVED
    low, high = seen.visible()
    left, right = max(low, 0.0), min(high, scene.width_mm)
    if left >= right:
        return ""
    across, down = np.meshgrid(np.linspace(left, right, columns), np.linspace(0, scene.height_mm, rows))
    shown = np.rint(seen.shown(np.column_stack((across.ravel(), down.ravel()))) * UNITS).astype(int).ravel().tolist()
    places = " ".join(str(number) for number in shown)
    return f'<metadata class="grid">{columns} {rows} {left:.3f} {right:.3f} {places}</metadata>'


def _frame(frame: Frame, number: int, d: str, level: str | None) -> str:
    if not d:
        return ""
    box = frame.box
    numbers = (box.left, box.top, box.right, box.bottom, frame.turn, frame.x_mm, frame.y_mm)
    where = f'data-frame="{" ".join(f"{round(number, 2):g}" for number in numbers)}"'
    paint = f' stroke="{LEVELS[level]}" stroke-width="1.6" {EVEN}' if level else ""
    dashes = ' stroke-dasharray="4 3"' if level == "warning" else ""
    name = "frame" + (f" frame-{level}" if level else "")
    return f'<path class="{name}" data-element="{number}" {where} pointer-events="all"{paint}{dashes} d="{d}"/>'
