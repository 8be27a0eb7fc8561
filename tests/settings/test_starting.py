"""What stands in the way of a start is a sentence on the terminal, and never a trace."""

import socket
from collections.abc import Mapping
from pathlib import Path

import pytest
import sqlalchemy as sa

from configurator.database import Database, DatabaseReadOnly, DatabaseUnreachable, NotADatabase, alone_with
from configurator.errors import Refusal
from configurator.serving import CannotListen, serve_for_ever
from configurator.settings import read_settings
from tests.browser.running import configurator

pytestmark = pytest.mark.slow  # processes of their own

ROOT = Path(__file__).parents[2]


def refused(tmp_path: Path, **environment: str) -> Refusal:
    """What starting a server with these settings is refused with."""
    settings = read_settings({"DEMO": "1", "PORT": "0", "CONFIGURATOR_VAR": str(tmp_path), **environment}, root=ROOT)
    with pytest.raises(Refusal) as refusal:
        serve_for_ever(settings, say=print)
    return refusal.value


def test_a_database_server_that_is_not_there_is_named_without_its_password(tmp_path: Path) -> None:
    told = refused(tmp_path, DATABASE_URL="postgresql://shop:hunter2@127.0.0.1:1/shop")
    assert isinstance(told, DatabaseUnreachable)
    assert "127.0.0.1:1/shop cannot be reached" in str(told)
    assert "hunter2" not in str(told)


@pytest.mark.parametrize("place", ["/dev/null/var/shop.db", "/proc/var/shop.db"])
def test_a_folder_that_cannot_be_made_for_the_database_is_named(tmp_path: Path, place: str) -> None:
    assert f"{place} cannot be reached" in str(refused(tmp_path, DATABASE_URL=f"sqlite:///{place}"))


def test_another_file_of_the_databases_name_is_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "notes.db"
    file.write_text("Dear diary, " * 1000)
    told = refused(tmp_path, DATABASE_URL=f"sqlite:///{file}")
    assert isinstance(told, NotADatabase)
    assert "notes.db is no SQLite database" in str(told)
    assert file.read_text() == "Dear diary, " * 1000


def test_a_database_that_may_only_be_read_is_said_so(sqlite_url: str) -> None:
    database = Database(sqlite_url)

    @sa.event.listens_for(database.engine, "connect")
    def only_read(connection: object, _: object) -> None:
        connection.execute("PRAGMA query_only=ON")  # type: ignore[attr-defined] a sqlite3 one

    with pytest.raises(DatabaseReadOnly, match="read-only"), database.write() as session:
        session.execute(sa.text("create table t (x)"))
    database.close()


def test_a_folder_where_no_lock_can_be_kept_is_said_so(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'shop.db'}")
    (tmp_path / "shop.db.server").mkdir()
    with pytest.raises(DatabaseReadOnly), alone_with(database):
        pass
    database.close()


def test_an_address_where_somebody_listens_already_is_said_before_anything_is_touched(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        told = refused(tmp_path / "var", PORT=port)
    assert isinstance(told, CannotListen)
    assert f"127.0.0.1, port {port}: Address already in use" in str(told)
    assert not (tmp_path / "var").exists()


def test_an_address_this_machine_does_not_have_is_said(tmp_path: Path) -> None:
    assert "no-such-host.invalid, port" in str(
        refused(tmp_path, DEMO="0", SECRET_KEY="Wm3Xk0vJ9q-AbCdEfGhIjKlMnOpQrStU", HOST="no-such-host.invalid")
    )


@pytest.mark.parametrize(
    "environment",
    [{"DATABASE_URL": "postgresql://shop:hunter2@127.0.0.1:1/shop"}, {"CONFIGURATOR_VAR": "/dev/null"}],
)
def test_the_command_line_says_it_in_a_sentence_and_ends_with_1(environment: Mapping[str, str]) -> None:
    ended = configurator("serve", environment={"DEMO": "1", "PORT": "0", **environment})
    assert ended.returncode == 1
    assert "cannot be reached" in " ".join(ended.stderr.split())
    assert "Traceback" not in ended.stderr
