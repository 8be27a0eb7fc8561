"""The preview as Chromium shows it against the print file as a PDF rasteriser draws it, measured in pixels."""

import base64
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import groupby, islice
from math import ceil, isqrt

import numpy as np
import pypdfium2
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from configurator.artwork.pdf import proof_pdf
from configurator.artwork.scene import Glyphs, Ink, Path, Scene
from configurator.artwork.svg import flat_svg
from configurator.geometry import Affine, Box, mapped
from tests.browser.running import QUIET, chromium

PIXELS, CLOSER = 300_000, 14_000_000
"""About how many a picture has, whatever its millimetres; at most how many when it is looked at closer."""
GOOD, FEW = 0.9956, 0.008
"""With less agreement, or with more pixels apart, a picture is looked at closer: what two rasterisers make of an edge
shrinks with the pixels, a shift does not."""
SHEET = (6144, 4608)
"""Pixels of the browser's window, which shows many pictures at once."""
BITS = 3
BLACK, WHITE = Ink("black", "#000000", (1, 1, 1, 1)), Ink("white", "#ffffff", (0, 0, 0, 0))

Coverage = np.ndarray
"""How much of each pixel is black, 0 to 1."""


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
    """A scene in black and white to be drawn at px pixels a millimetre."""

    scene: Scene
    px: int

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels, whole ones."""
        return round(self.scene.width_mm * self.px), round(self.scene.height_mm * self.px)


def tasks(scene: Scene) -> tuple[Task, ...]:
    """The scene with its inks black or white, so often that each differs from its neighbours once, to be drawn."""
    px = max(2, isqrt(int(PIXELS / scene.width_mm / scene.height_mm)))
    return tuple(Task(one, px) for one in in_black_and_white(scene))


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


def compared_scenes(scenes: Sequence[Scene], page: Page) -> list[Agreement]:
    """How far preview and print file of each scene agree, ink by ink."""
    drawn = [tasks(scene) for scene in scenes]
    found = iter(compared([task for each in drawn for task in each], page))
    return [together(islice(found, len(each))) for each in drawn]


def closer(task: Task, one: Coverage, other: Coverage, found: Agreement) -> Task:
    """What either shows of the scene, alone, at so many more pixels that edges stop to matter."""
    box = ink_box(np.maximum(one, other), task.px).grown(0.5)
    left, top = max(0.0, box.left), max(0.0, box.top)
    width, height = min(task.scene.width_mm, box.right) - left, min(task.scene.height_mm, box.bottom) - top
    wanted = ceil(task.px * max((1 - found.iou) / (1 - GOOD), found.differing / FEW) * 1.15)
    px = min(wanted, isqrt(int(CLOSER / width / height)), int(SHEET[0] / (width + 1)), int(SHEET[1] / (height + 1)))
    return cropped(task.scene, Box(left, top, left + width, top + height), task.scene.nodes, px)


def box_tasks(scene: Scene, room_mm: float = 2.0) -> dict[int, Task]:
    """For every text its letters alone, in black, with a little room round them."""
    drawn = {}
    for node in scene.nodes:
        box = scene.boxes.get(node.element) if isinstance(node, Glyphs) else None
        if box and node.element and isinstance(node, Glyphs):
            around = box.grown(room_mm)
            px = min(20, max(8, isqrt(int(PIXELS / around.width / around.height))))
            drawn[node.element] = cropped(scene, around, (replace(node, ink=BLACK),), px)
    return drawn


def cropped(scene: Scene, box: Box, nodes: Sequence[Glyphs | Path], px: int) -> Task:
    """These nodes of a scene within a box, as a scene of whole millimetres, so that both draw it on whole pixels."""
    moved = tuple(shifted(node, -box.left, -box.top) for node in nodes)
    width, height = float(ceil(box.width)), float(ceil(box.height))
    return Task(replace(scene, width_mm=width, height_mm=height, bleed_mm=0, nodes=moved, cut=()), px)


def in_black_and_white(scene: Scene) -> Iterator[Scene]:
    """Ink n is black where the binary number n has a one; beyond seven inks some are alike."""
    used = [(node.ink,) if isinstance(node, Glyphs) else (node.fill, node.stroke) for node in scene.nodes]
    inks = sorted({ink for pair in used for ink in pair if ink}, key=lambda ink: (ink.key, ink.rgb))
    numbers = {ink: at % (2**BITS - 1) + 1 for at, ink in enumerate(inks)}
    for bit in range(max(numbers.values(), default=0).bit_length()):
        black = {ink for ink, number in numbers.items() if number >> bit & 1}
        yield replace(scene, nodes=tuple(_recoloured(node, black) for node in scene.nodes), cut=())


def shifted(node: Glyphs | Path, across: float, down: float) -> Glyphs | Path:
    """The node moved by millimetres."""
    by = Affine.shifted(across, down)
    if isinstance(node, Glyphs):
        return replace(node, placements=tuple((key, by.after(at)) for key, at in node.placements))
    return replace(node, data=mapped(node.data, by))


def printed(drawn: Sequence[Task]) -> Iterator[Coverage]:
    """Each as the print file's trimmed page, rasterised by PDFium."""
    pdf = pypdfium2.PdfDocument(proof_pdf([task.scene for task in drawn], title="golden"))
    for page, task in zip(pdf, drawn, strict=True):
        edge = round(task.scene.bleed_mm * task.px)
        # A hair less: PDFium stretches a page to whole pixels, upwards.
        drawn_page = page.render(scale=task.px * 25.4 / 72 * (1 - 5e-5), grayscale=True)
        whole = drawn_page.to_numpy().reshape(drawn_page.height, drawn_page.width)
        width, height = task.size
        yield coverage(whole[edge : edge + height, edge : edge + width])
    pdf.close()


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
        sheet = _screenshot(page)
        for task, (_, left, top) in pairs:
            width, height = task.size
            yield coverage(sheet[top : top + height, left : left + width])


def coverage(grey: np.ndarray) -> Coverage:
    """From grey levels, black 0 and white 255."""
    return 1 - grey.astype(np.float32) / 255


def agreement(one: Coverage, other: Coverage, px: int) -> Agreement:
    """How far two pictures of px pixels a millimetre agree."""
    both, either = (float(part.sum()) / px**2 for part in (np.minimum(one, other), np.maximum(one, other)))
    return Agreement(both, either, float((abs(one - other) > 0.25).mean()))


def together(parts: Iterable[Agreement]) -> Agreement:
    """All inks of a scene, each with its area."""
    found = list(parts)
    return Agreement(
        sum(part.both for part in found),
        sum(part.either for part in found),
        max((part.differing for part in found), default=0.0),
    )


def ink_box(picture: Coverage, px: int) -> Box:
    """Where ink begins and ends, in mm, to a fraction of a pixel: what of an edge's pixel is covered counts."""
    across, down = picture.max(axis=0), picture.max(axis=1)
    (left, right), (top, bottom) = _ends(across), _ends(down)
    return Box(left / px, top / px, right / px, bottom / px)


def _ends(profile: Coverage) -> tuple[float, float]:
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
    svg = flat_svg(task.scene, id_prefix=f"s{number}-{left}-{top}-", guides=False)
    right, bottom = task.size
    where = f"position:absolute;left:{left}px;top:{top}px;width:{right}px;height:{bottom}px;overflow:hidden"
    drawn = svg.replace("<svg", f'<svg style="display:block" width="{width:g}" height="{height:g}"', 1)
    return f'<div style="{where}">{drawn}</div>'


def _screenshot(page: Page) -> np.ndarray:
    session = page.context.new_cdp_session(page)
    taken = session.send("Page.captureScreenshot", {"format": "png", "optimizeForSpeed": True})
    session.detach()
    with Image.open(io.BytesIO(base64.b64decode(taken["data"]))) as picture:
        return np.asarray(picture.convert("L"))


def _recoloured(node: Glyphs | Path, black: set[Ink]) -> Glyphs | Path:
    def colour(ink: Ink | None) -> Ink | None:
        return ink and (BLACK if ink in black else WHITE)

    if isinstance(node, Glyphs):
        return replace(node, ink=BLACK if node.ink in black else WHITE)
    return replace(node, fill=colour(node.fill), stroke=colour(node.stroke))
