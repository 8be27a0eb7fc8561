"""A batch's turn and figures at the moment of its release: of the pieces that are really made, from now on."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from configurator.blanks.shop import Shop
from configurator.production import plan_store
from configurator.production.batching import Group
from configurator.production.economics import run_costs, setup_cost
from configurator.production.freezing import ToFreeze
from configurator.production.route_steps import load_pieces, load_steps
from configurator.production.rows import Batch
from configurator.production.scheduling import Load, Pin, timetable
from configurator.production.step_store import rewrite_steps
from configurator.production.tool_store import tool_wear


def settle(session: Session, batch: Batch, pieces: Sequence[ToFreeze], shop: Shop, now: datetime) -> None:
    """Give a batch its place on the machine that begins it soonest, or that it is pinned to, after what is frozen.

    It may be released before its planned turn, or without pieces that were cancelled since: its changeover, times
    and costs are those of what is made.
    """
    lead, steps = pieces[0].route.lead, load_steps(pieces)
    load = Load(
        number=batch.number,
        group=Group(batch.facility, batch.work_centre, batch.family, batch.blank, batch.rush),
        setup_min=lead.setup_min,
        pieces=load_pieces(pieces, steps),
        steps=steps,
        pin=Pin(batch.pinned_machine, now) if batch.pinned_machine else None,
    )
    frozen = [state for state in plan_store.machine_states(session, now) if state.number != batch.number]
    worn = tool_wear(session, without=batch.id or 0)
    turn = timetable([load], frozen, shop, now, worn).turns[batch.number]
    facility = shop.facility(batch.facility)
    batch.machine, batch.changeover_min = turn.machine, turn.changeover_min
    batch.starts_at, batch.ends_at, batch.done_at = turn.starts_at, turn.ends_at, turn.finished_at
    rewrite_steps(session, {batch.id or 0: batch.facility}, {batch.id or 0: turn.steps})
    batch.run_min = round(sum(each.route.lead.run_min for each in pieces), 3)
    batch.due_at = min(each.piece.due_at for each in pieces)
    batch.setup_cost = setup_cost(pieces[0].route, facility, turn.changeover_min)
    batch.run_cost = run_costs([each.route for each in pieces], facility)
