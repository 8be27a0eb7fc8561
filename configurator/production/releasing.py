"""Releasing: an open batch becomes a frozen one, once; its package is written by a durable job."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.artwork.freezing import thaw
from configurator.artwork.pictures import Pixels
from configurator.artwork.scene import Scene
from configurator.blanks.catalogue import Catalogue
from configurator.blanks.shop import Shop
from configurator.clock import Clock, spoken
from configurator.database import Database
from configurator.errors import Conflict, NotFound, Refusal
from configurator.export.delivery import Delivery
from configurator.export.frozen import FrozenBatch, frozen_batch, plain_batch
from configurator.jobs.contract import Finish, Handler, Jobs
from configurator.orders.planning_wanted import Place
from configurator.orders.rows import StoredDesign
from configurator.production.design_reading import Ordered, chunks, designs_ordered
from configurator.production.freezing import ToFreeze, frozen
from configurator.production.hours import Hours
from configurator.production.laying_out import Layout
from configurator.production.layout_store import kept_layout, outlines_of, sheets_are_found
from configurator.production.premises import as_kept
from configurator.production.release_store import PieceToMake, claim, claim_pieces, tell_orders
from configurator.production.routing import route
from configurator.production.rows import Batch
from configurator.production.settling import settle
from configurator.production.sheet_proving import sure_layout
from configurator.stock.reserving import PieceUse, use


class NoSuchBatch(NotFound):
    """There is no batch of this number (any more)."""

    def __init__(self) -> None:
        super().__init__(
            "There is no such batch. It may have lost its last piece; the board shows those that are open."
        )


class AlreadyReleased(Conflict):
    """Somebody, or the cut-off, was faster."""

    def __init__(self, batch: Batch, when: str) -> None:
        super().__init__(f"{batch.number} is released already, {when} by {batch.released_by}. Open it for its package.")


class NotReleasedYet(Conflict):
    """A batch that still fills has no package."""

    def __init__(self, number: str) -> None:
        super().__init__(f"{number} is still open, so there is no package of it. Release it first.")


class NothingToRelease(Conflict):
    """Every piece of the batch was cancelled or is held."""

    def __init__(self, number: str) -> None:
        super().__init__(f"Nobody is in {number} any more: its pieces were cancelled or are on hold. Plan again.")


@dataclass(frozen=True, slots=True)
class DueReleases:
    """Numbers of the batches that were released, and (number, why not) of those that could not be.

    places: the (facility, process) of each of them.
    """

    released: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]
    places: tuple[Place, ...] = ()


def release(  # noqa: PLR0913 everything it depends on is passed in: promise 8
    session: Session, batch_id: int, *, who: str, catalogue: Catalogue, jobs: Jobs, now: datetime
) -> Batch:
    """Freeze an open batch: its pieces, sheets and papers as they are now; use its stock; ask for its package.

    Of two releases at once one wins. Raises AlreadyReleased, NothingToRelease, NoSuchBatch; roll back then.
    """
    catalogue = as_kept(session, catalogue, now)
    won = claim(session, batch_id, who=who, now=now)
    batch = session.get(Batch, batch_id, populate_existing=True)
    if batch is None:
        raise NoSuchBatch
    if not won:
        raise AlreadyReleased(batch, _told(batch, catalogue.shop))
    pieces = claim_pieces(session, batch_id, now)
    if not pieces:
        raise NothingToRelease(batch.number)
    making = _to_freeze(session, pieces, catalogue)
    settle(session, batch, making, catalogue.shop, now)
    frozen_now = frozen(batch, making, catalogue.shop, _sheets(session, batch_id, making, catalogue.shop))
    batch.sheets = sum(not sheet.output for sheet in frozen_now.sheets)
    batch.frozen = plain_batch(frozen_now)
    uses = [PieceUse(piece.id, piece.order_id, piece.uses) for piece in pieces]
    use(session, batch.facility, uses, now=now)
    tell_orders(session, pieces, now)
    jobs.enqueue(session, "export", package_job(batch.number), {"batch": batch_id})
    session.flush()
    return batch


def package_job(number: str) -> str:
    """The key of the job that writes a batch's package."""
    return f"export:{number}"


def release_due(session: Session, *, catalogue: Catalogue, jobs: Jobs, now: datetime) -> DueReleases:
    """Release every open batch whose time has come. One that cannot be released stays open, with the reason.

    One whose sheets are just being looked for has a few minutes more.
    """
    statement = sa.select(col(Batch.id), col(Batch.number), col(Batch.facility), col(Batch.work_centre))
    statement = statement.where(*due_now(now), sheets_are_found(now)).order_by(col(Batch.id))
    released, refused, places = [], [], []
    for batch_id, number, facility, centre in session.execute(statement).all():
        places.append((facility, centre))
        try:
            with session.begin_nested():
                release(session, batch_id, who="cut-off", catalogue=catalogue, jobs=jobs, now=now)
            released.append(number)
        except Refusal as refusal:
            refused.append((number, refusal.sentence))
    return DueReleases(tuple(released), tuple(refused), tuple(places))


def due_now(now: datetime) -> tuple[Any, ...]:
    """Of a batch that is to be released by itself: it is open, its time has come, nobody holds it."""
    return col(Batch.status) == "open", col(Batch.closes_at) <= now, col(Batch.held) == ""


def export_handler(
    database: Database,
    delivery: Delivery,
    clock: Clock,
    profiles: Mapping[str, bytes] | None = None,
    *,
    pixels: Pixels | None = None,
) -> Handler:
    """The job "export" {"batch": id}: writes the package from what was frozen, then records folder and digest.

    profiles: ICC, by SHA-256. Written twice it is byte for byte the same package in the same folder.
    """

    def export(args: Mapping[str, Any]) -> Finish:
        # Imported here: what writes PDF and DXF takes 40 MB that a process which only serves pages does not need.
        from configurator.export.package import write_package  # noqa: PLC0415 see above

        batch_id = int(args["batch"])
        with database.read() as session:
            source = package_source(session, batch_id)
        written = write_package(
            source.batch, source.scenes, delivery, pictures=source.pictures, profiles=profiles, pixels=pixels
        )

        def record(session: Session) -> None:
            statement = sa.update(Batch).where(col(Batch.id) == batch_id)
            values = {"package": written.folder, "package_digest": written.digest, "packaged_at": clock.now()}
            session.execute(statement.values(**values).execution_options(synchronize_session=False))

        return record

    return export


@dataclass(frozen=True, slots=True)
class PackageSource:
    """All a package is written from. scenes, pictures (SVG): by design hash, as kept with the orders."""

    batch: FrozenBatch
    scenes: Mapping[str, tuple[Scene, ...]]
    pictures: Mapping[str, str]


def package_source(session: Session, batch_id: int) -> PackageSource:
    """A released batch and the artwork of its designs. Raises NoSuchBatch, NotReleasedYet."""
    row = session.execute(sa.select(col(Batch.number), col(Batch.frozen)).where(col(Batch.id) == batch_id)).first()
    if row is None:
        raise NoSuchBatch
    if row[1] is None:
        raise NotReleasedYet(row[0])
    batch = frozen_batch(row[1])
    scenes: dict[str, tuple[Scene, ...]] = {}
    pictures: dict[str, str] = {}
    for chunk in chunks(sorted({piece.design_hash for piece in batch.pieces})):
        statement = sa.select(col(StoredDesign.hash), col(StoredDesign.scenes), col(StoredDesign.picture))
        for design_hash, stored, picture in session.execute(statement.where(col(StoredDesign.hash).in_(chunk))):
            scenes[design_hash] = thaw(stored)
            pictures[design_hash] = zlib.decompress(picture).decode()
    return PackageSource(batch, scenes, pictures)


def _to_freeze(session: Session, pieces: Sequence[PieceToMake], catalogue: Catalogue) -> list[ToFreeze]:
    known = designs_ordered(session, {piece.design_hash for piece in pieces}, catalogue)
    routes = {
        key: route(each.design, each.blank, each.minutes, each.cut)
        for key, each in known.items()
        if isinstance(each, Ordered)
    }
    found = []
    for piece in pieces:
        ordered = known[piece.design_hash]
        if not isinstance(ordered, Ordered):
            raise ordered
        found.append(ToFreeze(piece, ordered, routes[piece.design_hash]))
    return found


def _sheets(session: Session, batch_id: int, making: Sequence[ToFreeze], shop: Shop) -> Layout:
    """The verified layout: by outlines if it was found for just these pieces. Raises FaultySheets."""
    lying = [(each.piece.code, each.piece.design_hash, each.route) for each in making]
    shaped = kept_layout(session, batch_id, lying)
    outlines = outlines_of(session, [(design, route) for _, design, route in lying])
    return sure_layout(lying, shop.methods, shaped, outlines)


def _told(batch: Batch, shop: Shop) -> str:
    """When it was released, by the facility's clock."""
    at = batch.released_at
    if not at:
        return "before"
    local = Hours.of(shop.facility(batch.facility)).local(at)
    return f"on {spoken(local)} at {local:%H:%M}"
