"""Joining a batch that fills already: a date that is as late as the batch, and a part of the setup it saves."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import ROUND_FLOOR, Decimal

from configurator.blanks.shop import Facility, Shop
from configurator.designs.making import leading
from configurator.production.filling import Filling
from configurator.production.hours import Hours
from configurator.production.making_again import arrives_even_if
from configurator.production.promise import Promise
from configurator.production.wishes import CHECK_MIN, Wish, arrives

TO_DECIDE = timedelta(minutes=2)
"""A batch that closes sooner is not offered: nobody could still press the button."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What joining gives: the batch, minor units less for all pieces together, and the date that goes with it."""

    batch: str
    saved: int
    promise: Promise


def offer(wish: Wish, quick: Promise, filling: Sequence[Filling], shop: Shop, now: datetime) -> Offer | None:
    """The best offer for what is wished for, None without one; a pure function.

    quick: the promise without joining; the offer is for the same facility and never for a sooner day. Of several
    batches the one that is done first. Nobody who waits at the counter joins, and nothing that waits for
    a delivery.
    """
    facility = shop.facility(quick.facility)
    saved = saving(wish, facility, shop)
    if wish.fulfilment == "counter" or quick.awaits or saved < wish.quantity:
        return None
    lead = leading(wish.operations)
    kind = (facility.key, lead.at, lead.family, wish.blank)
    able = [
        batch
        for batch in filling
        if (batch.facility, batch.work_centre, batch.family, batch.blank) == kind
        and batch.free >= wish.quantity
        and batch.closes_at > now + TO_DECIDE
    ]
    if not able:
        return None
    first = min(able, key=lambda batch: (batch.done_at, batch.number))
    return Offer(first.number, saved, _promise(wish, quick, first, (facility, shop), now))


def after_joining(filling: Sequence[Filling], joined: Offer, wish: Wish, shop: Shop) -> list[Filling]:
    """What is left to join for the next line of the same order: so many places less, and done so much later, as is all
    that its machines do afterwards."""
    own = next(batch for batch in filling if batch.number == joined.batch)
    hours = Hours.of(shop.facility(own.facility))
    return [_after(batch, own, wish, hours) for batch in filling]


def _after(batch: Filling, own: Filling, wish: Wish, hours: Hours) -> Filling:
    place, free = (own.facility, own.work_centre), batch.free
    if (batch.facility, batch.work_centre) != place or batch.done_at < own.done_at:
        return batch
    if batch.number == own.number:
        free -= wish.quantity
    return replace(batch, free=free, done_at=hours.fit(batch.done_at, _run_min(wish)).closes)


def saving(wish: Wish, facility: Facility, shop: Shop) -> int:
    """The share of the setups of a batch of one's own that is passed on, VAT included, rounded down.

    It depends on rates and minutes alone, not on the plan of the moment: what was seen holds while a batch is open.
    """
    alone = sum(
        (Decimal(str(step.setup_min)) * facility.hour_cost(step.at) / 60 for step in wish.operations), Decimal(0)
    )
    gross = alone * shop.costing.passed_on / 100 * (100 + wish.vat) / 100
    return int(gross.to_integral_value(ROUND_FLOOR)) // wish.quantity * wish.quantity


def _promise(wish: Wish, quick: Promise, batch: Filling, where: tuple[Facility, Shop], now: datetime) -> Promise:
    """When the batch is done with these pieces in it: its other pieces' plan, then theirs."""
    facility, shop = where
    hours = Hours.of(facility)
    ready = hours.fit(batch.done_at, _run_min(wish) + CHECK_MIN).closes
    on = max(quick.on, arrives(wish, facility, ready, shop))
    if quick.again:
        on = max(on, arrives_even_if(replace(wish, again=quick.again), ready, [facility.key], shop, None))
    return Promise(on, batch.closes_at - now, facility.key, ready, again=quick.again)


def _run_min(wish: Wish) -> float:
    return sum(step.run_min for step in wish.operations) * wish.quantity
