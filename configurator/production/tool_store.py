"""What the tools of the machines have made since they were changed, and a change that somebody tells."""

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.production.loads import Wear
from configurator.production.rows import Batch, BatchStep, ToolChange


def tool_wear(session: Session, *, without: int = 0) -> Wear:
    """By the last frozen step that used each tool, and by what was changed by hand since it began.

    without: id of the batch that is being released: its steps are not known yet.
    """
    place = (col(BatchStep.facility), col(BatchStep.work_centre), col(BatchStep.machine), col(BatchStep.tool))
    frozen = col(Batch.status) != "open", col(BatchStep.tool) != "", col(Batch.id) != without
    last = (
        sa.select(*place, sa.func.max(col(BatchStep.ends_at)).label("ends_at"))
        .join(Batch, col(Batch.id) == col(BatchStep.batch_id))
        .where(*frozen)
        .group_by(*place)
        .subquery()
    )
    names = ("facility", "work_centre", "machine", "tool", "ends_at")
    same = [last.c[name] == col(getattr(BatchStep, name)) for name in names]
    rows = session.execute(
        sa.select(*place, col(BatchStep.worn), col(BatchStep.starts_at))
        .join(Batch, col(Batch.id) == col(BatchStep.batch_id))
        .join(last, sa.and_(*same))
        .where(*frozen)
        .order_by(col(BatchStep.batch_id))
    )
    found = {
        (facility, centre, machine, tool): (worn, starts) for facility, centre, machine, tool, worn, starts in rows
    }
    by_hand = session.execute(sa.select(ToolChange).order_by(col(ToolChange.id))).scalars()
    for change in by_hand:
        key = change.facility, change.work_centre, change.machine, change.tool
        if key in found and change.at >= found[key][1]:
            found[key] = 0, found[key][1]
    return {key: worn for key, (worn, _) in found.items()}


def tool_changed(session: Session, change: ToolChange) -> None:
    """Note that somebody has changed a tool; the next plan counts from there."""
    session.add(change)
    session.flush()
