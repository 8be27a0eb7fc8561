"""In which order lots run on machines, so that changeovers and lateness cost least; all times in minutes."""

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

LATE = 0.2
"""What a piece's minute of lateness costs, in minutes of changeover: a batch of 24 an hour late, 288 minutes."""

LOOKAHEADS = (0.0, 0.02, 0.05, 0.1, 0.2, 0.4, 1.0)
"""Weights of slack against changeover, tried one after the other; the cheapest order is kept."""

A_DAY = 600
"""Working minutes whose dues one of the simple rules makes family by family."""

WORK = 400_000
"""Lots that the improvement may look at: a count, not a time, so that every computer finds the same plan."""

FEW = 24
"""Lots up to which moving one after the other to its best place is as good as the compiled search, and as fast."""

WORK_A_LOT, MOST_WORK = 40_000, 2_000_000
"""What the compiled search may look at: some 50 ms for a day's lots."""


@dataclass(frozen=True)
class Lot:
    """Pieces that run together. dues: each piece's due time, rising, in minutes from now (negative: late already).

    setup_min: the changeover where the matrix says nothing. arrived: its turn in first-come order.
    """

    name: str
    family: str
    setup_min: float
    run_min: float
    dues: tuple[float, ...]
    arrived: int

    @cached_property
    def _sums(self) -> tuple[float, ...]:
        return (0.0, *accumulate(self.dues))

    def late(self, end: float) -> int:
        """Pieces that are late when it ends then."""
        return bisect_left(self.dues, end - 1e-9)

    def lateness(self, end: float) -> float:
        """Their minutes of lateness together."""
        if not self.dues or end <= self.dues[0]:
            return 0.0
        late = self.late(end)
        return late * end - self._sums[late]


@dataclass(frozen=True, slots=True)
class Machine:
    """A machine: when it is free, in minutes from now, and for which family it is set up."""

    free_min: float = 0
    family: str | None = None


@dataclass(frozen=True, slots=True)
class Floor:
    """The machines of a work centre and the minutes between families; what is not named costs the lot's own setup."""

    machines: tuple[Machine, ...]
    changeovers: Mapping[tuple[str, str], float]

    def changeover(self, family: str | None, lot: Lot) -> float:
        """Minutes to get a machine ready for a lot."""
        if family == lot.family:
            return 0.0
        return self.changeovers.get((family or "", lot.family), lot.setup_min)


@dataclass(frozen=True, slots=True)
class Slot:
    """A lot's turn: machine from 0, changeover first, then the run from `start` to `end`."""

    lot: Lot
    machine: int
    changeover_min: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Schedule:
    """Every lot's turn, with what it costs."""

    slots: tuple[Slot, ...]

    @property
    def changeover_min(self) -> float:
        """All changeovers together."""
        return sum(slot.changeover_min for slot in self.slots)

    @property
    def late(self) -> int:
        """Pieces that end after they are due."""
        return sum(slot.lot.late(slot.end) for slot in self.slots)

    @property
    def cost(self) -> float:
        """Changeover minutes and weighted lateness: what the search makes small."""
        return self.changeover_min + LATE * sum(slot.lot.lateness(slot.end) for slot in self.slots)


def sequence(lots: Sequence[Lot], floor: Floor) -> Schedule:
    """A cheap order: the best of several simple ones, improved move by move; never dearer than a simple rule's."""
    if not lots:
        return Schedule(())
    if len(lots) > FEW:
        return _slots(_searched(lots, floor), floor)
    starts = _ruled(lots, floor) + [_greedy(lots, floor, lookahead) for lookahead in LOOKAHEADS]
    return _slots(_improved(min(starts, key=lambda turns: _cost(turns, floor)), floor), floor)


def _searched(lots: Sequence[Lot], floor: Floor) -> "_Turns":
    """The compiled search, from what the simple rules make."""
    # Compiled code is loaded only where there is enough to search.
    from configurator.production.search.lots import Lots, arranged  # noqa: PLC0415 - see the line above

    kinds = sorted({(lot.family, lot.setup_min) for lot in lots})
    ranked = sorted(lots, key=lambda lot: (kinds.index((lot.family, lot.setup_min)), *_dueness(lot), lot.name))
    kind = [kinds.index((lot.family, lot.setup_min)) for lot in ranked]
    first_of = [ranked[kind.index(n)] for n in range(len(kinds))]
    families = [family for family, _ in kinds]
    standing = [*families, *{machine.family: None for machine in floor.machines if machine.family not in families}]
    table = Lots(
        kind=kind,
        run=[lot.run_min for lot in ranked],
        dues=[lot.dues or (math.inf,) for lot in ranked],
        rows=[[floor.changeover(family, lot) for lot in first_of] for family in standing],
        free=[machine.free_min for machine in floor.machines],
        standing=[standing.index(machine.family) for machine in floor.machines],
        late=LATE,
    )
    number = {lot.name: n for n, lot in enumerate(ranked)}
    starts = _ruled(lots, floor)
    found = arranged(
        table,
        [[[number[lot.name] for lot in turn] for turn in turns] for turns in starts],
        min(WORK_A_LOT * len(lots), MOST_WORK),
    )
    turns = [[ranked[n] for n in turn] for turn in found]
    return min([turns, *starts], key=lambda each: _cost(each, floor))


def first_come(lots: Sequence[Lot], floor: Floor) -> Schedule:
    """The order of arrival, each lot on the machine that ends it first: what the plan is compared with."""
    return _slots(_dealt(sorted(lots, key=_arrival), floor), floor)


def by_rules(lots: Sequence[Lot], floor: Floor) -> tuple[Schedule, ...]:
    """What simple rules make: first come, earliest due, family by family, and a day's dues family by family."""
    return tuple(_slots(turns, floor) for turns in _ruled(lots, floor))


_Turns = list[list[Lot]]
"""Machine by machine, the lots in their order."""


def _ruled(lots: Sequence[Lot], floor: Floor) -> list[_Turns]:
    return [_dealt(sorted(lots, key=rule), floor) for rule in (_arrival, _dueness, _kinship, _day_and_kinship)]


def _dealt(lots: Sequence[Lot], floor: Floor) -> _Turns:
    """The lots in this order, each to the machine on which it ends first."""
    turns: _Turns = [[] for _ in floor.machines]
    free = [machine.free_min for machine in floor.machines]
    family = [machine.family for machine in floor.machines]
    for lot in lots:
        ends = [free[n] + floor.changeover(family[n], lot) + lot.run_min for n in range(len(free))]
        best = min(range(len(ends)), key=lambda n: (ends[n], n))
        turns[best].append(lot)
        free[best], family[best] = ends[best], lot.family
    return turns


def _greedy(lots: Sequence[Lot], floor: Floor, lookahead: float) -> _Turns:
    """Whichever machine is free next takes the lot with the least changeover plus weighted slack."""
    turns: _Turns = [[] for _ in floor.machines]
    free = [machine.free_min for machine in floor.machines]
    family = [machine.family for machine in floor.machines]
    left = sorted(lots, key=_dueness)
    while left:
        n = min(range(len(free)), key=lambda each: (free[each], each))

        def price(lot: Lot, n: int = n) -> tuple[float, float, int]:
            changeover = floor.changeover(family[n], lot)
            slack = lot.dues[0] - free[n] - changeover - lot.run_min if lot.dues else 0.0
            return changeover + lookahead * slack, slack, lot.arrived

        lot = min(left, key=price)
        left.remove(lot)
        free[n] += floor.changeover(family[n], lot) + lot.run_min
        family[n] = lot.family
        turns[n].append(lot)
    return turns


def _improved(turns: _Turns, floor: Floor) -> _Turns:
    """Move one lot after the other to its best place, until nothing gets cheaper or the work is used up."""
    work, better = WORK, True
    while better and work > 0:
        better = False
        for name in [lot.name for lots in turns for lot in lots]:
            moved, used = _best_move(turns, floor, name)
            work -= used
            if moved is not None:
                turns, better = moved, True
            if work <= 0:
                break
    return turns


def _best_move(turns: _Turns, floor: Floor, name: str) -> tuple[_Turns | None, int]:
    """The turns with one lot moved to where that saves most, None if it saves nowhere; and lots looked at."""
    a, p = next((a, p) for a, lots in enumerate(turns) for p, lot in enumerate(lots) if lot.name == name)
    costs = [_machine_cost(lots, floor, n) for n, lots in enumerate(turns)]
    best, saving, used = None, 1e-9, 0
    for b, others in enumerate(turns):
        for q in range(len(others) + (a != b)):
            changed = _moved(turns, (a, p), (b, q))
            cost = sum(_machine_cost(changed[n], floor, n) for n in {a, b})
            used += sum(len(changed[n]) for n in {a, b})
            if sum(costs[n] for n in {a, b}) - cost > saving:
                best, saving = changed, sum(costs[n] for n in {a, b}) - cost
    return best, used


def _moved(turns: _Turns, source: tuple[int, int], target: tuple[int, int]) -> _Turns:
    changed = [list(lots) if n in (source[0], target[0]) else lots for n, lots in enumerate(turns)]
    lot = changed[source[0]].pop(source[1])
    changed[target[0]].insert(target[1], lot)
    return changed


def _machine_cost(lots: Sequence[Lot], floor: Floor, machine: int) -> float:
    free, family = floor.machines[machine].free_min, floor.machines[machine].family
    cost = 0.0
    for lot in lots:
        changeover = floor.changeover(family, lot)
        free, family = free + changeover + lot.run_min, lot.family
        cost += changeover + LATE * lot.lateness(free)
    return cost


def _cost(turns: _Turns, floor: Floor) -> float:
    return sum(_machine_cost(lots, floor, n) for n, lots in enumerate(turns))


def _slots(turns: _Turns, floor: Floor) -> Schedule:
    slots = []
    for n, lots in enumerate(turns):
        free, family = floor.machines[n].free_min, floor.machines[n].family
        for lot in lots:
            changeover = floor.changeover(family, lot)
            start, free = free + changeover, free + changeover + lot.run_min
            family = lot.family
            slots.append(Slot(lot, n, changeover, start, free))
    return Schedule(tuple(slots))


def _arrival(lot: Lot) -> tuple[int, str]:
    return lot.arrived, lot.name


def _dueness(lot: Lot) -> tuple[float, int, str]:
    return (lot.dues[0] if lot.dues else 0.0), lot.arrived, lot.name


def _kinship(lot: Lot) -> tuple[str, tuple[float, int, str]]:
    return lot.family, _dueness(lot)


def _day_and_kinship(lot: Lot) -> tuple[float, str, tuple[float, int, str]]:
    return (lot.dues[0] // A_DAY if lot.dues else 0.0), lot.family, _dueness(lot)
