"""The steps of batches: written with every plan and at release, read for the machines and for the board."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.production.loads import MachineState
from configurator.production.rows import Batch, BatchStep
from configurator.production.turns import StepTurn

CHUNK = 500


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step of a batch as the board shows it."""

    number: str
    status: str
    name: str
    work_centre: str
    machine: int
    family: str
    changeover_min: float
    starts_at: datetime
    ends_at: datetime
    leads: bool


def rewrite_steps(session: Session, facilities: Mapping[int, str], steps: Mapping[int, Sequence[StepTurn]]) -> None:
    """Let the table say exactly these steps of these batches (batch id -> facility, batch id -> steps)."""
    known = _known(session, list(facilities))
    wanted = {batch: _rows(batch, facility, steps.get(batch, ())) for batch, facility in facilities.items()}
    changed = [batch for batch, rows in wanted.items() if rows != known.get(batch, [])]
    delete_steps(session, [batch for batch in changed if batch in known])
    rows = [row for batch in changed for row in wanted[batch]]
    if rows:
        session.execute(sa.insert(BatchStep), rows)


def _rows(batch: int, facility: str, steps: Sequence[StepTurn]) -> list[dict[str, Any]]:
    return [
        {
            "batch_id": batch,
            "position": n,
            "facility": facility,
            "name": step.name,
            "work_centre": step.work_centre,
            "machine": step.machine,
            "family": step.family,
            "changeover_min": step.changeover_min,
            "starts_at": step.starts_at,
            "ends_at": step.ends_at,
            "leads": step.leads,
            "tool": step.tool,
            "worn": step.worn,
            "tool_changes": step.tool_changes,
        }
        for n, step in enumerate(steps, start=1)
    ]


def delete_steps(session: Session, batch_ids: Sequence[int]) -> None:
    """Forget the steps of batches."""
    for start in range(0, len(batch_ids), CHUNK):
        statement = sa.delete(BatchStep).where(col(BatchStep.batch_id).in_(batch_ids[start : start + CHUNK]))
        session.execute(statement.execution_options(synchronize_session=False))


def _known(session: Session, batch_ids: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    columns = [col(getattr(BatchStep, name)) for name in BatchStep.model_fields]
    for start in range(0, len(batch_ids), CHUNK):
        statement = sa.select(*columns).where(col(BatchStep.batch_id).in_(batch_ids[start : start + CHUNK]))
        for row in session.execute(statement.order_by(col(BatchStep.batch_id), col(BatchStep.position))).mappings():
            found.setdefault(row["batch_id"], []).append(dict(row))
    return found


def frozen_steps(session: Session, now: datetime) -> tuple[MachineState, ...]:
    """What released batches still do beside their lead step; those that end last at the end."""
    rows = session.execute(
        sa.select(
            col(Batch.number),
            col(BatchStep.facility),
            col(BatchStep.work_centre),
            col(BatchStep.machine),
            col(BatchStep.family),
            col(BatchStep.ends_at),
            sa.false(),
            col(BatchStep.starts_at),
        )
        .join(Batch, col(Batch.id) == col(BatchStep.batch_id))
        .where(col(Batch.status) == "released", ~col(BatchStep.leads), col(BatchStep.ends_at) > now)
        .order_by(col(BatchStep.ends_at), col(Batch.id))
    )
    return tuple(MachineState(*row) for row in rows)


def steps_between(session: Session, facility: str, since: datetime, until: datetime) -> tuple[StepRow, ...]:
    """The steps of a facility that run in a time, the earliest first."""
    rows = session.execute(
        sa.select(
            col(Batch.number),
            col(Batch.status),
            col(BatchStep.name),
            col(BatchStep.work_centre),
            col(BatchStep.machine),
            col(BatchStep.family),
            col(BatchStep.changeover_min),
            col(BatchStep.starts_at),
            col(BatchStep.ends_at),
            col(BatchStep.leads),
        )
        .join(Batch, col(Batch.id) == col(BatchStep.batch_id))
        .where(col(BatchStep.facility) == facility, col(BatchStep.ends_at) > since, col(BatchStep.starts_at) < until)
        .order_by(col(BatchStep.starts_at), col(Batch.id))
    )
    return tuple(StepRow(*row) for row in rows)


def steps_of(session: Session, batch_id: int) -> Sequence[BatchStep]:
    """A batch's steps in their order."""
    statement = sa.select(BatchStep).where(col(BatchStep.batch_id) == batch_id).order_by(col(BatchStep.position))
    return session.execute(statement).scalars().all()
