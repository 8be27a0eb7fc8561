"""A table of setups as text, a line for each value: "gold: 0 12 15", the minutes from it to each, in the same order."""

import re

from configurator.blanks.setups import SetupTable
from configurator.errors import Invalid

LINE = re.compile(r"\s*([\w+-]+)\s*:((?:\s+[0-9]{1,4}(?:[.,][0-9]{1,2})?)+)\s*")


class NoSetupTable(Invalid):
    """It says something else than minutes from each value to each."""

    def __init__(self, families: str, wrong: str) -> None:
        super().__init__(
            f"The table of “{families}” {wrong}. Write a line for each value, with as many numbers as there are lines, "
            "0 from it to itself: gold: 0 12, then silver: 9 0."
        )


def table_written(table: SetupTable) -> str:
    """The minutes as text."""
    rows = zip(table.values, table.minutes, strict=True)
    return "\n".join(f"{value}: {' '.join(f'{each:g}' for each in row)}" for value, row in rows)


def table_read(families: str, text: str) -> SetupTable:
    """The other way. Raises NoSetupTable."""
    if families.count("*") != 1:
        raise NoSetupTable(families, "needs one * where the value stands, like foil-*")
    lines = [line for line in text.splitlines() if line.strip()]
    found = [_line(line, families) for line in lines]
    values, rows = tuple(value for value, _ in found), tuple(row for _, row in found)
    if len(values) < 2 or len(set(values)) < len(values):
        raise NoSetupTable(families, "needs two values or more, each once")
    odd = next((value for value, row in found if len(row) != len(values)), None)
    if odd is not None:
        raise NoSetupTable(families, f"has {len(values)} lines, but another number of minutes in that of “{odd}”")
    if any(row[place] for place, row in enumerate(rows)):
        raise NoSetupTable(families, "says that something is changed from a value to itself")
    return SetupTable(families, values, rows)


def _line(line: str, families: str) -> tuple[str, tuple[float, ...]]:
    found = LINE.fullmatch(line)
    if found is None:
        raise NoSetupTable(families, f"holds “{line.strip()[:60]}”")
    return found[1], tuple(float(each.replace(",", ".")) for each in found[2].split())
