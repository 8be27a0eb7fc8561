"""The program that reads one upload: the file is its stdin, the picture made of it its stdout. Run by decoding.py.

Its one argument names the shop's fonts (handing_fonts.py): letters of a drawing are set in them.

It limits itself before it looks at the file: memory, seconds, and no more open files, so no network either.
"""

import json
import os
import re
import resource
import sys
from collections.abc import Callable
from typing import BinaryIO

from configurator.uploads.limits import CPU_SECONDS, MEMORY_BYTES, MOST_BYTES, MOST_DRAWING_BYTES
from configurator.uploads.made import Made
from configurator.uploads.refusing import Unusable
from configurator.uploads.sniffing import HEAD, kind_of

_TEXT = re.compile(rb"<(?:[\w-]+:)?text\b")
TOO_HARD = "This file takes more memory than a picture should. Open it, save it smaller and send that."


def main() -> None:
    """One JSON line, then the bytes it names the sizes of."""
    try:
        made = _reader(kind_of(os.pread(0, HEAD, 0)))(_limited_input())
    except Unusable as fault:
        _answer(sys.stdout.buffer, {"refused": fault.sentence})
    except MemoryError:
        _answer(sys.stdout.buffer, {"refused": TOO_HARD})
    else:
        parts = (made.asset, made.preview, made.small)
        told = {name: getattr(made, name) for name in ("kind", "media", "width", "height", "note", "doubt")}
        _answer(sys.stdout.buffer, {**told, "sizes": [len(part) for part in parts]}, *parts)


def _reader(kind: str) -> Callable[[bytes], Made]:
    """Only what this kind needs is loaded, and all of that before the limits."""
    if kind == "svg":
        return _drawing_reader()
    if kind == "pdf":
        from configurator.uploads.pages import read_page  # noqa: PLC0415 see above

        return read_page
    if kind == "heic":
        from pi_heif.as_plugin import register_heif_opener  # noqa: PLC0415 see above

        register_heif_opener(thumbnails=False)
    from configurator.uploads.rasters import read_raster  # noqa: PLC0415 see above

    return lambda content: read_raster(content, kind)


def _drawing_reader() -> Callable[[bytes], Made]:
    from configurator.uploads.drawings import read_drawing  # noqa: PLC0415 see above
    from configurator.uploads.handing_fonts import opened  # noqa: PLC0415 see above

    with_letters = len(sys.argv) > 1 and _TEXT.search(os.pread(0, MOST_DRAWING_BYTES, 0))
    book = opened(sys.argv[1]) if with_letters else None
    return lambda content: read_drawing(content, book)


def _limited_input() -> bytes:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    return sys.stdin.buffer.read(MOST_BYTES + 1)


def _answer(out: BinaryIO, told: dict[str, object], *parts: bytes) -> None:
    out.write(json.dumps(told).encode() + b"\n")
    for part in parts:
        out.write(part)
    out.flush()


if __name__ == "__main__":
    main()
