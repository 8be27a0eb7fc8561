"""When a piece must be finished so that the promised date holds."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from configurator.blanks.shop import Facility


def due_at(promised_on: date, maker: Facility, *, travel_days: int) -> datetime:
    """The maker's closing time on the last day from which a parcel of `travel_days` working days still arrives."""
    day = promised_on
    for _ in range(travel_days):
        day = _workday(day - timedelta(days=1), maker)
    day = _workday(day, maker)
    return datetime.combine(day, maker.closes, ZoneInfo(maker.timezone)).astimezone(UTC)


def _workday(day: date, maker: Facility) -> date:
    while day.weekday() not in maker.workdays:
        day -= timedelta(days=1)
    return day
