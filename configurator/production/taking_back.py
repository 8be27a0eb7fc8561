"""A scan taken back: what it did is undone in one transaction, once, as long as nothing rests on it."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.blanks.shop import Shop
from configurator.database import insert_into
from configurator.errors import Conflict, NotFound
from configurator.jobs.contract import Jobs
from configurator.orders.events import Happening, happened
from configurator.orders.notices import unsay
from configurator.orders.payment import locked_order
from configurator.orders.rows import Piece
from configurator.production.bins import bin_for, leave_bin
from configurator.production.floor_answers import booked_since
from configurator.production.floor_store import STATIONS, Scanned, reopen_batch, scanned
from configurator.production.remakes import CustomerWasTold, unmake
from configurator.production.rows_floor import Scan, ScanTakenBack
from configurator.production.scans import ScanAnswer
from configurator.production.steps_seen import AT_STEP


class NoSuchScan(NotFound):
    """There is no scan of this id."""

    def __init__(self) -> None:
        super().__init__("There is no such scan. Nothing was taken back: scan the piece and look what it says.")


class NothingBooked(Conflict):
    """A scan that was refused did nothing."""

    def __init__(self) -> None:
        super().__init__("That scan booked nothing, so there is nothing to take back.")


class TooLateToTakeBack(Conflict):
    """The scan is older than the shop allows."""

    def __init__(self, code: str, minutes: int) -> None:
        for_long = f"A scan can be taken back for {minutes} minutes" if minutes else "This shop takes no scans back"
        super().__init__(f"{for_long}, so {code} stays where it is.")


class MovedOn(Conflict):
    """The piece is somewhere else by now."""

    def __init__(self, code: str, since: str) -> None:
        super().__init__(f"{code} {since}, so this scan stays booked. Take that back first if it was wrong too.")


@dataclass(frozen=True, slots=True)
class Taker:
    """Who takes a scan back, and what it takes."""

    who: str
    shop: Shop
    jobs: Jobs
    now: datetime


def take_back(session: Session, scan_id: str, taker: Taker) -> ScanTakenBack:
    """Undo a booked scan; taken back twice, or by two at once, is taken back once: the first one's name stays.

    Scan and taking back both stay in the record. Raises NoSuchScan, NothingBooked, TooLateToTakeBack, MovedOn,
    RemakeBegun, FiguresWrittenDown, CustomerWasTold; the caller's transaction is to be given up then.
    """
    scan = session.get(Scan, scan_id)
    if scan is None:
        raise NoSuchScan
    if not ScanAnswer(**scan.answer).booked:
        raise NothingBooked
    piece = scanned(session, scan.answer["piece"])
    if piece is None:
        raise NoSuchScan
    known = taken_back(session, scan_id)
    if known is not None:
        return known
    if not may_take_back(scan.at, taker.shop, taker.now):
        raise TooLateToTakeBack(piece.code, taker.shop.take_back.scans_min)
    if not scan.station.startswith(AT_STEP):
        _put_back(session, scan, piece, taker)
    return _noted(session, scan_id, taker)


def may_take_back(at: datetime, shop: Shop, now: datetime) -> bool:
    """Whether a scan of that time is young enough."""
    return now - at < shop.take_back.scans


def taken_back(session: Session, scan_id: str) -> ScanTakenBack | None:
    """Who took a scan back and when; None: it stands."""
    return session.get(ScanTakenBack, scan_id, populate_existing=True)


def _noted(session: Session, scan_id: str, taker: Taker) -> ScanTakenBack:
    """The pieces' rows are locked, so that of two at once the second has found the first one's note already."""
    session.execute(insert_into(session, ScanTakenBack).values(scan_id=scan_id, who=taker.who, at=taker.now))
    return session.get_one(ScanTakenBack, scan_id)


def _put_back(session: Session, scan: Scan, piece: Scanned, taker: Taker) -> None:
    rejected = bool(scan.answer.get("remake"))
    reached = "rejected" if rejected else STATIONS[scan.station]
    if (piece.stage, piece.facility) != (reached, scan.facility):
        raise MovedOn(piece.code, booked_since(piece))
    if rejected:
        unmake(session, piece.id, jobs=taker.jobs, now=taker.now)
    if scan.station == "production" and piece.batch_id is not None:
        reopen_batch(session, piece.batch_id)
    session.execute(
        sa.update(Piece)
        .where(col(Piece.id) == piece.id)
        .values(stage=scan.was_stage, facility=scan.was_facility, moved_at=taker.now)
        .execution_options(synchronize_session=False)
    )
    if scan.station == "storage":
        _unstore(session, scan, piece, taker)


def _unstore(session: Session, scan: Scan, piece: Scanned, taker: Taker) -> None:
    """It does not lie in its bin: its order is not ready any more, nor is a part of it that was told."""
    order = locked_order(session, piece.order_id)
    told = [unsay(session, taker.jobs, piece.order_id, "ready")] if order.ready_at else []
    told.append(unsay(session, taker.jobs, piece.order_id, "part", again=piece.batch))
    if "begun" in told and order.email:
        raise CustomerWasTold("it is ready")
    if order.ready_at or "withdrawn" in told:
        sentence = "It is not all ready after all: one piece is looked at once more. You are told when it is."
        happened(session, piece.order_id, Happening("not-ready", sentence, taker.who), now=taker.now)
    order.ready_at = None
    session.flush()
    leave_bin(session, piece.order_id, scan.facility)
    if scan.was_stage == "stored":
        bin_for(session, piece.order_id, taker.shop.facility(scan.was_facility), taker.now)
