"""Embroidery: what no machine's planner should be asked for, told before it is ordered."""

from collections.abc import Iterator

from configurator.artwork.elements import Text
from configurator.artwork.preflight.place import removal
from configurator.artwork.preflight.sheet import Sheet
from configurator.artwork.preflight.wording import decapitalised, named
from configurator.artwork.scene import Finding
from configurator.artwork.stitches_effort import laborious


def sewing_findings(sheet: Sheet) -> Iterator[Finding]:
    """One for an area with more outlines than can be sewn; no stitches are planned for it."""
    number = laborious(sheet.nodes, sheet.outlines) if sheet.method.sewing else None
    element = dict(sheet.elements).get(number or 0)
    if number is None or element is None:
        return
    ways = "Write less there" if isinstance(element, Text) else "Take a simpler drawing"
    sentence = (
        f"{named(element)} has more lines and curves than {decapitalised(sheet.method.label)} can follow on "
        f"{decapitalised(sheet.area.label)}. {ways}."
    )
    yield Finding("error", number, sentence, (removal(number),))
