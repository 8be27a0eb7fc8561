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

KEPT_WHOLE = 50_000
"""Bytes up to which a text is kept whole beside its pieces."""
LONG = 100
"""A path's d from so many characters on is a part by itself."""
_WHOLE = " data-whole>"
_PART = re.compile(rf' d="([^"]{{{LONG},}})"| data-part>| data-whole>')


def parts_held(headers: Headers) -> frozenset[str]:
    """The names of the parts that the page which asks holds."""
    return frozenset(headers.get(HEADER, "").split())


class Part:
    """A named part of a text: the d of a path, or what stands in an element, cut up itself."""

    __slots__ = ("_content", "_end", "_left_out", "_start", "name", "names")

    def __init__(self, name: str, content: "Cut", *, is_path: bool) -> None:
        self.name, self.names, self._content = name, frozenset((name,)), content
        self._start = b' d="' if is_path else f' data-part="{name}">'.encode()
        self._end = f'" data-part="{name}"'.encode() if is_path else b""
        self._left_out = f' data-left="{name}"{"" if is_path else ">"}'.encode()

    def write(self, held: frozenset[str], to: list[bytes]) -> None:
        """With its name; without its content where the page holds it."""
        if self.name in held:
            to.append(self._left_out)
            return
        to.append(self._start)
        self._content.write(held, to)
        to.append(self._end)


class Cut:
    """A text in its order: what is always sent, parts, and texts that were cut up before. Kept as it is sent, in UTF-8.

    lasting: it comes again as it is, so that it is worth knowing what is left of it when the page holds all its parts,
    and all of it when the page holds nothing: from the second time on, for what a letter changed comes once.
    """

    def __init__(self, pieces: "Sequence[str | Part | Cut]", *, lasting: bool = False) -> None:
        self._pieces = [piece.encode() if isinstance(piece, str) else piece for piece in pieces]
        self._lasting, self._again = lasting, False

    @cached_property
    def names(self) -> frozenset[str]:
        """Of the parts that do not lie in another."""
        return frozenset[str]().union(*(piece.names for piece in self._pieces if not isinstance(piece, bytes)))

    def write(self, held: frozenset[str], to: list[bytes]) -> None:
        """With all parts named, and without the content of those that the page holds."""
        if not self._again:
            self._again = self._lasting
            self._write(held, to)
        elif self.names <= held:
            to.append(self._left_out)
        elif not held and self._whole is not None:
            to.append(self._whole)
        else:
            self._write(held, to)

    def written(self, held: frozenset[str]) -> bytes:
        """As one."""
        to: list[bytes] = []
        self.write(held, to)
        return b"".join(to)

    def apart(self) -> "Cut":
        """The same as one part, in a div of its own."""
        return Cut(["<div", Part(_name(self.written(frozenset())), self, is_path=False), "</div>"])

    def _write(self, held: frozenset[str], to: list[bytes]) -> None:
        for piece in self._pieces:
            if isinstance(piece, bytes):
                to.append(piece)
            else:
                piece.write(held, to)

    @cached_property
    def _left_out(self) -> bytes:
        """As most of a large page is sent most of the time."""
        return self._joined(self.names)

    @cached_property
    def _whole(self) -> bytes | None:
        """As it is sent to who holds nothing; None where it is too long to be kept beside what it is made of."""
        whole = self._joined(frozenset())
        return whole if len(whole) <= KEPT_WHOLE else None

    def _joined(self, held: frozenset[str]) -> bytes:
        to: list[bytes] = []
        self._write(held, to)
        return b"".join(to)


class Leaf:
    """One page while it is rendered: texts that were cut before stand in it as marks until it is written."""

    def __init__(self) -> None:
        self._cuts: list[Cut] = []

    def mark(self, cut: Cut) -> Markup:
        """What stands for a cut text."""
        self._cuts.append(cut)
        return _marked(len(self._cuts) - 1)

    def parted(self, html: str, held: frozenset[str]) -> bytes:
        """The text in UTF-8 with every part named, and the content of those in `held` left out.

        A part is the d of a long path, or what stands in an element marked `data-part` (as its last attribute), or
        `data-whole`, where nothing is a part by itself.
        static/shop.js puts back what was left out before htmx swaps.
        """
        return Cut(self._in_order(html)).written(held)

    def cut(self, html: str) -> Cut:
        """The text with all that stands in it, to be kept."""
        return Cut(self._in_order(html), lasting=True)

    def _in_order(self, html: str) -> list[Cut]:
        texts = html.split(_MARK)
        return [self._cuts[int(text)] if place % 2 else _between(text) for place, text in enumerate(texts)]


def cut_up(html: str, *, lasting: bool = False) -> Cut:
    """A text cut into its parts and what stands between them. lasting: as of Cut."""
    return Cut(_pieces(html), lasting=lasting)


@lru_cache(maxsize=500)
def _between(html: str) -> Cut:
    """Most of what stands between marks is the same as in the answer before."""
    return cut_up(html, lasting=True)


@lru_cache(maxsize=1000)
def _marked(number: int) -> Markup:
    return Markup(f"{_MARK}{number}{_MARK}")  # noqa: S704 - a number between signs of our own


def _pieces(html: str) -> list[str | Part]:
    pieces: list[str | Part] = []
    at = 0
    while found := _PART.search(html, at):
        start, path = found.start(), found[1]
        if start > at:
            pieces.append(html[at:start])
        if path:
            pieces.append(Part(part_name(path), Cut([path]), is_path=True))
            at = found.end()
            continue
        at = _end(html, start)
        content = html[found.end() : at]
        inside = Cut([content]) if found[0] == _WHOLE else cut_up(content)
        pieces.append(Part(part_name(content), inside, is_path=False))
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
    return _name(content.encode())


def _name(content: bytes) -> str:
    digest = blake2b(content, digest_size=6).digest()
    return b2a_base64(digest, newline=False).translate(_IN_A_NAME).decode()


_IN_A_NAME = bytes.maketrans(b"+/", b"-_")
