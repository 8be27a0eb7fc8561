"""Shifts, holidays and closing rules of a facility, read from shop.toml."""

from collections.abc import Collection
from datetime import date, time

from configurator.blanks.calendar import DAYS, BatchRule, Holiday, Shift
from configurator.blanks.faults import nearest
from configurator.blanks.table import Table


def read_shifts(entry: Table) -> tuple[Shift, ...]:
    """`shifts = [{ days = ["monday"], opens = "06:00", closes = "14:00" }]`; none when it is not there."""
    return tuple(_shift(shift) for shift in entry.tables("shifts"))


def _shift(entry: Table) -> Shift:
    shift = Shift(read_weekdays(entry, "days"), read_time(entry, "opens"), read_time(entry, "closes"))
    entry.close()
    return shift


def read_holidays(entry: Table) -> tuple[Holiday, ...]:
    """`holidays = [{ first = "2026-12-25", last = "2026-12-26", name = "Christmas" }]`; `last` may be left out."""
    return tuple(_holiday(holiday) for holiday in entry.tables("holidays"))


def _holiday(entry: Table) -> Holiday:
    first = _date(entry, "first")
    last = _date(entry, "last") if entry.has("last") else first
    if last < first:
        entry.fault("last", f"The holiday ends on {last}, before it begins ({first}).")
    holiday = Holiday(first, max(first, last), entry.text("name"))
    entry.close()
    return holiday


def read_rules(entry: Table, centres: Collection[str]) -> tuple[BatchRule, ...]:
    """`rules = [{ work_centre = "mug-press", family = "mug-*", least = 6, closes_full = 20 }]`."""
    return tuple(_rule(rule, centres) for rule in entry.tables("rules"))


def _rule(entry: Table, centres: Collection[str]) -> BatchRule:
    centre = entry.text("work_centre") if entry.has("work_centre") else ""
    if centre and centre not in centres:
        entry.fault("work_centre", f"“{centre}” is no work centre of this facility.{nearest(centre, centres)}")
    rule = BatchRule(
        work_centre=centre,
        family=entry.text("family") if entry.has("family") else "",
        least=entry.whole("least", 1, least=1, most=10_000),
        most=_count(entry, "most"),
        closes_full=_count(entry, "closes_full"),
        cut_off=read_time(entry, "cut_off") if entry.has("cut_off") else None,
        every_min=_count(entry, "every_min"),
        rush_min=entry.whole("rush_min", most=10_000) if entry.has("rush_min") else None,
    )
    if rule.most is not None and rule.most < rule.least:
        entry.fault("most", f"At most {rule.most} pieces is fewer than at least {rule.least}.")
    entry.close()
    return rule


def _count(entry: Table, key: str) -> int | None:
    return entry.whole(key, least=1, most=10_000) if entry.has(key) else None


def read_time(entry: Table, key: str) -> time:
    """A local time of day; midnight after a fault."""
    written = entry.text(key)
    try:
        return time.fromisoformat(written)
    except ValueError:
        if written:
            entry.fault(key, f"“{key}” is “{written}”; expected a time in quotes, like 07:30.")
        return time(0)


def _date(entry: Table, key: str) -> date:
    written = entry.text(key)
    try:
        return date.fromisoformat(written)
    except ValueError:
        if written:
            entry.fault(key, f"“{key}” is “{written}”; expected a day in quotes, like 2026-12-25.")
        return date(2000, 1, 1)


def read_weekdays(entry: Table, key: str) -> tuple[int, ...]:
    """Days of the week, 0 = Monday, in their order."""
    days = entry.texts(key)
    for day in days:
        if day not in DAYS:
            entry.fault(key, f"“{day}” is no day of the week.{nearest(day, DAYS)}")
    if not days:
        entry.fault(key, f"“{key}” must name at least one day, like monday.")
    return tuple(sorted({DAYS.index(day) for day in days if day in DAYS}))
