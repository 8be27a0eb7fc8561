"""One table of a TOML sheet, read key by key: wrong types, missing and unknown keys become faults."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, TypeVar

from configurator.blanks.faults import listed, nearest
from configurator.blanks.kinds import (
    COLOUR,
    DECIMAL,
    FLAG,
    LIST,
    MONEY,
    NUMBER,
    TABLE,
    TEXT,
    WHOLE,
    Kind,
    T,
    Wrong,
    said,
)
from configurator.blanks.lines import Path
from configurator.blanks.sheet import Sheet
from configurator.money import minor

N = TypeVar("N", int, float)

LONGEST_TEXT = 2_000
"""Characters of a text that nothing else limits: customers read it, and it stands in mails and on papers."""
REQUIRED: Any = object()
"""The default of a key that must be there."""

KEY = re.compile(r"[a-z][a-z0-9-]*")
"""What names an option, value, area or component: it stands in addresses and in rules."""


class Table:
    """A table of the sheet. Every getter returns a usable value of its type, also after a fault."""

    def __init__(self, sheet: Sheet, path: Path = (), content: dict[str, Any] | None = None) -> None:
        self.sheet = sheet
        self.path = path
        self.content = sheet.content if content is None else content
        self.known: set[str] = set()

    def fault(self, key: str | None, sentence: str) -> None:
        """Notes a mistake at a key of this table, or at the table itself."""
        self.sheet.fault(self.path if key is None else (*self.path, key), sentence)

    def has(self, key: str) -> bool:
        """Whether the key is written there."""
        self.known.add(key)
        return key in self.content

    def text(self, key: str, default: str = REQUIRED, *, longest: int = LONGEST_TEXT) -> str:
        """A text that says something; one that is longer is cut."""
        text = self._one(key, default, "", TEXT)
        if text is not None and len(text) > longest:
            self.fault(key, f"“{key}” has {len(text):,} characters; {longest:,} are possible.")
        return text and text[:longest]

    def whole(self, key: str, default: int = REQUIRED, *, least: int = 0, most: int = 10**9) -> int:
        """A whole number within limits."""
        number = self._one(key, default, least, WHOLE)
        return self._within(key, number, least, most)

    def number(self, key: str, default: float = REQUIRED, *, least: float = 0, most: float = 1e9) -> float:
        """A number within limits."""
        number = self._one(key, default, least, NUMBER)
        return self._within(key, number, least, most)

    def flag(self, key: str) -> bool:
        """true or false; false when it is not there."""
        return self._one(key, False, False, FLAG)

    def money(self, key: str, default: str = REQUIRED) -> int:
        """A price in minor units, written as a text like "13.40"."""
        return self._one(key, default if default is REQUIRED else minor(default), 0, MONEY)

    def decimal(self, key: str, default: str = REQUIRED) -> Decimal:
        """An exact number written as a text like "0.125"."""
        return self._one(key, default if default is REQUIRED else Decimal(default), Decimal(0), DECIMAL)

    def colour(self, key: str, default: str = REQUIRED) -> str:
        """A colour like #f0583f."""
        return self._one(key, default, "#000000", COLOUR)

    def one_of(self, key: str, valid: tuple[str, ...], default: str = REQUIRED) -> str:
        """One of a few words."""
        word = self._one(key, default, valid[0], TEXT)
        if word not in valid:
            self.fault(key, f"“{key}” is “{word}”; expected one of {listed(valid)}.{_near(word, valid)}")
            return valid[0]
        return word

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty when it is not there."""
        items: list[Any] = self._one(key, [], [], LIST)
        return tuple(item for item in (self._item(key, place, item, TEXT) for place, item in enumerate(items)) if item)

    def numbers(self, key: str, count: int, default: tuple[float, ...] = REQUIRED) -> tuple[float, ...]:
        """Exactly `count` numbers: a size, a point, a box."""
        fallback: list[Any] = [0.0] * count
        if default is not REQUIRED:
            fallback = [*default]
        wanted: Any = REQUIRED if default is REQUIRED else fallback
        items: list[Any] = self._one(key, wanted, fallback, LIST)
        if len(items) != count:
            self.fault(
                key, f"“{key}” has {len(items)} numbers; expected {count}, like {[10.0 * n for n in range(count)]}."
            )
            items = fallback
        return tuple(self._item(key, place, item, NUMBER) or 0.0 for place, item in enumerate(items))

    def counts(self, key: str) -> dict[str, int]:
        """A table of names and whole numbers: { mug-white = 1 }; empty when it is not there."""
        return self._mapping(key, WHOLE)

    def colours(self, key: str) -> dict[str, str]:
        """A table of names and colours; empty when it is not there."""
        return self._mapping(key, COLOUR)

    def table(self, key: str, *, required: bool = True) -> "Table | None":
        """The table under a key."""
        nothing: Any = None
        content = self._one(key, REQUIRED if required else nothing, nothing, TABLE)
        return None if content is None else Table(self.sheet, (*self.path, key), content)

    def entries(self, key: str, *, required: bool = False) -> Iterator[tuple[str, "Table"]]:
        """The named tables under a key: [option.inside], [option.rim] …"""
        group = self.table(key, required=required)
        for name, content in (group.content if group else {}).items():
            if group and isinstance(content, dict):
                yield group.checked_name(name), Table(self.sheet, (*group.path, name), content)
            elif group:
                group.fault(name, f"“{name}” must be a table of its own: [{key}.{name}].")

    def tables(self, key: str) -> Iterator["Table"]:
        """The tables of a list: [[rule]] … or { … }, { … }; none when it is not there."""
        items: list[Any] = self._one(key, [], [], LIST)
        for place, content in enumerate(items):
            if isinstance(content, dict):
                yield Table(self.sheet, (*self.path, key, place), content)
            else:
                self.sheet.fault(
                    (*self.path, key, place), f"“{key}” holds tables like {{ key = … }}, not {said(content)}."
                )

    def key(self) -> str:
        """This table's own `key`, a name that may stand in an address."""
        return self.checked_name(self.text("key"), "key")

    def checked_name(self, name: str, key: str | None = None) -> str:
        """The name itself, with a fault when it cannot stand in an address or a rule."""
        if name and not KEY.fullmatch(name):
            expected = "small letters, digits and hyphens, a letter first, like mug-white"
            self.fault(key or name, f"“{name}” cannot be a name here; expected {expected}.")
        return name

    def close(self) -> None:
        """Every key that nobody asked for is unknown: says so with the nearest that is known."""
        for key in self.content:
            if key not in self.known:
                self.fault(key, f"“{key}” is not known here.{nearest(key, self.known)}")

    def _one(self, key: str, default: T, fallback: T, kind: Kind[T]) -> T:
        self.known.add(key)
        if key not in self.content:
            if default is REQUIRED:
                self.fault(None, f"“{key}” is missing; expected {kind.expected}.")
                return fallback
            return default
        try:
            return kind.read(self.content[key])
        except Wrong as wrong:
            self.fault(key, f"“{key}” is {wrong}; expected {kind.expected}.")
            return fallback if default is REQUIRED else default

    def _item(self, key: str, place: int | str, item: Any, kind: Kind[T]) -> T | None:
        try:
            return kind.read(item)
        except Wrong as wrong:
            self.sheet.fault((*self.path, key, place), f"“{key}” holds {wrong}; expected {kind.expected}.")
            return None

    def _mapping(self, key: str, kind: Kind[T]) -> dict[str, T]:
        mapping = self._one(key, {}, {}, TABLE)
        items = {name: self._item(key, name, item, kind) for name, item in mapping.items()}
        return {name: item for name, item in items.items() if item is not None}

    def _within(self, key: str, number: N, least: N, most: N) -> N:
        if not least <= number <= most:
            self.fault(key, f"“{key}” is {number:.12g}; expected a number from {least:.12g} to {most:.12g}.")
            return least
        return number


def two(numbers: tuple[float, ...]) -> tuple[float, float]:
    """Two numbers that `Table.numbers` has read, as a pair."""
    return numbers[0], numbers[1]


def four(numbers: tuple[float, ...]) -> tuple[float, float, float, float]:
    """Four numbers that `Table.numbers` has read: x, y, width, height."""
    return numbers[0], numbers[1], numbers[2], numbers[3]


def _near(word: str, valid: tuple[str, ...]) -> str:
    hint = nearest(word, valid)
    return hint if hint.startswith(" Did") else ""
