"""The tables of a colour font (COLR 0 and CPAL): which glyphs a picture is made of, and their colours."""

from dataclasses import dataclass
from struct import Struct, iter_unpack

Colour = tuple[int, int, int, int]
"""Red, green, blue, alpha, 0 to 255."""

_HEAD = Struct(">HHIIH")
_BASE = Struct(">HHH")
_LAYER = Struct(">HH")
_PALETTES = Struct(">HHHHIH")


@dataclass(frozen=True, slots=True, eq=False)
class ColourLayers:
    """The two tables; COLR is read where it is asked, since few of its thousands of pictures ever are."""

    colr: bytes
    palette: tuple[Colour, ...]

    def of(self, glyph: int) -> tuple[tuple[int, Colour], ...]:
        """(glyph, colour) of the picture's layers, back to front; empty for a glyph that is none. OpenType, COLR."""
        _, count, bases, layers, _ = _HEAD.unpack_from(self.colr)
        low, high = 0, count
        while low < high:
            middle = (low + high) // 2
            found, first, number = _BASE.unpack_from(self.colr, bases + middle * _BASE.size)
            if found == glyph:
                return tuple(self._layer(layers, first + i) for i in range(number))
            low, high = (middle + 1, high) if found < glyph else (low, middle)
        return ()

    def _layer(self, start: int, number: int) -> tuple[int, Colour]:
        glyph, colour = _LAYER.unpack_from(self.colr, start + number * _LAYER.size)
        return glyph, self.palette[colour]


def colour_layers(colr: bytes, cpal: bytes) -> ColourLayers:
    """From a font's two tables, by its first palette. OpenType, CPAL: records of blue, green, red, alpha."""
    _, entries, _, _, records, first = _PALETTES.unpack_from(cpal)
    start = records + 4 * first
    own = cpal[start : start + 4 * entries]
    return ColourLayers(colr, tuple((red, green, blue, alpha) for blue, green, red, alpha in iter_unpack("4B", own)))
