"""Signing in: makers by mail address and password, terminals by their key, clerks at a terminal by PIN.

Each counts the attempt, looks up, compares outside any transaction (argon2 is slow on purpose, and nobody
should wait for the write lock meanwhile), and only then writes the session. A refusal never says what was wrong.
"""

from datetime import timedelta

from sqlmodel import select

from configurator.database import Database
from configurator.errors import NotAllowed
from configurator.staff.rows import Clerk, Maker, Terminal
from configurator.staff.secrets import matches, quick_hash, typed_key
from configurator.staff.sessions import Person, Visit, begin, clerk_person, maker_person, terminal_person
from configurator.staff.throttle import Limit, refund, spend

WINDOW = timedelta(minutes=15)
PER_ACCOUNT, PER_ADDRESS, PER_TERMINAL = 8, 40, 10


class WrongPassword(NotAllowed):
    """Unknown mail address, wrong password, or no longer active."""

    def __init__(self) -> None:
        super().__init__("The mail address or the password is wrong.")


class WrongKey(NotAllowed):
    """No active terminal has this key."""

    def __init__(self) -> None:
        super().__init__("No terminal has this key. Type it as it was shown when the terminal was set up.")


class WrongPin(NotAllowed):
    """No active clerk of this terminal's store has this PIN."""

    def __init__(self) -> None:
        super().__init__("Nobody of this store has this PIN. Try again.")


def sign_in_maker(database: Database, email: str, password: str, visit: Visit) -> tuple[str, Person]:
    """The cookie's token, and who it is. Raises WrongPassword, TriedTooOften."""
    email = email.strip().lower()
    limits = (Limit(f"maker {email}", PER_ACCOUNT, WINDOW), _from(visit))
    spend(database, limits, visit.now)
    with database.read() as session:
        maker = session.exec(select(Maker).where(Maker.email == email)).first()
    if not matches(password, maker.password_hash if maker else None) or maker is None or not maker.active:
        raise WrongPassword
    return _signed_in(database, maker_person(maker), visit, limits)


def open_terminal(database: Database, key: str, visit: Visit) -> tuple[str, Person]:
    """The same for a terminal, with the key typed once when it is set up. Raises WrongKey, TriedTooOften."""
    limits = (_from(visit),)
    spend(database, limits, visit.now)
    with database.read() as session:
        hashed = quick_hash(typed_key(key))
        terminal = session.exec(select(Terminal).where(Terminal.key_hash == hashed, Terminal.active)).first()
    if terminal is None:
        raise WrongKey
    return _signed_in(database, terminal_person(terminal), visit, limits)


def sign_in_clerk(database: Database, terminal_id: int, pin: str, visit: Visit) -> tuple[str, Person]:
    """The same for a clerk at a terminal that is open. Raises WrongKey, WrongPin, TriedTooOften."""
    limits = (Limit(f"terminal {terminal_id}", PER_TERMINAL, WINDOW), _from(visit))
    spend(database, limits, visit.now)
    with database.read() as session:
        terminal = session.get(Terminal, terminal_id)
        if terminal is None or not terminal.active:
            raise WrongKey
        here = (Clerk.facility == terminal.facility, Clerk.active)
        clerks = session.exec(select(Clerk).where(*here)).all()
    # All of them, whoever it was: the time must not tell whose PIN nearly came.
    found = [clerk for clerk in clerks if matches(pin, clerk.pin_hash)]
    if len(found) != 1:
        raise WrongPin
    return _signed_in(database, clerk_person(found[0], terminal), visit, limits)


def _signed_in(database: Database, person: Person, visit: Visit, limits: tuple[Limit, ...]) -> tuple[str, Person]:
    with database.write() as session:
        refund(session, limits, visit.now)
        return begin(session, person, visit), person


def _from(visit: Visit) -> Limit:
    return Limit(f"address {visit.address}", PER_ADDRESS, WINDOW)
