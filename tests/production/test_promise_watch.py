"""A promise is watched after ordering: the workshop sees at once that it breaks, the customer is told once."""

from datetime import date, timedelta

import pytest

from configurator.orders.rows import Order
from configurator.production.handlers import Workshop as Parts
from configurator.production.handlers import production_handlers
from configurator.production.promise_watch import Breaking, KeepsItsDate, Teller, breaking, tell_later
from configurator.production.standing_still import Stop, stop
from tests.production.workshop import Workshop


def watched(workshop: Workshop, facility: str | None = None) -> tuple[Breaking, ...]:
    with workshop.database.read() as session:
        return breaking(session, workshop.catalogue.shop, workshop.clock.now(), facility)


def broken(workshop: Workshop) -> Order:
    """An order to be fetched on Tuesday; on Monday the only press breaks until Thursday morning."""
    order = workshop.mugs(3, fulfilment="pickup", facility="store", promised_on=date(2026, 11, 24))
    workshop.plan()
    assert watched(workshop) == ()
    now = workshop.clock.now()
    wanted = Stop("store", "press", 0, now, now + timedelta(days=2, hours=22), "belt torn", "Deniz")
    with workshop.write() as session:
        stop(session, wanted, shop=workshop.catalogue.shop, jobs=workshop.jobs, now=now)
    workshop.plan()
    return order


def teller(workshop: Workshop) -> Teller:
    return Teller("Deniz", workshop.catalogue.shop, workshop.jobs, workshop.clock.now())


def test_a_breakdown_that_breaks_a_promise_is_seen_with_the_new_day_and_the_batch(workshop: Workshop) -> None:
    order = broken(workshop)
    (one,) = watched(workshop)
    (batch,) = workshop.open()
    assert (one.order, one.pieces, one.promised_on, one.on) == (
        order.number,
        3,
        date(2026, 11, 24),
        date(2026, 11, 26),
    )
    assert (one.batches, one.waits, one.told, one.made_at) == (((batch.number, True),), True, False, batch.done_at)
    assert watched(workshop, "plant") == ()


def test_the_customer_is_told_once_by_mail_and_on_the_orders_page(workshop: Workshop) -> None:
    order = broken(workshop)
    for _ in range(2):
        with workshop.write() as session:
            tell_later(session, order.number, teller(workshop))
    told = [sentence for sentence in workshop.events(order) if "longer" in sentence]
    assert told == [
        "It takes longer than we promised: you have it on Thursday 26 November instead of Tuesday 24 November."
    ]
    assert [key for key in workshop.enqueued("message") if "later" in key] == [f"message:later:{order.id}"]
    assert watched(workshop)[0].told


def test_nobody_is_told_of_a_date_that_is_kept(workshop: Workshop) -> None:
    order = workshop.mugs(3)
    workshop.plan()
    with pytest.raises(KeepsItsDate), workshop.write() as session:
        tell_later(session, order.number, teller(workshop))


@pytest.mark.parametrize("tells", [False, True])
def test_customers_are_told_without_the_workshop_only_where_the_setting_says_so(
    workshop: Workshop, tells: bool
) -> None:
    order = broken(workshop)
    parts = Parts(
        workshop.database,
        workshop.catalogue,
        None,  # type: ignore[arg-type] # no package is written here
        workshop.clock,
        lambda: workshop.jobs,
        tells_late=tells,
    )
    for _ in range(2):
        finish = production_handlers(parts)["cut-off"]({})
        assert finish is not None
        with workshop.write() as session:
            finish(session)
    assert len([sentence for sentence in workshop.events(order) if "longer" in sentence]) == tells
