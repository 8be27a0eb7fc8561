"""What waits at every work centre: the minutes of open and released batches that are not made yet."""

from collections.abc import Mapping

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.production.rows import Batch

Backlog = Mapping[tuple[str, str], float]
"""(facility, work centre) -> minutes of changeover and run that are open or released and not done."""


def backlog(session: Session) -> Backlog:
    """The minutes still to be worked at every work centre."""
    minutes = sa.func.sum(col(Batch.changeover_min) + col(Batch.run_min))
    rows = session.execute(
        sa.select(col(Batch.facility), col(Batch.work_centre), minutes)
        .where(col(Batch.status).in_(("open", "released")))
        .group_by(col(Batch.facility), col(Batch.work_centre))
    )
    return {(facility, centre): float(total) for facility, centre, total in rows}
