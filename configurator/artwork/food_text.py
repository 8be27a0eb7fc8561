"""The legal food text, set into its area: as large as it fits, never smaller than the law allows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from configurator.artwork.elements import Text
from configurator.artwork.fonts import Face, FontBook
from configurator.artwork.inking import Pens
from configurator.artwork.outlines import joined_boxes
from configurator.artwork.scene import Finding, Glyphs, Ink
from configurator.artwork.setting import SetText, set_text
from configurator.artwork.text import shaped_line
from configurator.blanks.blank import Area, Blank
from configurator.blanks.food import food_label
from configurator.geometry import Affine
from configurator.options.model import Configuration

LEAST_X_MM, SMALL_X_MM, SMALL_PACK_CM2 = 1.2, 0.9, 80
"""Height of the small x: EU 1169/2011, article 13 (2) and (3)."""
NET_DIGITS_MM = ((50, 2.0), (200, 3.0), (1000, 4.0))
"""Height of the net quantity's digits up to so many grams; 6 mm above: directive 76/211/EEC, annex I, 3.1."""
NET = re.compile(r"Net weight (\d+) g")
MOST_X_MM = 1.75
TITLE = 1.5
LEADING, GAP = 1.3, 0.3
ASCENT = 0.95
"""From the top of a line to its baseline, as a share of the size: room for Å."""
STEP_MM = 0.05


def set_food_text(
    area: Area, blank: Blank, configuration: Configuration, ink: Ink, fonts: FontBook
) -> tuple[SetText, Finding | None]:
    """The text as one node of element 0, and an error when it does not fit at the least size."""
    return _set(area, food_label(blank, configuration), _least_x(blank), ink, fonts)


def _least_x(blank: Blank) -> float:
    return SMALL_X_MM if blank.size_mm[0] * blank.size_mm[1] / 100 < SMALL_PACK_CM2 else LEAST_X_MM


@lru_cache(maxsize=256)
def _set(
    area: Area, paragraphs: tuple[str, ...], least_x: float, ink: Ink, fonts: FontBook
) -> tuple[SetText, Finding | None]:
    face = fonts.plain_face
    block = _Block(area.size_mm[0] - 2 * area.safe_mm, face, fonts)
    height = area.size_mm[1] - 2 * area.safe_mm
    least, size = least_x / face.x_height, MOST_X_MM / face.x_height
    lines, long = block.set(paragraphs, size)
    while long > height and size - STEP_MM >= least:
        size -= STEP_MM
        lines, long = block.set(paragraphs, size)
    finding = None
    if long > height:
        finding = Finding("error", 0, f"What the law asks for does not fit on {area.label}: choose fewer ingredients.")
    moved = (
        replace(line, area=area.key, x_mm=line.x_mm + area.safe_mm, y_mm=line.y_mm + area.safe_mm) for line in lines
    )
    return _joined([set_text(line, 0, Pens(ink), fonts) for line in moved], ink), finding


@dataclass(frozen=True, slots=True)
class _Block:
    """Paragraphs set flush left from 0, 0 in a column; right-to-left text would stand flush left too."""

    width: float
    face: Face
    fonts: FontBook

    def set(self, paragraphs: Sequence[str], usual: float) -> tuple[list[Text], float]:
        """The lines and how far down they reach, in mm."""
        lines: list[Text] = []
        top = 0.0
        for i, paragraph in enumerate(paragraphs):
            size = self._size(paragraph, usual, first=i == 0)
            for words in self._wrapped(paragraph, self.width / size):
                x = _width(words, self.face, self.fonts) * size / 2
                lines.append(Text("", words, self.face.key, size, "", x, top + ASCENT * size))
                top += LEADING * size
            top += GAP * usual
        return lines, top - GAP * usual

    def _size(self, paragraph: str, usual: float, *, first: bool) -> float:
        net = NET.fullmatch(paragraph)
        if net:
            digits = next((high for grams, high in NET_DIGITS_MM if int(net.group(1)) <= grams), 6.0)
            return max(usual, (digits + 0.02) / self.face.cap_height)
        return usual * TITLE if first else usual

    def _wrapped(self, paragraph: str, width: float) -> list[str]:
        """Lines of at most `width` times the size, broken at spaces."""
        space = _width("a a", self.face, self.fonts) - 2 * _width("a", self.face, self.fonts)
        lines: list[str] = []
        used = width + 1
        for word in paragraph.split():
            long = _width(word, self.face, self.fonts)
            if used + space + long <= width:
                lines[-1] += f" {word}"
                used += space + long
            else:
                lines.append(word)
                used = long
        return lines


def _width(text: str, face: Face, fonts: FontBook) -> float:
    return sum(cluster.advance for cluster in shaped_line(text, face.key, fonts).clusters)


def _joined(texts: Sequence[SetText], ink: Ink) -> SetText:
    first = texts[0]
    return SetText(
        nodes=(Glyphs(tuple(place for text in texts for place in _placements(text)), ink, 0),),
        outlines={key: path for text in texts for key, path in text.outlines.items()},
        box=joined_boxes([text.box for text in texts if text.box]),
        frame=None,
        size_mm=first.size_mm,
        cap_mm=first.cap_mm,
        turn_share=0,
        unspaced=False,
        missing=tuple(cluster for text in texts for cluster in text.missing),
    )


def _placements(text: SetText) -> tuple[tuple[str, Affine], ...]:
    return tuple(place for node in text.nodes if isinstance(node, Glyphs) for place in node.placements)
