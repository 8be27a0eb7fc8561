"""What every test may ask for: an empty shop on both databases, and a clock that stands still."""

import os
import shutil
import urllib.request
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy.engine import URL

from configurator.clock import FixedClock
from configurator.database import Database
from configurator.migrations.migrating import migrate
from tests import postgres

# The same examples in every run: a change is judged by what it does, not by luck.
# HYPOTHESIS_PROFILE=search draws new ones.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("search", deadline=None)
settings.register_profile("quick", derandomize=True, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


def pytest_configure() -> None:
    postgres.begin_run()


def pytest_unconfigure() -> None:
    postgres.end_run()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file; copying it costs a millisecond."""
    path = tmp_path_factory.mktemp("template") / "shop.db"
    database = Database(f"sqlite:///{path}")
    migrate(database)
    database.close()
    return path


@pytest.fixture(scope="session")
def postgres_server() -> URL:
    """The maintenance database of a PostgreSQL server. A server that does not start fails the test."""
    return postgres.server_url()


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The url of a migrated SQLite database of this test alone."""
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'shop.db')}"


@pytest.fixture
def postgres_url(postgres_server: URL) -> Iterator[str]:
    """The url of a migrated PostgreSQL database of this test alone."""
    with postgres.copy_of(postgres_server, postgres.template(postgres_server)) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The url of a migrated database of this test alone; every test that asks runs on both databases."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A migrated, empty database of this test alone; every test that asks runs on both databases."""
    database = Database(database_url)
    yield database
    database.close()


@pytest.fixture
def clock() -> FixedClock:
    """Monday, 23 November 2026, 9:00 UTC; set `clock.at` to move it."""
    return FixedClock(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))


@pytest.fixture(scope="session")
def s3_server() -> Iterator[str]:
    """The address of an S3 server in memory."""
    from moto.server import ThreadedMotoServer  # noqa: PLC0415 two seconds that most runs can do without

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def s3_url(s3_server: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The url of an empty bucket of this test alone, with the variables that reach it set."""
    bucket = f"shop-{uuid.uuid4().hex[:12]}"
    variables = {
        "AWS_ENDPOINT_URL": s3_server,
        "AWS_ALLOW_HTTP": "true",
        "AWS_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
    }
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    urllib.request.urlopen(urllib.request.Request(f"{s3_server}/{bucket}", method="PUT")).close()  # noqa: S310 ours
    return f"s3://{bucket}/shop"
