"""The kinds of values in a maker's file: how each is read, and how a sentence names what was expected."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Generic, TypeVar

from configurator.money import NoPrice, minor

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
T = TypeVar("T")


class Wrong(Exception):
    """A value of the wrong kind, said in words."""

    def __init__(self, value: Any) -> None:
        super().__init__(said(value))


@dataclass(frozen=True, slots=True)
class Kind(Generic[T]):
    """A kind of value. `read` returns it or raises Wrong; `expected` completes "expected …"."""

    expected: str
    read: Callable[[Any], T]


def said(value: Any) -> str:
    """A value as a sentence about it says it."""
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, bool):
        return str(value).lower()
    return f"“{value}”" if isinstance(value, str) else str(value)[:40]


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise Wrong(value)
    return value


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > 10**15:
        raise Wrong(value)
    return value


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e12:
        raise Wrong(value)
    return float(value)


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Wrong(value)
    return value


def _money(value: Any) -> int:
    try:
        price = minor(value) if isinstance(value, str) else None
    except NoPrice as error:
        raise Wrong(value) from error
    if price is None or not 0 <= price < 10**9:
        raise Wrong(value)
    return price


def _decimal(value: Any) -> Decimal:
    try:
        number = Decimal(value) if isinstance(value, str) else None
    except InvalidOperation as error:
        raise Wrong(value) from error
    if number is None or not number.is_finite() or not 0 <= number < 10**9:
        raise Wrong(value)
    return number


def _colour(value: Any) -> str:
    if not isinstance(value, str) or not _COLOUR.fullmatch(value):
        raise Wrong(value)
    return value.lower()


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise Wrong(value)
    return value


def _table(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Wrong(value)
    return value


TEXT = Kind("a text in quotes", _text)
WHOLE = Kind("a whole number without quotes, like 12", _whole)
NUMBER = Kind("a number without quotes, like 12.5", _number)
FLAG = Kind("true or false, without quotes", _flag)
MONEY = Kind('a price in quotes with at most two decimals, like "13.40"', _money)
DECIMAL = Kind('a number in quotes, like "0.125"', _decimal)
COLOUR = Kind('a colour in quotes, like "#f0583f"', _colour)
LIST = Kind("a list in square brackets", _list)
TABLE = Kind("a table", _table)
