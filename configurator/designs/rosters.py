"""A list of personalised pieces as people type or paste it: one a line, its columns parted by tabs or semicolons."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from configurator.designs.form import clean, counted, shortened
from configurator.errors import Invalid

MOST_LINES = 200
MOST_TOLD = 3
_LINE_END = re.compile(r"\r\n|\r|\n")
_PIECES = re.compile(r"(\d{1,6})\s*[×xX]")


class NotNumbers(Invalid):
    """Numbers from and to that cannot be counted up, or that no list has room for."""


@dataclass(frozen=True, slots=True)
class Column:
    """What may differ from piece to piece: a text, an option that is one of several values, or how many.

    name: of the customiser's field. most: characters of a text. values: key -> label of an option's values.
    """

    name: str
    label: str
    most: int = 0
    values: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def is_text(self) -> bool:
        """Whether it is what stands on the piece."""
        return self.most > 0


PIECES = Column("pieces", "Pieces")
"""How many of a line there are."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list. number: which line, from 1; fields: what of the customiser's form it changes.

    pieces: None as long as the line does not say. faults: sentences about it; then it is no piece.
    """

    number: int
    typed: str
    fields: Mapping[str, str]
    pieces: int | None
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Roster:
    """A list as it was read. named: the columns that its first line names, if it does. fault: why nothing was read."""

    rows: tuple[Row, ...]
    named: tuple[Column, ...] = ()
    fault: str = ""


def read_roster(text: str, columns: Sequence[Column]) -> Roster:
    """What a list asks for; never raises. Empty lines are passed over, and what a line leaves out stays as designed.

    A first line that names columns chooses and orders them. Otherwise the first cell, after a `2×`, is the first text;
    the others are values of options, known by what they say, and `2×`, wherever they stand, and whatever else is there
    the next text.
    """
    lines = [(number, line, cells) for number, line in _lines(text) if (cells := _cells(line))]
    if not lines:
        return Roster((), fault="The list is empty. Write one piece a line.")
    named = _named(lines[0][2], columns)
    if isinstance(named, str):
        return Roster((), fault=named)
    rest = lines[1:] if named else lines
    if len(rest) > MOST_LINES:
        many = f"{len(rest)} pieces are in the list. At most {MOST_LINES} can be added at once:"
        return Roster((), named, f"{many} add the first {MOST_LINES}, then the others.")
    if not rest:
        return Roster((), named, "Only the names of the columns are in the list. Write one piece a line below them.")
    return Roster(tuple(_row(number, line, cells, named, columns) for number, line, cells in rest), named)


def numbered(text: str, column: Column, typed: tuple[str, str, str], columns: Sequence[Column]) -> str:
    """The list with a line for each number; typed: from, to, and how it is written: each `#` becomes the number.

    A number that is typed with zeros in front (`001`) keeps its width. Raises NotNumbers.
    """
    first, last, written = (part.strip() for part in typed)
    start, end = counted(first), counted(last)
    if start is None or end is None or start > end:
        raise NotNumbers("Write both numbers in digits, the smaller one first, such as 1 and 50.")
    if end - start >= MOST_LINES:
        raise NotNumbers(f"At most {MOST_LINES} pieces are made from one list: choose the numbers in two parts.")
    if "#" not in written:
        raise NotNumbers("Write # where the number stands, such as “No. #”.")
    given = _named(next((cells for _, line in _lines(text) if (cells := _cells(line))), []), columns)
    order = (given if not isinstance(given, str) else ()) or tuple(known for known in columns if known.is_text)
    if column not in order:
        raise NotNumbers(f"The first line of the list does not name “{column.label}”. Add it there, or empty the list.")
    width = len(first) if first.startswith("0") else 0
    before, after = (sign := "\t" if ";" in written else ";") * order.index(column), sign.strip(";")
    new = [f"{before}{written.replace('#', str(number).zfill(width))}{after}" for number in range(start, end + 1)]
    return "\n".join([*([text.rstrip("\r\n")] if text.strip() else []), *new])


def _lines(text: str) -> Iterator[tuple[int, str]]:
    return enumerate(_LINE_END.split(text.removeprefix("\ufeff")), start=1)


def _cells(line: str) -> list[str]:
    """A line's cells without spaces round them; empty ones at its end, as spreadsheets leave them, are none."""
    cells = [clean(cell).strip() for cell in line.split("\t" if "\t" in line else ";")]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _named(cells: Sequence[str], columns: Sequence[Column]) -> tuple[Column, ...] | str:
    """The columns that a first line names, none if it is a piece, or what is wrong with it as names."""
    found = [_called(cell, columns) for cell in cells]
    known = [column for column in found if column]
    if not found or not found[0] or 2 * len(known) < len(found):
        return ()
    strangers = [cell for cell, column in zip(cells, found, strict=True) if not column]
    if strangers:
        there = ", ".join(column.label for column in columns)
        return f"“{shortened(strangers[0], 40)}” in the first line is no column. There are: {there}."
    twice = next((column.label for column in known if known.count(column) > 1), "")
    return f"“{twice}” stands twice in the first line." if twice else tuple(known)


def _called(cell: str, columns: Iterable[Column]) -> Column | None:
    said = cell.casefold()
    return next((each for each in columns if said in (each.label.casefold(), each.name.removeprefix("f."))), None)


def _row(number: int, line: str, cells: Sequence[str], named: Sequence[Column], columns: Sequence[Column]) -> Row:
    read = list(_in_order(cells, named) if named else _told_apart(_count_last(cells), columns))
    fields = {column.name: value for column, value, fault in read if not fault}
    pieces = counted(fields.pop(PIECES.name, ""))
    return Row(number, line.strip(), fields, pieces, tuple(fault for _, _, fault in read if fault))


def _in_order(cells: Sequence[str], named: Sequence[Column]) -> Iterator[tuple[Column, str, str]]:
    """Cells as the first line names them."""
    yield from (_read(column, cell) for column, cell in zip(named, cells, strict=False) if cell)
    if len(cells) > len(named):
        told = ", ".join(column.label for column in named)
        yield PIECES, "", f"{len(cells)} columns are in this line, but only {len(named)} are named: {told}."


def _count_last(cells: Sequence[str]) -> Sequence[str]:
    """`2×; Kofi` is two for Kofi as `Kofi; 2×` is; alone, or with another `2×` in the line, it is a text."""
    first, others = cells[0], cells[1:]
    leads = _PIECES.fullmatch(first) and others and not any(_PIECES.fullmatch(cell) for cell in others)
    return [*others, first] if leads else cells


def _told_apart(cells: Sequence[str], columns: Sequence[Column]) -> Iterator[tuple[Column, str, str]]:
    """The first cell is a text if there is one. Each other is the first option that has such a value and none yet, or
    `2×`, or the next text: whoever writes a name and a size means the size, however many texts the design has."""
    texts, free = [column for column in columns if column.is_text], [column for column in columns if column.values]
    first = texts[0] if texts else None
    for cell in cells:
        option = next((column for column in free if _value(column, cell)), None)
        if texts and (texts[0] is first or not (option or _PIECES.fullmatch(cell))):
            column = texts.pop(0)
            if cell:
                yield _read(column, cell)
        elif option:
            free.remove(option)
            yield option, _value(option, cell), ""
        elif _PIECES.fullmatch(cell):
            yield _read(PIECES, cell)
        elif cell:
            yield PIECES, "", _unknown(cell, free, columns)


def _read(column: Column, cell: str) -> tuple[Column, str, str]:
    """The column with the value that a cell stands for, or the sentence why it is none."""
    if column.is_text:
        fault = f"“{shortened(cell, 40)}” has {len(cell)} characters; {column.label} takes {column.most} at most."
        return column, cell, fault if len(cell) > column.most else ""
    if column.values:
        value = _value(column, cell)
        return column, value, "" if value else f"“{shortened(cell, 40)}” is no {column.label}. {_offered(column)}"
    match = _PIECES.fullmatch(cell)
    many = counted(match[1] if match else cell)
    return column, str(many or ""), "" if many else f"“{shortened(cell, 40)}” is no number of pieces. Write it like 2."


def _value(column: Column, cell: str) -> str:
    """The key of an option's value that is called so, by its label before its key; empty for none."""
    said = cell.casefold()
    labels = (key for key, label in column.values.items() if label.casefold() == said)
    return next(labels, "") or next((key for key in column.values if key.casefold() == said), "")


def _offered(column: Column) -> str:
    return f"There are: {', '.join(column.values.values())}."


def _unknown(cell: str, free: Sequence[Column], columns: Sequence[Column]) -> str:
    if not free:
        texts = [column.label for column in columns if column.is_text]
        return f"“{shortened(cell, 40)}” is one column too many. There are: {', '.join(texts)}."
    told = [f"{column.label} ({', '.join(column.values.values())})" for column in free[:MOST_TOLD]]
    others = ["others"] if len(free) > MOST_TOLD else []
    return f"“{shortened(cell, 40)}” is nothing to choose from. There are: {'; '.join([*told, *others])}."
