"""Letters and codes for marks: one line of plain Latin in the house face, QR codes as rectangles. No fonts in files."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

import segno

from configurator.artwork.fonts import Face
from configurator.artwork.scene import Glyphs, Ink, Path
from configurator.blanks.shop import Font
from configurator.geometry import Affine, Box, Command, PathData

FACE = Font("marks", "Archivo", "fontpkg_archivo", "Archivo[wdth,wght].ttf", {"wght": 550, "wdth": 92})

Drawn = tuple[Sequence[Glyphs | Path], Box]
"""Nodes and the box they cover."""


def lettering(text: str, size: float, at: tuple[float, float], ink: Ink) -> Drawn:
    """One line in the marks' face, its baseline starting at `at`; the box is its advance by its capitals' height."""
    face, (left, baseline) = _face(), at
    scale, pen = size / face.units, 0.0
    placements = []
    text = "".join(char if face.has(char) else "·" for char in text) or " "
    for glyph, _, advance, x, y in face.shaped(text, 0, len(text), script="Latn", rtl=False):
        place = Affine(scale, 0, 0, -scale, left + (pen + x) * scale, baseline - y * scale)
        placements.append((str(glyph), place))
        pen += advance
    box = Box(left, baseline - size * 0.78, left + pen * scale, baseline + size * 0.2)
    return [Glyphs(tuple(placements), ink, 0)], box


def letters_of(nodes: Sequence[Glyphs | Path]) -> Mapping[str, PathData]:
    """The outlines that lettering refers to."""
    keys = [key for node in nodes if isinstance(node, Glyphs) for key, _ in node.placements]
    return {key: _face().outline(int(key)) for key in keys}


def qr_modules(text: str, box: Box) -> PathData:
    """The dark modules of a QR code that fills a square box, as one path of horizontal runs."""
    rows = [bytes(row) for row in segno.make_qr(text, error="m").matrix]
    module = box.width / len(rows)
    data: list[Command] = []
    for y, row in enumerate(rows):
        for start, end in _runs(row):
            data += _rectangle(
                Box(
                    box.left + start * module,
                    box.top + y * module,
                    box.left + end * module,
                    box.top + (y + 1) * module,
                )
            )
    return tuple(data)


def _runs(row: bytes) -> Iterator[tuple[int, int]]:
    start = None
    for x, dark in enumerate((*row, 0)):
        if dark and start is None:
            start = x
        elif not dark and start is not None:
            yield start, x
            start = None


def _rectangle(box: Box) -> list[Command]:
    return [
        ("M", (box.left, box.top)),
        ("L", (box.right, box.top)),
        ("L", (box.right, box.bottom)),
        ("L", (box.left, box.bottom)),
        ("Z", ()),
    ]


@lru_cache(maxsize=1)
def _face() -> Face:
    return Face(FACE)
