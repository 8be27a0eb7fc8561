"""Findings about a whole print area: what elements do to each other, to the material and to the machine."""

from configurator.artwork.preflight.colours import colour_findings
from configurator.artwork.preflight.contrast import contrast_findings
from configurator.artwork.preflight.cutting import cutting_findings
from configurator.artwork.preflight.overlaps import overlap_findings
from configurator.artwork.preflight.parts import part_findings
from configurator.artwork.preflight.photos import photo_findings
from configurator.artwork.preflight.sewing import sewing_findings
from configurator.artwork.preflight.sheet import Sheet
from configurator.artwork.scene import Finding


def sheet_findings(sheet: Sheet) -> tuple[Finding, ...]:
    """All of them, kind by kind; none for an area nothing was put on."""
    if not sheet.elements:
        return ()
    return (
        *contrast_findings(sheet),
        *photo_findings(sheet),
        *part_findings(sheet),
        *colour_findings(sheet),
        *cutting_findings(sheet),
        *overlap_findings(sheet),
        *sewing_findings(sheet),
    )
