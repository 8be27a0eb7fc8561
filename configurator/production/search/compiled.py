"""Searches are compiled by numba, once; import a module that is marked so only where it is used (64 MB, 0.3 s)."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

import numba

Taken = ParamSpec("Taken")
Given = TypeVar("Given")


def compiled(function: Callable[Taken, Given]) -> Callable[Taken, Given]:
    """The function in machine code, kept for later starts: beside its source, else in the user's cache folder.

    NUMBA_CACHE_DIR names another folder. Where none can be written, each start compiles for itself.
    Threads run it without the interpreter's lock.
    """
    try:
        made = numba.njit(cache=True, nogil=True)(function)
    except RuntimeError:  # numba's way to say that no folder can be written
        made = numba.njit(nogil=True)(function)
    return cast("Callable[Taken, Given]", made)
