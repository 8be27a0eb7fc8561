"""Placing an order: at the prices seen or not at all, once however often it is clicked, with its stock."""

import threading
from collections import Counter as Tally
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlmodel import Session, col, select

from configurator.blanks.blank import Price
from configurator.clock import FixedClock
from configurator.database import Database
from configurator.jobs.embedded import EmbeddedJobs
from configurator.jobs.rows import Job
from configurator.orders.cart import set_quantity
from configurator.orders.cart_store import pieces_in_cart, quoted_cart
from configurator.orders.codes import Draw
from configurator.orders.order_store import (
    order_by_number,
    order_by_token,
    recent_orders,
    whole_order,
)
from configurator.orders.payment import NoSuchOrder
from configurator.orders.placing import CartHasChanged, CartIsEmpty, LineCannotBeOrdered, PriceChange, PriceHasChanged
from configurator.orders.rows import Order, Piece
from configurator.stock.reserving import Shortage, SoldOut
from configurator.stock.stock_store import available, ledger_differences, reserved_for
from tests.builders import (
    ZOE,
    Counter,
    a_catalogue,
    a_checkout,
    a_design,
    a_mug,
    a_shop,
    a_tee,
    put,
    seeded,
    stocked,
)

CATALOGUE = a_catalogue()
TWO_LINES = [(a_design(inside="coral", extras=frozenset({"lid"})), 3), (a_design(a_tee(), "Team"), 2)]


@pytest.fixture
def counter(database: Database, clock: FixedClock) -> Counter:
    with database.write() as session:
        stocked(session, CATALOGUE.shop)
    return Counter(CATALOGUE, EmbeddedJobs(database, clock, {}), seeded())


def pieces_of(session: Session, order: Order) -> list[Piece]:
    return list(session.exec(select(Piece).where(col(Piece.order_id) == order.id).order_by(col(Piece.number))).all())


def test_an_order_has_its_lines_one_row_a_piece_and_its_stock_set_aside(database: Database, counter: Counter) -> None:
    with database.write() as session:
        order = counter.order(session, TWO_LINES)
    with database.read() as session:
        whole = whole_order(session, order)
        assert [(line.position, line.title, line.quantity) for line in whole.lines] == [
            (1, "Mug, 330 ml, Zoë", 3),
            (2, "T-shirt, Team", 2),
        ]
        assert [piece.code for piece in whole.pieces] == [f"{order.number}-0{n}" for n in range(1, 6)]
        assert {piece.stage for piece in whole.pieces} == {"waiting"}
        assert [piece.design_hash for piece in whole.pieces] == [TWO_LINES[0][0].hash] * 3 + [TWO_LINES[1][0].hash] * 2
        assert reserved_for(session, order.id or 0) == {
            ("plant", "mug-coral"): 3,
            ("plant", "lid"): 3,
            ("plant", "tee"): 2,
        }
        assert ledger_differences(session) == ()
        assert [event.sentence for event in whole.events] == ["Ordered: 5 pieces."]
        assert pieces_in_cart(session, "visitor") == 0


def test_planning_and_the_confirmation_are_enqueued_with_the_order(database: Database, counter: Counter) -> None:
    with database.write() as session:
        order = counter.order(session, TWO_LINES)
    with database.read() as session:
        jobs = {job.kind: job.args for job in session.exec(select(Job)).all()}
    assert jobs == {
        "plan": {"facility": "plant", "process": "press"},
        "message": {"order": order.id, "what": "confirmation", "again": ""},
    }


def test_an_order_keeps_the_words_of_its_customer(database: Database, counter: Counter) -> None:
    with database.write() as session:
        counter.order(session, [(a_design(text=ZOE), 1)])
    with database.read() as session:
        order = session.exec(select(Order)).one()
        assert order.name == ZOE
        assert f"“{ZOE}”" in whole_order(session, order).lines[0].summary


def test_two_clicks_are_one_order(database: Database, counter: Counter) -> None:
    with database.write() as session:
        put(session, "visitor", TWO_LINES, CATALOGUE)
        checkout = a_checkout(session, "visitor", CATALOGUE)
    with database.write() as session:
        first = counter.place(session, checkout)
    with database.write() as session:
        assert counter.place(session, checkout).number == first.number
    with database.read() as session:
        assert len(recent_orders(session)) == 1
        assert available(session)["plant", "tee"] == 998


def test_two_clicks_at_the_same_moment_are_one_order(database: Database, counter: Counter) -> None:
    with database.write() as session:
        put(session, "visitor", TWO_LINES, CATALOGUE)
        checkout = a_checkout(session, "visitor", CATALOGUE)
    at_once, numbers = threading.Barrier(4), []

    def click() -> None:
        at_once.wait()
        with database.write() as session:
            numbers.append(counter.place(session, checkout).number)

    clicks = [threading.Thread(target=click) for _ in range(4)]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join()
    assert len(numbers) == 4
    assert len(set(numbers)) == 1
    with database.read() as session:
        assert available(session)["plant", "tee"] == 998
        assert len(session.exec(select(Piece)).all()) == 5


def test_two_windows_of_one_cart_order_it_once(database: Database, counter: Counter) -> None:
    with database.write() as session:
        put(session, "visitor", TWO_LINES, CATALOGUE)
        checkout = a_checkout(session, "visitor", CATALOGUE)
        counter.place(session, checkout)
    with pytest.raises(CartIsEmpty, match="Your cart is empty"), database.write() as session:
        counter.place(session, replace(checkout, checkout_key="the other window"))


def test_pain_12_a_price_that_changed_is_told_with_old_and_new_and_nothing_is_ordered(
    database: Database, counter: Counter
) -> None:
    with database.write() as session:
        put(session, "visitor", TWO_LINES, CATALOGUE)
        checkout = a_checkout(session, "visitor", CATALOGUE)
    dearer = a_catalogue(a_mug(version="mug-1", price=Price(1440)), a_tee())
    with pytest.raises(PriceHasChanged, match="Nothing was ordered") as refusal, database.write() as session:
        replace(counter, catalogue=dearer).place(session, checkout)
    assert refusal.value.changes == (PriceChange("Mug, 330 ml, Zoë", 5760, 6060), PriceChange("Total", 10240, 10540))
    assert "€\u00a057.60 before, €\u00a060.60 now" in refusal.value.sentence
    with database.read() as session:
        assert recent_orders(session) == ()
        assert pieces_in_cart(session, "visitor") == 5
        assert available(session)["plant", "tee"] == 1000


def test_a_cart_changed_in_another_window_is_not_ordered_unseen(database: Database, counter: Counter) -> None:
    with database.write() as session:
        put(session, "visitor", TWO_LINES, CATALOGUE)
        checkout = a_checkout(session, "visitor", CATALOGUE)
        set_quantity(session, "visitor", checkout.seen.lines[0].line_id, 4, catalogue=CATALOGUE)
    with pytest.raises(CartHasChanged, match="Look through it"), database.write() as session:
        counter.place(session, checkout)


def test_a_line_that_is_no_longer_made_stops_the_order_with_its_name(database: Database, counter: Counter) -> None:
    with database.write() as session:
        put(session, "visitor", TWO_LINES, CATALOGUE)
        checkout = a_checkout(session, "visitor", CATALOGUE)
    with pytest.raises(LineCannotBeOrdered, match="“T-shirt, Team” is no longer made"), database.write() as session:
        replace(counter, catalogue=a_catalogue(a_mug())).place(session, checkout)


def test_pain_18_what_is_not_there_is_not_sold_and_the_cart_stays(database: Database, clock: FixedClock) -> None:
    shop = a_shop(start=5)
    catalogue = a_catalogue(shop=shop)
    counter = Counter(catalogue, EmbeddedJobs(database, clock, {}), seeded())
    with database.write() as session:
        stocked(session, shop)
        put(
            session,
            "visitor",
            [(a_design(text="A"), 3), (a_design(text="B"), 3), (a_design(inside="coral"), 1)],
            catalogue,
        )
        checkout = a_checkout(session, "visitor", catalogue, fulfilment="pickup")
    with database.write() as session:
        order = counter.place(session, checkout)
        assert [line.facility for line in whole_order(session, order).lines] == ["store", "plant", "store"]
    with database.write() as session:
        put(session, "visitor", [(a_design(text="C"), 2), (a_design(text="D"), 3)], catalogue)
        checkout = a_checkout(session, "visitor", catalogue, fulfilment="pickup", checkout_key="second")
    with pytest.raises(SoldOut) as refusal, database.write() as session:
        counter.place(session, checkout)
    assert refusal.value.shortages == (Shortage("mug-white", 3, 2),)
    assert "Only 2 of “Mug, white inside” are left" in refusal.value.sentence
    with database.read() as session:
        assert pieces_in_cart(session, "visitor") == 5
        assert ledger_differences(session) == ()


def test_a_parcel_is_made_at_the_plant_and_at_a_store_only_if_the_plant_is_short(
    database: Database, clock: FixedClock
) -> None:
    shop = a_shop(start=40)
    counter = Counter(a_catalogue(shop=shop), EmbeddedJobs(database, clock, {}), seeded())
    with database.write() as session:
        stocked(session, shop)
        order = counter.order(session, [(a_design(a_tee(), "A"), 30), (a_design(a_tee(), "B"), 30)])
        assert [line.facility for line in whole_order(session, order).lines] == ["plant", "store"]


def test_what_a_store_cannot_make_is_made_at_the_plant_and_due_earlier(database: Database, counter: Counter) -> None:
    with database.write() as session:
        gilded = (a_design(text="gilded", rim="gold"), 1)
        order = counter.order(session, [(a_design(text="plain"), 1), gilded], fulfilment="pickup")
    with database.read() as session:
        pieces = pieces_of(session, order)
    assert [piece.facility for piece in pieces] == ["store", "plant"]
    assert [piece.due_at for piece in pieces] == [
        datetime(2026, 11, 26, 17, tzinfo=UTC),
        datetime(2026, 11, 25, 17, tzinfo=UTC),
    ]


def test_pain_17_a_parcel_s_pieces_are_due_so_that_the_promised_day_holds_over_a_weekend(
    database: Database, counter: Counter
) -> None:
    with database.write() as session:
        order = counter.order(session, TWO_LINES, promised_on=date(2026, 11, 30))
    with database.read() as session:
        assert {piece.due_at for piece in pieces_of(session, order)} == {datetime(2026, 11, 27, 17, tzinfo=UTC)}


def test_what_is_made_while_its_customer_waits_goes_to_the_front(database: Database, counter: Counter) -> None:
    with database.write() as session:
        order = counter.order(session, [(a_design(), 1)], fulfilment="counter", payment_method="till")
    with database.read() as session:
        assert [(piece.rush, piece.facility) for piece in pieces_of(session, order)] == [(True, "store")]


def test_a_number_that_somebody_has_is_drawn_again(database: Database, counter: Counter) -> None:
    def repeating(first: int) -> Draw:
        """Draws what `seeded` draws, but begins with the same order's codes `first` times."""
        sources = [seeded() for _ in range(first + 1)] + [seeded("other")]
        drawn = Tally[str]()

        def draw(below: int) -> int:
            drawn["all"] += 1
            return sources[min((drawn["all"] - 1) // (6 + 27 + 3), len(sources) - 1)](below)

        return draw

    repeated = replace(counter, draw=repeating(2))
    with database.write() as session:
        first = repeated.order(session, TWO_LINES, visitor="one")
    with database.write() as session:
        second = repeated.order(session, TWO_LINES, visitor="two")
    assert first.number != second.number
    with database.read() as session:
        assert len(recent_orders(session)) == 2


def test_an_order_is_found_by_its_number_and_its_address_as_people_type_them(
    database: Database, counter: Counter
) -> None:
    with database.write() as session:
        order = counter.order(session, TWO_LINES)
    with database.read() as session:
        typed = order.number.replace("-", " ").lower()
        assert order_by_number(session, typed).id == order.id
        assert order_by_token(session, order.token).id == order.id
        for nonsense in ("", "' or 1=1 --", "7K4-PM2"):
            with pytest.raises(NoSuchOrder):
                order_by_token(session, nonsense)


def test_the_list_of_orders_has_the_newest_first(database: Database, counter: Counter) -> None:
    with database.write() as session:
        orders = [counter.order(session, TWO_LINES, visitor=f"visitor {n}") for n in range(3)]
    with database.read() as session:
        assert [(row.number, row.pieces) for row in recent_orders(session, limit=2)] == [
            (orders[2].number, 5),
            (orders[1].number, 5),
        ]


def test_page_cart_order_agree_on_every_amount(database: Database, counter: Counter) -> None:
    with database.write() as session:
        put(session, "visitor", TWO_LINES, CATALOGUE)
        cart = quoted_cart(session, "visitor", CATALOGUE, "ship")
        order = counter.place(session, a_checkout(session, "visitor", CATALOGUE))
    assert (order.total, order.vat, order.shipping) == (cart.totals.total, cart.totals.vat, cart.totals.shipping)
