"""The floor: a scan moves a piece one stage on, once, or says what is expected instead."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.blanks.shop import Shop
from configurator.errors import Invalid
from configurator.jobs.contract import Jobs
from configurator.orders.codes import read_piece_code
from configurator.orders.leaving import AS_READY
from configurator.orders.rows import Piece
from configurator.production import floor_answers as answers
from configurator.production.bins import bin_for
from configurator.production.floor_store import (
    BEFORE,
    ORDER,
    STATIONS,
    Scanned,
    arrived,
    booked_at,
    expected_next,
    finish_batch,
    missing,
    moved,
    scanned,
)
from configurator.production.hours import Hours
from configurator.production.parts_ready import tell_part
from configurator.production.promise_watch import Teller
from configurator.production.readiness import facility_name, make_ready
from configurator.production.remakes import remake
from configurator.production.rows_floor import QualityCheck
from configurator.production.scans import ScanAnswer, ScanIn, answer_before, first_time, keep_answer, moved_from


class NoDefect(Invalid):
    """A rejected piece needs to say what is wrong with it."""

    def __init__(self) -> None:
        super().__init__(
            "Choose what is wrong with it: the remake must not get the same flaw.", fields={"defect": "Choose one."}
        )


@dataclass(frozen=True, slots=True)
class _Deed:
    """A scan with everything it may need."""

    session: Session
    scan: ScanIn
    shop: Shop
    jobs: Jobs
    now: datetime

    @property
    def teller(self) -> Teller:
        """Who tells a customer of what it brings about."""
        return Teller(self.scan.who, self.shop, self.jobs, self.now)


def scan(session: Session, scan: ScanIn, *, shop: Shop, jobs: Jobs, now: datetime) -> ScanAnswer:
    """Book a piece at a station, or say why not and what is expected; the same scan id gets the same answer.

    Of two scans of one piece at once, by one clerk or two, one is booked. Raises NoDefect, ScanIdTaken.
    """
    if scan.station == "check" and scan.verdict == "reject" and not scan.defect.strip():
        raise NoDefect
    if not first_time(session, scan, now):
        return answer_before(session, scan)
    code = read_piece_code(scan.code) or scan.code.strip().upper()
    piece = scanned(session, code)
    if piece is None:
        return keep_answer(session, scan, answers.unknown(code), None)
    deed = _Deed(session, scan, shop, jobs, now)
    answer = _wrong_place(deed, piece) or _wrong_stage(deed, piece) or _wrong_turn(deed, piece) or _book(deed, piece)
    return keep_answer(session, scan, answer, piece.id)


def _wrong_place(deed: _Deed, piece: Scanned) -> ScanAnswer | None:
    """A piece of another facility, or of another batch than the one the station is working on."""
    if piece.arrives(deed.scan.station, deed.scan.facility):
        return None
    if piece.facility != deed.scan.facility:
        return answers.elsewhere(piece, facility_name(deed.shop, piece.facility))
    if deed.scan.batch and piece.batch != deed.scan.batch:
        expected = expected_next(deed.session, deed.scan.batch, deed.scan.station)
        return answers.other_batch(piece, deed.scan.batch, expected)
    return None


def _wrong_stage(deed: _Deed, piece: Scanned) -> ScanAnswer | None:
    """A piece that was here before, or that has not come this far, or that is not made at all."""
    if piece.stage == BEFORE[deed.scan.station] or piece.arrives(deed.scan.station, deed.scan.facility):
        return None
    local = Hours.of(deed.shop.facility(piece.facility)).local
    if piece.stage not in ORDER:
        return answers.gone(piece, _remake_of(deed.session, piece))
    if ORDER.index(piece.stage) < ORDER.index(BEFORE[deed.scan.station]):
        return answers.not_yet(piece, deed.scan.station, local)
    return answers.already(piece, deed.scan.station, booked_at(deed.session, piece.id, deed.scan.station), local)


def _wrong_turn(deed: _Deed, piece: Scanned) -> ScanAnswer | None:
    """At production the pieces of a batch come in the order of the sheet, unless somebody wants it otherwise."""
    if deed.scan.station != "production" or not deed.scan.batch or deed.scan.out_of_turn:
        return None
    expected = expected_next(deed.session, deed.scan.batch, "production")
    return answers.out_of_turn(piece, expected) if expected and expected.code != piece.code else None


def _book(deed: _Deed, piece: Scanned) -> ScanAnswer:
    rejected = deed.scan.station == "check" and deed.scan.verdict == "reject"
    stage = "rejected" if rejected else STATIONS[deed.scan.station]
    moved_from(deed.session, deed.scan, piece.stage, piece.facility)
    if piece.arrives(deed.scan.station, deed.scan.facility):
        arrived(deed.session, piece, deed.now)
    else:
        moved(deed.session, piece, deed.scan.station, stage, deed.now)
    answer = _rejected(deed, piece) if rejected else _DEEDS[deed.scan.station](deed, piece)
    coming = expected_next(deed.session, piece.batch, deed.scan.station) if piece.batch else None
    if coming is None:
        return answer
    return replace(answer, next=coming.code, next_design=coming.design_hash)


def _made(deed: _Deed, piece: Scanned) -> ScanAnswer:
    if piece.batch_id is not None:
        finish_batch(deed.session, piece.batch_id)
    return answers.made(piece)


def _passed(deed: _Deed, piece: Scanned) -> ScanAnswer:
    told = deed.scan
    deed.session.add(QualityCheck(scan_id=told.scan_id, piece_id=piece.id, passed=True, who=told.who, at=deed.now))
    deed.session.flush()
    return answers.passed(piece)


def _rejected(deed: _Deed, piece: Scanned) -> ScanAnswer:
    again = remake(deed.session, piece.id, shop=deed.shop, jobs=deed.jobs, now=deed.now)
    check = QualityCheck(
        scan_id=deed.scan.scan_id,
        piece_id=piece.id,
        passed=False,
        defect=deed.scan.defect.strip(),
        remake_id=again.id,
        who=deed.scan.who,
        at=deed.now,
    )
    deed.session.add(check)
    deed.session.flush()
    return answers.rejected(piece, again.code)


def _stored(deed: _Deed, piece: Scanned) -> ScanAnswer:
    here = deed.shop.facility(deed.scan.facility)
    place = bin_for(deed.session, piece.order_id, here, deed.now)
    left = missing(deed.session, piece.order_id)
    ready = left == 0 and make_ready(deed.session, piece.order_id, deed.teller)
    away = facility_name(deed.shop, piece.home) if piece.home != here.key else ""
    if left and _part(deed, piece):
        return answers.part_stored(piece, place)
    return answers.stored(piece, place, missing=left, ready=ready, away=away)


def _part(deed: _Deed, piece: Scanned) -> bool:
    """Whether what of the order was made with this piece may leave now, before the rest; its customer is told."""
    if piece.leaves != AS_READY or piece.batch_id is None:
        return False
    if missing(deed.session, piece.order_id, piece.batch_id):
        return False
    return tell_part(deed.session, piece.order_id, piece.batch_id, deed.teller)


_DEEDS: dict[str, Callable[[_Deed, Scanned], ScanAnswer]] = {
    "picking": lambda _, piece: answers.picked(piece),
    "production": _made,
    "check": _passed,
    "storage": _stored,
}


def _remake_of(session: Session, piece: Scanned) -> str:
    """The code of the piece made instead of a rejected one."""
    statement = sa.select(col(Piece.code)).where(col(Piece.remake_of) == piece.id, col(Piece.stage) != "cancelled")
    return session.execute(statement).scalar_one_or_none() or ""
