"""Inks of a whole area: more of them than the method takes in one go, and more ink than the material takes."""

from collections import Counter
from collections.abc import Iterator

from configurator.artwork.elements import Element, Image, Text
from configurator.artwork.preflight.place import Fix, removal
from configurator.artwork.preflight.sheet import Sheet
from configurator.artwork.preflight.wording import decapitalised, named
from configurator.artwork.scene import Finding, Glyphs, Ink, Path
from configurator.artwork.seeing import distance
from configurator.blanks.methods import InkSpec


def colour_findings(sheet: Sheet) -> Iterator[Finding]:
    """Too many colours, then too much ink."""
    inks = {number: _inks_of(sheet, number) for number, _ in sheet.elements}
    yield from _too_many(sheet, inks)
    for number, element in sheet.elements:
        if finding := _too_wet(sheet, number, element, inks[number]):
            yield finding


def _inks_of(sheet: Sheet, number: int) -> list[Ink]:
    """Its inks, each once, in the order they are laid down."""
    found: dict[Ink | None, None] = {}
    for node in sheet.of(number):
        if isinstance(node, Glyphs):
            found[node.ink] = None
        elif isinstance(node, Path):
            found |= dict.fromkeys((node.fill, node.stroke))
    return [ink for ink in found if ink]


def _too_many(sheet: Sheet, inks: dict[int, list[Ink]]) -> Iterator[Finding]:
    most = sheet.method.most_inks
    used = Counter(ink for own in inks.values() for ink in own) if most else Counter()
    if len(used) <= most:
        return
    kept = [ink for ink, _ in used.most_common(most)]
    for number, element in sheet.elements:
        if all(ink in kept for ink in inks[number]):
            continue
        takes = "one colour" if most == 1 else f"{most} colours"
        sentence = (
            f"{sheet.area.label} takes {takes} with {decapitalised(sheet.method.label)}, and {len(used)} are on it; "
            f"{named(element)} brings one too many."
        )
        yield Finding("error", number, sentence, (*_recoloured(sheet, number, element, kept), removal(number)))


def _recoloured(sheet: Sheet, number: int, element: Element, kept: list[Ink]) -> tuple[Fix, ...]:
    label = next((ink.label for ink in sheet.method.inks if ink.key == kept[0].key), None)
    if label is None or isinstance(element, Image):
        return ()
    field = "ink" if isinstance(element, Text) else "inks"
    return ((f"Make it {decapitalised(label)}", f"{field}-{number}", kept[0].key),)


def _too_wet(sheet: Sheet, number: int, element: Element, inks: list[Ink]) -> Finding | None:
    """What lies over another colour takes its place on the press, so an area's ink is its topmost colour's.

    Only inks that can be changed: colours out of drawings and emoji are brought under the limit by the print file.
    """
    most = sheet.method.most_ink
    own = {ink.key for ink in sheet.method.inks}
    wet = [ink for ink in inks if ink.spot is None and ink.key in own and sum(ink.cmyk) > most + 1e-6]
    if not wet:
        return None
    ink = max(wet, key=lambda each: sum(each.cmyk))
    sentence = (
        f"{named(element)} takes {sum(ink.cmyk):.0%} of ink where {decapitalised(sheet.method.label)} dries with "
        f"{most:.0%} at the most."
    )
    return Finding("error", number, sentence, (*_drier(sheet, number, element, ink), removal(number)))


def _drier(sheet: Sheet, number: int, element: Element, wet: Ink) -> tuple[Fix, ...]:
    """The ink nearest in colour that dries."""
    dry: list[InkSpec] = [ink for ink in sheet.method.inks if ink.spot or sum(ink.cmyk) <= sheet.method.most_ink]
    if not dry or isinstance(element, Image):
        return ()
    near = min(dry, key=lambda ink: (distance(ink.rgb, wet.rgb), ink.key))
    field = "ink" if isinstance(element, Text) else "inks"
    return ((f"Make it {decapitalised(near.label)}", f"{field}-{number}", near.key),)
