"""The living plan as a pure function: from what waits, what is open and what is frozen to the plan from now on."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from configurator.production.batching import Formed, Group, Waiting
from configurator.production.closing import Closing, closing
from configurator.production.forming import formed
from configurator.production.hours import Hours
from configurator.production.plan_state import OpenBatch, Plan, PlannedBatch, PlanState, Work
from configurator.production.route_steps import load_pieces, load_steps
from configurator.production.routing import no_machine
from configurator.production.scheduling import Load, timetable

Draw = Callable[[int], Sequence[int]]
"""How many new batches -> their numbers, each given once."""


def planned(state: PlanState, draw: Draw) -> Plan:
    """Fill the open batches anew from everything that waits, close them, and put them on the machines.

    The most urgent of a kind are made together; a batch goes on as the open one that most of its pieces are in; what
    is left over opens new ones. Frozen batches only take their machines' time. The same state gives the same plan.
    """
    waiting = [_waiting(work, state) for work in state.works]
    waiting += [_unreadable(piece, why, state.now) for piece, why in state.unreadable]
    answer = formed(waiting, state.shop)
    filled = _matched(answer.formed, state, draw)
    times = timetable([_load(one) for one in filled], state.frozen, state.shop, state.now, state.worn)
    known = {one.batch.number for one in filled}
    return Plan(
        batches=tuple(PlannedBatch(one.batch, one.formed, one.works, times.turns[one.batch.number]) for one in filled),
        removed=tuple(batch for batch in state.open if batch.number not in known),
        left=dict(answer.left),
        figures=times.figures,
    )


def _waiting(work: Work, state: PlanState) -> Waiting:
    """A piece as batching sees it."""
    piece, route = work.piece, work.route
    return Waiting(
        piece=piece.id,
        group=Group(piece.facility, route.lead.at, route.lead.family, route.blank, piece.rush),
        due=piece.due_at,
        sheet=route.sheet,
        rectangles=route.on_sheet,
        obstacle=piece.hold or no_machine(route, piece.facility, state.shop.facilities),
    )


def _unreadable(piece: int, why: str, now: datetime) -> Waiting:
    return Waiting(piece, Group("", "", "", "", rush=False), now, obstacle=why)


@dataclass(frozen=True, slots=True)
class _Filled:
    """A batch with its pieces, before it has its turn."""

    batch: OpenBatch
    formed: Formed
    works: tuple[Work, ...]


def _matched(batches: Sequence[Formed], state: PlanState, draw: Draw) -> list[_Filled]:
    """What was formed as the open batches that are there, and as new ones."""
    works = {work.piece.id: work for work in state.works}
    known = _same(batches, state.open)
    new = [n for n in range(len(batches)) if n not in known]
    numbers = draw(len(new)) if new else ()
    urgent = sorted(new, key=lambda n: (not batches[n].group.rush, *_urgency(batches[n], works)))
    opened = {
        n: OpenBatch(f"B-{number:03d}", batches[n].group, state.now, state.now)
        for n, number in zip(urgent, numbers, strict=True)
    }
    return [_filled(one, {**known, **opened}[n], works, state) for n, one in enumerate(batches)]


def _same(batches: Sequence[Formed], open_batches: Sequence[OpenBatch]) -> dict[int, OpenBatch]:
    """Formed -> the open batch of its kind that it goes on as: the one that shares most pieces, then the oldest."""
    kinds: dict[Group, list[int]] = defaultdict(list)
    for place, batch in enumerate(open_batches):
        kinds[batch.group].append(place)
    shared = [
        (-len(set(one.pieces) & set(open_batches[place].pieces)), n, place)
        for n, one in enumerate(batches)
        for place in kinds[one.group]
    ]
    found: dict[int, OpenBatch] = {}
    taken = set[int]()
    for _, n, place in sorted(shared):
        if n not in found and place not in taken:
            found[n] = open_batches[place]
            taken.add(place)
    return found


def _urgency(one: Formed, works: Mapping[int, Work]) -> tuple[datetime, int]:
    first = works[one.pieces[0]].piece
    return first.due_at, first.id


def _filled(one: Formed, batch: OpenBatch, works: Mapping[int, Work], state: PlanState) -> _Filled:
    """The batch with the pieces that it holds from now on, and when it closes with them."""
    own = tuple(works[piece] for piece in one.pieces)
    facility, group = state.shop.facility(one.group.facility), one.group
    asked = Closing(
        opened_at=batch.opened_at,
        known=batch.closes_at,
        rush=group.rush,
        full=one.full,
        pieces=len(own),
        due_at=min(work.piece.due_at for work in own),
        patient=all(work.piece.patient for work in own),
        takes_min=own[0].route.lead.setup_min + sum(work.route.lead.run_min for work in own),
    )
    rule, hours = facility.rule(group.work_centre, group.family), Hours.of(facility, group.work_centre)
    closes = closing(asked, rule, hours, now=state.now)
    return _Filled(replace(batch, closes_at=closes, pieces=one.pieces), one, own)


def _load(one: _Filled) -> Load:
    batch, sheet = one.batch, one.works[0].route.sheet
    bought = sheet is not None and sheet.price > 0
    steps = load_steps(one.works)
    return Load(
        number=batch.number,
        group=batch.group,
        setup_min=one.works[0].route.lead.setup_min,
        pieces=load_pieces(one.works, steps),
        steps=steps,
        closes_at=batch.closes_at,
        pin=batch.pin,
        before=(batch.turn.machine, batch.turn.sequence) if batch.turn else None,
        sheets=one.formed.sheets if bought else 0,
        per_sheet=one.formed.per_sheet if bought else 0,
    )
