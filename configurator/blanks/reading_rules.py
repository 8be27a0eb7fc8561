"""Rules between options, read from [[rule]]."""

from configurator.blanks.draft import Draft
from configurator.blanks.table import Table
from configurator.options.model import Rule
from configurator.options.rules import LONGEST

LONGEST_SENTENCE = 500
"""Characters of a “because”: it stands beside a value on a phone."""
Cell = str | tuple[str, ...]


def read_rules(draft: Draft) -> tuple[Rule, ...]:
    """Every [[rule]]: a sentence, and either `require` (with or without `when`) or `columns` with `allow`."""
    return tuple(_rule(entry) for entry in draft.table.tables("rule"))


def _rule(entry: Table) -> Rule:
    rule = Rule(
        because=entry.text("because", longest=LONGEST_SENTENCE),
        when=entry.text("when", longest=LONGEST) if entry.has("when") else None,
        require=entry.text("require", longest=LONGEST) if entry.has("require") else None,
        columns=entry.texts("columns"),
        allow=_rows(entry),
    )
    whole = len(rule.because) < LONGEST_SENTENCE
    if rule.because and whole and not rule.because.rstrip().endswith((".", "!", "?")):
        entry.fault(
            "because", "“because” is shown to customers word for word; write a sentence that ends with a point."
        )
    if (rule.require is None) == (not entry.has("columns") or entry.content["columns"] == []):
        entry.fault(None, "A rule has either “require” (and perhaps “when”), or “columns” with “allow”.")
    elif rule.columns and (rule.when is not None or not rule.allow):
        entry.fault("columns", "“columns” goes with “allow”, rows of values, and without “when”.")
    entry.close()
    return rule


def _rows(entry: Table) -> tuple[tuple[Cell, ...], ...]:
    if not entry.has("allow"):
        return ()
    rows = entry.content["allow"]
    if not isinstance(rows, list) or not all(isinstance(row, list) and all(map(_is_cell, row)) for row in rows):
        entry.fault("allow", '“allow” holds rows of cells; a cell is "*" or a list of values: [[["s", "m"], "*"]].')
        return ()
    return tuple(tuple(_cell(cell) for cell in row) for row in rows)


def _is_cell(cell: object) -> bool:
    return isinstance(cell, str) or (isinstance(cell, list) and all(isinstance(word, str) for word in cell))


def _cell(cell: str | list[str]) -> Cell:
    if isinstance(cell, str):
        return cell if cell == "*" else (cell,)
    return tuple(cell)
