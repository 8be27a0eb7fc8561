"""Scenes to embroider, and what their stitches come to when a machine's file is read back."""

import io
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pyembroidery
import shapely
from PIL import Image, ImageDraw
from shapely.geometry.base import BaseGeometry

from configurator.artwork.dxf_areas import Areas
from configurator.artwork.elements import Element
from configurator.artwork.layout import lay_out
from configurator.artwork.scene import Scene
from configurator.artwork.stitches import stitches
from configurator.blanks.blank import Area
from configurator.blanks.methods import InkSpec, Method, Sewing, Stitching
from tests.artwork.workbench import FLAT, PLAIN, PRINT, SHOP, area, blank, book, text

THREADS = (
    InkSpec("ivory", "Ivory", "#f2ead6", (0, 0, 0, 0), "Madeira 1682", "thread"),
    InkSpec("sun", "Sun yellow", "#f2c233", (0, 0.2, 0.9, 0), "Madeira 1770", "thread"),
    InkSpec("black", "Black", "#191b1d", (0, 0, 0, 1), "Madeira 1800", "thread"),
)
HOW = Stitching()
EMBROIDERY = Method(
    "thread",
    "Embroidery",
    THREADS,
    least_text_mm=5,
    least_stroke_mm=1,
    output="stitch",
    most_inks=2,
    sewing=Sewing(HOW, price=80, per_min=750, field_mm=(200, 100)),
)
STITCHED_SHOP = replace(SHOP, methods={"print": PRINT, "thread": EMBROIDERY})
CLOTH = area(method="thread", size_mm=(200.0, 80.0), bleed_mm=0.0, surface=FLAT)
SCALE = 20
"""Pixels a millimetre."""
THREAD_MM = 0.4

Move = tuple[int, tuple[int, int], tuple[int, int]]


def embroidered(*elements: Element, on: tuple[Area, ...] = (CLOTH,), shapes: dict[str, str] | None = None) -> Scene:
    """Elements on the first of some areas, laid out to be embroidered."""
    return lay_out(elements, blank(*on, shapes=shapes), PLAIN, STITCHED_SHOP, book())[0]


def lettering(words: str, font: str, size_mm: float, **more: object) -> Scene:
    """A line of text, embroidered."""
    return embroidered(text(words, font=font, size_mm=size_mm, ink="ivory", **more))


def area_of(scene: Scene) -> BaseGeometry:
    """What is to be covered, in mm."""
    return shapely.union_all(Areas().engraved(scene))


def segments(scene: Scene, *, top: bool = False) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """Every stitch in mm; top: only those that are seen."""
    for block in stitches(scene).blocks:
        for run in block.runs:
            points = [(x / 10, y / 10) for x, y in run.points.tolist()]
            for (start, end), seen in zip(pairwise(points), run.top[1:].tolist(), strict=True):
                if seen or not top:
                    yield start, end


def covered_share(scene: Scene) -> float:
    """Intersection over union of the outlines, drawn out by the pull, and the thread that lies on top."""
    size = (round(scene.width_mm * SCALE), round(scene.height_mm * SCALE))
    wanted, sewn_ = Image.new("1", size), Image.new("1", size)
    draw = ImageDraw.Draw(wanted)
    for part in shapely.get_parts(area_of(scene).buffer(HOW.pull_mm)):
        draw.polygon([(x * SCALE, y * SCALE) for x, y in part.exterior.coords], fill=1)
        for hole in part.interiors:
            draw.polygon([(x * SCALE, y * SCALE) for x, y in hole.coords], fill=0)
    draw = ImageDraw.Draw(sewn_)
    for start, end in segments(scene, top=True):
        line = [(x * SCALE, y * SCALE) for x, y in (start, end)]
        draw.line(line, fill=1, width=round(THREAD_MM * SCALE))
    a, b = np.asarray(wanted), np.asarray(sewn_)
    return float((a & b).sum() / max((a | b).sum(), 1))


def moves(file: bytes, kind: str) -> list[Move]:
    """Every move of a machine file as pyembroidery reads it: (command, from, to) in tenths of a millimetre."""
    read = {"pes": pyembroidery.read_pes, "dst": pyembroidery.read_dst}[kind]
    pattern = read(io.BytesIO(file))
    places = [(0, 0), *((round(x), round(y)) for x, y, _ in pattern.stitches)]
    commands = [command & pyembroidery.COMMAND_MASK for *_, command in pattern.stitches]
    return [(command, *pair) for command, pair in zip(commands, pairwise(places), strict=True)]


def colours(file: bytes) -> list[str]:
    """The threads of a PES file, in order."""
    return [thread.hex_color() for thread in pyembroidery.read_pes(io.BytesIO(file)).threadlist]
