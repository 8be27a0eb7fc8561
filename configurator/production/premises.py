"""The shop's facilities as they are now: what shop.toml began with, and what the workshop has changed since."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.blanks.blank import Blank
from configurator.blanks.calendar import DownTime
from configurator.blanks.catalogue import Catalogue
from configurator.blanks.repricing import PriceElsewhere, repriced
from configurator.blanks.rerouting import rerouted
from configurator.blanks.shop import Costing, Facility, Shop
from configurator.database import Database
from configurator.production.backlog import backlog
from configurator.production.facility_data import changed_facility, opened_facility, read_setups
from configurator.production.route_data import read_route
from configurator.production.rows import ShopRecord, StandStill

FRESH = timedelta(seconds=5)
"""How old the snapshot that pages see may be: another process may have changed something."""

OVER = timedelta(days=14)
"""How long a stand-still that is over is still drawn."""


def as_kept(session: Session, catalogue: Catalogue, now: datetime) -> Catalogue:
    """The catalogue with facilities, setups, stand-stills and prices as this transaction sees them."""
    rows = session.execute(sa.select(col(ShopRecord.key), col(ShopRecord.content)))
    records: dict[str, Any] = {row[0]: row[1] for row in rows}
    down = _down(session, now)
    shop = catalogue.shop
    known = [replace(one, down=tuple(down[one.key])) for one in _facilities(shop, records)]
    facilities = tuple(one for one in known if not one.closed)
    setups = read_setups(records["setups"]) if "setups" in records else shop.setups
    changeovers = setups.matrix() if "setups" in records else shop.changeovers
    costing = Costing(**records["costing"]) if "costing" in records else shop.costing
    now_kept = replace(
        shop,
        batch_pieces=records["batch"]["pieces"] if "batch" in records else shop.batch_pieces,
        together_min=records.get("batch", {}).get("together_min", shop.together_min),
        facilities=facilities,
        closed=tuple(one for one in known if one.closed),
        setups=setups,
        changeovers=changeovers,
        costing=costing,
        queues=backlog(session, facilities, now),
        routes={key: read_route(records[f"route:{key}"]) for key in catalogue.blanks if f"route:{key}" in records},
    )
    return Catalogue(now_kept, {key: _now(blank, records, now_kept) for key, blank in catalogue.blanks.items()})


def _facilities(shop: Shop, records: Mapping[str, Any]) -> Iterator[Facility]:
    """Those of shop.toml as the workshop has changed them, then those that it has opened since, by their keys."""
    yield from (changed_facility(one, records.get(f"facility:{one.key}")) for one in shop.facilities)
    begun = {f"facility:{one.key}" for one in shop.facilities}
    for name in sorted(name for name in records if name.startswith("facility:") and name not in begun):
        yield opened_facility(name.removeprefix("facility:"), records[name])


def _now(blank: Blank, records: Mapping[str, Any], shop: Shop) -> Blank:
    """A blank as the workshop sells and makes it."""
    return rerouted(_priced(blank, records, shop), shop.routes.get(blank.key, ()))


def _priced(blank: Blank, records: Mapping[str, Any], shop: Shop) -> Blank:
    """A blank at the price that was taken over in the workshop, as long as its file can have it."""
    taken = records.get(f"price:{blank.key}")
    if taken is None or not taken["lines"]:
        return blank
    try:
        return repriced(blank, taken["lines"], shop)
    except PriceElsewhere:
        return blank


def _down(session: Session, now: datetime) -> dict[str, list[DownTime]]:
    statement = sa.select(StandStill).where(col(StandStill.ends_at) > now - OVER).order_by(col(StandStill.id))
    found: dict[str, list[DownTime]] = defaultdict(list)
    for row in session.execute(statement).scalars():
        found[row.facility].append(DownTime(row.work_centre, row.machine, row.starts_at, row.ends_at, row.reason))
    return found


def _fresh(since: datetime, now: datetime) -> bool:
    return timedelta(0) <= now - since < FRESH


class Premises:
    """The catalogue for whoever is not in a transaction of its own: at most a few seconds old, safe among threads."""

    def __init__(self, start: Catalogue, database: Database) -> None:
        self.start = start
        self._database = database
        self._guard = Lock()
        self._seen: tuple[datetime, Catalogue] | None = None
        self._before = start

    def catalogue(self, now: datetime) -> Catalogue:
        """The snapshot, read anew when it is too old."""
        seen = self._seen
        if seen is not None and _fresh(seen[0], now):
            return seen[1]
        with self._guard:
            if self._seen is None or not _fresh(self._seen[0], now):
                with self._database.read() as session:
                    self._seen = now, self._same(as_kept(session, self.start, now))
            return self._seen[1]

    def _same(self, kept: Catalogue) -> Catalogue:
        """The catalogue of before while nothing has changed: what was laid out with it is remembered by it."""
        if self._before != kept:
            self._before = kept
        return self._before

    def forget(self) -> None:
        """Read anew next time: somebody has just changed something here."""
        with self._guard:
            self._seen = None
