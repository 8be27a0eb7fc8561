"""The demo's pieces are scanned as they come out of every step of a larger batch: what each step took is told by it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.export.frozen import frozen_batch
from configurator.production.hours import Hours
from configurator.production.rows import Batch, BatchStep
from configurator.production.scans import ScanIn
from configurator.production.step_scans import ScannedStep, scan_at_step, scanned_steps
from configurator.web.wiring import Wiring

FEWEST, MOST = 5, 40
"""Pieces of a batch that somebody scans step by step: of fewer nobody can tell a pace, of more it is too much work."""


@dataclass(frozen=True, slots=True)
class _Step:
    """A step as it was released. each_min: minutes that a piece was to take."""

    scanned: ScannedStep
    begins: datetime
    changeover_min: float
    each_min: float
    hours: Hours


def scan_steps(wiring: Wiring, number: str, codes: Sequence[str], made_at: Sequence[datetime]) -> None:
    """Scan a batch's pieces at all steps that each of them needs; made_at: when they came out of the leading one."""
    if not FEWEST <= len(codes) <= MOST:
        return
    with wiring.database.read() as session:
        steps = list(_steps(session, wiring, number, len(codes)))
    came: Sequence[datetime] = ()
    now, shop = wiring.clock.now(), wiring.catalogue.shop
    for step in steps:
        came = made_at if step.scanned.leads else list(_times(step, came, number, len(codes)))
        if step.scanned.leads:
            continue
        with wiring.database.write() as session:
            for code, at in zip(codes, came, strict=True):
                told = ScanIn(f"demo:{step.scanned.name}:{code}", "", code, "Deniz", "", number)
                scan_at_step(session, told, step.scanned.name, shop=shop, now=min(at, now))


def _steps(session: Session, wiring: Wiring, number: str, pieces: int) -> Iterator[_Step]:
    batch = session.execute(sa.select(Batch).where(col(Batch.number) == number)).scalar_one()
    facility = wiring.catalogue.shop.facility(batch.facility)
    each_min = {name: run for name, _, _, run in frozen_batch(batch.frozen or {}).operations}
    rows = session.execute(sa.select(BatchStep).where(col(BatchStep.batch_id) == batch.id)).scalars()
    planned = {row.name: row for row in rows}
    for scanned in scanned_steps(session, number):
        row = planned.get(scanned.name)
        if row is not None and scanned.pieces == pieces:
            hours = Hours.of(facility, row.work_centre, row.machine)
            yield _Step(scanned, row.starts_at, row.changeover_min, each_min[row.name], hours)


def _times(step: _Step, came: Sequence[datetime], number: str, pieces: int) -> Iterator[datetime]:
    """When each piece is through: one after the other, each once it came from the step before.

    By the batch's number, so that all other chances of the week stay what they are.
    """
    chance = Random(f"{number} {step.scanned.name}")  # noqa: S311 a demo wants the same week again, not secrets
    pace = step.each_min * chance.uniform(0.92, 1.2)
    at = step.hours.running_on(step.begins, step.changeover_min).closes
    for n in range(pieces):
        at = step.hours.running_on(max(at, came[n]) if came else at, pace * chance.uniform(0.9, 1.1)).closes
        yield at
