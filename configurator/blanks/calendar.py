"""When a facility works and when a batch closes: weekly shifts, holidays, stand-stills, closing rules."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fnmatch import fnmatchcase

RUSH_MIN = 10
"""Minutes that a rush batch waits for others like it where no rule says so."""

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class Shift:
    """Work from one local time to another on days of the week, 0 = Monday.

    One that does not end after it begins runs into the next day; 00:00 to 00:00 is the whole day.
    """

    days: tuple[int, ...]
    opens: time
    closes: time

    @property
    def overnight(self) -> bool:
        """Whether it ends on the day after it began."""
        return self.closes <= self.opens

    @property
    def minutes(self) -> float:
        """Its length on a day without a change of the clocks."""
        length = _since_midnight(self.closes) - _since_midnight(self.opens)
        return (length + timedelta(days=self.overnight)).total_seconds() / 60


@dataclass(frozen=True, slots=True)
class Holiday:
    """Days without work, the first and the last included. A shift counts for the day on which it begins."""

    first: date
    last: date
    name: str


@dataclass(frozen=True, slots=True)
class DownTime:
    """Machines that stand still: a breakdown or a maintenance window; UTC.

    work_centre: its key, empty for the whole facility; machine: from 1, 0 for all of the work centre's.
    """

    work_centre: str
    machine: int
    starts_at: datetime
    ends_at: datetime
    reason: str

    def concerns(self, centre: str, machine: int) -> bool:
        """Whether this machine stands still then; machine 0 asks for all machines of the work centre."""
        return self.work_centre in ("", centre) and self.machine in (0, machine)


@dataclass(frozen=True, slots=True)
class BatchRule:
    """How batches of some families at some work centre are filled and closed; what is None is the shop's rule.

    work_centre: empty for all; family: may end in `*`, empty for all. least, most: pieces. closes_full: so many
    pieces close it; cut_off: the local time of day at which it closes; every_min: it closes after so many minutes.
    rush_min: minutes that a rush batch waits for others like it.
    """

    work_centre: str = ""
    family: str = ""
    least: int = 1
    most: int | None = None
    closes_full: int | None = None
    cut_off: time | None = None
    every_min: int | None = None
    rush_min: int | None = None

    @property
    def rush_wait(self) -> timedelta:
        """How long a rush batch stays open."""
        return timedelta(minutes=RUSH_MIN if self.rush_min is None else self.rush_min)

    def concerns(self, centre: str, family: str) -> bool:
        """Whether the rule is meant for batches of this family at this work centre."""
        return self.work_centre in ("", centre) and fnmatchcase(family, self.family or "*")


def _since_midnight(clock: time) -> timedelta:
    return timedelta(hours=clock.hour, minutes=clock.minute, seconds=clock.second)
