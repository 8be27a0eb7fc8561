"""Accounts, terminals, browser sessions and attempt counters."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from configurator.database import UtcTime


class Maker(SQLModel, table=True):
    """Someone of the workshop, signing in with mail address and password (argon2)."""

    __tablename__ = "maker"

    id: int | None = Field(default=None, primary_key=True)
    email: str = Field(unique=True)
    name: str
    password_hash: str
    facility: str
    active: bool = True


class Terminal(SQLModel, table=True):
    """A counter terminal of a store. `key_hash`: SHA-256 of the key typed once when it is set up."""

    __tablename__ = "terminal"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    facility: str
    key_hash: str
    active: bool = True


class Clerk(SQLModel, table=True):
    """Someone of a store, signing in at a terminal with a PIN (argon2)."""

    __tablename__ = "clerk"

    id: int | None = Field(default=None, primary_key=True)
    name: str
    facility: str
    pin_hash: str
    active: bool = True


class BrowserSession(SQLModel, table=True):
    """A signed-in browser. Only the SHA-256 of its id is kept; a new id is given at every sign-in."""

    __tablename__ = "browser_session"

    id_hash: str = Field(primary_key=True)
    role: str
    account_id: int
    terminal_id: int | None = None
    data: dict[str, Any] = Field(default_factory=dict, sa_column=sa.Column(sa.JSON(), nullable=False))
    made_at: datetime = Field(sa_type=UtcTime)
    expires_at: datetime = Field(sa_type=UtcTime, index=True)


class Attempt(SQLModel, table=True):
    """How often something was tried in a window: sign-ins, PINs, codes."""

    __tablename__ = "attempt"

    what: str = Field(primary_key=True)
    window_start: datetime = Field(sa_type=UtcTime)
    count: int = 0
