"""What was out comes back, is paid or is written off: never more than went out, once a form, taken back openly."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, col

from configurator.counter.consigning import FormUsedOtherwise
from configurator.counter.selling import NoMethod, PriceWasOther, WalkIn, sell
from configurator.counter.settlement_receipts import settlement_receipt
from configurator.counter.settling import (
    Fate,
    MoreThanIsOut,
    NothingSettled,
    SettledElsewhere,
    WhyLost,
    reckon,
)
from configurator.counter.settling_back import UndoneBefore
from configurator.counter.taking_back import NoReason, TooLateToTakeBack
from configurator.errors import Refusal
from configurator.stock.consignment_store import NoSuchConsignment, out_at, out_by_component
from configurator.stock.lending import NotOnTheShelf
from configurator.stock.receiving import NotACount
from configurator.stock.rows import StockClaim
from configurator.stock.rows_consignment import ConsignmentLine
from tests.builders import a_design, seeded
from tests.counter.consigned import figures, given_out, giving, giving_out, seen, settled, settling, settling_of, undone
from tests.counter.store import Store
from tests.orders.test_changing_at_once import at_once


def test_some_come_back_some_are_sold_one_is_broken_and_the_rest_is_still_out(store: Store) -> None:
    whole = given_out(store, {"mug-white": 8})
    whole = settled(store, whole, back=3, sold=2, lost=1)
    line, (settlement, _) = whole.lines[0], whole.settlements[0]
    assert (line.back, line.sold, line.lost, line.out) == (3, 2, 1, 2)
    assert (settlement.total, settlement.vat, settlement.method) == (2680, 428, "cash")
    assert (settlement.clerk, settlement.terminal, settlement.reason) == ("Jana", "Jana's counter", "broken")
    assert (figures(store).on_hand, figures(store).free) == (4 + 3, 7)
    whole = settled(store, whole, back=2, key="the rest")
    assert (whole.out, whole.consignment.closed_at) == (0, store.clock.now())
    assert figures(store).on_hand == 9
    with store.database.read() as session:
        assert out_at(session, "store") == ()
        assert out_by_component(session, "store") == {}


def test_more_than_is_out_is_refused_with_how_many_are(store: Store) -> None:
    whole = settled(store, given_out(store, {"mug-white": 8}), back=3, sold=2)
    with pytest.raises(MoreThanIsOut) as refused:
        settled(store, whole, back=2, sold=1, lost=1, key="too many")
    assert refused.value.sentence == (
        "Only 3 of “Mug, white inside” are still out, 4 were written. Nothing was booked."
    )
    assert figures(store).on_hand == 4 + 3
    whole = settled(store, whole, sold=3, key="sold")
    with pytest.raises(MoreThanIsOut, match="No “Mug, white inside” is out any more"):
        settled(store, whole, back=1, key="one more")


def test_what_is_written_off_needs_a_reason_and_what_is_sold_its_price_and_how_it_was_paid(store: Store) -> None:
    whole = given_out(store, {"mug-white": 8})
    for wrong, refusal in (
        ({}, NothingSettled),
        ({"back": -1, "sold": 1}, NotACount),
        ({"lost": 1, "reason": " "}, WhyLost),
        ({"sold": 1, "method": ""}, NoMethod),
        ({"sold": 1, "method": "shells"}, NoMethod),
        ({"sold": 1, "seen": 1300}, PriceWasOther),
        ({"back": 1, "seen": 1340}, PriceWasOther),
        ({"back": 1, "facility": "plant"}, SettledElsewhere),
    ):
        with pytest.raises(refusal) as refused:
            settled(store, whole, **wrong)
        assert refused.value.sentence.endswith(".")
    assert seen(store, whole.consignment.number).settlements == ()


def test_the_same_form_books_once_and_nothing_else_later(store: Store) -> None:
    whole = given_out(store, {"mug-white": 8})
    settled(store, whole, back=2, sold=1)
    again = settled(store, whole, back=2, sold=1)
    assert (again.lines[0].back, len(again.settlements), figures(store).on_hand) == (2, 1, 6)
    with pytest.raises(FormUsedOtherwise):
        settled(store, whole, back=3, sold=1)


@pytest.mark.parametrize("attempt", range(3))
def test_two_clerks_who_settle_at_once_never_book_more_than_is_out(store: Store, attempt: int) -> None:
    whole = given_out(store, {"mug-white": 5})
    deeds = [settling_of(store, settling(whole, clerk=clerk, key=clerk, back=3)) for clerk in ("Jana", "Tariq", "Noor")]
    assert sorted(at_once(store.database, *deeds)) == ["MoreThanIsOut", "MoreThanIsOut", "done"]
    assert figures(store).on_hand == 7 + 3
    same = settling(seen(store, whole.consignment.number), back=1, sold=1, key="tap")
    assert at_once(store.database, *[settling_of(store, same)] * 3) == ["done"] * 3
    assert (seen(store, whole.consignment.number).out, figures(store).on_hand) == (0, 11)


def test_a_piece_that_waits_for_such_a_mug_gets_what_comes_back_before_anybody_buys_it(store: Store) -> None:
    _, _, (code,) = store.made(1)
    away = given_out(store, {"mug-white": 11}, facility="plant", key="plant")
    given_out(store, {"mug-white": 12})
    for station, verdict in (("picking", "pass"), ("production", "pass"), ("check", "reject")):
        store.scan(station, code, verdict=verdict, defect="smeared")
    store.plan()
    assert len(store.left()) == len(store.ask(sa.select(col(StockClaim.id)))) == 1
    settled(store, away, back=2, facility="plant")
    assert store.ask(sa.select(col(StockClaim.id))) == []
    here = figures(store, facility="plant")
    assert (here.on_hand, here.reserved, here.free) == (2, 1, 1)
    store.plan()
    assert store.left() == {}


@pytest.mark.parametrize("attempt", range(3))
def test_settling_giving_out_and_selling_at_once_never_wait_for_each_other_for_ever(store: Store, attempt: int) -> None:
    """Whoever locks stock in another order than orders and deliveries do is killed by PostgreSQL for a deadlock.

    A piece waits for a lid and a mug, so that a mug that comes back makes somebody look for lids, too.
    """
    mug = store.catalogue.blank("mug")
    order = store.order((a_design(mug, "Zoë", extras=frozenset({"lid"})), 1))
    store.make(order, 0)
    lent = [given_out(store, {"mug-white": 2}, facility="plant", key=f"plant {n}") for n in range(5)]
    given_out(store, {"lid": 11, "mug-white": 1}, facility="plant", key="the last")
    here = [given_out(store, {component: 12}, key=component) for component in ("lid", "mug-white")]
    for station, verdict in (("picking", "pass"), ("production", "pass"), ("check", "reject")):
        store.scan(station, store.codes(order)[0], verdict=verdict, defect="smeared")
    for each in here:
        settled(store, each, back=12, key=f"back {each.consignment.key}")
    assert len(store.ask(sa.select(col(StockClaim.id)))) == 2
    sold = a_design(mug, "Emil", extras=frozenset({"lid"}))
    deeds = []
    for n, each in enumerate(lent):
        deeds.append(settling_of(store, settling(each, facility="plant", key=f"{n}", back=2)))
        deeds.append(selling(store, store.walk_in(1, key=f"sale {n}", seen=1880, design=sold)))
    deeds.append(giving_out(store, giving({"mug-white": 2}, key="meanwhile")))
    assert at_once(store.database, *deeds) == ["done"] * 11
    assert store.ask(sa.select(col(StockClaim.component)).order_by(col(StockClaim.component))) == ["lid", "mug-white"]
    assert (figures(store).free, figures(store, "lid").free) == (12 - 5 - 2, 12 - 5)


def selling(store: Store, sale: WalkIn) -> Callable[[Session], object]:
    """The deed, to be done in some session."""
    shop = {"catalogue": store.catalogue, "jobs": store.jobs, "now": store.clock.now()}
    return lambda session: sell(session, sale, **shop, draw=seeded(sale.key))


def test_the_receipt_of_what_was_sold_adds_up_in_a_series_of_its_own(store: Store) -> None:
    whole = settled(store, given_out(store, {"mug-white": 8}), back=1, sold=3, method="card")
    settlement = whole.settlements[0][0]
    found = settlement_receipt(whole, settlement.id or 0, store.catalogue.shop)
    assert (found.kind, found.number, found.order_number) == ("receipt", "C2026-000001", whole.consignment.number)
    assert (found.total, found.net + found.vat, found.paid) == (4020, 4020, 4020)
    assert [(row.percent, row.gross, row.vat) for row in found.vat_rows] == [("19", 4020, 642)]
    assert [(line.quantity, line.each, line.total) for line in found.lines] == [(3, 1340, 4020)]
    only_back = settled(store, whole, back=1, key="back")
    with pytest.raises(NoSuchConsignment):
        settlement_receipt(only_back, only_back.settlements[0][0].id or 0, store.catalogue.shop)
    cancelled = settlement_receipt(undone(store, whole), settlement.id or 0, store.catalogue.shop)
    assert (cancelled.kind, cancelled.paid) == ("cancelled", 0)


def test_a_settlement_by_mistake_is_taken_back_and_both_stay_on_record(store: Store) -> None:
    whole = settled(store, given_out(store, {"mug-white": 5}), back=3, sold=1, lost=1)
    assert (whole.out, figures(store).on_hand) == (0, 10)
    store.later(minutes=59)
    with pytest.raises(NoReason):
        undone(store, whole, reason=" ")
    whole = undone(store, whole, clerk="Tariq")
    settlement = whole.settlements[0][0]
    assert (settlement.undone_by, settlement.undone_reason, settlement.clerk) == ("Tariq", "pressed by mistake", "Jana")
    assert (whole.out, whole.consignment.closed_at, figures(store).on_hand) == (5, None, 7)
    assert (undone(store, whole, clerk="Tariq").out, figures(store).on_hand) == (5, 7)
    with pytest.raises(UndoneBefore, match="Taken back already by Tariq"):
        undone(store, whole)
    assert settled(store, whole, back=5, key="rightly").out == 0


def test_a_settlement_stays_when_it_is_old_another_stores_or_what_was_back_has_been_sold(store: Store) -> None:
    whole = settled(store, given_out(store, {"mug-white": 12}), back=12)
    with pytest.raises(SettledElsewhere):
        undone(store, whole, facility="plant")
    with pytest.raises(NoSuchConsignment):
        undone(store, whole, settlement_id=4471)
    store.sell(store.walk_in(1))
    with pytest.raises(NotOnTheShelf, match="Only 11 of “Mug, white inside” are free here, 12 were to go out"):
        undone(store, whole)
    store.later(minutes=60)
    with pytest.raises(TooLateToTakeBack, match="A settlement can be taken back for 60 minutes"):
        undone(store, whole)
    assert (seen(store, whole.consignment.number).out, figures(store).on_hand) == (0, 12)


@given(st.lists(st.tuples(st.integers(-1, 4), st.integers(-1, 4), st.integers(-1, 4)), max_size=6), st.integers(0, 3))
def test_whatever_is_written_in_whatever_order_never_more_than_went_out_is_booked(
    fates: list[tuple[int, int, int]], each: int
) -> None:
    line = ConsignmentLine(
        id=1, consignment_id=1, component="mug", label="Mug", unit="piece", count=7, each=each, tax_percent="19"
    )
    paid = 0
    for back, sold, lost in fates:
        try:
            reckoned = reckon((line,), {1: Fate(back, sold, lost)})
        except Refusal:
            continue
        line.back, line.sold, line.lost = line.back + back, line.sold + sold, line.lost + lost
        paid += reckoned.to_pay
        assert 0 <= reckoned.vat <= reckoned.to_pay
        assert min(line.back, line.sold, line.lost, line.out) >= 0
    assert paid == line.sold * each
