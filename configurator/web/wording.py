"""How pages write money, dates, times, numbers and counts: Jinja filters, by babel."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from markupsafe import Markup

from configurator.money import Currency, rounded

_CODE = re.compile(r"(\S*(?:\b[0-9A-Z]{3}-[0-9A-Z]{3}(?:-\d{2,})?\b|\bB-\d{3,}\b)\S*)")


def wording(currency: Currency, timezone: str, locale: str) -> dict[str, Callable[..., Any]]:
    """The filters: by, money, whole (minor units), day, weekday, clock, moment, span, mm, count, unbroken."""
    zone = ZoneInfo(timezone)

    def day(when: date | datetime) -> str:
        """`Thursday 26 Nov`."""
        return _date_written(_local(when, zone), "EEEE d MMM", locale)

    def day_short(when: date | datetime) -> str:
        """`Thu 26 Nov`."""
        return _date_written(_local(when, zone), "EEE d MMM", locale)

    def weekday(when: date | datetime) -> str:
        """`Thursday`."""
        return _date_written(_local(when, zone), "EEEE", locale)

    def clock(when: datetime) -> str:
        """`14:05`, the shop's local time."""
        return when.astimezone(zone).strftime("%H:%M")

    def moment(when: datetime) -> str:
        """`Mon 23 Nov, 11:50`."""
        return format_datetime(when.astimezone(zone), "EEE d MMM, HH:mm", locale=locale)

    def number(value: float) -> str:
        """`1,234.5`: as many decimals as matter, two at most."""
        return format_decimal(value, "#,##0.##", locale=locale)

    return {
        "by": lambda length, now: _by(length, now, zone, locale),
        "money": currency.written,
        "whole": lambda amount: rounded(Decimal(amount)),
        "day": day,
        "day_short": day_short,
        "weekday": weekday,
        "clock": clock,
        "moment": moment,
        "number": number,
        "span": span,
        "minutes": lambda value: span(timedelta(minutes=float(value))),
        "mm": lambda value: f"{number(value)}\u00a0mm",
        "pieces": lambda count: counted(int(count), "piece"),
        "counted": counted,
        "unbroken": unbroken,
    }


def _by(length: timedelta, now: datetime, zone: ZoneInfo, locale: str) -> str:
    """`within 2 h 10 min`, and from a day on `by Monday, 14:00`: never more than is left."""
    if length < timedelta(days=1):
        return f"within {span(length - timedelta(seconds=length.seconds % 60))}"
    until = (now + length).astimezone(zone)
    pattern = "EEEE" if length < timedelta(days=6) else "EEEE d MMM"
    return f"by {_date_written(until.date(), pattern, locale)}, {until:%H:%M}"


def span(length: timedelta) -> str:
    """`2 h 10 min`, `40 min`, `3 days`."""
    minutes = max(0, round(length.total_seconds() / 60))
    hours, rest = divmod(minutes, 60)
    if hours >= 48:
        return f"{hours // 24} days"
    parts = ([f"{hours}\u00a0h"] if hours else []) + ([f"{rest}\u00a0min"] if rest or not hours else [])
    return " ".join(parts)


def counted(count: int, noun: str, plural: str | None = None) -> str:
    """`1 piece`, `14 pieces`."""
    return f"{count}\u00a0{noun if count == 1 else plural or noun + 's'}"


def unbroken(sentence: str) -> Markup:
    """A sentence in which no code (`7K4-PM2-01`, `B-042`) ends a line at its hyphen: it must be read in one go."""
    whole = Markup('<span class="nb">{}</span>')
    return Markup("").join(whole.format(part) if _CODE.fullmatch(part) else part for part in _CODE.split(sentence))


@lru_cache(1000)
def _date_written(when: date, pattern: str, locale: str) -> str:
    """Kept: every step of the customiser writes the same ten dates."""
    return format_date(when, pattern, locale=locale)


def _local(when: Any, zone: ZoneInfo) -> date:
    return when.astimezone(zone).date() if isinstance(when, datetime) else when
