"""Asking for plans: one job for each facility and process, whoever asks and however many do."""

from collections.abc import Iterable

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.jobs.contract import Jobs
from configurator.orders.rows import Piece

Place = tuple[str, str]
"""(facility, process): what is planned together. The process is the work centre that leads the pieces' routes."""


def want_plans(session: Session, jobs: Jobs, places: Iterable[Place]) -> None:
    """Have these places planned anew once the caller's transaction is committed."""
    for facility, process in sorted(set(places)):
        jobs.ask(session, "plan", subject(facility, process), {"facility": facility, "process": process})


def subject(facility: str, process: str = "") -> str:
    """What the planning jobs of a place are about; without a process, how all of a facility begin."""
    return f"plan:{facility}:{process}"


def want_plans_of(session: Session, jobs: Jobs, order_id: int) -> None:
    """Have everything planned anew that an order's pieces are made in."""
    session.flush()
    found = sa.select(col(Piece.facility), col(Piece.process)).where(col(Piece.order_id) == order_id).distinct()
    want_plans(session, jobs, [(facility, process) for facility, process in session.execute(found)])
