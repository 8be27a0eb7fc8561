"""A bounded memory of answers: the least recently used are forgotten first; safe between threads."""

import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from itertools import count
from typing import Generic, TypeVar

T = TypeVar("T")
SHARE = 8
"""One in so many is forgotten at a time: to find the least recently used means to look at all of them."""


@dataclass(slots=True, eq=False)
class _Kept(Generic[T]):
    """A value, and when it was used last."""

    value: T
    used: int


class Recent(Generic[T]):
    """Remembers at most so many values by key."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: dict[Hashable, _Kept[T]] = {}
        self._uses = count()
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The value remembered under the key, or a new one; two threads may make it at once, one is kept."""
        kept = self._values.get(key)
        if kept is None:
            kept = self._added(key, make())
        kept.used = next(self._uses)
        return kept.value

    def find(self, key: Hashable) -> T | None:
        """The value remembered under the key, if there is one."""
        kept = self._values.get(key)
        if kept is None:
            return None
        kept.used = next(self._uses)
        return kept.value

    def _added(self, key: Hashable, made: T) -> _Kept[T]:
        with self._lock:
            kept = self._values.setdefault(key, _Kept(made, next(self._uses)))
            if len(self._values) > self._most:
                self._forget()
        return kept

    def _forget(self) -> None:
        by_use = sorted(self._values.items(), key=_last_use)
        for key, _ in by_use[: len(by_use) - self._most + self._most // SHARE]:
            del self._values[key]

    def __len__(self) -> int:
        return len(self._values)


def _last_use(item: tuple[Hashable, _Kept[T]]) -> int:
    return item[1].used
