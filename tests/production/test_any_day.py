"""Any day in the workshop: whatever is ordered, cancelled, planned, released and scanned, the books agree."""

import random

import pytest
import sqlalchemy as sa
from sqlmodel import col

from configurator.clock import FixedClock
from configurator.database import Database
from configurator.orders.rows import Order, Piece
from configurator.production.holding import let_go
from configurator.production.piece_store import station_queue
from configurator.production.rows_floor import BinUse
from tests.builders import a_shop, delivered
from tests.production.days import STATIONS, Day, after_a_plan, agree, rows_of
from tests.production.workshop import Workshop, workshop_catalogue


@pytest.fixture
def scarce(database: Database, clock: FixedClock) -> Workshop:
    """A workshop in which things run out."""
    return Workshop(database, clock, workshop_catalogue(shop=a_shop(start=20)))


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_in_whatever_order_the_books_agree(scarce: Workshop, seed: int) -> None:
    day = Day(scarce, random.Random(seed))
    for _ in range(12):
        for _ in range(8):
            day.act()
        agree(scarce)
        frozen = rows_of(scarce, "released", "done")
        scarce.plan()
        assert rows_of(scarce, "released", "done") == frozen
        agree(scarce)
        after_a_plan(scarce)
        planned = rows_of(scarce, "open")
        scarce.plan()
        assert rows_of(scarce, "open", "released", "done") == planned + frozen


def test_at_the_end_of_any_day_everything_can_be_finished(scarce: Workshop) -> None:
    workshop = scarce
    day = Day(workshop, random.Random(7))
    for _ in range(40):
        day.act()
    with workshop.write() as session:
        delivered(session, {"mug-white": 50, "mug-coral": 50})
        for code in workshop.ask(sa.select(col(Piece.code))):
            let_go(session, code)
    workshop.plan()
    for batch in workshop.open():
        workshop.release(batch.number)
    for station in STATIONS:
        for facility in ("plant", "store"):
            with workshop.database.read() as session:
                queue = station_queue(session, facility, station)
            for piece in queue:
                assert workshop.scan(station, piece.code, facility=facility).booked
    travelling = sa.select(col(Piece.code)).join(Order, col(Order.id) == col(Piece.order_id))
    away = travelling.where(
        col(Order.fulfilment) != "ship", col(Piece.stage) == "stored", col(Piece.facility) == "plant"
    )
    for code in workshop.ask(away):
        assert workshop.scan("storage", code, facility="store").booked
    agree(workshop)
    placed = workshop.ask(sa.select(col(Order.ready_at)).where(col(Order.status) == "placed"))
    assert all(placed)
    assert len(workshop.ask(sa.select(col(BinUse.bin)))) <= len(placed) * 2
