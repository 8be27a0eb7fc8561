"""A product picture as pixels, for mails, lists and other sites: only SVG that our own writers made."""

from typing import Any

GROUND = "#ffffff"
"""Mails and cards show pictures on white; a transparent shadow would be black in some of them."""
QUALITY = 82


class NotDrawn(ValueError):
    """The SVG cannot be drawn: it is broken, or has no size."""


def png(svg: str, width: int, *, ground: str = GROUND) -> bytes:
    """PNG of `width` pixels; the same bytes for the same SVG with the same libraries. Never a customer's own SVG."""
    return bytes(_drawn(svg, width, ground).write_to_buffer(".png", compression=1, filter=8, strip=True))


def webp(svg: str, width: int) -> bytes:
    """WebP of `width` pixels, about a tenth of the PNG."""
    return bytes(_drawn(svg, width, GROUND).write_to_buffer(".webp", Q=QUALITY, effort=2, strip=True))


def jpeg(svg: str, width: int) -> bytes:
    """JPEG of `width` pixels, which every mail program shows."""
    return bytes(_drawn(svg, width, GROUND).write_to_buffer(".jpg", Q=QUALITY, optimize_coding=True, strip=True))


def _drawn(svg: str, width: int, ground: str) -> Any:
    """The SVG drawn as wide as asked, on a ground "#rrggbb"."""
    import pyvips  # noqa: PLC0415 - 40 MB that only a process which draws pictures needs

    content = svg.encode()
    try:
        natural = pyvips.Image.svgload_buffer(content)
        picture = pyvips.Image.svgload_buffer(content, scale=width / natural.width)
    except pyvips.Error as error:
        raise NotDrawn from error
    return picture.flatten(background=list(bytes.fromhex(ground[1:]))) if picture.hasalpha() else picture
