"""Texts that lie over each other, or stand twice in the same place."""

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np

from configurator.artwork.elements import Text
from configurator.artwork.measuring import hull
from configurator.artwork.outlines import Points, flattened, sent
from configurator.artwork.preflight.moving import move_down
from configurator.artwork.preflight.place import Fix, removal
from configurator.artwork.preflight.sheet import Sheet
from configurator.artwork.preflight.wording import named
from configurator.artwork.scene import Finding, Glyphs, Node, Path
from configurator.geometry import Affine, Box

COVERED = 0.08
"""Share of the smaller text's letters that may lie under the other: tails and accents may meet."""
SAME_MM = 1.0
GAP_MM = 0.5


def overlap_findings(sheet: Sheet) -> Iterator[Finding]:
    """A finding for every pair of texts that get in each other's way, told of the later one."""
    texts = [(number, each) for number, each in sheet.elements if isinstance(each, Text) and number in sheet.boxes]
    for (below, one), (above, other) in combinations(texts, 2):
        if not _meet(sheet.boxes[below], sheet.boxes[above]):
            continue
        if one.text == other.text and _same(sheet.boxes[below], sheet.boxes[above]):
            sentence = f"{named(other)} stands twice in the same place."
            yield Finding("warning", above, sentence, (removal(above),))
        elif _covered(sheet, (below, one), (above, other)) > COVERED:
            sentence = f"{named(other)} lies over {named(one)}."
            fixes = (*_apart(sheet, below, above, other), removal(above))
            yield Finding("warning", above, sentence, fixes, (_shared(sheet.boxes[below], sheet.boxes[above]),))


def _meet(one: Box, other: Box) -> bool:
    return min(one.right, other.right) > max(one.left, other.left) and min(one.bottom, other.bottom) > max(
        one.top, other.top
    )


def _shared(one: Box, other: Box) -> Box:
    return Box(
        max(one.left, other.left),
        max(one.top, other.top),
        min(one.right, other.right),
        min(one.bottom, other.bottom),
    )


def _same(one: Box, other: Box) -> bool:
    return one.grown(SAME_MM).holds(other) and other.grown(SAME_MM).holds(one)


def _covered(sheet: Sheet, below: tuple[int, Text], above: tuple[int, Text]) -> float:
    """Share of the smaller text's letters' boxes that lies within letters' boxes of the other, or under its plate."""
    one, other = _letters(sheet, sheet.lettered(*below)), _letters(sheet, sheet.of(above[0]))
    if not len(one) or not len(other):
        return 0.0
    wide = np.minimum(one[:, None, 2], other[None, :, 2]) - np.maximum(one[:, None, 0], other[None, :, 0])
    high = np.minimum(one[:, None, 3], other[None, :, 3]) - np.maximum(one[:, None, 1], other[None, :, 1])
    shared = float((wide.clip(0) * high.clip(0)).sum())
    return shared / max(min(_size(one), _size(other)), 1e-6)


def _size(boxes: Points) -> float:
    return float(((boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])).sum())


def _letters(sheet: Sheet, nodes: Sequence[Node]) -> Points:
    """Rows of left, top, right, bottom, a letter each; of a bent line, a closed outline each."""
    rings: list[Points] = []
    for node in nodes:
        if isinstance(node, Glyphs):
            rings += [sent(hull(sheet.outlines[key]), by) for key, by in node.placements]
        elif isinstance(node, Path) and node.fill:
            rings += flattened(node.data).rings(Affine())
    return np.array([(*ring.min(axis=0), *ring.max(axis=0)) for ring in rings if len(ring)]).reshape(-1, 4)


def _apart(sheet: Sheet, below: int, above: int, element: Text) -> tuple[Fix, ...]:
    """The nearer of up and down that keeps it in the safe zone."""
    under, over = sheet.boxes[below], sheet.boxes[above]
    safe = Box(0, 0, *sheet.area.size_mm).grown(-sheet.area.safe_mm)
    ways = (under.top - over.bottom - GAP_MM, under.bottom - over.top + GAP_MM)
    kept = [by for by in ways if over.top + by >= safe.top and over.bottom + by <= safe.bottom]
    return tuple(move_down(element, by, above) for by in sorted(kept, key=abs)[:1])
