"""Programs of the tests' own, run beside them to be killed: they print where they are."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def program(module: str, *words: str) -> Iterator[subprocess.Popen[str]]:
    """A module run as a process of its own; killed at the end, whatever it does."""
    command = [sys.executable, "-m", module, *words]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def reaches(process: subprocess.Popen[str], point: str) -> bool:
    """Read what it says until it is there; False if it ended before."""
    assert process.stdout is not None
    return any(line.strip() == point for line in process.stdout)
