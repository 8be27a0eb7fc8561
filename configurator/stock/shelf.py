"""What can still be promised: what lies there first, then what is expected, the soonest first; pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

FreeStock = Mapping[tuple[str, str], int]
"""(facility, component) -> how many can still be sold."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """Some of a component on its way. number: the delivery's; left: how many of it nobody was promised yet, promised:
    how many somebody was."""

    number: int
    on: date
    left: int
    promised: int = 0


Coming = Mapping[tuple[str, str], Sequence[Delivery]]
"""(facility, component) -> its deliveries, the soonest first."""

NOTHING_COMES: Coming = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Taken:
    """Of a component: so many that lie there, so many of each delivery, and how many are missing even so."""

    component: str
    here: int
    coming: tuple[tuple[Delivery, int], ...] = ()
    missing: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """A facility and what it would take there."""

    place: str
    taken: tuple[Taken, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing."""
        return not any(each.missing for each in self.taken)

    @property
    def here(self) -> Mapping[str, int]:
        """Component -> how many of it lie there."""
        return {each.component: each.here for each in self.taken if each.here}

    @property
    def awaits(self) -> tuple[str, Delivery] | None:
        """The component and the delivery that come last; None when everything lies there."""
        found = [(each.component, delivery) for each in self.taken for delivery, _ in each.coming]
        return max(found, key=lambda pair: (pair[1].on, pair[1].number), default=None)


class Shelf:
    """What can still be promised everywhere, less after each `take`."""

    def __init__(self, free: FreeStock, coming: Coming = NOTHING_COMES) -> None:
        self._free = dict(free)
        self._coming = {place: list(deliveries) for place, deliveries in coming.items()}

    def copied(self) -> "Shelf":
        """The same, to take from without taking from this one."""
        return Shelf(self._free, self._coming)

    def left(self, place: str, component: str) -> int:
        """How many can be promised at a place, sooner or later."""
        coming = sum(delivery.left for delivery in self._coming.get((place, component), ()))
        return max(0, self._free.get((place, component), 0)) + coming

    def offer(self, place: str, needs: Mapping[str, int]) -> Source:
        """What `needs` (component -> count) would take at a place."""
        return Source(place, tuple(self._offered(place, name, n) for name, n in sorted(needs.items()) if n > 0))

    def take(self, source: Source) -> None:
        """Nobody else can be promised this."""
        for each in source.taken:
            key = source.place, each.component
            self._free[key] = self._free.get(key, 0) - each.here
            less = {delivery.number: count for delivery, count in each.coming}
            self._coming[key] = [
                replace(one, left=one.left - less.get(one.number, 0), promised=one.promised + less.get(one.number, 0))
                for one in self._coming.get(key, ())
            ]

    def _offered(self, place: str, component: str, count: int) -> Taken:
        here = min(count, max(0, self._free.get((place, component), 0)))
        rest, coming = count - here, list[tuple[Delivery, int]]()
        for delivery in self._coming.get((place, component), ()):
            share = min(rest, delivery.left)
            if share > 0:
                coming.append((delivery, share))
                rest -= share
        return Taken(component, here, tuple(coming), rest)


def soonest(sources: Iterable[Source]) -> Source | None:
    """The first that has everything; else the first of those that have everything soonest; None if none ever has."""
    whole = [source for source in sources if source.is_whole]
    return min(whole, key=lambda source: source.awaits[1].on if source.awaits else date.min, default=None)
