"""Judges where outlines lie on sheets, by shapely and nothing that laid them: overlap, overrun, gaps, losses."""

from collections.abc import Mapping, Sequence

from shapely import STRtree
from shapely.geometry import Polygon, box

from configurator.blanks.blank import SheetSpec

EXACT_MM = 1e-3
"""What a gap or margin may lack."""

Outline = Sequence[tuple[float, float]]


def layout_faults(
    spec: SheetSpec, areas: Mapping[str, float], laid: Sequence[tuple[str, int, Outline]]
) -> tuple[str, ...]:
    """Everything wrong, as sentences. areas: name -> mm² of each shape that should be there, once.

    laid: (name, sheet, outline where it lies).
    """
    names = [name for name, _, _ in laid]
    found = [f"“{name}” is on no sheet." for name in areas if name not in names]
    found += [f"“{name}” lies {names.count(name)} times." for name in sorted(set(names)) if names.count(name) > 1]
    polygons = [(name, sheet, Polygon(outline)) for name, sheet, outline in laid]
    for name, _, polygon in polygons:
        if abs(polygon.area - areas.get(name, 0)) > EXACT_MM * max(1.0, polygon.length):
            found.append(f"“{name}” has another size than it should.")
    for number in sorted({sheet for _, sheet, _ in polygons}):
        found += _on_one(spec, [(name, polygon) for name, sheet, polygon in polygons if sheet == number])
    return tuple(found)


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
