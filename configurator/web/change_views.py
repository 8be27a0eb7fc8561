"""What a plan changed about a batch, as its page tells it: pieces that did the same at the same time in one line."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from configurator.production.rows import PlanChange

NAMED = 3


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One line. pieces: their codes, in order; none when it is about the batch itself."""

    pieces: tuple[str, ...]
    what: str
    why: str
    at: datetime

    @property
    def named(self) -> str:
        """Who it is about: a few by their codes, of more the first ones and how many besides."""
        more = len(self.pieces) - NAMED
        return ", ".join(self.pieces) if more <= 1 else f"{', '.join(self.pieces[:NAMED])} and {more} more"


def change_views(changes: Iterable[PlanChange]) -> list[ChangeView]:
    """Changes in their order, neighbours alike told once; a change of the batch itself always has its own line."""
    alike = groupby(changes, key=lambda each: (each.what, each.why, each.at, bool(each.piece)))
    return [
        ChangeView(tuple(sorted(each.piece for each in told if each.piece)), what, why, at)
        for (what, why, at, _), told in alike
    ]
