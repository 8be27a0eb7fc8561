"""What a laser engraves as pixels: a sheet at the machine's resolution, black where it burns."""

import io
from base64 import b64encode
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pixelmap
from PIL import ImageOps

from configurator.artwork.pdf_sheet import Placement, SheetPage
from configurator.artwork.pictures import NoPixels, Pixels
from configurator.artwork.scene import Glyphs, Image, Node, Path, Scene
from configurator.artwork.toning import toned
from configurator.blanks.methods import Tone
from configurator.geometry import Affine, PathData

INCH_MM = 25.4
HALF, CLEAR = 128, 254
"""Grey levels: lines burn where they cover half a pixel; lighter than CLEAR, a picture has nothing to burn."""


def engraved_png(page: SheetPage, dpi: int, pixels: Pixels | None = None) -> bytes:
    """PNG of the whole sheet, one bit a pixel, its resolution in pHYs; tones of pictures as dots (Floyd-Steinberg).

    Lines keep hard edges; they are no part of what is dithered.
    """
    burnt = _drawn(page, dpi, "".join(_lines(page))) < HALF
    for picture in _pictures(page, pixels or NoPixels()):
        tones = _drawn(page, dpi, picture)
        dots = Pixelmap.fromarray(tones, "L").convert("1", dither=Pixelmap.Dither.FLOYDSTEINBERG)
        # What the last dots were off by does not run out over the picture's edge.
        burnt |= ~np.asarray(dots) & (tones < CLEAR)
    file = io.BytesIO()
    Pixelmap.fromarray(~burnt).save(file, "PNG", dpi=(dpi, dpi), optimize=False)
    return file.getvalue()


def alone(scene: Scene, title: str) -> SheetPage:
    """A print area as a sheet of its own, for blanks that go into the machine one by one."""
    place = (Placement(scene, 0, 0),)
    return SheetPage(1, scene.width_mm, scene.height_mm, mirror=False, title=title, placements=place, output="laser")


def _drawn(page: SheetPage, dpi: int, inside: str) -> NDArray[np.uint8]:
    """The sheet in grey, white where nothing is drawn."""
    import pyvips  # noqa: PLC0415 - 40 MB that only a package with engraving needs

    across, down = (round(size / INCH_MM * dpi) for size in (page.width_mm, page.height_mm))
    size = f'width="{across}" height="{down}" viewBox="0 0 {page.width_mm:g} {page.height_mm:g}"'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" preserveAspectRatio="none" {size}>{inside}</svg>'
    drawn = pyvips.Image.svgload_buffer(svg.encode(), unlimited=True)
    grey = drawn.flatten(background=[255, 255, 255]).colourspace("b-w")[0]
    return np.frombuffer(bytes(grey.write_to_memory()), np.uint8).reshape(grey.height, grey.width)


def _lines(page: SheetPage) -> Iterator[str]:
    for place in page.placements:
        yield _placed(place, page, "".join(part for node in place.scene.nodes for part in _node(node, place.scene)))


def _pictures(page: SheetPage, pixels: Pixels) -> Iterator[str]:
    """Each alone: where two lie over each other, both are burnt."""
    for place in page.placements:
        for node in place.scene.nodes:
            if isinstance(node, Image):
                at = f'width="1" height="1" preserveAspectRatio="none" transform="{_matrix(node.matrix)}"'
                address = _address(ImageOps.invert(toned(pixels.whole(node.asset), node.tone or Tone())))
                yield _placed(place, page, f'<image {at} href="{address}"/>')


def _placed(place: Placement, page: SheetPage, drawn: str) -> str:
    return f'<g transform="{_matrix(place.onto_sheet(mirror=page.mirror))}">{drawn}</g>'


def _node(node: Node, scene: Scene) -> Iterator[str]:
    if isinstance(node, Glyphs):
        for key, by in node.placements:
            yield f'<path transform="{_matrix(by)}" d="{_d(scene.outlines[key])}"/>'
    elif isinstance(node, Path) and node.role == "art":
        ends = ' stroke-linecap="round" stroke-linejoin="round"' if node.round else ""
        line = f' stroke="#000" stroke-width="{node.width_mm:.4f}"{ends}' if node.stroke else ""
        yield f'<path fill="{"#000" if node.fill else "none"}"{line} d="{_d(node.data)}"/>'


def _address(grey: Pixelmap.Image) -> str:
    file = io.BytesIO()
    grey.save(file, "PNG", compress_level=1)
    return f"data:image/png;base64,{b64encode(file.getvalue()).decode()}"


def _d(path: PathData) -> str:
    return "".join(letter + " ".join(f"{number:.4f}" for number in numbers) for letter, numbers in path)


def _matrix(by: Affine) -> str:
    return "matrix(" + " ".join(f"{part:.7f}" for part in (by.a, by.b, by.c, by.d, by.e, by.f)) + ")"
