"""Fills the demo in a process of its own, while another makes the planner's machine code: the server stays small."""

import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager

from configurator.database import Database, alone_with
from configurator.demo.week import is_empty
from configurator.migrations.migrating import migrate
from configurator.settings import Settings

SMALL = 60
"""Up to so many orders, all plans of the week take less time in plain Python, which finds the same, than their loops
take to compile."""

COMMAND = "from configurator.cli import main; main()"
SEARCHES = "from configurator.production.search.warming import warm; warm()"

ENDED = 128 + signal.SIGTERM


@contextmanager
def lived_apart(settings: Settings, orders: int, environment: Mapping[str, str]) -> Iterator[None]:
    """A week of so many orders, if nobody has ordered yet; the machine code may still be made inside this block.

    environment: what the settings were read from. Raises SystemExit if the week's process fails; it has said why.
    """
    with ExitStack() as stack:
        if _is_empty(settings):
            stack.enter_context(_process(SEARCHES, environment=environment, quiet=True))
            _live_apart(orders, environment)
        yield


def _live_apart(orders: int, environment: Mapping[str, str]) -> None:
    plain = {"NUMBA_DISABLE_JIT": "1"} if orders <= SMALL else {}
    with (
        _told_to_end(),
        _process(COMMAND, "demo", "--orders", str(orders), environment={**environment, **plain}) as week,
    ):
        if code := week.wait():
            sys.exit(code)


def _is_empty(settings: Settings) -> bool:
    database = Database(settings.database_url)
    try:
        with alone_with(database):
            migrate(database)
            with database.read() as session:
                return is_empty(session)
    finally:
        database.close()


@contextmanager
def _process(
    code: str, *words: str, environment: Mapping[str, str], quiet: bool = False
) -> Iterator["subprocess.Popen[bytes]"]:
    """Python of the same environment; it does not outlive this block. quiet: Ctrl-C does not make it say something."""
    with subprocess.Popen(  # noqa: S603 - our own code
        [sys.executable, "-c", code, *words], env=environment, start_new_session=quiet
    ) as process:
        try:
            yield process
        finally:
            process.terminate()


@contextmanager
def _told_to_end() -> Iterator[None]:
    """SIGTERM ends this as an exception does: whoever stops a start stops what it has started."""
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(ENDED))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
