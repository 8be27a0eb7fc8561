"""Working time of a facility, a work centre or a machine: shifts less holidays and stand-stills, by the local clock."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property, lru_cache
from itertools import islice
from zoneinfo import ZoneInfo

from configurator.blanks.calendar import Holiday, Shift
from configurator.blanks.shop import Facility

NEVER_LATER = 3660
"""Days looked ahead before a machine counts as never working again."""

AHEAD = timedelta(days=30)
"""How much further the openings are worked out each time."""

OPENINGS_TRIED = 20
"""Openings in which work looks for room to run whole, before it is cut in two."""

REMEMBERED = 512
"""Hours of work centres and machines that are kept as far as they are worked out."""

CLOSE = timedelta(milliseconds=1)
"""Two times so near are the same: minutes are floats."""


@dataclass(frozen=True, slots=True)
class Window:
    """One opening: from, until; UTC."""

    opens: datetime
    closes: datetime

    @property
    def minutes(self) -> float:
        """How long it is."""
        return (self.closes - self.opens).total_seconds() / 60


@dataclass(frozen=True, slots=True)
class _Line:
    """The openings that begin on some days, none overlapping; begins: the second day's midnight, past: their last."""

    begins: datetime
    past: date
    windows: tuple[Window, ...] = ()
    closes: tuple[datetime, ...] = ()


@dataclass(frozen=True)
class Hours:
    """Working time. All times in and out are UTC; days and clock times are local.

    holidays: no shift begins on them. closed: spans in which it stands still. A shift across the night that the
    clocks change is as long as that night really is.
    """

    timezone: str
    shifts: tuple[Shift, ...]
    cut_off: time
    holidays: tuple[Holiday, ...] = ()
    closed: tuple[Window, ...] = ()
    _days: dict[date, tuple[Window, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _known: list[_Line] = field(default_factory=list, init=False, repr=False, compare=False)

    @staticmethod
    def of(facility: Facility, centre: str = "", machine: int = 0) -> "Hours":
        """Those of a facility, of a work centre (when all its machines work), or of one of its machines, from 1."""
        down = sorted((d.starts_at, d.ends_at) for d in facility.down if d.concerns(centre, machine))
        closed = tuple(Window(starts, ends) for starts, ends in down)
        return _remembered(facility.timezone, facility.working(centre), facility.cut_off, facility.holidays, closed)

    @staticmethod
    def doors(facility: Facility) -> "Hours":
        """When a facility's doors are open for customers, whoever works behind them."""
        open_to_all = (Shift(facility.workdays, facility.opens, facility.closes),)
        return _remembered(facility.timezone, open_to_all, facility.cut_off, facility.holidays, ())

    def local(self, at: datetime) -> datetime:
        """A time as the facility's wall clock shows it."""
        return at.astimezone(ZoneInfo(self.timezone))

    def at(self, day: date, clock: time) -> datetime:
        """A local day and clock time in UTC."""
        return datetime.combine(day, clock, ZoneInfo(self.timezone)).astimezone(UTC)

    def works_on(self, day: date) -> bool:
        """Whether a shift begins on a local day."""
        return bool(self._shifts_of(day))

    def windows(self, since: datetime) -> Iterator[Window]:
        """The openings from `since` on, none overlapping; the first is the rest of the one that is now, if any."""
        line, place = self._line(since), 0
        while True:
            place = bisect_right(line.closes, since, place)
            while place < len(line.windows):
                window = line.windows[place]
                yield window if window.opens >= since else Window(since, window.closes)
                place += 1
            if line.past >= self.local(since).date() + timedelta(days=NEVER_LATER):
                return
            line = self._longer(line)

    def open_from(self, at: datetime) -> datetime:
        """`at` if it is working time, else when that begins."""
        return self._first(at).opens

    def fit(self, start: datetime, minutes: float) -> Window:
        """When work of that many minutes runs if it may start at `start`.

        Work that fits into one opening is not cut in two by the night or a stand-still: it waits for an opening that
        has room. Only work longer than the longest opening of the week runs on in the next one.
        """
        length = timedelta(minutes=minutes)
        first = self._first(start)
        if first.closes - first.opens >= length:
            return Window(first.opens, first.opens + length)
        if minutes <= self.longest_min:
            for stretch in islice(self._stretches(start, length), OPENINGS_TRIED):
                if stretch.closes - stretch.opens >= length - CLOSE:
                    return Window(stretch.opens, min(stretch.closes, stretch.opens + length))
        return self.running_on(start, minutes)

    def running_on(self, start: datetime, minutes: float) -> Window:
        """When work of that many minutes runs from `start` on, cut in two wherever it is closed."""
        first, length = self._first(start), timedelta(minutes=minutes)
        if first.closes - first.opens >= length:
            return Window(first.opens, first.opens + length)
        windows = self.windows(start)
        window = next(windows)
        begins, left = window.opens, minutes
        while left > window.minutes + 1e-6:
            left -= window.minutes
            window = next(windows)
        return Window(begins, min(window.closes, window.opens + timedelta(minutes=left)))

    def minutes_between(self, since: datetime, until: datetime) -> float:
        """Working minutes from one time to another; negative when `until` lies before."""
        if until < since:
            return -self.minutes_between(until, since)
        total = 0.0
        for window in self.windows(since):
            if window.opens >= until:
                return total
            total += (min(window.closes, until) - window.opens).total_seconds() / 60
        return total

    def cut_off_after(self, at: datetime, cut_off: time | None = None) -> datetime:
        """The first cut-off of a working day later than `at`: the facility's, or the one given."""
        first = self.local(at).date()
        days = (first + timedelta(days=n) for n in range(NEVER_LATER))
        cuts = (self.at(day, cut_off or self.cut_off) for day in days if self.works_on(day))
        return next(cut for cut in cuts if cut > at)

    def workday_after(self, day: date, days: int) -> date:
        """The day that lies so many workdays after `day`; 0: `day` itself, or the next workday."""
        while not self.works_on(day):
            day += timedelta(days=1)
        for _ in range(days):
            day += timedelta(days=1)
            while not self.works_on(day):
                day += timedelta(days=1)
        return day

    def day_of(self, day: date) -> Window | None:
        """From when until when there is work in the shifts of a local day; None when there are none."""
        shifts = self._shifts_of(day)
        return Window(min(one.opens for one in shifts), max(one.closes for one in shifts)) if shifts else None

    def closing(self, day: date) -> datetime:
        """When work ends on a local day, in UTC; on a day without work its midnight."""
        window = self.day_of(day)
        return window.closes if window else self.at(day + timedelta(days=1), time(0))

    @cached_property
    def longest_min(self) -> float:
        """The longest working time without a break, by the week's plan."""
        week = date(2026, 1, 5)  # any Monday far from a change of the clocks
        plain = Hours(self.timezone, self.shifts, self.cut_off)
        found = _joined([window for n in range(8) for window in plain._windows_of(week + timedelta(days=n))])
        return max((window.minutes for window in found), default=0.0)

    def _first(self, since: datetime) -> Window:
        """The first of `windows`; asked so often that the openings known already are looked at directly."""
        line = self._line(since)
        place = bisect_right(line.closes, since)
        if place == len(line.windows):
            return next(self.windows(since))
        window = line.windows[place]
        return window if window.opens >= since else Window(since, window.closes)

    def _line(self, since: datetime) -> _Line:
        """The openings as far as they are worked out, from the day before `since` or an earlier one."""
        known = self._known[0] if self._known else None
        if known and since >= known.begins:
            return known
        day = self.local(since).date()
        return self._longer(_Line(self.at(day, time(0)), day - timedelta(days=1)))

    def _longer(self, line: _Line) -> _Line:
        """The same openings and those of some days more."""
        windows, day, past = list(line.windows), line.past, line.past + AHEAD
        while day < past:
            for window in self._windows_of(day):
                opens = max(windows[-1].closes, window.opens) if windows else window.opens
                if opens < window.closes:
                    windows.append(Window(opens, window.closes))
            day += timedelta(days=1)
        longer = _Line(line.begins, past, tuple(windows), tuple(window.closes for window in windows))
        self._known[:] = [longer]
        return longer

    def _shifts_of(self, day: date) -> list[Window]:
        if any(holiday.first <= day <= holiday.last for holiday in self.holidays):
            return []
        return [
            Window(self.at(day, one.opens), self.at(day + timedelta(days=one.overnight), one.closes))
            for one in self.shifts
            if day.weekday() in one.days
        ]

    def _windows_of(self, day: date) -> tuple[Window, ...]:
        """The day's working time less what stands still; overlapping shifts are one."""
        if day not in self._days:
            shifts = _joined(sorted(self._shifts_of(day), key=lambda one: one.opens))
            self._days[day] = tuple(part for shift in shifts for part in _less(shift, self.closed))
        return self._days[day]

    def _stretches(self, start: datetime, length: timedelta) -> Iterator[Window]:
        """Working time without a break, from `start`: openings that touch are one, as far as `length` needs."""
        current: Window | None = None
        for window in self.windows(start):
            if current and window.opens <= current.closes and current.closes - current.opens < length:
                current = Window(current.opens, window.closes)
                continue
            if current:
                yield current
            current = window


@lru_cache(maxsize=REMEMBERED)
def _remembered(
    timezone: str, shifts: tuple[Shift, ...], cut_off: time, holidays: tuple[Holiday, ...], closed: tuple[Window, ...]
) -> Hours:
    """The same hours are worked out once for all plans and promises; threads may share them, as lines never change."""
    return Hours(timezone, shifts, cut_off, holidays, closed)


def _joined(windows: Sequence[Window]) -> list[Window]:
    """Windows by their beginnings, those that touch or overlap as one."""
    joined: list[Window] = []
    for window in windows:
        if joined and window.opens <= joined[-1].closes:
            joined[-1] = Window(joined[-1].opens, max(joined[-1].closes, window.closes))
        else:
            joined.append(window)
    return joined


def _less(window: Window, closed: Sequence[Window]) -> Iterator[Window]:
    """What is left of an opening without the closed spans, which come by their beginnings."""
    opens = window.opens
    for span in closed:
        if opens < span.opens < window.closes:
            yield Window(opens, span.opens)
        if span.opens < window.closes and span.closes > opens:
            opens = span.closes
    if opens < window.closes:
        yield Window(opens, window.closes)
