"""Compiled templates, kept as files: a page's first visitor after a start does not wait for the compiler."""

import hashlib
from contextlib import suppress
from pathlib import Path

import jinja2
from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket


class KeptTemplates(FileSystemBytecodeCache):
    """Under a folder named by `recipe`: what compiled code depends on besides its template and Python."""

    def __init__(self, cache: Path, recipe: str) -> None:
        named = hashlib.sha256(f"{jinja2.__version__} {recipe}".encode()).hexdigest()[:16]
        folder = cache / named
        folder.mkdir(parents=True, exist_ok=True)
        super().__init__(str(folder))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it, if there is room: a full disk is no reason to show no page."""
        with suppress(OSError):
            super().dump_bytecode(bucket)
