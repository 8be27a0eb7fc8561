"""The legal food text, set into its area: as large as it fits, never smaller than the law allows."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from configurator.artwork.elements import Text
from configurator.artwork.fonts import Face, FontBook
from configurator.artwork.outlines import joined_boxes
from configurator.artwork.scene import Finding, Glyphs, Ink
from configurator.artwork.setting import SetText, set_text
from configurator.artwork.text import shaped_line
from configurator.blanks.blank import Area, Blank
from configurator.blanks.food import food_label
from configurator.options.model import Configuration

LEAST_X_MM, SMALL_X_MM, SMALL_PACK_CM2 = 1.2, 0.9, 80
"""Height of the small x: EU 1169/2011, article 13 (2) and (3)."""
MOST_X_MM = 1.6
LEADING = 1.32
ASCENT = 0.95
"""From the top of the safe zone to the first baseline, as a share of the size: room for Å."""
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
    face = next(iter(fonts.faces.values()))
    width, height = area.size_mm[0] - 2 * area.safe_mm, area.size_mm[1] - 2 * area.safe_mm
    least, size = least_x / face.x_height, MOST_X_MM / face.x_height
    lines = _wrapped(paragraphs, width / size, face, fonts)
    while len(lines) * LEADING * size > height and size - STEP_MM >= least:
        size -= STEP_MM
        lines = _wrapped(paragraphs, width / size, face, fonts)
    finding = None
    if len(lines) * LEADING * size > height:
        finding = Finding("error", 0, f"What the law asks for does not fit on {area.label}: choose fewer ingredients.")
    return _joined([set_text(line, 0, ink, fonts) for line in _lines(lines, size, area, face, fonts)]), finding


def _wrapped(paragraphs: Sequence[str], width: float, face: Face, fonts: FontBook) -> list[str]:
    """Lines of at most `width` times the size, broken at spaces."""
    space = _width("a a", face, fonts) - 2 * _width("a", face, fonts)
    lines: list[str] = []
    for paragraph in paragraphs:
        used = width + 1
        for word in paragraph.split():
            long = _width(word, face, fonts)
            if used + space + long <= width:
                lines[-1] += f" {word}"
                used += space + long
            else:
                lines.append(word)
                used = long
    return lines


def _width(text: str, face: Face, fonts: FontBook) -> float:
    return sum(cluster.advance for cluster in shaped_line(text, face.key, fonts).clusters)


def _lines(lines: Sequence[str], size: float, area: Area, face: Face, fonts: FontBook) -> Iterator[Text]:
    """Flush left, from the top of the safe zone; right-to-left text would stand flush left too."""
    for i, line in enumerate(lines):
        x = area.safe_mm + _width(line, face, fonts) * size / 2
        y = area.safe_mm + size * (ASCENT + i * LEADING)
        yield Text(area.key, line, face.key, size, "", x, y)


def _joined(texts: Sequence[SetText]) -> SetText:
    first = texts[0]
    return SetText(
        node=Glyphs(tuple(place for text in texts for place in text.node.placements), first.node.ink, 0),
        outlines={key: path for text in texts for key, path in text.outlines.items()},
        box=joined_boxes([text.box for text in texts if text.box]),
        size_mm=first.size_mm,
        cap_mm=first.cap_mm,
        turn_share=0,
        unspaced=False,
        missing=tuple(cluster for text in texts for cluster in text.missing),
    )
