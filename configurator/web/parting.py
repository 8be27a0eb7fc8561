"""Parts that a page holds already are not sent again: each is named by its content, its content left out.

Parts lie in parts: of one that changed, those inside that did not are left out.
"""

import re
import secrets
from binascii import b2a_base64
from collections.abc import Sequence
from functools import cached_property, lru_cache
from hashlib import blake2b

from litestar.datastructures import Headers
from markupsafe import Markup

HEADER = "Parts"
"""What the page's script tells with a request: the names of the parts it holds, a space between."""

_MARK = f"<!--{secrets.token_hex(8)}-->"
"""Between two of them stands the number of a text that was cut before; nobody else can write it."""

LONG = 100
"""A path's d from so many characters on is a part by itself."""
_WHOLE = " data-whole>"
_PART = re.compile(rf' d="([^"]{{{LONG},}})"| data-part>| data-whole>')


def parts_held(headers: Headers) -> frozenset[str]:
    """The names of the parts that the page which asks holds."""
    return frozenset(headers.get(HEADER, "").split())


class Part:
    """A named part of a text: the d of a path, or what stands in an element, cut up itself."""

    __slots__ = ("content", "is_path", "name")

    def __init__(self, name: str, content: "Cut | str", *, is_path: bool) -> None:
        self.name, self.content, self.is_path = name, content, is_path

    @property
    def names(self) -> frozenset[str]:
        """Its own."""
        return frozenset((self.name,))

    def written(self, held: frozenset[str]) -> str:
        """With its name; without its content where the page holds it."""
        end = "" if self.is_path else ">"
        if self.name in held:
            return f' data-left="{self.name}"{end}'
        inside = self.content if isinstance(self.content, str) else self.content.written(held)
        return f' d="{inside}" data-part="{self.name}"' if self.is_path else f' data-part="{self.name}">{inside}'


class Cut:
    """A text in its order: what is always sent, parts, and texts that were cut up before.

    lasting: it comes again as it is, so that it is worth knowing what is left of it when the page holds all its parts:
    from the second time on, for what a letter changed comes once.
    """

    def __init__(self, pieces: "Sequence[str | Part | Cut]", *, lasting: bool = False) -> None:
        self.pieces, self.lasting, self._again = pieces, lasting, False

    @cached_property
    def names(self) -> frozenset[str]:
        """Of the parts that do not lie in another."""
        return frozenset[str]().union(*(piece.names for piece in self.pieces if not isinstance(piece, str)))

    def written(self, held: frozenset[str]) -> str:
        """With all parts named, and without the content of those that the page holds."""
        if not self._again:
            self._again = self.lasting
            return _written(self.pieces, held)
        return self._left_out if self.names <= held else _written(self.pieces, held)

    def apart(self) -> "Cut":
        """The same as one part, in a div of its own."""
        return Cut(["<div", Part(part_name(self.written(frozenset())), self, is_path=False), "</div>"])

    @cached_property
    def _left_out(self) -> str:
        """As most of a large page is sent most of the time."""
        return _written(self.pieces, self.names)


class Leaf:
    """One page while it is rendered: texts that were cut before stand in it as marks until it is written."""

    def __init__(self) -> None:
        self._cuts: list[Cut] = []

    def mark(self, cut: Cut) -> Markup:
        """What stands for a cut text."""
        self._cuts.append(cut)
        return _marked(len(self._cuts) - 1)

    def parted(self, html: str, held: frozenset[str]) -> str:
        """The text with every part named, and the content of those in `held` left out.

        A part is the d of a long path, or what stands in an element marked `data-part` (as its last attribute), or
        `data-whole`, where nothing is a part by itself.
        static/shop.js puts back what was left out before htmx swaps.
        """
        return _written(self._in_order(html), held)

    def cut(self, html: str) -> Cut:
        """The text with all that stands in it, to be kept."""
        return Cut(self._in_order(html), lasting=True)

    def _in_order(self, html: str) -> list[Cut | str]:
        texts = html.split(_MARK)
        return [self._cuts[int(text)] if place % 2 else _between(text) for place, text in enumerate(texts)]


def cut_up(html: str, *, lasting: bool = False) -> Cut:
    """A text cut into its parts and what stands between them. lasting: as of Cut."""
    return Cut(_pieces(html), lasting=lasting)


def cut_if_parted(html: str) -> Cut | str:
    """The same, to be kept; a text without parts as it is."""
    pieces = _pieces(html)
    return Cut(pieces, lasting=True) if any(type(piece) is Part for piece in pieces) else html


@lru_cache(maxsize=500)
def _between(html: str) -> Cut | str:
    """Most of what stands between marks is the same as in the answer before."""
    return cut_if_parted(html)


@lru_cache(maxsize=1000)
def _marked(number: int) -> Markup:
    return Markup(f"{_MARK}{number}{_MARK}")  # noqa: S704 - a number between signs of our own


def _written(pieces: Sequence[str | Part | Cut], held: frozenset[str]) -> str:
    return "".join([piece if isinstance(piece, str) else piece.written(held) for piece in pieces])


def _pieces(html: str) -> list[str | Part]:
    pieces: list[str | Part] = []
    at = 0
    while found := _PART.search(html, at):
        start, path = found.start(), found[1]
        if start > at:
            pieces.append(html[at:start])
        if path:
            pieces.append(Part(part_name(path), path, is_path=True))
            at = found.end()
            continue
        at = _end(html, start)
        content = html[found.end() : at]
        pieces.append(Part(part_name(content), content if found[0] == _WHOLE else cut_up(content), is_path=False))
    if at < len(html):
        pieces.append(html[at:])
    return pieces


def _end(html: str, inside: int) -> int:
    """Where the end tag of the element stands whose start tag this place lies in."""
    start = html.rindex("<", 0, inside) + 1
    kind = html[start : html.index(" ", start)]
    end = html.find(f"</{kind}>", inside)
    if end > 0 and html.find(f"<{kind}", inside, end) < 0:
        return end
    open_elements = 0
    for tag in _tags(kind).finditer(html, start - 1):
        open_elements += -1 if tag[0].startswith("</") else 1
        if not open_elements:
            return tag.start()
    raise ValueError("a part is an element with an end tag")


@lru_cache(maxsize=64)
def _tags(kind: str) -> re.Pattern[str]:
    return re.compile(rf"</?{kind}\b")


def part_name(content: str) -> str:
    """48 bits of the content's digest: a page holds about a hundred parts, so two never share one by chance."""
    digest = blake2b(content.encode(), digest_size=6).digest()
    return b2a_base64(digest, newline=False).translate(_IN_A_NAME).decode()


_IN_A_NAME = bytes.maketrans(b"+/", b"-_")
