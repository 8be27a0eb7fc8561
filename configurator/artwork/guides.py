"""Guides on a picture while editing: the print area, its safe zone, a frame round every element, flags."""

from configurator.artwork.picturing import traced_path
from configurator.artwork.projecting import Projection
from configurator.artwork.scene import Scene
from configurator.artwork.tracing import UNITS
from configurator.geometry import Box, PathData

FRAME_MM = 1.0
ACCENT = "#2B34CF"
LEVELS = {"error": "#B3261E", "warning": "#B26A00"}
EVEN = 'vector-effect="non-scaling-stroke"'
"""Lines are as wide on a phone as on a large screen."""


def guide_marks(scene: Scene, seen: Projection) -> str:
    """A group of class "guides"; its paths have classes and numbers for the stylesheet and the page's script."""
    numbers = sorted(scene.frames)
    whole = Box(0, 0, scene.width_mm, scene.height_mm)
    edge, safe = (traced_path(_rectangle(box), seen) for box in (whole, whole.grown(-scene.safe_mm)))
    frames = [traced_path(scene.frames[number].corners(FRAME_MM), seen) for number in numbers]
    worst = {
        finding.element: finding.level for finding in sorted(scene.findings, key=lambda found: found.level == "error")
    }
    marks = [
        _mark("guide-area", edge, f' data-area="{scene.area}"', "4 4"),
        _mark("guide-safe", safe, "", "1 3"),
        *(_frame(scene, number, d, worst.get(number)) for number, d in zip(numbers, frames, strict=True)),
    ]
    return f'<g class="guides" fill="none" transform="scale({1 / UNITS})">{"".join(marks)}</g>'


def _rectangle(box: Box) -> PathData:
    corners = ((box.left, box.top), (box.right, box.top), (box.right, box.bottom), (box.left, box.bottom))
    return (("M", corners[0]), *(("L", corner) for corner in corners[1:]), ("Z", ()))


def _mark(name: str, d: str, attributes: str, dashes: str) -> str:
    style = f'stroke="{ACCENT}" stroke-width="1.2" stroke-dasharray="{dashes}" stroke-opacity=".75"'
    return f'<path class="{name}"{attributes} {style} {EVEN} d="{d}"/>' if d else ""


def _frame(scene: Scene, number: int, d: str, level: str | None) -> str:
    if not d:
        return ""
    box = scene.boxes[number]
    where = f'data-box="{box.left:g} {box.top:g} {box.right:g} {box.bottom:g}"'
    paint = f' stroke="{LEVELS[level]}" stroke-width="1.6"' if level else ""
    dashes = ' stroke-dasharray="4 3"' if level == "warning" else ""
    name = "frame" + (f" frame-{level}" if level else "")
    return f'<path class="{name}" data-element="{number}" {where} pointer-events="all"{paint}{dashes} {EVEN} d="{d}"/>'
