"""Reads what `--instance` names; whatever cannot be planned is refused with a sentence that says where it is wrong."""

import json
import math
from pathlib import Path
from typing import Any

from benchmarks.planning_mixes import Instance

LARGEST = 1e12
"""Numbers beyond this are refused: their sums would not be exact any more."""

COLUMNS = ("family", "run_min", "due_min", "weight")


class NotAnInstance(ValueError):
    """The file cannot be planned; the message is the sentence to show."""


def read(path: str) -> Instance:
    """The instance in a file. Raises NotAnInstance."""
    try:
        given = json.loads(Path(path).read_text("utf-8"))
    except OSError as fault:
        raise NotAnInstance(f"It cannot be read: {fault.strerror}.") from fault
    except (ValueError, RecursionError) as fault:
        raise NotAnInstance(f"It is not JSON in UTF-8: {fault}.") from fault
    if not isinstance(given, dict):
        raise NotAnInstance("It must be one JSON object with machines, setup_min, first_setup_min and lines.")
    return checked({"batch_max_lines": None, **given})


def checked(instance: Instance) -> Instance:
    """The instance, if it can be planned. Raises NotAnInstance with the first fault."""
    for key in ("machines", "setup_min", "first_setup_min", "lines"):
        if key not in instance:
            raise NotAnInstance(f"{key} is missing.")
    _whole(instance["machines"], "machines", least=1)
    if instance["batch_max_lines"] is not None:
        _whole(instance["batch_max_lines"], "batch_max_lines", least=1)
    families = _list(instance["first_setup_min"], "first_setup_min")
    _minutes(families, "first_setup_min")
    _square(_list(instance["setup_min"], "setup_min"), len(families))
    for n, line in enumerate(_list(instance["lines"], "lines")):
        _line(line, f"lines[{n}]", len(families))
    return instance


def _square(rows: list[Any], families: int) -> None:
    if len(rows) != families:
        raise NotAnInstance(f"setup_min has {len(rows)} rows for {families} families of first_setup_min.")
    for n, row in enumerate(rows):
        where = f"setup_min[{n}]"
        if len(_list(row, where)) != families:
            raise NotAnInstance(f"{where} has {len(row)} numbers for {families} families.")
        _minutes(row, where)


def _line(line: Any, where: str, families: int) -> None:
    if not isinstance(line, dict):
        raise NotAnInstance(f"{where} must be an object with {', '.join(COLUMNS)}.")
    for key in COLUMNS:
        if key not in line:
            raise NotAnInstance(f"{where} has no {key}.")
    _number(line["run_min"], f"{where}.run_min", least=0)
    _number(line["weight"], f"{where}.weight", least=0)
    _number(line["due_min"], f"{where}.due_min", least=-LARGEST)
    if _whole(line["family"], f"{where}.family", least=0) >= families:
        raise NotAnInstance(f"{where}.family is {line['family']}, but there are only families 0 to {families - 1}.")


def _list(value: Any, where: str) -> list[Any]:
    if not isinstance(value, list):
        raise NotAnInstance(f"{where} must be a list.")
    return value


def _minutes(values: list[Any], where: str) -> None:
    for n, value in enumerate(values):
        _number(value, f"{where}[{n}]", least=0)


def _number(value: Any, where: str, *, least: float) -> float:
    endless = isinstance(value, float) and not math.isfinite(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or endless:
        raise NotAnInstance(f"{where} must be a number, not {json.dumps(value)[:40]}.")
    if not least <= value <= LARGEST:  # before it is written: an integer of JSON may be longer than any float
        raise NotAnInstance(f"{where} is {json.dumps(value)[:40]}: it must be from {least:g} to {LARGEST:g}.")
    return value


def _whole(value: Any, where: str, *, least: int) -> int:
    number = _number(value, where, least=least)
    if number != int(number):
        raise NotAnInstance(f"{where} is {number:g}: it must be a whole number.")
    return int(number)
