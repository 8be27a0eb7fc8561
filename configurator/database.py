"""Engines and the one transaction per request or command. Nobody else commits."""

import fcntl
import os
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from sqlalchemy import DateTime, Engine, create_engine, event
from sqlalchemy.engine import URL, Connection, Dialect, make_url
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.types import TypeDecorator
from sqlmodel import Session, SQLModel

from configurator.errors import Conflict, Unavailable

if TYPE_CHECKING:
    from sqlalchemy.dialects import sqlite

POOL = 24
UNREACHABLE = ("unable to open", "connection failed", "connection is bad", "disk I/O error")

# PostgreSQL's own names, given on SQLite too, so that a later revision can name what it changes on both.
SQLModel.metadata.naming_convention = {
    "pk": "%(table_name)s_pkey",
    "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
    "uq": "%(table_name)s_%(column_0_N_name)s_key",
    "ix": "%(table_name)s_%(column_0_N_name)s_idx",
}


class UtcTime(TypeDecorator[datetime]):
    """Aware UTC in, aware UTC out, on SQLite too (which drops time zones)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuses naive times; SQLite stores UTC without the offset."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without time zone was about to be stored")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Always aware UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class FairLock:
    """A lock that serves in order of arrival: it bounds the longest wait of any writer."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._held = False

    def __enter__(self) -> None:
        with self._guard:
            if not self._held:
                self._held = True
                return
            turn = threading.Event()
            self._waiting.append(turn)
        try:
            turn.wait()
        except BaseException:
            self._give_up(turn)
            raise

    def __exit__(self, *_: object) -> None:
        with self._guard:
            self._next()

    def _next(self) -> None:
        if self._waiting:
            self._waiting.popleft().set()
        else:
            self._held = False

    def _give_up(self, turn: threading.Event) -> None:
        """Somebody who was interrupted while waiting must not be waited for."""
        with self._guard:
            if turn in self._waiting:
                self._waiting.remove(turn)
            else:
                self._next()


class DiskFull(Unavailable):
    """The database could not grow; the transaction was undone."""

    def __init__(self) -> None:
        super().__init__("The disk of the database is full. Nothing was saved; make room on it and try again.")


class DatabaseBusy(Unavailable):
    """Another program held the SQLite file for longer than we wait."""

    def __init__(self) -> None:
        super().__init__("Another program keeps the database busy. Nothing was saved; try again in a moment.")


class DatabaseUnreachable(Unavailable):
    """The database server does not answer, or the file cannot be opened."""

    def __init__(self, url: URL) -> None:
        super().__init__(
            f"The database {url.render_as_string()} cannot be reached. Check DATABASE_URL, its server or its folder."
        )


class DatabaseReadOnly(Unavailable):
    """The file, its folder or its disk may only be read."""

    def __init__(self, url: URL) -> None:
        super().__init__(
            f"The database {url.render_as_string()} cannot be written: its file, folder or disk is read-only. "
            "Give this program the right to write there, or name another place in DATABASE_URL."
        )


class NotADatabase(Unavailable):
    """There is a file of that name, and something else is in it."""

    def __init__(self, url: URL) -> None:
        super().__init__(
            f"{url.database} is no SQLite database, or a damaged one; it was left as it is. "
            "Restore it from a backup, or name another file in DATABASE_URL."
        )


class DatabaseInUse(Conflict):
    """A second server on one SQLite file would not take turns with the first."""

    def __init__(self, path: Path, process: str) -> None:
        super().__init__(
            f"Another server (process {process}) runs on {path}. Stop it first, give this one a database of its own "
            "with DATABASE_URL, or use PostgreSQL, which takes any number of servers."
        )


class Database:
    """A SQLite file or a PostgreSQL database.

    `with database.read() as session` cannot write; `with database.write() as session` is one transaction:
    committed when the block ends, rolled back when it raises. A write inside a write of the same thread is refused.
    What the machine denies is raised as DiskFull, DatabaseBusy, DatabaseReadOnly, DatabaseUnreachable or NotADatabase.
    """

    def __init__(self, url: str) -> None:
        self.url: URL = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        if self.is_sqlite:
            self._make_folder(Path(self.url.database or "").parent)
            self._reads = _sqlite_engine(self.url, "BEGIN", "query_only=ON")
            self._writes = _sqlite_engine(self.url, "BEGIN IMMEDIATE")
        else:
            self._writes = _postgres_engine(self.url)
            self._reads = self._writes.execution_options(postgresql_readonly=True)
        self._turn: AbstractContextManager[None] = FairLock() if self.is_sqlite else nullcontext()
        self._mine = threading.local()

    @property
    def engine(self) -> Engine:
        """The engine for writing (migrations use it)."""
        return self._writes

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session for looking things up; the database refuses whatever it would change."""
        with self.said(reading=True), Session(self._reads, autoflush=False, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One transaction. On SQLite writers of this process take turns in order of arrival."""
        with self._once(), self._turn, self.said(), self._transaction() as session:
            yield session

    @contextmanager
    def _transaction(self) -> Iterator[Session]:
        with Session(self._writes, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def _once(self) -> Iterator[None]:
        if getattr(self._mine, "writing", False):
            raise RuntimeError("A write was opened inside a write: pass its session on instead.")
        self._mine.writing = True
        try:
            yield
        finally:
            self._mine.writing = False

    @contextmanager
    def said(self, *, reading: bool = False) -> Iterator[None]:
        """What the machine denies to somebody who uses the engine, as a sentence. reading: a write is our own fault."""
        try:
            yield
        except DatabaseError as error:
            raise self._refusal(error, reading=reading) or error from error

    def _refusal(self, error: DatabaseError, *, reading: bool) -> Unavailable | None:
        told = str(error.orig)
        if "disk is full" in told or getattr(error.orig, "sqlstate", None) == "53100":
            return DiskFull()
        if "database is locked" in told:
            return DatabaseBusy()
        if "readonly database" in told and not reading:
            return DatabaseReadOnly(self.url)
        if "not a database" in told or "malformed" in told:
            return NotADatabase(self.url)
        gone = isinstance(error, OperationalError) and any(sign in told for sign in UNREACHABLE)
        return DatabaseUnreachable(self.url) if gone or error.connection_invalidated else None

    def _make_folder(self, folder: Path) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DatabaseUnreachable(self.url) from error

    def close(self) -> None:
        """Give back every connection."""
        self._reads.dispose()
        self._writes.dispose()


def insert_into(session: Session, table: type[SQLModel]) -> "sqlite.Insert":
    """An INSERT with `on_conflict_do_...`, which SQLAlchemy has in each dialect's own; the other's is not loaded."""
    dialect = import_module(f"sqlalchemy.dialects.{session.get_bind().dialect.name}")
    statement: sqlite.Insert = dialect.insert(table)
    return statement


@contextmanager
def alone_with(database: Database) -> Iterator[None]:
    """Keeps a second server off the same SQLite file for as long as this lasts. Raises DatabaseInUse, DatabaseReadOnly.

    The lock is the operating system's: it ends with the process, however that ends.
    """
    if not database.is_sqlite:
        yield
        return
    path = Path(database.url.database or "")
    with _lock_file(database.url, path) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise DatabaseInUse(path, file.read().strip() or "unknown") from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def _lock_file(url: URL, path: Path) -> TextIO:
    try:
        return path.with_name(f"{path.name}.server").open("a+", encoding="utf-8")
    except OSError as error:
        raise DatabaseReadOnly(url) from error


def _sqlite_engine(url: URL, begin: str, *pragmas: str) -> Engine:
    engine = create_engine(url, pool_size=POOL, max_overflow=POOL, connect_args={"check_same_thread": False})

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _: object) -> None:
        connection.isolation_level = None
        for pragma in ("busy_timeout=10000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", *pragmas):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _postgres_engine(url: URL) -> Engine:
    return create_engine(url.set(drivername="postgresql+psycopg"), pool_size=POOL, pool_pre_ping=True)
