"""A drawing with shading as a picture: told again, drawn by librsvg within the limits, cut to what is seen.

librsvg never sees the customer's file, only what retelling.py writes of it, and no more than weighing.py allows.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import ceil
from xml.etree.ElementTree import Element

import pyvips  # loaded with this module: once the process is limited it can open no more files
from PIL import Image

from configurator.geometry import Box
from configurator.uploads.limits import DPI, LEAST_SIDE, LONG_PX, MM_PER_INCH
from configurator.uploads.made import Made
from configurator.uploads.rasters import made_anew, png_within
from configurator.uploads.refusing import Unusable
from configurator.uploads.retelling import Teller
from configurator.uploads.svg_elements import NOTHING
from configurator.uploads.svg_frame import frame
from configurator.uploads.weighing import FINE, Scales, within

TILE_PX = 2000
"""libvips draws as many pixels at a time, and librsvg works out all layers anew each time."""
LOOK_PX = 500
"""Of the first look, which finds where something is drawn."""


def read_shaded(
    root: Element, named: Mapping[str, Element], classes: Mapping[str, Mapping[str, str]], why: str
) -> Made:
    """An SVG as a picture. why: what in it flat paths cannot show. Raises Unusable for what is not known, too much."""
    work = Scales(named, classes).of(root)
    drawing = _Drawing(Teller(named, classes, png_within).told(root), frame(root))
    image = drawing.drawn(drawing.seen(), LONG_PX if within(work, FINE) else TILE_PX)
    image = image.crop(image.getchannel("A").getbbox())
    if min(image.size) < LEAST_SIDE:
        raise Unusable(NOTHING)
    return made_anew(image, _told(why, *image.size), lossy=False)


def _told(why: str, wide: int, high: int) -> str:
    return (
        f"This drawing has {why}, so it is printed as a picture of {wide:,} × {high:,} pixels: "
        f"{DPI} dpi up to {wide / DPI * MM_PER_INCH:.0f} mm wide."
    )


@dataclass(frozen=True)
class _Drawing:
    """inside: SVG of our own. frame: the part of its plane that is seen, in its units."""

    inside: str
    frame: Box

    def seen(self) -> Box:
        """Where something is drawn, in its units, a little more than less. Raises Unusable for nowhere."""
        box = self.drawn(self.frame, LOOK_PX).getchannel("A").getbbox()
        if box is None:
            raise Unusable(NOTHING)
        whole, unit = self.frame, _unit(self.frame, LOOK_PX)
        return Box(
            max(whole.left, whole.left + (box[0] - 1) * unit),
            max(whole.top, whole.top + (box[1] - 1) * unit),
            min(whole.right, whole.left + (box[2] + 1) * unit),
            min(whole.bottom, whole.top + (box[3] + 1) * unit),
        )

    def drawn(self, part: Box, side: int) -> Image.Image:
        """A part of it, RGBA, its longer side of so many pixels."""
        unit = _unit(part, side)
        image = Image.new("RGBA", (ceil(part.width / unit - 0.01), ceil(part.height / unit - 0.01)))
        for left, top, right, bottom in _tiles(*image.size):
            x, y = part.left + left * unit, part.top + top * unit
            at = Box(x, y, x + (right - left) * unit, y + (bottom - top) * unit)
            image.paste(self._tile(at, right - left, bottom - top), (left, top))
        return image

    def _tile(self, part: Box, wide: int, high: int) -> Image.Image:
        whole = self.frame
        svg = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" viewBox="{_view(part)}" '
            f'preserveAspectRatio="none"><svg x="{whole.left}" y="{whole.top}" width="{whole.width}" '
            f'height="{whole.height}" viewBox="{_view(whole)}">{self.inside}</svg></svg>'
        )
        try:
            drawn = pyvips.Image.svgload_buffer(svg.encode())
            return Image.frombytes("RGBA", (wide, high), drawn.write_to_memory())
        except (pyvips.Error, ValueError) as fault:
            raise Unusable("This drawing cannot be drawn here. Save it as PDF or PNG and send that.") from fault


def _unit(part: Box, side: int) -> float:
    """How much of its plane a pixel is."""
    return max(part.width, part.height) / side


def _tiles(wide: int, high: int) -> Iterator[tuple[int, int, int, int]]:
    for top in range(0, high, TILE_PX):
        for left in range(0, wide, TILE_PX):
            yield left, top, min(left + TILE_PX, wide), min(top + TILE_PX, high)


def _view(box: Box) -> str:
    return f"{box.left} {box.top} {box.width} {box.height}"
