"""Preflight while editing: what would not come out well, in a sentence, with fixes a press of a button sends."""

import unicodedata
from dataclasses import dataclass
from math import ceil, copysign, floor

from configurator.artwork.clusters import clusters
from configurator.artwork.elements import Element, Shape, Text
from configurator.artwork.scene import Finding, Path
from configurator.artwork.setting import SetText
from configurator.blanks.blank import Area
from configurator.blanks.shop import Method
from configurator.geometry import Box

MOST_NAMED = 4
Fix = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Place:
    """An element's number, from 1 over all areas, and where it stands."""

    number: int
    area: Area
    method: Method


def text_findings(element: Text, text: SetText, place: Place) -> tuple[Finding, ...]:
    """All findings about one text."""
    found = [_missing(element, text, place), _overlong(element, text, place), _small(element, text, place)]
    found += [_unspaced(element, text, place), _fine(element, place), _position(element, text.box, place, text.size_mm)]
    return tuple(finding for finding in found if finding)


def shape_findings(element: Shape, paths: tuple[Path, ...], box: Box | None, place: Place) -> tuple[Finding, ...]:
    """All findings about one shape."""
    found = [_thin(element, paths, place), _position(element, box, place, element.width_mm)]
    return tuple(finding for finding in found if finding)


def surplus_text(element: Text, place: Place) -> Finding:
    """One text more than the area takes."""
    sentence = f"{place.area.label} takes {place.area.most_texts} texts; {_named(element)} is one too many."
    return Finding("error", place.number, sentence, (_removal(place),))


def unknown_shape(element: Shape, place: Place) -> Finding:
    """A shape the blank does not have."""
    sentence = f"This product has no shape “{element.shape}”: choose another or remove it."
    return Finding("error", place.number, sentence, (_removal(place),))


def _missing(element: Text, text: SetText, place: Place) -> Finding | None:
    if not text.missing:
        return None
    named = ", ".join(map(_letter, text.missing[:MOST_NAMED]))
    if len(text.missing) > MOST_NAMED:
        named += f" and {len(text.missing) - MOST_NAMED} more"
    left = "".join(cluster for cluster in clusters(element.text) if cluster not in text.missing).strip()
    fix = ("Leave it out", f"text-{place.number}", left) if left else _removal(place)
    sentence = f"None of our fonts can draw {named}. Leave it out or write it in letters."
    return Finding("error", place.number, sentence, (fix,))


def _letter(cluster: str) -> str:
    """“☃” U+2603 SNOWMAN; of a sequence its code points alone."""
    points = " ".join(f"U+{ord(char):04X}" for char in cluster)
    name = unicodedata.name(cluster, "") if len(cluster) == 1 else ""
    return f"“{cluster}” {points} {name}".rstrip()


def _overlong(element: Text, text: SetText, place: Place) -> Finding | None:
    if text.turn_share <= 1:
        return None
    radius = copysign(ceil(abs(element.arc_mm) * text.turn_share * 1.05), element.arc_mm)
    fix = (f"Make the circle {_mm(abs(radius))}", f"arc-{place.number}", _number(radius))
    return Finding("error", place.number, f"{_named(element)} is longer than the circle it runs on.", (fix,))


def _small(element: Text, text: SetText, place: Place) -> Finding | None:
    least = place.method.least_text_mm
    if not text.cap_mm or text.cap_mm >= least - 1e-3 or text.frame is None:
        return None
    sentence = (
        f"{_named(element)} is {_mm(text.cap_mm)} tall. "
        f"Letters under {_mm(least)} do not come out well with {_decapitalised(place.method.label)}."
    )
    grow = least / text.cap_mm
    fixes = (*_growth(element, text, text.frame.box, place, grow), _removal(place))
    return Finding("warning", place.number, sentence, fixes)


def _growth(element: Text, text: SetText, box: Box, place: Place, grow: float) -> tuple[Fix, ...]:
    size = _number(ceil(text.size_mm * grow * 10) / 10)
    if element.size_mm <= text.size_mm + 1e-6:
        return ((f"Make it {_mm(place.method.least_text_mm)}", f"size-{place.number}", size),)
    wide = ceil(box.width * grow)
    if wide > place.area.size_mm[0] - 2 * place.area.safe_mm:
        return ()
    return ((f"Let it be {_mm(wide)} wide", f"fit-{place.number}", _number(wide)),)


def _unspaced(element: Text, text: SetText, place: Place) -> Finding | None:
    if not text.unspaced:
        return None
    sentence = f"The letters of {_named(element)} hang together, so the space between them is left out."
    return Finding("warning", place.number, sentence, (("Set it to 0", f"spacing-{place.number}", "0"),))


def _fine(element: Text, place: Place) -> Finding | None:
    least = place.method.least_stroke_mm
    if not 0 < element.outline_mm < least - 1e-3:
        return None
    sentence = (
        f"The outline of {_named(element)} is {element.outline_mm:.2f} mm. "
        f"Lines under {least:.2f} mm do not come out well with {_decapitalised(place.method.label)}."
    )
    field, width = f"outline-{place.number}", ceil(least * 10) / 10
    fixes = ((f"Make it {_mm(width)}", field, _number(width)), ("Leave it out", field, "0"))
    return Finding("warning", place.number, sentence, fixes)


def _thin(element: Shape, paths: tuple[Path, ...], place: Place) -> Finding | None:
    least = place.method.least_stroke_mm
    thinnest = min((path.width_mm for path in paths if path.stroke), default=least)
    if thinnest >= least - 1e-3 or not thinnest:
        return None
    sentence = (
        f"The finest line of {_named(element)} is {thinnest:.2f} mm. "
        f"Lines under {least:.2f} mm do not come out well with {_decapitalised(place.method.label)}."
    )
    width = ceil(element.width_mm * least / thinnest)
    fixes = ((f"Make it {_mm(width)} wide", f"width-{place.number}", _number(width)), _removal(place))
    return Finding("warning", place.number, sentence, fixes)


def _position(element: Element, box: Box | None, place: Place, size_mm: float) -> Finding | None:
    if box is None:
        return None
    whole = Box(0, 0, *place.area.size_mm)
    safe = whole.grown(-place.area.safe_mm)
    if safe.holds(box, slack=1e-3):
        return None
    over = max(whole.left - box.left, whole.top - box.top, box.right - whole.right, box.bottom - whole.bottom)
    fixes = _moves(element, box, safe, place.number) or _shrink(element, box, safe, place.number, size_mm)
    if over > 1e-3:
        sentence = f"{_named(element)} stands {_mm(max(over, 0.1))} over the edge of the print area."
        return Finding("error", place.number, sentence, fixes)
    sentence = f"{_named(element)} is {_mm(max(-over, 0))} from the edge. Keep {_mm(place.area.safe_mm)} free."
    return Finding("warning", place.number, sentence, fixes)


def _moves(element: Element, box: Box, safe: Box, number: int) -> tuple[Fix, ...]:
    """Moves into the safe zone; none when it is too large for it."""
    if box.width > safe.width or box.height > safe.height:
        return ()
    across = _shift(box.left, box.right, safe.left, safe.right)
    down = _shift(box.top, box.bottom, safe.top, safe.bottom)
    fixes = []
    if across:
        way = "right" if across > 0 else "left"
        fixes.append((f"Move it {_mm(abs(across))} {way}", f"x-{number}", _stepped(element.x_mm + across, across)))
    if down:
        way = "down" if down > 0 else "up"
        fixes.append((f"Move it {_mm(abs(down))} {way}", f"y-{number}", _stepped(element.y_mm + down, down)))
    return tuple(fixes)


def _shift(low: float, high: float, least: float, most: float) -> float:
    return least - low if low < least - 1e-3 else min(0.0, most - high) if high > most + 1e-3 else 0.0


def _shrink(element: Element, box: Box, safe: Box, number: int, size_mm: float) -> tuple[Fix, ...]:
    if safe.width <= 0 or safe.height <= 0:
        return ()
    share = min(safe.width / max(box.width, 1e-6), safe.height / max(box.height, 1e-6))
    size = floor(size_mm * share * 10) / 10
    if size <= 0:
        return ()
    field = "size" if isinstance(element, Text) else "width"
    return ((f"Make it {_mm(size)}" + (" wide" if field == "width" else ""), f"{field}-{number}", _number(size)),)


def _removal(place: Place) -> Fix:
    return ("Remove it", "remove", str(place.number))


def _named(element: Element) -> str:
    if isinstance(element, Shape):
        return f"“{element.shape}”"
    letters = clusters(element.text.strip())
    return "“" + "".join(letters[:24]) + ("…" if len(letters) > 24 else "") + "”"


def _stepped(value: float, direction: float) -> str:
    """To a tenth of a millimetre, further in the direction of the move."""
    return _number((ceil(value * 10 - 1e-6) if direction > 0 else floor(value * 10 + 1e-6)) / 10)


def _mm(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0") + " mm"


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _decapitalised(label: str) -> str:
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
