"""Contrast: letters that cannot be read on what they stand on, and anything nobody would see at all."""

from collections.abc import Iterator, Sequence
from functools import partial

from configurator.artwork.elements import Element, Text
from configurator.artwork.elements import Image as Picture
from configurator.artwork.inks import method_ink
from configurator.artwork.known import Known
from configurator.artwork.preflight.place import Fix, removal
from configurator.artwork.preflight.plates import plates
from configurator.artwork.preflight.sheet import MOST_KNOWN, Sheet, seen_as
from configurator.artwork.preflight.wording import decapitalised, named
from configurator.artwork.scene import Finding, Glyphs, Image, Ink, Node, Path
from configurator.artwork.seeing import contrast, distance
from configurator.blanks.methods import InkSpec, Method

UNSEEN = 10.0
"""A colour difference under which print does not stand out from what it is on."""

Seen = tuple[Ink, list[str]]
"""An ink of an element, and the colours under it."""


def contrast_findings(sheet: Sheet) -> Iterator[Finding]:
    """Elements whose every ink is hard to tell from what is beneath it. Emoji bring their own colours."""
    if sheet.ground is None and not sheet.area.backdrop:
        return
    for number, element in sheet.elements:
        things = (sheet.method, *sheet.of(number), *sheet.beneath(number))
        if finding := _known.get(things, (sheet.ground, number, element), partial(_judged, sheet, number, element)):
            yield finding


_known: Known[Finding | None] = Known(MOST_KNOWN)


def _judged(sheet: Sheet, number: int, element: Element) -> Finding | None:
    seen = list(_seen(sheet, number, element))
    return _finding(sheet, number, element, seen) if seen else None


def _seen(sheet: Sheet, number: int, element: Element) -> Iterator[Seen]:
    own = {method_ink(sheet.method, element.ink)} if isinstance(element, Text) else None
    if isinstance(element, Text) and element.plate_mm:
        yield method_ink(sheet.method, element.ink), [method_ink(sheet.method, element.plate_ink).rgb]
        return
    for node in sheet.of(number):
        if isinstance(node, Image) or sheet.on_picture(number, points := sheet.points(node)):
            continue
        for ink in _inks(node):
            if own is None or ink in own or ink.spot or ink.key in _keys(sheet.method):
                yield ink, sheet.under(number, points)


def _inks(node: Node) -> list[Ink]:
    if isinstance(node, Path):
        return [ink for ink in (node.fill, node.stroke) if ink]
    return [node.ink] if isinstance(node, Glyphs) else []


def _keys(method: Method) -> set[str]:
    return {ink.key for ink in method.inks}


def _finding(sheet: Sheet, number: int, element: Element, seen: Sequence[Seen]) -> Finding | None:
    least = sheet.method.least_contrast
    unseen = max(seen_as(ink.rgb, under, distance) for ink, under in seen) < UNSEEN
    read = max(seen_as(ink.rgb, under, contrast) for ink, under in seen)
    if not unseen and (not isinstance(element, Text) or read >= least):
        return None
    fixes = (*_better(sheet, number, element, seen[0]), *plates(sheet, number, element), removal(number))
    words = ink_label(sheet.method, seen[0][0])
    if unseen:
        return Finding(
            "error", number, f"{named(element)} cannot be seen: {words} is the colour of what is beneath it.", fixes
        )
    sentence = f"{named(element)} is hard to read: {words} stands out little from what is beneath it."
    return Finding("warning", number, sentence, fixes)


def ink_label(method: Method, ink: Ink) -> str:
    """An ink's name within a sentence."""
    return decapitalised(next((known.label for known in method.inks if known.key == ink.key), "its colour"))


def _better(sheet: Sheet, number: int, element: Element, seen: Seen) -> tuple[Fix, ...]:
    """The ink of the method that stands out most there, if it is good enough."""
    ink, under = seen
    best = max(sheet.method.inks, key=lambda known: (seen_as(known.rgb, under, contrast), known.key))
    if isinstance(element, Picture) or best.key == ink.key or not _good(best, under, sheet.method.least_contrast):
        return ()
    field = "ink" if isinstance(element, Text) else "inks"
    return ((f"Make it {decapitalised(best.label)}", f"{field}-{number}", best.key),)


def _good(ink: InkSpec, under: Sequence[str], least: float) -> bool:
    return seen_as(ink.rgb, under, contrast) >= least and seen_as(ink.rgb, under, distance) >= UNSEEN
