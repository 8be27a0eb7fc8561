"""The fix for letters that stand out little: a plate of another ink behind them, where the method prints one."""

from math import floor

from configurator.artwork.elements import Element, Text
from configurator.artwork.inks import method_ink, takes_plates
from configurator.artwork.preflight.place import Fix
from configurator.artwork.preflight.sheet import Sheet
from configurator.artwork.preflight.wording import decapitalised, mm, number
from configurator.artwork.scene import Ink, Path
from configurator.artwork.seeing import contrast
from configurator.blanks.methods import InkSpec
from configurator.geometry import Box

MARGIN = 0.25
"""Of a text's size: how far a plate stands out round its letters."""
NARROWEST_MM = 0.5


def plates(sheet: Sheet, place: int, element: Element) -> tuple[Fix, ...]:
    """A plate in the ink from which the text stands out most, as wide as the safe zone lets it be."""
    if not isinstance(element, Text) or element.plate_mm or not takes_plates(sheet.method):
        return ()
    method, margin = sheet.method, _margin(sheet, place, element)
    ink = method_ink(method, element.ink)
    dry = [known for known in method.inks if known.spot or sum(known.cmyk) <= method.most_ink]
    best: InkSpec | None = max(dry, key=lambda known: (contrast(ink.rgb, known.rgb), known.key), default=None)
    if margin < NARROWEST_MM or best is None or contrast(ink.rgb, best.rgb) < method.least_contrast:
        return ()
    if method.most_inks and len({*_inks(sheet), best.key}) > method.most_inks:
        return ()
    label = f"Put a plate in {decapitalised(best.label)} behind it, {mm(margin)}"
    return ((label, f"plate-{place} under-{place}", f"{number(margin)} {best.key}"),)


def _margin(sheet: Sheet, place: int, text: Text) -> float:
    """A share of the size, but not out of the safe zone, to a tenth of a millimetre."""
    box, safe = sheet.boxes[place], Box(0, 0, *sheet.area.size_mm).grown(-sheet.area.safe_mm)
    room = min(box.left - safe.left, box.top - safe.top, safe.right - box.right, safe.bottom - box.bottom)
    corner = 2**0.5 if text.turn % 90 else 1.0
    return floor(min(text.size_mm * MARGIN, room / corner) * 10 + 1e-6) / 10


def _inks(sheet: Sheet) -> set[str]:
    """Keys of all that is on the area."""
    found: set[Ink | None] = set()
    for node in sheet.nodes:
        found |= {node.fill, node.stroke} if isinstance(node, Path) else {node.ink}
    return {ink.key for ink in found if ink}
