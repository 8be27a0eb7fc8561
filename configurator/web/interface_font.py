"""The interface font: Archivo, cut down to the letters and weights the interface uses; made once, cached."""

import hashlib
from importlib.resources import files
from pathlib import Path

from configurator.kept_files import kept
from configurator.web.cut_fonts import cut_down

# Latin, Latin-1, the Latin Extended-A names of Europe, punctuation, arrows and currency signs the pages use.
LETTERS = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *range(0x218, 0x21C),
    *range(0x2010, 0x2027),
    0x2030,
    0x2039,
    0x203A,
]
SIGNS = [0x20AC, 0x2122, 0x2192, 0x2190, 0x2212, 0x00D7, 0x2009, 0x202F]
AXES = {"wght": (450, 740), "wdth": (100, 120)}
FEATURES = ("kern", "mark", "ccmp", "locl", "tnum", "zero")


def interface_font(cache: Path) -> bytes:
    """woff2 bytes; at most 80 KB. Takes some seconds the first time, then comes from `cache`."""
    source = Path(str(files("fontpkg_archivo"))) / "files" / "Archivo[wdth,wght].ttf"
    recipe = hashlib.sha256(source.read_bytes() + repr((LETTERS, SIGNS, AXES)).encode()).hexdigest()[:16]
    return kept(cache / f"interface-{recipe}.woff2", lambda: cut_down(source, LETTERS + SIGNS, AXES, FEATURES))
