"""Released batches that are not done in time: each is noted, so that what comes after it is planned anew."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.blanks.shop import Shop
from configurator.production.causes import Cause, note
from configurator.production.rows import Batch, PlanCause

GRACE = timedelta(minutes=10)
"""How long after its planned end nobody asks yet."""

AGAIN = timedelta(minutes=30)
"""After so long a batch that is still not done is noted again: what waits for its machine waits longer."""


def note_late(session: Session, shop: Shop, now: datetime) -> tuple[str, ...]:
    """Note every released batch that is over its time; the numbers of those noted now."""
    noted = (
        sa.select(col(PlanCause.id))
        .where(col(PlanCause.kind) == "late", col(PlanCause.batch) == col(Batch.number))
        .where(col(PlanCause.at) > now - AGAIN)
        .exists()
    )
    statement = sa.select(col(Batch.number), col(Batch.facility), col(Batch.work_centre), col(Batch.machine))
    late = statement.where(col(Batch.status) == "released", col(Batch.ends_at) < now - GRACE, ~noted)
    rows = session.execute(late.order_by(col(Batch.id))).all()
    for number, key, centre_key, machine in rows:
        facility = next((one for one in shop.facilities if one.key == key), None)
        centre = facility.centres.get(centre_key) if facility else None
        where = centre.name_of(machine) if centre else centre_key
        note(session, Cause("late", key, f"{number} on {where} is not done yet", centre_key, machine, number), now)
    return tuple(row[0] for row in rows)
