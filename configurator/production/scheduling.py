"""When each batch runs on which machine, in its hours; and what first come, first served would have cost."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from itertools import groupby
from math import ceil

from configurator.blanks.shop import Facility, Shop
from configurator.production.clockwork import MachineClock, Ready, Turn, wound
from configurator.production.hours import Hours
from configurator.production.keeping import Places, kept
from configurator.production.loads import Figures, Load, LoadPiece, MachineState, Pin, Timetable
from configurator.production.sequencing import Floor, Lot, Machine, Schedule, Slot, first_come, sequence

__all__ = ["Figures", "Load", "LoadPiece", "MachineState", "Pin", "Timetable", "Turn", "timetable"]


def timetable(loads: Sequence[Load], states: Sequence[MachineState], shop: Shop, now: datetime) -> Timetable:
    """Schedule all loads, each work centre by itself, rush batches before all others."""
    centres: dict[tuple[str, str], list[Load]] = defaultdict(list)
    for load in loads:
        centres[load.group.facility, load.group.work_centre].append(load)
    turns: dict[str, Turn] = {}
    sums: dict[str, list[Figures]] = defaultdict(list)
    for (facility, centre), own in sorted(centres.items()):
        here = [state for state in states if (state.facility, state.work_centre) == (facility, centre)]
        bench = _Centre(shop.facility(facility), centre, tuple(here), shop.changeovers, now)
        planned = _planned(own, bench)
        turns |= {load.number: turn for load, turn in planned}
        sums[facility].append(_figures(own, planned, bench))
    return Timetable(turns, tuple(_summed(facility, parts) for facility, parts in sorted(sums.items())))


@dataclass(frozen=True)
class _Centre:
    """The machines of a work centre as they stand now."""

    facility: Facility
    centre: str
    states: tuple[MachineState, ...]
    changeovers: Mapping[tuple[str, str], float]
    now: datetime

    @cached_property
    def hours(self) -> Hours:
        return Hours.of(self.facility, self.centre)

    @cached_property
    def clocks(self) -> tuple[Hours, ...]:
        """The hours of each machine: without its own stand-stills."""
        count = self.facility.centres[self.centre].count
        return tuple(Hours.of(self.facility, self.centre, machine) for machine in range(1, count + 1))

    @cached_property
    def free_at(self) -> tuple[datetime, ...]:
        """When each machine has done what is frozen for it and works."""
        return tuple(
            max([self.now, *(state.until(hours, self.now) for state in self._of(machine))])
            for machine, hours in enumerate(self.clocks, start=1)
        )

    @cached_property
    def families(self) -> tuple[str | None, ...]:
        """What each machine is set up for once it is free."""
        return tuple(
            next((state.family for state in reversed(self._of(machine + 1))), None)
            for machine in range(len(self.clocks))
        )

    @cached_property
    def floor(self) -> Floor:
        begin = [hours.open_from(free) for hours, free in zip(self.clocks, self.free_at, strict=True)]
        return Floor(
            tuple(Machine(self.minutes(at), family) for at, family in zip(begin, self.families, strict=True)),
            self.changeovers,
        )

    def _of(self, machine: int) -> list[MachineState]:
        return [state for state in self.states if state.machine == machine]

    def minutes(self, at: datetime) -> float:
        """A time in open minutes from now."""
        return self.hours.minutes_between(self.now, at)


def _planned(loads: Sequence[Load], bench: _Centre) -> list[tuple[Load, Turn]]:
    """The order that is kept as far as it is worth it, unless pieces are late by it that another makes in time."""
    usual = _ordered(loads, bench, {load.number: (load.before[0] - 1, load.before[1]) for load in loads if load.before})
    if _all_late(usual):
        anew = _ordered(loads, bench, {})
        return min(usual, anew, key=_all_late)
    return usual


def _all_late(planned: Sequence[tuple[Load, Turn]]) -> int:
    return sum(_late(load, turn) for load, turn in planned)


def _ordered(loads: Sequence[Load], bench: _Centre, before: Places) -> list[tuple[Load, Turn]]:
    """Rush loads first, then the others by the time they close; each of these waves after the one before it."""
    free = [load for load in loads if not _pinned(load, bench)]
    by_number = {load.number: load for load in loads}
    lots = _lots(free, bench)
    floor, slots = bench.floor, list[Slot]()
    for rush, closing in sorted({_wave(load, bench) for load in free}, key=lambda wave: (not wave[0], wave[1])):
        own = [lot for lot in lots if _wave(by_number[lot.name], bench) == (rush, closing)]
        open_floor = _not_before(floor, max(0.0, bench.minutes(closing)))
        schedule = kept(sequence(own, open_floor), own, open_floor, before)
        floor, slots = _after(schedule, floor), [*slots, *schedule.slots]
    turns = _turns(Schedule(tuple(slots)), [load for load in loads if _pinned(load, bench)], by_number, bench)
    return [(by_number[name], turn) for name, turn in turns.items()]


def _pinned(load: Load, bench: _Centre) -> bool:
    """Whether it is pinned to a machine that is there."""
    return load.pin is not None and load.pin.machine <= len(bench.clocks)


def _wave(load: Load, bench: _Centre) -> tuple[bool, datetime]:
    """Whether it is rush, and when it closes: now at the soonest."""
    return load.group.rush, max(bench.now, load.closes_at or bench.now)


def _not_before(floor: Floor, minute: float) -> Floor:
    """The machines, none of them free before that minute: a batch runs once it has closed."""
    return Floor(tuple(Machine(max(m.free_min, minute), m.family) for m in floor.machines), floor.changeovers)


def _after(schedule: Schedule, floor: Floor) -> Floor:
    """The machines once a schedule is done."""
    machines = list(floor.machines)
    for slot in schedule.slots:
        machines[slot.machine] = Machine(slot.end, slot.lot.family)
    return Floor(tuple(machines), floor.changeovers)


def _lots(loads: Sequence[Load], bench: _Centre) -> list[Lot]:
    dues: dict[datetime, float] = {}
    for due in {piece.due_at for load in loads for piece in load.pieces}:
        dues[due] = bench.minutes(due)
    return [
        Lot(
            name=load.number,
            family=load.group.family,
            setup_min=load.setup_min,
            run_min=sum(piece.run_min for piece in load.pieces),
            dues=tuple(sorted(dues[piece.due_at] for piece in load.pieces)),
            arrived=min(piece.id for piece in load.pieces),
        )
        for load in loads
    ]


def _turns(
    schedule: Schedule, pinned: Sequence[Load], by_number: Mapping[str, Load], bench: _Centre
) -> dict[str, Turn]:
    """The slots by the clock: in their order on each machine, each after its closing and within the hours."""
    turns: dict[str, Turn] = {}
    for n, hours in enumerate(bench.clocks):
        slots = sorted((slot for slot in schedule.slots if slot.machine == n), key=lambda slot: slot.start)
        queue = [Ready(slot.lot, _wave(by_number[slot.lot.name], bench)[1]) for slot in slots]
        own = [load for load in pinned if load.pin and load.pin.machine == n + 1]
        pins = [
            Ready(lot, max(_wave(load, bench)[1], load.pin.not_before))
            for load, lot in zip(own, _lots(own, bench), strict=True)
            if load.pin
        ]
        clock = MachineClock(n + 1, hours, bench.free_at[n], bench.families[n], bench.floor.changeover)
        turns |= wound(clock, queue, pins)
    return turns


def _figures(loads: Sequence[Load], planned: Sequence[tuple[Load, Turn]], bench: _Centre) -> Figures:
    """The plan beside the pieces in their order of arrival, neighbours of one family together.

    First come, first served waits for the first closing too: what is compared is the order, not the cut-off.
    """
    arrived = _runs(loads)
    begins = min(_wave(load, bench)[1] for load in loads)
    runs = {run.number: replace(run, closes_at=begins) for run in arrived}
    unplanned = first_come(_lots(arrived, bench), _not_before(bench.floor, max(0.0, bench.minutes(begins))))
    turns = _turns(unplanned, (), runs, bench)
    return Figures(
        facility=bench.facility.key,
        pieces=sum(len(load.pieces) for load in loads),
        batches=len(loads),
        changeover_min=sum(turn.changeover_min for _, turn in planned),
        late=sum(_late(load, turn) for load, turn in planned),
        first_come_changeover_min=unplanned.changeover_min,
        first_come_late=sum(_late(load, turns[load.number]) for load in arrived),
        sheets=sum(load.sheets for load in loads),
        first_come_sheets=sum(run.sheets for run in arrived),
    )


def _runs(loads: Sequence[Load]) -> list[Load]:
    """All pieces by arrival, cut wherever the next one needs another family."""
    pieces = sorted(((piece, load) for load in loads for piece in load.pieces), key=lambda pair: pair[0].id)
    runs = [list(run) for _, run in groupby(pieces, key=lambda pair: pair[1].group.family)]
    return [_run(f"run {number}", run) for number, run in enumerate(runs)]


def _run(name: str, run: Sequence[tuple[LoadPiece, Load]]) -> Load:
    """Neighbours of one family as a batch of their own; its last sheet is as empty as it comes."""
    first = run[0][1]
    kinds = Counter((load.group.blank, load.per_sheet) for _, load in run if load.sheets)
    return Load(
        name,
        first.group,
        first.setup_min,
        tuple(piece for piece, _ in run),
        sheets=sum(ceil(pieces / places) for (_, places), pieces in kinds.items() if places),
    )


def _late(load: Load, turn: Turn) -> int:
    return sum(piece.due_at < turn.ends_at for piece in load.pieces)


def _summed(facility: str, parts: Sequence[Figures]) -> Figures:
    return Figures(
        facility=facility,
        pieces=sum(part.pieces for part in parts),
        batches=sum(part.batches for part in parts),
        changeover_min=sum(part.changeover_min for part in parts),
        late=sum(part.late for part in parts),
        first_come_changeover_min=sum(part.first_come_changeover_min for part in parts),
        first_come_late=sum(part.first_come_late for part in parts),
        sheets=sum(part.sheets for part in parts),
        first_come_sheets=sum(part.first_come_sheets for part in parts),
    )
