"""Promises: when something ordered now will be ready, from the real backlog, opening hours and cut-offs."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from math import ceil
from threading import Lock

from configurator.blanks.shop import Facility, Shop
from configurator.database import Database
from configurator.designs.making import leading
from configurator.orders.making_place import LineNeeds, NotMadeAnywhere, home_of, makers, sourced
from configurator.production.ahead import Ahead
from configurator.production.backlog import Backlog, backlog
from configurator.production.check_store import checks_since
from configurator.production.closing import regular_closing
from configurator.production.filling import Filling, filling_batches
from configurator.production.hours import Hours
from configurator.production.making_again import Checks, arrives_even_if, likely_rejects
from configurator.production.premises import Premises
from configurator.production.slack import Slack, slack
from configurator.production.wishes import CHECK_MIN, COUNTER_MIN, Wish, arrives, route_done
from configurator.stock.claiming import coming
from configurator.stock.reserving import Shortage, SoldOut
from configurator.stock.shelf import Coming, Delivery, FreeStock, Shelf, Source, soonest
from configurator.stock.stock_store import available

FRESH = timedelta(seconds=20)
"""How old the snapshot of the backlog may be."""

INSTANT = timedelta(microseconds=1)
"""What is made in the moment in which the doors close is still handed over."""

COUNTED = timedelta(days=60)
"""How long ago a quality check still tells how many pieces fail."""

COUNT_AGAIN = timedelta(hours=1)
"""How long a count of the checks is used."""


@dataclass(frozen=True, slots=True)
class Awaited:
    """What is sold out and expected again. component: its label; left: how many of those nobody was promised, in its
    unit (empty: pieces)."""

    component: str
    left: int
    on: date
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """A date to be kept. on: the day it arrives or can be picked up; ready_at: made and checked, UTC.

    order_within: how long this promise still holds; facility: the key of where it is made. awaits: the delivery that
    it waits for; None: everything is there. again: the day holds even if so many fail their check.
    """

    on: date
    order_within: timedelta
    facility: str
    ready_at: datetime
    awaits: Awaited | None = None
    again: int = 0


@dataclass(frozen=True, slots=True)
class Ordered:
    """What an order finds when it is placed: what waits, what its own lines ahead take, the shop, the time."""

    waiting: Backlog
    ahead: Ahead
    shop: Shop
    now: datetime


def promised(wish: Wish, waiting: Backlog, shop: Shop, now: datetime, *, ahead: Ahead | None = None) -> Promise | None:
    """The promise of the facility that an order would be made at, None if none can; a pure function.

    Ordinary pieces start at the next cut-off and go through every step of their route, each after the backlog of its
    work centre; pieces made at the counter start at once, before everything that waits. A backlog is shared by a work
    centre's machines; the piece's own batch runs on one of them. Then they are checked, packed, and sent on.

    ahead: what the lines of the same order before this one take; its own blanks and minutes are added to it. Without a
    shelf in it everything is there. What has to be waited for is there on the working day after it is expected; nobody
    waits for it at a counter. What is sold out everywhere is promised as if it were there: `Promises.short` tells it,
    and placing an order refuses it.

    The day leaves room for `wish.again` pieces that fail their check, but at a counter, where one sees and waits on.
    """
    able = _able(wish, shop)
    if not able:
        return None
    ahead = ahead or Ahead()
    needs, shelf = {component: count * wish.quantity for component, count in wish.needs.items()}, ahead.shelf
    found = soonest(shelf.offer(key, needs) for key in able) if shelf else None
    if shelf and wish.fulfilment == "counter" and (found is None or found.awaits):
        return None
    if shelf and found:
        shelf.take(found)
    maker = shop.facility(found.place if found else able[0])
    order = Ordered(waiting, ahead, shop, now)
    answer = _after(wish, found, order) if found and found.awaits else _at(wish, maker, order)
    return _with_room(answer, wish, shop, shelf) if wish.again and wish.fulfilment != "counter" else answer


def _with_room(answer: Promise, wish: Wish, shop: Shop, shelf: Shelf | None) -> Promise:
    """The same on the day that holds even if pieces fail their check and are made again."""
    others = [key for key in _able(replace(wish, maker=""), shop) if key != answer.facility]
    day = arrives_even_if(wish, answer.ready_at, [answer.facility, *others], shop, shelf)
    return replace(answer, on=max(answer.on, day), again=wish.again)


def _able(wish: Wish, shop: Shop) -> list[str]:
    """Who can make it, in the order in which placing the order asks them."""
    home = home_of("ship" if wish.facility is None else wish.fulfilment, wish.facility or "", shop)
    return [wish.maker] if wish.maker else makers({step.at for step in wish.operations}, shop, home)


def _after(wish: Wish, source: Source, order: Ordered) -> Promise:
    """The promise once the last delivery is there, after the pieces that others were promised out of it."""
    shop, now = order.shop, order.now
    component, delivery = source.awaits or ("", Delivery(0, now.date(), 0))
    maker = shop.facility(source.place)
    hours = Hours.of(maker)
    opens = hours.open_from(hours.at(hours.workday_after(delivery.on + timedelta(days=1), 0), time()))
    others = order.ahead.others_of(delivery.number, leading(wish.operations).at, delivery.promised)
    before = ceil(others / max(1, wish.needs.get(component, 1)))
    found = _at(replace(wish, quantity=wish.quantity + before), maker, replace(order, now=max(opens, now)))
    known = shop.components.get(component)
    unit = known.unit if known and known.unit != "piece" else ""
    awaited = Awaited(known.label if known else component, delivery.left, delivery.on, unit)
    return replace(found, order_within=found.order_within + max(opens, now) - now, awaits=awaited)


def _at(wish: Wish, facility: Facility, order: Ordered) -> Promise:
    if wish.fulfilment == "counter":
        return _waited_for(wish, facility, order)
    hours, lead = Hours.of(facility), leading(wish.operations)
    cut_off = regular_closing(order.now, facility.rule(lead.at, lead.family), hours)
    made = route_done(wish, facility, cut_off, order.waiting, order.ahead)
    ready = hours.fit(made, CHECK_MIN).closes
    return Promise(arrives(wish, facility, ready, order.shop), cut_off - order.now, facility.key, ready)


def _waited_for(wish: Wish, store: Facility, order: Ordered) -> Promise:
    """Begun and handed over while the doors are open: whoever waits is neither let in before nor locked in."""
    hours, doors = Hours.of(store), Hours.doors(store)
    start = hours.open_from(doors.open_from(order.now))
    ready = _handed_over(route_done(wish, store, start, {}, order.ahead), store)
    day = hours.local(start).date()
    within = min(hours.closing(day), doors.closing(day)) - order.now
    return Promise(hours.local(ready).date(), within, store.key, ready)


def _handed_over(made: datetime, store: Facility) -> datetime:
    """Looked at and given to who waits for it, while the doors are open."""
    seen = Hours.of(store).fit(made, COUNTER_MIN).closes
    return max(seen, Hours.doors(store).open_from(seen - INSTANT))


def by_the_plan(found: Promise, made: datetime | None, store: Facility) -> Promise:
    """What a counter promises, but not before the plan has it made: others may be waiting for theirs, or a machine be
    busy. made: when that is, None if the plan does not say."""
    ready = max(found.ready_at, _handed_over(made, store)) if made else found.ready_at
    return replace(found, ready_at=ready, on=max(found.on, Hours.of(store).local(ready).date()))


@dataclass
class Promises:
    """Promises from a snapshot of backlog and stock that is never older than a few seconds; safe among threads."""

    premises: Premises
    database: Database
    _backlog: Backlog = field(default_factory=Counter)
    _free: FreeStock = field(default_factory=dict)
    _coming: Coming = field(default_factory=dict)
    _filling: tuple[Filling, ...] = ()
    _slack: Slack = field(default_factory=dict)
    _checks: Checks = field(default_factory=Checks)
    _counted_at: datetime | None = None
    _read_at: datetime | None = None
    _guard: Lock = field(default_factory=Lock)

    def promise(self, wish: Wish, now: datetime, ahead: Ahead | None = None) -> Promise | None:
        """When what is wished for, ordered now, is ready; None when no facility has the machines for it.

        ahead: of `ahead`, for the lines of one order, in turn.
        """
        shop, waiting = self.premises.catalogue(now).shop, self.snapshot(now)
        ahead = ahead or self.ahead(now)
        share, before = self._checks.share, ahead.pieces
        ahead.pieces += wish.quantity
        again = max(0, likely_rejects(share, ahead.pieces) - likely_rejects(share, before))
        return promised(replace(wish, again=again), waiting, shop, now, ahead=ahead)

    def ahead(self, now: datetime) -> Ahead:
        """For an order of which nothing is promised yet."""
        return Ahead(self.shelf(now))

    def has(self, wish: Wish, now: datetime) -> bool:
        """Whether what it takes is there, or expected, where it can be made."""
        able = _able(wish, self.premises.catalogue(now).shop)
        needs = {component: count * wish.quantity for component, count in wish.needs.items()}
        return soonest(self.shelf(now).offer(key, needs) for key in able) is not None

    def short(self, wish: Wish, now: datetime) -> tuple[Shortage, ...]:
        """What of it is neither there nor expected, anywhere that it can be made; nothing when everything is."""
        shop = self.premises.catalogue(now).shop
        needs = {component: count * wish.quantity for component, count in wish.needs.items()}
        line = LineNeeds("", frozenset(step.at for step in wish.operations), needs)
        home = home_of("ship" if wish.facility is None else wish.fulfilment, wish.facility or "", shop)
        try:
            sourced([line], self.shelf(now), shop, home)
        except SoldOut as refusal:
            return refusal.shortages
        except NotMadeAnywhere:
            return ()
        return ()

    def shelf(self, now: datetime) -> Shelf:
        """What can be promised, to take from: as old as the snapshot."""
        self.snapshot(now)
        return Shelf(self._free, self._coming)

    def filling(self, now: datetime) -> tuple[Filling, ...]:
        """The batches that can be joined, as old as the snapshot."""
        self.snapshot(now)
        return self._filling

    def harmless(self, wish: Wish, facility: str, now: datetime) -> bool:
        """Whether making it at once there surely breaks nobody's promise: everybody there can wait that long.

        That is the time of all its steps, and once more their setups, to go back to what was interrupted.
        """
        self.snapshot(now)
        takes = sum(2 * step.setup_min + step.run_min * wish.quantity for step in wish.operations)
        return self._slack.get(facility, takes) >= takes

    def snapshot(self, now: datetime) -> Backlog:
        """The backlog; everything is read anew when it is too old."""
        with self._guard:
            if self._read_at is None or not timedelta(0) <= now - self._read_at < FRESH:
                shop = self.premises.catalogue(now).shop
                with self.database.read() as session:
                    self._backlog, self._free = backlog(session, shop.facilities, now), available(session)
                    self._coming = coming(session, now.date())
                    self._filling = filling_batches(session)
                    self._slack = slack(session, shop)
                    if self._counted_at is None or not timedelta(0) <= now - self._counted_at < COUNT_AGAIN:
                        self._checks, self._counted_at = checks_since(session, now - COUNTED), now
                self._read_at = now
            return self._backlog
