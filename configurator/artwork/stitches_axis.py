"""The middle lines of a shape, as a digitiser would draw them: branches between ends and junctions, corners cut off.

The chordal axis (L. Prasad, Morphological analysis of shapes, 1997): triangles of a constrained Delaunay triangulation
with one, two or three neighbours are ends, pieces of a stroke, or junctions; the middles of the chords are the axis.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import hypot

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Polygon

from configurator.artwork.outlines import Points

FINEST_MM, COARSEST_MM = 0.25, 0.6
"""The outline is cut into pieces of such length, a fifth of its strokes' width, before it is triangulated."""
SMOOTH_MM = 0.04
NOISE = 1.1
"""One that stays so near is no corner either, but a facet of a curve."""
STUB = 1.75
"""A branch whose tip is no further than this many radii from its junction is a corner, not a stroke."""
STUB_BESIDE = 2.3
"""The same for a branch beside such a corner: the other corner of a stroke's end."""
CORNER = 50.0
"""Degrees: an axis that turns more at once turns a corner, where two strokes meet."""


@dataclass(frozen=True, slots=True, eq=False)
class Branch:
    """A stretch of the axis from node to node. Nodes are numbers; a closed branch starts and ends at the same one."""

    start: int
    end: int
    points: Points

    @property
    def span(self) -> float:
        """From its first to its last point, straight."""
        (x0, y0), (x1, y1) = self.points[0].tolist(), self.points[-1].tolist()
        return hypot(x1 - x0, y1 - y0)


@dataclass(frozen=True, slots=True, eq=False)
class Axis:
    """branches, and node -> its place in mm. A node with one branch is an end."""

    branches: tuple[Branch, ...]
    nodes: Mapping[int, tuple[float, float]]

    def at(self, node: int) -> list[int]:
        """The branches that start or end at a node; a closed one twice."""
        return [i for i, branch in enumerate(self.branches) for side in (branch.start, branch.end) if side == node]


def axis_of(area: Polygon) -> Axis:
    """The axis of an area in mm, without the hairs that run into its corners; empty for a blot."""
    step = min(max(0.4 * area.area / area.length, FINEST_MM), COARSEST_MM)
    mesh = _Mesh(shapely.segmentize(area.simplify(SMOOTH_MM), step))
    return _pruned(mesh.axis(), area)


class _Mesh:
    """The triangles of an area and who touches whom.

    places: of the corners, mm; tips: of each triangle; chords: numbers of its edges that touch another triangle;
    sides: of each edge, the triangles it lies between; middles: of each edge, mm.
    """

    def __init__(self, area: Polygon) -> None:
        triangles = shapely.get_parts(shapely.constrained_delaunay_triangles(area))
        corners = shapely.get_coordinates(triangles).reshape(-1, 4, 2)[:, :3].reshape(-1, 2)
        unique, numbers = np.unique(corners[:, 0] + 1j * corners[:, 1], return_inverse=True)
        places = np.column_stack((unique.real, unique.imag))
        three = numbers.reshape(-1, 3)
        ends = np.sort(np.stack((three, three[:, [1, 2, 0]]), axis=-1).reshape(-1, 2), axis=1)
        _, first, edges, touching = np.unique(
            ends[:, 0] * len(unique) + ends[:, 1], return_index=True, return_inverse=True, return_counts=True
        )
        order = np.argsort(edges, kind="stable") // 3
        starts = np.cumsum(touching) - touching
        self.places: list[tuple[float, float]] = places.tolist()
        self.tips: list[list[int]] = three.tolist()
        self.ends: list[list[int]] = ends[first].tolist()
        self.sides: list[tuple[int, int]] = np.column_stack((order[starts], order[starts + touching - 1])).tolist()
        inner: list[bool] = (touching == 2).tolist()
        self.chords = [[edge for edge in some if inner[edge]] for some in edges.reshape(-1, 3).tolist()]
        self.middles: list[tuple[float, float]] = places[ends[first]].mean(axis=1).tolist()

    def axis(self) -> Axis:
        """Every branch, hairs too. A node is the number of an end's or a junction's triangle."""
        nodes = {i: self._place(i) for i, chords in enumerate(self.chords) if len(chords) in (1, 3)}
        used: set[int] = set()
        branches = [
            self._branch(node, chord, used) for node in nodes for chord in self.chords[node] if chord not in used
        ]
        for number, chords in enumerate(self.chords):
            if len(chords) == 2 and chords[0] not in used and not branches:
                branches.append(self._ring(number, used))
                nodes[number] = tuple(branches[-1].points[0].tolist())
        return Axis(tuple(branches), nodes)

    def _place(self, number: int) -> tuple[float, float]:
        """A junction's centre; the tip of an end."""
        tips, chords = self.tips[number], self.chords[number]
        free = [tip for tip in tips if tip not in self.ends[chords[0]]] if len(chords) == 1 else tips
        return sum(self.places[tip][0] for tip in free) / len(free), sum(self.places[tip][1] for tip in free) / len(
            free
        )

    def _branch(self, node: int, chord: int, used: set[int]) -> Branch:
        way = list(self._along(node, chord))
        used.update(crossed for _, crossed in way)
        end = way[-1][0]
        middles = [self.middles[crossed] for _, crossed in way]
        return Branch(node, end, np.array([self._place(node), *middles, self._place(end)]))

    def _ring(self, number: int, used: set[int]) -> Branch:
        chord = self.chords[number][0]
        points = []
        for here, crossed in self._along(number, chord):
            used.add(crossed)
            points.append(self.middles[crossed])
            if here == number:
                break
        return Branch(number, number, np.array([*points, points[0]]))

    def _along(self, node: int, chord: int) -> Iterator[tuple[int, int]]:
        """From triangle to triangle through pieces of a stroke, to the next node: (triangle, chord crossed)."""
        here = node
        while True:
            one, other = self.sides[chord]
            here = other if here == one else one
            yield here, chord
            chords = self.chords[here]
            if len(chords) != 2:
                return
            chord = chords[1] if chord == chords[0] else chords[0]


def _pruned(axis: Axis, area: Polygon) -> Axis:
    """Hairs are taken off, the shortest first, until only strokes are left; what went straight through is joined."""
    reach = _reaches(axis.nodes, area)
    noise = {number for *_, number in _hairs(axis.branches, reach, NOISE)}
    branches = _joined_at_twos([branch for i, branch in enumerate(axis.branches) if i not in noise], {})
    while hairs := _hairs(branches, reach, STUB):
        root = min(hairs)[1]
        corners = {number for _, at, number in _hairs(branches, reach, STUB_BESIDE) if at == root}
        left = [branch for i, branch in enumerate(branches) if i not in corners]
        branches = _joined_at_twos(left, reach)
    return Axis(tuple(branches), axis.nodes)


def _hairs(branches: Sequence[Branch], reach: Mapping[int, float], stub: float) -> list[tuple[float, int, int]]:
    """(how long, the node it hangs on, number) of branches with a free end that stick out no further than a corner."""
    degrees = _degrees(branches)
    hanging = [(branch.span, _root(branch, degrees), i) for i, branch in enumerate(branches)]
    return [
        (span, root, i) for span, root, i in hanging if root is not None and span < stub * reach[root] + FINEST_MM / 2
    ]


def _reaches(nodes: Mapping[int, tuple[float, float]], area: Polygon) -> dict[int, float]:
    """Node -> how far it is from the outline."""
    if not nodes:
        return {}
    far = shapely.distance(area.boundary, shapely.points(np.array(list(nodes.values())))).tolist()
    return dict(zip(nodes, far, strict=True))


def _degrees(branches: Sequence[Branch]) -> dict[int, int]:
    degrees: dict[int, int] = {}
    for branch in branches:
        for node in (branch.start, branch.end):
            degrees[node] = degrees.get(node, 0) + 1
    return degrees


def _root(branch: Branch, degrees: Mapping[int, int]) -> int | None:
    """The junction a branch with a free end hangs on; of a branch with two free ends, its start; else None."""
    if degrees[branch.end] == 1:
        return branch.start
    return branch.end if degrees[branch.start] == 1 else None


def _joined_at_twos(branches: Sequence[Branch], reach: Mapping[int, float]) -> list[Branch]:
    """Two branches that meet alone become one, unless they turn a corner there, at a node whose reach is known."""
    left = dict(enumerate(branches))
    meeting: dict[int, list[int]] = {}
    for number, branch in left.items():
        for node in (branch.start, branch.end):
            meeting.setdefault(node, []).append(number)
    for node, met in meeting.items():
        if len(met) != 2 or met[0] == met[1]:
            continue
        before, after = turned(left[met[0]], node, last=True), turned(left.pop(met[1]), node, last=False)
        if node in reach and bend(before, after, 0.4 * reach[node], 1.3 * reach[node]) > CORNER:
            left[met[1]] = after
            continue
        left[met[0]] = Branch(before.start, after.end, np.concatenate((before.points[:-1], after.points[1:])))
        meeting[after.end] = [met[0] if number == met[1] else number for number in meeting[after.end]]
    return [left[number] for number in sorted(left)]


def bend(before: Branch, after: Branch, near: float, there: float) -> float:
    """Degrees that the axis turns from one branch to the next, looking from `near` to `there` mm from their node."""
    arriving, leaving = _heading(before.points[::-1], near, there), _heading(after.points, near, there)
    return float(np.degrees(np.arccos(np.clip(float(-arriving @ leaving), -1, 1))))


def _heading(points: Points, near: float, there: float) -> Points:
    """The direction in which a branch leaves its first point."""
    far = along(points)
    start, end = between(far, points, np.array([min(near, 0.4 * far[-1]), min(there, far[-1])]))
    ahead = end - start
    return np.asarray(ahead / max(hypot(*ahead.tolist()), 1e-9))


def turned(branch: Branch, node: int, *, last: bool) -> Branch:
    """The branch so that it ends (last) or starts at a node."""
    if (branch.end if last else branch.start) == node:
        return branch
    return Branch(branch.end, branch.start, branch.points[::-1])


def along(points: Points) -> NDArray[np.float64]:
    """How far each point is from the first, along the line."""
    steps = points[1:] - points[:-1]
    far = np.zeros(len(points))
    np.sqrt(steps[:, 0] ** 2 + steps[:, 1] ** 2).cumsum(out=far[1:])
    return far


def between(far: NDArray[np.float64], points: Points, at: NDArray[np.float64]) -> Points:
    """Places along a line. far: how far its points are along it; at: how far the places are."""
    return np.interp(at, far, plane(points)).view(np.float64).reshape(-1, 2)


def plane(points: Points) -> NDArray[np.complex128]:
    """Points as complex numbers, which is one array for numpy where x and y are two."""
    return np.ascontiguousarray(points, dtype=np.float64).view(np.complex128)[:, 0]
