"""Python's cycle collector and what stays: nothing is looked through for cycles while it is put together."""

import gc
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

COLLECTED_AFTER = (50_000, 10, 10)
"""New objects after which the youngest are looked through for cycles, and how many such rounds before older ones."""
AFTER_AN_ANSWER = (20_000, 5, 25)
"""The same once an answer has gone out, when nobody waits for it."""

Server = Callable[[Any, Any, Any], Awaitable[None]]
"""An ASGI application."""


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


def between_answers(server: Server) -> Server:
    """The server, which looks for cycles when an answer has gone out and not while somebody waits for the next."""

    async def serving(scope: Any, receive: Any, send: Any) -> None:
        await server(scope, receive, send)
        if (generation := due(gc.get_count())) is not None:
            gc.collect(generation)

    return serving


def due(counts: tuple[int, int, int]) -> int | None:
    """The generation to look through; None while there is little. counts: new objects, then rounds since the last."""
    full = [count >= most for count, most in zip(counts, AFTER_AN_ANSWER, strict=True)]
    generation = [*full, False].index(False) - 1
    return None if generation < 0 else generation
