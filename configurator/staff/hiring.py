"""Makers, clerks and terminals: taken on, given new secrets, and let go."""

import sqlalchemy as sa
from sqlmodel import Session, col, select

from configurator.errors import Conflict, Invalid, NotFound
from configurator.staff.rows import BrowserSession, Clerk, Maker, Terminal
from configurator.staff.secrets import matches, quick_hash, slow_hash, typed_key

LEAST_PASSWORD, LEAST_KEY = 10, 12


class AlreadyHired(Conflict):
    """Somebody has this mail address or this terminal name already."""


class NobodyCalled(NotFound):
    """Nobody who may sign in is called so."""

    def __init__(self, called: str) -> None:
        super().__init__(f"Nobody who may sign in is called {called}. Makers are named by their mail address.")


class SeveralCalled(Conflict):
    """The name does not tell whom it means."""

    def __init__(self, called: str, count: int) -> None:
        super().__init__(
            f"{count} are called {called}. Nobody was let go: have one of them renamed in the database first."
        )


class WeakSecret(Invalid):
    """A password, PIN or key that is too easy to guess."""


class PinIsTaken(Invalid):
    """A colleague of the same store has this PIN; two people with one PIN could not be told apart."""


def hire_maker(session: Session, email: str, name: str, password: str, facility: str) -> Maker:
    """A maker who may sign in to the workshop. Raises AlreadyHired, WeakSecret."""
    email = email.strip().lower()
    if session.exec(select(Maker.id).where(Maker.email == email)).first() is not None:
        raise AlreadyHired(f"{email} is a maker already. Give them a new password instead.")
    maker = Maker(email=email, name=name, facility=facility, password_hash=_password(password))
    session.add(maker)
    session.flush()
    return maker


def hire_clerk(session: Session, name: str, facility: str, pin: str) -> Clerk:
    """A clerk of a store, who signs in at its terminals. Raises WeakSecret, PinIsTaken."""
    if not (pin.isascii() and pin.isdigit() and 4 <= len(pin) <= 8):
        raise WeakSecret("A PIN has four to eight digits.", fields={"pin": "four to eight digits"})
    colleagues = session.exec(select(Clerk).where(Clerk.facility == facility, Clerk.active)).all()
    if any(matches(pin, colleague.pin_hash) for colleague in colleagues):
        raise PinIsTaken("This PIN cannot be used. Choose another one.", fields={"pin": "choose another one"})
    clerk = Clerk(name=name, facility=facility, pin_hash=slow_hash(pin))
    session.add(clerk)
    session.flush()
    return clerk


def set_up_terminal(session: Session, name: str, facility: str, key: str) -> Terminal:
    """A counter terminal; `key` (see secrets.terminal_key) is typed there once. Raises AlreadyHired, WeakSecret."""
    if len(typed_key(key)) < LEAST_KEY:
        raise WeakSecret(f"A terminal's key has at least {LEAST_KEY} signs.")
    if session.exec(select(Terminal.id).where(Terminal.name == name)).first() is not None:
        raise AlreadyHired(f"There is a terminal called {name} already. Choose another name.")
    terminal = Terminal(name=name, facility=facility, key_hash=quick_hash(typed_key(key)))
    session.add(terminal)
    session.flush()
    return terminal


def maker_called(session: Session, email: str) -> Maker:
    """The maker with that mail address. Raises NobodyCalled."""
    found = session.exec(select(Maker).where(Maker.email == email.strip().lower(), Maker.active)).one_or_none()
    if found is None:
        raise NobodyCalled(email)
    return found


def somebody_called(session: Session, called: str) -> Maker | Clerk | Terminal:
    """The maker, clerk or terminal that is called so. Raises NobodyCalled, SeveralCalled."""
    makers = session.exec(select(Maker).where(Maker.email == called.strip().lower(), Maker.active)).all()
    clerks = session.exec(select(Clerk).where(Clerk.name == called, Clerk.active)).all()
    terminals = session.exec(select(Terminal).where(Terminal.name == called, Terminal.active)).all()
    found: list[Maker | Clerk | Terminal] = [*makers, *clerks, *terminals]
    if not found:
        raise NobodyCalled(called)
    if len(found) > 1:
        raise SeveralCalled(called, len(found))
    return found[0]


def new_password(session: Session, maker: Maker, password: str) -> None:
    """Replaces it and ends every session that the old one began. Raises WeakSecret."""
    maker.password_hash = _password(password)
    session.add(maker)
    _end_sessions(session, "maker", maker.id)


def let_go(session: Session, who: Maker | Clerk | Terminal) -> None:
    """They are signed out everywhere and cannot sign in again; what they did keeps their name."""
    who.active = False
    session.add(who)
    _end_sessions(session, type(who).__name__.lower(), who.id)


def _password(password: str) -> str:
    if len(password) < LEAST_PASSWORD:
        sentence = f"A password has at least {LEAST_PASSWORD} signs."
        raise WeakSecret(sentence, fields={"password": sentence})
    return slow_hash(password)


def _end_sessions(session: Session, role: str, account_id: int | None) -> None:
    mine = (col(BrowserSession.role) == role, col(BrowserSession.account_id) == account_id)
    session.execute(sa.delete(BrowserSession).where(*mine))
