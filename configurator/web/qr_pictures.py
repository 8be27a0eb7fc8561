"""QR codes as inline drawings, for what is scanned off a screen or a slip."""

import segno
from markupsafe import Markup

from configurator.web.stage import drawn


def qr_picture(content: str) -> Markup:
    """A QR code of a text, as an inline drawing in ink on white."""
    code = segno.make_qr(content, error="m")
    svg = code.svg_inline(scale=4, border=2, dark="#000", light="#fff", omitsize=True, svgclass="qr", lineclass=None)
    return drawn(svg)
