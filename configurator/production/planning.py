"""Planning: every waiting piece into one open batch or a reason; what is released is never touched."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlmodel import Session

from configurator.blanks.catalogue import Catalogue
from configurator.blanks.shop import Shop
from configurator.errors import Refusal
from configurator.money import rounded
from configurator.production import plan_store
from configurator.production.batching import Group, Waiting
from configurator.production.causes import taken
from configurator.production.counters import lock
from configurator.production.design_reading import routes
from configurator.production.economics import run_cost, setup_cost
from configurator.production.filling import Filling, Work, filled
from configurator.production.forming import formed
from configurator.production.holding import reserve_again
from configurator.production.plan_store import WaitingPiece
from configurator.production.premises import as_kept
from configurator.production.routing import Route, no_machine
from configurator.production.rows import Batch
from configurator.production.scheduling import Load, LoadPiece, Pin, Timetable, Turn, timetable


@dataclass(frozen=True, slots=True)
class PlanReport:
    """What a plan came to. Batch numbers: all open ones, those opened and those removed; unplanned: (code, reason)."""

    made_at: datetime
    pieces: int
    batches: tuple[str, ...]
    opened: tuple[str, ...]
    removed: tuple[str, ...]
    unplanned: tuple[tuple[str, str], ...]
    changeover_min: float
    late: int
    first_come_changeover_min: float
    first_come_late: int


def plan(session: Session, *, catalogue: Catalogue, now: datetime) -> PlanReport:
    """Fill the open batches anew from everything that waits; the same pieces and time give the same plan.

    Planners take turns at the counter of batch numbers. Open batches keep their numbers while they fill; cancelled
    pieces leave; batches that nobody is in are removed. Afterwards each waiting piece is in exactly one open batch,
    or in `unplanned` with the reason.
    """
    lock(session, "batch")
    shop = as_kept(session, catalogue, now).shop
    # Before the pieces are read: a release that ends in between would leave released ones among the waiting.
    rows = plan_store.open_batches_locked(session)
    taken(session, now)
    reserve_again(session, now=now)
    waiting = plan_store.waiting_pieces(session)
    known = routes(session, {piece.design_hash for piece in waiting}, catalogue)
    answer = formed([_waiting(piece, known[piece.design_hash], shop) for piece in waiting], shop)
    filling = filled(session, answer.formed, _works(waiting, known), rows, shop=shop, now=now)
    times = timetable(
        [_load(row, works) for row, works in filling.batches], plan_store.machine_states(session, now), shop, now
    )
    for row, works in filling.batches:
        _write_turn(row, times.turns[row.number], works, shop)
    session.flush()
    plan_store.rewrite_reasons(session, dict(answer.left), now)
    plan_store.rewrite_figures(session, times.figures, now)
    codes = {piece.id: piece.code for piece in waiting}
    return _report(filling, times, [(codes[piece], reason) for piece, reason in answer.left], now)


def _waiting(piece: WaitingPiece, found: Route | Refusal, shop: Shop) -> Waiting:
    """A piece as batching sees it."""
    if isinstance(found, Refusal):
        nowhere = Group(piece.facility, "", "", "", piece.rush)
        return Waiting(piece.id, nowhere, piece.due_at, obstacle=piece.hold or found.sentence)
    return Waiting(
        piece=piece.id,
        group=Group(piece.facility, found.lead.at, found.lead.family, found.blank, piece.rush),
        due=piece.due_at,
        sheet=found.sheet,
        rectangles=found.on_sheet,
        obstacle=piece.hold or no_machine(found, piece.facility, shop.facilities),
    )


def _works(waiting: Sequence[WaitingPiece], known: Mapping[str, Route | Refusal]) -> dict[int, Work]:
    pairs = ((piece, known[piece.design_hash]) for piece in waiting)
    return {piece.id: Work(piece, found) for piece, found in pairs if isinstance(found, Route)}


def _load(row: Batch, works: Sequence[Work]) -> Load:
    return Load(
        number=row.number,
        group=Group(row.facility, row.work_centre, row.family, row.blank, row.rush),
        setup_min=works[0].route.lead.setup_min,
        pieces=tuple(LoadPiece(work.piece.id, work.piece.due_at, work.route.lead.run_min) for work in works),
        closes_at=row.closes_at,
        pin=Pin(row.pinned_machine, row.pinned_at) if row.pinned_machine and row.pinned_at else None,
        before=(row.machine, row.sequence) if row.sequence else None,
    )


def _write_turn(row: Batch, turn: Turn, works: Sequence[Work], shop: Shop) -> None:
    """A batch's turn, and what its changeover makes it cost."""
    facility = shop.facility(row.facility)
    row.machine, row.sequence = turn.machine, turn.sequence
    row.starts_at, row.ends_at = turn.starts_at, turn.ends_at
    row.changeover_min = turn.changeover_min
    row.setup_cost = setup_cost(works[0].route, facility, turn.changeover_min)
    row.run_cost = rounded(sum((run_cost(work.route, facility) for work in works), Decimal(0)))


def _report(filling: Filling, times: Timetable, left: Sequence[tuple[str, str]], now: datetime) -> PlanReport:
    return PlanReport(
        made_at=now,
        pieces=sum(len(works) for _, works in filling.batches),
        batches=tuple(row.number for row, _ in filling.batches),
        opened=filling.opened,
        removed=filling.removed,
        unplanned=tuple(left),
        changeover_min=sum(each.changeover_min for each in times.figures),
        late=sum(each.late for each in times.figures),
        first_come_changeover_min=sum(each.first_come_changeover_min for each in times.figures),
        first_come_late=sum(each.first_come_late for each in times.figures),
    )
