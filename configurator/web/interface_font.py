"""The interface font: Archivo, cut down to the letters and weights the interface uses; made once, cached."""

import hashlib
import io
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any

from configurator.kept_files import kept

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


def interface_font(cache: Path) -> bytes:
    """woff2 bytes; at most 80 KB. Takes some seconds the first time, then comes from `cache`."""
    source = Path(str(files("fontpkg_archivo"))) / "files" / "Archivo[wdth,wght].ttf"
    recipe = hashlib.sha256(source.read_bytes() + repr((LETTERS, SIGNS, AXES)).encode()).hexdigest()[:16]
    return kept(cache / f"interface-{recipe}.woff2", lambda: _cut_down(source))


def _cut_down(source: Path) -> bytes:
    # Imported here: fontTools' subsetter costs 0.2 s that a start with a warm cache does not need.
    subset: Any = import_module("fontTools.subset")
    instancer: Any = import_module("fontTools.varLib.instancer")
    ttlib: Any = import_module("fontTools.ttLib")
    options = subset.Options(
        layout_features=["kern", "mark", "ccmp", "locl", "tnum", "zero"], flavor="woff2", hinting=False
    )
    options.name_IDs = [0, 1, 2, 13, 14]  # copyright and licence stay (OFL 1.1)
    font = ttlib.TTFont(source)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=LETTERS + SIGNS)
    subsetter.subset(font)
    font = instancer.instantiateVariableFont(font, AXES)
    font.flavor = "woff2"
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()
