"""Why a plan is due: something changed that no waiting piece shows; each cause is taken into account once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.jobs.contract import Jobs
from configurator.production.rows import PlanCause


@dataclass(frozen=True, slots=True)
class Cause:
    """What happened where; sentence: a clause said of a batch that moves ("Mug press 2 is down until Thu, 14:00").

    work_centre: empty for all; machine: 0 for all; batch: its number if it is about one.
    """

    kind: str
    facility: str
    sentence: str
    work_centre: str = ""
    machine: int = 0
    batch: str = ""


def tell(session: Session, cause: Cause, *, jobs: Jobs, now: datetime) -> None:
    """Note a cause and ask for a plan, in the caller's transaction."""
    row = note(session, cause, now)
    jobs.enqueue(session, "plan", f"plan:cause:{row.id}", {})


def note(session: Session, cause: Cause, now: datetime) -> PlanCause:
    """Note a cause for the plan that the caller makes itself."""
    row = PlanCause(
        kind=cause.kind,
        facility=cause.facility,
        work_centre=cause.work_centre,
        machine=cause.machine,
        batch=cause.batch,
        sentence=cause.sentence,
        at=now,
    )
    session.add(row)
    session.flush()
    return row


def pending(session: Session) -> bool:
    """Whether there is a cause that no plan has taken into account."""
    statement = sa.select(col(PlanCause.id)).where(col(PlanCause.planned_at).is_(None)).limit(1)
    return session.execute(statement).first() is not None


def taken(session: Session, now: datetime) -> Sequence[Cause]:
    """The causes that no plan has taken into account, oldest first; from now on this one has."""
    statement = sa.select(PlanCause).where(col(PlanCause.planned_at).is_(None)).order_by(col(PlanCause.id))
    rows = session.execute(statement.execution_options(populate_existing=True)).scalars().all()
    for row in rows:
        row.planned_at = now
    session.flush()
    return [Cause(row.kind, row.facility, row.sentence, row.work_centre, row.machine, row.batch) for row in rows]
