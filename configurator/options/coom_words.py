"""COOM texts cut into words, each with its line and column.

Source: the grammar of COOM (denkbares GmbH and the Potassco COOM Suite, 2025): `//` and `/* */` comments, names in
plain letters or in quotes, whole and decimal numbers, cardinalities such as `2x`.
"""

import re
from dataclasses import dataclass
from typing import Literal, cast

from configurator.errors import Invalid

LONGEST_FILE = 2_000_000
Kind = Literal["name", "text", "number", "times", "sign", "end"]

_WORD = re.compile(
    r"""(?P<times>\d+x\b)|(?P<number>\d+(?:\.\d+)?)|(?P<name>(?:[^\W\d]|\$)[\w$]*)
    |(?P<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
    |(?P<sign>-\*-|\.\.|&&|\|\||==|!=|<=|>=|[-{}()\[\],;=<>!+*/^.\#≤≥≠⊇])""",
    re.VERBOSE,
)
_BETWEEN = re.compile(r"(?:[ \t\r\n\f\v\ufeff\u00a0]+|//[^\n]*|/\*.*?(?:\*/|\Z))*", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_ESCAPED = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands; both count from 1."""

    line: int
    column: int


class CoomFault(Invalid):
    """A COOM text that cannot be read, or that asks for what the engine has not."""

    def __init__(self, sentence: str, place: Place) -> None:
        super().__init__(f"Line {place.line}, column {place.column}: {sentence}")
        self.place = place


@dataclass(frozen=True, slots=True)
class Word:
    """One word; `text` is what it stands for, a quoted text without its quotes."""

    kind: Kind
    text: str
    place: Place

    @property
    def said(self) -> str:
        """The word in a sentence."""
        return "the end" if self.kind == "end" else f"“{self.text[:40]}”"


def words_of(text: str) -> tuple[Word, ...]:
    """Every word of a text, and one more that marks the end. Raises CoomFault."""
    if len(text) > LONGEST_FILE:
        raise CoomFault(f"A file may be {LONGEST_FILE:,} characters long.", Place(1, 1))
    words: list[Word] = []
    at, line, start = 0, 1, 0
    while True:
        between = _BETWEEN.match(text, at)
        end = between.end() if between else at
        line += text.count("\n", at, end)
        start = text.rfind("\n", 0, end) + 1 if "\n" in text[at:end] else start
        place = Place(line, end - start + 1)
        if end >= len(text):
            return (*words, Word("end", "", place))
        word = _word(text, end, place)
        words.append(word[0])
        at = word[1]


def _word(text: str, at: int, place: Place) -> tuple[Word, int]:
    found = _WORD.match(text, at)
    if found is None:
        raise CoomFault(f"“{text[at]}” has no meaning here.{_meant(text[at])}", place)
    kind = cast(Kind, found.lastgroup)
    said = found.group()
    return Word(kind, _ESCAPE.sub(_unescaped, said[1:-1]) if kind == "text" else said, place), found.end()


def _unescaped(found: re.Match[str]) -> str:
    code, sign = found.groups()
    if code is None:
        return _ESCAPED.get(sign, sign)
    return "\ufffd" if 0xD800 <= int(code, 16) < 0xE000 else chr(int(code, 16))  # half a sign is none


def _meant(sign: str) -> str:
    hints = {
        "&": " Write “&&”.",
        "|": " Write “||”.",
        '"': " The text has no closing quote.",
        "'": " The text has no closing quote.",
    }
    return hints.get(sign, "")
