"""A configuration that notes what of it is read, and a memory of what is made from just that."""

from collections.abc import Callable, Hashable, Iterator, Mapping
from typing import Generic, TypeVar

from configurator.options.model import Chosen, Configuration
from configurator.options.recent import Recent

T = TypeVar("T")


class Watched(Mapping[str, Chosen]):
    """A configuration. read: the options that were looked at; all of them once it was gone through."""

    def __init__(self, configuration: Configuration) -> None:
        self._configuration = configuration
        self.read: set[str] = set()

    def __getitem__(self, key: str) -> Chosen:
        self.read.add(key)
        return self._configuration[key]

    def __iter__(self) -> Iterator[str]:
        self.read.update(self._configuration)
        return iter(self._configuration)

    def __len__(self) -> int:
        return len(self._configuration)


class ByWhatIsRead(Generic[T]):
    """Remembers at most so many values by what of a configuration they were made from, whatever else was chosen.

    What is read may depend on what was read before: where all options are the same that were ever read, so is the
    value. A value is kept under no fewer options than it was made from, whatever other threads do meanwhile.
    """

    def __init__(self, most: int) -> None:
        self._recent: Recent[T] = Recent(most)
        self._read: dict[Hashable, frozenset[str]] = {}

    def get(
        self, model: Hashable, more: Hashable, configuration: Configuration, make: Callable[[Configuration], T]
    ) -> T:
        """The value for a configuration of a model. more: all else that it depends on."""
        known = self._read.get(model, frozenset())
        found = self._recent.find((model, more, _chosen(known, configuration)))
        if found is not None:
            return found
        watched = Watched(configuration)
        made = make(watched)
        read = self._read[model] = known | watched.read
        return self._recent.get((model, more, _chosen(read, configuration)), lambda: made)


def _chosen(read: frozenset[str], configuration: Configuration) -> Hashable:
    return frozenset([(key, configuration.get(key)) for key in read])
