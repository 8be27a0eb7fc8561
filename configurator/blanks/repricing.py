"""A blank with another price: its blank.toml with other [price] lines, read again; it is a version of its own."""

import re
import tomllib

from configurator.blanks.blank import Blank
from configurator.blanks.reading_blank import read_blank
from configurator.blanks.sheet import sheet_of
from configurator.blanks.shop import Shop
from configurator.errors import Invalid
from configurator.options.recent import Recent

_SECTION = re.compile(r"^[ \t]*\[price\][^\n]*\n(?:(?![ \t]*\[)[^\n]*(?:\n|\Z))*?(?=\s*^[ \t]*\[|\s*\Z)", re.MULTILINE)
_read: Recent[Blank] = Recent(200)


class PriceElsewhere(Invalid):
    """The price does not stand in a section of its own."""

    def __init__(self, blank: Blank) -> None:
        super().__init__(
            f"The blank.toml of “{blank.name}” has no section [price] that could be replaced. "
            "Copy the lines into it by hand."
        )


def repriced(blank: Blank, lines: str, shop: Shop) -> Blank:
    """The blank with `lines` in place of its [price] section, and nothing else changed. Raises PriceElsewhere.

    It has a version of its own: orders that were priced by the other one keep that.
    """
    return _read.get((blank.version, lines), lambda: _changed(blank, lines, shop))


def _changed(blank: Blank, lines: str, shop: Shop) -> Blank:
    before = blank.source.get("blank.toml", "")
    text, count = _SECTION.subn(lambda _: lines.strip() + "\n", before, count=1)
    if not count or not _only_the_price(before, text):
        raise PriceElsewhere(blank)
    sheet = sheet_of(text, name=f"{blank.key}/blank.toml")
    changed = read_blank(blank.key, sheet, {**blank.source, "blank.toml": text}, shop)
    if sheet.faults:
        raise PriceElsewhere(blank)
    return changed


def _only_the_price(before: str, after: str) -> bool:
    """Whether nothing but the price differs, as TOML reads it."""
    try:
        old, new = tomllib.loads(before), tomllib.loads(after)
    except tomllib.TOMLDecodeError:
        return False
    return {**old, "price": None} == {**new, "price": None} and "base" in new.get("price", {})
