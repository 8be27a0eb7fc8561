"""Blanks that arrive later: pieces that wait for them say until when, and are planned once they are here."""

from datetime import date

import pytest
import sqlalchemy as sa

from configurator.production.handlers import Workshop as Parts
from configurator.production.handlers import production_handlers
from configurator.stock.expecting import Expected, NotExpected, expect, expected_at, has_arrived, will_not_come
from configurator.stock.receiving import Goods, NotACount
from configurator.stock.stock_store import ledger_differences
from tests.production.workshop import Workshop

FIVE = Goods("plant", "mug-white", 5, "Meyer, 4711")


def waits(workshop: Workshop) -> str:
    """A piece is to be made again, and there is no white mug left; its code."""
    _, _, codes = workshop.made(1)
    with workshop.write() as session:
        session.execute(sa.text("update stock_item set on_hand = reserved where component = 'mug-white'"))
    workshop.through(codes[0], "picking", "production")
    workshop.scan("check", codes[0], verdict="reject", defect="smeared")
    workshop.plan()
    (code,) = workshop.left()
    return code


def expected(workshop: Workshop, on: date) -> int:
    with workshop.write() as session:
        return expect(session, Expected(FIVE, on, "Deniz"), now=workshop.clock.now()).id or 0


def minute(workshop: Workshop) -> None:
    """A minute passes, and whatever it asks for is planned."""
    workshop.later(minutes=1)
    parts = Parts(workshop.database, workshop.catalogue, None, workshop.clock, lambda: workshop.jobs)  # type: ignore[arg-type] # nothing is packed
    for kind, args in (("cut-off", {}), ("plan", {"facility": "plant", "process": "press"})):
        finish = production_handlers(parts)[kind](args)
        assert finish is not None
        with workshop.write() as session:
            finish(session)


def test_a_piece_that_waits_for_stock_says_until_when_and_that_the_delivery_is_late(workshop: Workshop) -> None:
    code = waits(workshop)
    assert "0 free)" in workshop.left()[code]
    expected(workshop, date(2026, 11, 24))
    minute(workshop)
    assert "(0 free, expected Tuesday 24 November)" in workshop.left()[code]
    workshop.later(days=2)
    minute(workshop)
    assert "(0 free, late: it was expected Tuesday 24 November)" in workshop.left()[code]


def test_what_has_arrived_is_booked_once_and_what_waited_for_it_is_planned(workshop: Workshop) -> None:
    code = waits(workshop)
    number = expected(workshop, date(2026, 11, 24))
    with workshop.write() as session:
        assert has_arrived(session, number, who="Deniz", now=workshop.clock.now()).count == 5
    with pytest.raises(NotExpected), workshop.write() as session:
        has_arrived(session, number, who="Deniz", now=workshop.clock.now())
    minute(workshop)
    assert workshop.left() == {}
    assert [code] == [piece for batch in workshop.open() for piece in workshop.pieces(batch.number)]


def test_a_delivery_that_will_not_come_is_off_the_list_and_changes_no_stock(workshop: Workshop) -> None:
    number = expected(workshop, date(2026, 11, 24))
    with workshop.database.read() as session:
        (row,) = expected_at(session, "plant")
        assert (row.count, row.note, row.who) == (5, "Meyer, 4711", "Deniz")
    with workshop.write() as session:
        assert will_not_come(session, number) == "plant"
    with workshop.database.read() as session:
        assert expected_at(session, "plant") == ()
        assert ledger_differences(session) == ()
    with pytest.raises(NotACount), workshop.write() as session:
        expect(session, Expected(Goods("plant", "mug-white", 0), date(2026, 11, 24), "Deniz"), now=workshop.clock.now())
