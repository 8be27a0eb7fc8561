"""How densely cut shapes lie: learned from the layouts that were found, so that batches are filled as they will lie."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.blanks.blank import SheetSpec
from configurator.production.batching import Densities
from configurator.production.causes import Cause, note
from configurator.production.cut_boxes import usable_mm
from configurator.production.laying_out import Layout
from configurator.production.rows import Batch, BatchLayout
from configurator.production.shape_layout import LyingPiece

LATELY = 5
"""The least dense of so many layouts counts …"""

CAUTIOUS = 0.97
"""… and a little less: the next search may be less lucky."""

ENOUGH = 0.5
"""A single sheet says something if so much of its length is used."""

REMEMBERED = 1000
"""Layouts looked at."""


def density_of(layout: Layout, pieces: Sequence[LyingPiece], spec: SheetSpec, lowest_mm: float) -> float:
    """The share of a sheet that these pieces and their gaps cover; 0 where that cannot be told.

    lowest_mm: how far down the last sheet is used. Of several sheets the last one says nothing: it may be half empty.
    """
    across, down = usable_mm(spec)
    covered: dict[int, float] = defaultdict(float)
    for code, _, route in pieces:
        places = layout.places.get(code, ())
        if not route.covers_mm2 or not places:
            return 0
        covered[places[0].sheet] += route.covers_mm2
    sheets = max(covered, default=0)
    if sheets > 1:
        return round(sum(covered[n] for n in range(1, sheets)) / ((sheets - 1) * across * down), 4)
    used = lowest_mm - spec.margin_mm + spec.gap_mm
    return round(covered[1] / (across * used), 4) if used >= ENOUGH * down else 0


def densities(session: Session, facility: str | None = None) -> Densities:
    """What plans fill sheets by, of one facility or of all."""
    here = sa.true() if facility is None else col(Batch.facility) == facility
    statement = (
        sa.select(col(Batch.facility), col(Batch.blank), col(BatchLayout.density))
        .join(Batch, col(Batch.id) == col(BatchLayout.batch_id))
        .where(col(BatchLayout.density) > 0, here)
        .order_by(col(BatchLayout.sought_at).desc(), col(BatchLayout.batch_id).desc())
        .limit(REMEMBERED)
    )
    found: dict[tuple[str, str], list[float]] = defaultdict(list)
    for place, blank, density in session.execute(statement):
        found[place, blank].append(density)
    return {key: round(min(1.0, CAUTIOUS * min(own[:LATELY])), 4) for key, own in found.items()}


def note_denser(session: Session, batch_id: int, before: Densities, now: datetime) -> None:
    """If shapes turn out to lie closer than plans reckoned, let a plan fill the batches of this kind further."""
    batch = session.get(Batch, batch_id)
    if batch is None or not _others(session, batch):
        return
    key = batch.facility, batch.blank
    if densities(session, batch.facility).get(key, 0) > before.get(key, 0):
        said = f"the cut shapes of {batch.number} lie closer than was reckoned, so that a batch holds more of them"
        note(session, Cause("nested", batch.facility, said, batch.work_centre), now)


def _others(session: Session, batch: Batch) -> bool:
    """Whether another open batch is of its kind."""
    alike = (col(Batch.facility) == batch.facility, col(Batch.family) == batch.family, col(Batch.blank) == batch.blank)
    statement = sa.select(col(Batch.id)).where(*alike, col(Batch.status) == "open", col(Batch.id) != batch.id)
    return session.execute(statement.limit(1)).first() is not None
