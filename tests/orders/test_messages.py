"""Mails: what a customer needs to know, in the words that were ordered, and sent twice is one mail."""

import email
from dataclasses import replace
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from markupsafe import escape

from configurator.clock import FixedClock
from configurator.database import Database
from configurator.jobs.embedded import EmbeddedJobs
from configurator.orders.changing import cancel
from configurator.orders.messages import NoSuchNotice, Sender, message, message_handler
from configurator.orders.notices import notify
from configurator.orders.order_store import whole_order
from configurator.orders.posting import FolderPost, SmtpPost, open_post
from configurator.orders.rows import Order
from tests.builders import NOW, ZOE, Counter, a_catalogue, a_design, seeded, stocked

CATALOGUE = a_catalogue()
SENDER = Sender(CATALOGUE.shop, "shop@lotone.example", lambda token: f"https://lotone.example/orders/{token}")


@pytest.fixture
def jobs(database: Database, clock: FixedClock, tmp_path: Path) -> EmbeddedJobs:
    handler = message_handler(database, SENDER, FolderPost(tmp_path / "mail"), clock)
    return EmbeddedJobs(database, clock, {"message": handler, "plan": lambda _: None})


@pytest.fixture
def counter(database: Database, jobs: EmbeddedJobs) -> Counter:
    with database.write() as session:
        stocked(session, CATALOGUE.shop)
    return Counter(CATALOGUE, jobs, seeded())


def mails(tmp_path: Path) -> dict[str, EmailMessage]:
    return {
        file.name: email.message_from_bytes(file.read_bytes(), policy=default)
        for file in sorted((tmp_path / "mail").iterdir())
    }


def text_of(database: Database, order: Order, what: str) -> str:
    with database.read() as session:
        return message(whole_order(session, session.merge(order)), what, SENDER).get_content()


def test_the_confirmation_says_what_for_how_much_when_and_where_to_look(
    database: Database, counter: Counter, jobs: EmbeddedJobs, tmp_path: Path
) -> None:
    with database.write() as session:
        order = counter.order(session, [(a_design(text=ZOE), 2)])
    jobs.run_due()
    ((name, mail),) = mails(tmp_path).items()
    assert name == f"{order.number}.confirmation.eml".lower()
    assert (mail["To"].addresses[0].display_name, mail["To"].addresses[0].addr_spec) == (ZOE, "zoe@example.com")
    text = mail.get_body(("plain",)).get_content()
    assert f"Hello {ZOE}," in text
    assert f"2 × Mug, 330 ml, {ZOE}, “{ZOE}”" in text
    assert "Total: €\u00a036.70, VAT of €\u00a05.86 included" in text
    assert "The parcel reaches you on Thursday 26 November." in text
    assert f"https://lotone.example/orders/{order.token}" in text
    assert order.number in text


def test_a_mail_shows_the_pieces_with_words_for_who_does_not_see_them(
    database: Database, counter: Counter, jobs: EmbeddedJobs, tmp_path: Path
) -> None:
    with database.write() as session:
        order = counter.order(session, [(a_design(text=ZOE), 2), (a_design(text="Emil"), 1)])
    jobs.run_due()
    ((_, mail),) = mails(tmp_path).items()
    html, pictures = mail.get_body(("html",)), [part for part in mail.walk() if part.get_content_type() == "image/jpeg"]
    assert html is not None
    text = html.get_content()
    shown = [picture["Content-ID"].strip("<>") for picture in pictures]
    assert len(shown) == 2
    assert all(f'src="cid:{name}"' in text for name in shown)
    assert all(picture.get_content()[:3] == b"\xff\xd8\xff" for picture in pictures)
    assert f'alt="Mug, 330 ml, {escape(ZOE)}' in text
    assert ZOE not in text
    assert f'<a href="https://lotone.example/orders/{order.token}"' in text
    assert 'src="http' not in text


def test_a_mail_sent_twice_is_the_same_file(
    database: Database, counter: Counter, clock: FixedClock, tmp_path: Path
) -> None:
    with database.write() as session:
        order = counter.order(session, [(a_design(), 1)])
    handler = message_handler(database, SENDER, FolderPost(tmp_path / "mail"), clock)
    (tmp_path / "mail").mkdir()
    sent = set()
    for _ in range(2):
        handler({"order": order.id, "what": "ready"})
        sent |= {file.read_bytes() for file in (tmp_path / "mail").iterdir()}
    assert len(sent) == 1
    assert list(mails(tmp_path)) == [f"{order.number}.ready.eml".lower()]
    assert not list((tmp_path / "mail").glob("*.part"))


def test_who_picks_up_reads_where_and_with_which_code(database: Database, counter: Counter) -> None:
    with database.write() as session:
        order = counter.order(session, [(a_design(), 1)], fulfilment="pickup", payment_method="till")
    for what in ("confirmation", "ready"):
        text = text_of(database, order, what)
        assert f"Your pickup code: {order.pickup_code}" in text
        assert "Lot One store, Osterdeich 41, 28203 Bremen" in text
    assert "You pay when you pick it up." in text_of(database, order, "confirmation")


def test_a_cancelled_order_is_confirmed_as_such(
    database: Database, counter: Counter, jobs: EmbeddedJobs, tmp_path: Path
) -> None:
    with database.write() as session:
        order = counter.order(session, [(a_design(), 1)])
        cancel(session, order.id or 0, jobs=jobs, now=NOW)
    jobs.run_due()
    text = mails(tmp_path)[f"{order.number}.cancelled.eml".lower()].get_content()
    assert "Nothing of it is made." in text
    assert f"To order it again: https://lotone.example/orders/{order.token}" in text
    assert "where it is now" not in text


@pytest.mark.parametrize(
    ("pieces", "said"),
    [
        (1, "\n\nYour order {} is made and checked. It waits for you."),
        (2, "\n\nAll pieces of your order {} are made and checked. They wait for you."),
    ],
)
def test_one_piece_is_told_of_as_one_and_two_as_two(
    database: Database, counter: Counter, pieces: int, said: str
) -> None:
    with database.write() as session:
        order = counter.order(session, [(a_design(), pieces)], fulfilment="pickup", payment_method="till")
    assert said.format(order.number) in text_of(database, order, "ready")


def test_who_pays_by_invoice_reads_to_which_account(database: Database, counter: Counter) -> None:
    with database.write() as session:
        order = counter.order(session, [(a_design(), 1)])
    with database.read() as session:
        whole = whole_order(session, session.merge(order))
    sender = replace(SENDER, shop=replace(SENDER.shop, account="IBAN DE00 1234"))
    assert f"within 14 days to IBAN DE00 1234 and name the order {order.number}." in (
        message(whole, "confirmation", sender).get_content()
    )


def test_every_remade_piece_is_told_and_each_once(
    database: Database, counter: Counter, jobs: EmbeddedJobs, tmp_path: Path
) -> None:
    with database.write() as session:
        order = counter.order(session, [(a_design(), 2)])
        told = [notify(session, jobs, order.id or 0, "remade", again=f"{order.number}-0{n}") for n in (1, 1, 2)]
    assert told == [True, False, True]
    jobs.run_due()
    assert len([name for name in mails(tmp_path) if "remade" in name]) == 2


def test_who_left_no_mail_address_gets_no_mail(
    database: Database, counter: Counter, jobs: EmbeddedJobs, tmp_path: Path
) -> None:
    with database.write() as session:
        counter.order(session, [(a_design(), 1)])
        session.connection().exec_driver_sql("update customer_order set email = ''")
    jobs.run_due()
    assert not (tmp_path / "mail").exists()
    with database.read() as session:
        assert jobs.failed(session) == ()


@pytest.mark.parametrize("fulfilment", ["pickup", "ship"])
def test_who_has_everything_before_the_mail_left_is_not_told_that_it_waits(
    database: Database, counter: Counter, jobs: EmbeddedJobs, tmp_path: Path, fulfilment: str
) -> None:
    with database.write() as session:
        order = counter.order(session, [(a_design(), 1)], fulfilment=fulfilment, facility="store")
        notify(session, jobs, order.id or 0, "ready")
        session.connection().exec_driver_sql("update piece set stage = 'handed_over'")
    jobs.run_due()
    assert not any("ready" in name for name in mails(tmp_path))


def test_what_is_made_and_not_sent_yet_is_not_told_to_be_on_its_way(database: Database, counter: Counter) -> None:
    with database.write() as session:
        order = counter.order(session, [(a_design(), 1)])
    text = text_of(database, order, "ready")
    assert "is made and checked. Next it is packed and sent. We write when the parcel has left." in text
    assert "on its way" not in text


def test_a_mail_says_when_it_was_written(
    counter: Counter, database: Database, jobs: EmbeddedJobs, tmp_path: Path
) -> None:
    with database.write() as session:
        counter.order(session, [(a_design(), 1)])
    jobs.run_due()
    ((_, mail),) = mails(tmp_path).items()
    assert mail["Date"].datetime == NOW


def test_an_unknown_notice_says_which_there_are(database: Database, counter: Counter) -> None:
    with database.write() as session:
        order = counter.order(session, [(a_design(), 1)])
    known = "cancelled, changed, confirmation, later, part, ready, remade, sent"
    with pytest.raises(NoSuchNotice, match=f"Known are: {known}"):
        text_of(database, order, "advertisement")


def test_without_an_smtp_setting_mails_become_files(tmp_path: Path) -> None:
    assert isinstance(open_post(None, tmp_path), FolderPost)
    assert isinstance(open_post("smtps://u:p@mail.example", tmp_path), SmtpPost)
