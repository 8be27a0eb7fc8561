"""The state of the plan read from the database: for the plan itself, and for what somebody asks about it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlmodel import Session

from configurator.blanks.catalogue import Catalogue
from configurator.errors import Refusal
from configurator.production import plan_store
from configurator.production.batching import Group
from configurator.production.company_store import begun
from configurator.production.densities import densities
from configurator.production.design_reading import routes
from configurator.production.loads import Pin
from configurator.production.plan_state import OpenBatch, PlanState, WaitingPiece, Work
from configurator.production.premises import as_kept
from configurator.production.rows import Batch
from configurator.production.tool_store import tool_wear
from configurator.production.turns import Turn

Pieces = tuple[Sequence[WaitingPiece], Mapping[int, tuple[int, int]]]
"""The pieces that wait, and piece -> (batch, position) as the last plan left them."""


def state_now(session: Session, catalogue: Catalogue, now: datetime, facility: str | None = None) -> PlanState:
    """The state as it is, of one facility or of all, without taking anybody's turn: for questions, not for plans."""
    rows = plan_store.open_batches(session, facility)
    waiting = plan_store.waiting_pieces(session, catalogue.shop, now, facility)
    return plan_state(
        session, rows, (waiting, plan_store.places(session, [row.id or 0 for row in rows])), catalogue, now
    )


def plan_state(
    session: Session, rows: Sequence[Batch], pieces: Pieces, catalogue: Catalogue, now: datetime
) -> PlanState:
    """The state of a plan from the open batches' rows and what waits."""
    waiting, before = pieces
    places: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for piece, (batch, position) in before.items():
        places[batch].append((position, piece))
    shop = as_kept(session, catalogue, now).shop
    known = routes(session, {piece.design_hash for piece in waiting}, catalogue, shop.routes)
    pairs = [(piece, known[piece.design_hash]) for piece in waiting]
    return PlanState(
        works=tuple(Work(piece, found) for piece, found in pairs if not isinstance(found, Refusal)),
        unreadable=tuple((piece, piece.hold or found.sentence) for piece, found in pairs if isinstance(found, Refusal)),
        open=tuple(_open(row, places.get(row.id or 0, ())) for row in rows),
        frozen=plan_store.machine_states(session, now),
        shop=shop,
        now=now,
        worn=tool_wear(session),
        densities=densities(session),
        begun=begun(session) if shop.together_min else {},
    )


def _open(row: Batch, places: Sequence[tuple[int, int]]) -> OpenBatch:
    """A batch of these pieces, each after its position."""
    return OpenBatch(
        number=row.number,
        group=Group(row.facility, row.work_centre, row.family, row.blank, row.rush),
        opened_at=row.opened_at,
        closes_at=row.closes_at,
        turn=Turn(row.machine, row.sequence, row.changeover_min, row.starts_at, row.ends_at)
        if row.starts_at and row.ends_at
        else None,
        pieces=tuple(piece for _, piece in sorted(places)),
        pin=Pin(row.pinned_machine, row.pinned_at) if row.pinned_machine and row.pinned_at else None,
        held=row.held,
        capacity=row.capacity,
        per_sheet=row.per_sheet,
        sheets=row.sheets,
        place=row.place,
    )
