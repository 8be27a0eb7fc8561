"""What a promise leaves room for: pieces that fail their check are made again, at once if a blank is left; pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from math import ceil, sqrt

from configurator.blanks.shop import Shop
from configurator.designs.making import leading
from configurator.production.ahead import Ahead
from configurator.production.hours import Hours
from configurator.production.wishes import CHECK_MIN, Wish, arrives, route_done
from configurator.stock.shelf import Shelf, Source, soonest

MISSED = 0.05
"""Of equal orders, the share that may have more rejects than their date leaves room for."""

MOST_SHARE = 0.5
"""A share of rejects above this is not believed: a date cannot mend a workshop that spoils most of what it makes."""

MANY = 1000
"""From so many pieces on the number of rejects is taken as normally distributed."""

BOUGHT_IN = 3
"""Working days until something is bought anew of which nothing is left anywhere and nothing is expected."""


@dataclass(frozen=True, slots=True)
class Checks:
    """How many pieces were checked lately, and how many of them failed."""

    checked: int = 0
    failed: int = 0

    @property
    def share(self) -> float:
        """Of the pieces that fail: as if two of a hundred had before anybody counted, so that few checks say little."""
        return min(MOST_SHARE, (self.failed + 2) / (self.checked + 100))


def likely_rejects(share: float, pieces: int) -> int:
    """The most of so many pieces that fail, but for `MISSED` of the cases: the quantile of a binomial distribution."""
    if pieces > MANY:
        return min(pieces, ceil(share * pieces + 1.645 * sqrt(share * (1 - share) * pieces)))
    found, term = 0, (1 - share) ** pieces
    total = term
    while total < 1 - MISSED and found < pieces:
        term *= (pieces - found) / (found + 1) * share / (1 - share)
        found, total = found + 1, total + term
    return found


def arrives_even_if(wish: Wish, ready: datetime, able: Sequence[str], shop: Shop, shelf: Shelf | None) -> date:
    """When an order is complete of which `wish.again` pieces fail their check at `ready`, where they are made.

    They are made again before all that waits: there, which is the first of `able`, or wherever else their blanks lie or
    come soonest.
    """
    maker, needs = shop.facility(able[0]), {name: count * wish.again for name, count in wish.needs.items()}
    source = soonest(shelf.offer(key, needs) for key in able) if shelf else Source(maker.key, ())
    place = shop.facility(source.place) if source else maker
    hours = Hours.of(place)
    begins = max(ready, _there(source, hours, ready))
    lead = leading(wish.operations)
    waits = place.rule(lead.at, lead.family).rush_wait
    rushed = hours.fit(begins, waits.total_seconds() / 60).closes
    made = route_done(replace(wish, quantity=wish.again), place, rushed, {}, Ahead())
    done = hours.fit(made, CHECK_MIN).closes
    return arrives(wish, place, done, shop)


def _there(source: Source | None, hours: Hours, ready: datetime) -> datetime:
    """When the blanks are there: on the working day after their delivery is expected, or as long as buying takes."""
    if source is not None and source.awaits is None:
        return ready
    day = hours.local(ready).date()
    after = (source.awaits[1].on if source.awaits else day) + timedelta(days=1) if source else day
    return hours.open_from(hours.at(hours.workday_after(after, 0 if source else BOUGHT_IN), time()))
