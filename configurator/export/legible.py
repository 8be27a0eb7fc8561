"""Customers' words on papers: everything our faces can draw as it is, the rest by name, nothing dropped silently."""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources
from itertools import groupby
from pathlib import Path

import regex  # type: ignore[import-untyped] # the regex package ships no types

from configurator.artwork.fonts import Face
from configurator.blanks.shop import Font

FACES = (
    ("fontpkg_archivo", "Archivo", "Archivo[wdth,wght].ttf"),
    ("fontpkg_noto_sans", "Noto Sans", "NotoSans[wdth,wght].ttf"),
    ("fontpkg_noto_sans_arabic", "Noto Sans Arabic", "NotoSansArabic[wdth,wght].ttf"),
    ("fontpkg_noto_sans_devanagari", "Noto Sans Devanagari", "NotoSansDevanagari[wdth,wght].ttf"),
    ("fontpkg_noto_sans_thai", "Noto Sans Thai", "NotoSansThai[wdth,wght].ttf"),
    ("fontpkg_rubik", "Rubik", "Rubik[wght].ttf"),  # has Hebrew
)
"""(package, family, file), in the order of falling back."""

_DIRECTION = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Characters that turn the direction of what follows: a label names them rather than obeys them."""

FAMILIES = tuple(family for _, family, _ in FACES)


def font_folders() -> list[Path]:
    """Where the faces lie."""
    return [Path(str(resources.files(package))) / "files" for package, _, _ in FACES]


@lru_cache(maxsize=4096)
def legible(text: str) -> str:
    """The text as our faces can print it: `Zoë 🎉` -> `Zoë [party popper]`, `生` -> `[U+751F]`; one line.

    Signs get their names, letters of scripts that we have no face for their numbers.
    """
    clusters = regex.findall(r"\X", unicodedata.normalize("NFC", " ".join(text.split())))
    parts = groupby(clusters, key=_has)
    return "".join("".join(run) if has else f"[{' '.join(_named(run))}]" for has, run in parts)


def _named(clusters: Iterator[str]) -> Iterator[str]:
    for cluster in clusters:
        name = "" if cluster[0].isalpha() else unicodedata.name(cluster[0], "")
        yield name.lower() or f"U+{ord(cluster[0]):04X}"


def _has(cluster: str) -> bool:
    if any(unicodedata.category(char) == "Cc" or char in _DIRECTION for char in cluster):
        return False
    return any(face.has(cluster) for face in _faces())


@lru_cache(maxsize=1)
def _faces() -> tuple[Face, ...]:
    return tuple(Face(Font(family, family, package, file, {})) for package, family, file in FACES)
