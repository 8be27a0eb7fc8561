"""Planning: every waiting piece into one open batch or a reason; what is released is never touched."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from configurator.blanks.catalogue import Catalogue
from configurator.blanks.shop import Shop
from configurator.production import plan_store
from configurator.production.awaiting import reserve_again
from configurator.production.causes import taken
from configurator.production.counters import draw_numbers, lock
from configurator.production.economics import run_costs, setup_cost
from configurator.production.layout_store import want_layouts
from configurator.production.living import planned
from configurator.production.plan_state import Plan, PlannedBatch, PlanState
from configurator.production.process_search import Draft, searched
from configurator.production.reading_state import Pieces, plan_state
from configurator.production.rows import Batch
from configurator.production.step_store import rewrite_steps
from configurator.production.telling import News, told


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
    """Plan everything now, as the jobs of all facilities and processes would; the same pieces and time give the same.

    Afterwards each waiting piece is in exactly one open batch, or in `unplanned` with the reason; `plan_change` says
    what moved and why. Open batches keep their numbers while they fill; batches that nobody is in are removed.
    """
    reserve_again(session, now=now)
    keys = plan_store.facilities_to_plan(session)
    for key in keys:
        take_turn(session, key)
    return _summed([plan_facility(session, Asked(key, None), catalogue=catalogue, now=now) for key in keys], now)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be planned: a process of a facility, or all of them (None). draft: its search, made before."""

    facility: str
    process: str | None
    draft: Draft | None = None


def take_turn(session: Session, facility: str) -> None:
    """Be the only one who writes this facility's plan until the transaction ends."""
    lock(session, f"plan:{facility}")


def plan_facility(session: Session, asked: Asked, *, catalogue: Catalogue, now: datetime) -> PlanReport:
    """Search one process anew, or all, and run the whole facility by the clock; writes only what differs."""
    take_turn(session, asked.facility)
    # Before the pieces are read: a release that ends in between would leave released ones among the waiting.
    rows = plan_store.open_batches_locked(session, asked.facility)
    waiting = plan_store.waiting_pieces(session, catalogue.shop, now, asked.facility)
    before = plan_store.places(session, [row.id or 0 for row in rows])
    state = plan_state(session, rows, (waiting, before), catalogue, now)
    only = None if asked.process is None else {(asked.facility, asked.process)}
    drafts = [asked.draft] if asked.draft else []
    draw = lambda count: draw_numbers(session, "batch", count)  # noqa: E731 one line, given on
    answer = planned(state, draw, only=only, drafts=drafts)
    news = _news(session, state, (waiting, before), asked, now)
    _save(session, rows, before, answer, (state, asked))
    plan_store.write_changes(session, told(answer, news), now)
    return _report(answer, state, {piece.id: piece.code for piece in waiting})


def draft_of(session: Session, asked: Asked, *, catalogue: Catalogue, now: datetime) -> Draft:
    """The search for a process as things are now, made while nobody waits for it; written by `plan_facility`.

    A draft that `asked` brings along is given back as it is if it still holds.
    """
    rows = plan_store.open_batches(session, asked.facility)
    waiting = plan_store.waiting_pieces(session, catalogue.shop, now, asked.facility)
    before = plan_store.places(session, [row.id or 0 for row in rows])
    state = plan_state(session, rows, (waiting, before), catalogue, now)
    part = state.at((asked.facility, asked.process or ""))
    return asked.draft if asked.draft and asked.draft.state == part else searched(part)


def _news(session: Session, state: PlanState, pieces: Pieces, asked: Asked, now: datetime) -> News:
    waiting, before = pieces
    codes = {piece.id: piece.code for piece in waiting}
    gone = plan_store.stages(session, [piece for piece in before if piece not in codes])
    return News(
        before=state.open,
        codes=codes | {piece: code for piece, (code, _) in gone.items()},
        gone={
            piece: "it was cancelled" if stage == "cancelled" else f"it is {stage}"
            for piece, (_, stage) in gone.items()
        },
        reasons=plan_store.reasons_now(session, asked.facility, asked.process),
        causes=taken(session, asked.facility, asked.process, now),
        shop=state.shop,
        now=now,
    )


def _save(
    session: Session,
    rows: Sequence[Batch],
    before: Mapping[int, tuple[int, int]],
    answer: Plan,
    what: tuple[PlanState, Asked],
) -> None:
    """Write only what differs."""
    state, asked = what
    known = {row.number: row for row in rows}
    pairs = [(known.get(one.batch.number) or _new(one), one) for one in answer.batches]
    new = {row.number: row for row, _ in pairs if row.id is None}
    session.add_all([new[number] for number in sorted(new, key=lambda number: (len(number), number))])
    for row, one in pairs:
        _write(row, one, state.shop)
    session.flush()
    places = {work.piece.id: (row.id or 0, n) for row, one in pairs for n, work in enumerate(one.works, start=1)}
    plan_store.rewrite_places(session, before, places)
    _lay_by_outlines(session, pairs, state.now)
    facilities = {row.id or 0: row.facility for row, _ in pairs}
    rewrite_steps(session, facilities, {row.id or 0: one.turn.steps for row, one in pairs})
    plan_store.delete_batches(session, [known[gone.number].id or 0 for gone in answer.removed])
    known_reasons = plan_store.reasons_now(session, asked.facility, asked.process)
    plan_store.rewrite_reasons(session, known_reasons, answer.left, state.now)
    plan_store.rewrite_figures(session, asked.facility, answer.figures, state.now)


def _lay_by_outlines(session: Session, pairs: Sequence[tuple[Batch, PlannedBatch]], now: datetime) -> None:
    """Ask for layouts of contour-cut pieces; a batch that one was found for takes as many sheets as that says."""
    lying = {
        row.id or 0: [(work.piece.code, work.piece.design_hash, work.route) for work in one.works] for row, one in pairs
    }
    found = want_layouts(session, lying, now)
    for row, _ in pairs:
        row.sheets = found.get(row.id or 0, row.sheets)


def _new(one: PlannedBatch) -> Batch:
    group, first = one.batch.group, one.works[0]
    return Batch(
        number=one.batch.number,
        facility=group.facility,
        work_centre=group.work_centre,
        family=group.family,
        blank=group.blank,
        title=first.route.title,
        rush=group.rush,
        capacity=one.formed.capacity,
        changeover_min=0,
        run_min=0,
        due_at=first.piece.due_at,
        closes_at=one.batch.closes_at,
        opened_at=one.batch.opened_at,
    )


def _write(row: Batch, one: PlannedBatch, shop: Shop) -> None:
    """Everything of a batch's row that follows from its pieces and its turn."""
    works, turn, facility = one.works, one.turn, shop.facility(row.facility)
    sheet = works[0].route.sheet
    row.title = works[0].route.title
    row.capacity, row.per_sheet, row.sheets = one.formed.capacity, one.formed.per_sheet, one.formed.sheets
    row.sheet_price = sheet.price if sheet and one.formed.sheets else 0
    row.run_min = round(sum(work.route.lead.run_min for work in works), 3)
    row.due_at = min(work.piece.due_at for work in works)
    row.closes_at = one.batch.closes_at
    row.machine, row.sequence, row.place = turn.machine, turn.sequence, one.batch.place
    row.starts_at, row.ends_at, row.done_at = turn.starts_at, turn.ends_at, turn.finished_at
    row.changeover_min = turn.changeover_min
    row.setup_cost = setup_cost(works[0].route, facility, turn.changeover_min)
    row.run_cost = run_costs([work.route for work in works], facility)


def _report(answer: Plan, state: PlanState, codes: Mapping[int, str]) -> PlanReport:
    known = {batch.number for batch in state.open}
    return PlanReport(
        made_at=state.now,
        pieces=sum(len(one.works) for one in answer.batches),
        batches=tuple(one.batch.number for one in answer.batches),
        opened=tuple(one.batch.number for one in answer.batches if one.batch.number not in known),
        removed=tuple(sorted(gone.number for gone in answer.removed)),
        unplanned=tuple((codes[piece], reason) for piece, reason in answer.left.items()),
        changeover_min=sum(each.changeover_min for each in answer.figures),
        late=sum(each.late for each in answer.figures),
        first_come_changeover_min=sum(each.first_come_changeover_min for each in answer.figures),
        first_come_late=sum(each.first_come_late for each in answer.figures),
    )


def _summed(reports: Sequence[PlanReport], now: datetime) -> PlanReport:
    """The reports of several facilities as one."""
    return PlanReport(
        made_at=now,
        pieces=sum(each.pieces for each in reports),
        batches=tuple(number for each in reports for number in each.batches),
        opened=tuple(number for each in reports for number in each.opened),
        removed=tuple(sorted(number for each in reports for number in each.removed)),
        unplanned=tuple(pair for each in reports for pair in each.unplanned),
        changeover_min=sum(each.changeover_min for each in reports),
        late=sum(each.late for each in reports),
        first_come_changeover_min=sum(each.first_come_changeover_min for each in reports),
        first_come_late=sum(each.first_come_late for each in reports),
    )
