"""How well two colours can be told apart: contrast of WCAG 2 for reading, distance in Lab for seeing at all."""

from functools import lru_cache
from math import dist


@lru_cache(maxsize=8192)
def contrast(one: str, other: str) -> float:
    """The ratio of relative luminances of WCAG 2, from 1 (none) to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@lru_cache(maxsize=8192)
def distance(one: str, other: str) -> float:
    """CIE 1976 colour difference; under about 2 nobody sees a difference, black to white is 100."""
    return dist(_lab(one), _lab(other))


@lru_cache(maxsize=4096)
def luminance(rgb: str) -> float:
    """Relative luminance of "#rrggbb" by WCAG 2, 0 black to 1 white."""
    red, green, blue = _linear(rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@lru_cache(maxsize=4096)
def _lab(rgb: str) -> tuple[float, float, float]:
    """CIE Lab of an sRGB colour, white D65."""
    red, green, blue = _linear(rgb)
    x = (0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047
    y = 0.2126729 * red + 0.7151522 * green + 0.0721750 * blue
    z = (0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883
    x, y, z = (part ** (1 / 3) if part > 216 / 24389 else (24389 / 27 * part + 16) / 116 for part in (x, y, z))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _linear(rgb: str) -> tuple[float, float, float]:
    red, green, blue = (_channel(int(rgb[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return red, green, blue


def _channel(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)
