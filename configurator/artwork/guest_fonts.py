"""Guests: fonts beside the shop's own that are used where they are installed, emoji in colour and Chinese letters."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import regex  # type: ignore[import-untyped]  # the regex package ships no types

from configurator.artwork.emoji import EmojiFace
from configurator.artwork.faces import Face
from configurator.blanks.shop import Font

_PACKAGE = Path(__file__).resolve().parents[1]
EMOJI = (
    _PACKAGE / "resources" / "emoji" / "twemoji.woff2",
    _PACKAGE.parent / "node_modules" / "twemoji-colr-font" / "twemoji.woff2",
)
"""Inside a wheel; in a checkout."""
CJK = tuple(
    Path("/usr/share/fonts") / place / f"NotoSansCJK-{weight}.ttc"
    for weight in ("Bold", "Medium", "Regular")
    for place in ("opentype/noto", "noto-cjk", "google-noto-cjk", "google-noto-sans-cjk-fonts", "noto")
)
"""Where Debian (fonts-noto-cjk), Arch and Fedora put it."""

_WRITTEN = (("JP", r"[\p{Hiragana}\p{Katakana}]"), ("KR", r"\p{Hangul}"), ("TC", r"\p{Bopomofo}"))
_REGIONS = tuple((region, regex.compile(letters)) for region, letters in _WRITTEN)
_USUAL = "SC"


@dataclass(frozen=True, slots=True)
class Guests:
    """Files of guest fonts; None where there is none. folder: where an unpacked one may be kept."""

    emoji: Path | None = None
    cjk: Path | None = None
    folder: Path | None = None

    @property
    def lacking(self) -> tuple[str, ...]:
        """What cannot be drawn without them, a sentence each."""
        sentences = []
        if self.emoji is None:
            sentences.append("Emoji cannot be drawn: twemoji-colr-font is not installed. `npm ci` brings it.")
        if self.cjk is None:
            sentences.append(
                "Chinese, Japanese and Korean cannot be drawn: install fonts-noto-cjk, or name a font in CJK_FONT."
            )
        return tuple(sentences)


def find_guests(cjk: Path | None = None, folder: Path | None = None) -> Guests:
    """The guests of this machine. cjk: a font or collection that goes before the known places."""
    return Guests(_first(EMOJI), _first([cjk, *CJK] if cjk else CJK), folder)


class GuestFaces:
    """The faces of guests, opened when they are first needed; safe from several threads."""

    def __init__(self, guests: Guests) -> None:
        self._files = guests
        self._lock = threading.RLock()
        self._faces: dict[str, Face] = {}

    @property
    def lacking(self) -> tuple[str, ...]:
        """What cannot be drawn on this machine, a sentence each."""
        return self._files.lacking

    @property
    def emoji(self) -> EmojiFace | None:
        """The colour font, if it is installed."""
        with self._lock:
            return self._emoji

    def emoji_for(self, cluster: str) -> EmojiFace | None:
        """The colour font if it has the cluster."""
        emoji = self.emoji
        return emoji if emoji and emoji.has(cluster) else None

    def face_for(self, cluster: str, text: str) -> Face | None:
        """The guest that has a cluster; Chinese letters look as the language of their text writes them.

        Signs that both have come as emoji, so that they look the same on every machine.
        """
        if cluster.isascii():
            return None
        if emoji := self.emoji_for(cluster):
            return emoji
        cjk = self._cjk(next((region for region, letters in _REGIONS if letters.search(text)), _USUAL))
        return cjk if cjk and cjk.has(cluster) else None

    @cached_property
    def _emoji(self) -> EmojiFace | None:
        return EmojiFace(self._files.emoji, self._files.folder) if self._files.emoji else None

    def _cjk(self, region: str) -> Face | None:
        if self._files.cjk is None:
            return None
        with self._lock:
            if region not in self._faces:
                index = self._regions.get(region, 0)
                self._faces[region] = Face(
                    Font(f"+cjk-{index}", "CJK", "", str(self._files.cjk), {}, offered=False, index=index)
                )
            return self._faces[region]

    @cached_property
    def _regions(self) -> dict[str, int]:
        """Which face of a collection draws for which region, by the last word of its family's name."""
        if self._files.cjk is None or self._files.cjk.suffix.lower() not in (".ttc", ".otc"):
            return {}
        from fontTools.ttLib.ttCollection import TTCollection  # noqa: PLC0415 - only where Chinese letters are drawn

        with TTCollection(str(self._files.cjk), lazy=True) as collection:  # type: ignore[no-untyped-call]  # untyped
            names = [_family(font) for font in collection.fonts]
        return {name.split()[-1]: i for i, name in reversed(list(enumerate(names))) if name and "Mono" not in name}


def _family(font: Any) -> str:
    names: Any = font["name"]
    return str(names.getDebugName(1) or "").removesuffix(" Bold")


def _first(places: Sequence[Path]) -> Path | None:
    return next((path for path in places if path.is_file()), None)
