"""The preview as Chromium shows it against the print file as a PDF rasteriser draws it, measured in pixels."""

import base64
import io
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from math import ceil, isqrt
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pypdfium2
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from configurator.artwork.pdf import proof_pdf
from configurator.artwork.pictures import page_href
from configurator.artwork.scene import Glyphs, Ink, Node, Scene
from configurator.artwork.scene import Image as Picture
from configurator.artwork.svg import flat_svg
from configurator.geometry import Affine, Box, mapped
from tests.artwork.golden_pictures import Gallery
from tests.browser.running import QUIET, chromium

PIXELS, CLOSER = 300_000, 14_000_000
"""About how many a picture has, whatever its millimetres; at most how many when it is looked at closer."""
GOOD, FEW = 0.9956, 0.008
"""With less agreement, or with more pixels apart, a picture is looked at closer: what two rasterisers make of an edge
shrinks with the pixels, a shift does not."""
SHEET = (6144, 4608)
"""Pixels of the browser's window, which shows many pictures at once."""
BITS = 3
"""Planes in which inks are told apart: the browser shows all of them at once, as red, green and blue."""
BLACK, WHITE = Ink("black", "#000000", (1, 1, 1, 1)), Ink("white", "#ffffff", (0, 0, 0, 0))

Coverage = np.ndarray
"""How much of each pixel is black, 0 to FULL, plane by plane."""
GHOSTSCRIPT = shutil.which("gs")
FULL = np.uint8(255)


@dataclass(frozen=True, slots=True)
class Agreement:
    """both, either: mm² of ink that both pictures show, that either shows. differing: of pixels, a quarter apart."""

    both: float
    either: float
    differing: float

    @property
    def iou(self) -> float:
        """Intersection over union, by area."""
        return self.both / self.either if self.either else 1.0


@dataclass(frozen=True, slots=True)
class Task:
    """A scene in the colours of `coded`, to be drawn at px pixels a millimetre. gallery: where its pictures are."""

    scene: Scene
    px: int
    gallery: Gallery | None = None

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels, whole ones."""
        return round(self.scene.width_mm * self.px), round(self.scene.height_mm * self.px)

    @property
    def planes(self) -> int:
        """How many it takes to tell its inks apart."""
        return max((code(ink).bit_length() for ink in inks_of(self.scene)), default=1)

    @property
    def pictured(self) -> bool:
        """Whether it holds pictures: the press has no black like that of letters for them, so ink is told by half."""
        return any(isinstance(node, Picture) for node in self.scene.nodes)


def task(scene: Scene, gallery: Gallery | None = None) -> Task:
    """The scene to be drawn, so coarse that a shift shows, but many fit on a sheet."""
    return Task(coded(scene), max(2, isqrt(int(PIXELS / scene.width_mm / scene.height_mm))), gallery)


def compared(drawn: Sequence[Task], page: Page) -> list[Agreement]:
    """How far preview and print file agree, each at as many pixels as it takes to tell, at most CLOSER."""
    found, near = [], {}
    for at, (task, one, other) in enumerate(zip(drawn, shown(drawn, page), printed(drawn), strict=True)):
        found.append(agreement(one, other, task.px))
        if found[at].iou < GOOD or found[at].differing > FEW:
            look = closer(task, one, other, found[at])
            near |= {at: look} if look.px > task.px else {}
    if near:
        for at, better in zip(near, compared(list(near.values()), page), strict=True):
            found[at] = better
    return found


def compared_scenes(scenes: Sequence[Scene], page: Page, gallery: Gallery | None = None) -> list[Agreement]:
    """How far preview and print file of each scene agree, ink by ink."""
    return compared([task(scene, gallery) for scene in scenes], page)


def closer(task: Task, one: Coverage, other: Coverage, found: Agreement) -> Task:
    """What either shows of the scene, alone, at so many more pixels that edges stop to matter."""
    box = ink_box(np.maximum(one, other).max(axis=0), task.px).grown(0.5)
    left, top = max(0.0, box.left), max(0.0, box.top)
    width, height = min(task.scene.width_mm, box.right) - left, min(task.scene.height_mm, box.bottom) - top
    wanted = ceil(task.px * max((1 - found.iou) / (1 - GOOD), found.differing / FEW) * 1.15)
    px = min(wanted, isqrt(int(CLOSER / width / height)), int(SHEET[0] / (width + 1)), int(SHEET[1] / (height + 1)))
    seen = Box(left, top, left + width, top + height)
    return replace(cropped(task.scene, seen, task.scene.nodes, px), gallery=task.gallery)


def box_tasks(scene: Scene, room_mm: float = 2.0) -> dict[int, Task]:
    """For every text and shape what is drawn of it alone, in one ink, with a little room round it."""
    drawn = {}
    for number, box in scene.boxes.items():
        own = [_recoloured(node, lambda _: _code(1)) for node in scene.nodes if node.element == number]
        if number and own and not any(isinstance(node, Picture) for node in own):
            around = box.grown(room_mm)
            px = min(20, max(8, isqrt(int(PIXELS / around.width / around.height))))
            drawn[number] = cropped(scene, around, own, px)
    return drawn


def cropped(scene: Scene, box: Box, nodes: Sequence[Node], px: int) -> Task:
    """These nodes of a scene within a box, as a scene of whole millimetres, so that both draw it on whole pixels."""
    moved = tuple(shifted(node, -box.left, -box.top) for node in nodes)
    width, height = float(ceil(box.width)), float(ceil(box.height))
    return Task(replace(scene, width_mm=width, height_mm=height, bleed_mm=0, nodes=moved, cut=()), px)


def coded(scene: Scene) -> Scene:
    """Its inks numbered from 1: plane b is black where number b has a one. Beyond seven some are alike."""
    inks = sorted(inks_of(scene), key=lambda ink: (ink.key, ink.rgb))
    numbers = {ink: at % (2**BITS - 1) + 1 for at, ink in enumerate(inks)}
    nodes = tuple(_recoloured(node, lambda ink: _code(numbers[ink])) for node in scene.nodes)
    return replace(scene, nodes=nodes, cut=())


def inks_of(scene: Scene) -> set[Ink]:
    """All that its nodes are drawn in."""
    drawn = [node for node in scene.nodes if not isinstance(node, Picture)]
    used = [(node.ink,) if isinstance(node, Glyphs) else (node.fill, node.stroke) for node in drawn]
    return {ink for pair in used for ink in pair if ink}


def code(ink: Ink) -> int:
    """The number that its colour tells."""
    return sum(1 << bit for bit in range(BITS) if ink.rgb[1 + 2 * bit : 3 + 2 * bit] == "00")


@lru_cache(maxsize=2**BITS)
def _code(number: int) -> Ink:
    channels = ("00" if number >> bit & 1 else "ff" for bit in range(BITS))
    return Ink(f"code {number}", f"#{''.join(channels)}", (0, 0, 0, 0))


def plane(scene: Scene, bit: int) -> Scene:
    """One plane of a coded scene."""
    nodes = (_recoloured(node, lambda ink: BLACK if code(ink) >> bit & 1 else WHITE) for node in scene.nodes)
    return replace(scene, nodes=tuple(nodes))


def shifted(node: Node, across: float, down: float) -> Node:
    """The node moved by millimetres."""
    by = Affine.shifted(across, down)
    if isinstance(node, Glyphs):
        return replace(node, placements=tuple((key, by.after(at)) for key, at in node.placements))
    if isinstance(node, Picture):
        return replace(node, matrix=by.after(node.matrix))
    return replace(node, data=mapped(node.data, by))


def printed(drawn: Sequence[Task]) -> Iterator[Coverage]:
    """Each as the print file's trimmed page, plane by plane, rasterised.

    By PDFium, which lays turned pictures up to three pixels off; pictures by Ghostscript.
    """
    for each in drawn:
        scenes = [plane(each.scene, bit) for bit in range(each.planes)]
        file = proof_pdf(scenes, title="golden", pixels=each.gallery)
        yield covered(each, np.stack(_by_ghostscript(file, each) if each.pictured else _by_pdfium(file, each)))


def _by_pdfium(file: bytes, task: Task) -> list[np.ndarray]:
    pages = []
    with closing(pypdfium2.PdfDocument(file)) as pdf:
        for page in pdf:
            # A hair less: PDFium stretches a page to whole pixels, upwards.
            drawn = page.render(scale=task.px * 25.4 / 72 * (1 - 5e-5), grayscale=True)
            pages.append(_trimmed(drawn.to_numpy().reshape(drawn.height, drawn.width), task))
    return pages


def _by_ghostscript(file: bytes, task: Task) -> list[np.ndarray]:
    with TemporaryDirectory() as folder:
        smooth = ("-dTextAlphaBits=4", "-dGraphicsAlphaBits=4", f"-r{task.px * 25.4}")
        command = ["gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=pnggray", *smooth, f"-o{folder}/%02d.png", "-"]
        subprocess.run(command, input=file, check=True, capture_output=True, timeout=120)
        return [_trimmed(np.asarray(Image.open(path).convert("L")), task) for path in sorted(Path(folder).iterdir())]


def _trimmed(whole: np.ndarray, task: Task) -> np.ndarray:
    edge, (width, height) = round(task.scene.bleed_mm * task.px), task.size
    return whole[edge : edge + height, edge : edge + width]


@contextmanager
def browser_page() -> Iterator[Page]:
    """One Chromium, one window as large as a sheet."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(QUIET))
        yield browser.new_page(viewport={"width": SHEET[0], "height": SHEET[1]})
        browser.close()


def shown(drawn: Sequence[Task], page: Page) -> Iterator[Coverage]:
    """Each as the browser shows the flat preview, many to a screenshot, in their order."""
    places = list(_placed([task.size for task in drawn]))
    for _, group in groupby(zip(drawn, places, strict=True), key=lambda pair: pair[1][0]):
        pairs = list(group)
        page.set_content("".join(_picture(task, place) for task, place in pairs))
        page.evaluate("Promise.all([...document.querySelectorAll('image')].map(each => each.decode()))")
        sheet = screenshot(page)
        for task, (_, left, top) in pairs:
            width, height = task.size
            colours = sheet[top : top + height, left : left + width, : task.planes]
            yield covered(task, np.moveaxis(colours, 2, 0))


def covered(task: Task, levels: np.ndarray) -> Coverage:
    """From levels, black 0 and white 255."""
    return np.where(levels < 128, FULL, np.uint8(0)) if task.pictured else FULL - levels


def agreement(one: Coverage, other: Coverage, px: int) -> Agreement:
    """How far two pictures of px pixels a millimetre agree."""
    low, high = np.minimum(one, other), np.maximum(one, other)
    both, either = (float(part.sum(dtype=np.int64)) / 255 / px**2 for part in (low, high))
    return Agreement(both, either, float((high - low > 64).mean(axis=(1, 2)).max()))


def ink_box(picture: np.ndarray, px: int) -> Box:
    """Where ink begins and ends, in mm, to a fraction of a pixel: what of an edge's pixel is covered counts."""
    across, down = picture.max(axis=0) / 255, picture.max(axis=1) / 255
    (left, right), (top, bottom) = _ends(across), _ends(down)
    return Box(left / px, top / px, right / px, bottom / px)


def _ends(profile: np.ndarray) -> tuple[float, float]:
    inked = np.flatnonzero(profile > 0.02)
    first, last = int(inked[0]), int(inked[-1])
    return first + 1 - float(profile[first]), last + float(profile[last])


def _placed(sizes: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """(sheet, left, top) of pictures laid in rows, in their order."""
    sheet = left = top = row = 0
    for width, height in sizes:
        if left + width > SHEET[0]:
            left, top, row = 0, top + row, 0
        if top + height > SHEET[1]:
            sheet, left, top, row = sheet + 1, 0, 0, 0
        yield sheet, left, top
        left, row = left + width, max(row, height)


def _picture(task: Task, place: tuple[int, int, int]) -> str:
    number, left, top = place
    width, height = task.scene.width_mm * task.px, task.scene.height_mm * task.px
    href = task.gallery.href if task.gallery else page_href
    svg = flat_svg(task.scene, id_prefix=f"s{number}-{left}-{top}-", guides=False, href=href)
    right, bottom = task.size
    where = f"position:absolute;left:{left}px;top:{top}px;width:{right}px;height:{bottom}px;overflow:hidden"
    drawn = svg.replace("<svg", f'<svg style="display:block" width="{width:g}" height="{height:g}"', 1)
    return f'<div style="{where}">{drawn}</div>'


def screenshot(page: Page) -> np.ndarray:
    """What the window shows, red, green and blue."""
    session = page.context.new_cdp_session(page)
    taken = session.send("Page.captureScreenshot", {"format": "png", "optimizeForSpeed": True})
    session.detach()
    with Image.open(io.BytesIO(base64.b64decode(taken["data"]))) as picture:
        return np.asarray(picture.convert("RGB"))


def _recoloured(node: Node, colour: Callable[[Ink], Ink]) -> Node:
    if isinstance(node, Glyphs):
        return replace(node, ink=colour(node.ink))
    if isinstance(node, Picture):
        return node
    return replace(node, fill=node.fill and colour(node.fill), stroke=node.stroke and colour(node.stroke))
