"""Shaping a line of text: letters to glyphs, in every script and direction the shop's faces know."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from fontTools import unicodedata as scripts

from configurator.artwork.bidi import Run, visual_runs
from configurator.artwork.clusters import cluster_spans
from configurator.artwork.emoji import KEY, EmojiFace
from configurator.artwork.fonts import Face, FontBook
from configurator.geometry import PathData
from configurator.values import value

JOINED = frozenset({"Arab", "Syrc", "Mong", "Nkoo", "Adlm", "Deva", "Beng", "Guru"})
"""Scripts whose letters hang together: space between them would tear words apart."""


@value
class Cluster:
    """What moves as one: a letter with its marks, a ligature. Lengths as shares of the size, y down.

    text: the characters it stands for. glyphs: (key into outlines, x, y, size of a font unit).
    """

    text: str
    advance: float
    joined: bool
    glyphs: tuple[tuple[str, float, float, float], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A shaped line: clusters from left to right as they stand on the page.

    missing: grapheme clusters no face of the shop can draw. cap_height: of the face asked for, share of the size.
    """

    clusters: tuple[Cluster, ...]
    outlines: Mapping[str, PathData]
    missing: tuple[str, ...]
    cap_height: float

    @property
    def has_emoji(self) -> bool:
        """Whether a picture from the colour font is among its letters."""
        return any(key.startswith(KEY) for key in self.outlines)


@value
class _Piece:
    """A grapheme cluster of the text and who draws it."""

    start: int
    end: int
    script: str
    face: Face


@lru_cache(maxsize=512)
def shaped_line(text: str, font: str, book: FontBook) -> Line:
    """Shape one line. Line breaks and tabs become spaces; text that no face has is drawn as the face's empty box."""
    text = _BLANK.sub(" ", text)
    wanted = book.face(font)
    pieces, missing = _pieces(text, wanted, book)
    clusters: list[Cluster] = []
    outlines: dict[str, PathData] = {}
    for run in visual_runs(text):
        for part in _parts(pieces, run):
            clusters.extend(_clusters(text, part, outlines, rtl=run.rtl))
    return Line(tuple(clusters), outlines, missing, wanted.cap_height)


def _pieces(text: str, wanted: Face, book: FontBook) -> tuple[list[_Piece], tuple[str, ...]]:
    found = cluster_spans(text)
    known = [script_of(text[a:b]) for a, b in found]
    pieces: list[_Piece] = []
    missing: list[str] = []
    whole = _faces_by_script([(script, text[a:b]) for script, (a, b) in zip(known, found, strict=True)], wanted, book)
    script = next((code for code in known if code), "Latn")
    for i, (start, end) in enumerate(found):
        script = known[i] or script
        cluster = text[start:end]
        face = (
            pieces[-1].face
            if pieces and cluster == " " and pieces[-1].face.has(" ")
            else book.face_for(cluster, whole.get(known[i], wanted), text)
        )
        if face is None and cluster not in missing:
            missing.append(cluster)
        pieces.append(_Piece(start, end, "Zyyy" if isinstance(face, EmojiFace) else script, face or wanted))
    return pieces, tuple(missing)


@lru_cache(maxsize=4096)
def script_of(cluster: str) -> str | None:
    """That of its first sign that has one."""
    return next((code for code in map(scripts.script, cluster) if code not in _NO_SCRIPT), None)


def _faces_by_script(letters: Iterable[tuple[str | None, str]], wanted: Face, book: FontBook) -> dict[str | None, Face]:
    """Script -> the face that has all of its letters here: a Latin face's lone pi does not stand in a Greek word."""
    by_script: dict[str | None, list[str]] = {}
    for script, cluster in letters:
        if script not in {None, "Latn"}:
            by_script.setdefault(script, []).append(cluster)
    faces = {script: book.face_for_all(clusters, wanted) for script, clusters in by_script.items()}
    return {script: face for script, face in faces.items() if face}


_BLANK = re.compile(r"\s")
_NO_SCRIPT = frozenset({"Zyyy", "Zinh", "Zzzz"})


def _parts(pieces: list[_Piece], run: Run) -> Iterator[list[_Piece]]:
    """The stretches of a run with one face and one script, from left to right."""
    inside = [piece for piece in pieces if run.start <= piece.start < run.end]
    parts = [list(group) for _, group in groupby(inside, key=lambda piece: (piece.face.key, piece.script))]
    return reversed(parts) if run.rtl else iter(parts)


def _clusters(text: str, part: list[_Piece], outlines: dict[str, PathData], *, rtl: bool) -> Iterator[Cluster]:
    face, script, start, end = part[0].face, part[0].script, part[0].start, part[-1].end
    placed = face.shaped(text, start, end, script=script, rtl=rtl)
    starts = sorted({glyph[1] for glyph in placed})
    ends = dict(zip(starts, [*starts[1:], end], strict=True))
    for at, group in groupby(placed, key=lambda glyph: glyph[1]):
        pen = 0
        glyphs = []
        for glyph, _, advance, x, y in group:
            key = f"{face.key}/{glyph}"
            outlines.setdefault(key, face.outline(glyph))
            if outlines[key]:
                glyphs.append((key, (pen + x) / face.units, -y / face.units, 1 / face.units))
            pen += advance
        yield Cluster(text[at : ends[at]], pen / face.units, script in JOINED, tuple(glyphs))
