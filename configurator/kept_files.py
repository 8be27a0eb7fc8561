"""What a machine works out once and keeps as a file; it is named by all that it depends on, so it never goes stale."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


def kept(path: Path, make: Callable[[], bytes]) -> bytes:
    """The file's bytes, or else what `make` makes, which is then written: whole or not at all, even after a power cut.

    Where nothing can be written (a full disk), it is made anew each time.
    """
    with suppress(OSError):
        return path.read_bytes()
    content = make()
    with suppress(OSError):
        _write(path, content)
    return content


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.{os.getpid()}")
    with partial.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
