"""Emoji from a colour font (COLR 0): flat layers, each of one colour, for print; lines for methods of one ink."""

import io
import threading
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from subprocess import CalledProcessError

import regex  # type: ignore[import-untyped]  # the regex package ships no types

from configurator.artwork.colour_layers import Colour, colour_layers
from configurator.artwork.faces import Face
from configurator.artwork.line_art import line_art
from configurator.artwork.outlines import box_of, flattened
from configurator.artwork.unpacking import unpacked
from configurator.blanks.shop import Font
from configurator.geometry import PathData

KEY = "+emoji"
"""No font of a shop can be called so."""
LINES = (0.024, 0.03, 0.038)
"""How thick the lines of line art may be, as shares of the size; thicker ones hide what they draw."""
TEXT_STYLE, EMOJI_STYLE = "\ufe0e", "\ufe0f"

Layers = tuple[tuple[PathData, str], ...]
"""(outline in font units, "#rrggbb") from back to front."""

_SHOWN_AS_EMOJI = regex.compile(r"\p{Emoji_Presentation}|\ufe0f")


def wants_emoji(cluster: str) -> bool:
    """Whether readers expect a picture: an emoji by nature, or a sign that asks to be one (U+FE0F)."""
    return not cluster.isascii() and TEXT_STYLE not in cluster and _SHOWN_AS_EMOJI.search(cluster) is not None


class EmojiFace(Face):
    """The colour font. A glyph's outline is that of all its layers together: its silhouette.

    folder: where its plain font is kept once it is unpacked; None: it is unpacked into memory.
    """

    def __init__(self, path: Path, folder: Path | None = None) -> None:
        plain = _plain(path, folder)
        file = plain if isinstance(plain, Path) else path
        font = Font(KEY, "Emoji", "", str(file), {}, offered=False)
        super().__init__(font, plain if isinstance(plain, bytes) else None)
        self._path = path
        self._colours = colour_layers(self.table("COLR"), self.table("CPAL"))
        self._drawn: dict[int, Layers] = {}
        self._lines: dict[tuple[int, float], PathData] = {}

    @lru_cache(maxsize=1024)  # noqa: B019  # a face lives as long as the program
    def has(self, cluster: str) -> bool:
        """Whether all of the cluster comes out as pictures: digits alone are empty in this font."""
        glyphs = [glyph for glyph, *_ in self.shaped(cluster, 0, len(cluster), script="Zyyy", rtl=False)]
        return bool(glyphs) and all(self._colours.of(glyph) for glyph in glyphs)

    def outline(self, glyph: int) -> PathData:
        """All layers of a picture, or the outline of a layer."""
        if not self._colours.of(glyph):
            return super().outline(glyph)
        return tuple(command for path, _ in self.layers(glyph) for command in path)

    def layers(self, glyph: int) -> Layers:
        """The picture's layers; what is half transparent takes its colour over the layer beneath it."""
        if glyph not in self._drawn:
            layers: list[tuple[PathData, str]] = []
            for part, colour in self._colours.of(glyph):
                path = super().outline(part)
                layers.append((path, _flat(colour, _beneath(path, layers))))
            self._drawn[glyph] = tuple(layers)
        return self._drawn[glyph]

    def lines(self, glyph: int, share: float) -> PathData:
        """The picture as line art, lines `share` of the size thick, as one outline in font units."""
        known = self._lines.get((glyph, share))
        if known is None:
            known = self._lines[glyph, share] = line_art(self.layers(glyph), share * self.units)
        return known


def line_share(size_mm: float, least_mm: float) -> float:
    """The thinnest of LINES that gives lines of least_mm at this size, or the thickest there is."""
    return next((share for share in LINES if share * size_mm >= least_mm), LINES[-1])


_loading = threading.Lock()


def _plain(path: Path, folder: Path | None) -> Path | bytes:
    """The font as HarfBuzz reads it: a file of its own in the folder, or else its bytes."""
    with _loading:
        if folder is not None:
            with suppress(OSError, CalledProcessError):
                return unpacked(path, folder)
        return _bytes(path)


@lru_cache(maxsize=1)
def _bytes(path: Path) -> bytes:
    from fontTools.ttLib import woff2  # noqa: PLC0415 - see unpacking

    plain = io.BytesIO()
    woff2.decompress(str(path), plain)  # type: ignore[no-untyped-call]  # fontTools types it not
    return plain.getvalue()


def _beneath(path: PathData, layers: list[tuple[PathData, str]]) -> str:
    """The colour of the uppermost layer that lies under all of the path, by their boxes; white when none does."""
    box = box_of(flattened(path).points)
    if box is None:
        return "#ffffff"
    for below, rgb in reversed(layers):
        under = box_of(flattened(below).points)
        if under and under.holds(box, slack=1):
            return rgb
    return "#ffffff"


def _flat(colour: Colour, beneath: str) -> str:
    *channels, alpha = colour
    under = (int(beneath[at : at + 2], 16) for at in (1, 3, 5))
    mixed = (round((c * alpha + b * (255 - alpha)) / 255) for c, b in zip(channels, under, strict=True))
    return "#" + "".join(f"{channel:02x}" for channel in mixed)
