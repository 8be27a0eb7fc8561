"""Customers' pictures in print files: full resolution, CMYK, transparency as a soft mask; the same bytes every time."""

import io
import zlib

import numpy as np
import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageOps
from PIL.Image import Image as Pixelmap

from configurator.artwork.condition import Condition
from configurator.artwork.toning import toned
from configurator.blanks.methods import Tone

PHOTO = b"\xff\xd8\xff"
QUALITY = 95


def image_object(pdf: pikepdf.Pdf, content: bytes, condition: Condition | None = None) -> pikepdf.Object:
    """A JPEG or PNG as an image XObject in DeviceCMYK: separated for the output condition, or by a plain formula.

    What came as a photo is packed as one, the rest without loss.
    """
    image = _opened(content)
    described = _described(image, Name.DeviceCMYK)
    if image.mode == "RGBA":
        described.SMask = _mask(pdf, image.getchannel("A"))
    colours = image.convert("RGB")
    inked = condition.separated(colours) if condition else in_cmyk(colours)
    if content.startswith(PHOTO):
        # Adobe's way: CMYK in a JPEG is stored the other way round.
        described.Decode = Array([1, 0] * 4)
        return _stream(pdf, _jpeg(inked), described, Name.DCTDecode)
    return _stream(pdf, zlib.compress(inked.tobytes(), 6), described, Name.FlateDecode)


def shape_object(pdf: pikepdf.Pdf, content: bytes, separation: pikepdf.Object, inset: int = 0) -> pikepdf.Object:
    """A picture's shape as an image XObject of one full ink: what lies under it, or is left out where it is clear.

    inset: pixels that it is drawn in by, all round.
    """
    image = _opened(content)
    described = _described(image, separation)
    if image.mode == "RGBA":
        described.SMask = _mask(pdf, _inset(image.getchannel("A"), inset))
    return _stream(pdf, zlib.compress(b"\xff" * (image.width * image.height), 6), described, Name.FlateDecode)


def tone_object(pdf: pikepdf.Pdf, content: bytes, separation: pikepdf.Object, tone: Tone) -> pikepdf.Object:
    """A picture as an image XObject of one ink in 256 tints."""
    tints = toned(content, tone)
    return _stream(pdf, zlib.compress(tints.tobytes(), 6), _described(tints, separation), Name.FlateDecode)


def in_cmyk(image: Pixelmap) -> Pixelmap:
    """sRGB to CMYK, by the same plain formula as artwork/inks.plain_ink: black taken out of all three."""
    light = np.asarray(image, dtype=np.uint8)
    most = light.max(axis=2)
    inks = np.empty((*most.shape, 4), dtype=np.uint8)
    for channel in range(3):
        missing = (most - light[:, :, channel]).astype(np.uint16) * 255
        inks[:, :, channel] = missing // np.maximum(most, 1)
    inks[:, :, 3] = 255 - most
    return Image.fromarray(inks, "CMYK")


def _opened(content: bytes) -> Pixelmap:
    with Image.open(io.BytesIO(content)) as opened:
        return opened.convert("RGBA" if "A" in opened.getbands() else "RGB")


def _described(image: Pixelmap, space: pikepdf.Object) -> pikepdf.Dictionary:
    size = {"/Width": image.width, "/Height": image.height}
    return Dictionary(
        {"/Type": Name.XObject, "/Subtype": Name.Image, **size, "/ColorSpace": space, "/BitsPerComponent": 8}
    )


def _mask(pdf: pikepdf.Pdf, alpha: Pixelmap) -> pikepdf.Object:
    return _stream(pdf, zlib.compress(alpha.tobytes(), 6), _described(alpha, Name.DeviceGray), Name.FlateDecode)


def _inset(alpha: Pixelmap, by: int) -> Pixelmap:
    """Drawn in from the picture's edges too. Across, then down: a square of pixels for the price of two lines."""
    if not by:
        return alpha
    grown = ImageOps.expand(alpha, by, fill=0)
    levels = np.asarray(grown)
    for axis in (0, 1):
        windows = np.lib.stride_tricks.sliding_window_view(levels, 2 * by + 1, axis=axis)
        levels = windows.min(axis=-1)
    return Image.fromarray(levels, "L")


def _jpeg(image: Pixelmap) -> bytes:
    file = io.BytesIO()
    image.save(file, "JPEG", quality=QUALITY, subsampling=0)
    return file.getvalue()


def _stream(pdf: pikepdf.Pdf, packed: bytes, described: pikepdf.Dictionary, way: pikepdf.Name) -> pikepdf.Object:
    """A stream whose bytes are packed already."""
    stream = pikepdf.Stream(pdf, b"")
    stream.write(packed, filter=way)
    for key, value in described.items():
        stream[key] = value
    return pdf.make_indirect(stream)
