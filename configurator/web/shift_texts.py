"""Shifts as people write them in one field: "06:00-14:00, 14:00-22:00", with days where they are not the usual ones."""

import re
from collections.abc import Sequence
from datetime import time

from configurator.blanks.calendar import DAYS, Shift
from configurator.errors import Invalid

_SHORT = tuple(day[:3].title() for day in DAYS)
_SHIFT = re.compile(
    r"(?P<days>[a-z+\s-]*?)\s*(?P<opens>\d{1,2}:\d{2})\s*[-–]\s*(?P<closes>\d{1,2}:\d{2})", re.IGNORECASE
)


class NoShift(Invalid):
    """A text that was to be a shift is none."""

    def __init__(self, what: str, text: str) -> None:
        super().__init__(
            f"The shifts of {what} say “{text}”. Write them like 06:00-14:00, 14:00-22:00, or Mon-Thu 14:00-22:00."
        )


def shifts_written(shifts: Sequence[Shift], usual: Sequence[int]) -> str:
    """Shifts as text; days that are the usual ones are left out."""
    named = ["" if tuple(one.days) == tuple(usual) else f"{_days_written(one.days)} " for one in shifts]
    return ", ".join(f"{days}{one.opens:%H:%M}-{one.closes:%H:%M}" for days, one in zip(named, shifts, strict=True))


def shifts_read(text: str, usual: Sequence[int], what: str) -> tuple[Shift, ...]:
    """The other way; an empty text is no shifts. Raises NoShift, which names `what`."""
    parts = [part.strip() for part in re.split(r"[,;]", text) if part.strip()]
    return tuple(_shift(part, tuple(usual), what) for part in parts)


def _shift(text: str, usual: tuple[int, ...], what: str) -> Shift:
    found = _SHIFT.fullmatch(text)
    try:
        if found is None:
            raise NoShift(what, text)
        opens, closes = (time.fromisoformat(found[name].zfill(5)) for name in ("opens", "closes"))
        days = tuple(sorted({day for word in found["days"].split() for day in _days(word)})) or usual
    except ValueError:
        raise NoShift(what, text) from None
    return Shift(days, opens, closes)


def _days(word: str) -> list[int]:
    """`Mon-Thu`, `Sat+Sun` or `Fri`. Raises ValueError."""
    if "-" in word:
        first, last = (_day(name) for name in word.split("-"))
        return [day % 7 for day in range(first, last + 1 if last >= first else last + 8)]
    return [_day(name) for name in word.split("+")]


def _day(name: str) -> int:
    return _SHORT.index(name[:3].title())


def _days_written(days: Sequence[int]) -> str:
    run = list(range(days[0], days[-1] + 1)) if days else []
    if len(days) > 2 and list(days) == run:
        return f"{_SHORT[days[0]]}-{_SHORT[days[-1]]}"
    return "+".join(_SHORT[day] for day in days)
