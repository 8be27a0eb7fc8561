"""Texts: letters no font has, letters too small, lines too fine, circles too short."""

from math import ceil, copysign

from configurator.artwork.clusters import clusters
from configurator.artwork.elements import Text
from configurator.artwork.preflight.marking import ink_boxes, letter_boxes
from configurator.artwork.preflight.place import Fix, Place, removal
from configurator.artwork.preflight.position import position
from configurator.artwork.preflight.wording import decapitalised, letter, mm, named, number
from configurator.artwork.scene import Finding
from configurator.artwork.setting import SetText
from configurator.geometry import Box

MOST_NAMED = 4
NOTHING = "/0"
"""How the key of an outline ends that stands for a letter the face does not have."""


def text_findings(element: Text, text: SetText, place: Place, *, spaced: bool) -> tuple[Finding, ...]:
    """All findings about one text alone. spaced: the customer asked for the space between its letters, no template."""
    found = [_missing(element, text, place), _overlong(element, text, place), _small(element, text, place)]
    found += [_fine_outline(element, place), _fine_emoji(element, text, place)]
    found += [_unspaced(element, text, place)] if spaced else []
    found += [position(element, text.box, place, text.size_mm, ink_boxes(text.nodes, text.outlines))]
    return tuple(finding for finding in found if finding)


def surplus_text(element: Text, place: Place) -> Finding:
    """One text more than the area takes."""
    sentence = f"{place.area.label} takes {place.area.most_texts} texts; {named(element)} is one too many."
    return Finding("error", place.number, sentence, (removal(place.number),))


def _missing(element: Text, text: SetText, place: Place) -> Finding | None:
    if not text.missing:
        return None
    told = ", ".join(map(letter, text.missing[:MOST_NAMED]))
    if len(text.missing) > MOST_NAMED:
        told += f" and {len(text.missing) - MOST_NAMED} more"
    left = "".join(cluster for cluster in clusters(element.text) if cluster not in text.missing).strip()
    fix = ("Leave it out", f"text-{place.number}", left) if left else removal(place.number)
    sentence = f"None of our fonts can draw {told}. Leave it out or write it in letters."
    marks = letter_boxes(text.nodes, text.outlines, lambda key: key.endswith(NOTHING))
    return Finding("error", place.number, sentence, (fix,), marks)


def _overlong(element: Text, text: SetText, place: Place) -> Finding | None:
    if text.turn_share <= 1:
        return None
    radius = copysign(ceil(abs(element.arc_mm) * text.turn_share * 1.05), element.arc_mm)
    fix = (f"Make the circle {mm(abs(radius))}", f"arc-{place.number}", number(radius))
    return Finding("error", place.number, f"{named(element)} is longer than the circle it runs on.", (fix,))


def _small(element: Text, text: SetText, place: Place) -> Finding | None:
    least = place.method.least_text_mm
    if not text.cap_mm or text.cap_mm >= least - 1e-3 or text.frame is None:
        return None
    sentence = (
        f"{named(element)} is {mm(text.cap_mm)} tall. "
        f"Letters under {mm(least)} do not come out well with {decapitalised(place.method.label)}."
    )
    fixes = _growth(element, text, text.frame.box, place, least / text.cap_mm)
    marks = letter_boxes(text.nodes, text.outlines)
    return Finding("warning", place.number, sentence, (*fixes, removal(place.number)), marks)


def _growth(element: Text, text: SetText, box: Box, place: Place, grow: float) -> tuple[Fix, ...]:
    size = number(ceil(text.size_mm * grow * 10) / 10)
    if element.size_mm <= text.size_mm + 1e-6:
        return ((f"Make it {mm(place.method.least_text_mm)}", f"size-{place.number}", size),)
    wide = ceil(box.width * grow)
    if wide > place.area.size_mm[0] - 2 * place.area.safe_mm:
        return ()
    return ((f"Let it be {mm(wide)} wide", f"fit-{place.number}", number(wide)),)


def _unspaced(element: Text, text: SetText, place: Place) -> Finding | None:
    if not text.unspaced:
        return None
    sentence = f"The letters of {named(element)} hang together, so the space between them is left out."
    return Finding("warning", place.number, sentence, (("Set it to 0", f"spacing-{place.number}", "0"),))


def _fine_outline(element: Text, place: Place) -> Finding | None:
    least = place.method.least_stroke_mm
    if not 0 < element.outline_mm < least - 1e-3:
        return None
    sentence = (
        f"The outline of {named(element)} is {element.outline_mm:.2f} mm. "
        f"Lines under {least:.2f} mm do not come out well with {decapitalised(place.method.label)}."
    )
    field, width = f"outline-{place.number}", ceil(least * 10) / 10
    fixes = ((f"Make it {mm(width)}", field, number(width)), ("Leave it out", field, "0"))
    return Finding("warning", place.number, sentence, fixes)


def _fine_emoji(element: Text, text: SetText, place: Place) -> Finding | None:
    """Line art thins out with the size."""
    least = place.method.least_stroke_mm
    if not text.line_mm or text.line_mm >= least - 1e-3 or text.frame is None:
        return None
    sentence = (
        f"The lines of the emoji in {named(element)} are {text.line_mm:.2f} mm. "
        f"Lines under {least:.2f} mm do not come out well with {decapitalised(place.method.label)}."
    )
    fixes = _growth(element, text, text.frame.box, place, least / text.line_mm)
    return Finding("warning", place.number, sentence, (*_relabelled(fixes), removal(place.number)))


def _relabelled(fixes: tuple[Fix, ...]) -> tuple[Fix, ...]:
    """A size is told as it stands in its field, not as the height of capitals."""
    return tuple(
        (f"Set it at {value} mm" if field.startswith("size-") else label, field, value) for label, field, value in fixes
    )
