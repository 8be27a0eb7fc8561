"""Which ink draws which letter: all in the text's own, emoji in their colours or as lines."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from configurator.artwork.emoji import KEY, EmojiFace, line_share
from configurator.artwork.inks import process_ink
from configurator.artwork.scene import Ink
from configurator.artwork.text import Line
from configurator.blanks.methods import Colours
from configurator.geometry import Affine, PathData

Placements = tuple[tuple[str, Affine], ...]


@dataclass(frozen=True, slots=True)
class Pens:
    """What a text is drawn with. lines_mm: emoji become lines in its ink, at least so thick where the size allows;
    None: they keep their colours. outline: the ink round its letters. plate: that behind all of it.
    colours: the press that prints emoji.
    """

    ink: Ink
    lines_mm: float | None = None
    outline: Ink | None = None
    plate: Ink | None = None
    colours: Colours | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Inked:
    """For each outline key of a line, what is drawn: (key, ink) from back to front. line_mm: of line art, else 0."""

    ink: Ink
    drawn: Mapping[str, tuple[tuple[str, Ink], ...]]
    outlines: Mapping[str, PathData]
    line_mm: float = 0

    def parts(self, placed: Placements) -> tuple[tuple[Ink, Placements], ...]:
        """The placements by ink, from back to front; neighbours of one ink stay together."""
        if not self.drawn:
            return ((self.ink, placed),)
        single = [(ink, key, by) for whole, by in placed for key, ink in self.drawn.get(whole, ((whole, self.ink),))]
        groups = groupby(single, key=lambda part: part[0])
        return tuple((ink, tuple((key, by) for _, key, by in group)) for ink, group in groups)


def inked(line: Line, pens: Pens, emoji: EmojiFace | None, size_mm: float) -> Inked:
    """A line's letters and emoji in their inks, at the size it came to."""
    ink, lines_mm = pens.ink, pens.lines_mm
    if emoji is None or not line.has_emoji:
        return Inked(ink, {}, line.outlines)
    pictures = [key for key in line.outlines if key.startswith(KEY)]
    if lines_mm is None:
        return _coloured(line, pens, emoji, pictures)
    share = line_share(size_mm, lines_mm)
    lined = {f"{key}-{share}": emoji.lines(_glyph(key), share) for key in pictures}
    drawn = {key: ((lines, ink),) for key, lines in zip(pictures, lined, strict=True)}
    return Inked(ink, drawn, {**line.outlines, **lined}, share * size_mm)


def _coloured(line: Line, pens: Pens, emoji: EmojiFace, pictures: Sequence[str]) -> Inked:
    drawn, outlines = {}, dict(line.outlines)
    for key in pictures:
        layers = tuple(_layers(key, emoji, pens.colours))
        outlines.update({name: path for name, path, _ in layers})
        drawn[key] = tuple((name, own) for name, _, own in layers)
    return Inked(pens.ink, drawn, outlines)


def _layers(key: str, emoji: EmojiFace, colours: Colours | None) -> Iterator[tuple[str, PathData, Ink]]:
    for i, (path, rgb) in enumerate(emoji.layers(_glyph(key))):
        yield f"{key}.{i}", path, process_ink(rgb, colours)


def _glyph(key: str) -> int:
    return int(key.rpartition("/")[2])
