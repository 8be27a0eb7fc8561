"""Working time told moment by moment, for tests: shares no code with the planner's hours."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from configurator.blanks.shop import Facility

Key = tuple[str, int]
"""A machine: its work centre and its number."""

Span = tuple[datetime, datetime]


def works(facility: Facility, key: Key, moment: datetime) -> bool:
    """Whether a machine works at that moment: in a shift that began on no holiday, and it does not stand still."""
    if any(
        down.starts_at <= moment < down.ends_at
        for down in facility.down
        if concerns(down.work_centre, down.machine, key)
    ):
        return False
    return any(opens <= moment < closes for opens, closes in shifts(facility, key, moment))


def concerns(centre: str, machine: int, key: Key) -> bool:
    """Whether a stand-still of a work centre (empty: all) and a machine (0: all) is this one's."""
    return centre in ("", key[0]) and machine in (0, key[1])


def shifts(facility: Facility, key: Key, moment: datetime) -> Iterator[Span]:
    """The shifts of that day and the one before it."""
    zone = ZoneInfo(facility.timezone)
    today = moment.astimezone(zone).date()
    own = facility.centres[key[0]].shifts or facility.shifts
    for day in (today - timedelta(days=1), today):
        for shift in own:
            if day.weekday() in shift.days and not on_holiday(facility, day):
                ends = day + timedelta(days=1) if shift.closes <= shift.opens else day
                yield (
                    datetime.combine(day, shift.opens, zone).astimezone(UTC),
                    datetime.combine(ends, shift.closes, zone).astimezone(UTC),
                )


def on_holiday(facility: Facility, day: date) -> bool:
    """Whether a day is a holiday."""
    return any(holiday.first <= day <= holiday.last for holiday in facility.holidays)


def minutes_worked(facility: Facility, key: Key, span: Span) -> float:
    """How many minutes of a span a machine works: from one moment that could change it to the next."""
    since, until = span
    edges = {since, until}
    for n in range(-1, (until - since).days + 3):
        edges.update(edge for shift in shifts(facility, key, since + timedelta(days=n)) for edge in shift)
    edges.update(edge for down in facility.down for edge in (down.starts_at, down.ends_at))
    inside = sorted(edge for edge in edges if since <= edge <= until)
    return sum((b - a).total_seconds() / 60 for a, b in pairwise(inside) if works(facility, key, a + (b - a) / 2))
