"""Which of the shop's faces sets letters of an uploaded drawing, and what its customer is told where it is another."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from configurator.artwork.fonts import Face, FontBook
from configurator.uploads.letter_style import LetterStyle

_STYLES = ("thin", 100), ("extralight", 200), ("light", 300), ("regular", 400), ("medium", 500), ("semibold", 600)
_WEIGHTS = dict((*_STYLES, ("demibold", 600), ("bold", 700), ("extrabold", 800), ("black", 900), ("heavy", 900)))
_STYLE = re.compile(rf"({'|'.join(sorted(_WEIGHTS, key=len, reverse=True))})?(italic|oblique)?")
_GENERIC = frozenset(
    {"serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui", "ui-sans-serif", "inherit"}
)
_GUEST = "another font"
_NEAR = 150
"""Weights no further apart are taken for the same: a face that comes in one weight calls it as it likes."""


@dataclass(frozen=True)
class _Wanted:
    family: str
    weight: float
    slanted: bool


@dataclass
class LetterFaces:
    """Of one drawing. labels: of the faces that stand in. reasons: why they do."""

    book: FontBook
    labels: dict[str, None] = field(default_factory=dict)
    reasons: dict[str, None] = field(default_factory=dict)

    def face(self, style: LetterStyle) -> Face:
        """The first family named that is here, in its weight and width, else the face made for reading."""
        axes = _Axes(style)
        for family in style.families:
            wanted = _wanted(family, style)
            named = [face for face in self._own() if _plain(wanted.family) in map(_plain, face.names)]
            if named:
                face = min(named, key=lambda each: (each.slanted != wanted.slanted, _apart(each, wanted)))
                if face.slanted != wanted.slanted:
                    self._stand_in(
                        face, f"{wanted.family} is here {'upright' if wanted.slanted else 'in italics'} only"
                    )
                elif _apart(face, wanted) > _NEAR:
                    self._stand_in(face, f"{wanted.family} is not here in that weight")
                return axes.of(face, wanted.weight, self.book)
        absent = next((family for family in style.families if family.lower() not in _GENERIC), "")
        wanted = _wanted(absent, style)
        why = f"{wanted.family} is not here" if absent else "it names no font"
        self._stand_in(self.book.plain_face, why)
        return axes.of(self.book.plain_face, wanted.weight, self.book)

    def lent(self, face: Face, keys: Iterable[str]) -> None:
        """Of a text in this face letters come from the faces with these keys, its own among them."""
        others = {key: self.book.faces.get(key) for key in keys if key != face.key}
        if others:
            self.labels |= {other.label if other else _GUEST: None for other in others.values()}
            if face.label not in self.labels:
                self.reasons[f"{face.label} lacks some"] = None

    @property
    def doubt(self) -> str:
        """What has to be looked at before it is made; empty for nothing."""
        if not self.reasons:
            return ""
        return (
            f"Letters of this drawing are set in {_listed(self.labels)}: {_listed(self.reasons)}. "
            "If they should look otherwise, convert them to paths (outlines) and send it again."
        )

    def _own(self) -> list[Face]:
        return [self.book.faces[font.key] for font in self.book.fonts]

    def _stand_in(self, face: Face, reason: str) -> None:
        self.labels[face.label] = self.reasons[reason] = None


@dataclass(frozen=True)
class _Axes:
    style: LetterStyle

    def of(self, face: Face, weight: float, book: FontBook) -> Face:
        """The face with the axes that a program sets by itself; others rest."""
        said = {"wght": weight, "wdth": self.style.width, "opsz": self.style.size}
        axes: Mapping[str, tuple[float, float]] = face.axes
        kept = {axis: round(_within(said[axis], axes[axis])) for axis in said.keys() & axes.keys()}
        return book.at(face.key, kept) if kept else face


def _wanted(family: str, style: LetterStyle) -> _Wanted:
    """As it is named: PostScript's names (`Archivo-BoldItalic`) hold weight and slant."""
    name, _, how = family.rpartition("-")
    found = _STYLE.fullmatch(_plain(how)) if name else None
    if not found:
        return _Wanted(family, style.weight, style.slanted)
    weight = style.weight if style.weight != 400 or not found[1] else _WEIGHTS[found[1]]
    return _Wanted(name, weight, style.slanted or bool(found[2]))


def _apart(face: Face, wanted: _Wanted) -> float:
    return abs(wanted.weight - _within(wanted.weight, face.axes.get("wght", (face.weight, face.weight))))


def _within(value: float, span: tuple[float, float]) -> float:
    return min(max(value, span[0]), span[1])


def _plain(name: str) -> str:
    return re.sub(r"[\W_]", "", name.lower())


def _listed(words: Iterable[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last
