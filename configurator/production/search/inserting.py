"""Compiled: lines that came later are put where they cost least, everything else staying in its order."""

from configurator.compiled import compiled
from configurator.production.search.group import Ints
from configurator.production.search.moves import at_time
from configurator.production.search.timeline import FAMILY, FIRST, NEVER, SLACK, Cut, Search, change, make

UNPLACED = -1
BESIDE = 24
"""Neighbours by due of its family beside which a line is tried."""


@compiled
def insert(s: Search, late_comers: Ints) -> None:
    """Put each of these items where it adds least: beside its family's, or just in time on any machine."""
    for j in late_comers:
        s.trial[0, 0] = j
        machine, place = _best_place(s, j)
        make(s, Cut(machine, place, place, 1, 0))


@compiled
def _best_place(s: Search, j: int) -> tuple[int, int]:
    least, machine, place = NEVER, 0, 0
    for b in range(len(s.filled)):
        near = at_time(s, b, s.lines[s.kind[j, FIRST], SLACK])
        for q in (near, max(0, near - 1), 0, s.filled[b]):
            added = change(s, Cut(b, q, q, 1, 0), NEVER)
            if added < least and s.filled[b] < s.item.shape[1]:
                least, machine, place = added, b, q
    family, turn = s.kind[j, FAMILY], s.kin_place[j]
    for n in range(max(s.kin_of[family], turn - BESIDE), min(s.kin_of[family + 1], turn + BESIDE)):
        b, at = s.place[s.kin[n], 0], s.place[s.kin[n], 1]
        if b != UNPLACED and s.filled[b] < s.item.shape[1]:
            for q in (at, at + 1):
                added = change(s, Cut(b, q, q, 1, 0), NEVER)
                if added < least:
                    least, machine, place = added, b, q
    return machine, place
