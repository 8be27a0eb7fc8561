"""Every way a piece can come to its customer, each with its own date and how long that date holds."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from configurator.blanks.shop import Shop
from configurator.production.joining import Offer, offer
from configurator.production.promise import Promise, Promises
from configurator.production.wishes import Wish


@dataclass(frozen=True, slots=True)
class Way:
    """A parcel, a pick-up in a store, or making it there while the customer waits; later: with a batch that fills."""

    kind: Literal["ship", "pickup", "counter"]
    town: str
    promise: Promise
    later: Offer | None = None
    facility: str = ""

    @property
    def key(self) -> str:
        """As the cart's form names it."""
        return f"{self.kind}:{self.facility}" if self.facility else self.kind


def ways(wish: Wish, shop: Shop, promises: Promises, now: datetime) -> tuple[Way, ...]:
    """All ways that are open for these pieces now; the soonest date first, at the same date the parcel last.

    Making it while one waits is offered only where that breaks nobody's promise.
    """
    found = list(_ways(wish, shop, promises, now))
    order = ("counter", "pickup", "ship")
    return tuple(sorted(found, key=lambda way: (way.promise.on, order.index(way.kind), way.promise.ready_at, way.town)))


def _ways(wish: Wish, shop: Shop, promises: Promises, now: datetime) -> Iterator[Way]:
    def way(kind: Literal["ship", "pickup"], town: str, facility: str | None) -> Iterator[Way]:
        own = replace(wish, fulfilment=kind, facility=facility)
        promise = promises.promise(own, now)
        if promise:
            yield Way(kind, town, promise, offer(own, promise, promises.filling(now), shop, now), facility or "")

    yield from way("ship", "", None)
    for store in (facility for facility in shop.facilities if facility.kind == "store"):
        yield from way("pickup", store.town, store.key)
        waited = promises.promise(replace(wish, fulfilment="counter", facility=store.key), now)
        if waited and waited.facility == store.key and promises.harmless(wish, store.key, now):
            yield Way("counter", store.town, waited)
