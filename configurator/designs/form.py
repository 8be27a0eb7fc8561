"""A form as it came in: names and texts from anywhere, made harmless; faults are noted, never raised."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation

import regex  # type: ignore[import-untyped]  # ships no types

MOST_FIELDS = 1000
LONGEST_FIELD = 2000
_GRAPHEME = regex.compile(r"\X")
_UNWANTED = frozenset({"Cc", "Cs", "Zl", "Zp"})
_SEPARATED = re.compile(r"[+−-]?[0-9]{1,3}([.,][0-9]{3})+")


class Form:
    """Fields by name, in the order they came, with the faults found while reading them.

    Only the first 1,000 fields count, and the first 2,000 characters of each.
    """

    def __init__(self, query: Sequence[tuple[str, str]]) -> None:
        self._fields: dict[str, list[str]] = {}
        self.faults: dict[str, str] = {}
        for name, value in query[:MOST_FIELDS]:
            self._fields.setdefault(str(name)[:100], []).append(str(value)[:LONGEST_FIELD])

    def __contains__(self, name: str) -> bool:
        return name in self._fields

    @property
    def names(self) -> Iterable[str]:
        """The names of all fields."""
        return self._fields.keys()

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of a field, spaces and control characters taken off."""
        return tuple(clean(value).strip() for value in self._fields.get(name, ()))

    def last(self, name: str) -> str:
        """The last value of a field, or an empty text."""
        return clean(self.raw(name)).strip()

    def raw(self, name: str) -> str:
        """The last value as it was typed, or an empty text."""
        return next(reversed(self._fields.get(name, ())), "")

    def fault(self, name: str, sentence: str) -> None:
        """Note what is wrong with a field; the first fault of a field stays."""
        self.faults.setdefault(name, sentence)

    def text(self, name: str, most: int, *, lines: bool = False) -> str:
        """A text of at most `most` characters, composed (NFC); never cut through a letter; in one line or in lines."""
        raw = self.raw(name)
        whole = "\n".join(clean(line) for line in raw.replace("\r\n", "\n").split("\n")) if lines else clean(raw)
        kept = shortened(whole, most)
        if kept != whole:
            self.fault(name, f"At most {most} characters fit here. The rest was left off.")
        return kept

    def one_of(self, name: str, known: Mapping[str, str], default: str) -> str:
        """One of the known words, each with how people call it; anything else is a fault and gives the default."""
        word = self.last(name)
        if word in known:
            return word
        if word:
            self.fault(name, f"“{shortened(word, 40)}” is not offered here. “{known[default]}” was taken.")
        return default

    def number(self, name: str, limits: tuple[float, float], default: float) -> float:
        """A decimal number within limits, to a hundredth; a comma is read as a point."""
        text = self.last(name)
        if not text:
            return float(default)
        number = decimal(text)
        if number is None:
            self.fault(name, f"“{shortened(text, 40)}” is not a number. Write it like 12.5.")
            return float(default)
        least, most = limits
        kept = min(max(number, Decimal(str(least))), Decimal(str(most)))
        if kept != number:
            self.fault(name, f"{plain(least)} to {plain(most)} is possible here. {plain(float(kept))} was taken.")
        return float(round(kept, 2)) + 0.0


def clean(text: str) -> str:
    """Composed (NFC), without control characters, lone surrogates and line breaks; a tab becomes a space."""
    if text.isascii() and text.isprintable():
        return text
    spaced = text.replace("\t", " ").replace("\r\n", " ").replace("\n", " ")
    kept = "".join(sign for sign in spaced if unicodedata.category(sign) not in _UNWANTED)
    return unicodedata.normalize("NFC", kept)


def shortened(text: str, most: int) -> str:
    """At most `most` code points, cut between letters as readers see them."""
    if len(text) <= most:
        return text
    kept = ""
    for letter in _GRAPHEME.findall(text[: most + 100]):
        if len(kept) + len(letter) > most:
            break
        kept += letter
    return kept


def counted(text: str) -> int | None:
    """A whole number of at most nine plain digits, or None."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def decimal(text: str) -> Decimal | None:
    """A plain decimal number of sane size, or None."""
    try:
        number = Decimal(text.replace(",", ".", 1).replace("−", "-"))
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < 10**9 else None


def whole(text: str) -> Decimal | None:
    """A number where whole ones are asked for, or None: 1,000 and 1.000 are a thousand to some and one to others."""
    return None if _SEPARATED.fullmatch(text) else decimal(text)


def plain(number: float) -> str:
    """A number as a form or address writes it: at most two decimals, no trailing zeros, never `-0`."""
    text = f"{number:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def pairs_of(mapping: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """A mapping as pairs in the order of their keys."""
    return tuple(sorted(mapping.items()))
