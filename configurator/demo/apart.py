"""Fills the demo in a process of its own, while another makes the planner's machine code: the server stays small."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from configurator.database import Database, alone_with
from configurator.demo.week import is_empty
from configurator.migrations.migrating import migrate
from configurator.settings import Settings

SMALL = 60
"""Up to so many orders, all plans of the week take less time in plain Python than their loops take to compile."""

ENDED = 128 + signal.SIGTERM


def live_apart(settings: Settings, orders: int) -> None:
    """A week of so many orders, if nobody has ordered yet. Raises SystemExit if that process fails; it has said why."""
    if not _is_empty(settings):
        return
    with (
        _told_to_end(),
        _process("from configurator.production.search.warming import warm; warm()") as searches,
        _process(
            "from configurator.cli import main; main()", "demo", "--orders", str(orders), compiled=orders > SMALL
        ) as week,
    ):
        if code := week.wait():
            sys.exit(code)
        searches.wait()


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
def _process(code: str, *words: str, compiled: bool = True) -> Iterator["subprocess.Popen[bytes]"]:
    """Python of the same environment; it does not outlive this block. compiled: whether loops become machine code;
    what they find is the same without.
    """
    environment = os.environ if compiled else {**os.environ, "NUMBA_DISABLE_JIT": "1"}
    with subprocess.Popen([sys.executable, "-c", code, *words], env=environment) as process:  # noqa: S603 - our own code
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
