"""The shop's faces, loaded once, and who draws a letter: the face wanted, another of the shop, or a guest."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from configurator.artwork.clusters import clusters
from configurator.artwork.emoji import EmojiFace, wants_emoji
from configurator.artwork.faces import Face, NoSuchFont, Placed, hb
from configurator.artwork.guest_fonts import GuestFaces, Guests
from configurator.blanks.shop import Font

__all__ = ["Face", "FontBook", "NoSuchFont", "Placed"]


class FontBook:
    """Every face of the shop, and guests that only draw what none of these can.

    Letters a face lacks come from the first of the shop's that has them, faces not offered going first.
    """

    def __init__(self, fonts: Sequence[Font], guests: Guests | None = None) -> None:
        self.fonts, self.cjk = tuple(fonts), guests.cjk if guests else None
        self.faces = {font.key: Face(font) for font in fonts}
        self._stand_ins = [self.faces[font.key] for font in sorted(fonts, key=lambda font: font.offered)]
        self._guests = GuestFaces(guests or Guests())
        self.fingerprint = _fingerprint(fonts, self.faces)
        for face in self.faces.values():
            _warm(face)

    @property
    def plain_face(self) -> Face:
        """The first face that is not offered to customers: made for reading, it sets what the law asks for."""
        return self._stand_ins[0]

    @property
    def emoji(self) -> EmojiFace | None:
        """The colour font; None where it is not installed. The first asking takes a second."""
        return self._guests.emoji

    @property
    def lacking(self) -> tuple[str, ...]:
        """What cannot be drawn for want of a guest, a sentence each."""
        return self._guests.lacking

    def face(self, key: str) -> Face:
        """The face of that key, or the shop's first when it has none such."""
        return self.faces.get(key) or next(iter(self.faces.values()))

    def at(self, key: str, axes: Mapping[str, float]) -> Face:
        """A face at other axis settings, under a name of its own from now on; letters it lacks are found as ever."""
        name = key + "".join(f" {axis}{value:g}" for axis, value in sorted(axes.items()))
        if name not in self.faces:
            self.faces[name] = self.faces[key].at(axes, name)
        return self.faces[name]

    def face_for(self, cluster: str, wanted: Face, text: str = "") -> Face | None:
        """Who draws a cluster of a text: the wanted face if it has it, else the first that has it, else None.

        Emoji come in their own face even when a face of the shop has them in black.
        """
        if wants_emoji(cluster) and (emoji := self._guests.emoji_for(cluster)):
            return emoji
        return self._own(cluster, wanted) or self._guests.face_for(cluster, text)

    def face_for_all(self, clusters: Sequence[str], wanted: Face) -> Face | None:
        """The wanted face if it has all of these clusters, else the first of the shop's that has, else None."""
        return next((face for face in [wanted, *self._stand_ins] if all(map(face.has, clusters))), None)

    def fingerprint_for(self, texts: Iterable[str]) -> str:
        """What the looks of these texts depend on: the shop's faces, and the guests that they need.

        A design without Chinese letters is the same design on a machine that has no face for them.
        """
        guests = sorted({digest for text in texts for digest in self._guests_in(text)})
        return hashlib.sha256("".join([self.fingerprint, *guests]).encode()).hexdigest() if guests else self.fingerprint

    def _own(self, cluster: str, wanted: Face) -> Face | None:
        if wanted.has(cluster):
            return wanted
        return next((face for face in self._stand_ins if face.has(cluster)), None)

    @lru_cache(maxsize=4096)  # noqa: B019  # a book lives as long as the program
    def _guests_in(self, text: str) -> tuple[str, ...]:
        return () if text.isascii() else tuple({face.digest for face in self._guests_of(text)})

    def _guests_of(self, text: str) -> Iterator[Face]:
        for cluster in clusters(text):
            face = self.face_for(cluster, self.plain_face, text)
            if face is not None and face.key not in self.faces:
                yield face


def _fingerprint(fonts: Sequence[Font], faces: dict[str, Face]) -> str:
    named = [[font.key, sorted(font.axes.items()), faces[font.key].digest] for font in fonts]
    return hashlib.sha256(json.dumps([hb.version_string(), named]).encode()).hexdigest()


def _warm(face: Face) -> None:
    """The first shaping with a font costs milliseconds: pay them at the start."""
    for glyph, *_ in face.shaped("Ag", 0, 2, script="Latn", rtl=False):
        face.outline(glyph)
