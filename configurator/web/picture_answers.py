"""Answers with a picture of our own, under an address whose content never changes."""

from litestar import Response

from configurator.artwork.pictured import webp

FOR_EVER = "public, max-age=31536000, immutable"
KINDS = {"svg": "image/svg+xml", "webp": "image/webp"}
WIDE = 1000
"""Pixels across a picture for mails, lists of other shops and cards."""


def pictured(svg: str, kind: str) -> Response[bytes]:
    """The picture as SVG, or for whoever takes no SVG, such as mails, as WebP."""
    content = webp(svg, WIDE) if kind == "webp" else svg.encode()
    headers = {"Cache-Control": FOR_EVER, "Content-Security-Policy": "default-src 'none'; img-src data:"}
    return Response(content, media_type=KINDS[kind], headers=headers)
