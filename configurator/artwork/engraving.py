"""What a laser engraves as pixels: a sheet at the machine's resolution, black where it burns."""

import io
from base64 import b64encode
from collections.abc import Iterator

from PIL import Image as Pixelmap

from configurator.artwork.pdf_sheet import Placement, SheetPage
from configurator.artwork.pictures import NoPixels, Pixels
from configurator.artwork.scene import Glyphs, Image, Node, Scene
from configurator.geometry import Affine, PathData

INCH_MM = 25.4


def engraved_png(page: SheetPage, dpi: int, pixels: Pixels | None = None) -> bytes:
    """PNG of the whole sheet with its resolution in pHYs: one bit a pixel, or grey where it holds pictures."""
    import pyvips  # noqa: PLC0415 - 40 MB that only a package with engraving needs

    drawn = pyvips.Image.svgload_buffer(_svg(page, dpi, pixels or NoPixels()).encode(), unlimited=True)
    grey = drawn.flatten(background=[255, 255, 255]).colourspace("b-w")[0]
    picture = Pixelmap.frombytes("L", (grey.width, grey.height), bytes(grey.write_to_memory()))
    if not any(isinstance(node, Image) for place in page.placements for node in place.scene.nodes):
        picture = picture.point(lambda light: 255 if light >= 128 else 0).convert("1")
    file = io.BytesIO()
    picture.save(file, "PNG", dpi=(dpi, dpi), optimize=False)
    return file.getvalue()


def alone(scene: Scene, title: str) -> SheetPage:
    """A print area as a sheet of its own, for blanks that go into the machine one by one."""
    place = (Placement(scene, 0, 0),)
    return SheetPage(1, scene.width_mm, scene.height_mm, mirror=False, title=title, placements=place, output="laser")


def _svg(page: SheetPage, dpi: int, pixels: Pixels) -> str:
    across, down = (round(size / INCH_MM * dpi) for size in (page.width_mm, page.height_mm))
    inside = "".join(_placed(place, page, pixels) for place in page.placements)
    size = f'width="{across}" height="{down}" viewBox="0 0 {page.width_mm:g} {page.height_mm:g}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" preserveAspectRatio="none" {size}>{inside}</svg>'


def _placed(place: Placement, page: SheetPage, pixels: Pixels) -> str:
    drawn = "".join(part for node in place.scene.nodes for part in _node(node, place.scene, pixels))
    return f'<g transform="{_matrix(place.onto_sheet(mirror=page.mirror))}">{drawn}</g>'


def _node(node: Node, scene: Scene, pixels: Pixels) -> Iterator[str]:
    if isinstance(node, Image):
        place = f'width="1" height="1" preserveAspectRatio="none" transform="{_matrix(node.matrix)}"'
        yield f'<image {place} href="{_address(pixels.whole(node.asset))}"/>'
    elif isinstance(node, Glyphs):
        for key, by in node.placements:
            yield f'<path transform="{_matrix(by)}" d="{_d(scene.outlines[key])}"/>'
    elif node.role == "art":
        ends = ' stroke-linecap="round" stroke-linejoin="round"' if node.round else ""
        line = f' stroke="#000" stroke-width="{node.width_mm:.4f}"{ends}' if node.stroke else ""
        yield f'<path fill="{"#000" if node.fill else "none"}"{line} d="{_d(node.data)}"/>'


def _address(content: bytes) -> str:
    """The picture itself, at full resolution."""
    media = "image/png" if content.startswith(b"\x89PNG") else "image/jpeg"
    return f"data:{media};base64,{b64encode(content).decode()}"


def _d(path: PathData) -> str:
    return "".join(letter + " ".join(f"{number:.4f}" for number in numbers) for letter, numbers in path)


def _matrix(by: Affine) -> str:
    return "matrix(" + " ".join(f"{part:.7f}" for part in (by.a, by.b, by.c, by.d, by.e, by.f)) + ")"
