"""The catalogue: what can be made, from what price, by when."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from litestar import Response, get
from litestar.exceptions import NotFoundException

from configurator.blanks.blank import Blank
from configurator.designs.pricing import price_each
from configurator.production.promise import Promise
from configurator.web.picture_answers import KINDS, pictured
from configurator.web.rendering import AnyRequest, Pages
from configurator.web.samples import NAMES, TEAM, Samples
from configurator.web.studio import Studio
from configurator.web.visitors import shopper
from configurator.web.wiring import Wiring

TEAM_COUNT = 12


@dataclass(frozen=True, slots=True)
class Tile:
    """One blank in the catalogue. minutes: to make one in a store, None when no store can."""

    key: str
    name: str
    tagline: str
    stage: str
    category: str
    src: str
    price: int
    colours: tuple[str, ...]
    promise: Promise | None
    minutes: int | None
    stores: tuple[str, ...]
    wide: bool


@get("/", sync_to_thread=True)
def catalogue(request: AnyRequest, wiring: Wiring, pages: Pages, samples: Samples, studio: Studio) -> Response[str]:
    """All blanks, or those of one category."""
    shop = wiring.catalogue.shop
    asked = request.query_params.get("category")
    category = asked if asked in shop.categories else None
    now = wiring.clock.now()
    tiles = [_tile(blank, samples, studio, now) for blank in wiring.catalogue.blanks.values()]
    shown = [tile for tile in tiles if category in (None, tile.category)]
    used = {tile.category for tile in tiles}
    named = _named(wiring) if category is None else None
    values = {
        "hero": _hero(named, tiles, wiring, samples, now) if named else None,
        "team": _team(named, wiring, samples) if named else None,
        "tiles": shown,
        "category": category,
        "categories": [(key, label) for key, label in shop.categories.items() if key in used],
        "in_cart": shopper(request, wiring).in_cart,
    }
    return pages.page(request, "shop/catalogue.html", values)


@get("/pictures/sample/{name:str}", sync_to_thread=True)
def sample_picture(name: str, samples: Samples) -> Response[bytes]:
    """The picture of a blank's ready design; its address changes whenever the blank does."""
    stem, _, kind = name.rpartition(".")
    found = samples.named(f"{stem}.svg")
    if found is None or kind not in KINDS:
        raise NotFoundException
    return pictured(found.picture, kind)


def _tile(blank: Blank, samples: Samples, studio: Studio, now: datetime) -> Tile:
    sample = samples.sample(blank)
    return Tile(
        key=blank.key,
        name=blank.name,
        tagline=blank.tagline,
        stage=blank.stage,
        category=blank.category,
        src=samples.address(blank),
        price=sample.price,
        colours=sample.colours,
        promise=studio.promise_for(blank, sample.design, blank.least, now),
        minutes=min(sample.minutes.values(), default=None),
        stores=tuple(sample.minutes),
        wide=blank.size_mm[0] > 1.5 * blank.size_mm[1],
    )


def _named(wiring: Wiring) -> Blank | None:
    """The blank whose ready design has a name to fill in."""
    blanks = [blank for blank in wiring.catalogue.blanks.values() if blank.templates and blank.templates[0].fields]
    return next((known for known in blanks if known.key == "mug"), blanks[0] if blanks else None)


def _hero(blank: Blank, tiles: list[Tile], wiring: Wiring, samples: Samples, now: datetime) -> dict[str, Any]:
    """Three of one blank, one design, three names."""
    promises = [tile.promise for tile in tiles if tile.promise]
    return {
        "key": blank.key,
        "noun": blank.name.split(",")[0].lower(),
        "stage": blank.stage,
        "names": NAMES,
        "pictures": [
            {"src": samples.address(blank, number), "alt": f"{blank.name} with the name {name}"}
            for number, name in enumerate(NAMES, 1)
        ],
        "now": now,
        "promise": min(promises, key=lambda promise: promise.on, default=None),
        "in_store": _in_store(tiles, wiring),
        "most": max(known.most for known in wiring.catalogue.blanks.values()),
    }


def _team(blank: Blank, wiring: Wiring, samples: Samples) -> dict[str, Any]:
    """The same design with a team's names, and what one costs when there are so many."""
    count, shop = min(TEAM_COUNT, blank.most), wiring.catalogue.shop
    design = samples.sample(blank).design
    return {
        "key": blank.key,
        "count": count,
        "each": price_each(design, blank, shop, quantity=count, sewn=samples.sewn(blank)),
        "pictures": [samples.address(blank, number) for number in range(len(NAMES) + 1, len(TEAM) + 1)],
    }


def _in_store(tiles: list[Tile], wiring: Wiring) -> dict[str, Any] | None:
    """The store that makes most blanks while you wait."""
    stores = [facility for facility in wiring.catalogue.shop.facilities if facility.kind == "store"]
    counted = [(sum(store.key in tile.stores for tile in tiles), store) for store in stores]
    count, store = max(counted, key=lambda pair: pair[0], default=(0, None))
    if not count or store is None:
        return None
    minutes = [tile.minutes for tile in tiles if store.key in tile.stores and tile.minutes]
    return {"town": store.town, "count": count, "least": min(minutes), "most": max(minutes)}
