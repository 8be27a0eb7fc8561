"""Every way a piece can come to its customer, each with its own date and how long that date holds."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from configurator.blanks.shop import Shop
from configurator.production.promise import Promise, Promises, Wish


@dataclass(frozen=True, slots=True)
class Way:
    """A parcel, a pick-up in a store, or making it there while the customer waits."""

    kind: Literal["ship", "pickup", "counter"]
    town: str
    promise: Promise


def ways(wish: Wish, shop: Shop, promises: Promises, now: datetime) -> tuple[Way, ...]:
    """All ways that are open for these pieces now; the soonest date first, at the same date the parcel last."""
    found = list(_ways(wish, shop, promises, now))
    order = ("counter", "pickup", "ship")
    return tuple(sorted(found, key=lambda way: (way.promise.on, order.index(way.kind), way.promise.ready_at, way.town)))


def _ways(wish: Wish, shop: Shop, promises: Promises, now: datetime) -> Iterator[Way]:
    parcel = promises.promise(replace(wish, fulfilment="ship", facility=None), now)
    if parcel:
        yield Way("ship", "", parcel)
    for store in (facility for facility in shop.facilities if facility.kind == "store"):
        fetched = promises.promise(replace(wish, fulfilment="pickup", facility=store.key), now)
        if fetched:
            yield Way("pickup", store.town, fetched)
        waited = promises.promise(replace(wish, fulfilment="counter", facility=store.key), now)
        if waited and waited.facility == store.key:
            yield Way("counter", store.town, waited)
