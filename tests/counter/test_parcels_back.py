"""A parcel noted as sent by mistake: it is here again, its customer is told nothing, and the record keeps both."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.counter.handing_over import PARCEL, send_parcel
from configurator.counter.parcels_back import CustomerWasTold, LeftParcel, parcels_left, take_parcel_back
from configurator.counter.taking_back import (
    AlreadyTakenBack,
    NoReason,
    NotHandedOver,
    NotTakenBackHere,
    Taking,
    TooLateToTakeBack,
    last_returned,
)
from configurator.jobs.embedded import EmbeddedJobs
from configurator.jobs.rows import Job
from configurator.orders.messages import Sender, message
from configurator.orders.order_store import order_of, whole_order
from configurator.orders.rows import Order
from configurator.production.rows_floor import HandOver, HandOverTakenBack
from tests.builders import NOW
from tests.counter.store import THROUGH, Store
from tests.orders.test_changing_at_once import at_once

PAGE = "https://lotone.example/orders/{}".format


def packed(store: Store, pieces: int = 1, stored: int | None = None, **changes: str) -> Order:
    order, _, codes = store.made(pieces, **changes)
    for code in codes[:stored]:
        store.through(code, *THROUGH)
    return order


def left(store: Store) -> list[LeftParcel]:
    with store.database.read() as session:
        return list(parcels_left(session, store.clock.now() - store.catalogue.shop.take_back.parcels))


def wish(order: Order, parcel: LeftParcel, who: str = "Deniz") -> Taking:
    return Taking(order.id or 0, who, PARCEL, "", parcel.at, frozenset(parcel.pieces), "it is still here")


def take_back(store: Store, taking: Taking) -> list[int]:
    with store.database.write() as session:
        return [piece.number for piece in take_parcel_back(session, taking, store.teller(taking.clerk))]


def test_a_parcel_that_is_still_here_lies_in_its_bin_again_and_can_leave_anew(store: Store) -> None:
    order = packed(store, 2)
    store.send(order)
    assert (store.bins(), store.whole(order).order.status) == ([], "finished")
    store.later(minutes=10)
    (parcel,) = left(store)
    assert (parcel.number, parcel.who, parcel.at, len(parcel.pieces)) == (order.number, "Deniz", NOW, 2)
    assert take_back(store, wish(order, parcel, "Ida")) == [1, 2]
    assert (store.stages(order), store.bins(), left(store)) == (["stored", "stored"], [1], [])
    whole = store.whole(order)
    assert (whole.order.status, whole.order.bin, whole.order.ready_at is not None) == ("placed", 1, True)
    assert store.events(order)[-1].startswith("2 pieces have not left after all")
    (note, _) = store.ask(sa.select(HandOverTakenBack))
    assert (note.clerk, note.reason, note.at - NOW) == ("Ida", "it is still here", timedelta(minutes=10))
    with store.database.read() as session:
        told = last_returned(session, order.id or 0)
    assert told and told.was_sent, "the counter does not say that it was handed over"
    store.send(order)
    assert {row.turn for row in store.ask(sa.select(HandOver))} == {1, 2}
    assert (store.whole(order).order.status, [each.at for each in left(store)]) == ("finished", [store.clock.now()])


def test_the_mail_about_a_parcel_waits_as_long_and_is_withdrawn_with_it(store: Store) -> None:
    order = packed(store)
    store.send(order)
    assert len(sent_mails(store)) == 1
    take_back(store, wish(order, *left(store)))
    assert sent_mails(store) == []
    store.later(minutes=5)
    store.send(order)
    (waiting,) = sent_mails(store)
    assert waiting[1] == store.clock.now() + timedelta(minutes=60)


def sent_mails(store: Store) -> list[tuple[str, datetime]]:
    """(key, not before) of each."""
    jobs = store.ask(sa.select(Job).where(col(Job.key).startswith("message:sent")))
    return [(job.key, job.due_at) for job in jobs]


def test_a_parcel_whose_customer_has_the_mail_stays_sent(store: Store) -> None:
    order = packed(store)
    shop = store.catalogue.shop
    told = replace(store.teller(), shop=replace(shop, take_back=replace(shop.take_back, parcels_min=0)))
    with store.database.write() as session:
        send_parcel(session, order.id or 0, told)
    EmbeddedJobs(store.database, store.clock, dict.fromkeys(("message", "plan", "package"), lambda _: None)).run_due()
    with pytest.raises(CustomerWasTold, match="has a mail by now that it is on its way"):
        take_back(store, wish(order, *left(store)))
    assert store.stages(order) == ["handed_over"]


def test_it_is_taken_back_for_an_hour_with_a_reason_and_as_it_was_shown(store: Store) -> None:
    order = packed(store)
    store.send(order)
    (parcel,) = left(store)
    with pytest.raises(NoReason):
        take_back(store, replace(wish(order, parcel), reason=" "))
    with pytest.raises(NotHandedOver):
        take_back(store, replace(wish(order, parcel), given_at=NOW + timedelta(seconds=1)))
    store.later(minutes=60)
    with pytest.raises(TooLateToTakeBack, match="A parcel can be taken back for 60 minutes, so it stays as it is"):
        take_back(store, wish(order, parcel))
    assert (store.stages(order), left(store)) == (["handed_over"], [])


def test_what_a_counter_gave_is_not_taken_back_as_a_parcel(store: Store) -> None:
    order = store.ready()
    store.pay(order)
    store.give(order)
    given = store.answer(order).given
    assert given is not None
    shown = Taking(order.id or 0, "Deniz", PARCEL, "", given.at, frozenset(given.pieces), "pressed by mistake")
    with pytest.raises(NotTakenBackHere, match="handed over at a counter, so it is taken back there"):
        take_back(store, shown)
    assert store.stages(order) == ["handed_over"]


@pytest.mark.parametrize("attempt", range(3))
def test_two_makers_at_once_take_it_back_once(store: Store, attempt: int) -> None:
    order = packed(store, 2)
    store.send(order)
    (parcel,) = left(store)

    def by(who: str, session: Session) -> object:
        return take_parcel_back(session, wish(order, parcel, who), store.teller(who))

    deeds = [lambda session, who=who: by(who, session) for who in ("Deniz", "Ida", "Noor")]
    assert sorted(at_once(store.database, *deeds)) == ["AlreadyTakenBack", "AlreadyTakenBack", "done"]
    (first,) = {note.clerk for note in store.ask(sa.select(HandOverTakenBack))}
    with pytest.raises(AlreadyTakenBack, match=f"^Taken back already by {first}. Nothing was changed.$"):
        take_back(store, wish(order, parcel))


def test_of_two_parcels_of_an_order_one_is_taken_back_and_its_mail_alone(store: Store) -> None:
    order = packed(store, 2, 1, leaves="as_ready")
    store.send(order, pieces=store.ids(order, 1))
    store.later(minutes=1)
    store.through(store.codes(order)[1], *THROUGH)
    store.send(order, pieces=store.ids(order, 2))
    last, first = left(store)
    assert take_back(store, wish(order, last)) == [2]
    assert store.stages(order) == ["handed_over", "stored"]
    ((key, _),) = sent_mails(store)
    assert key.endswith(first.at.isoformat())


def test_the_mail_says_which_parcel_where_it_goes_and_when_it_should_be_there(store: Store) -> None:
    order = packed(store, 2, 1, leaves="as_ready")
    store.send(order, pieces=store.ids(order, 1))
    sender = Sender(store.catalogue.shop, "shop@lotone.example", PAGE)
    with store.database.read() as session:
        whole = whole_order(session, order_of(session, order.id or 0))
    drawn = {line.design_hash: b"a picture" for line in whole.lines}
    mail = message(whole, "sent", sender, again=NOW.isoformat(), pictures=drawn)
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None and html is not None
    assert "<b>1 × Mug" in html.get_content(), "the other one is still being made"
    text = plain.get_content()
    assert mail["Subject"] == f"A parcel of your order {order.number} is on its way"
    assert f"About your order {order.number}: a parcel with 1 of 2 pieces is on its way. The rest follows" in text
    assert f"It goes to:\n{order.name}\nOsterdeich 41\n28203 Bremen" in text
    assert "It should be with you on " in text


def test_what_has_just_left_is_found_without_reading_all_that_ever_left(store: Store) -> None:
    with store.database.read() as session:
        indexes = sa.inspect(session.connection()).get_indexes("hand_over")
    assert ["at"] in [index["column_names"] for index in indexes]
