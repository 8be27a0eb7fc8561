"""Bins: an order's pieces are collected in one of its own, and it is ready once, when all are there."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import sqlalchemy as sa
from sqlmodel import col

from configurator.orders.rows import Order, Piece
from configurator.production.rows_floor import BinUse
from tests.builders import a_shop
from tests.production.workshop import Workshop, workshop_catalogue

THROUGH = ("picking", "production", "check", "storage")


def test_an_order_is_ready_only_when_all_its_pieces_are_stored(workshop: Workshop) -> None:
    order, _, (first, second) = workshop.made(2)
    answer = workshop.through(first, *THROUGH)
    assert (answer.bin, answer.ready) == (1, False)
    assert "1 of its order is still missing" in answer.sentence
    assert not any("ready" in key for key in workshop.enqueued("message"))
    answer = workshop.through(second, *THROUGH)
    assert (answer.bin, answer.ready) == (1, True)
    (ready_at,) = workshop.ask(sa.select(col(Order.ready_at)).where(col(Order.id) == order.id))
    assert ready_at == workshop.clock.now()
    assert workshop.enqueued("message")[-1] == f"message:ready:{order.id}"
    assert workshop.events(order)[-1].startswith("All pieces are made and checked.")


def test_two_last_pieces_stored_at_once_make_the_order_ready_once(workshop: Workshop) -> None:
    order, _, codes = workshop.made(4)
    for code in codes:
        workshop.through(code, "picking", "production", "check")
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda code: workshop.scan("storage", code, scan_id=code), codes))
    assert [answer.ready for answer in answers].count(True) == 1
    assert {answer.bin for answer in answers} == {1}
    assert len([key for key in workshop.enqueued("message") if "ready" in key]) == 1
    assert workshop.stages(order) == ["stored"] * 4


def test_every_order_has_a_bin_of_its_own(workshop: Workshop) -> None:
    orders = [workshop.mugs(1, text=f"{n}") for n in range(5)]
    workshop.plan()
    workshop.release("B-001")
    codes = [workshop.codes(order)[0] for order in orders]
    for code in codes:
        workshop.through(code, "picking", "production", "check")
    with ThreadPoolExecutor(5) as pool:
        bins = list(pool.map(lambda code: workshop.scan("storage", code, scan_id=code).bin, codes))
    assert sorted(number or 0 for number in bins) == [1, 2, 3, 4, 5]


def test_a_bin_is_free_again_when_its_pieces_have_left(workshop: Workshop) -> None:
    _, _, (first,) = workshop.made(1)
    assert workshop.through(first, *THROUGH).bin == 1
    with workshop.write() as session:
        session.execute(sa.update(Piece).where(col(Piece.code) == first).values(stage="handed_over"))
    _, _, (second,) = workshop.made(1)
    assert workshop.through(second, *THROUGH).bin == 1
    assert len(workshop.ask(sa.select(col(BinUse.order_id)))) == 1


def test_with_all_bins_taken_a_piece_goes_to_the_overflow_shelf(workshop: Workshop) -> None:
    shop = a_shop()
    plant, store = shop.facilities
    workshop.catalogue = workshop_catalogue(shop=replace(shop, facilities=(replace(plant, bins=1), store)))
    orders = [workshop.mugs(1, text=f"{n}") for n in range(2)]
    workshop.plan()
    workshop.release("B-001")
    first, second = (workshop.through(workshop.codes(order)[0], *THROUGH) for order in orders)
    assert (first.bin, second.bin, second.headline) == (1, None, "All bins are taken")
    assert second.ready
