"""Parts that a page holds already are not sent again: each is named by its content, its content left out."""

import re
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b

from litestar.datastructures import Headers

HEADER = "Parts"
"""What the page's script tells with a request: the names of the parts it holds, a space between."""

LONG = 100
"""A path's d from so many characters on is a part by itself."""
_PART = re.compile(rf' d="([^"]{{{LONG},}})"| data-part>')


def parts_held(headers: Headers) -> frozenset[str]:
    """The names of the parts that the page which asks holds."""
    return frozenset(headers.get(HEADER, "").split())


def parted(html: str, held: frozenset[str]) -> str:
    """The text with every part named, and the content of those in `held` left out.

    A part is the d of a long path, or what stands in an element marked `data-part` (as its last attribute).
    static/shop.js puts back what was left out before htmx swaps.
    """
    return "".join(_pieces(html, held))


def _pieces(html: str, held: frozenset[str]) -> Iterator[str]:
    at = 0
    while found := _PART.search(html, at):
        yield html[at : found.start()]
        path = found[1]
        at = found.end() if path else _end(html, found.start())
        content = path or html[found.end() : at]
        name = part_name(content)
        yield _path(content, name, held) if path else _element(content, name, held)
    yield html[at:]


def _path(d: str, name: str, held: frozenset[str]) -> str:
    return f' data-left="{name}"' if name in held else f' d="{d}" data-part="{name}"'


def _element(content: str, name: str, held: frozenset[str]) -> str:
    return f' data-left="{name}">' if name in held else f' data-part="{name}">{content}'


def _end(html: str, inside: int) -> int:
    """Where the end tag of the element stands whose start tag this place lies in."""
    start = html.rindex("<", 0, inside) + 1
    open_elements = 0
    for tag in _tags(html[start : html.index(" ", start)]).finditer(html, start - 1):
        open_elements += -1 if tag[0].startswith("</") else 1
        if not open_elements:
            return tag.start()
    raise ValueError("a part is an element with an end tag")


@lru_cache(maxsize=64)
def _tags(kind: str) -> re.Pattern[str]:
    return re.compile(rf"</?{kind}\b")


def part_name(content: str) -> str:
    """48 bits of the content's digest: a page holds about a hundred parts, so two never share one by chance."""
    return urlsafe_b64encode(blake2b(content.encode(), digest_size=6).digest()).decode()
