"""The search for one process of a facility, pure: which pieces are made together, in which order on its machines."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from configurator.production.batching import Formed, Group, Waiting
from configurator.production.closing import Closing, closing
from configurator.production.forming import formed
from configurator.production.hall import Stand
from configurator.production.hours import Hours
from configurator.production.plan_state import OpenBatch, PlanState, WaitingPiece, Work
from configurator.production.route_steps import load_pieces, load_steps
from configurator.production.routing import no_machine
from configurator.production.scheduling import Load, as_before, queued
from configurator.production.scheduling import Waiting as Queues


@dataclass(frozen=True, slots=True)
class Filled:
    """A batch with its pieces, before it has its turn. A new one has no number yet, only a name within its draft."""

    batch: OpenBatch
    formed: Formed
    works: tuple[Work, ...]
    new: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """What the search has found for a process, and the state it was found for: it holds as long as that does.

    loads: the batches as scheduling sees them; queues: machine -> names of batches in their order; left: piece -> why
    it is in none.
    """

    state: PlanState
    filled: tuple[Filled, ...]
    loads: tuple[Load, ...]
    queues: Queues
    left: Mapping[int, str]


def searched(state: PlanState) -> Draft:
    """Fill one process's open batches anew from everything that waits, close them, and order them on its machines.

    The most urgent of a kind are made together; a batch goes on as the open one that most of its pieces are in; what
    is left over opens new ones. It depends on `state`, of one place, and on nothing else: the same on any machine.
    """
    kinds: dict[tuple[int, str, bool], Waiting] = {}
    waiting = [_waiting(work, state, kinds) for work in state.works]
    waiting += [_unreadable(piece, why) for piece, why in state.unreadable]
    answer = formed(waiting, state.shop, state.densities)
    filled = _matched(answer.formed, state)
    loads = tuple(_load_of(one) for one in filled)
    queues = queued(loads, stand_of(state)) if filled else {}
    return Draft(state, filled, loads, queues, dict(answer.left))


def unchanged(state: PlanState) -> Draft:
    """A process as the last plan left it, without searching: only pieces that wait no more are gone."""
    works = {work.piece.id: work for work in state.works if not work.piece.hold}
    filled = []
    for batch in state.open:
        own = tuple(works[piece] for piece in batch.pieces if piece in works)
        if own:
            pieces = tuple(work.piece.id for work in own)
            same = Formed(batch.group, pieces, batch.capacity, batch.per_sheet, batch.sheets, full=False)
            filled.append(Filled(batch, same, own))
    loads = tuple(_load_of(one) for one in filled)
    queues = as_before(loads, stand_of(state)) if filled else {}
    return Draft(state, tuple(filled), loads, queues, {})


def stand_of(state: PlanState) -> Stand:
    """The machines as they stand in a state."""
    return Stand(state.frozen, state.shop, state.now, state.worn)


def _load_of(one: Filled) -> Load:
    """A batch as scheduling sees it."""
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
        before=(batch.turn.machine, batch.place or batch.turn.sequence) if batch.turn else None,
        sheets=one.formed.sheets if bought else 0,
        per_sheet=one.formed.per_sheet if bought else 0,
    )


def urgency(one: Filled) -> tuple[object, ...]:
    """Rush first, then by the most urgent piece."""
    first = one.works[0].piece
    return not one.formed.group.rush, first.due_at, first.id


def _waiting(work: Work, state: PlanState, kinds: dict[tuple[int, str, bool], Waiting]) -> Waiting:
    """A piece as batching sees it. kinds: the first ones of each route, which says everything but id, due and hold."""
    piece, route = work.piece, work.route
    kind = id(route), piece.facility, piece.rush
    if kind not in kinds:
        kinds[kind] = Waiting(
            piece=piece.id,
            group=Group(piece.facility, route.lead.at, route.lead.family, route.blank, piece.rush),
            due=piece.due_at,
            sheet=route.sheet,
            rectangles=route.taking,
            covers_mm2=route.covers_mm2,
            obstacle=no_machine(route, piece.facility, state.shop.facilities),
        )
    like = kinds[kind]
    obstacle = piece.hold or like.obstacle
    return Waiting(piece.id, like.group, piece.due_at, like.sheet, like.rectangles, like.covers_mm2, obstacle)


def _unreadable(piece: WaitingPiece, why: str) -> Waiting:
    return Waiting(piece.id, Group("", "", "", "", rush=False), piece.due_at, obstacle=why)


def _matched(batches: Sequence[Formed], state: PlanState) -> tuple[Filled, ...]:
    """What was formed as the open batches that are there, and as new ones."""
    works = {work.piece.id: work for work in state.works}
    known = _same(batches, state.open)
    made = [
        Filled(known.get(n) or _opened(one, state), one, tuple(works[piece] for piece in one.pieces), n not in known)
        for n, one in enumerate(batches)
    ]
    new = sorted((n for n, one in enumerate(made) if one.new), key=lambda n: urgency(made[n]))
    # Sorted behind every number there is, so that a draft is the same whatever numbers its batches are given.
    names = {n: f"~{place:06d}" for place, n in enumerate(new)}
    return tuple(_closing(one, names.get(n, one.batch.number), state) for n, one in enumerate(made))


def _opened(one: Formed, state: PlanState) -> OpenBatch:
    return OpenBatch("", one.group, state.now, state.now)


def _same(batches: Sequence[Formed], open_batches: Sequence[OpenBatch]) -> dict[int, OpenBatch]:
    """Formed -> the open batch of its kind that it goes on as: the one that shares most pieces, then the oldest."""
    kinds: dict[Group, list[int]] = defaultdict(list)
    for place, batch in enumerate(open_batches):
        kinds[batch.group].append(place)
    own = [set(batch.pieces) for batch in open_batches]
    shared = [
        (-len(own[place].intersection(one.pieces)), n, place)
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


def _closing(one: Filled, number: str, state: PlanState) -> Filled:
    """The batch with the pieces that it holds from now on, and when it closes with them."""
    group = one.formed.group
    facility = state.shop.facility(group.facility)
    asked = Closing(
        opened_at=one.batch.opened_at,
        known=one.batch.closes_at,
        rush=group.rush,
        full=one.formed.full,
        pieces=len(one.works),
        due_at=min(work.piece.due_at for work in one.works),
        patient=all(work.piece.patient for work in one.works),
        takes_min=one.works[0].route.lead.setup_min + sum(work.route.lead.run_min for work in one.works),
    )
    rule, hours = facility.rule(group.work_centre, group.family), Hours.of(facility, group.work_centre)
    closes = closing(asked, rule, hours, now=state.now)
    batch = replace(
        one.batch,
        number=number,
        closes_at=closes,
        pieces=one.formed.pieces,
        capacity=one.formed.capacity,
        per_sheet=one.formed.per_sheet,
        sheets=one.formed.sheets,
    )
    return replace(one, batch=batch)
