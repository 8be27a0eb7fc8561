"""Parts of a shape that nobody would see: an ink of several that is the colour of what it lies on."""

from collections.abc import Iterator
from dataclasses import replace

from configurator.artwork.elements import Shape
from configurator.artwork.preflight.contrast import UNSEEN
from configurator.artwork.preflight.place import Fix, removal
from configurator.artwork.preflight.sheet import Sheet, seen_as
from configurator.artwork.preflight.wording import decapitalised, named
from configurator.artwork.scene import Finding, Glyphs, Node, Path
from configurator.artwork.seeing import contrast, distance

MOST_KEPT = 512
Lost = dict[str, list[str]]
"""Key of an ink that is seen nowhere in a shape -> the colours it lies on."""


def part_findings(sheet: Sheet) -> Iterator[Finding]:
    """Shapes of which a part is lost; of those that are lost as a whole contrast speaks."""
    if sheet.ground is None and not sheet.area.backdrop:
        return
    for number, element in sheet.elements:
        if isinstance(element, Shape) and len(set(element.inks)) > 1:
            seen, lost = _kept_parts(sheet, number)
            if seen and lost:
                yield _finding(sheet, number, element, lost)


def _kept_parts(sheet: Sheet, number: int) -> tuple[set[str], Lost]:
    """As _parts, kept by the identity of everything but letters up to the shape's end: it stays while one types."""
    last = max([place for place, node in enumerate(sheet.nodes) if node.element == number])
    drawn = tuple([node for node in sheet.nodes[: last + 1] if not isinstance(node, Glyphs)])
    key = (sheet.ground, number, *[ink.key for ink in sheet.method.inks], *map(id, drawn))
    if key not in _kept:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[key] = drawn, _parts(sheet, number)
    return _kept[key][1]


_kept: dict[tuple[object, ...], tuple[tuple[Node, ...], tuple[set[str], Lost]]] = {}


def _parts(sheet: Sheet, number: int) -> tuple[set[str], Lost]:
    """The inks that are seen somewhere, and those that are seen nowhere. On a customer's picture nobody judges."""
    seen: set[str] = set()
    lost: Lost = {}
    for place, node in enumerate(sheet.nodes):
        if node.element == number and isinstance(node, Path) and not sheet.on_picture(number, sheet.points(node)):
            under = _beneath(sheet, place, node)
            for ink in (ink for ink in (node.fill, node.stroke) if ink):
                if seen_as(ink.rgb, under, distance) >= UNSEEN:
                    seen.add(ink.key)
                else:
                    lost.setdefault(ink.key, []).extend(under)
    known = {ink.key for ink in sheet.method.inks}
    return seen, {key: under for key, under in lost.items() if key not in seen and key in known}


def _beneath(sheet: Sheet, place: int, node: Path) -> list[str]:
    """The colours under a node, the shape's own earlier parts among them."""
    alone = replace(node, element=-1)
    return replace(sheet, nodes=[*sheet.nodes[:place], alone]).under(-1, sheet.points(node))


def _finding(sheet: Sheet, number: int, element: Shape, lost: Lost) -> Finding:
    labels = {ink.key: decapitalised(ink.label) for ink in sheet.method.inks}
    words = " and ".join(labels[key] for key in lost)
    sentence = f"Part of {named(element)} cannot be seen: {words} is the colour of what is beneath it."
    return Finding("warning", number, sentence, (*_recoloured(sheet, number, element, lost), removal(number)))


def _recoloured(sheet: Sheet, number: int, element: Shape, lost: Lost) -> tuple[Fix, ...]:
    """The lost ink by the one that stands out most there; a shape's inks stand in one field, commas between."""
    key, under = next(iter(lost.items()))
    best = max(sheet.method.inks, key=lambda ink: (seen_as(ink.rgb, under, contrast), ink.key))
    if key not in element.inks or best.key == key:
        return ()
    inks = ",".join(best.key if ink == key else ink for ink in element.inks)
    return ((f"Make that part {decapitalised(best.label)}", f"inks-{number}", inks),)
