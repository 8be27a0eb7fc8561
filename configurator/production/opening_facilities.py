"""Another plant or store, opened in the workshop; closing one that has nothing left to do, and opening it again."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.blanks.catalogue import Catalogue
from configurator.blanks.shop import Facility, Shop
from configurator.errors import Conflict, Invalid
from configurator.jobs.contract import Jobs
from configurator.orders.rows import Order, Piece
from configurator.production.causes import Cause, tell
from configurator.production.changing_facility import MOST_DAYS, About, TooFar, check_about
from configurator.production.counters import lock
from configurator.production.facility_data import plain_facility
from configurator.production.premises import as_kept
from configurator.production.rows import Batch
from configurator.production.shop_records import Change, revision, write_record
from configurator.stock.rows import ExpectedGoods
from configurator.stock.rows_consignment import Consignment

GONE = ("handed_over", "rejected", "cancelled")
NAMED = 3
"""So many orders or batches are named of those that are in the way."""


class NameTaken(Conflict):
    """Two would be called the same."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is a “{name}” already. Give this one another name, or open that one again.")


class NeitherPlantNorStore(Invalid):
    """Customers come to a store, parcels leave from a plant."""

    def __init__(self) -> None:
        super().__init__("Choose whether it is a plant, which makes and sends, or a store, where customers come.")


class NotLikeAny(Invalid):
    """The calendar to be copied is of no facility."""

    def __init__(self) -> None:
        super().__init__("Choose whose opening hours, shifts and holidays it begins with.")


class StillAtWork(Conflict):
    """Something has to be done there first."""

    def __init__(self, name: str, obstacles: tuple[str, ...]) -> None:
        self.obstacles = obstacles
        super().__init__(f"{name} cannot be closed yet: {'; '.join(obstacles)}. Nothing was changed.")


@dataclass(frozen=True, slots=True)
class Opening:
    """A plant or store as it begins. like: key of the one whose calendar it copies, with_machines: its machines too.

    days_from: key of another facility -> days of the carrier from there to it; to one not named those of a parcel.
    """

    kind: str
    about: About
    like: str
    with_machines: bool = False
    days_from: Mapping[str, int] | None = None


def open_facility(session: Session, change: Change, wanted: Opening, *, catalogue: Catalogue, jobs: Jobs) -> str:
    """Open another one; its key. Raises NameTaken, NeitherPlantNorStore, NotLikeAny and what keeping what it is raises.

    Of two who open one at once the second sees the first's: they take turns.
    """
    lock(session, "facilities")
    shop = as_kept(session, catalogue, change.now).shop
    _check(wanted, shop)
    like, about = shop.facility(wanted.like), wanted.about
    new = replace(
        like,
        key=_key(wanted, shop),
        kind=_kind(wanted),
        centres=like.centres if wanted.with_machines else {},
        rules=like.rules if wanted.with_machines else (),
        closed=False,
        **asdict(about),
    )
    write_record(session, f"facility:{new.key}", replace(change, revision=0), plain_facility(new))
    for other in shop.facilities:
        days = (wanted.days_from or {}).get(other.key)
        if days is not None:
            _keep_now(session, change, replace(other, days_to={**other.days_to, new.key: days}))
    told = Cause("machines", new.key, f"{change.who} opened {new.name}")
    tell(session, told, jobs=jobs, now=change.now)
    return new.key


def close_facility(session: Session, change: Change, *, catalogue: Catalogue) -> None:
    """Nothing is made, kept or fetched there any more; what was stays readable.

    Raises StillAtWork, ChangedMeanwhile.
    """
    lock(session, "facilities")
    shop = as_kept(session, catalogue, change.now).shop
    here = shop.facility(change.facility)
    obstacles = tuple(_obstacles(session, here, shop))
    if obstacles:
        raise StillAtWork(here.name, obstacles)
    write_record(session, f"facility:{here.key}", change, plain_facility(replace(here, closed=True)))


def open_again(session: Session, change: Change, *, catalogue: Catalogue, jobs: Jobs) -> None:
    """As it was when it was closed. Raises ChangedMeanwhile."""
    here = as_kept(session, catalogue, change.now).shop.facility(change.facility)
    write_record(session, f"facility:{here.key}", change, plain_facility(replace(here, closed=False)))
    told = Cause("machines", here.key, f"{change.who} opened {here.name} again")
    tell(session, told, jobs=jobs, now=change.now)


def _check(wanted: Opening, shop: Shop) -> None:
    _kind(wanted)
    check_about(wanted.about)
    if any(days > MOST_DAYS for days in (wanted.days_from or {}).values()):
        raise TooFar
    if wanted.like not in {one.key for one in shop.facilities}:
        raise NotLikeAny
    if wanted.about.name.casefold() in {one.name.casefold() for one in (*shop.facilities, *shop.closed)}:
        raise NameTaken(wanted.about.name)


def _kind(wanted: Opening) -> Literal["plant", "store"]:
    if wanted.kind == "plant":
        return "plant"
    if wanted.kind == "store":
        return "store"
    raise NeitherPlantNorStore


def _key(wanted: Opening, shop: Shop) -> str:
    """`store-leipzig`, or `store-leipzig-2`: what nobody has."""
    plain = unicodedata.normalize("NFKD", wanted.about.town).encode("ascii", "ignore").decode().lower()
    begin = "-".join([wanted.kind, re.sub("[^a-z0-9]+", "-", plain).strip("-") or "new"])
    taken, number = {one.key for one in (*shop.facilities, *shop.closed)}, 1
    key = begin
    while key in taken:
        number += 1
        key = f"{begin}-{number}"
    return key


def _keep_now(session: Session, change: Change, facility: Facility) -> None:
    """At whatever revision it is: only the way to another one is added."""
    key = f"facility:{facility.key}"
    write_record(session, key, replace(change, revision=revision(session, key)), plain_facility(facility))


def _obstacles(session: Session, here: Facility, shop: Shop) -> Iterator[str]:
    """What has to be done before it can be closed, the last one of its kind first."""
    if [one.key for one in shop.facilities if one.kind == here.kind] == [here.key]:
        yield f"it is the only {here.kind}" + (", and parcels leave from one" if here.kind == "plant" else "")
    placed = sa.and_(col(Order.status) == "placed", col(Order.facility) == here.key)
    waiting = sa.select(col(Order.number)).where(placed, col(Order.fulfilment) != "ship").order_by(col(Order.id))
    yield from _named(session, waiting, "order is", "orders are", "to be picked up there")
    working = sa.select(col(Batch.number)).where(
        col(Batch.facility) == here.key, col(Batch.status).in_(("open", "released"))
    )
    yield from _named(session, working.order_by(col(Batch.id)), "batch is", "batches are", "open or being made")
    left = sa.select(col(Piece.code)).where(col(Piece.facility) == here.key, col(Piece.stage).not_in(GONE))
    yield from _named(session, left.order_by(col(Piece.id)), "piece waits", "pieces wait", "or lie there")
    coming = sa.select(col(ExpectedGoods.component)).where(col(ExpectedGoods.facility) == here.key)
    coming = coming.order_by(col(ExpectedGoods.id))
    yield from _named(session, coming, "delivery is", "deliveries are", "on the way to it")
    mine = sa.and_(col(Consignment.facility) == here.key, col(Consignment.closed_at).is_(None))
    given = sa.select(col(Consignment.number)).where(mine).order_by(col(Consignment.id))
    yield from _named(session, given, "consignment is", "consignments are", "to come back to it")


def _named(session: Session, statement: sa.Select[Any], one: str, more: str, what: str) -> Iterator[str]:
    names = list(session.execute(statement).scalars())
    if names:
        told = ", ".join(names[:NAMED]) + (" and others" if len(names) > NAMED else "")
        yield f"{len(names)} {one if len(names) == 1 else more} {what} ({told})"
