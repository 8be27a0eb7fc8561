"""A web font (woff2) as a plain font file: once a machine, in a process of its own, for it takes a second and 25 MB."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path


def unpacked(path: Path, folder: Path) -> Path:
    """The plain font of a web font, kept in a folder under its content's hash. Raises OSError, CalledProcessError."""
    kept = folder / f"{path.stem}-{hashlib.sha256(path.read_bytes()).hexdigest()[:16]}.ttf"
    if not kept.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run([sys.executable, __file__, str(path), str(kept)], check=True)  # noqa: S603  # this very file
    return kept


def main(source: str, target: str) -> None:
    """Unpack one file; whoever looks at the target sees all of it or nothing."""
    from fontTools.ttLib import woff2  # noqa: PLC0415 - only the process of its own needs it

    own = f"{target}.{os.getpid()}"
    woff2.decompress(source, own)  # type: ignore[no-untyped-call]  # fontTools types it not
    Path(own).replace(target)


if __name__ == "__main__":
    main(*sys.argv[1:])
