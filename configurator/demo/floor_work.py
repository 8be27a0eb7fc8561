"""The demo's workshop and counter at work: released pieces go through the stations, ready ones to their customers."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import get_args

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.blanks.shop import Shop
from configurator.counter.handing_over import HandingOver, hand_over, send_parcel
from configurator.demo.step_work import scan_steps
from configurator.orders.due import arrival
from configurator.orders.payment import Taken, outstanding, take_payment
from configurator.orders.rows import Order, Piece
from configurator.production.floor import scan
from configurator.production.hours import Hours
from configurator.production.parts_ready import lying_parts
from configurator.production.promise_watch import Teller
from configurator.production.rows import Batch, BatchPlace
from configurator.production.scans import ScanIn, Station
from configurator.web.wiring import Wiring

REJECTED = 0.02
COMES_IN_AN_HOUR = 0.05
SHOP_HOURS = range(9, 18)
SUNDAY = 6
VAN_COMES = 8
PARCELS_LEAVE = 16
SLOWER = {"mug-press": 1.25}
"""Work centre -> how many times the planned minutes its pieces really take, so that there is something to find out."""

DEFECTS = ("chip at the rim", "print out of place", "scratch")


def work_off(wiring: Wiring, random: Random) -> None:
    """Scan every piece of the batches whose planned end has come through all four stations."""
    with wiring.database.read() as session:
        done = _due(session, wiring)
    for batch in done:
        scan_steps(wiring, batch.number, batch.codes, batch.made_at)
    pieces = [(code, b.facility, at) for b in done for code, at in zip(b.codes, b.made_at, strict=True)]
    for code, facility, made_at in pieces:
        for station in get_args(Station):
            told = ScanIn(f"demo:{station}:{code}", station, code, "Deniz", facility)
            flawed = station == "check" and random.random() < REJECTED
            at = made_at if station in ("picking", "production") else None
            _scan(wiring, replace(told, verdict="reject", defect=random.choice(DEFECTS)) if flawed else told, at)
            if flawed:
                break


def bring_to_stores(wiring: Wiring) -> None:
    """In the mornings what was made elsewhere for pick-up, and has been under way long enough, comes into its bin."""
    now, shop = wiring.clock.now(), wiring.catalogue.shop
    if now.hour != VAN_COMES:
        return
    with wiring.database.read() as session:
        pieces = session.execute(
            sa.select(col(Piece.code), col(Piece.facility), col(Order.facility), col(Piece.moved_at))
            .join(Order, col(Order.id) == col(Piece.order_id))
            .where(col(Piece.stage) == "stored", col(Order.fulfilment) == "pickup")
            .where(col(Piece.facility) != col(Order.facility))
            .order_by(col(Piece.id))
        ).all()
    for code, maker, store, stored_at in pieces:
        left_on = Hours.of(shop.facility(maker)).local(stored_at).date()
        days = max(1, shop.days_between(shop.facility(maker), store))
        if arrival(left_on, days) <= Hours.of(shop.facility(store)).local(now).date():
            _scan(wiring, ScanIn(f"demo:arrival:{code}", "storage", code, "Deniz", store))


def hand_out(wiring: Wiring, random: Random) -> None:
    """While the shop is open some whose order is ready, or a part that may leave, come for it and pay; in the afternoon
    the parcels leave."""
    now = wiring.clock.now()
    if now.hour not in SHOP_HOURS or now.weekday() == SUNDAY:
        return
    with wiring.database.read() as session:
        parts = lying_parts(session)
        ready = session.execute(
            sa.select(col(Order.id), col(Order.facility), col(Order.fulfilment))
            .where(col(Order.status) == "placed")
            .where(sa.or_(col(Order.ready_at).is_not(None), col(Order.id).in_(list(parts))))
            .order_by(col(Order.id))
        ).all()
    for order_id, facility, fulfilment in ready:
        if now.hour == PARCELS_LEAVE if fulfilment == "ship" else random.random() < COMES_IN_AN_HOUR:
            part = frozenset(parts.get(order_id, ()))
            _give(wiring, HandingOver(order_id, "Jana", "Counter Bremen 1", facility, part), fulfilment, random)


@dataclass(frozen=True, slots=True)
class _Done:
    """A batch whose pieces can be scanned; made_at: when each of them came out of the leading step."""

    number: str
    facility: str
    codes: tuple[str, ...]
    made_at: tuple[datetime, ...]


def _due(session: Session, wiring: Wiring) -> list[_Done]:
    """The batches that are done: by their plan, later if their machine has stood still since."""
    now = wiring.clock.now()
    statement = (
        sa.select(Batch, col(Piece.code))
        .select_from(Piece)
        .join(BatchPlace, col(BatchPlace.piece_id) == col(Piece.id))
        .join(Batch, col(Batch.id) == col(BatchPlace.batch_id))
        .where(col(Batch.status) == "released", col(Batch.done_at) <= now)
        .where(col(Piece.stage) == "released")
        .order_by(col(Batch.id), col(BatchPlace.position))
    )
    shop = wiring.catalogue.shop
    codes: dict[int, tuple[Batch, list[str]]] = {}
    for batch, code in session.execute(statement):
        if _really_done(batch, shop) <= now:
            codes.setdefault(batch.id or 0, (batch, []))[1].append(code)
    return [
        _Done(batch.number, batch.facility, tuple(own), tuple(min(at, now) for at in _made_at(batch, len(own), shop)))
        for batch, own in codes.values()
    ]


def _made_at(batch: Batch, pieces: int, shop: Shop) -> Iterator[datetime]:
    """When each piece came out of the leading step: some batches are slower than planned, and a work centre of SLOWER
    is. By the batch's number, so that all other chances of the week stay what they are."""
    hours = Hours.of(shop.facility(batch.facility), batch.work_centre, batch.machine)
    chance = Random(batch.number)  # noqa: S311 a demo wants the same week again, not secrets
    setup = batch.changeover_min * chance.uniform(0.8, 1.1)
    each = batch.run_min / pieces * SLOWER.get(batch.work_centre, 1.0) * chance.uniform(0.92, 1.08)
    for n in range(1, pieces + 1):
        took = setup + each * (n - chance.uniform(0, 0.2))
        yield hours.running_on(batch.starts_at or batch.opened_at, took).closes


def _really_done(batch: Batch, shop: Shop) -> datetime:
    hours = Hours.of(shop.facility(batch.facility), batch.work_centre, batch.machine)
    starts, planned, done = batch.starts_at, batch.ends_at, batch.done_at
    if starts is None or planned is None or done is None:
        return datetime.max.replace(tzinfo=UTC)
    ends = hours.running_on(starts, batch.changeover_min + batch.run_min).closes
    return done + max(timedelta(0), ends - planned)


def _scan(wiring: Wiring, told: ScanIn, at: datetime | None = None) -> None:
    """at: else now."""
    with wiring.database.write() as session:
        scan(session, told, shop=wiring.catalogue.shop, jobs=wiring.jobs, now=at or wiring.clock.now())


def _give(wiring: Wiring, wanted: HandingOver, fulfilment: str, random: Random) -> None:
    now, order_id = wiring.clock.now(), wanted.order_id
    with wiring.database.write() as session:
        if fulfilment == "ship":
            teller = Teller("Deniz", wiring.catalogue.shop, wiring.jobs, now)
            send_parcel(session, order_id, teller, wanted.pieces)
            return
        order = session.get_one(Order, order_id)
        amount = outstanding(session, order)
        if amount > 0:
            method = random.choice(("cash", "card"))
            take_payment(session, order_id, Taken("counter", method, amount, f"demo:{order_id}", who="Jana"), now=now)
        hand_over(session, wanted, now=now)
