"""What was made of things is kept while the very same things are asked about: to compare them would take longer."""

from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

from configurator.options.recent import Recent

Made = TypeVar("Made")


class Known(Generic[Made]):
    """Remembers at most so many results by the identity of what they were made of; safe between threads."""

    def __init__(self, most: int) -> None:
        self._recent: Recent[tuple[Sequence[object], Made]] = Recent(most)

    def get(self, things: Sequence[object], also: Hashable, make: Callable[[], Made]) -> Made:
        """What is remembered of these very objects, or a new one. also: what is compared by value.

        They are kept with it, so that none of their places in memory is given to another object meanwhile.
        """
        return self._recent.get((also, *map(id, things)), lambda: (things, make()))[1]
