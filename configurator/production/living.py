"""The living plan as a pure function: from what waits, what is open and what is frozen to the plan from now on."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from configurator.production.finishing_together import together
from configurator.production.plan_state import Plan, PlannedBatch, PlanState
from configurator.production.process_search import Draft, Filled, searched, stand_of, unchanged, urgency
from configurator.production.scheduling import Waiting as Queues
from configurator.production.scheduling import clocked
from configurator.production.turns import Place, Turn

Draw = Callable[[int], Sequence[int]]
"""How many new batches -> their numbers, each given once."""


def planned(
    state: PlanState,
    draw: Draw,
    *,
    only: Collection[Place] | None = None,
    drafts: Sequence[Draft] = (),
) -> Plan:
    """Search every process by itself (or `only` these, the others stay as they are), then run them all by the clock.

    drafts: searches made before; each is taken if its state is still the one of its place. What a process is given
    depends on that process alone; the clock, and what brings orders together, on all of them: whoever searches where,
    the plan is the same.
    Frozen batches only take their machines' time.
    """
    made = {place: _draft(state.at(place), drafts, anew=only is None or place in only) for place in state.places()}
    numbers = _numbers(made, draw)
    named = {place: _named(draft, numbers.get(place, {})) for place, draft in made.items()}
    filled = [one for draft in named.values() for one in draft.filled]
    loads = [load for draft in named.values() for load in draft.loads]
    stand, queues = stand_of(state), {at: d.queues for at, d in named.items()}
    gathered = together(loads, queues, stand, state.begun)
    times, places = clocked(loads, gathered, stand), (_places(queues), _places(gathered))
    known = {one.batch.number for one in filled}
    asked = [place for place in named if only is None or place in only]
    return Plan(
        batches=tuple(_planned(one, times.turns[one.batch.number], *places) for one in filled),
        removed=tuple(b for place in asked for b in named[place].state.open if b.number not in known),
        left={piece: why for place in asked for piece, why in named[place].left.items()},
        figures=times.figures,
    )


def searches(state: PlanState) -> tuple[Draft, ...]:
    """The search of every process, for plans that differ in few of them: each takes those that still hold."""
    return tuple(searched(state.at(place)) for place in state.places())


def _planned(one: Filled, turn: Turn, places: Mapping[str, int], gathered: Mapping[str, int]) -> PlannedBatch:
    number = one.batch.number
    batch = replace(one.batch, place=places.get(number, 0))
    return PlannedBatch(batch, one.formed, one.works, turn, gathered=places.get(number) != gathered.get(number))


def _places(queues: Mapping[Place, Queues]) -> dict[str, int]:
    """Batch -> its place in its machine's queue, from 1."""
    return {
        name: n for waiting in queues.values() for names in waiting.values() for n, name in enumerate(names, start=1)
    }


def _draft(part: PlanState, drafts: Sequence[Draft], *, anew: bool) -> Draft:
    """The search for one place: made before for this very state, or now."""
    if not anew:
        return unchanged(part)
    return next((draft for draft in drafts if draft.state == part), None) or searched(part)


def _numbers(drafts: Mapping[Place, Draft], draw: Draw) -> Mapping[Place, Mapping[str, str]]:
    """Place -> name of a new batch in its draft -> its number; the most urgent batches have the lowest."""
    new = [(place, one) for place, draft in drafts.items() for one in draft.filled if one.new]
    new.sort(key=lambda pair: urgency(pair[1]))
    found: dict[Place, dict[str, str]] = {}
    for (place, one), number in zip(new, draw(len(new)) if new else (), strict=True):
        found.setdefault(place, {})[one.batch.number] = f"B-{number:03d}"
    return found


def _named(draft: Draft, numbers: Mapping[str, str]) -> Draft:
    """A draft whose new batches have their numbers."""

    def filled(one: Filled) -> Filled:
        number = numbers.get(one.batch.number, one.batch.number)
        return replace(one, batch=replace(one.batch, number=number))

    if not numbers:
        return draft
    loads = tuple(replace(load, number=numbers.get(load.number, load.number)) for load in draft.loads)
    queues = {machine: [numbers.get(name, name) for name in names] for machine, names in draft.queues.items()}
    return replace(draft, filled=tuple(filled(one) for one in draft.filled), loads=loads, queues=queues)
