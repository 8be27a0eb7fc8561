"""Rejects: made again at once, where their blank lies, for the date that was promised."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from sqlmodel import col

from configurator.orders.lines import due_of
from configurator.orders.order_store import whole_order
from configurator.orders.rows import Order, OrderLine, Piece
from configurator.production.floor import NoDefect
from configurator.production.promise_watch import Teller, breaking, tell_later
from configurator.production.remakes_told import remakes_untold, tell_days
from configurator.production.rows_floor import QualityCheck
from configurator.stock.receiving import Goods, count
from configurator.web.order_views import headline
from tests.builders import delivered
from tests.production.workshop import Workshop

THROUGH = ("picking", "production", "check", "storage")


def reject(workshop: Workshop, code: str) -> str:
    workshop.through(code, "picking", "production")
    return workshop.scan("check", code, verdict="reject", defect="smeared").remake


def test_pain_22_a_reject_is_made_again_at_once_in_the_next_batch(workshop: Workshop) -> None:
    order, _, (code,) = workshop.made(1)
    again = reject(workshop, code)
    assert workshop.codes(order) == [code, again]
    assert workshop.stages(order) == ["rejected", "waiting"]
    workshop.mugs(3, text="others")
    workshop.plan()
    first = workshop.open()[0]
    assert (workshop.pieces(first.number), first.rush, first.sequence) == ([again], True, 1)
    assert workshop.events(order)[-1].endswith("did not pass our check and is made again at once.")
    assert workshop.enqueued("plan")[-1] == "plan:plant:press"


def test_a_remake_is_due_as_the_original_and_reserves_stock_of_its_own(workshop: Workshop) -> None:
    _, number, (code,) = workshop.made(1)
    again = reject(workshop, code)
    dues = workshop.ask(sa.select(col(Piece.due_at)).distinct().where(col(Piece.code).in_([code, again])))
    assert len(dues) == 1
    (row,) = workshop.ask(sa.select(QualityCheck))
    assert (row.passed, row.defect, row.who) == (False, "smeared", "Deniz")
    assert workshop.batch(number).rejected == 1
    workshop.plan()
    batch = workshop.open()[0]
    workshop.release(batch.number)
    assert workshop.through(again, *THROUGH).ready


def test_a_reject_scanned_twice_makes_one_remake(workshop: Workshop) -> None:
    order, _, (code,) = workshop.made(1)
    workshop.through(code, "picking", "production")
    with ThreadPoolExecutor(4) as pool:
        answers = list(
            pool.map(
                lambda n: workshop.scan("check", code, verdict="reject", defect="smeared", scan_id=f"r{n}"), range(4)
            )
        )
    assert sorted(answer.kind for answer in answers) == ["booked", "gone", "gone", "gone"]
    assert len(workshop.codes(order)) == 2
    assert f"{workshop.codes(order)[1]} is made instead" in next(a.sentence for a in answers if a.kind == "gone")


def test_a_reject_needs_its_defect(workshop: Workshop) -> None:
    order, _, (code,) = workshop.made(1)
    workshop.through(code, "picking", "production")
    with pytest.raises(NoDefect, match="what is wrong"):
        workshop.scan("check", code, verdict="reject")
    assert workshop.stages(order) == ["made"]


def test_pain_24_a_remake_without_stock_waits_and_takes_nobody_elses(workshop: Workshop) -> None:
    _, _, (code,) = workshop.made(1)
    other = workshop.mugs(1, text="other")
    with workshop.write() as session:
        count(session, Goods("plant", "mug-white", 1), now=workshop.clock.now())
        count(session, Goods("store", "mug-white", 0), now=workshop.clock.now())
    again = reject(workshop, code)
    workshop.plan()
    assert workshop.left()[again] == (
        "Waiting for Mug, white inside (0 free). Book what comes in; the next plan takes it."
    )
    assert "as soon as the material is here" in workshop.events(order_of(workshop, again))[-1]
    assert workshop.pieces(workshop.open()[0].number) == workshop.codes(other)
    with workshop.write() as session:
        delivered(session, {"mug-white": 1})
    workshop.plan()
    assert workshop.left() == {}
    assert again in [code for batch in workshop.open() for code in workshop.pieces(batch.number)]


def test_a_reject_is_made_again_where_a_blank_lies_and_due_so_that_it_still_travels_in_time(workshop: Workshop) -> None:
    order, _, (code,) = workshop.made(1)
    with workshop.write() as session:
        count(session, Goods("plant", "mug-white", 0), now=workshop.clock.now())
    again = reject(workshop, code)
    (piece,) = workshop.ask(sa.select(Piece).where(col(Piece.code) == again))
    store = workshop.catalogue.shop.facility("store")
    (line,) = workshop.ask(sa.select(OrderLine).where(col(OrderLine.id) == piece.line_id))
    assert (piece.facility, piece.due_at) == ("store", due_of(order, line, store, workshop.catalogue.shop))
    assert workshop.enqueued("plan")[-1] == "plan:store:press"
    workshop.plan()
    assert workshop.left() == {}


def tell(workshop: Workshop, facility: str = "plant") -> list[str]:
    """What is told of remakes once a facility is planned; the mails about them."""
    workshop.plan()
    with workshop.write() as session:
        by = Teller("plan", workshop.catalogue.shop, workshop.jobs, workshop.clock.now())
        tell_days(session, remakes_untold(session, facility), by)
    return [key for key in workshop.enqueued("message") if "remade" in key]


def test_the_customer_reads_that_the_date_stays_only_when_the_plan_says_so_and_once(workshop: Workshop) -> None:
    order, _, (code,) = workshop.made(1)
    again = reject(workshop, code)
    assert not any("stays" in sentence for sentence in workshop.events(order))
    assert tell(workshop) == tell(workshop) == [f"message:remade:{order.id}:{again}:day"]
    told = [sentence for sentence in workshop.events(order) if "stays" in sentence]
    assert len(told) == 1
    assert told[0].endswith("is made again in time. Your date stays: Thursday 26 November.")


def test_a_remake_that_comes_too_late_is_told_with_its_new_day_and_the_watch_does_not_tell_it_again(
    workshop: Workshop,
) -> None:
    order, _, (code,) = workshop.made(1)
    workshop.later(days=3, hours=4)
    again = reject(workshop, code)
    mails = tell(workshop)
    assert mails == [f"message:remade:{order.id}:{again}:day"]
    (told,) = [sentence for sentence in workshop.events(order) if "instead of" in sentence]
    assert "is made again. You have your order on " in told
    assert told.endswith(" instead of Thursday 26 November: it takes longer than we promised.")
    with workshop.write() as session:
        by = Teller("Deniz", workshop.catalogue.shop, workshop.jobs, workshop.clock.now())
        (one,) = breaking(session, by.shop, by.now)
        assert one.told
        tell_later(session, order.number, by)
    assert not any("later" in key for key in workshop.enqueued("message"))
    assert tell(workshop) == mails


def test_a_remake_without_stock_says_that_its_day_follows_and_names_it_when_it_is_planned(workshop: Workshop) -> None:
    order, _, (code,) = workshop.made(1)
    with workshop.write() as session:
        for place in ("plant", "store"):
            count(session, Goods(place, "mug-white", 0), now=workshop.clock.now())
    again = reject(workshop, code)
    assert tell(workshop) == [f"message:remade:{order.id}:{again}"]
    with workshop.database.read() as session:
        whole = whole_order(session, session.get_one(Order, order.id))
    assert "its day follows" in headline(whole, "Thursday 26 November", workshop.clock.now())
    with workshop.write() as session:
        delivered(session, {"mug-white": 1})
    assert tell(workshop)[-1] == f"message:remade:{order.id}:{again}:day"
    assert "Your date stays" in workshop.events(order)[-1]


def order_of(workshop: Workshop, code: str) -> Order:
    found = sa.select(Order).join(Piece, col(Piece.order_id) == col(Order.id)).where(col(Piece.code) == code)
    order: Order = workshop.ask(found)[0]
    return order


def test_a_remake_keeps_its_order_from_being_ready(workshop: Workshop) -> None:
    _, _, (first, second) = workshop.made(2)
    workshop.through(first, *THROUGH)
    again = reject(workshop, second)
    workshop.plan()
    workshop.release(workshop.open()[0].number)
    assert not workshop.through(again, "picking", "production", "check").ready
    assert workshop.scan("storage", again).ready
