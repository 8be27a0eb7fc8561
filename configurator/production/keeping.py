"""Keeping the order that people already count on, unless a new one saves more than moving batches about costs."""

from collections.abc import Mapping, Sequence

from configurator.production.sequencing import Floor, Lot, Schedule, Slot, by_rules

MOVING_MIN = 3.0
"""What moving one batch to another machine or past another batch is worth, in minutes of changeover."""

MOST_NEW = 30
"""With more new lots than this the old order says little, and putting them in one by one takes long."""

Places = Mapping[str, tuple[int, int]]
"""Lot -> (machine from 0, place) by the plan so far."""


def kept(new: Schedule, lots: Sequence[Lot], floor: Floor, before: Places) -> Schedule:
    """The new schedule if it saves enough for every lot it moves, else the old order with what is new put in.

    Never dearer than a simple rule's.
    """
    come = sum(lot.name not in before for lot in lots)
    if come == len(lots) or come > MOST_NEW:
        return new
    old = _arranged(_filled_up(lots, floor, before), floor)
    worth = old.cost - new.cost > MOVING_MIN * len(moved(new, before))
    if worth or old.cost > min(each.cost for each in by_rules(lots, floor)):
        return new
    return old


def moved(schedule: Schedule, before: Places) -> set[str]:
    """The lots that change their machine, or fall behind one that ran after them on it."""
    found = set()
    for machine in {slot.machine for slot in schedule.slots}:
        own = [slot for slot in schedule.slots if slot.machine == machine and slot.lot.name in before]
        reached = -1
        for slot in sorted(own, key=lambda each: each.start):
            was, place = before[slot.lot.name]
            if was != machine or place < reached:
                found.add(slot.lot.name)
            else:
                reached = place
    return found


def _filled_up(lots: Sequence[Lot], floor: Floor, before: Places) -> list[list[Lot]]:
    """The old order; lots without a place there, most urgent first, each where it costs least."""
    machines = range(len(floor.machines))
    known = [lot for lot in lots if before.get(lot.name, (len(machines), 0))[0] in machines]
    turns = [
        sorted((lot for lot in known if before[lot.name][0] == n), key=lambda lot: (before[lot.name][1], lot.name))
        for n in machines
    ]
    names = {lot.name for lot in known}
    for lot in sorted((lot for lot in lots if lot.name not in names), key=lambda lot: (*lot.dues[:1], lot.name)):
        places = [(n, p) for n in machines for p in range(len(turns[n]) + 1)]
        machine, place = min(places, key=lambda at: (_dearer(turns[at[0]], lot, at, floor), at))
        turns[machine].insert(place, lot)
    return turns


def _dearer(turn: Sequence[Lot], lot: Lot, at: tuple[int, int], floor: Floor) -> float:
    """What a machine's turn costs more with a lot put in at a place."""
    machine, place = at
    longer = [*turn[:place], lot, *turn[place:]]
    return Schedule(tuple(_slots(longer, machine, floor))).cost - Schedule(tuple(_slots(turn, machine, floor))).cost


def _arranged(turns: Sequence[Sequence[Lot]], floor: Floor) -> Schedule:
    return Schedule(tuple(slot for n, turn in enumerate(turns) for slot in _slots(turn, n, floor)))


def _slots(turn: Sequence[Lot], machine: int, floor: Floor) -> list[Slot]:
    free, family = floor.machines[machine].free_min, floor.machines[machine].family
    slots = []
    for lot in turn:
        changeover = floor.changeover(family, lot)
        start = free + changeover
        free, family = start + lot.run_min, lot.family
        slots.append(Slot(lot, machine, changeover, start, free))
    return slots
