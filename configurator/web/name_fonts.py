"""Letters of people's names that the interface font lacks: cut from the shop's faces when a browser first asks."""

import hashlib
import threading
from dataclasses import dataclass
from importlib.resources import files
from itertools import chain
from pathlib import Path

from configurator.artwork.guest_fonts import find_guests
from configurator.kept_files import kept
from configurator.web.cut_fonts import cut_down

AXES = {"wght": (450, 740), "wdth": 100}
"""Weights as the interface font's, so that a name is as bold as what stands beside it."""
EMOJI = "U+1F000-1FAFF,U+2600-27BF,U+2B50,U+2B55,U+200D,U+FE0F,U+20E3,U+E0020-E007F"
Letters = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Cut:
    """A part of a face: its letters from and to."""

    key: str
    package: str
    file: str
    letters: Letters

    @property
    def ranges(self) -> str:
        """As CSS writes them: a browser asks for the font only if a page has such a letter."""
        return ",".join(f"U+{first:X}-{last:X}" for first, last in self.letters)

    @property
    def source(self) -> Path:
        """The whole face."""
        return Path(str(files(self.package))) / "files" / self.file

    def made(self) -> bytes:
        """woff2, 6 to 115 KB."""
        codes = chain.from_iterable(range(first, last + 1) for first, last in self.letters)
        return cut_down(self.source, codes, AXES, ["*"])


CUTS = (
    Cut(
        "greek-cyrillic-vietnamese",
        "fontpkg_noto_sans",
        "NotoSans[wdth,wght].ttf",
        ((0x180, 0x217), (0x21C, 0x24F), (0x300, 0x36F), (0x370, 0x3FF), (0x400, 0x52F), (0x1E00, 0x1EFF)),
    ),
    Cut("hebrew", "fontpkg_rubik", "Rubik[wght].ttf", ((0x590, 0x5FF),)),
    Cut("arabic", "fontpkg_noto_sans_arabic", "NotoSansArabic[wdth,wght].ttf", ((0x600, 0x6FF), (0x750, 0x77F))),
    Cut(
        "devanagari",
        "fontpkg_noto_sans_devanagari",
        "NotoSansDevanagari[wdth,wght].ttf",
        ((0x900, 0x97F), (0x200C, 0x200D), (0x25CC, 0x25CC)),
    ),
    Cut("thai", "fontpkg_noto_sans_thai", "NotoSansThai[wdth,wght].ttf", ((0xE00, 0xE7F),)),
)


class NameFonts:
    """The fonts of this machine; each is cut when it is first asked for, and kept in `cache`."""

    def __init__(self, cache: Path) -> None:
        self._cache = cache
        self._cuts = {_name(cut.key, cut.source, cut.letters): cut for cut in CUTS}
        emoji = find_guests().emoji
        self._emoji = {_name("emoji", emoji): emoji} if emoji else {}
        self._one_at_a_time = threading.Lock()

    @property
    def faces(self) -> str:
        """CSS that adds them to the interface font."""
        ranges = {name: cut.ranges for name, cut in self._cuts.items()} | dict.fromkeys(self._emoji, EMOJI)
        return "\n".join(_FACE % each for each in ranges.items())

    def file(self, name: str) -> bytes | None:
        """woff2; None under any other name. Of several that ask at once one cuts."""
        if name in self._emoji:
            return self._emoji[name].read_bytes()
        if name not in self._cuts:
            return None
        with self._one_at_a_time:
            return kept(self._cache / name, self._cuts[name].made)


_FACE = (
    '@font-face{font-family:Archivo;src:url("/fonts/%s") format("woff2");font-weight:450 740;font-stretch:100%% 120%%;'
    "font-display:swap;unicode-range:%s}"
)


def _name(key: str, source: Path, letters: Letters = ()) -> str:
    """By all that the content depends on; a face is known by its name and size, so that a start reads none of them."""
    told = repr((source.name, source.stat().st_size, letters, AXES))
    return f"{key}-{hashlib.sha256(told.encode()).hexdigest()[:12]}.woff2"
