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
from configurator.artwork.scene import Glyphs, Ink, Node, Path, Scene
from configurator.artwork.stitches_effort import OUTLINE_MM, laborious
from configurator.artwork.stitches_runs import Run, runs_of
from configurator.artwork.stitches_sewing import THIN_LINE_MM, sewn_area, sewn_line
from configurator.artwork.stitches_threads import Thread
from configurator.blanks.shop import Stitching
from configurator.geometry import Affine, PathData, mapped

LEAST_MM2 = 0.12
"""What covers less cannot be sewn."""
SIZES = 1.015
"""Letters whose sizes differ by no more than half of this are sewn alike, so that a line that is fitted finds them."""
KEPT = 64


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """All runs between two changes of thread."""

    ink: Ink
    runs: tuple[Run, ...]

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
    if letters:
        _sewn_outline.cache_clear()
        _drawn.cache_clear()


def _plan(scene: Scene, how: Stitching) -> Plan:
    if laborious(scene.nodes, scene.outlines) is not None:
        return Plan(())
    grouped = _grouped([part for node in scene.nodes for part in _known_parts(node, scene, how)])
    blocks = []
    for ink, parts in grouped:
        runs = tuple(runs_of(_nearest_first(parts), how))
        if runs:
            blocks.append(Block(ink, runs))
    return Plan(tuple(blocks))


# --- what each node is sewn as


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """One ink of one node: its objects, each a list of threads, and the box they lie in."""

    ink: Ink
    objects: list[list[Thread]]
    box: tuple[float, float, float, float]


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
        objects = [each for key, by in node.placements for each in _glyph(scene.outlines[key], by, how)]
        yield from _part(node.ink, objects, node.element)
    elif isinstance(node, Path) and node.role == "art":
        for ink in dict.fromkeys(ink for ink in (node.fill, node.stroke) if ink):
            fill, stroke = node.fill == ink, node.stroke == ink
            width = node.width_mm if stroke else 0.0
            yield from _part(ink, list(_drawn(node.data, how, width, fill=fill, rounded=node.round)), node.element)


def _part(ink: Ink, drawn: list[list[Thread]], element: int) -> Iterator[_Part]:
    objects = [[[stretch._replace(element=element) for stretch in thread] for thread in each] for each in drawn]
    points = [stretch.points for each in objects for thread in each for stretch in thread]
    if points:
        whole = np.concatenate(points)
        yield _Part(ink, objects, (*whole.min(axis=0).tolist(), *whole.max(axis=0).tolist()))


def _glyph(outline: PathData, by: Affine, how: Stitching) -> Iterator[list[Thread]]:
    """A letter is sewn once a size, upright, and put where it stands; sizes that are nearly the same are one."""
    scale = round(hypot(by.a, by.b), 6) or 1.0
    turn = (round(by.a / scale, 6), round(by.b / scale, 6), round(-by.c / scale, 6), round(-by.d / scale, 6))
    if abs(turn[0] - turn[3]) < 1e-4 and abs(turn[1] + turn[2]) < 1e-4:
        near = SIZES ** round(log(scale, SIZES))
        sewn, matrix = _sewn_outline(outline, (near, 0, 0, -near), how), np.array((turn[:2], turn[2:])) * scale / near
    else:
        sewn, matrix = _sewn_outline(outline, (by.a, by.b, by.c, by.d), how), np.eye(2)
    for threads in sewn:
        yield [
            [stretch._replace(points=stretch.points @ matrix + (by.e, by.f)) for stretch in thread]
            for thread in threads
        ]


@lru_cache(maxsize=2048)
def _sewn_outline(
    outline: PathData, turn: tuple[float, float, float, float], how: Stitching
) -> tuple[list[Thread], ...]:
    rings = flat_rings(mapped(outline, Affine(*turn)), OUTLINE_MM)
    return tuple(_sewn(filled_area(rings), how))


@lru_cache(maxsize=512)
def _drawn(data: PathData, how: Stitching, width: float, *, fill: bool, rounded: bool) -> tuple[list[Thread], ...]:
    """A path in one ink: its area with its stroke; a fine line as running stitches."""
    if width and not fill and width < THIN_LINE_MM:
        return tuple([sewn_line(np.array(ring))] for ring in _lines(data))
    ink = Ink("", "#000000", (0, 0, 0, 1))
    path = Path(data, ink if fill else None, ink if width else None, width, "art", 0, rounded)
    return tuple(_sewn(shapely.union_all(list(painted_areas(path))), how))


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


def _sewn(area: BaseGeometry, how: Stitching) -> Iterator[list[Thread]]:
    for part in getattr(area, "geoms", [area]):
        if isinstance(part, Polygon) and part.area >= LEAST_MM2:
            threads = [thread for thread in sewn_area(part, how) if thread]
            if threads:
                yield threads


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


def _meet(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _nearest_first(parts: Sequence[_Part]) -> Iterator[Thread]:
    """The objects of each part from the leftmost on, always the one that starts nearest to the needle."""
    for part in parts:
        starts = np.array([threads[0][0].points[0] for threads in part.objects])
        left = list(range(len(starts)))
        here = np.array((starts[:, 0].min() - 1.0, starts[:, 1].mean()))
        while left:
            gaps = np.hypot(*(starts[left] - here).T)
            number = left.pop(int(gaps.argmin()))
            yield from part.objects[number]
            here = part.objects[number][-1][-1].points[-1]
