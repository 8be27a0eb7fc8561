"""docs/blanks.md: its example is a blank that works, and it names every key there is."""

import re
import tomllib
from pathlib import Path
from typing import Any

from configurator.blanks.catalogue import read_catalogue
from configurator.blanks.reading_blank import read_blank
from configurator.blanks.sheet import sheet_of

ROOT = Path(__file__).parents[2]
MANUAL = (ROOT / "docs/blanks.md").read_text("utf-8")
FREE = {"paint", "uses", "facts", "fields", "option", "area", "facility", "centre", "method", "taxes", "categories"}
FREE |= {"bodies", "tiers", "start", "axes", "each", "palette", "default", "spots", "days_to"}


def test_the_example_of_the_manual_is_a_blank_without_a_mistake() -> None:
    blocks = re.findall(r"```(?:toml|svg) (\S+)\n(.*?)```", MANUAL, re.DOTALL)
    files = dict(blocks)
    assert set(files) == {"blank.toml", "coaster.svg", "shapes/fern.svg"}
    sheet = sheet_of(files["blank.toml"], name="coaster/blank.toml")
    blank = read_blank("coaster", sheet, files, read_catalogue(ROOT / "blanks").shop)
    assert sheet.faults == []
    assert blank.name == "Coaster"


def keys_of(table: dict[str, Any]) -> set[str]:
    """The keys of a table that the program knows by name; names the maker chose are left out."""
    found = set(table)
    for key, value in table.items():
        inner = value if isinstance(value, list) else [value]
        for item in inner:
            if not isinstance(item, dict):
                continue
            tables = [other for other in item.values() if isinstance(other, dict)] if key in FREE else [item]
            found |= {name for other in tables for name in keys_of(other)}
    return found


def test_the_manual_names_every_key_that_the_shop_and_the_blanks_use() -> None:
    named = set(re.findall(r"`([a-z_0-9]+)`", MANUAL)) | set(re.findall(r"`\[+([a-z_]+)", MANUAL))
    for file in (ROOT / "blanks").glob("**/*.toml"):
        for key in keys_of(tomllib.loads(file.read_text("utf-8"))) - {"option", "area", "food", "process"}:
            assert key in named, (file.parent.name, key)
