from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from configurator.clock import FixedClock
from configurator.database import Database
from configurator.errors import NotAllowed
from configurator.staff import hiring, secrets, signing_in
from configurator.staff.rows import BrowserSession, Clerk, Maker, Terminal
from configurator.staff.sessions import Person, Visit, person_of, sign_out
from configurator.staff.signing_in import (
    PER_ACCOUNT,
    PER_ADDRESS,
    PER_TERMINAL,
    WrongKey,
    WrongPassword,
    WrongPin,
    open_terminal,
    sign_in_clerk,
    sign_in_maker,
)
from configurator.staff.throttle import TriedTooOften
from tests.staff.conftest import KEY, PASSWORD, PIN

Visits = Callable[..., Visit]


def who(database: Database, token: str, clock: FixedClock) -> Person | None:
    with database.read() as session:
        return person_of(session, token, clock.at)


def terminal_id(database: Database) -> int:
    with database.read() as session:
        return session.exec(select(Terminal.id)).one() or 0


def sessions(database: Database) -> list[BrowserSession]:
    with database.read() as session:
        return list(session.exec(select(BrowserSession)))


def test_a_maker_signs_in_and_is_known_by_the_cookie(staffed: Database, visit: Visits, clock: FixedClock) -> None:
    token, person = sign_in_maker(staffed, " ANNA@example.com", PASSWORD, visit())
    assert (person.role, person.name, person.facility) == ("maker", "Anna", "plant")
    assert who(staffed, token, clock) == person


@pytest.mark.parametrize(("email", "password"), [("anna@example.com", "walnut and oak"), ("bob@example.com", PASSWORD)])
def test_a_wrong_password_and_an_unknown_maker_get_the_same_answer(
    staffed: Database, visit: Visits, email: str, password: str
) -> None:
    with pytest.raises(WrongPassword, match=r"^The mail address or the password is wrong\.$"):
        sign_in_maker(staffed, email, password, visit())
    assert sessions(staffed) == []


def test_an_unknown_maker_costs_a_comparison_as_well(
    staffed: Database, visit: Visits, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[str | None] = []

    def counted(secret: str, hashed: str | None) -> bool:
        compared.append(hashed)
        return secrets.matches(secret, hashed)

    monkeypatch.setattr(signing_in, "matches", counted)
    with pytest.raises(WrongPassword):
        sign_in_maker(staffed, "bob@example.com", PASSWORD, visit())
    assert compared == [None]


def test_the_database_keeps_neither_passwords_nor_cookies_nor_keys(staffed: Database, visit: Visits) -> None:
    token, _ = sign_in_maker(staffed, "anna@example.com", PASSWORD, visit())
    with staffed.read() as session:
        maker, terminal, clerk = (session.exec(select(row)).first() for row in (Maker, Terminal, Clerk))
    assert maker is not None and maker.password_hash.startswith("$argon2id$")
    assert clerk is not None and clerk.pin_hash.startswith("$argon2id$")
    assert terminal is not None and KEY not in terminal.key_hash
    assert [row.id_hash for row in sessions(staffed)] == [secrets.quick_hash(token)]
    assert len(token) == 64


def test_signing_in_gives_a_new_cookie_and_ends_the_one_they_came_with(
    staffed: Database, visit: Visits, clock: FixedClock
) -> None:
    first, _ = sign_in_maker(staffed, "anna@example.com", PASSWORD, visit())
    second, _ = sign_in_maker(staffed, "anna@example.com", PASSWORD, visit(token=first))
    assert first != second
    assert who(staffed, first, clock) is None
    assert who(staffed, second, clock) is not None


def test_a_cookie_that_a_browser_invented_never_becomes_a_session(
    staffed: Database, visit: Visits, clock: FixedClock
) -> None:
    token, _ = sign_in_maker(staffed, "anna@example.com", PASSWORD, visit(token="invented"))
    assert token != "invented"
    assert who(staffed, "invented", clock) is None


def test_signing_out_ends_the_session_and_no_other(staffed: Database, visit: Visits, clock: FixedClock) -> None:
    here, _ = sign_in_maker(staffed, "anna@example.com", PASSWORD, visit())
    there, _ = sign_in_maker(staffed, "anna@example.com", PASSWORD, visit())
    with staffed.write() as session:
        sign_out(session, here)
    assert who(staffed, here, clock) is None
    assert who(staffed, there, clock) is not None


def test_a_session_ends_after_its_time_and_is_swept_at_the_next_sign_in(
    staffed: Database, visit: Visits, clock: FixedClock
) -> None:
    token, _ = sign_in_maker(staffed, "anna@example.com", PASSWORD, visit())
    clock.at += timedelta(hours=12) - timedelta(seconds=1)
    assert who(staffed, token, clock) is not None
    clock.at += timedelta(seconds=1)
    assert who(staffed, token, clock) is None
    sign_in_maker(staffed, "anna@example.com", PASSWORD, visit())
    assert len(sessions(staffed)) == 1


def test_looking_up_who_is_signed_in_writes_nothing(staffed: Database, visit: Visits, clock: FixedClock) -> None:
    token, _ = sign_in_maker(staffed, "anna@example.com", PASSWORD, visit())
    with staffed.read() as session:
        person_of(session, token, clock.at)
        assert not session.dirty
        assert not session.new


def test_a_terminal_is_opened_once_by_its_key_however_it_is_typed(
    staffed: Database, visit: Visits, clock: FixedClock
) -> None:
    token, terminal = open_terminal(staffed, " k7qd 93ac xtrf-4ghw ", visit())
    assert (terminal.role, terminal.terminal, terminal.facility) == ("terminal", "Ghent 1", "ghent")
    clock.at += timedelta(days=300)
    assert who(staffed, token, clock) == terminal


def test_a_wrong_key_opens_no_terminal(staffed: Database, visit: Visits) -> None:
    with pytest.raises(WrongKey):
        open_terminal(staffed, "K7QD-93AC-XTRF-4GHA", visit())


def test_a_clerk_signs_in_by_pin_at_a_terminal_of_their_store(
    staffed: Database, visit: Visits, clock: FixedClock
) -> None:
    token, clerk = sign_in_clerk(staffed, terminal_id(staffed), PIN, visit())
    assert (clerk.role, clerk.name, clerk.terminal, clerk.facility) == ("clerk", "Bo", "Ghent 1", "ghent")
    assert who(staffed, token, clock) == clerk


@pytest.mark.parametrize("pin", ["8020", "0000", ""])
def test_a_pin_of_another_store_or_of_nobody_is_refused(staffed: Database, visit: Visits, pin: str) -> None:
    with pytest.raises(WrongPin):
        sign_in_clerk(staffed, terminal_id(staffed), pin, visit())


def test_no_clerk_signs_in_at_a_terminal_that_is_not_set_up(staffed: Database, visit: Visits) -> None:
    with pytest.raises(WrongKey):
        sign_in_clerk(staffed, 99, PIN, visit())


def test_too_many_wrong_passwords_close_the_account_for_a_while_even_to_the_right_one(
    staffed: Database, visit: Visits, clock: FixedClock
) -> None:
    for n in range(PER_ACCOUNT):
        with pytest.raises(WrongPassword):
            sign_in_maker(staffed, "anna@example.com", f"wrong {n}", visit(address=f"192.0.2.{n}"))
    clock.at += timedelta(minutes=12)
    with pytest.raises(TriedTooOften, match=r"Try again in 3 minutes\."):
        sign_in_maker(staffed, "anna@example.com", PASSWORD, visit())
    clock.at += timedelta(minutes=3)
    sign_in_maker(staffed, "anna@example.com", PASSWORD, visit())


def test_one_address_cannot_try_many_accounts(staffed: Database, visit: Visits) -> None:
    for n in range(PER_ADDRESS):
        with pytest.raises(WrongPassword):
            sign_in_maker(staffed, f"maker{n}@example.com", "password", visit())
    with pytest.raises(TriedTooOften):
        sign_in_maker(staffed, "anna@example.com", PASSWORD, visit())
    sign_in_maker(staffed, "anna@example.com", PASSWORD, visit(address="192.0.2.99"))


def test_guessing_pins_stops_at_the_terminals_limit(staffed: Database, visit: Visits) -> None:
    for n in range(PER_TERMINAL):
        with pytest.raises(WrongPin):
            sign_in_clerk(staffed, terminal_id(staffed), f"100{n}", visit(address=f"192.0.2.{n}"))
    with pytest.raises(TriedTooOften):
        sign_in_clerk(staffed, terminal_id(staffed), PIN, visit())


def test_good_sign_ins_do_not_use_up_the_limit(staffed: Database, visit: Visits) -> None:
    for _ in range(PER_ACCOUNT + 2):
        sign_in_maker(staffed, "anna@example.com", PASSWORD, visit())


def test_somebody_who_was_let_go_is_out_at_once_and_stays_out(
    staffed: Database, visit: Visits, clock: FixedClock
) -> None:
    token, _ = sign_in_maker(staffed, "anna@example.com", PASSWORD, visit())
    with staffed.write() as session:
        hiring.let_go(session, session.exec(select(Maker)).one())
    assert who(staffed, token, clock) is None
    with pytest.raises(WrongPassword):
        sign_in_maker(staffed, "anna@example.com", PASSWORD, visit())


def test_a_terminal_that_was_taken_down_signs_its_clerk_out(
    staffed: Database, visit: Visits, clock: FixedClock
) -> None:
    token, _ = sign_in_clerk(staffed, terminal_id(staffed), PIN, visit())
    with staffed.write() as session:
        hiring.let_go(session, session.exec(select(Terminal)).one())
    assert who(staffed, token, clock) is None
    with pytest.raises(NotAllowed):
        open_terminal(staffed, KEY, visit())


def test_a_new_password_ends_what_the_old_one_began(staffed: Database, visit: Visits, clock: FixedClock) -> None:
    token, _ = sign_in_maker(staffed, "anna@example.com", PASSWORD, visit())
    with staffed.write() as session:
        hiring.new_password(session, session.exec(select(Maker)).one(), "beech and birch")
    assert who(staffed, token, clock) is None
    with pytest.raises(WrongPassword):
        sign_in_maker(staffed, "anna@example.com", PASSWORD, visit())
    sign_in_maker(staffed, "anna@example.com", "beech and birch", visit())


Hire = Callable[[Session], object]


@pytest.mark.parametrize(
    ("hire", "sentence"),
    [
        (lambda s: hiring.hire_maker(s, "ANNA@example.com", "A", "long enough indeed", "plant"), "is a maker already"),
        (lambda s: hiring.hire_maker(s, "b@example.com", "B", "short", "plant"), "at least 10 signs"),
        (lambda s: hiring.hire_clerk(s, "Dee", "ghent", PIN), "cannot be used"),
        (lambda s: hiring.hire_clerk(s, "Dee", "ghent", "47a1"), "four to eight digits"),
        (lambda s: hiring.set_up_terminal(s, "Ghent 1", "ghent", "K7QD-93AC-XTRF-4GHX"), "already"),
        (lambda s: hiring.set_up_terminal(s, "Ghent 2", "ghent", "K7QD"), "at least 12 signs"),
    ],
)
def test_who_cannot_be_taken_on_is_told_why(staffed: Database, hire: Hire, sentence: str) -> None:
    refusals = (hiring.AlreadyHired, hiring.WeakSecret, hiring.PinIsTaken)
    with pytest.raises(refusals, match=sentence), staffed.write() as session:
        hire(session)


def test_two_stores_may_use_the_same_pin(staffed: Database) -> None:
    with staffed.write() as session:
        assert hiring.hire_clerk(session, "Dee", "lyon", PIN).id


def test_a_drawn_terminal_key_is_long_and_without_lookalikes(visit: Visits) -> None:
    key = secrets.terminal_key(visit().draw)
    assert len(key.split("-")) == 5
    assert not set(key) & set("01OIL5S28BZ6")
    assert len(secrets.typed_key(key)) == 20
