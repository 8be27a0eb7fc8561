"""What a browser sent, as pairs of text: from the address or from a form's body."""

import re
from collections.abc import Iterable, Sequence
from typing import Annotated
from urllib.parse import parse_qsl, urlencode

from litestar.datastructures import UploadFile
from litestar.params import Parameter

from configurator.errors import Invalid
from configurator.web.rendering import AnyRequest
from configurator.web.wiring import HandedIn

MOST_PAIRS = 1_000
MOST_SIGNS = 30_000

RowId = Annotated[int, Parameter(le=2**31 - 1)]
"""The number of a row in an address; no database can be asked for a longer one."""

Pairs = tuple[tuple[str, str], ...]

_UNUSABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class NoFiles(Invalid):
    """A file was sent where only text can be."""

    def __init__(self) -> None:
        super().__init__("Files cannot be sent here. Send the words, and leave the file out.")


class Form(HandedIn):
    """A form's fields in the order they were sent."""

    pairs: Pairs

    def text(self, name: str) -> str:
        """The last value of a field, without spaces round it; empty when it was not sent."""
        return next((value.strip() for key, value in reversed(self.pairs) if key == name), "")

    def texts(self, name: str) -> tuple[str, ...]:
        """All values of a field that may be sent several times."""
        return tuple(value.strip() for key, value in self.pairs if key == name)

    def ids(self, name: str) -> frozenset[int]:
        """The row ids of a field that comes several times; what is none is left out."""
        return frozenset(int(text) for text in self.texts(name) if re.fullmatch("[0-9]{1,9}", text))

    def number(self, name: str) -> int | None:
        """A field as a whole number; None when it is none."""
        text = self.text(name)
        return int(text) if re.fullmatch(r"-?[0-9]{1,9}", text) else None


class Texts(dict[str, str]):
    """Texts by name for a template: a name that is not there is an empty text."""

    def __missing__(self, _: str) -> str:
        return ""


async def read_form(request: AnyRequest) -> Form:
    """The body of a request, as the dependency `form`. Raises NoFiles."""
    sent = await request.form()
    return Form(pairs=usable((str(key), _text(value)) for key, value in sent.multi_items()))


def query_pairs(query: str) -> Pairs:
    """An address's query. Never raises: what cannot be text is left out, what is too much is cut off."""
    parts = "&".join(query.split("&", MOST_PAIRS)[:MOST_PAIRS])
    return usable(parse_qsl(parts, keep_blank_values=True, errors="replace"))


def usable(pairs: Iterable[tuple[str, str]]) -> Pairs:
    """Pairs without control signs and lone surrogates, which no database and no font takes."""
    return tuple(
        (_UNUSABLE.sub("", key)[:MOST_SIGNS], _UNUSABLE.sub("", value)[:MOST_SIGNS])
        for _, (key, value) in zip(range(MOST_PAIRS), pairs, strict=False)
    )


def address(path: str, pairs: Sequence[tuple[str, str]]) -> str:
    """A path with a query."""
    return f"{path}?{urlencode(pairs)}" if pairs else path


def _text(value: object) -> str:
    if isinstance(value, UploadFile):
        raise NoFiles
    return str(value)
