"""The setup matrix of shop.toml: [[changeover]] by pairs, [[setup_table]] and [[ladder]] by an attribute's values."""

from configurator.blanks.setups import Ladder, Setups, SetupTable
from configurator.blanks.table import Table

MOST_MIN = 24 * 60


def read_setups(table: Table) -> Setups:
    """All that shop.toml says about changing over; mistakes are noted where they stand."""
    return Setups(
        _changeovers(table),
        tuple(_ladder(entry) for entry in table.tables("ladder")),
        tuple(_grid(entry) for entry in table.tables("setup_table")),
    )


def _changeovers(table: Table) -> dict[tuple[str, str], float]:
    """Minutes from family to family; `both = true` says it takes as long the other way round."""
    minutes: dict[tuple[str, str], float] = {}
    for entry in table.tables("changeover"):
        start, end, time_taken = entry.text("from"), entry.text("to"), entry.number("min", most=MOST_MIN)
        minutes[start, end] = time_taken
        if entry.flag("both"):
            minutes[end, start] = time_taken
        entry.close()
    return minutes


def _ladder(entry: Table) -> Ladder:
    """Setups by an attribute of the family whose values have an order: colour from light to dark."""
    ladder = Ladder(
        families=entry.text("families"),
        order=entry.texts("order"),
        down_min=entry.number("down_min", most=MOST_MIN),
        up_min=entry.number("up_min", most=MOST_MIN),
    )
    _check_star(entry, ladder.families)
    entry.close()
    return ladder


def _grid(entry: Table) -> SetupTable:
    """Setups by an attribute of the family whose values have no order: foils, tools; a row of minutes for each."""
    grid = SetupTable(entry.text("families"), entry.texts("values"), _rows(entry))
    _check_star(entry, grid.families)
    count = len(grid.values)
    if count < 2 or len(set(grid.values)) < count:
        entry.fault("values", "Expected two values or more, each once, like gold and silver.")
    elif len(grid.minutes) != count or any(len(row) != count for row in grid.minutes):
        entry.fault("minutes", f"{count} values need {count} rows of {count} numbers: from each of them to each.")
    elif any(grid.minutes[n][n] for n in range(count)):
        entry.fault("minutes", "From a value to itself nothing is changed; expected 0 on the diagonal.")
    entry.close()
    return grid


def _rows(entry: Table) -> tuple[tuple[float, ...], ...]:
    written = entry.has("minutes")
    rows = entry.content.get("minutes")
    if not isinstance(rows, list) or not all(isinstance(row, list) and all(map(_minutes, row)) for row in rows):
        wrong = "holds something else" if written else "is missing"
        expected = f"expected rows of minutes up to {MOST_MIN}, like [[0, 12], [9, 0]]"
        entry.fault("minutes" if written else None, f"“minutes” {wrong}; {expected}.")
        return ()
    return tuple(tuple(float(each) for each in row) for row in rows)


def _minutes(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= MOST_MIN


def _check_star(entry: Table, families: str) -> None:
    if families.count("*") != 1:
        entry.fault("families", f"“{families}” needs one * where the value stands, like mug-*.")
