"""Time is passed in: whoever needs the time is given a clock; only these classes look at one."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time; always UTC and aware."""

    def now(self) -> datetime:
        """The time now, in UTC."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The time now, in UTC."""
        return datetime.now(UTC)


@dataclass
class FixedClock:
    """Stands still until told otherwise; for tests, the demo and pictures."""

    at: datetime

    def now(self) -> datetime:
        """The time it was set to."""
        return self.at


def spoken(day: date) -> str:
    """The day as a sentence says it: `Tuesday 1 December`."""
    return f"{day:%A} {day.day} {day:%B}"
