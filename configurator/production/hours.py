"""A facility's working time: opening hours on workdays of its own time zone, cut-offs, minutes of work."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from configurator.blanks.shop import Facility

NEVER_LATER = 3660
"""Days looked ahead before a facility counts as never open again."""


@dataclass(frozen=True, slots=True)
class Window:
    """One opening of the doors: from, until; UTC."""

    opens: datetime
    closes: datetime

    @property
    def minutes(self) -> float:
        """How long it is open."""
        return (self.closes - self.opens).total_seconds() / 60


@dataclass(frozen=True, slots=True)
class Hours:
    """The working time of a facility. All times in and out are UTC; days and clock times are local."""

    timezone: str
    opens: time
    closes: time
    workdays: tuple[int, ...]
    cut_off: time

    @staticmethod
    def of(facility: Facility) -> "Hours":
        """A facility's hours."""
        return Hours(facility.timezone, facility.opens, facility.closes, facility.workdays, facility.cut_off)

    def local(self, at: datetime) -> datetime:
        """A time as the facility's wall clock shows it."""
        return at.astimezone(ZoneInfo(self.timezone))

    def at(self, day: date, clock: time) -> datetime:
        """A local day and clock time in UTC."""
        return datetime.combine(day, clock, ZoneInfo(self.timezone)).astimezone(UTC)

    def windows(self, since: datetime) -> Iterator[Window]:
        """The openings from `since` on; the first is the rest of today's, if there is one."""
        first = self.local(since).date()
        for day in (first + timedelta(days=n) for n in range(NEVER_LATER)):
            if day.weekday() not in self.workdays:
                continue
            window = Window(max(since, self.at(day, self.opens)), self.at(day, self.closes))
            if window.opens < window.closes:
                yield window

    def open_from(self, at: datetime) -> datetime:
        """`at` if the doors are open then, else the next opening."""
        return next(self.windows(at)).opens

    def fit(self, start: datetime, minutes: float) -> Window:
        """When work of that many minutes runs if it may start at `start`.

        Work that fits into one opening is not cut in two by the night: it waits for the next morning. Only work
        longer than the whole opening that it starts in runs on the next day.
        """
        windows = self.windows(start)
        window = next(windows)
        if minutes > window.minutes:
            window = self._later(window, windows, minutes)
        begins, left = window.opens, minutes
        while left > window.minutes + 1e-6:
            left -= window.minutes
            window = next(windows)
        return Window(begins, min(window.closes, window.opens + timedelta(minutes=left)))

    def _later(self, window: Window, windows: Iterator[Window], minutes: float) -> Window:
        """The window to start in: the next one, if the work fits it whole or this one is but a rest."""
        whole = (datetime.combine(date.min, self.closes) - datetime.combine(date.min, self.opens)).total_seconds() / 60
        return next(windows) if minutes <= whole else window

    def minutes_between(self, since: datetime, until: datetime) -> float:
        """Open minutes from one time to another; negative when `until` lies before."""
        if until < since:
            return -self.minutes_between(until, since)
        total = 0.0
        for window in self.windows(since):
            if window.opens >= until:
                return total
            total += (min(window.closes, until) - window.opens).total_seconds() / 60
        return total

    def cut_off_after(self, at: datetime) -> datetime:
        """The first cut-off of a workday later than `at`."""
        first = self.local(at).date()
        days = (first + timedelta(days=n) for n in range(NEVER_LATER))
        return next(cut for day in days if day.weekday() in self.workdays and (cut := self.at(day, self.cut_off)) > at)

    def workday_after(self, day: date, days: int) -> date:
        """The day that lies so many workdays after `day`; 0: `day` itself, or the next workday."""
        while day.weekday() not in self.workdays:
            day += timedelta(days=1)
        for _ in range(days):
            day += timedelta(days=1)
            while day.weekday() not in self.workdays:
                day += timedelta(days=1)
        return day

    def closing(self, day: date) -> datetime:
        """When the doors close on a local day, in UTC."""
        return self.at(day, self.closes)
