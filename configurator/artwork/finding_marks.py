"""Marks of findings on a picture while editing: a frame round the very place, and the number the list gives it."""

from collections.abc import Iterator

import numpy as np

from configurator.artwork.picturing import traced_path
from configurator.artwork.projecting import Projection
from configurator.artwork.scene import Finding, Scene
from configurator.artwork.tracing import UNITS
from configurator.geometry import Box, PathData

LEVELS = {"error": "#B3261E", "warning": "#8A5200"}
EVEN = 'vector-effect="non-scaling-stroke"'
"""Lines are as wide on a phone as on a large screen."""
ROUND_MM = 0.6
NARROW = 0.06
APART = 2.1
"""Signs stand at least so many of their heights apart."""


def finding_marks(scene: Scene, seen: Projection, sign: float) -> Iterator[str]:
    """What findings speak of, in the order of their numbers; of the whole element only the number, at its corner.

    The list beside the picture says the same in words, so none of it is read aloud twice.
    """
    taken: list[tuple[float, float]] = []
    for finding in sorted(scene.findings, key=lambda each: each.number):
        boxes = _boxes(scene, finding)
        yield from (_mark(finding, box, seen) for box in boxes if finding.marks)
        if finding.number and (place := _place(scene, boxes, seen, sign)):
            while any(abs(x - place[0]) < sign * APART and abs(y - place[1]) < sign * APART for x, y in taken):
                place = (place[0] + sign * APART, place[1])
            taken.append(place)
            yield _sign(finding, place, sign)


def _boxes(scene: Scene, finding: Finding) -> tuple[Box, ...]:
    box = scene.boxes.get(finding.element)
    return finding.marks or ((box,) if box else ())


def _mark(finding: Finding, box: Box, seen: Projection) -> str:
    d = traced_path(rectangle(box.grown(ROUND_MM)), seen)
    rgb = LEVELS[finding.level]
    paint = f'stroke="{rgb}" fill="{rgb}" fill-opacity=".14" stroke-width="2" {EVEN}'
    return f'<path class="mark" data-finding="{finding.number}" {paint} pointer-events="none" d="{d}"/>' if d else ""


def _place(scene: Scene, boxes: tuple[Box, ...], seen: Projection, sign: float) -> tuple[float, float] | None:
    """Beside the top right corner of the first box in sight; at an edge of the area a little inwards."""
    low, high = seen.visible()
    for box in boxes:
        edge = min(high, scene.width_mm)
        x, y = min(box.right, edge), min(max(box.top, 0), scene.height_mm)
        if x >= max(box.left, low):
            ((across, down),) = seen.shown(np.array([(x, y)])).tolist()
            aside = -sign if edge - x < NARROW * scene.width_mm else sign
            return across + aside, down + (sign if y < NARROW * scene.height_mm else -sign)
    return None


def _sign(finding: Finding, place: tuple[float, float], sign: float) -> str:
    (x, y), high = (round(part * UNITS) for part in place), round(sign * UNITS)
    return (
        f'<g class="sign" data-finding="{finding.number}" pointer-events="none" transform="translate({x} {y})">'
        f'<circle r="{high * 0.85:.0f}" fill="{LEVELS[finding.level]}" stroke="#fff" stroke-width="{high / 8:.0f}"/>'
        f'<text y="{high * 0.36:.0f}" font-size="{high}" fill="#fff" text-anchor="middle">{finding.number}</text></g>'
    )


def rectangle(box: Box) -> PathData:
    """A box as a closed path."""
    corners = ((box.left, box.top), (box.right, box.top), (box.right, box.bottom), (box.left, box.bottom))
    return (("M", corners[0]), *(("L", corner) for corner in corners[1:]), ("Z", ()))
