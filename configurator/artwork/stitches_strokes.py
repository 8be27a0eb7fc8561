"""Strokes: branches of an axis that run straight through their junctions, as middle lines to lay satin across."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from shapely import Polygon

from configurator.artwork.outlines import Points
from configurator.artwork.stitches_axis import Axis, Branch, along, bend, between, plane, turned
from configurator.artwork.stitches_walls import Floats, Walls

STEP_MM = 0.2
"""The axis is measured at points this far apart."""
STRAIGHT = 50.0
"""Degrees: branches that turn less at a junction are one stroke."""


@dataclass(slots=True, eq=False)
class Column:
    """A stroke. axis: points STEP_MM apart, mm; far: how far each is along it.

    left, right: the ends of its rungs, on the outline; at: where along the axis each rung lies. nodes: node -> how far
    along. half: half its width, mm. closed: a ring. body: what its rungs cover.
    """

    axis: Points
    far: Floats
    closed: bool
    nodes: dict[int, float]
    half: float = 0.0
    left: Points = field(default_factory=lambda: np.empty((0, 2)))
    right: Points = field(default_factory=lambda: np.empty((0, 2)))
    at: Floats = field(default_factory=lambda: np.empty(0))
    body: Polygon = field(default_factory=Polygon)

    @property
    def long(self) -> float:
        """The length of its axis."""
        return float(self.far[-1])

    def covered(self) -> Polygon:
        """What its rungs cover; a ring of two rungs, as of a letter too small to sew, is none."""
        if len(self.at) < (3 if self.closed else 2):
            return Polygon()
        if self.closed:
            rings = sorted((Polygon(self.left).buffer(0), Polygon(self.right).buffer(0)), key=lambda ring: ring.area)
            return rings[1].difference(rings[0])
        return Polygon(np.concatenate((self.left, self.right[::-1]))).buffer(0)


def strokes_of(axis: Axis, walls: Walls) -> list[Column]:
    """Every stroke of an axis, without rungs yet."""
    return [_column(chain, axis, walls) for chain in _chains(axis, walls)]


def _chains(axis: Axis, walls: Walls) -> list[list[Branch]]:
    """Branches in a row, turned so that each starts where the one before ends."""
    onward = _pairs(axis, walls)
    left = set(range(len(axis.branches)))
    chains = []
    while left:
        first = min(left)
        left.discard(first)
        chain = [axis.branches[first]]
        if chain[0].start != chain[0].end:
            _extend(chain, first, onward, left, axis)
            chain.reverse()
            chain[:] = [Branch(branch.end, branch.start, branch.points[::-1]) for branch in chain]
            _extend(chain, first, onward, left, axis)
        chains.append(chain)
    return chains


def _extend(chain: list[Branch], number: int, onward: dict[tuple[int, int], int], left: set[int], axis: Axis) -> None:
    """Goes on at the chain's end as long as there is a branch that goes straight on."""
    while (number := onward.get((chain[-1].end, number), -1)) in left:
        left.discard(number)
        chain.append(turned(axis.branches[number], chain[-1].end, last=False))


def _pairs(axis: Axis, walls: Walls) -> dict[tuple[int, int], int]:
    """(node, branch) -> the branch that goes straight on there, the straightest first."""
    onward: dict[tuple[int, int], int] = {}
    for node, place in axis.nodes.items():
        met = axis.at(node)
        if len(met) < 2:
            continue
        reach = float(walls.clearance(np.array([place]))[0])
        turns = sorted(
            (
                bend(
                    turned(axis.branches[i], node, last=True),
                    turned(axis.branches[j], node, last=False),
                    reach,
                    3 * reach,
                ),
                i,
                j,
            )
            for a, i in enumerate(met)
            for j in met[a + 1 :]
            if i != j
        )
        for turn, i, j in turns:
            if turn < STRAIGHT and (node, i) not in onward and (node, j) not in onward:
                onward[node, i], onward[node, j] = j, i
    return onward


# --- the middle line of a stroke


def _column(chain: Sequence[Branch], axis: Axis, walls: Walls) -> Column:
    closed = chain[0].start == chain[-1].end
    raw = _bridged(chain, walls)
    if closed and len(axis.branches) == 1:
        raw = _from_the_bottom(raw)
    ends = [chain[0].start, *(branch.end for branch in chain)]
    half = float(np.median(walls.clearance(raw)))
    line = _smoothed(_even(raw), half, closed=closed)
    if not closed:
        line = _lengthened(line, [len(axis.at(node)) < 3 for node in (ends[0], ends[-1])], half, walls)
    line = _even(line)
    far = along(line)
    places = np.array([axis.nodes[node] for node in ends])
    nearest = np.hypot(*(line[None] - places[:, None]).transpose(2, 0, 1)).argmin(axis=1)
    nodes = {node: float(far[i]) for node, i in zip(ends, nearest.tolist(), strict=True)}
    return Column(line, far, closed, nodes, half)


def _bridged(chain: Sequence[Branch], walls: Walls) -> Points:
    """One line through the chain's junctions, straight across them: an axis dents towards what branches off."""
    parts = []
    for number, branch in enumerate(chain):
        far = along(branch.points)
        reach = walls.clearance(branch.points[[0, -1]]).tolist()
        low = min(reach[0], 0.45 * far[-1]) if number else 0.0
        high = far[-1] - (min(reach[1], 0.45 * far[-1]) if number < len(chain) - 1 else 0.0)
        parts.append(branch.points[(far >= low) & (far <= high)])
    return np.concatenate([part for part in parts if len(part)] or [chain[0].points])


def _from_the_bottom(ring: Points) -> Points:
    """A ring that nothing hangs on is sewn from its lowest point."""
    first = int(ring[:-1, 1].argmax())
    return np.concatenate((ring[first:-1], ring[:first], ring[first : first + 1]))


def _even(points: Points) -> Points:
    """The same line with a point every STEP_MM or a little less."""
    far = along(points)
    at = np.linspace(0, far[-1], max(2, int(np.ceil(far[-1] / STEP_MM)) + 1))
    return between(far, points, at)


def _smoothed(line: Points, half: float, *, closed: bool) -> Points:
    """A running mean over about a stroke's width, twice; open ends stay where they are."""
    reach = min(max(1, round(0.6 * half / STEP_MM)), max(1, len(line) // 4))
    kernel = np.ones(2 * reach + 1) / (2 * reach + 1)
    for _ in range(2):
        if closed:
            padded = np.concatenate((line[-1 - reach : -1], line, line[1 : 1 + reach]))
        else:
            padded = np.concatenate((2 * line[0] - line[reach:0:-1], line, 2 * line[-1] - line[-2 : -2 - reach : -1]))
        line = np.convolve(plane(padded), kernel, "valid").view(np.float64).reshape(-1, 2)
    return line


def _lengthened(line: Points, free: Sequence[bool], half: float, walls: Walls) -> Points:
    """Ends that no other stroke goes on from reach to the outline, straight on."""
    spare = round(0.5 * half / STEP_MM)
    for side in (1, 0):
        line = line[::-1]
        if not free[side] or len(line) < 3:
            continue
        cut = min(spare, len(line) // 3)
        kept = line[cut:]
        back = min(len(kept) - 1, max(2, round(1.6 * half / STEP_MM)))
        heading = kept[0] - kept[back]
        heading = heading / max(float(np.hypot(*heading)), 1e-9)
        far = float(walls.hit(kept[:1], heading[None])[0])
        if far < 4 * half + 1:
            line = np.concatenate((kept[:1] + heading * max(far - 1e-3, 0), kept))
    return line
