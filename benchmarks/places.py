"""Where to measure: an empty, migrated database of each kind, and a wiring on it."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from configurator.clock import Clock
from configurator.opening import open_wiring
from configurator.settings import read_settings
from configurator.web.wiring import Wiring
from tests import postgres

ROOT = Path(__file__).resolve().parents[1]


@contextmanager
def databases(var: Path) -> Iterator[dict[str, str]]:
    """Name -> url of an empty database of each kind; the PostgreSQL server is the tests' own, with fsync on."""
    postgres.begin_run()
    try:
        server = postgres.server_url()
        with postgres.copy_of(server, postgres.template(server)) as url:
            yield {"sqlite": f"sqlite:///{var / 'bench.db'}", "postgresql": url}
    finally:
        postgres.end_run()


@contextmanager
def folder() -> Iterator[Path]:
    """A folder of its own that is gone afterwards."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


@contextmanager
def wired(url: str, var: Path, *, clock: Clock | None = None) -> Iterator[Wiring]:
    """The whole program on a database."""
    environment = {"DEMO": "1", "CONFIGURATOR_VAR": str(var), "DATABASE_URL": url, "NESTING_SECONDS": "0"}
    with open_wiring(read_settings(environment, root=ROOT), clock=clock) as wiring:
        yield wiring
