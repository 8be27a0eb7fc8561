"""Compiled: moves that are accepted even when they cost a little, less and less of it (simulated annealing)."""

from configurator.compiled import compiled
from configurator.production.search.chance import draw
from configurator.production.search.group import Floats
from configurator.production.search.moves import nearby, segment, to_family, to_machine, to_neighbour
from configurator.production.search.timeline import Search, refresh


@compiled
def settle(s: Search) -> None:
    """Compute all turns from the items in them."""
    for machine in range(s.filled.shape[0]):
        refresh(s, machine, 0)


@compiled
def anneal(s: Search, warmth: Floats, work: int) -> None:
    """Try moves until the work is used up; warmth: cost units, from the first to the last part of the work."""
    steps, items = len(warmth), len(s.run)
    while s.used[0] < work:
        heat = warmth[min(steps - 1, s.used[0] * steps // work)]
        room = heat * s.patience[draw(s.luck, len(s.patience))]
        one = draw(s.luck, items)
        machine, i = s.place[one, 0], s.place[one, 1]
        part = segment(s, machine, i)
        way = draw(s.luck, 100)
        s.used[0] += 4
        if way < 30:
            nearby(s, machine, part, room)
        elif way < 55:
            to_family(s, machine, part, room)
        elif way < 80:
            to_neighbour(s, machine, part, room)
        else:
            to_machine(s, machine, part, room)
