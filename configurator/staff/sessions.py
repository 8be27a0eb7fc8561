"""Browser sessions on our own table: new id at sign-in, only hashes kept, written only on change."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.staff.rows import BrowserSession, Clerk, Maker, Terminal
from configurator.staff.secrets import Draw, quick_hash, session_id

Role = Literal["maker", "clerk", "terminal"]

LASTS: dict[Role, timedelta] = {
    "maker": timedelta(hours=12),
    "clerk": timedelta(hours=12),
    "terminal": timedelta(days=365),
}


@dataclass(frozen=True, slots=True)
class Person:
    """Who is signed in. terminal: the counter terminal's name, terminal_id its id (clerks and terminals)."""

    role: Role
    id: int
    name: str
    facility: str
    terminal: str = ""
    terminal_id: int | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody at the door. address: where from; token: the cookie that they came with, if any.

    draw: chance, see `secrets.Draw`.
    """

    address: str
    now: datetime
    draw: Draw
    token: str | None = None


def begin(session: Session, person: Person, visit: Visit) -> str:
    """A new session under a new id; the one they came with is over. Sessions that expired are dropped."""
    session.execute(sa.delete(BrowserSession).where(col(BrowserSession.expires_at) <= visit.now))
    if visit.token:
        sign_out(session, visit.token)
    token = session_id(visit.draw)
    session.add(
        BrowserSession(
            id_hash=quick_hash(token),
            role=person.role,
            account_id=person.id,
            terminal_id=person.terminal_id,
            made_at=visit.now,
            expires_at=visit.now + LASTS[person.role],
        )
    )
    return token


def person_of(session: Session, token: str, now: datetime) -> Person | None:
    """Who a cookie belongs to; None when it is unknown, expired, or its person or terminal is no longer active."""
    found = session.get(BrowserSession, quick_hash(token))
    if found is None or found.expires_at <= now:
        return None
    if found.role == "maker":
        return _maker(session.get(Maker, found.account_id))
    terminal = session.get(Terminal, found.terminal_id)
    if terminal is None or not terminal.active:
        return None
    if found.role == "terminal":
        return terminal_person(terminal)
    return _clerk(session.get(Clerk, found.account_id), terminal)


def sign_out(session: Session, token: str) -> None:
    """This session is over, wherever its cookie may be."""
    session.execute(sa.delete(BrowserSession).where(col(BrowserSession.id_hash) == quick_hash(token)))


def maker_person(maker: Maker) -> Person:
    """A maker as seen by guards and pages."""
    return Person("maker", maker.id or 0, maker.name, maker.facility)


def clerk_person(clerk: Clerk, terminal: Terminal) -> Person:
    """A clerk at a terminal."""
    return Person("clerk", clerk.id or 0, clerk.name, terminal.facility, terminal.name, terminal.id)


def terminal_person(terminal: Terminal) -> Person:
    """A terminal that was set up, with no clerk at it."""
    return Person("terminal", terminal.id or 0, terminal.name, terminal.facility, terminal.name, terminal.id)


def _maker(maker: Maker | None) -> Person | None:
    return maker_person(maker) if maker is not None and maker.active else None


def _clerk(clerk: Clerk | None, terminal: Terminal) -> Person | None:
    return clerk_person(clerk, terminal) if clerk is not None and clerk.active else None
