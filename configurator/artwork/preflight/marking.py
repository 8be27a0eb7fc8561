"""Where on a print area a finding is: boxes round the very letters, lines or parts it speaks of."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from configurator.artwork.measuring import hull
from configurator.artwork.outlines import box_of, flattened, joined_boxes, sent
from configurator.artwork.scene import Glyphs, Image, Node, Path, Scene
from configurator.geometry import Box, PathData

NEAR_MM = 1.5
"""Marks that are nearer than this are one mark."""
MOST = 12
"""More marks than this would hide what they are about."""


def letter_boxes(
    nodes: Iterable[Node], outlines: Mapping[str, PathData], wanted: Callable[[str], bool] = lambda _: True
) -> tuple[Box, ...]:
    """Boxes round letters, those near each other joined. wanted: which, by the key of their outline."""
    return joined(
        box
        for node in nodes
        if isinstance(node, Glyphs)
        for key, by in node.placements
        if wanted(key) and (box := box_of(sent(hull(outlines[key]), by)))
    )


def ink_boxes(nodes: Iterable[Node], outlines: Mapping[str, PathData]) -> Iterator[Box]:
    """A box for every letter, closed outline or picture of an element, as finely as it is known."""
    for node in nodes:
        if isinstance(node, Glyphs):
            points = [sent(hull(outlines[key]), by) for key, by in node.placements]
        elif isinstance(node, Path):
            points = flattened(node.data).lines()
        else:
            points = []
            yield _picture_box(node)
        yield from (box for each in points if (box := box_of(each)))


def _picture_box(node: Image) -> Box:
    xs, ys = zip(*node.corners, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def outside(boxes: Iterable[Box], edge: Box) -> tuple[Box, ...]:
    """What of some boxes reaches over an edge, near ones joined."""
    return joined(part for box in boxes for part in _over(box, edge))


def _over(box: Box, edge: Box) -> Iterator[Box]:
    if edge.holds(box, slack=1e-3):
        return
    if box.left < edge.left:
        yield replace(box, right=min(box.right, edge.left))
    if box.right > edge.right:
        yield replace(box, left=max(box.left, edge.right))
    if box.top < edge.top:
        yield replace(box, bottom=min(box.bottom, edge.top))
    if box.bottom > edge.bottom:
        yield replace(box, top=max(box.top, edge.bottom))


def joined(boxes: Iterable[Box], near: float = NEAR_MM) -> tuple[Box, ...]:
    """Boxes as few as they can be when all that are near each other are one; at most MOST, else one round all."""
    kept: list[Box] = []
    for box in boxes:
        found = box
        while touching := [other for other in kept if _near(found, other, near)]:
            kept = [other for other in kept if other not in touching]
            found = joined_boxes([found, *touching]) or found
        kept.append(found)
    whole = joined_boxes(kept)
    return tuple(kept) if len(kept) <= MOST or whole is None else (whole,)


def _near(one: Box, other: Box, near: float) -> bool:
    return (
        min(one.right, other.right) - max(one.left, other.left) > -near
        and min(one.bottom, other.bottom) - max(one.top, other.top) > -near
    )


def numbered(scenes: Sequence[Scene]) -> tuple[Scene, ...]:
    """The scenes with their findings numbered from 1 over all areas, errors first: as the list and the marks say."""
    found = [finding for scene in scenes for finding in scene.findings]
    order = {id(finding): at for at, finding in enumerate(sorted(found, key=lambda each: each.level != "error"), 1)}
    return tuple(
        replace(scene, findings=tuple(replace(each, number=order[id(each)]) for each in scene.findings))
        if scene.findings
        else scene
        for scene in scenes
    )
