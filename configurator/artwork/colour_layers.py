"""The tables of a colour font (COLR 0 and CPAL): which glyphs a picture is made of, and their colours."""

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from struct import Struct
from typing import Any

from fontTools.ttLib import TTFont

Colour = tuple[int, int, int, int]
"""Red, green, blue, alpha, 0 to 255."""

_HEAD = Struct(">HHIIH")
_BASE = Struct(">HHH")
_LAYER = Struct(">HH")


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


@lru_cache(maxsize=2)
def colour_layers(font: Path | bytes) -> ColourLayers:
    """Read from a plain font: a file, or its bytes."""
    opened: Any = TTFont(BytesIO(font) if isinstance(font, bytes) else font, lazy=True)
    with opened:
        palette = tuple((each.red, each.green, each.blue, each.alpha) for each in opened["CPAL"].palettes[0])
        return ColourLayers(opened.reader["COLR"], palette)
