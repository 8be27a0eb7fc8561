"""What waits at every work centre: the minutes of open and released batches that are not made yet, step by step."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.blanks.shop import Facility
from configurator.production.hours import Hours
from configurator.production.rows import Batch, BatchStep

Backlog = Mapping[tuple[str, str], float]
"""(facility, work centre) -> minutes of changeover and run that are open or released and not done."""


def backlog(session: Session, facilities: Sequence[Facility], now: datetime) -> Backlog:
    """The minutes still to be worked at every work centre: of what leads there, and of the other steps to come."""
    minutes = sa.func.sum(col(Batch.changeover_min) + col(Batch.run_min))
    rows = session.execute(
        sa.select(col(Batch.facility), col(Batch.work_centre), minutes)
        .where(col(Batch.status).in_(("open", "released")))
        .group_by(col(Batch.facility), col(Batch.work_centre))
    )
    found: dict[tuple[str, str], float] = defaultdict(float)
    for facility, centre, total in rows:
        found[facility, centre] += float(total)
    return _with_other_steps(session, found, {each.key: each for each in facilities}, now)


def _with_other_steps(
    session: Session, found: dict[tuple[str, str], float], known: Mapping[str, Facility], now: datetime
) -> Backlog:
    """As the plan has them, what is left of each in the hours of its work centre."""
    rows = session.execute(
        sa.select(col(BatchStep.facility), col(BatchStep.work_centre), col(BatchStep.starts_at), col(BatchStep.ends_at))
        .join(Batch, col(Batch.id) == col(BatchStep.batch_id))
        .where(col(Batch.status).in_(("open", "released")), ~col(BatchStep.leads), col(BatchStep.ends_at) > now)
    )
    for key, centre, starts, ends in rows:
        if key in known and centre in known[key].centres:
            found[key, centre] += Hours.of(known[key], centre).minutes_between(max(starts, now), ends)
    return found
