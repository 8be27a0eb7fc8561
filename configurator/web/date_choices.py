"""The dates that a cart can be had for: soon, or later with batches that fill already, for less."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from configurator.designs.pricing import components
from configurator.designs.sewing import sewn_operations
from configurator.errors import Conflict
from configurator.orders.quoting import Joining, Joins, QuotedCart, QuotedLine
from configurator.production.filling import Filling
from configurator.production.joining import Offer, after_joining, offer
from configurator.production.promise import Promise
from configurator.production.wishes import Wish
from configurator.web.wiring import Wiring

SOON, LATER = "soon", "later"


class BatchIsGone(Conflict):
    """What the order was to be made with has closed, or others have taken its places."""

    def __init__(self) -> None:
        super().__init__(
            "The batch that this was to be made with has closed or filled up since the page was made. "
            "Nothing was ordered and nothing is lost: look at the dates and prices below and decide again."
        )


@dataclass(frozen=True, slots=True)
class DateChoice:
    """A date at a price. key: soon | later; total: of the whole cart; saved: less than soon, minor units.

    titles: the lines that are made with batches that fill; several: whether other lines are made as always.
    """

    key: str
    on: date
    within: timedelta
    total: int
    saved: int
    titles: tuple[str, ...]
    several: bool
    chosen: bool


@dataclass(frozen=True, slots=True)
class Place:
    """How a cart is to be got: fulfilment, the store's key or nothing."""

    fulfilment: str
    facility: str


def wish_of(line: QuotedLine, place: Place, wiring: Wiring) -> Wish:
    """What a line of a cart wants."""
    design, catalogue = line.line.design, wiring.catalogue
    blank = catalogue.blank(design.blank)
    return Wish(
        operations=sewn_operations(design, blank, catalogue.shop, line.line.sewn),
        quantity=line.line.quantity,
        fulfilment=place.fulfilment,
        facility=place.facility or None,
        needs=components(design, blank),
        blank=blank.key,
        vat=catalogue.shop.taxes[blank.tax],
    )


def offers_for(
    cart: QuotedCart,
    soon: tuple[Place, Mapping[int, Promise]],
    filling: Sequence[Filling],
    wiring: Wiring,
    now: datetime,
) -> Mapping[int, Offer]:
    """Line id -> what joining a batch gives it. Two lines of one batch save its setup once, and share its places.

    soon: how it is to be got, and what is promised each line without joining.
    """
    found: dict[int, Offer] = {}
    place, promises = soon
    for line in cart.lines:
        wish = wish_of(line, place, wiring) if line.quote else None
        quick = promises.get(line.line.id)
        made = offer(wish, quick, filling, wiring.catalogue.shop, now) if wish and quick else None
        if wish and made:
            again = any(other.batch == made.batch for other in found.values())
            found[line.line.id] = replace(made, saved=0) if again else made
            filling = after_joining(filling, made, wish, wiring.catalogue.shop)
    return found


def joins_of(offers: Mapping[int, Offer]) -> Joins:
    """The offers as orders know them."""
    return {line: Joining(each.batch, each.saved) for line, each in offers.items()}


def promises_of(soon: Mapping[int, Promise], offers: Mapping[int, Offer]) -> Mapping[int, Promise]:
    """Line id -> its promise when these lines join."""
    return {line: offers[line].promise if line in offers else promise for line, promise in soon.items()}


def joined_promise(soon: Mapping[int, Promise], offers: Mapping[int, Offer]) -> Promise:
    """The whole cart's promise when lines join: the latest date, as long as all of it holds."""
    promises = promises_of(soon, offers).values()
    last = max(promises, key=lambda promise: (promise.on, promise.ready_at))
    waits = [promise.awaits for promise in promises if promise.awaits]
    awaits = max(waits, key=lambda awaited: awaited.on, default=None)
    return replace(last, order_within=min(promise.order_within for promise in promises), awaits=awaits)


def seen_joins(joins: Joins) -> str:
    """What a form that shows these offers sends back: a batch may be another one of its kind by then."""
    return ",".join(f"{line}:{joining.saved}" for line, joining in joins.items())
