"""Where each line is made: the store it is wanted in, else the plant that has it there first, else where stock is."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from configurator.blanks.shop import Facility, Shop
from configurator.errors import Conflict
from configurator.stock.reserving import Shortage, SoldOut

AWAY_MIN = 60.0
"""How many minutes more of waiting work at home are worth making something elsewhere."""

DAY_MIN = 600.0
"""How many minutes more of waiting work nearby are worth a day under way: a day's work."""

FreeStock = Mapping[tuple[str, str], int]
"""(facility, component) -> how many can still be sold."""


class NotMadeAnywhere(Conflict):
    """No facility has every work centre a line needs."""

    def __init__(self, title: str) -> None:
        super().__init__(f"“{title}” cannot be made at the moment: no workshop has all machines for it. Remove it.")


@dataclass(frozen=True)
class LineNeeds:
    """What a line needs: its work centres, and its components for all its pieces together."""

    title: str
    centres: frozenset[str]
    components: Mapping[str, int]


def making_places(lines: Sequence[LineNeeds], free: FreeStock, shop: Shop, home: Facility) -> tuple[str, ...]:
    """A facility for every line: the first of `makers` that can make it and has its components.

    Raises SoldOut naming everything that is short, NotMadeAnywhere.
    """
    left = Counter(dict(free))
    short: list[tuple[str, LineNeeds]] = []
    places = []
    for line in lines:
        able = makers(line.centres, shop, home)
        if not able:
            raise NotMadeAnywhere(line.title)
        place = next((key for key in able if _has(left, key, line)), None)
        if place is None:
            short.append((_fullest(able, left, line), line))
        else:
            left.subtract({(place, component): count for component, count in line.components.items()})
        places.append(place or able[0])
    if short:
        raise _sold_out(short, zip(places, lines, strict=True), free, shop)
    return tuple(places)


@contextmanager
def named_shortages(shop: Shop) -> Iterator[None]:
    """Within it, SoldOut speaks of components by their labels."""
    try:
        yield
    except SoldOut as short:
        raise SoldOut(short.shortages, labels=_labels(shop)) from short


def home_of(fulfilment: str, facility: str, shop: Shop) -> Facility:
    """Where an order is at home: the store it is picked up in, or the plant that sends it."""
    if fulfilment == "ship":
        return next(facility for facility in shop.facilities if facility.kind == "plant")
    return shop.facility(facility)


def makers(centres: Collection[str], shop: Shop, home: Facility) -> list[str]:
    """Who has all these work centres: the home store, then the plants, then the stores, the soonest there first.

    A facility that is not home must be AWAY_MIN less busy: its pieces travel. For what is picked up, each day under way
    to the store counts like DAY_MIN of waiting work; a parcel is under way as long from everywhere.
    """

    def rank(facility: Facility) -> tuple[bool, str, float]:
        at_home = facility.key == home.key
        days = shop.days_between(facility, home.key) if home.kind == "store" else 0
        until = shop.queue_min(facility.key, centres) + (0.0 if at_home else AWAY_MIN) + DAY_MIN * days
        return not (at_home and home.kind == "store"), facility.kind, until

    return [facility.key for facility in sorted(shop.facilities, key=rank) if facility.makes(set(centres))]


def _has(left: Mapping[tuple[str, str], int], place: str, line: LineNeeds) -> bool:
    return all(left.get((place, component), 0) >= count for component, count in line.components.items())


def _fullest(able: Sequence[str], left: Mapping[tuple[str, str], int], line: LineNeeds) -> str:
    """The place that comes nearest to having it: its figures are the ones to tell the customer."""
    return max(able, key=lambda key: min((left.get((key, name), 0) - n for name, n in line.components.items())))


def _sold_out(
    short: Sequence[tuple[str, LineNeeds]],
    placed: Iterable[tuple[str, LineNeeds]],
    free: FreeStock,
    shop: Shop,
) -> SoldOut:
    """The shortages summed over all lines that want the same component at the same place."""
    wanted: Counter[tuple[str, str]] = Counter()
    missing = {id(line) for _, line in short}
    for place, line in [*short, *((place, line) for place, line in placed if id(line) not in missing)]:
        wanted.update({(place, component): count for component, count in line.components.items()})
    concerned = {(place, component) for place, line in short for component in line.components}
    shortages = [
        Shortage(component, wanted[place, component], max(0, free.get((place, component), 0)))
        for place, component in sorted(concerned)
        if wanted[place, component] > free.get((place, component), 0)
    ]
    return SoldOut(shortages, labels=_labels(shop))


def _labels(shop: Shop) -> dict[str, str]:
    return {key: component.label for key, component in shop.components.items()}
