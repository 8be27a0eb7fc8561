"""The shop's fonts, told to the process that reads an upload."""

import json
from dataclasses import asdict
from pathlib import Path

from configurator.artwork.fonts import FontBook
from configurator.artwork.guest_fonts import Guests
from configurator.blanks.shop import Font

_CHINESE = "漢"
_GUESTS = (_CHINESE, f"{_CHINESE}か", f"{_CHINESE}한", f"{_CHINESE}ㄅ")
"""Texts that opens every face of the guest for Chinese, Japanese and Korean."""


def told(book: FontBook) -> str:
    """The fonts of a book, but for emoji: an outline has no colours."""
    fonts = [{**asdict(font), "axes": dict(font.axes)} for font in book.fonts]
    return json.dumps({"fonts": fonts, "cjk": str(book.cjk or "")})


def opened(text: str) -> FontBook:
    """The book, with every file that it may need open. Raises NoSuchFont."""
    told = json.loads(text)
    book = FontBook([Font(**font) for font in told["fonts"]], Guests(cjk=Path(told["cjk"]) if told["cjk"] else None))
    for words in _GUESTS:
        book.face_for(_CHINESE, book.plain_face, words)
    return book
