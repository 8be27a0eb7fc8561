"""Photos and painted pictures: looked at, decoded upright, brought to sRGB, and made anew without anything else."""

import io
from typing import Any

from PIL import Image, ImageCms, ImageOps, JpegImagePlugin, MpoImagePlugin, PngImagePlugin, WebPImagePlugin

from configurator.uploads.limits import (
    LEAST_SIDE,
    LONGEST_SIDE,
    MOST_MADE_BYTES,
    MOST_PIXELS,
    MOST_PIXELS_WITHIN,
    PREVIEW_PX,
    SMALL_PX,
)
from configurator.uploads.made import Made
from configurator.uploads.refusing import Unusable
from configurator.uploads.sniffing import HEAD, kind_of

FORMATS = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "heic": "HEIF"}
PLUGINS = (JpegImagePlugin, MpoImagePlugin, PngImagePlugin, WebPImagePlugin)
Image.preinit()  # with PLUGINS: loaded now, because once the process is limited it can open no more files
Image.MAX_IMAGE_PIXELS = None  # _check_size says it in our words, and sooner
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
BROKEN_PROFILE = "Its colour profile cannot be read, so its colours were taken as sRGB. Compare them in the preview."
_DEEP = frozenset({"I", "I;16", "I;16B", "I;16L", "F"})


def read_raster(content: bytes, kind: str) -> Made:
    """A JPEG, PNG, WebP or HEIC. Raises Unusable."""
    image = _opened(content, kind)
    _check_size(image.width, image.height)
    if kind in ("png", "webp") and getattr(image, "n_frames", 1) > 1:
        raise Unusable("This picture moves, and a printed one cannot. Save one frame of it as JPEG or PNG.")
    return made_anew(*_upright(image), lossy=kind in ("jpeg", "heic"))


def made_anew(image: Image.Image, note: str = "", *, lossy: bool) -> Made:
    """An RGB or RGBA image as it is kept: JPEG for photos without transparency, PNG for everything else."""
    if image.mode == "RGBA" and image.getchannel("A").getextrema() == (255, 255):
        image = image.convert("RGB")
    media, asset = _asset(image, lossy=lossy)
    return Made(
        kind="raster",
        media=media,
        width=image.width,
        height=image.height,
        asset=asset,
        preview=_saved(_within(image, PREVIEW_PX), "WEBP", quality=82, method=4),
        small=_small(_within(image, SMALL_PX)),
        note=note,
    )


def png_within(content: bytes) -> bytes:
    """A PNG made anew of a JPEG or PNG that lies within another file. Raises Unusable."""
    kind = kind_of(content[:HEAD])
    if kind not in ("jpeg", "png"):
        raise Unusable("A picture within this file is neither JPEG nor PNG. Save the whole as PNG and send that.")
    image = _opened(content, kind)
    if image.width * image.height > MOST_PIXELS_WITHIN:
        raise Unusable("A picture within this file is too large. Save the whole as PNG and send that.")
    return _saved(_upright(image)[0], "PNG", compress_level=1)


def _opened(content: bytes, kind: str) -> Image.Image:
    """Only the header is read here."""
    try:
        return Image.open(io.BytesIO(content), formats=(FORMATS[kind],))
    except (OSError, ValueError, SyntaxError, RuntimeError, Image.DecompressionBombError) as fault:
        raise Unusable(
            f"The file begins like a {kind.upper()} but cannot be read. Open it and save it anew."
        ) from fault


def _check_size(width: int, height: int) -> None:
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        raise Unusable(
            f"This picture has {width:,} × {height:,} pixels. At most {MOST_PIXELS // 1_000_000} million can be "
            "printed; make it smaller and send that."
        )
    if min(width, height) < LEAST_SIDE:
        raise Unusable(f"This picture has only {width} × {height} pixels. Send the original, not a thumbnail.")


def _upright(image: Image.Image) -> tuple[Image.Image, str]:
    """Decoded, turned as the camera says, sRGB; and what the customer should know."""
    profile = image.info.get("icc_profile")
    try:
        image.load()
        turned = ImageOps.exif_transpose(image) or image
    except (OSError, ValueError, SyntaxError, RuntimeError, KeyError, IndexError) as fault:
        raise Unusable("The picture is cut off or damaged. Open it, save it anew and send that.") from fault
    return _in_srgb(_plain(turned), profile)


def _plain(image: Image.Image) -> Image.Image:
    """RGB, RGBA, CMYK, L or LAB, 8 bits: palettes, bitmaps and 16 bits resolved."""
    if image.mode in _DEEP:
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.mode in ("P", "PA", "LA", "La", "RGBa") or "transparency" in image.info:
        return image.convert("RGBA")
    return image if image.mode in ("RGB", "RGBA", "CMYK", "L", "LAB") else image.convert("RGB")


def _in_srgb(image: Image.Image, profile: Any) -> tuple[Image.Image, str]:
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    colours = image.convert("RGB") if alpha else image
    colours, note = _converted(colours, profile) if profile else (colours.convert("RGB"), "")
    if alpha:
        colours.putalpha(alpha)
    return colours, note


def _converted(image: Image.Image, profile: bytes) -> tuple[Image.Image, str]:
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if own.profile.xcolor_space.strip() == "GRAY":
            image = image.convert("L")
        seen = ImageCms.profileToProfile(image, own, SRGB, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError, AttributeError):
        return image.convert("RGB"), BROKEN_PROFILE
    return seen or image.convert("RGB"), ""


def _asset(image: Image.Image, *, lossy: bool) -> tuple[str, bytes]:
    if lossy and image.mode == "RGB":
        return "image/jpeg", _photo(image)
    content = _saved(image, "PNG", compress_level=6)
    if len(content) > MOST_MADE_BYTES // 2 and image.mode == "RGB":
        return "image/jpeg", _photo(image)
    if len(content) > MOST_MADE_BYTES:
        raise Unusable("This picture is too detailed to be kept. Make it smaller, or save it as JPEG, and send that.")
    return "image/png", content


def _photo(image: Image.Image) -> bytes:
    return _saved(image, "JPEG", quality=94, subsampling=0)


def _small(image: Image.Image) -> bytes:
    return _saved(image, "PNG") if image.mode == "RGBA" else _saved(image, "JPEG", quality=82)


def _within(image: Image.Image, side: int) -> Image.Image:
    share = side / max(image.size)
    if share >= 1:
        return image
    size = (max(1, round(image.width * share)), max(1, round(image.height * share)))
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _saved(image: Image.Image, form: str, **how: Any) -> bytes:
    """Pixels alone: a fresh picture, so that nothing that came with the file goes along."""
    bare = Image.new(image.mode, image.size)
    bare.paste(image)
    file = io.BytesIO()
    bare.save(file, form, **how)
    return file.getvalue()
