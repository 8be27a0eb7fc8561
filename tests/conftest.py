"""What every test may ask for: an empty shop on both databases, and a clock that stands still."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.engine import URL

from configurator.clock import FixedClock
from configurator.database import Database
from configurator.migrations.migrating import migrate
from tests import postgres


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
