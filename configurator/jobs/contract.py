"""What a job is, on both engines.

A handler does its work outside any transaction (reads, files, mail; all with deterministic names, so that
doing it twice is doing it once) and returns what is to be written. The engine runs that in the one
transaction that also marks the job done: effects in the database happen exactly once.
"""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from sqlmodel import Session

Finish = Callable[[Session], None]
Handler = Callable[[Mapping[str, Any]], Finish | None]


class Jobs(Protocol):
    """The queue as the rest of the program sees it."""

    def enqueue(self, session: Session, kind: str, key: str, args: Mapping[str, Any] | None = None) -> bool:
        """Insert a job in the caller's transaction. `key` is unique for ever: False if it was there already."""
