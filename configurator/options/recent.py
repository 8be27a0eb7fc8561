"""A bounded memory of answers: the least recently used is forgotten first; safe between threads."""

import threading
from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Recent(Generic[T]):
    """Remembers at most so many values by key.

    Python's own cache does it, which works out the hash of a key once: keys hold whole elements and configurations.
    """

    def __init__(self, most: int) -> None:
        self._values = lru_cache(maxsize=most)(_made)

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The value remembered under the key, or a new one; two threads may make it at once, one is kept."""
        _asked.make = make
        found: T = self._values(key)
        return found

    def find(self, key: Hashable) -> T | None:
        """The value remembered under the key, if there is one."""
        _asked.make = _nothing
        try:
            found: T = self._values(key)
        except _Nothing:
            return None
        return found

    def __len__(self) -> int:
        return self._values.cache_info().currsize


class _Nothing(Exception):
    """Instead of a value, for that would be remembered."""


_asked = threading.local()
"""make: what makes the value that this thread asks for."""


def _made(_: Hashable) -> Any:
    return _asked.make()


def _nothing() -> None:
    raise _Nothing
