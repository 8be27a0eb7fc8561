"""Sheets being filled, most often with equal pieces: how far those go is found out once for all batches."""

from dataclasses import dataclass
from functools import lru_cache

from configurator.blanks.blank import SheetSpec
from configurator.production.nesting import Nest, Rectangle, nest_for


@lru_cache(maxsize=1024)
def sheets_after(spec: SheetSpec, rectangles: tuple[Rectangle, ...], most: int, limit: int) -> tuple[int, ...]:
    """Sheets in use after one equal piece, two, and so on, until there is no room on `most` sheets or at the limit."""
    nest, sheets = nest_for(spec, rectangles, most), list[int]()
    while len(sheets) < limit and nest.add(rectangles) is not None:
        sheets.append(nest.sheets)
    return tuple(sheets)


@dataclass(slots=True)
class Sheets:
    """At most `most` sheets for at most `limit` pieces like the first one and others, as `nest_for` would fill them."""

    spec: SheetSpec
    first: tuple[Rectangle, ...]
    most: int
    limit: int
    _alike: int = 0
    _nest: Nest | None = None

    @property
    def sheets(self) -> int:
        """Sheets in use."""
        if self._nest is not None:
            return self._nest.sheets
        return self._counts()[self._alike - 1] if self._alike else 0

    def add(self, rectangles: tuple[Rectangle, ...]) -> bool:
        """Lay down everything that one piece needs; false, and nothing laid, when there is no room for all of it."""
        if self._nest is None and rectangles == self.first:
            room = self._alike < len(self._counts())
            self._alike += room
            return room
        if self._nest is None:
            self._nest = nest_for(self.spec, self.first, self.most)
            for _ in range(self._alike):
                self._nest.add(self.first)
        return self._nest.add(rectangles) is not None

    def _counts(self) -> tuple[int, ...]:
        return sheets_after(self.spec, self.first, self.most, self.limit)
