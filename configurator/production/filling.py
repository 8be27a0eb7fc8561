"""Open batches and what is in them: rows keep their numbers while their pieces change."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from configurator.blanks.shop import Facility, Shop
from configurator.production import plan_store
from configurator.production.batching import Formed, Group
from configurator.production.closing import Closing, closing
from configurator.production.counters import draw_numbers
from configurator.production.hours import Hours
from configurator.production.plan_store import WaitingPiece
from configurator.production.routing import Route
from configurator.production.rows import Batch


@dataclass(frozen=True, slots=True)
class Work:
    """A waiting piece and how it is made."""

    piece: WaitingPiece
    route: Route


@dataclass(frozen=True, slots=True)
class Filling:
    """Open batches with their work, most urgent piece first; `opened` and `removed` are batch numbers."""

    batches: tuple[tuple[Batch, tuple[Work, ...]], ...]
    opened: tuple[str, ...]
    removed: tuple[str, ...]


def filled(  # noqa: PLR0913 everything it depends on is passed in: promise 8
    session: Session,
    formed: Sequence[Formed],
    works: Mapping[int, Work],
    rows: Sequence[Batch],
    *,
    shop: Shop,
    now: datetime,
) -> Filling:
    """Let the open batches hold exactly what was formed. `rows`: all open batches, locked.

    The most urgent of a kind takes the oldest open batch of that kind; what is left over opens new ones; batches
    left without pieces are removed.
    """
    before = plan_store.places(session, [row.id or 0 for row in rows])
    waiting = _by_group(rows)
    taken = [(one, waiting[one.group].pop(0) if waiting[one.group] else None) for one in formed]
    opened = _opened(session, [one for one, row in taken if row is None], works, now)
    pairs = [(row or opened.pop(0), one) for one, row in taken]
    for row, one in pairs:
        _fill(row, one, works, shop.facility(one.group.facility), now)
    session.flush()
    after = {piece: (row.id or 0, n) for row, one in pairs for n, piece in enumerate(one.pieces, start=1)}
    plan_store.rewrite_places(session, before, after)
    empty = [row for left in waiting.values() for row in left]
    plan_store.delete_batches(session, [row.id or 0 for row in empty])
    known = {row.id for row in rows}
    return Filling(
        batches=tuple((row, tuple(works[piece] for piece in one.pieces)) for row, one in pairs),
        opened=tuple(row.number for row, _ in pairs if row.id not in known),
        removed=tuple(sorted(row.number for row in empty)),
    )


def _by_group(rows: Sequence[Batch]) -> dict[Group, list[Batch]]:
    groups: dict[Group, list[Batch]] = defaultdict(list)
    for row in rows:
        groups[Group(row.facility, row.work_centre, row.family, row.blank, row.rush)].append(row)
    return groups


def _opened(session: Session, formed: Sequence[Formed], works: Mapping[int, Work], now: datetime) -> list[Batch]:
    """New batches, in the order of `formed`; rush and the most urgent get the lowest numbers."""
    numbers = draw_numbers(session, "batch", len(formed)) if formed else range(0)
    urgent = sorted(range(len(formed)), key=lambda n: (not formed[n].group.rush, *_urgency(formed[n], works)))
    number_of = dict(zip(urgent, numbers, strict=True))
    rows = [_new(one, works, f"B-{number_of[n]:03d}", now) for n, one in enumerate(formed)]
    session.add_all([rows[n] for n in urgent])
    return rows


def _urgency(formed: Formed, works: Mapping[int, Work]) -> tuple[datetime, int]:
    first = works[formed.pieces[0]].piece
    return first.due_at, first.id


def _new(formed: Formed, works: Mapping[int, Work], number: str, now: datetime) -> Batch:
    group, first = formed.group, works[formed.pieces[0]]
    return Batch(
        number=number,
        facility=group.facility,
        work_centre=group.work_centre,
        family=group.family,
        blank=group.blank,
        title=first.route.title,
        rush=group.rush,
        capacity=formed.capacity,
        changeover_min=0,
        run_min=0,
        due_at=first.piece.due_at,
        closes_at=now,
        opened_at=now,
    )


def _fill(row: Batch, formed: Formed, works: Mapping[int, Work], facility: Facility, now: datetime) -> None:
    """Everything of a batch's row that follows from its pieces alone."""
    own = [works[piece] for piece in formed.pieces]
    sheet = own[0].route.sheet
    row.title = own[0].route.title
    row.capacity, row.per_sheet, row.sheets = formed.capacity, formed.per_sheet, formed.sheets
    row.sheet_price = sheet.price if sheet and formed.sheets else 0
    row.run_min = round(sum(work.route.lead.run_min for work in own), 3)
    row.due_at = min(work.piece.due_at for work in own)
    takes = own[0].route.lead.setup_min + row.run_min
    state = Closing(
        opened_at=row.opened_at,
        known=row.closes_at,
        rush=row.rush,
        full=formed.full,
        pieces=len(own),
        due_at=row.due_at,
        takes_min=takes,
    )
    row.closes_at = closing(
        state, facility.rule(row.work_centre, row.family), Hours.of(facility, row.work_centre), now=now
    )
