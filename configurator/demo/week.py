"""Days of the demo shop, lived through in order: orders, plans, releases, the floor, hand-overs."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.clock import FixedClock
from configurator.demo.floor_work import SHOP_HOURS, bring_to_stores, hand_out, work_off
from configurator.demo.mending import mended
from configurator.demo.people import NAMES, STREETS, TOWNS
from configurator.demo.staff import take_on
from configurator.demo.wishes import Wish, wish
from configurator.designs.making import components
from configurator.designs.sewing import sewn_areas, sewn_operations
from configurator.errors import Refusal
from configurator.orders.cart import Wanted, add_to_cart
from configurator.orders.cart_store import lines_to_quote
from configurator.orders.checkout import Checkout, Customer, seen_of
from configurator.orders.leaving import AS_READY, TOGETHER
from configurator.orders.placing import place_order
from configurator.orders.quoting import quoted
from configurator.orders.rows import Order
from configurator.orders.warnings import read_ticked, warned_written
from configurator.production.promise import Promise
from configurator.production.wishes import Wish as Promised
from configurator.stock.receiving import stock_up
from configurator.web.studio import Studio
from configurator.web.wiring import Wiring

DAYS = 7
BUSY = (9, 10, 11, 12, 13, 14, 16, 17, 18, 19, 20, 20, 21)
"""Hours of the day at which people order, some more often than others."""

LATELY = 0.3
"""Share of the orders of the last 24 hours, so that the board has open batches to show at any time of the day."""

Progress = Callable[[int], None]


@dataclass
class Demo:
    """The demo shop while its days are lived through; `clock` is the one its wiring was opened with.

    days: how many, up to the clock's time. lately: share of the orders that are of the last day. hourly: what happens
    besides, every hour. waiting: share of customers who wait at a counter while it is open. times: of everything that
    somebody wants so many times as many. as_ready: share of the orders of several lines that leave as they are ready.
    """

    wiring: Wiring
    studio: Studio
    clock: FixedClock
    random: Random
    days: int = DAYS
    lately: float = LATELY
    waiting: float = 0.0
    times: int = 1
    as_ready: float = 0.0
    hourly: Callable[["Demo"], None] | None = None

    def draw(self, below: int) -> int:
        """Chance, seeded: the same seed makes the same week."""
        return self.random.randrange(below)


def is_empty(session: Session) -> bool:
    """Whether nobody has ordered here yet."""
    return session.execute(sa.select(col(Order.id)).limit(1)).first() is None


def live_week(demo: Demo, orders: int, *, done: Progress) -> int:
    """Live the days up to the clock's time with so many orders; how many were really placed.

    An order is not placed when what it wants is sold out: nothing is forced.
    """
    now = demo.clock.now()
    _open_shop(demo, now)
    placed = 0
    for moment in _moments(demo, now, orders):
        _pass_time(demo, moment)
        placed += _order(demo)
        done(1)
    _pass_time(demo, now)
    return placed


def _open_shop(demo: Demo, now: datetime) -> None:
    demo.clock.at = now - timedelta(days=demo.days)
    shop = demo.wiring.catalogue.shop
    plant = next(facility.key for facility in shop.facilities if facility.kind == "plant")
    store = next(facility.key for facility in shop.facilities if facility.kind == "store")
    with demo.wiring.database.write() as session:
        take_on(session, plant=plant, store=store)
        stock_up(session, shop.components.values(), now=demo.clock.now())


def _moments(demo: Demo, now: datetime, orders: int) -> Iterator[datetime]:
    """When somebody orders: over all days up to now, at the hours people do; those of lately in the last 24 hours."""
    moments, random = list[datetime](), demo.random
    while len(moments) < orders:
        lately = random.random() < demo.lately
        day = now - timedelta(days=0 if lately else random.randrange(demo.days + 1))
        moment = day.replace(hour=random.choice(BUSY), minute=random.randrange(60), second=random.randrange(60))
        if lately and moment >= now:
            moment -= timedelta(days=1)
        if now - timedelta(days=demo.days) < moment < now:
            moments.append(moment)
    return iter(sorted(moments))


def _pass_time(demo: Demo, until: datetime) -> None:
    """Hour by hour: jobs run, batches are released at their cut-off, the floor works, customers come."""
    while demo.clock.at < until:
        demo.clock.at = min(until, demo.clock.at + timedelta(hours=1))
        if demo.hourly:
            demo.hourly(demo)
        work_off(demo.wiring, demo.random)
        demo.wiring.jobs.tick()
        demo.wiring.jobs.run_due()
        bring_to_stores(demo.wiring)
        hand_out(demo.wiring, demo.random)
    demo.wiring.jobs.run_due()


def _order(demo: Demo) -> bool:
    count = demo.random.choice((1, 1, 1, 2, 3))
    wanted = [wish(demo.random, demo.wiring.catalogue, times=demo.times) for _ in range(count)]
    try:
        with demo.wiring.database.write() as session:
            place(demo, session, wanted)
        demo.wiring.jobs.run_due()
    except Refusal:
        return False
    return True


def place(demo: Demo, session: Session, wishes: list[Wish]) -> Order:
    """Somebody orders these, by parcel or pick-up, for the day that is promised. Raises what ordering refuses."""
    wiring, now = demo.wiring, demo.clock.now()
    token = hashlib.sha256(str(demo.random.random()).encode()).hexdigest()
    fulfilment, facility = _fulfilment(demo)
    asked = []
    for wanted in wishes:
        step = mended(demo.studio, wanted.blank, wanted.asked)
        add_to_cart(session, token, Wanted(demo.studio.proofed(step), wanted.asked.quantity, step.address), now=now)
        route = sewn_operations(step.design, wanted.blank, wiring.catalogue.shop, sewn_areas(step.scenes))
        needs = components(step.design, wanted.blank)
        asked.append(Promised(route, wanted.asked.quantity, fulfilment, facility, needs))
    found = _promised(demo, asked, now)
    if fulfilment == "counter" and any(each is None or each.facility != facility for each in found):
        fulfilment = "pickup"
        found = _promised(demo, [replace(each, fulfilment=fulfilment) for each in asked], now)
    promises = [each for each in found if each]
    cart = quoted(lines_to_quote(session, token), wiring.catalogue, fulfilment)
    parts = len(cart.lines) == len(promises) > 1 and fulfilment != "counter" and _as_ready(demo, token)
    checkout = Checkout(
        token_hash=token,
        seen=seen_of(cart),
        fulfilment=fulfilment,
        facility=facility,
        customer=_customer(demo.random),
        payment_method="invoice" if fulfilment == "ship" else "till",
        rights_declared=True,
        promised_on=max((each.on for each in promises), default=now.date()),
        checkout_key=token,
        ticked=read_ticked(warned_written(cart)),
        awaits=max((each.awaits.on for each in promises if each.awaits), default=None),
        leaves=AS_READY if parts else TOGETHER,
        days={line.line.id: each.on for line, each in zip(cart.lines, promises, strict=True)} if parts else {},
    )
    return place_order(session, checkout, catalogue=wiring.catalogue, jobs=wiring.jobs, now=now, draw=demo.draw)


def _as_ready(demo: Demo, token: str) -> bool:
    """By the token, so that all other chances of the week stay what they are."""
    return int(token[:4], 16) < demo.as_ready * 0x10000


def _promised(demo: Demo, asked: list[Promised], now: datetime) -> list[Promise | None]:
    """What is promised for each, if all are ordered together."""
    promises, ahead = demo.wiring.promises, demo.wiring.promises.ahead(now)
    return [promises.promise(each, now, ahead) for each in asked]


def _fulfilment(demo: Demo) -> tuple[str, str]:
    facilities = demo.wiring.catalogue.shop.facilities
    if demo.waiting and demo.random.random() < demo.waiting and demo.clock.now().hour in SHOP_HOURS:
        return "counter", demo.random.choice([facility.key for facility in facilities if facility.kind == "store"])
    if demo.random.random() < 0.55:
        return "ship", next(facility.key for facility in facilities if facility.kind == "plant")
    return "pickup", demo.random.choice([facility.key for facility in facilities if facility.kind == "store"])


def _customer(random: Random) -> Customer:
    name = random.choice(NAMES)
    postcode, town = random.choice(TOWNS)
    return Customer(
        name=name,
        email=f"customer-{random.randrange(10_000)}@people.example",
        street=f"{random.choice(STREETS)} {random.randrange(1, 140)}",
        postcode=postcode,
        town=town,
        country="DE",
    )
