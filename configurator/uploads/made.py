"""A picture as it was made anew from an upload."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["raster", "drawing"]


@dataclass(frozen=True)
class Made:
    """media: of asset. width, height: pixels, or a drawing's own units.

    preview (WebP) and small (JPEG or PNG) are smaller copies for the screen; a drawing needs none. note: what its
    customer should know. doubt: what has to be looked at before it is made, since it is not as it was drawn.
    """

    kind: Kind
    media: str
    width: int
    height: int
    asset: bytes
    preview: bytes = b""
    small: bytes = b""
    note: str = ""
    doubt: str = ""
