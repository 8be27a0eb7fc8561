"""Python's cycle collector and what stays: nothing is looked through for cycles while it is put together."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

COLLECTED_AFTER = (50_000, 10, 10)
"""New objects after which the youngest are looked through for cycles, and how many such rounds before older ones."""


@contextmanager
def loading() -> Iterator[None]:
    """What is loaded within stays: the collector neither runs meanwhile nor looks through it afterwards."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def collect_less() -> None:
    """For as long as the process lives. Counting references frees nearly everything at once, as ever."""
    gc.set_threshold(*COLLECTED_AFTER)
