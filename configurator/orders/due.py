"""When a piece must be finished so that the promised date holds, and which date holds when it is finished then."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from configurator.blanks.shop import Facility, Shop

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


@dataclass(frozen=True, slots=True)
class Handover:
    """How pieces come to their customer. fulfilment: ship | pickup | counter; store: the key of where they are fetched;
    empty: where they are made."""

    fulfilment: str
    store: str

    def days_from(self, maker: Facility, shop: Shop) -> int:
        """How long what is made there is under way."""
        return shop.shipping.days if self.fulfilment == "ship" else shop.days_between(maker, self.store or maker.key)


def reached(made: datetime, maker: Facility, handover: Handover, shop: Shop) -> date:
    """The day on which what is finished then is with its customer, or lies in a store that is open.

    It leaves on the day it is finished if the maker's doors are open still, else on the next day on which somebody
    works there. `due_at` is the other way round: what is finished when it is due reaches its customer as promised,
    and nothing that is finished later does.
    """
    local = made.astimezone(ZoneInfo(maker.timezone))
    leaves = local.date() + timedelta(days=local.time() > maker.closes)
    while not maker.works_on(leaves):
        leaves += timedelta(days=1)
    on = arrival(leaves, handover.days_from(maker, shop))
    return on if handover.fulfilment == "ship" else _opens(shop.facility(handover.store or maker.key), on)


def _opens(store: Facility, day: date) -> date:
    while not store.is_open_on(day):
        day += timedelta(days=1)
    return day
