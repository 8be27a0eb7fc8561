"""Letters over a customer's photo that stand out little from it: each is looked at along its own outline."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from configurator.artwork.elements import Text
from configurator.artwork.inks import method_ink
from configurator.artwork.known import Known
from configurator.artwork.outlines import Points, box_of, flattened, sent
from configurator.artwork.preflight.contrast import ink_label
from configurator.artwork.preflight.marking import joined
from configurator.artwork.preflight.place import Fix, removal
from configurator.artwork.preflight.plates import plates
from configurator.artwork.preflight.sheet import MOST_KNOWN, Sheet, covered_by, inside_picture, seen_as
from configurator.artwork.preflight.wording import decapitalised, mm, named, number
from configurator.artwork.scene import Finding, Glyphs, Image, Node, Path
from configurator.artwork.seeing import contrast
from configurator.artwork.toning import ink_share
from configurator.blanks.methods import InkSpec
from configurator.geometry import Box

LOOKED_AT = 16
"""Places along a letter's outline: it is judged by half of them, so that a speck in the photo does not count."""
SEEN = 128
"""Alpha from which a pixel hides what is beneath it."""
OUTLINE = 0.06
"""Of a text's size: as thin as an outline can be that sets letters apart from a photo."""


@dataclass(frozen=True, slots=True)
class _Letter:
    """A letter, or an outline of one that was bent. under: the colours along it."""

    box: Box
    under: Sequence[str]


def photo_findings(sheet: Sheet) -> Iterator[Finding]:
    """Texts of which a letter is hard to tell from a photo beneath it. An outline that stands out from them helps."""
    for place, element in sheet.elements:
        photos = [node for node in sheet.beneath(place) if isinstance(node, Image)]
        if photos and isinstance(element, Text) and not (element.plate_mm or _outlined(sheet, element)):
            things = (sheet.method, *sheet.of(place), *sheet.beneath(place))
            judged = partial(_judged, sheet, place, element)
            if finding := _known.get(things, (sheet.ground, place, element), judged):
                yield finding


_known: Known[Finding | None] = Known(MOST_KNOWN)


def _outlined(sheet: Sheet, text: Text) -> bool:
    ink, edge = (method_ink(sheet.method, key).rgb for key in (text.ink, text.outline_ink))
    return text.outline_mm > 0 and contrast(ink, edge) >= sheet.method.least_contrast


def _judged(sheet: Sheet, place: int, text: Text) -> Finding | None:
    letters = list(_letters(sheet, place, text))
    ink = method_ink(sheet.method, text.ink)
    lost = [letter.box for letter in letters if not _reads(ink.rgb, letter, sheet.method.least_contrast)]
    if not lost:
        return None
    few = 0 < len(lost) < len(letters)
    words = f"is hard to read{' in places' if few else ''}: {ink_label(sheet.method, ink)} stands out little"
    sentence = f"{named(text)} {words} from the picture beneath it."
    fixes = (
        *_recoloured(sheet, place, letters),
        *_outline(sheet, place, text),
        *plates(sheet, place, text),
        removal(place),
    )
    return Finding("warning", place, sentence, fixes, marks=joined(lost) if few else ())


def _reads(rgb: str, letter: _Letter, least: float) -> bool:
    return seen_as(rgb, letter.under, contrast) >= least


def _letters(sheet: Sheet, place: int, text: Text) -> Iterator[_Letter]:
    """Those in the text's own ink that stand on a photo with most of what is looked at."""
    ink = method_ink(sheet.method, text.ink)
    for node in sheet.of(place):
        for points in _edges(sheet, node) if _is_in(node, ink.key) else ():
            under = _under(sheet, place, points)
            box = box_of(points)
            if box and sum(rgb is not None for rgb in under) * 2 > len(under):
                yield _Letter(box, [rgb for rgb in under if rgb])


def _is_in(node: Node, key: str) -> bool:
    if isinstance(node, Path):
        return node.fill is not None and node.fill.key == key
    return isinstance(node, Glyphs) and node.ink.key == key


def _edges(sheet: Sheet, node: Node) -> Iterator[Points]:
    """Places along each letter's outline, in mm."""
    if isinstance(node, Glyphs):
        found = [sent(flattened(sheet.outlines[key]).points, by) for key, by in node.placements if sheet.outlines[key]]
    else:
        found = flattened(node.data).lines() if isinstance(node, Path) else []
    for points in found:
        yield points[:: max(1, len(points) // LOOKED_AT)]


def _under(sheet: Sheet, place: int, points: Points) -> list[str | None]:
    """The colours of photos at points of an element; None where there is none, or something hides it."""
    found: list[str | None] = [None] * len(points)
    open_to = np.ones(len(points), dtype=np.bool_)
    for node in reversed(sheet.beneath(place)):
        if isinstance(node, Path):
            open_to &= ~covered_by(node, points)
            continue
        for i, rgb in _seen(sheet, node, points, open_to):
            found[i], open_to[i] = rgb, False
    return found


def _seen(sheet: Sheet, node: Image, points: Points, open_to: np.ndarray) -> Iterator[tuple[int, str]]:
    """What of a photo shows at the points that nothing hides: point, colour."""
    picture = sheet.pictures.get(node.asset)
    if picture is None or picture.colours is None:
        return
    high, wide, _ = picture.colours.shape
    back = sent(points, node.matrix.inverse())
    columns, rows = ((back * (wide, high)).astype(np.intp).clip(0, (wide - 1, high - 1))).T
    for i in np.flatnonzero(inside_picture(node, points) & open_to).tolist():
        red, green, blue, alpha = picture.colours[rows[i], columns[i]].tolist()
        if alpha >= SEEN:
            yield i, _as_made(sheet, node, (red, green, blue))


def _as_made(sheet: Sheet, node: Image, rgb: tuple[int, int, int]) -> str:
    """Its colour; where it is made in one ink, so much of that on the ground as the method gives it."""
    if node.ink and node.tone:
        share, ground = ink_share(rgb, node.tone), sheet.ground or "#ffffff"
        pairs = [(int(node.ink.rgb[at : at + 2], 16), int(ground[at : at + 2], 16)) for at in (1, 3, 5)]
        rgb = tuple(round(ink * share + paper * (1 - share)) for ink, paper in pairs)  # type: ignore[assignment] # three
    return "#{:02x}{:02x}{:02x}".format(*rgb)


def _recoloured(sheet: Sheet, place: int, letters: Sequence[_Letter]) -> tuple[Fix, ...]:
    """The ink in which every letter is read, the best of them."""
    least = sheet.method.least_contrast
    good = [ink for ink in sheet.method.inks if all(_reads(ink.rgb, letter, least) for letter in letters)]
    if not good:
        return ()
    best = max(good, key=lambda ink: (min(seen_as(ink.rgb, each.under, contrast) for each in letters), ink.key))
    return ((f"Make it {decapitalised(best.label)}", f"ink-{place}", best.key),)


def _outline(sheet: Sheet, place: int, text: Text) -> tuple[Fix, ...]:
    """Round the letters, in the ink that stands out most from theirs."""
    ink, method = method_ink(sheet.method, text.ink), sheet.method
    best: InkSpec = max(method.inks, key=lambda known: (contrast(ink.rgb, known.rgb), known.key))
    if contrast(ink.rgb, best.rgb) < method.least_contrast:
        return ()
    wide = max(method.least_stroke_mm, round(text.size_mm * OUTLINE, 1), 0.2)
    label = f"Outline it in {decapitalised(best.label)}, {mm(wide)}"
    return ((label, f"outline-{place} edge-{place}", f"{number(wide)} {best.key}"),)
