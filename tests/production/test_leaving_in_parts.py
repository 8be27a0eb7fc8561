"""An order that leaves as it is ready: a day a line, nobody waits for the rest, each part told and sent once."""

from datetime import date, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import col

from configurator.blanks.shop import Shop
from configurator.clock import FixedClock
from configurator.counter.handing_over import AlreadyHandedOver, HandingOver, NotReadyYet, hand_over, send_parcel
from configurator.counter.watching import to_pick_up
from configurator.database import Database
from configurator.jobs.rows import Job
from configurator.orders.cart_store import lines_to_quote
from configurator.orders.changing import LineQuantity, change_quantity
from configurator.orders.leaving import HasBegunToLeave, NoSuchLeaving, NothingToChoose, may_choose
from configurator.orders.messages import Sender, message, message_handler
from configurator.orders.order_store import order_of, whole_order
from configurator.orders.posting import FolderPost
from configurator.orders.rows import Order, OrderLine, Piece
from configurator.production.parts_ready import leave_otherwise
from configurator.production.plan_store import waiting_pieces
from configurator.production.promise_watch import Teller, breaking, tell_all_later, tell_later
from configurator.web.order_views import otherwise
from tests.builders import THURSDAY, Counter, a_checkout, a_design, a_shop, put, seeded
from tests.production.workshop import Workshop, set_due

TUESDAY, LATEST = THURSDAY - timedelta(days=2), THURSDAY
MUG, TIN = "Mug, 330 ml, Zoë", "Tin of muesli, Ben"
ALL_STATIONS = ("picking", "production", "check", "storage")


@pytest.fixture
def workshop(database: Database, clock: FixedClock) -> Workshop:
    return Workshop(database, clock)


def a_mug_and_a_tin(workshop: Workshop, *, leaves: str = "as_ready", **changes: Any) -> Order:
    """Promised for Tuesday and Thursday; the order's day is the latter."""
    designs = [(a_design(workshop.catalogue.blank(key), text), 1) for key, text in (("mug", "Zoë"), ("tin", "Ben"))]
    counter = Counter(workshop.catalogue, workshop.jobs, seeded(f"parts {leaves} {changes}"))
    with workshop.write() as session:
        visitor = f"parts {sorted(changes)} {leaves}"
        put(session, visitor, designs, workshop.catalogue)
        lines = lines_to_quote(session, visitor)
        days = {line.id: day for line, day in zip(lines, (TUESDAY, LATEST), strict=True)}
        checkout = a_checkout(session, visitor, workshop.catalogue, leaves=leaves, days=days, **changes)
        return counter.place(session, checkout)


def teller(workshop: Workshop, who: str = "") -> Teller:
    return Teller(who, workshop.catalogue.shop, workshop.jobs, workshop.clock.now())


def have_it_leave(workshop: Workshop, order: Order, leaves: str, who: str = "") -> None:
    with workshop.write() as session:
        leave_otherwise(session, order.id or 0, leaves, teller(workshop, who))


def days(workshop: Workshop, order: Order) -> list[date]:
    statement = sa.select(col(OrderLine.promised_on)).where(col(OrderLine.order_id) == order.id)
    return list(workshop.ask(statement.order_by(col(OrderLine.position))))


def due(workshop: Workshop, order: Order) -> list[Any]:
    statement = sa.select(col(Piece.due_at)).where(col(Piece.order_id) == order.id)
    return list(workshop.ask(statement.order_by(col(Piece.number))))


def releases(workshop: Workshop) -> None:
    workshop.plan()
    for batch in workshop.open():
        workshop.release(batch.number)


def first(workshop: Workshop, order: Order) -> frozenset[int]:
    found = sa.select(col(Piece.id)).where(col(Piece.order_id) == order.id).order_by(col(Piece.number)).limit(1)
    return frozenset(workshop.ask(found))


def order_now(workshop: Workshop, order: Order) -> Order:
    return workshop.ask(sa.select(Order).where(col(Order.id) == order.id))[0]  # type: ignore[no-any-return] # a row


def test_each_line_has_its_own_day_and_is_due_by_it(workshop: Workshop) -> None:
    order = a_mug_and_a_tin(workshop)
    assert (days(workshop, order), order.promised_on) == ([TUESDAY, LATEST], LATEST)
    mug, tin = due(workshop, order)
    assert tin - mug == timedelta(days=2)


def test_what_leaves_together_has_one_day(workshop: Workshop) -> None:
    order = a_mug_and_a_tin(workshop, leaves="together")
    assert days(workshop, order) == [LATEST, LATEST]
    assert len(set(due(workshop, order))) == 1


def test_the_plan_brings_only_those_together_that_are_to_leave_so(workshop: Workshop) -> None:
    apart, together = a_mug_and_a_tin(workshop), a_mug_and_a_tin(workshop, leaves="together")
    with workshop.database.read() as session:
        waiting = waiting_pieces(session, workshop.catalogue.shop, workshop.clock.now())
    assert [piece.order_id for piece in waiting] == [0, 0, together.id, together.id]
    have_it_leave(workshop, apart, "together")
    with workshop.database.read() as session:
        waiting = waiting_pieces(session, workshop.catalogue.shop, workshop.clock.now())
    assert {piece.order_id for piece in waiting} == {apart.id, together.id}


def test_a_part_is_told_once_when_all_of_it_lies_there_and_the_rest_when_that_does(workshop: Workshop) -> None:
    order = a_mug_and_a_tin(workshop)
    mug, tin = workshop.codes(order)
    releases(workshop)
    answer = workshop.through(mug, *ALL_STATIONS)
    assert "This part of its order is ready, the customer is told." in answer.sentence
    assert workshop.events(order)[-1] == f"1 × {MUG} is made and checked. Sent with the next parcel; the rest follows."
    assert len([key for key in workshop.enqueued("message") if key.startswith("message:part")]) == 1
    workshop.through(tin, *ALL_STATIONS)
    assert workshop.events(order)[-1].startswith("All pieces are made and checked.")
    assert len([key for key in workshop.enqueued("message") if key.startswith("message:part")]) == 1


def test_of_two_parts_stored_within_five_minutes_each_mail_tells_its_own(workshop: Workshop, tmp_path: Path) -> None:
    mug, tin = (a_design(workshop.catalogue.blank(key), "Zoë") for key in ("mug", "tin"))
    coral = a_design(workshop.catalogue.blank("mug"), inside="coral")
    order = workshop.order((mug, 1), (tin, 1), (coral, 1), leaves="as_ready")
    releases(workshop)
    for code in workshop.codes(order)[:2]:
        workshop.through(code, *ALL_STATIONS)
    first, second = mails_sent(workshop, tmp_path)
    assert (MUG in first, "Tin of muesli" in first) == (True, False)
    assert (MUG in second, "Tin of muesli" in second) == (False, True)


def mails_sent(workshop: Workshop, folder: Path) -> list[str]:
    """The text of the mails about parts, in the order of their jobs, and the titles of their pictures."""
    sender = Sender(workshop.catalogue.shop, "shop@lotone.example", lambda token: token)
    send = message_handler(workshop.database, sender, FolderPost(folder), workshop.clock)
    asked = workshop.ask(sa.select(col(Job.args)).where(col(Job.kind) == "message").order_by(col(Job.id)))
    told = []
    for args in asked:
        if args["what"] == "part":
            send(args)
            told.append(max(folder.glob("*.eml"), key=lambda file: file.stat().st_mtime_ns).read_bytes())
    return [" ".join(_texts(message_from_bytes(mail, policy=default))) for mail in told]


def _texts(mail: EmailMessage) -> list[str]:
    return [part.get_content() for part in mail.walk() if part.get_content_maintype() == "text"]


def test_of_what_leaves_together_no_part_is_told(workshop: Workshop) -> None:
    order = a_mug_and_a_tin(workshop, leaves="together")
    releases(workshop)
    answer = workshop.through(workshop.codes(order)[0], *ALL_STATIONS)
    assert "1 of its order is still missing." in answer.sentence
    with workshop.write() as session, pytest.raises(NotReadyYet):
        send_parcel(session, order.id or 0, teller(workshop, "Deniz"), first(workshop, order))


def test_two_pieces_of_one_batch_are_one_part(workshop: Workshop) -> None:
    order = workshop.order(
        (a_design(workshop.catalogue.blank("mug"), "Zoë"), 2), (a_design(workshop.catalogue.blank("tin"), "Ben"), 1),
        leaves="as_ready",
    )  # fmt: skip
    releases(workshop)
    first, second, _ = workshop.codes(order)
    workshop.through(first, *ALL_STATIONS)
    assert "made and checked" not in workshop.events(order)[-1]
    workshop.through(second, *ALL_STATIONS)
    assert workshop.events(order)[-1].startswith(f"2 × {MUG} are made and checked.")


def test_a_parcel_with_a_part_leaves_once_and_the_last_one_ends_the_order(workshop: Workshop) -> None:
    order = a_mug_and_a_tin(workshop)
    mug, tin = workshop.codes(order)
    releases(workshop)
    workshop.through(mug, *ALL_STATIONS)
    part = first(workshop, order)
    with workshop.write() as session:
        send_parcel(session, order.id or 0, teller(workshop, "Deniz"), part)
    assert (workshop.stages(order)[0], order_now(workshop, order).status) == ("handed_over", "placed")
    assert workshop.events(order)[-1] == "A parcel with 1 of 2 pieces is on its way."
    workshop.through(tin, *ALL_STATIONS)
    with workshop.write() as session, pytest.raises(AlreadyHandedOver):
        send_parcel(session, order.id or 0, teller(workshop, "Tariq"), part)
    assert workshop.stages(order) == ["handed_over", "stored"], "the second click sent nothing else"
    with workshop.write() as session:
        send_parcel(session, order.id or 0, teller(workshop, "Deniz"))
    assert order_now(workshop, order).status == "finished"
    assert workshop.events(order)[-2:] == [
        "The last pieces are made and checked. They are packed and go to the carrier.",
        "The last parcel is on its way.",
    ]


def test_a_part_that_is_picked_up_waits_at_the_counter_and_is_handed_over_once(workshop: Workshop) -> None:
    order = a_mug_and_a_tin(workshop, fulfilment="pickup", facility="plant")
    mug, tin = workshop.codes(order)
    releases(workshop)
    workshop.through(mug, *ALL_STATIONS)
    with workshop.database.read() as session:
        (waiting,) = to_pick_up(session, "plant")
    assert (waiting.pieces, waiting.of) == (1, 2)
    part = HandingOver(order.id or 0, "Jana", "Counter 1", "plant", first(workshop, order))
    with workshop.write() as session:
        hand_over(session, part, now=workshop.clock.now())
    with workshop.database.read() as session:
        assert to_pick_up(session, "plant") == ()
    with workshop.write() as session, pytest.raises(AlreadyHandedOver):
        hand_over(session, part, now=workshop.clock.now())
    workshop.through(tin, *ALL_STATIONS)
    with workshop.write() as session:
        hand_over(session, HandingOver(order.id or 0, "Jana", "Counter 1", "plant"), now=workshop.clock.now())
    assert order_now(workshop, order).status == "finished"


def test_what_lies_there_when_parts_may_leave_is_told_then(workshop: Workshop) -> None:
    order = a_mug_and_a_tin(workshop, leaves="together")
    releases(workshop)
    workshop.through(workshop.codes(order)[0], *ALL_STATIONS)
    have_it_leave(workshop, order, "as_ready", "Deniz")
    told = workshop.events(order)[-2:]
    assert told[0] == "What is ready is sent at once, the rest later."
    assert told[1].startswith(f"1 × {MUG} is made and checked.")
    have_it_leave(workshop, order, "together", "Deniz")
    have_it_leave(workshop, order, "as_ready", "Deniz")
    assert len([key for key in workshop.enqueued("message") if key.startswith("message:part")]) == 1


def test_changing_it_makes_no_day_tighter_and_all_together_is_the_last_day(workshop: Workshop) -> None:
    order = a_mug_and_a_tin(workshop)
    have_it_leave(workshop, order, "together")
    assert days(workshop, order) == [LATEST, LATEST]
    assert len(set(due(workshop, order))) == 1
    have_it_leave(workshop, order, "as_ready")
    assert days(workshop, order) == [LATEST, LATEST], "nothing sooner was planned for"


def test_once_a_part_has_left_only_staff_changes_it_and_once_all_is_ready_nobody(workshop: Workshop) -> None:
    order = a_mug_and_a_tin(workshop)
    releases(workshop)
    mug, tin = workshop.codes(order)
    workshop.through(mug, *ALL_STATIONS)
    with workshop.write() as session:
        send_parcel(session, order.id or 0, teller(workshop, "Deniz"), first(workshop, order))
    with pytest.raises(HasBegunToLeave, match="You have a part of order"):
        have_it_leave(workshop, order, "together")
    have_it_leave(workshop, order, "together", "Deniz")
    workshop.through(tin, *ALL_STATIONS)
    with pytest.raises(NothingToChoose):
        have_it_leave(workshop, order, "as_ready", "Deniz")


def test_one_piece_leaves_as_it_is_and_nonsense_is_refused(workshop: Workshop) -> None:
    with pytest.raises(NothingToChoose):
        have_it_leave(workshop, workshop.mugs(1), "as_ready")
    with pytest.raises(NoSuchLeaving):
        have_it_leave(workshop, a_mug_and_a_tin(workshop), "tomorrow")


def test_a_shop_that_sends_one_parcel_asks_only_who_picks_up() -> None:
    shop: Shop = a_shop()
    assert may_choose("ship", 2, shop)
    assert not may_choose("ship", 1, shop)
    assert not may_choose("counter", 2, shop)


def test_a_line_that_is_late_by_its_own_day_is_watched_though_the_order_is_not(workshop: Workshop) -> None:
    order = a_mug_and_a_tin(workshop)
    workshop.plan()
    workshop.later(days=1, hours=10)
    with workshop.write() as session:
        set_due(session, order, workshop.clock.now() - timedelta(minutes=1))
    with workshop.database.read() as session:
        (late,) = breaking(session, workshop.catalogue.shop, workshop.clock.now())
    assert (late.line, late.promised_on) == (MUG, TUESDAY)
    with workshop.write() as session:
        tell_later(session, order.number, teller(workshop, "Deniz"))
    assert workshop.events(order)[-1].startswith(f"“{MUG}” takes longer than we promised: you have it on")


def test_each_part_that_is_promised_another_day_is_told_once_and_names_itself_only(workshop: Workshop) -> None:
    order = a_mug_and_a_tin(workshop)
    workshop.plan()
    workshop.later(days=1, hours=10)
    with workshop.write() as session:
        set_due(session, order, workshop.clock.now() - timedelta(minutes=1))
    by = teller(workshop, "Deniz")
    with workshop.write() as session:
        assert tell_all_later(session, by) == 1, "only the mug is late by its own day"
    workshop.later(days=3)
    by = teller(workshop, "Deniz")
    with workshop.write() as session:
        mug, tin = breaking(session, by.shop, by.now)
        assert (mug.line, mug.told, tin.line, tin.told) == (MUG, True, TIN, False)
        tell_later(session, order.number, by, mug.line_id)
        assert tell_all_later(session, by) == 1
        assert tell_all_later(session, by) == 0
    told = [sentence for sentence in workshop.events(order) if "takes longer" in sentence]
    assert [sentence.partition(" takes")[0] for sentence in told] == [f"“{MUG}”", f"“{TIN}”"]
    keys = [key for key in workshop.enqueued("message") if key.startswith("message:later")]
    assert keys == [f"message:later:{order.id}:{one.line_id}" for one in (mug, tin)]
    sender = Sender(by.shop, "shop@lotone.example", lambda token: token)
    with workshop.database.read() as session:
        whole = whole_order(session, order_of(session, order.id or 0))
    for one, other in ((mug, tin), (tin, mug)):
        mail = message(whole, "later", sender, again=str(one.line_id)).get_content()
        assert (one.line in mail, other.line in mail) == (True, False)
    assert otherwise(whole) == " ".join(told)


def test_more_of_a_line_that_come_later_leave_the_other_lines_day_alone(workshop: Workshop) -> None:
    order = a_mug_and_a_tin(workshop)
    (line,) = workshop.ask(sa.select(col(OrderLine.id)).where(col(OrderLine.blank) == "mug"))
    wanted = LineQuantity(line, 2, LATEST + timedelta(days=4))
    with workshop.write() as session:
        change_quantity(
            session, order.id or 0, wanted, catalogue=workshop.catalogue, jobs=workshop.jobs, now=workshop.clock.now()
        )
    assert days(workshop, order) == [LATEST + timedelta(days=4), LATEST]
    assert order_now(workshop, order).promised_on == LATEST + timedelta(days=4)
    assert "They come on" in workshop.events(order)[-1]
