"""Queries for what plans have changed: of a batch with its pieces, and of a facility lately."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.production.rows import PlanChange


def changes_of(session: Session, batch: str, *, limit: int = 40) -> Sequence[PlanChange]:
    """What happened to a batch and to the pieces in it, the latest first."""
    statement = sa.select(PlanChange).where(col(PlanChange.batch) == batch).order_by(col(PlanChange.id).desc())
    return session.execute(statement.limit(limit)).scalars().all()


def moves_since(session: Session, facility: str, since: datetime, *, limit: int = 8) -> Sequence[PlanChange]:
    """The batches of a facility that moved, the latest first."""
    here = col(PlanChange.facility) == facility, col(PlanChange.at) >= since, col(PlanChange.piece) == ""
    statement = sa.select(PlanChange).where(*here).order_by(col(PlanChange.id).desc())
    return session.execute(statement.limit(limit)).scalars().all()
