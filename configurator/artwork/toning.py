"""Pictures in one ink, such as what a laser burns: how much each pixel gets, by numbers and by a filter for SVG."""

import io

import numpy as np
from PIL import Image
from PIL.Image import Image as Pixelmap

from configurator.artwork.scene import Ink
from configurator.artwork.svg_text import short
from configurator.blanks.methods import Tone

WEIGHTS = (0.2126, 0.7152, 0.0722)
"""Of red, green and blue in how light a pixel looks (Rec. 709), on sRGB's own values, by numbers and filter alike."""


def toned(content: bytes, tone: Tone) -> Pixelmap:
    """How much ink each pixel of a JPEG or PNG gets, 0 to 255 in mode L: what is dark, or with tone.light is light.

    Clear pixels get none.
    """
    with Image.open(io.BytesIO(content)) as opened:
        picture = opened.convert("RGBA")
    ground = Image.new("RGBA", picture.size, "black" if tone.light else "white")
    seen = np.asarray(Image.alpha_composite(ground, picture).convert("RGB"), dtype=np.float32) / 255
    light = seen @ np.array(WEIGHTS, dtype=np.float32)
    ink = (light if tone.light else 1 - light) * tone.contrast + _lift(tone)
    return Image.fromarray(np.rint(ink.clip(0, 1) * 255).astype(np.uint8), "L")


def ink_share(rgb: tuple[int, int, int], tone: Tone) -> float:
    """How much ink a single colour gets, 0 to 1."""
    light = sum(weight * part for weight, part in zip(WEIGHTS, rgb, strict=True)) / 255
    return min(max((light if tone.light else 1 - light) * tone.contrast + _lift(tone), 0.0), 1.0)


def tone_filter(name: str, ink: Ink, tone: Tone) -> str:
    """An SVG filter that shows a picture in this ink, on whatever lies under it."""
    colour = [short(int(ink.rgb[at : at + 2], 16) / 255) for at in (1, 3, 5)]
    signs = WEIGHTS if tone.light else [-weight for weight in WEIGHTS]
    rows = " ".join(f"0 0 0 0 {part}" for part in colour)
    alpha = " ".join(str(sign) for sign in signs) + f" 0 {0 if tone.light else 1}"
    return (
        f'<filter id="{name}" color-interpolation-filters="sRGB">'
        f'<feFlood flood-color="{"#000" if tone.light else "#fff"}" result="g"/>'
        '<feMerge><feMergeNode in="g"/><feMergeNode in="SourceGraphic"/></feMerge>'
        f'<feColorMatrix values="{rows} {alpha}"/>'
        f'<feComponentTransfer><feFuncA type="linear" slope="{tone.contrast:g}" intercept="{_lift(tone):g}"/>'
        "</feComponentTransfer></filter>"
    )


def _lift(tone: Tone) -> float:
    """Contrast turns round the middle."""
    return 0.5 - tone.contrast / 2
