"""Embroidery: a scene as stitches in tenths of a millimetre, thread by thread, in an order that cuts them seldom."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import hypot, log

import numpy as np
import shapely
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from configurator.artwork.dxf_areas import filled_area, flat_rings, painted_areas
from configurator.artwork.outlines import Points
from configurator.artwork.scene import Glyphs, Ink, Node, Path, Scene
from configurator.artwork.stitches_effort import OUTLINE_MM, laborious
from configurator.artwork.stitches_motif import Line, Motif
from configurator.artwork.stitches_order import Box, Entered, Placed, chained, entered, in_order, placed
from configurator.artwork.stitches_order import forget as forget_motifs
from configurator.artwork.stitches_runs import Run, runs_of
from configurator.artwork.stitches_sewing import THIN_LINE_MM, motif_of
from configurator.blanks.methods import Stitching
from configurator.geometry import Affine, PathData, mapped

LEAST_MM2 = 0.12
"""What covers less cannot be sewn."""
SIZES = 1.015
"""Letters whose sizes differ by no more than half of this are sewn alike, so that a line that is fitted finds them."""
KEPT = 64


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """All runs between two changes of thread. sewn: the motifs that they sew, in their order."""

    ink: Ink
    runs: tuple[Run, ...]
    sewn: tuple[Entered, ...]

    @property
    def stitches(self) -> int:
        """Needle points."""
        return sum(len(run.points) for run in self.runs)

    @property
    def thread_mm(self) -> float:
        """Needle thread: the stitches' lengths, and 1 mm each that goes round the bobbin's thread below the cloth."""
        sewn = sum(float(np.hypot(*np.diff(run.points, axis=0).T).sum()) for run in self.runs) / 10
        return sewn + self.stitches


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """The stitches of one print area; the origin is its top left corner, y down."""

    blocks: tuple[Block, ...]

    @property
    def stitches(self) -> int:
        """All of them: what is paid for."""
        return sum(block.stitches for block in self.blocks)

    @property
    def trims(self) -> int:
        """How often the thread is cut, at changes of thread too."""
        return sum(len(block.runs) for block in self.blocks)


def stitches(scene: Scene) -> Plan:
    """The plan of a scene that is to be embroidered; no stitches for one that is not, or that is too much to plan.

    Same scene, same plan.
    """
    kept = _plans.get(id(scene))
    if kept and kept[0] is scene:
        return kept[1]
    plan = _plan(scene, scene.stitching) if scene.stitching else Plan(())
    if len(_plans) >= KEPT:
        _plans.clear()
    _plans[id(scene)] = scene, plan
    return plan


_plans: dict[int, tuple[Scene, Plan]] = {}
"""The scenes seen last, with their plans: a page pictures, prices and lists one several times."""


def forget(*, letters: bool) -> None:
    """Forget plans, for measuring; letters: also what letters and shapes were sewn before."""
    _plans.clear()
    _nodes.clear()
    _runs.cache_clear()
    if letters:
        _outlined.cache_clear()
        _drawn.cache_clear()
        forget_motifs()


def _plan(scene: Scene, how: Stitching) -> Plan:
    if laborious(scene.nodes, scene.outlines) is not None:
        return Plan(())
    grouped = _grouped([part for node in scene.nodes for part in _known_parts(node, scene, how)])
    blocks = []
    for ink, parts in grouped:
        motifs = [motif for part in parts for motif in part.motifs]
        sewn = tuple(entered(motifs, how.trim_mm))
        runs = tuple(run for chain in chained(sewn, how.trim_mm) for run in _runs(chain, how))
        if runs:
            blocks.append(Block(ink, runs, sewn))
    return Plan(tuple(blocks))


@lru_cache(maxsize=256)
def _runs(chain: tuple[Entered, ...], how: Stitching) -> tuple[Run, ...]:
    """Of a design most stays where it is while one text is typed."""
    return tuple(runs_of((thread for motif in chain for thread in motif.threads()), how))


# --- what each node is sewn as


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """One ink of one node: its motifs in their order, and the box they lie in."""

    ink: Ink
    motifs: list[Placed]
    box: Box


def _known_parts(node: Node, scene: Scene, how: Stitching) -> list[_Part]:
    """Nodes stay the same objects while other elements are edited."""
    kept = _nodes.get(id(node))
    outlines = [scene.outlines[key] for key, _ in node.placements] if isinstance(node, Glyphs) else []
    if kept and kept[0] is node and kept[1] == how and all(a is b for a, b in zip(kept[2], outlines, strict=True)):
        return kept[3]
    parts = list(_parts(node, scene, how))
    if len(_nodes) >= KEPT:
        _nodes.clear()
    _nodes[id(node)] = node, how, outlines, parts
    return parts


_nodes: dict[int, tuple[Node, Stitching, list[PathData], list[_Part]]] = {}


def _parts(node: Node, scene: Scene, how: Stitching) -> Iterator[_Part]:
    if isinstance(node, Glyphs):
        motifs = [
            placed(motif, matrix, (by.e, by.f), node.element)
            for key, by in node.placements
            for matrix, found in [_glyph(scene.outlines[key], by, how)]
            for motif in found
        ]
        yield from _part(node.ink, motifs, how)
    elif isinstance(node, Path) and node.role == "art":
        for ink in dict.fromkeys(ink for ink in (node.fill, node.stroke) if ink):
            fill, stroke = node.fill == ink, node.stroke == ink
            width = node.width_mm if stroke else 0.0
            found = _drawn(node.data, how, width, fill=fill, rounded=node.round)
            yield from _part(ink, [placed(motif, np.eye(2), (0.0, 0.0), node.element) for motif in found], how)


def _part(ink: Ink, motifs: Sequence[Placed], how: Stitching) -> Iterator[_Part]:
    if motifs:
        left, top, right, bottom = zip(*(motif.box for motif in motifs), strict=True)
        yield _Part(ink, in_order(motifs, how.trim_mm), (min(left), min(top), max(right), max(bottom)))


def _glyph(outline: PathData, by: Affine, how: Stitching) -> tuple[Points, tuple[Motif, ...]]:
    """A letter is sewn once a size, upright, and turned where it stands; sizes that are nearly the same are one."""
    scale = round(hypot(by.a, by.b), 6) or 1.0
    turn = (round(by.a / scale, 6), round(by.b / scale, 6), round(-by.c / scale, 6), round(-by.d / scale, 6))
    if abs(turn[0] - turn[3]) < 1e-4 and abs(turn[1] + turn[2]) < 1e-4:
        near = SIZES ** round(log(scale, SIZES))
        return np.array((turn[:2], turn[2:])) * scale / near, _outlined(outline, (near, 0, 0, -near), how)
    return np.eye(2), _outlined(outline, (by.a, by.b, by.c, by.d), how)


@lru_cache(maxsize=2048)
def _outlined(outline: PathData, turn: tuple[float, float, float, float], how: Stitching) -> tuple[Motif, ...]:
    rings = flat_rings(mapped(outline, Affine(*turn)), OUTLINE_MM)
    return tuple(_motifs(filled_area(rings), how))


@lru_cache(maxsize=512)
def _drawn(data: PathData, how: Stitching, width: float, *, fill: bool, rounded: bool) -> tuple[Motif, ...]:
    """A path in one ink: its area with its stroke; a fine line as running stitches."""
    if width and not fill and width < THIN_LINE_MM:
        return tuple(Line(np.array(ring)) for ring in _lines(data))
    ink = Ink("", "#000000", (0, 0, 0, 1))
    path = Path(data, ink if fill else None, ink if width else None, width, "art", 0, rounded)
    return tuple(_motifs(shapely.union_all(list(painted_areas(path))), how))


def _lines(data: PathData) -> Iterator[list[tuple[float, float]]]:
    """Subpaths as points, closed ones back to their start."""
    closed = [False]
    for letter, _ in data:
        if letter == "M":
            closed.append(False)
        elif letter == "Z":
            closed[-1] = True
    for ring, back in zip(flat_rings(data, OUTLINE_MM), closed[1:], strict=True):
        points = [*ring, ring[0]] if back else [*ring]
        kept = [point for point, before in zip(points, [None, *points], strict=False) if point != before]
        if len(kept) > 1:
            yield kept


def _motifs(area: BaseGeometry, how: Stitching) -> Iterator[Motif]:
    for part in getattr(area, "geoms", [area]):
        if isinstance(part, Polygon) and part.area >= LEAST_MM2:
            motif = motif_of(part, how)
            if motif is not None:
                yield motif


# --- in which order


def _grouped(parts: Sequence[_Part]) -> list[tuple[Ink, list[_Part]]]:
    """Parts by ink: each joins the last block of its ink unless something that it lies on is sewn after that."""
    blocks: list[tuple[Ink, list[_Part]]] = []
    for part in parts:
        home = next((i for i in range(len(blocks) - 1, -1, -1) if blocks[i][0] == part.ink), None)
        over = [other for _, later in blocks[home + 1 :] for other in later] if home is not None else []
        if home is None or any(_meet(part.box, other.box) for other in over):
            blocks.append((part.ink, [part]))
        else:
            blocks[home][1].append(part)
    return blocks


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
