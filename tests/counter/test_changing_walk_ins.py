"""A walk-in of which nothing is made is called by another name, or cancelled, at the counter that sold it."""

import pytest

from configurator.counter.changing_walk_ins import Clerk, NoSuchName, NotAWalkIn, cancel_sale, rename
from configurator.orders.changing import AlreadyCancelled, TooLate
from configurator.orders.rows import Order
from configurator.production.releasing import release
from configurator.stock.stock_store import available, ledger_differences
from tests.counter.store import Store
from tests.orders.test_changing_at_once import at_once

JANA = Clerk("Jana", "store")


def call(store: Store, order: Order, name: str, clerk: Clerk = JANA) -> Order:
    with store.write() as session:
        return rename(session, order.id or 0, name, clerk, now=store.clock.now())


def cancel(store: Store, order: Order, clerk: Clerk = JANA) -> Order:
    with store.write() as session:
        return cancel_sale(session, order.id or 0, clerk, jobs=store.jobs, now=store.clock.now())


def test_it_is_called_by_another_name_and_whoever_did_so_is_known(store: Store) -> None:
    order = store.sell(store.walk_in())
    for _ in range(2):
        call(store, order, " Émile ")
    whole = store.whole(order)
    assert whole.order.name == "Émile"
    assert [(event.sentence, event.who) for event in whole.events if event.kind == "changed"] == [
        ("The name was changed.", "Jana")
    ]


@pytest.mark.parametrize("name", ["", "   ", "a\nb", "x" * 101])
def test_a_name_that_nobody_can_call_out_is_refused(store: Store, name: str) -> None:
    order = store.sell(store.walk_in())
    with pytest.raises(NoSuchName):
        call(store, order, name)
    assert store.whole(order).order.name == "Emil"


def test_a_cancelled_one_gives_its_stock_back_and_its_money_is_to_be_given_back(store: Store) -> None:
    order = store.sell(store.walk_in(2))
    store.plan()
    for _ in range(2):
        cancel(store, order)
    store.plan()
    whole, answer = store.whole(order), store.answer(order)
    assert (whole.order.status, whole.outstanding, store.open()) == ("cancelled", -3180, ())
    assert answer.sentence.endswith("Money was paid: give it back.")
    with store.database.read() as session:
        assert available(session)["store", "mug-white"] == 12
        assert ledger_differences(session) == ()
    store.pay(order, -3180)
    assert store.whole(order).outstanding == 0
    with pytest.raises(AlreadyCancelled):
        call(store, order, "Émile")


def test_what_is_being_made_and_what_was_not_sold_here_stays(store: Store) -> None:
    order = store.sell(store.walk_in())
    with pytest.raises(NotAWalkIn):
        cancel(store, order, Clerk("Noor", "plant"))
    with pytest.raises(NotAWalkIn, match="was not sold at this counter"):
        cancel(store, store.pickup())
    store.plan()
    for batch in store.open():
        store.release(batch.number)
    for deed in (lambda: cancel(store, order), lambda: call(store, order, "Émile")):
        with pytest.raises(TooLate):
            deed()


@pytest.mark.parametrize("attempt", range(3))
def test_of_cancelling_and_releasing_at_once_one_wins(store: Store, attempt: int) -> None:
    order = store.sell(store.walk_in())
    store.plan()
    (batch,) = store.open()
    told = {"catalogue": store.catalogue, "jobs": store.jobs, "now": store.clock.now()}
    answers = at_once(
        store.database,
        lambda session: cancel_sale(session, order.id or 0, JANA, jobs=store.jobs, now=store.clock.now()),
        lambda session: release(session, batch.id, who="Deniz", **told),
    )
    assert answers in (["done", "NothingToRelease"], ["TooLate", "done"])
    assert store.stages(order) == (["cancelled"] if answers[0] == "done" else ["released"])
