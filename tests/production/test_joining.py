"""Joining a batch that fills: later or the same day, for a part of the setup saved, never without room for it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from configurator.blanks.calendar import BatchRule
from configurator.blanks.shop import Costing, Shop
from configurator.designs.pricing import quote
from configurator.orders.cart_store import quoted_cart
from configurator.orders.checkout import seen_of
from configurator.orders.quoting import Joining
from configurator.orders.rows import Order, OrderLine
from configurator.production.closing import closing
from configurator.production.filling import Filling, filling_batches
from configurator.production.hours import Hours
from configurator.production.joining import Offer, offer, saving
from configurator.production.promise import promised
from configurator.production.wishes import Wish
from tests.builders import Counter, a_checkout, a_design, a_mug, a_shop, put, seeded
from tests.production.test_closing import BATCH
from tests.production.workshop import Workshop

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SHOP = a_shop(costing=Costing(passed_on=20))
MUG = a_mug().operations[:2]
WISH = Wish(MUG, 1, "ship", None, blank="mug", vat=Decimal(19))
LATER = Filling(
    "B-007", "plant", "press", "mug", "mug", 5, MONDAY + timedelta(days=2), MONDAY + timedelta(days=2, hours=2)
)


def an_offer(*filling: Filling, wish: Wish = WISH, shop: Shop = SHOP) -> Offer | None:
    quick = promised(wish, {}, shop, MONDAY)
    assert quick is not None
    return offer(wish, quick, filling, shop, MONDAY)


def batch(**changes: Any) -> Filling:
    return replace(LATER, family=MUG[1].family, **changes)


def test_a_batch_that_is_done_later_gives_a_later_date_for_less() -> None:
    found, quick = an_offer(batch()), promised(WISH, {}, SHOP, MONDAY)
    assert found is not None
    assert quick is not None
    assert found.promise.on > quick.on
    assert found.promise.order_within == timedelta(days=2)
    assert found.saved == int((Decimal(4) * 2000 / 60 + Decimal(6) * 2400 / 60) * 20 / 100 * 119 / 100)


def test_the_same_day_may_be_cheaper_too_but_never_a_sooner_one() -> None:
    found, quick = an_offer(batch(done_at=MONDAY + timedelta(hours=1))), promised(WISH, {}, SHOP, MONDAY)
    assert found is not None
    assert quick is not None
    assert found.promise.on == quick.on


def test_nothing_is_offered_where_there_is_nothing_to_join() -> None:
    assert an_offer() is None
    assert an_offer(batch(free=0)) is None
    assert an_offer(batch(facility="store")) is None
    assert an_offer(batch(blank="tin")) is None
    assert an_offer(batch(closes_at=MONDAY + timedelta(minutes=1))) is None
    assert an_offer(batch(), wish=replace(WISH, quantity=6)) is None
    assert an_offer(batch(), wish=replace(WISH, fulfilment="counter", facility="store")) is None


def test_a_shop_that_passes_nothing_on_offers_nothing() -> None:
    assert an_offer(batch(), shop=a_shop()) is None


@given(st.integers(1, 100), st.integers(0, 100))
def test_a_saving_is_whole_for_each_piece_and_no_more_than_the_share(quantity: int, share: int) -> None:
    shop = a_shop(costing=Costing(passed_on=share))
    saved = saving(replace(WISH, quantity=quantity), shop.facility("plant"), shop)
    assert saved % quantity == 0
    assert 0 <= saved <= (Decimal(4) * 2000 / 60 + Decimal(6) * 2400 / 60) * share / 100 * 119 / 100


def test_a_quote_says_what_is_saved_and_its_parts_add_up() -> None:
    mug = a_mug()
    plain = quote(a_design(mug), mug, SHOP, quantity=3)
    joined = quote(a_design(mug), mug, SHOP, quantity=3, saved=90)
    assert joined.each == plain.each - 30
    assert joined.total == plain.total - 90
    assert sum(amount for _, amount in joined.parts) == joined.each
    assert joined.parts[-1] == ("Made with a batch that fills", -30)


def joined(workshop: Workshop, pieces: int = 1, saved: int = 80, **changes: Any) -> Order:
    """Somebody orders mugs with the open batch of their kind."""
    visitor = f"joins {workshop.clock.now()} {pieces} {changes}"
    design = a_design(workshop.catalogue.blank("mug"), "Later")
    with workshop.write() as session:
        put(session, visitor, [(design, pieces)], workshop.catalogue)
        line = quoted_cart(session, visitor, workshop.catalogue).lines[0].line.id
        joins = {line: Joining("B-001", saved)}
        seen = seen_of(quoted_cart(session, visitor, workshop.catalogue, "ship", joins))
        checkout = a_checkout(session, visitor, workshop.catalogue, seen=seen, joins=joins, **changes)
        return Counter(workshop.catalogue, workshop.jobs, seeded(visitor)).place(session, checkout)


def test_the_order_keeps_the_batch_and_the_price_that_were_seen(workshop: Workshop) -> None:
    workshop.mugs(3)
    workshop.plan()
    order = joined(workshop, 2)
    with workshop.database.read() as session:
        line = session.exec(select(OrderLine).where(OrderLine.order_id == order.id)).one()
    assert (line.joined, line.saved, line.total) == ("B-001", 80, 2 * 1590 - 80)
    assert any(
        "Made with a batch that fills, for € 0.80 less." in said.replace("\u00a0", " ")
        for said in workshop.events(order)
    )


def test_a_piece_on_its_way_to_a_batch_has_its_place_already(workshop: Workshop) -> None:
    workshop.mugs(3)
    workshop.plan()

    def free() -> int:
        with workshop.database.read() as session:
            (one,) = filling_batches(session)
        return one.free

    before = free()
    order = joined(workshop, 2)
    assert free() == before - 2
    workshop.plan()
    assert free() == before - 2
    assert workshop.codes(order)[0] in workshop.pieces("B-001")


def test_rush_and_held_and_released_batches_cannot_be_joined(workshop: Workshop) -> None:
    workshop.mugs(3, fulfilment="counter")
    workshop.plan()
    with workshop.database.read() as session:
        assert filling_batches(session) == ()
    workshop.mugs(3)
    workshop.plan()
    with workshop.database.read() as session:
        (one,) = filling_batches(session)
    workshop.release(one.number)
    with workshop.database.read() as session:
        assert filling_batches(session) == ()


def test_whoever_waits_for_company_opens_no_batch_of_their_own_before_they_must() -> None:
    hours, rule = Hours.of(SHOP.facility("plant")), BatchRule()
    alone = closing(BATCH, rule, hours, now=BATCH.opened_at)
    patient = closing(replace(BATCH, patient=True), rule, hours, now=BATCH.opened_at)
    assert patient > alone
    assert patient < BATCH.due_at


def test_a_joined_piece_whose_batch_is_gone_waits_for_the_next_of_its_kind(workshop: Workshop) -> None:
    workshop.mugs(3)
    workshop.plan()
    workshop.release("B-001")
    order = joined(workshop)
    workshop.plan()
    waiting = workshop.batch("B-002")
    assert workshop.pieces("B-002") == workshop.codes(order)
    workshop.mugs(2)
    workshop.plan()
    assert workshop.batch("B-002").pieces == 3
    assert workshop.batch("B-002").closes_at < waiting.closes_at
