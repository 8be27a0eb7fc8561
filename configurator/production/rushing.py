"""Whom a rush order delays: the plan with it beside the plan without it; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from configurator.production.living import planned, searches
from configurator.production.plan_state import Plan, PlanState, WaitingPiece, Work
from configurator.production.process_search import Draft
from configurator.production.routing import Route

NOTICED = timedelta(minutes=1)
"""Who is done less than this later is not delayed."""

NOT_YET = 10**12
"""Ids of pieces that nobody has ordered yet begin here: after all others."""


@dataclass(frozen=True, slots=True)
class Delay:
    """An order that is done later. pieces: of it that are; was, becomes: when the last of these is done; due_at: of the
    most urgent of them. breaks: one of them is no longer done in time, and would have been."""

    order: str
    pieces: int
    was: datetime
    becomes: datetime
    due_at: datetime
    breaks: bool


@dataclass(frozen=True, slots=True)
class RushTold:
    """What a rush order comes to. ready_at: when its last piece is made; None if it cannot be planned now."""

    delays: tuple[Delay, ...]
    ready_at: datetime | None

    @property
    def broken(self) -> tuple[Delay, ...]:
        """The orders whose promise it would break."""
        return tuple(delay for delay in self.delays if delay.breaks)


NOBODY = RushTold((), None)
"""What a rush order comes to that cannot be planned: it is refused elsewhere."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The plan without a rush, worked out once for all that is asked of it. drafts: what each process's search found;
    done: piece -> when it is made."""

    state: PlanState
    drafts: tuple[Draft, ...]
    done: Mapping[int, datetime]


def standing(state: PlanState) -> Standing:
    """The plan as it stands."""
    drafts = searches(state)
    return Standing(state, drafts, _done(planned(state, _names, drafts=drafts)))


def rushed_in(plan: Standing, route: Route, count: int, facility: str) -> RushTold:
    """What `count` pieces of a route would come to, made at a facility before all that waits."""
    state = plan.state
    ids = range(NOT_YET, NOT_YET + count)
    new = [WaitingPiece(id_, "", "", facility, state.now, rush=True, hold=None, process=route.lead.at) for id_ in ids]
    works = tuple(Work(piece, route) for piece in new)
    return _told(plan, replace(state, works=(*state.works, *works)), frozenset(ids))


def hastened(plan: Standing, order: str) -> RushTold:
    """What it would come to if the waiting pieces of an order were made before all that waits."""
    state = plan.state
    own = frozenset(work.piece.id for work in state.works if order_of(work.piece.code) == order)
    works = tuple(_first(work) if work.piece.id in own else work for work in state.works)
    return _told(plan, replace(state, works=works), own)


def order_of(code: str) -> str:
    """The order's number within a piece's code."""
    return code.rpartition("-")[0]


def _first(work: Work) -> Work:
    return replace(work, piece=replace(work.piece, rush=True))


def _told(before: Standing, after: PlanState, own: frozenset[int]) -> RushTold:
    new = _done(planned(after, _names, drafts=before.drafts))
    rushed = [new[piece] for piece in own if piece in new]
    return RushTold(_delays(before.state, before.done, new, own), max(rushed, default=None))


def _names(count: int) -> Sequence[int]:
    return range(NOT_YET, NOT_YET + count)


def _done(plan: Plan) -> dict[int, datetime]:
    """Piece -> when it is made."""
    return {work.piece.id: one.turn.finished_at for one in plan.batches for work in one.works}


def _delays(
    state: PlanState, old: Mapping[int, datetime], new: Mapping[int, datetime], own: frozenset[int]
) -> tuple[Delay, ...]:
    later: dict[str, list[WaitingPiece]] = {}
    for work in state.works:
        piece = work.piece
        if piece.id not in own and piece.id in old and piece.id in new and new[piece.id] >= old[piece.id] + NOTICED:
            later.setdefault(order_of(piece.code), []).append(piece)
    found = [
        Delay(
            order=order,
            pieces=len(pieces),
            was=max(old[piece.id] for piece in pieces),
            becomes=max(new[piece.id] for piece in pieces),
            due_at=min(piece.due_at for piece in pieces),
            breaks=any(old[piece.id] <= piece.due_at < new[piece.id] for piece in pieces),
        )
        for order, pieces in later.items()
    ]
    return tuple(sorted(found, key=lambda delay: (not delay.breaks, delay.becomes, delay.order)))
