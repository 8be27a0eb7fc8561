"""A mapping whose keys and values are worked out when they are first asked for."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Lazily(Mapping[K, V]):
    """Keys come from one function, each value from another; both are asked once at most a key."""

    def __init__(self, keys: Callable[[], Iterable[K]], value: Callable[[K], V]) -> None:
        self._find_keys = keys
        self._find = value
        self._keys: dict[K, None] | None = None
        self._values: dict[K, V] = {}

    def __getitem__(self, key: K) -> V:
        if key not in self._known():
            raise KeyError(key)
        if key not in self._values:
            self._values[key] = self._find(key)
        return self._values[key]

    def __contains__(self, key: object) -> bool:
        return key in self._known()

    def __iter__(self) -> Iterator[K]:
        return iter(self._known())

    def __len__(self) -> int:
        return len(self._known())

    def __repr__(self) -> str:
        return f"Lazily({dict(self)!r})"

    def _known(self) -> dict[K, None]:
        if self._keys is None:
            self._keys = dict.fromkeys(self._find_keys())
        return self._keys
