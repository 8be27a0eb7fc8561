"""How much a facility's plan can be delayed before a promise breaks."""

from collections.abc import Mapping

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.blanks.shop import Shop
from configurator.production.hours import Hours
from configurator.production.rows import Batch

Slack = Mapping[str, float]
"""Facility -> open minutes by which everything that is open there may begin later and still be in time."""


def slack(session: Session, shop: Shop) -> Slack:
    """The least slack of the open batches that are planned to be in time, by facility; none where none is open."""
    rows = session.execute(
        sa.select(col(Batch.facility), col(Batch.done_at), col(Batch.due_at)).where(
            col(Batch.status) == "open", col(Batch.done_at) <= col(Batch.due_at)
        )
    )
    found: dict[str, float] = {}
    known = {facility.key: Hours.of(facility) for facility in shop.facilities}
    for key, done, due in rows:
        if key in known:
            found[key] = min(found.get(key, float("inf")), known[key].minutes_between(done, due))
    return found
