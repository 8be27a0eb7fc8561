"""Scenes as plain areas for lasers and cutters: curves become chords, strokes become areas, overlaps melt together."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import shapely
from shapely import LinearRing, LineString, Polygon
from shapely.affinity import affine_transform
from shapely.geometry.base import BaseGeometry
from shapely.ops import polygonize, unary_union

from configurator.artwork.scene import Glyphs, Node, Path, Scene
from configurator.geometry import Affine, PathData

TOLERANCE_MM = 0.02
"""No chord lies further from its curve than this."""

Ring = tuple[tuple[float, float], ...]


def flat_rings(path: PathData, tolerance: float = TOLERANCE_MM) -> list[Ring]:
    """The path's subpaths as points, curves replaced by chords no further off than `tolerance`."""
    rings: list[list[tuple[float, float]]] = []
    for letter, numbers in path:
        if letter == "M":
            rings.append([(numbers[0], numbers[1])])
        elif letter == "L":
            rings[-1].append((numbers[0], numbers[1]))
        elif letter != "Z":
            rings[-1].extend(_chords(rings[-1][-1], numbers, tolerance))
    return [tuple(ring) for ring in rings]


def closed_subpaths(path: PathData) -> list[bool]:
    """Of each subpath, whether it comes back to where it began."""
    closed: list[bool] = []
    for letter, _ in path:
        if letter == "M":
            closed.append(False)
        elif letter == "Z":
            closed[-1] = True
    return closed


@dataclass
class Areas:
    """Turns scenes into areas; remembers each glyph, which a sheet uses many times."""

    _glyphs: dict[tuple[PathData, float], BaseGeometry] = field(default_factory=dict)

    def engraved(self, scene: Scene) -> list[Polygon]:
        """Everything that is drawn in a scene, inside its bleed, as areas that do not overlap, in mm."""
        bleed = scene.bleed_mm
        parts = [part for node in scene.nodes for part in self.covered(node, scene.outlines)]
        inside = shapely.box(-bleed, -bleed, scene.width_mm + bleed, scene.height_mm + bleed)
        whole = unary_union(parts).intersection(inside)
        return [part for part in getattr(whole, "geoms", [whole]) if isinstance(part, Polygon) and not part.is_empty]

    def covered(self, node: Node, outlines: Mapping[str, PathData]) -> Iterator[BaseGeometry]:
        """What letters and paths of the artwork cover, in mm."""
        if isinstance(node, Glyphs):
            for key, placed in node.placements:
                yield _moved(self._glyph(outlines[key], _scale(placed)), placed)
        elif isinstance(node, Path) and node.role == "art":
            yield from painted_areas(node)

    def _glyph(self, outline: PathData, scale: float) -> BaseGeometry:
        known = (outline, round(scale, 6))
        if known not in self._glyphs:
            self._glyphs[known] = filled_area(flat_rings(outline, TOLERANCE_MM / scale))
        return self._glyphs[known]


def filled_area(rings: Sequence[Ring]) -> BaseGeometry:
    """The area that a non-zero fill of these rings covers: the faces between them that some ring winds about."""
    closed = [LinearRing(ring) for ring in rings if len(set(ring)) >= 3]
    if not closed:
        return Polygon()
    if len(closed) == 1 and closed[0].is_simple:
        return Polygon(closed[0])
    faces = polygonize(unary_union(closed))
    return unary_union([face for face in faces if _winding(face.representative_point(), closed)])


def _winding(point: shapely.Point, rings: Sequence[LinearRing]) -> int:
    """How often the rings wind about a point, counted where they cross the ray to its right."""
    turns = 0
    for ring in rings:
        at = list(ring.coords)
        for (x0, y0), (x1, y1) in pairwise(at):
            if (y0 > point.y) != (y1 > point.y) and x0 + (point.y - y0) * (x1 - x0) / (y1 - y0) > point.x:
                turns += 1 if y1 > y0 else -1
    return turns


def painted_areas(node: Path) -> Iterator[BaseGeometry]:
    """What a path's fill covers, then each of its strokes, in mm."""
    rings = flat_rings(node.data)
    if node.fill:
        yield filled_area(rings)
    if node.stroke:
        ends = "round" if node.round else "flat"
        joins = "round" if node.round else "mitre"
        closed = closed_subpaths(node.data)
        for ring, is_closed in zip(rings, closed, strict=True):
            line = (
                LinearRing(ring) if is_closed and len(set(ring)) >= 3 else LineString(ring) if len(ring) > 1 else None
            )
            if line is not None:
                yield line.buffer(
                    node.width_mm / 2,
                    cap_style=ends,
                    join_style=joins,
                    mitre_limit=4,
                    quad_segs=_quarter(node.width_mm / 2),
                )


def _quarter(radius: float) -> int:
    """Chords a quarter circle needs to stay within the tolerance: the sagitta of an angle a is r (1 - cos a/2)."""
    if radius <= TOLERANCE_MM:
        return 1
    return max(2, math.ceil(math.pi / 4 / math.acos(1 - TOLERANCE_MM / radius)))


def _moved(area: BaseGeometry, by: Affine) -> BaseGeometry:
    return affine_transform(area, (by.a, by.c, by.b, by.d, by.e, by.f))


def _scale(by: Affine) -> float:
    """How much longer the map makes a line, at the most (never less than its determinant's root says)."""
    return max(math.hypot(by.a, by.b), math.hypot(by.c, by.d)) or 1.0


def _chords(start: tuple[float, float], numbers: Sequence[float], tolerance: float) -> Iterator[tuple[float, float]]:
    """Points along a Bézier curve. n chords are off by at most n^-2 d/8 (d: bound of the second derivative)."""
    points = [start, *zip(numbers[::2], numbers[1::2], strict=True)]
    degree = len(points) - 1
    bends = [
        math.hypot(a[0] - 2 * b[0] + c[0], a[1] - 2 * b[1] + c[1])
        for a, b, c in zip(points, points[1:], points[2:], strict=False)
    ]
    count = max(1, math.ceil(math.sqrt(degree * (degree - 1) * max(bends) / (8 * tolerance))))
    for step in range(1, count):
        yield _on_curve(points, step / count)
    yield points[-1]


def _on_curve(points: Sequence[tuple[float, float]], at: float) -> tuple[float, float]:
    """De Casteljau's point."""
    while len(points) > 1:
        points = [(a[0] + (b[0] - a[0]) * at, a[1] + (b[1] - a[1]) * at) for a, b in pairwise(points)]
    return points[0]
