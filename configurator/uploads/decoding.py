"""Reading an upload in a process of its own, so that whatever it holds can hurt nothing but that process."""

import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, Any

from configurator.artwork.fonts import FontBook
from configurator.errors import Invalid
from configurator.uploads.handing_fonts import told
from configurator.uploads.limits import MOST_BYTES, MOST_MADE_BYTES, WALL_SECONDS
from configurator.uploads.made import Made

PROGRAM = "configurator.uploads.decoding_process"
ROOT = Path(__file__).parents[2]
AT_ONCE = 2
"""Pictures that are read at the same time; more wait, so that many visitors need no more memory than a few."""

_turns = threading.BoundedSemaphore(AT_ONCE)


class CannotBeUsed(Invalid):
    """An upload that cannot become a picture; the sentence says what to do."""


def decoded(file: IO[bytes], book: FontBook) -> Made:
    """What an upload becomes. file: with a descriptor, at its beginning. book: sets letters. Raises CannotBeUsed."""
    size = file.seek(0, 2)
    if size > MOST_BYTES:
        raise CannotBeUsed(too_large(size))
    file.seek(0)
    with _turns:
        return _answer(*_run(file, told(book)))


def too_large(size: int) -> str:
    """What a visitor is told about a file of so many bytes."""
    return (
        f"This file has {size / 1_000_000:.0f} MB; {MOST_BYTES // 1_000_000} can be sent. "
        "Save it smaller, for example as JPEG, and send that."
    )


def _run(file: IO[bytes], fonts: str) -> tuple[bytes, bytes]:
    """The line it told, and the bytes behind it. A process that hangs or says too much is ended."""
    command = [sys.executable, "-m", PROGRAM, fonts]
    alone = {"LC_ALL": "C.UTF-8", "VIPS_CONCURRENCY": "1"}
    with subprocess.Popen(  # noqa: S603 - our own program, without a shell
        command, stdin=file, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=alone, cwd=ROOT
    ) as process:
        late = threading.Timer(WALL_SECONDS, process.kill)
        late.start()
        try:
            out = process.stdout
            line = out.readline(10_000) if out else b""
            body = out.read(2 * MOST_MADE_BYTES) if out else b""
        finally:
            late.cancel()
            process.kill()
    return line, body


def _answer(line: bytes, body: bytes) -> Made:
    try:
        said: dict[str, Any] = json.loads(line)
    except ValueError:
        raise CannotBeUsed(
            "This picture takes too much work to read, or is damaged. Open it, save it anew and smaller, and send that."
        ) from None
    if "refused" in said:
        raise CannotBeUsed(said["refused"])
    asset, preview, _ = sizes = said.pop("sizes")
    if sum(sizes) != len(body):
        raise CannotBeUsed("Reading this picture was interrupted. Send it again.")
    return Made(**said, asset=body[:asset], preview=body[asset : asset + preview], small=body[asset + preview :])
