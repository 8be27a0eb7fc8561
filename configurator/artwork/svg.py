"""The flat picture: a scene as it lies on the sheet, in millimetres."""

import re

from configurator.artwork.contour_shared import Contour
from configurator.artwork.finding_marks import EVEN
from configurator.artwork.guides import guide_marks
from configurator.artwork.painting import Painter
from configurator.artwork.pictures import Href, page_href
from configurator.artwork.picturing import pictured
from configurator.artwork.projecting import flat
from configurator.artwork.scene import Scene
from configurator.artwork.svg_text import short, worded
from configurator.artwork.tracing import UNITS, Item, traced

FINE = 25
"""Drawing units a millimetre, so that traced numbers are two thousandths of a millimetre."""
NUMBER = 0.03
"""Height of a finding's number as a share of the sheet's width, or of its height so much more as pages show less."""
ROUGH = 5
"""The same for lines that are only looked at."""
CUT_RGB = "#e6007e"
LINE = 0.0024
"""Width of a cut contour that a page shares, as a share of the sheet's width, as of NUMBER: about 1.2 px."""
_PREFIX = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


def flat_svg(scene: Scene, *, id_prefix: str, guides: bool, href: Href = page_href) -> str:
    """One <svg> whose units are mm, the trim edge as its view box. guides: safe zone, frames and cut contours too.

    href: where it finds pictures. Raises ValueError when id_prefix is no plain name.
    """
    return "".join(flat_pieces(scene, id_prefix=id_prefix, guides=guides, href=href))


def flat_pieces(
    scene: Scene, *, id_prefix: str, guides: bool, href: Href = page_href, contour: Contour | None = None
) -> list[str]:
    """The same in pieces: its start tag, then texts of which those that did not change are the same objects.

    contour: the cut contour as a picture beside it on the page defines it, so that it is not drawn twice.
    """
    check_prefix(id_prefix)
    seen = flat(scene.width_mm, scene.height_mm, FINE)
    painter = Painter(id_prefix, UNITS, href)
    painted = pictured(scene, seen, painter, numbered=guides)
    sign = FINE * NUMBER * max(scene.width_mm, scene.height_mm * 1.6)
    marks = [f'<g transform="scale({1 / FINE})">{_cut(scene, contour)}', *guide_marks(scene, seen, sign), "</g>"]
    head = f'<svg class="flat" role="img" aria-label="{worded(scene.says)}" xmlns="http://www.w3.org/2000/svg" '
    head += f'viewBox="0 0 {short(scene.width_mm)} {short(scene.height_mm)}">'
    inside = [f'<g transform="scale({1 / FINE / UNITS})">', *painted, "</g>", *(marks if guides else ())]
    return [head, painter.definitions(), *inside, "</svg>"]


def check_prefix(id_prefix: str) -> None:
    """Raises ValueError when it is no plain name, so that it cannot leave its attribute."""
    if not _PREFIX.fullmatch(id_prefix):
        raise ValueError(f"an id prefix is letters, digits, - and _, not {id_prefix!r}")


def _cut(scene: Scene, contour: Contour | None) -> str:
    """A line to look at: hundredths of a millimetre will do."""
    if contour and scene.cut:
        width = LINE * max(scene.width_mm, scene.height_mm * 1.6) * contour.scale
        paint = f'fill="none" stroke="{CUT_RGB}" stroke-width="{short(width)}"'
        return f'<use class="guide-cut" {paint} href="#{contour.name}" transform="{contour.back(FINE)}"/>'
    seen = flat(scene.width_mm, scene.height_mm, ROUGH)
    d = traced([Item(path) for path in scene.cut], seen)
    style = f'fill="none" stroke="{CUT_RGB}" stroke-width="1.2" {EVEN} transform="scale({FINE / ROUGH / UNITS})"'
    return f'<path class="guide-cut" {style} d="{d}"/>' if d else ""
