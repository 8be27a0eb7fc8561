"""What artwork must know of customers' pictures: their sizes for layout, their bytes for writers."""

import io
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow

from configurator.artwork.scene import Image
from configurator.geometry import PathData

Href = Callable[[Image], str]
"""Where a drawing finds the file of a picture: an address, or a data: URI for drawings that stand alone.

One that is printed in colours is shown as the press prints them; one that is made in a single ink gets its tones from
what was sent.
"""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as layout sees it: pixels, or the units and text of an SVG that artwork/shapes.py reads.

    silhouette: of pixels with transparency, in the unit square. colours: coarse ones, to judge what stands on it, as
    rows of red, green, blue and alpha, 0 to 255; None: nobody judges. doubt: what is not as its customer drew it.
    """

    asset: str
    width: int
    height: int
    drawing: str = ""
    silhouette: PathData = ()
    doubt: str = ""
    colours: NDArray[np.uint8] | None = field(default=None, compare=False)


COARSE_PX = 96
"""Pixels along the longer side of a picture's coarse colours: a letter is some of them high."""


def coarse_colours(content: bytes) -> NDArray[np.uint8]:
    """The mean colours of a JPEG, PNG or WebP, as Picture wants them."""
    with Pillow.open(io.BytesIO(content)) as opened:
        picture = opened.convert("RGBA")
    picture.thumbnail((COARSE_PX, COARSE_PX), Pillow.Resampling.BOX)
    return np.asarray(picture)


Pictures = Mapping[str, Picture]
"""By asset: the SHA-256 of the picture as it is kept."""


class Pixels(Protocol):
    """The bytes behind a name. Raises what the storage raises when there are none."""

    def whole(self, asset: str) -> bytes:
        """JPEG or PNG, sRGB, at full resolution."""

    def small(self, asset: str) -> bytes:
        """JPEG or PNG, sRGB, for the screen and for papers."""

    def proofed(self, asset: str) -> bytes:
        """The small one in the colours that the press prints."""


class NoPixels:
    """For scenes that hold no picture."""

    def whole(self, asset: str) -> bytes:
        """Raises KeyError."""
        raise KeyError(asset)

    def small(self, asset: str) -> bytes:
        """Raises KeyError."""
        raise KeyError(asset)

    def proofed(self, asset: str) -> bytes:
        """Raises KeyError."""
        raise KeyError(asset)


def page_href(image: Image) -> str:
    """Where a page of the shop finds a picture."""
    return f"/uploads/{image.asset}-{'preview' if image.tone else 'proof'}"


def embedded(pixels: Pixels) -> Href:
    """Small pictures inside the drawing itself, for drawings that can fetch nothing."""

    def href(image: Image) -> str:
        content = pixels.small(image.asset) if image.tone else pixels.proofed(image.asset)
        media = "image/png" if content.startswith(b"\x89PNG") else "image/jpeg"
        return f"data:{media};base64,{b64encode(content).decode()}"

    return href
