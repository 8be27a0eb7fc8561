"""Where each line is made: the store it is wanted in, else the plant that has it there first, else where stock is."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from configurator.blanks.shop import Facility, Shop
from configurator.errors import Conflict
from configurator.stock.reserving import Shortage, SoldOut
from configurator.stock.shelf import Shelf, Source, soonest

AWAY_MIN = 60.0
"""How many minutes more of waiting work at home are worth making something elsewhere."""

DAY_MIN = 600.0
"""How many minutes more of waiting work nearby are worth a day under way: a day's work."""


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


def sourced(lines: Sequence[LineNeeds], shelf: Shelf, shop: Shop, home: Facility) -> tuple[Source, ...]:
    """A facility for every line, and what it takes there: the first of `makers` that has its components; if none has,
    the one where they are soonest. What is taken is taken from `shelf`.

    Raises SoldOut naming everything that is short, NotMadeAnywhere.
    """
    short: list[tuple[str, LineNeeds]] = []
    sources = []
    before = shelf.copied()
    for line in lines:
        able = makers(line.centres, shop, home)
        if not able:
            raise NotMadeAnywhere(line.title)
        source = soonest(shelf.offer(key, line.components) for key in able)
        if source is None:
            short.append((_fullest(able, shelf, line), line))
        else:
            shelf.take(source)
        sources.append(source or Source(able[0], ()))
    if short:
        raise _sold_out(short, zip((source.place for source in sources), lines, strict=True), before, shop)
    return tuple(sources)


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


def _fullest(able: Sequence[str], shelf: Shelf, line: LineNeeds) -> str:
    """The place that comes nearest to having it: its figures are the ones to tell the customer."""
    return max(able, key=lambda key: min((shelf.left(key, name) - n for name, n in line.components.items())))


def _sold_out(
    short: Sequence[tuple[str, LineNeeds]],
    placed: Iterable[tuple[str, LineNeeds]],
    shelf: Shelf,
    shop: Shop,
) -> SoldOut:
    """The shortages summed over all lines that want the same component at the same place."""
    wanted: Counter[tuple[str, str]] = Counter()
    missing = {id(line) for _, line in short}
    for place, line in [*short, *((place, line) for place, line in placed if id(line) not in missing)]:
        wanted.update({(place, component): count for component, count in line.components.items()})
    concerned = {(place, component) for place, line in short for component in line.components}
    shortages = [
        Shortage(component, wanted[place, component], shelf.left(place, component))
        for place, component in sorted(concerned)
        if wanted[place, component] > shelf.left(place, component)
    ]
    return SoldOut(shortages, labels=labels_of(shop))


def labels_of(shop: Shop) -> dict[str, str]:
    """Component -> what people call it."""
    return {key: component.label for key, component in shop.components.items()}
