"""Scanning a piece at one step of its batch: its stage stays as it is, what the step took can be told afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.blanks.shop import Shop
from configurator.errors import NotFound
from configurator.export.frozen import frozen_batch
from configurator.orders.codes import read_piece_code
from configurator.production import floor_answers as answers
from configurator.production.floor_store import ORDER, Scanned, booked_at, scanned
from configurator.production.hours import Hours
from configurator.production.rows import Batch
from configurator.production.scan_times import bookings
from configurator.production.scans import ScanAnswer, ScanIn, answer_before, first_time, keep_answer
from configurator.production.steps_seen import AT_STEP

OPEN_TO = ("released", "picked", "made", "checked")
"""The stages in which something may still be done to a piece."""


class NoSuchStep(NotFound):
    """A batch that is not released, or a step that it has not."""

    def __init__(self, number: str, step: str) -> None:
        super().__init__(f"{number} has no step “{step}” to scan at. Its page lists its steps once it is released.")


@dataclass(frozen=True, slots=True)
class ScannedStep:
    """A step of a released batch. station: where pieces are scanned for it; through: how many of its pieces were."""

    name: str
    work_centre: str
    pieces: int
    through: int
    leads: bool

    @property
    def station(self) -> str:
        """As its scans are kept."""
        return f"{AT_STEP}{self.name}"


def scanned_steps(session: Session, number: str) -> tuple[ScannedStep, ...]:
    """The steps of a released batch in the order in which it is made; the leading one is scanned at production.

    Empty if there is no such batch, or it is open.
    """
    batch = session.execute(sa.select(Batch).where(col(Batch.number) == number)).scalar_one_or_none()
    if batch is None or batch.frozen is None:
        return ()
    frozen, booked = frozen_batch(batch.frozen), bookings(session, batch.id or 0)
    counts = frozen.step_pieces or (len(frozen.pieces),) * len(frozen.operations)
    lead = next((name for name, centre, *_ in frozen.operations if centre == frozen.work_centre), "")
    return tuple(
        ScannedStep(name, centre, count, len(booked.get(f"{AT_STEP}{name}", ())), name == lead)
        for (name, centre, *_), count in zip(frozen.operations, counts, strict=True)
    )


def scan_at_step(session: Session, scan: ScanIn, step: str, *, shop: Shop, now: datetime) -> ScanAnswer:
    """Note that a piece of `scan.batch` is through a step, once, or say why not; its stage stays.

    The same scan id gets the same answer. Raises NoSuchStep, ScanIdTaken.
    """
    if not any(each.name == step and not each.leads for each in scanned_steps(session, scan.batch)):
        raise NoSuchStep(scan.batch, step)
    at = replace(scan, station=f"{AT_STEP}{step}")
    if not first_time(session, at, now):
        return answer_before(session, at)
    code = read_piece_code(at.code) or at.code.strip().upper()
    piece = scanned(session, code)
    if piece is None:
        return keep_answer(session, at, answers.unknown(code), None)
    answer = _refused(session, at, piece, shop) or answers.through_step(piece, step)
    return keep_answer(session, at, answer, piece.id)


def _refused(session: Session, scan: ScanIn, piece: Scanned, shop: Shop) -> ScanAnswer | None:
    if piece.batch != scan.batch:
        return answers.other_batch(piece, scan.batch, None)
    if piece.stage not in ORDER:
        return answers.gone(piece, "")
    local = Hours.of(shop.facility(piece.facility)).local
    before = booked_at(session, piece.id, scan.station)
    if before or piece.stage not in OPEN_TO:
        return answers.past_step(piece, scan.station.removeprefix(AT_STEP), before, local)
    return None


def next_of(steps: Sequence[ScannedStep], name: str) -> ScannedStep | None:
    """The step of that name; without one the first that pieces are not scanned for elsewhere."""
    return next((each for each in steps if not each.leads and name in (each.name, "")), None)
