"""Reads a file of rectangles to pack; whatever is wrong with it is told in a sentence that says where."""

import json
from pathlib import Path
from typing import Any, NamedTuple

SHAPE = '{"name", "bin": [width, height], "items": [[width, height], …], "best_oriented", "best_rotation"}'
MOST = 10**7


class CannotBePacked(ValueError):
    """The file is not there, is no JSON, or says something that cannot be packed."""


class Instance(NamedTuple):
    """Rectangles and the sheet they go on, in whole units; best: sheets that are known to do, unturned and turned."""

    name: str
    bin: tuple[int, int]
    items: list[tuple[int, int]]
    best_oriented: int
    best_rotation: int


def read_instances(file: Path) -> list[Instance]:
    """All instances of a file. Raises CannotBePacked."""
    try:
        content = json.loads(file.read_text("utf-8"))
    except OSError as fault:
        raise CannotBePacked(
            f"{file} cannot be read: {fault.strerror}. Name a file like rectangles_250.json."
        ) from fault
    except (ValueError, RecursionError) as fault:
        raise CannotBePacked(f"{file} is no JSON: {fault}. It should be a list of {SHAPE}.") from fault
    if not isinstance(content, list) or not content:
        raise CannotBePacked(f"{file} holds no list of instances. Each should be {SHAPE}.")
    return [_instance(one, f"{file}, instance {number}") for number, one in enumerate(content, start=1)]


def _instance(one: Any, where: str) -> Instance:
    if not isinstance(one, dict):
        raise CannotBePacked(f"{where} is {_told(one)}; it should be {SHAPE}.")
    sheet = _pair(one.get("bin"), f"{where}: “bin”")
    items = one.get("items")
    if not isinstance(items, list) or not items:
        raise CannotBePacked(f"{where}: “items” is {_told(items)}; it should be a list of [width, height].")
    sizes = [_pair(item, f"{where}: item {number}") for number, item in enumerate(items, start=1)]
    for number, (width, height) in enumerate(sizes, start=1):
        if width > sheet[0] or height > sheet[1]:
            raise CannotBePacked(
                f"{where}: item {number} of {width} x {height} does not fit the bin of {sheet[0]} x {sheet[1]}."
            )
    best = [_whole(one.get(key), f"{where}: “{key}”") for key in ("best_oriented", "best_rotation")]
    return Instance(str(one.get("name", where)), sheet, sizes, *best)


def _pair(value: Any, where: str) -> tuple[int, int]:
    if not isinstance(value, list) or len(value) != 2:
        raise CannotBePacked(f"{where} is {_told(value)}; it should be [width, height].")
    return _whole(value[0], f"{where}, width"), _whole(value[1], f"{where}, height")


def _whole(value: Any, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value // 1 or not 1 <= value <= MOST:
        raise CannotBePacked(f"{where} is {_told(value)}; it should be a whole number from 1 to {MOST:,}.")
    return int(value)


def _told(value: Any) -> str:
    """Shortened, lest a whole file stands in the sentence."""
    text = json.dumps(value, ensure_ascii=False)
    return "missing" if value is None else text if len(text) <= 60 else f"{text[:60]}…"
