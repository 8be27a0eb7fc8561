"""What the floor noted about a released batch: scans at production, rejects, and what ran on its machine before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.blanks.shop import Facility, Shop
from configurator.errors import Conflict, Invalid
from configurator.export.frozen import FrozenBatch, frozen_batch
from configurator.production.actual_costs import BatchPlan, Comparison, Happened, PlannedStep, compared
from configurator.production.check_store import counts
from configurator.production.hours import Hours
from configurator.production.rows import Batch, BatchPlace
from configurator.production.rows_floor import QualityCheck, Scan
from configurator.production.scan_times import bookings
from configurator.production.scans import stands
from configurator.production.steps_seen import Seen, StepToSee, seen_steps

BEFORE = timedelta(days=1)
"""How far back the piece is looked for that ran on a machine before a batch."""

SHOWN = 40
"""Real batches beside a blank's cost curve."""

MOST_SHEETS, MOST_SETUP_MIN = 10_000, 24 * 60


class NotMadeYet(Conflict):
    """What a batch took is known once it has been made."""

    def __init__(self, number: str) -> None:
        super().__init__(f"{number} is not made yet. Write down what it took when its last piece is through.")


class NoAmount(Invalid):
    """More than can be."""

    def __init__(self) -> None:
        super().__init__(
            f"Write how many sheets it took, at most {MOST_SHEETS:,}, and the changeover's minutes, "
            f"and those of every step, at most {MOST_SETUP_MIN:,} each. Leave empty what nobody counted."
        )


@dataclass(frozen=True, slots=True)
class FamilyLately:
    """What the released batches of one setup family came to: how many, with how many pieces, minutes and costs in all.

    changeover_min: as the plan's sequence made it; setup, run, sheets: minor units, without what comes from stock.
    """

    family: str
    work_centre: str
    batches: int
    pieces: int
    changeover_min: float
    setup: int
    run: int
    sheets: int

    @property
    def each(self) -> Decimal:
        """A piece's share of all of it."""
        return Decimal(self.setup + self.run + self.sheets) / self.pieces


def families_lately(session: Session, facility: str, blank: str, since: datetime) -> tuple[FamilyLately, ...]:
    """A blank's families at a facility, of the batches released since then; those with most pieces first."""
    held = (
        sa.select(col(BatchPlace.batch_id).label("batch"), sa.func.count().label("n"))
        .group_by(col(BatchPlace.batch_id))
        .subquery()
    )
    rows = session.execute(
        sa.select(
            col(Batch.family),
            col(Batch.work_centre),
            sa.func.count(),
            sa.func.sum(held.c.n),
            sa.func.sum(col(Batch.changeover_min)),
            sa.func.sum(col(Batch.setup_cost)),
            sa.func.sum(col(Batch.run_cost)),
            sa.func.sum(col(Batch.sheets) * col(Batch.sheet_price)),
        )
        .join(held, held.c.batch == col(Batch.id))
        .where(col(Batch.facility) == facility, col(Batch.blank) == blank, col(Batch.released_at) >= since)
        .group_by(col(Batch.family), col(Batch.work_centre))
        .order_by(sa.func.sum(held.c.n).desc(), col(Batch.family))
    )
    return tuple(
        FamilyLately(family, centre, count, int(pieces), float(minutes), int(setup), int(run), int(sheets))
        for family, centre, count, pieces, minutes, setup, run, sheets in rows
    )


@dataclass(frozen=True, slots=True)
class RealBatch:
    """A released batch with the designs that were really in it: pieces, and what one of them came to, minor units.

    each: setups as they were sequenced, run minutes of these designs, whole sheets, and what they take from stock.
    """

    number: str
    pieces: int
    each: Decimal


def real_batches(session: Session, blank: str, shop: Shop, place: tuple[str, datetime]) -> tuple[RealBatch, ...]:
    """A blank's batches, newest first, at most SHOWN; place: which facility, and since when they were released."""
    facility, since = place
    statement = sa.select(Batch).where(
        col(Batch.facility) == facility,
        col(Batch.blank) == blank,
        col(Batch.released_at) >= since,
        col(Batch.frozen).is_not(None),
    )
    rows = session.execute(statement.order_by(col(Batch.released_at).desc(), col(Batch.id).desc()).limit(SHOWN))
    plans = [(batch.number, _plan(batch, shop)) for batch in rows.scalars()]
    return tuple(RealBatch(number, plan.pieces, plan.total / plan.pieces) for number, plan in plans)


def comparison_of(session: Session, number: str, shop: Shop) -> Comparison | None:
    """A done batch's cost as planned and as it was; None for one that is not done or brought no good piece."""
    batch = session.execute(sa.select(Batch).where(col(Batch.number) == number)).scalar_one_or_none()
    if batch is None or batch.status != "done" or batch.frozen is None:
        return None
    plan, facility = _plan(batch, shop), shop.facility(batch.facility)
    happened = replace(_happened(session, batch), seen=seen_of(session, batch, facility))
    if len(happened.rejects) >= plan.pieces:
        return None
    return compared(plan, happened, Hours.of(facility, batch.work_centre))


def seen_of(session: Session, batch: Batch, facility: Facility) -> Mapping[str, Seen]:
    """What the scans of a released batch say of the runs of its steps, each by its own work centre's hours."""
    frozen = frozen_batch(batch.frozen or {})
    centres = [_centre(facility, label) for _, label, *_ in frozen.operations]
    steps = [
        StepToSee(
            step.name, step.run_min / max(1, step.pieces), Hours.of(facility, centre), step.pieces, leads=step.leads
        )
        for step, centre in zip(_steps(frozen, facility), centres, strict=True)
    ]
    return seen_steps(steps, bookings(session, batch.id or 0))


@dataclass(frozen=True, slots=True)
class WrittenDown:
    """What somebody counted. setup_min: of the lead step; steps: step -> setup and run minutes, None: not counted."""

    sheets: int | None = None
    setup_min: float | None = None
    steps: Mapping[str, tuple[float | None, float | None]] = field(default_factory=dict)


def write_down(session: Session, number: str, counted: WrittenDown) -> None:
    """Keep what somebody counted after a batch was made. Raises NotMadeYet, NoAmount."""
    batch = session.execute(sa.select(Batch).where(col(Batch.number) == number).with_for_update()).scalar_one_or_none()
    if batch is None or batch.status != "done":
        raise NotMadeYet(number)
    minutes = [counted.setup_min, *(each for pair in counted.steps.values() for each in pair)]
    if not 0 <= (counted.sheets or 0) <= MOST_SHEETS or any(not 0 <= (each or 0) <= MOST_SETUP_MIN for each in minutes):
        raise NoAmount
    batch.actual_sheets, batch.actual_setup_min = counted.sheets, counted.setup_min
    batch.actual_steps = {name: list(pair) for name, pair in counted.steps.items() if pair != (None, None)}
    session.flush()


def usual_pieces(session: Session, facility: str, blank: str, since: datetime) -> int | None:
    """How many pieces a batch of a blank held on average, of those released since; None if there was none."""
    held = (
        sa.select(sa.func.count().label("pieces"))
        .select_from(BatchPlace)
        .join(Batch, col(Batch.id) == col(BatchPlace.batch_id))
        .where(col(Batch.facility) == facility, col(Batch.blank) == blank, col(Batch.released_at) >= since)
        .group_by(col(Batch.id))
        .subquery()
    )
    mean = session.execute(sa.select(sa.func.avg(held.c.pieces))).scalar_one_or_none()
    return max(1, round(mean)) if mean else None


def _plan(batch: Batch, shop: Shop) -> BatchPlan:
    frozen = frozen_batch(batch.frozen or {})
    blank = sum(
        (
            shop.components[key].cost * count
            for piece in frozen.pieces
            for key, _, count, _ in piece.components
            if key in shop.components
        ),
        Decimal(0),
    )
    steps = _steps(frozen, shop.facility(batch.facility))
    return BatchPlan(
        pieces=len(frozen.pieces),
        setup_min=batch.changeover_min,
        run_min=batch.run_min,
        setup_cost=batch.setup_cost,
        run_cost=batch.run_cost,
        sheets=batch.sheets,
        sheet_price=batch.sheet_price,
        hour=shop.facility(batch.facility).hour_cost(batch.work_centre),
        blank=blank / len(frozen.pieces),
        lead=next((name for name, centre, *_ in frozen.operations if centre == frozen.work_centre), ""),
        others=tuple(step.name for step in steps if not step.leads),
        steps=steps,
    )


def _steps(frozen: FrozenBatch, facility: Facility) -> tuple[PlannedStep, ...]:
    """The steps as they were released."""
    lead = next((name for name, centre, *_ in frozen.operations if centre == frozen.work_centre), "")
    counts = frozen.step_pieces or (len(frozen.pieces),) * len(frozen.operations)
    return tuple(
        PlannedStep(
            name, setup, round(run * count, 2), count, facility.hour_cost(_centre(facility, centre)), name == lead
        )
        for (name, centre, setup, run), count in zip(frozen.operations, counts, strict=True)
    )


def _centre(facility: Facility, label: str) -> str:
    """Released steps call a work centre by its name there; its key, empty if there is none of that name any more."""
    return next((key for key, centre in facility.centres.items() if centre.label == label), "")


def _happened(session: Session, batch: Batch) -> Happened:
    made = _scans(session, col(BatchPlace.batch_id) == batch.id)
    rejects = session.execute(
        sa.select(col(QualityCheck.defect))
        .join(BatchPlace, col(BatchPlace.piece_id) == col(QualityCheck.piece_id))
        .where(col(BatchPlace.batch_id) == batch.id, sa.not_(col(QualityCheck.passed)), counts())
        .order_by(col(QualityCheck.defect))
    )
    return Happened(
        made=tuple(made),
        free_at=_free_at(session, batch, made[0]) if made else None,
        rejects=tuple(rejects.scalars()),
        sheets=batch.actual_sheets,
        setup_min=batch.actual_setup_min,
        steps={name: (setup, run) for name, (setup, run) in batch.actual_steps.items()},
    )


def _free_at(session: Session, batch: Batch, first: datetime) -> datetime | None:
    """When its machine had finished the piece before, or the batch was released, whichever came later."""
    earlier = _scans(
        session,
        sa.and_(
            col(Batch.facility) == batch.facility,
            col(Batch.work_centre) == batch.work_centre,
            col(Batch.machine) == batch.machine,
            col(Batch.id) != batch.id,
            col(Scan.at) < first,
            col(Scan.at) >= first - BEFORE,
        ),
    )
    known = [at for at in (earlier[-1] if earlier else None, batch.released_at) if at is not None]
    return max(known, default=None)


def _scans(session: Session, where: sa.ColumnElement[bool]) -> Sequence[datetime]:
    """When pieces were booked at production, in order."""
    rows = session.execute(
        sa.select(col(Scan.at), col(Scan.answer))
        .join(BatchPlace, col(BatchPlace.piece_id) == col(Scan.piece_id))
        .join(Batch, col(Batch.id) == col(BatchPlace.batch_id))
        .where(col(Scan.station) == "production", where, stands())
        .order_by(col(Scan.at), col(Scan.scan_id))
    )
    return [at for at, answer in rows if answer.get("kind") == "booked"]
