"""The table of layouts by outlines: what is wanted with every plan, found by a job, used by page and release."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.artwork.footprint import footprint
from configurator.orders.design_store import scenes_of
from configurator.production.routing import Route
from configurator.production.rows import Batch, BatchLayout
from configurator.production.shape_layout import (
    LyingPiece,
    Outlines,
    ShapeLayout,
    fingerprint,
    plain_layout,
    shape_layout,
)
from configurator.production.shape_nesting import sheets_of

PATIENCE, AT_MOST = timedelta(minutes=3), timedelta(minutes=10)
"""So long a release waits for a layout that is wanted, and for all that follow it when pieces join or leave."""


class Wanted(NamedTuple):
    """A batch whose layout is to be found, and for which pieces."""

    batch_id: int
    fingerprint: str


class Sought(NamedTuple):
    """What a search came to; layout: None when rectangles are as good. density: as the row has it, of what stands."""

    layout: ShapeLayout | None
    seed: int
    seconds: int
    density: float = 0


def want_layouts(session: Session, pieces: Mapping[int, Sequence[LyingPiece]], now: datetime) -> Mapping[int, int]:
    """Let the table ask for these open batches as they are now; batch -> sheets where a layout is there.

    A layout of other pieces is forgotten, but not how densely they lay; other batches' are left alone: a plan is one
    facility's.
    """
    asked = {batch: mark for batch, own in pieces.items() if (mark := fingerprint(own))}
    rows = {row.batch_id: row for row in session.execute(_open_rows()).all() if row.batch_id in pieces}
    gone = [batch for batch in rows if batch not in asked]
    if gone:
        session.execute(sa.delete(BatchLayout).where(col(BatchLayout.batch_id).in_(gone)))
    come = [batch for batch in asked if batch not in rows]
    if come:
        new = [{"batch_id": batch, "fingerprint": asked[batch], "wanted_at": now} for batch in come]
        session.execute(sa.insert(BatchLayout), new)
    other = [batch for batch in asked if batch in rows and rows[batch].fingerprint != asked[batch]]
    for batch in other:
        values = {"fingerprint": asked[batch], "state": "wanted", "wanted_at": now, "sheets": 0, "content": None}
        session.execute(sa.update(BatchLayout).where(col(BatchLayout.batch_id) == batch).values(**values))
    return {
        batch: row.sheets
        for batch, row in rows.items()
        if row.state == "nested" and batch in asked and batch not in other
    }


def _open_rows() -> Any:
    columns = (BatchLayout.batch_id, BatchLayout.fingerprint, BatchLayout.state, BatchLayout.sheets)
    return (
        sa.select(*(col(column) for column in columns))
        .join(Batch, col(Batch.id) == col(BatchLayout.batch_id))
        .where(col(Batch.status) == "open")
    )


def next_wanted(session: Session) -> Wanted | None:
    """The open batch that closes first among those whose layout is wanted."""
    statement = (
        sa.select(col(BatchLayout.batch_id), col(BatchLayout.fingerprint))
        .join(Batch, col(Batch.id) == col(BatchLayout.batch_id))
        .where(col(Batch.status) == "open", col(BatchLayout.state) == "wanted")
        .order_by(col(Batch.closes_at), col(Batch.id))
        .limit(1)
    )
    row = session.execute(statement).first()
    return Wanted(*row) if row else None


def keep_layout(session: Session, wanted: Wanted, sought: Sought, now: datetime) -> bool:
    """Write down what was found. False, and nothing written, if the batch has changed, closed or found one before."""
    still = sa.select(Batch).where(col(Batch.id) == wanted.batch_id, col(Batch.status) == "open").with_for_update()
    batch = session.execute(still.execution_options(populate_existing=True)).scalar_one_or_none()
    if batch is None:
        return False
    layout = sought.layout
    sheets = sheets_of(layout.places) if layout else 0
    statement = sa.update(BatchLayout).where(
        col(BatchLayout.batch_id) == wanted.batch_id,
        col(BatchLayout.fingerprint) == wanted.fingerprint,
        col(BatchLayout.state) == "wanted",
    )
    values = {
        "state": "nested" if layout else "rectangles",
        "sought_at": now,
        "seed": sought.seed,
        "seconds": sought.seconds,
        "sheets": sheets,
        "density": sought.density,
        "content": plain_layout(layout) if layout else None,
    }
    kept = session.execute(statement.values(**values).returning(col(BatchLayout.batch_id))).first() is not None
    if kept and layout:
        batch.sheets = sheets
    return kept


def kept_layout(session: Session, batch_id: int, pieces: Sequence[LyingPiece]) -> ShapeLayout | None:
    """The layout that was found for just these pieces."""
    mark = fingerprint(pieces)
    if not mark:
        return None
    mine = (col(BatchLayout.batch_id) == batch_id, col(BatchLayout.fingerprint) == mark)
    content = session.execute(sa.select(col(BatchLayout.content)).where(*mine)).scalar_one_or_none()
    return shape_layout(content) if content else None


def layout_state(session: Session, batch_id: int) -> str:
    """Whether a layout by outlines is wanted, nested, or no better than rectangles; empty: none is looked for."""
    statement = sa.select(col(BatchLayout.state)).where(col(BatchLayout.batch_id) == batch_id)
    return session.execute(statement).scalar_one_or_none() or ""


def sheets_are_found(now: datetime) -> Any:
    """Of a batch that need not wait for its layout any longer."""
    sought = sa.select(col(BatchLayout.batch_id)).where(
        col(BatchLayout.batch_id) == col(Batch.id),
        col(BatchLayout.state) == "wanted",
        col(BatchLayout.wanted_at) > now - PATIENCE,
    )
    return sa.or_(~sa.exists(sought), col(Batch.closes_at) <= now - AT_MOST)


def outlines_of(session: Session, designs: Sequence[tuple[str, Route]]) -> Outlines:
    """The footprints of what these designs put on a common sheet, as they lie there; none if nothing is cut out."""
    found: dict[tuple[str, str], Any] = {}
    if not any(route.contours for _, route in designs):
        return found
    for design, route in dict(designs).items():
        wanted, mirror = {each.name for each in route.on_sheet}, route.sheet is not None and route.sheet.mirror
        for scene in scenes_of(session, design):
            if scene.area in wanted:
                found[design, scene.area] = footprint(scene, mirror=mirror)
    return found
