"""Where the number of a bar in the Gantt chart is written: in it, beside it, or nowhere; on wide and narrow screens."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

WIDE, NARROW = 1132, 450
"""Pixels across that a plot has at least on a wide screen, and on a tablet."""

ROOM_FOR_TEXT, ROOM_FOR_NUMBER = 74, 52
"""Pixels that a number with its pieces takes, and a number alone."""


class Drawn(Protocol):
    """A bar, in per cent of the plot; its changeover begins at changeover_x."""

    @property
    def x(self) -> float: ...  # noqa: D102 - see above
    @property
    def width(self) -> float: ...  # noqa: D102 - see above
    @property
    def changeover_x(self) -> float: ...  # noqa: D102 - see above


@dataclass(frozen=True, slots=True)
class Letters:
    """A number from x on, beside the bar or in it. at: "" | at-wide | at-narrow, the screens that it is meant for."""

    at: str
    x: float
    beside: bool


def letters(bar: Drawn, begun: Sequence[float], room: int) -> tuple[Letters, ...]:
    """In a bar that is long enough, else between its end and what begins next on its machine, if that is.

    begun: where everything on the machine begins, rising.
    """
    ends = round(bar.x + bar.width, 2)
    after = bisect_right(begun, bar.changeover_x)
    free = (begun[after] if after < len(begun) else 100.0) - ends

    def beside(plot: int) -> bool | None:
        if bar.width * plot / 100 > room:
            return False
        return True if free * plot / 100 > room + 8 else None

    wide, narrow = beside(WIDE), beside(NARROW)
    kinds = [("", wide)] if wide == narrow else [("at-wide", wide), ("at-narrow", narrow)]
    return tuple(Letters(at, ends if out else bar.x, out) for at, out in kinds if out is not None)
