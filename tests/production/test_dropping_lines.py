"""A line cancelled while the rest is being made: its pieces leave their open batch, what is released stays as it is."""

import sqlalchemy as sa
from sqlmodel import col

from configurator.orders.cancelling_lines import LineGone, without
from configurator.orders.rows import Order, OrderLine
from configurator.production.dropping_lines import drop_line
from configurator.production.promise_watch import Teller
from tests.builders import a_design
from tests.production.days import every_piece_once
from tests.production.workshop import Workshop

THROUGH = ("picking", "production", "check", "storage")


def two_lines(workshop: Workshop) -> tuple[Order, str, str]:
    """A white mug, released, and a coral one that waits: the order, the batch of each."""
    mug = workshop.catalogue.blank("mug")
    order = workshop.order((a_design(mug), 1), (a_design(mug, inside="coral"), 1))
    workshop.plan()
    workshop.release("B-001")
    return order, "B-001", "B-002"


def drop(workshop: Workshop, order: Order, position: int) -> None:
    mine = sa.select(col(OrderLine.id)).where(col(OrderLine.order_id) == order.id, col(OrderLine.position) == position)
    (line,) = workshop.ask(mine)
    teller = Teller("Deniz", workshop.catalogue.shop, workshop.jobs, workshop.clock.now())
    with workshop.write() as session:
        seen = without(session, session.get_one(Order, order.id), line, workshop.catalogue).total
        drop_line(session, order.id or 0, LineGone(line, seen, "Deniz"), workshop.catalogue, teller)


def test_its_pieces_leave_their_open_batch_and_the_released_one_is_not_touched(workshop: Workshop) -> None:
    order, released, waits = two_lines(workshop)
    before, frozen = workshop.pieces(released), workshop.batch(released)
    assert len(workshop.pieces(waits)) == 1
    drop(workshop, order, 2)
    workshop.plan()
    assert (workshop.pieces(released), workshop.batch(released)) == (before, frozen)
    assert workshop.open() == ()
    every_piece_once(workshop)


def test_what_lies_there_is_ready_once_the_rest_is_cancelled_and_its_customer_is_told(workshop: Workshop) -> None:
    order, released, _ = two_lines(workshop)
    (code,) = workshop.pieces(released)
    assert not workshop.through(code, *THROUGH).ready
    drop(workshop, order, 2)
    (ready_at,) = workshop.ask(sa.select(col(Order.ready_at)).where(col(Order.id) == order.id))
    assert ready_at == workshop.clock.now()
    assert workshop.enqueued("message")[-1] == f"message:ready:{order.id}"
