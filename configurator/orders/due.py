"""When a piece must be finished so that the promised date holds."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from configurator.blanks.shop import Facility

CARRIER_DAYS = (0, 1, 2, 3, 4)
"""The days on which parcels travel, 0 = Monday."""


def due_at(promised_on: date, maker: Facility, *, travel_days: int) -> datetime:
    """The maker's closing time on the last day it is open from which a parcel arrives by `promised_on`, in UTC."""
    day = promised_on
    while not maker.works_on(day) or arrival(day, travel_days) > promised_on:
        day -= timedelta(days=1)
    return datetime.combine(day, maker.closes, ZoneInfo(maker.timezone)).astimezone(UTC)


def arrival(day: date, travel_days: int) -> date:
    """The day on which what leaves on `day` arrives after so many days of the carrier."""
    for _ in range(travel_days):
        day += timedelta(days=1)
        while day.weekday() not in CARRIER_DAYS:
            day += timedelta(days=1)
    return day
