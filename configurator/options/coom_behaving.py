"""Behaviors of COOM: requirements, tables and defaults, each with its conditions and its explanation."""

from collections.abc import Callable, Iterator, Mapping

from configurator.options.coom_cursor import DEEPEST, Cursor
from configurator.options.coom_syntax import (
    Behavior,
    Cell,
    Compared,
    Condition,
    Demanded,
    Operand,
    Path,
    Preset,
    Row,
    Sign,
    Table,
)
from configurator.options.coom_words import CoomFault, Place
from configurator.options.resolving import nearest

_WISHES = ("minimize", "maximize", "prefer", "message", "readonly", "readwrite", "hide")
_FOREIGN = ("exists", "forall", "alldiff")


def read_behavior(cursor: Cursor, place: Place) -> Behavior:
    """What follows the word behavior. Raises CoomFault."""
    cursor.defines = {}
    of = "" if cursor.is_at("{") else cursor.name("a structure’s name or “{”")
    return Behavior(of, tuple(_block(cursor, "", (), 0)), place)


def _block(cursor: Cursor, explanation: str, conditions: tuple[Condition, ...], depth: int) -> Iterator[Demanded]:
    """The demands between brackets; they share the explanation and the conditions before the block."""
    if depth > DEEPEST:
        raise CoomFault("This is nested too deeply.", cursor.place)
    cursor.need("{")
    own, own_conditions = explanation, conditions
    outside = dict(cursor.defines)
    while not cursor.take("}"):
        place = cursor.place
        if cursor.take(";"):
            continue
        if cursor.take("define"):
            _define(cursor)
        elif cursor.take("explanation"):
            own = cursor.name("a sentence in quotes")
        elif cursor.take("condition"):
            own_conditions = (*own_conditions, cursor.condition())
        else:
            if cursor.is_at("{"):
                yield from _block(cursor, own, own_conditions, depth + 1)
            else:
                yield Demanded(own, own_conditions, _demand(cursor), place)
            own, own_conditions = explanation, conditions
    cursor.defines = outside


def _define(cursor: Cursor) -> None:
    place = cursor.place
    name = cursor.name("a name")
    cursor.need("=")
    if name in cursor.defines:
        raise CoomFault(f"“{name}” is already defined.", place)
    cursor.defines[name] = cursor.calculated()


def _demand(cursor: Cursor) -> Condition | Table | Preset:
    word = cursor.next
    if cursor.is_at(*_WISHES):
        raise CoomFault(f"{word.said} cannot be read: it does not say what may go together. Leave it out.", word.place)
    if cursor.is_at(*_FOREIGN):
        raise CoomFault(f"{word.said} cannot be read. Write a “require” for each part that it is about.", word.place)
    for text, read in _DEMANDS.items():
        if cursor.take(text):
            return read(cursor, word.place)
    raise cursor.expected("require, condition, combinations, explanation or “}”", nearest(word.text, _KNOWN))


def _require(cursor: Cursor, _place: Place) -> Condition:
    return cursor.condition()


def _imply(cursor: Cursor, _place: Place) -> Condition:
    path = cursor.path("a feature")
    cursor.need("=")
    return Compared(path, "=", cursor.calculated())


def _preset(cursor: Cursor, place: Place) -> Preset:
    path = cursor.path("a feature")
    cursor.need("=")
    return Preset(path, cursor.operand(), place)


def _table(cursor: Cursor, place: Place) -> Table:
    columns: list[Path] = []
    cursor.need("(")
    while not cursor.take(")"):
        columns.append(cursor.path("a feature or “)”"))
        cursor.take(",")
    rows = []
    while cursor.is_at("allow", "forbid", ";"):
        start, allow = cursor.place, cursor.is_at("allow")
        if cursor.take("allow", "forbid"):
            rows.append(_row(cursor, len(columns), start, allow=allow))
        else:
            cursor.take(";")
    if not columns or not rows:
        raise CoomFault("A table needs columns and rows: combinations (a b) allow (x y).", place)
    return Table(tuple(columns), tuple(rows), place)


def _row(cursor: Cursor, columns: int, place: Place, *, allow: bool) -> Row:
    cells: list[Cell] = []
    cursor.need("(")
    while not cursor.take(")"):
        cells.append(_cell(cursor))
        cursor.take(",")
    if len(cells) != columns:
        raise CoomFault(f"This row has {len(cells)} cells, the table {columns} columns.", place)
    return Row(allow, tuple(cells), place)


def _cell(cursor: Cursor) -> Cell:
    place = cursor.place
    if cursor.take("-*-"):
        return Cell(None, place)
    if not cursor.take("("):
        return Cell((_way(cursor),), place)
    ways = [_way(cursor)]
    while not cursor.take(")"):
        cursor.take(",")
        ways.append(_way(cursor))
    return Cell(tuple(ways), place)


def _way(cursor: Cursor) -> tuple[Sign, Operand]:
    sign: Sign = cursor.sign() if cursor.compares() else "="
    return sign, cursor.operand()


_DEMANDS: Mapping[str, Callable[[Cursor, Place], Condition | Table | Preset]] = {
    "require": _require,
    "combinations": _table,
    "imply": _imply,
    "default": _preset,
}
_KNOWN = (*_DEMANDS, "condition", "explanation", "define")
