"""Customers' pictures in the colours that the press prints, for the screen and for papers."""

import io

from PIL import Image

from configurator.artwork.condition import Condition

QUALITY = {"JPEG": {"quality": 88}, "WEBP": {"quality": 82, "method": 4}, "PNG": {}}
"""How each kind of file that uploads are kept as is written again."""


def picture_proofed(content: bytes, condition: Condition) -> bytes:
    """A JPEG, PNG or WebP, sRGB, as its CMYK looks on paper; of the same kind and size, clear where it was clear.

    The same bytes for the same picture and profile with the same libraries.
    """
    with Image.open(io.BytesIO(content)) as picture:
        kind = picture.format or "PNG"
        clear = picture.convert("RGBA").getchannel("A") if picture.has_transparency_data else None
        seen = condition.proofed(picture)
    if clear is not None:
        seen.putalpha(clear)
    file = io.BytesIO()
    seen.save(file, kind, **QUALITY[kind])
    return file.getvalue()
