"""A date leaves room for pieces that are likely to fail their check, as often as the shop’s own checks have told."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import col

from configurator.blanks.shop import Shop
from configurator.orders.rows import Piece
from configurator.production.ahead import Ahead
from configurator.production.making_again import MISSED, Checks, likely_rejects
from configurator.production.premises import Premises
from configurator.production.promise import Promise, Promises, promised
from configurator.production.rows_floor import QualityCheck, Scan
from configurator.production.wishes import Wish
from configurator.stock.shelf import Delivery, Shelf
from tests.builders import a_facility, a_mug, a_shop
from tests.production.workshop import Workshop

MUG = a_mug().operations[:2]
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LATE = MONDAY.replace(hour=12, minute=55)
NEEDS = {"mug-white": 1}


def a_promise(pieces: int, again: int, shelf: Shelf | None = None, shop: Shop | None = None) -> Promise:
    found = promised(
        Wish(MUG, pieces, "ship", None, NEEDS, again=again), {}, shop or a_shop(), LATE, ahead=Ahead(shelf)
    )
    assert found is not None
    return found


def stock(plant: int, store: int = 0, delivery: date | None = None) -> Shelf:
    coming = {("plant", "mug-white"): [Delivery(1, delivery, 10)]} if delivery else {}
    return Shelf({("plant", "mug-white"): plant, ("store", "mug-white"): store}, coming)


@pytest.mark.parametrize(("pieces", "likely"), [(1, 0), (2, 0), (3, 1), (18, 1), (19, 2), (60, 3), (100, 5)])
def test_of_so_many_pieces_so_many_may_fail_if_two_in_a_hundred_do(pieces: int, likely: int) -> None:
    assert likely_rejects(0.02, pieces) == likely


@given(st.floats(0.001, 0.5), st.integers(1, 100_000))
def test_never_more_fail_than_there_are_and_never_fewer_than_most_of_the_time(share: float, pieces: int) -> None:
    found = likely_rejects(share, pieces)
    assert 0 <= found <= pieces
    assert found >= int(share * pieces) - 1
    if found == 0:
        assert (1 - share) ** pieces >= 1 - MISSED


def test_a_shop_begins_with_two_in_a_hundred_and_learns_from_its_own_checks() -> None:
    assert Checks().share == 0.02
    assert Checks(900, 0).share == pytest.approx(0.002)
    assert Checks(900, 98).share == pytest.approx(0.1)
    assert Checks(10, 10).share < 0.12


def test_a_reject_that_can_be_made_again_before_the_doors_close_moves_no_date() -> None:
    assert a_promise(3, 1, stock(9)).on == a_promise(3, 0, stock(9)).on


def test_the_date_holds_if_a_piece_of_a_long_job_fails() -> None:
    """A job that ends shortly before the evening: what fails then is made again in the morning."""
    pieces = next(n for n in range(1, 400) if a_promise(n, 0).ready_at >= MONDAY.replace(hour=16))
    plain, with_room = a_promise(pieces, 0, stock(500)), a_promise(pieces, 1, stock(500))
    assert with_room.on == plain.on + timedelta(days=1)
    assert (with_room.ready_at, with_room.order_within, with_room.again) == (plain.ready_at, plain.order_within, 1)


def test_with_no_blank_left_for_a_reject_the_date_waits_for_the_next_delivery() -> None:
    friday = date(2026, 11, 27)
    assert a_promise(3, 0, stock(3, delivery=friday)).on == date(2026, 11, 24)
    assert a_promise(3, 1, stock(3, delivery=friday)).on == date(2026, 12, 1)


def test_with_none_expected_either_it_leaves_the_time_to_buy_some() -> None:
    assert a_promise(3, 1, stock(3)).on == date(2026, 11, 27)


def test_a_blank_that_lies_elsewhere_is_made_there() -> None:
    plant, other = a_facility("plant", kind="plant"), a_facility("store", kind="plant")
    both = a_shop(facilities=(plant, other))
    assert a_promise(3, 1, stock(3, store=1), both).on == a_promise(3, 0, stock(3), both).on


def test_the_more_checks_have_failed_the_more_room_a_date_leaves(workshop: Workshop) -> None:
    order = workshop.mugs(100)
    wish = Wish(MUG, 20, "ship", None, NEEDS)

    def room() -> int:
        promises = Promises(Premises(workshop.catalogue, workshop.database), workshop.database)
        found = promises.promise(wish, workshop.clock.now())
        assert found is not None
        return found.again

    before = room()
    with workshop.write() as session:
        for n, piece in enumerate(workshop.ask(sa.select(col(Piece.id)).where(col(Piece.order_id) == order.id))):
            told = {"scan_id": f"check {n}", "piece_id": piece, "who": "Deniz", "at": workshop.clock.now()}
            session.add(Scan(code="", station="check", **told))
            session.flush()
            session.add(QualityCheck(passed=n >= 50, **told))
    assert before < room()
