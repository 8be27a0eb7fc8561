"""A face: one font file at fixed axis settings, shaped and drawn by HarfBuzz."""

import copy
import hashlib
import threading
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Any

import uharfbuzz

from configurator.blanks.shop import Font
from configurator.errors import NotFound
from configurator.geometry import Command, PathData

hb: Any = uharfbuzz
"""HarfBuzz's binding carries no types."""

_FAMILY, _WHOLE_FAMILY = 1, 16
"""Names of the name table: of four styles at most, and of all."""
_SLANTED = 1 << 0 | 1 << 9
"""Bits of fsSelection in OS/2: italic, oblique."""

Placed = tuple[int, int, int, int, int]
"""(glyph, character index of its cluster, advance, x offset, y offset) in font units."""


class NoSuchFont(NotFound):
    """The shop names a font file that is not installed."""


class Face:
    """One font file at fixed axis settings. Shaping and drawing are safe from several threads.

    blob: the font's bytes when they are not those of its file.
    """

    def __init__(self, font: Font, blob: bytes | None = None) -> None:
        self.key = font.key
        self.label = font.label
        self._path = _font_file(font)
        # Mapped, not read: only the pages of a font that are used take memory.
        mapped = hb.Blob.from_file_path(str(self._path)) if blob is None else hb.Blob(blob)
        face = hb.Face(mapped, font.index)
        self._font = hb.Font(face)
        if font.axes:
            self._font.set_variations({axis: float(value) for axis, value in font.axes.items()})
        self.units = face.upem
        self._lock = threading.Lock()
        self._outlines: dict[int, PathData] = {}
        self._pen = _pen()

    def at(self, axes: Mapping[str, float], key: str) -> "Face":
        """The same file at other axis settings; those not named rest where the file has them. Nothing is opened."""
        other = copy.copy(self)
        for name in ("cap_height", "x_height"):
            other.__dict__.pop(name, None)
        other.key = key
        other._font = hb.Font(self._font.face)
        other._font.set_variations({axis: float(value) for axis, value in axes.items()})
        other._outlines, other._lock = {}, threading.Lock()
        return other

    @cached_property
    def names(self) -> frozenset[str]:
        """What the file calls its family."""
        face = self._font.face
        return frozenset(name for name in (face.get_name(_FAMILY), face.get_name(_WHOLE_FAMILY)) if name)

    @cached_property
    def axes(self) -> Mapping[str, tuple[float, float]]:
        """Axis -> the least and the most of it."""
        return {axis.tag: (axis.min_value, axis.max_value) for axis in self._font.face.axis_infos}

    @cached_property
    def weight(self) -> int:
        """As the file says, 400 for regular; of a variable font where its axes rest."""
        return int.from_bytes(self.table("OS/2")[4:6], "big") or 400

    @cached_property
    def slanted(self) -> bool:
        """Whether its letters are italic or oblique."""
        return bool(int.from_bytes(self.table("OS/2")[62:64], "big") & _SLANTED)

    @cached_property
    def rises(self) -> tuple[float, float]:
        """How far a line reaches above its baseline and below, as shares of the size."""
        with self._lock:
            extents = self._font.get_font_extents("ltr")
        return extents.ascender / self.units, -extents.descender / self.units

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the font's file."""
        with self._path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    @cached_property
    def cap_height(self) -> float:
        """Height of capitals as a share of the size; 0.7 when the font does not say."""
        with self._lock:
            found = self._font.get_metric_position(hb.OTMetricsTag.CAP_HEIGHT)
        return found / self.units if found else 0.7

    @cached_property
    def x_height(self) -> float:
        """Height of the small x as a share of the size; 0.5 when the font does not say."""
        with self._lock:
            found = self._font.get_metric_position(hb.OTMetricsTag.X_HEIGHT)
        return found / self.units if found else 0.5

    def has(self, cluster: str) -> bool:
        """Whether the face can draw a grapheme cluster, composed or decomposed; invisible characters count as had."""
        if len(cluster) == 1 and ord(cluster) in self._has:
            return True
        return any(
            all(ord(char) in self._has or _is_invisible(char) for char in form)
            for form in (cluster, unicodedata.normalize("NFC", cluster), unicodedata.normalize("NFD", cluster))
        )

    def shaped(self, text: str, start: int, end: int, *, script: str, rtl: bool) -> tuple[Placed, ...]:
        """The glyphs of text[start:end], left to right, joining with the characters around it."""
        buffer = hb.Buffer()
        buffer.add_codepoints([ord(char) for char in text], start, end - start)
        buffer.direction = "rtl" if rtl else "ltr"
        buffer.script = script
        buffer.guess_segment_properties()
        with self._lock:
            hb.shape(self._font, buffer)
        return tuple(
            (info.codepoint, info.cluster, place.x_advance, place.x_offset, place.y_offset)
            for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
        )

    def table(self, tag: str) -> bytes:
        """A table of the font's file; empty when it has none such."""
        return bytes(self._font.face.reference_table(tag).data)

    def outline(self, glyph: int) -> PathData:
        """A glyph's outline in font units, y up."""
        known = self._outlines.get(glyph)
        if known is None:
            drawn: list[Command] = []
            with self._lock:
                self._font.draw_glyph(glyph, self._pen, drawn)
            known = self._outlines[glyph] = tuple((letter, _tenths(numbers)) for letter, numbers in drawn)
        return known

    @cached_property
    def _has(self) -> frozenset[int]:
        return frozenset(self._font.face.unicodes)


def _font_file(font: Font) -> Path:
    path = Path(font.file)
    if font.package:
        with suppress(ModuleNotFoundError):
            path = Path(str(resources.files(font.package).joinpath("files", font.file)))
    if not path.is_file():
        raise NoSuchFont(
            f"The font {font.key} needs {font.file} from the package {font.package}, which is not installed: "
            "install the package or take the font out of shop.toml."
        )
    return path


def _tenths(numbers: tuple[float, ...]) -> tuple[float, ...]:
    """Tenths of a font unit: under 0.002 mm on letters 30 mm high, and the same on every machine."""
    return tuple(round(number, 1) + 0.0 for number in numbers)


def _is_invisible(char: str) -> bool:
    return unicodedata.category(char) in {"Cf", "Cc"} or "\ufe00" <= char <= "\ufe0f"


def _pen() -> Any:
    pen = hb.DrawFuncs()
    pen.set_move_to_func(lambda x, y, drawn: drawn.append(("M", (x, y))))
    pen.set_line_to_func(lambda x, y, drawn: drawn.append(("L", (x, y))))
    pen.set_quadratic_to_func(lambda a, b, x, y, drawn: drawn.append(("Q", (a, b, x, y))))
    pen.set_cubic_to_func(lambda a, b, c, d, x, y, drawn: drawn.append(("C", (a, b, c, d, x, y))))
    pen.set_close_path_func(lambda drawn: drawn.append(("Z", ())))
    return pen
