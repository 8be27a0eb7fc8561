"""Loops compiled to machine code by numba; import a module that holds some only where it is used (64 MB, 0.3 s)."""

import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import ParamSpec, TypeVar, cast

import numba

Taken = ParamSpec("Taken")
Given = TypeVar("Given")

ROOT = Path(__file__).parent
LOOPS = ("options", "production/search")
"""The folders that hold loops, and what is built into them."""


def kept_in(root: Path, given: str = "") -> Path:
    """Where the machine code of just these sources is kept: numba itself heeds changes of a function's own file only,
    and would run an upgraded loop with the old one that it calls.

    given: NUMBA_CACHE_DIR; else beside the sources, or in the user's cache folder where those cannot be written.
    """
    sources = sha256()
    for file in sorted(file for folder in LOOPS for file in (root / folder).glob("*.py")):
        sources.update(file.name.encode() + b"\n" + file.read_bytes())
    beside = root if os.access(root, os.W_OK) else Path.home() / ".cache" / "configurator"
    return Path(given or beside / "__pycache__") / f"loops-{sources.hexdigest()[:12]}"


numba.config.CACHE_DIR = str(kept_in(ROOT, numba.config.CACHE_DIR))  # type: ignore[attr-defined] # made of its settings


def compiled(function: Callable[Taken, Given]) -> Callable[Taken, Given]:
    """The function in machine code, kept for later starts (see `kept_in`).

    Where no folder can be written, each start compiles for itself. Threads run it without the interpreter's lock.
    """
    try:
        made = numba.njit(cache=True, nogil=True)(function)
    except RuntimeError:  # numba's way to say that no folder can be written
        made = numba.njit(nogil=True)(function)
    return cast("Callable[Taken, Given]", made)
