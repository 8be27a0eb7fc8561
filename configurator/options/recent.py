"""A bounded memory of answers: the least recently used is forgotten first; safe between threads."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class Recent(Generic[T]):
    """Remembers at most so many values by key."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[Hashable, T] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The value remembered under the key, or a new one; two threads may make it at once, one is kept."""
        with self._lock:
            if key in self._values:
                return self._used(key)
        made = make()
        with self._lock:
            kept = self._values.setdefault(key, made)
            self._values.move_to_end(key)
            if len(self._values) > self._most:
                self._values.popitem(last=False)
        return kept

    def find(self, key: Hashable) -> T | None:
        """The value remembered under the key, if there is one."""
        with self._lock:
            return self._used(key) if key in self._values else None

    def _used(self, key: Hashable) -> T:
        self._values.move_to_end(key)
        return self._values[key]

    def __len__(self) -> int:
        return len(self._values)
