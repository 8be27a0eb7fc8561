"""Judges where outlines lie on sheets, by shapely and nothing that laid them: overlap, overrun, gaps, turns, losses."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from shapely import STRtree
from shapely.geometry import Polygon, box

from configurator.blanks.blank import SheetSpec

EXACT_MM = 1e-3
"""What a gap or margin may lack."""
EXACT_DEG = 1e-3

Outline = Sequence[tuple[float, float]]


class Lying(NamedTuple):
    """What lies on a sheet (from 1): its outline where it lies, in mm, and how far it is turned, in degrees."""

    name: str
    sheet: int
    outline: Outline
    degrees: float = 0


def layout_faults(spec: SheetSpec, areas: Mapping[str, float], laid: Sequence[Lying]) -> tuple[str, ...]:
    """Everything wrong, as sentences. areas: name -> mm² of each shape that should be there, once."""
    names = [each.name for each in laid]
    found = [f"“{name}” is on no sheet." for name in areas if name not in names]
    found += [f"“{name}” lies {names.count(name)} times." for name in sorted(set(names)) if names.count(name) > 1]
    found += [
        f"“{each.name}” lies at {each.degrees:g}°, which its sheet does not allow."
        for each in laid
        if _askew(each, spec)
    ]
    polygons = [(each.name, each.sheet, Polygon(each.outline)) for each in laid]
    for name, _, polygon in polygons:
        if abs(polygon.area - areas.get(name, 0)) > EXACT_MM * max(1.0, polygon.length):
            found.append(f"“{name}” has another size than it should.")
    for number in sorted({sheet for _, sheet, _ in polygons}):
        found += _on_one(spec, [(name, polygon) for name, sheet, polygon in polygons if sheet == number])
    return tuple(found)


def _askew(lying: Lying, spec: SheetSpec) -> bool:
    return all(abs((lying.degrees - angle + 180) % 360 - 180) > EXACT_DEG for angle in spec.angles)


def _on_one(spec: SheetSpec, shapes: Sequence[tuple[str, Polygon]]) -> list[str]:
    (width, height), margin = spec.size_mm, spec.margin_mm
    usable = box(margin, margin, width - margin, height - margin).buffer(EXACT_MM)
    found = [f"“{name}” hangs over the margin." for name, polygon in shapes if not usable.covers(polygon)]
    tree = STRtree([polygon for _, polygon in shapes])
    for n, (name, polygon) in enumerate(shapes):
        near = sorted(int(m) for m in tree.query(polygon, predicate="dwithin", distance=spec.gap_mm) if m > n)
        for other, shape in (shapes[m] for m in near):
            if polygon.intersection(shape).area > EXACT_MM * EXACT_MM:
                found.append(f"“{name}” and “{other}” overlap.")
            elif polygon.distance(shape) < spec.gap_mm - EXACT_MM:
                found.append(f"“{name}” and “{other}” are {polygon.distance(shape):.2f} mm apart.")
    return found
