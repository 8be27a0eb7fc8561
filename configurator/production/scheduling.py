"""When each batch runs on which machine, in opening hours; and what first come, first served would have cost."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import groupby

from configurator.blanks.shop import Facility, Shop
from configurator.production.batching import Group
from configurator.production.hours import Hours
from configurator.production.sequencing import Floor, Lot, Machine, Schedule, Slot, first_come, sequence


@dataclass(frozen=True, slots=True)
class LoadPiece:
    """A piece of a batch to be scheduled; `id` rises with the time of ordering."""

    id: int
    due_at: datetime
    run_min: float


@dataclass(frozen=True, slots=True)
class Load:
    """A batch to be scheduled. setup_min: its changeover where the shop's matrix says nothing.

    closes_at: it fills until then, and runs no sooner.
    """

    number: str
    group: Group
    setup_min: float
    pieces: tuple[LoadPiece, ...]
    closes_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class MachineState:
    """A batch frozen for a machine (from 1): the family it leaves it set up for, until when it runs."""

    number: str
    facility: str
    work_centre: str
    machine: int
    family: str
    ends_at: datetime | None
    done: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """A batch's turn: machine and place in its queue, both from 1; starts_at: when its changeover begins."""

    machine: int
    sequence: int
    changeover_min: float
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Figures:
    """What a facility's plan amounts to, beside making the same pieces in the order of arrival."""

    facility: str
    pieces: int
    batches: int
    changeover_min: float
    late: int
    first_come_changeover_min: float
    first_come_late: int


@dataclass(frozen=True, slots=True)
class Timetable:
    """Batch number -> its turn; figures by facility."""

    turns: Mapping[str, Turn]
    figures: tuple[Figures, ...]


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
        return Hours.of(self.facility)

    @cached_property
    def free_at(self) -> tuple[datetime, ...]:
        """When each machine has done what is frozen for it."""
        return tuple(
            max([self.now, *(s.ends_at for s in self._of(machine) if s.ends_at and not s.done)])
            for machine in range(1, self.facility.centres[self.centre].count + 1)
        )

    @cached_property
    def floor(self) -> Floor:
        families = [
            next((state.family for state in reversed(self._of(machine + 1))), None)
            for machine in range(len(self.free_at))
        ]
        return Floor(
            tuple(Machine(self.minutes(free), family) for free, family in zip(self.free_at, families, strict=True)),
            self.changeovers,
        )

    def _of(self, machine: int) -> list[MachineState]:
        return [state for state in self.states if state.machine == machine]

    def minutes(self, at: datetime) -> float:
        """A time in open minutes from now."""
        return self.hours.minutes_between(self.now, at)


def _planned(loads: Sequence[Load], bench: _Centre) -> list[tuple[Load, Turn]]:
    """Rush loads first, then the others by the time they close; each of these waves after the one before it."""
    by_number = {load.number: load for load in loads}
    lots = _lots(loads, bench)
    floor, slots = bench.floor, list[Slot]()
    for rush, closing in sorted({_wave(load, bench) for load in loads}, key=lambda wave: (not wave[0], wave[1])):
        own = [lot for lot in lots if _wave(by_number[lot.name], bench) == (rush, closing)]
        schedule = sequence(own, _not_before(floor, max(0.0, bench.minutes(closing))))
        floor, slots = _after(schedule, floor), [*slots, *schedule.slots]
    closings = {load.number: _wave(load, bench)[1] for load in loads}
    return [(by_number[name], turn) for name, turn in _turns(Schedule(tuple(slots)), bench, closings).items()]


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


def _turns(schedule: Schedule, bench: _Centre, closings: Mapping[str, datetime]) -> dict[str, Turn]:
    """The slots by the clock: in their order on each machine, each after its closing and within opening hours."""
    turns: dict[str, Turn] = {}
    for machine, idle in enumerate(bench.free_at):
        free = idle
        slots = sorted((slot for slot in schedule.slots if slot.machine == machine), key=lambda slot: slot.start)
        for place, slot in enumerate(slots, start=1):
            earliest = max(free, closings[slot.lot.name])
            window = bench.hours.fit(earliest, slot.changeover_min + slot.lot.run_min)
            turns[slot.lot.name] = Turn(machine + 1, place, slot.changeover_min, window.opens, window.closes)
            free = window.closes
    return turns


def _figures(loads: Sequence[Load], planned: Sequence[tuple[Load, Turn]], bench: _Centre) -> Figures:
    """The plan beside the pieces in their order of arrival, neighbours of one family together.

    First come, first served waits for the first closing too: what is compared is the order, not the cut-off.
    """
    arrived = _runs(loads)
    begins = min(_wave(load, bench)[1] for load in loads)
    unplanned = first_come(_lots(arrived, bench), _not_before(bench.floor, max(0.0, bench.minutes(begins))))
    turns = _turns(unplanned, bench, dict.fromkeys((run.number for run in arrived), begins))
    return Figures(
        facility=bench.facility.key,
        pieces=sum(len(load.pieces) for load in loads),
        batches=len(loads),
        changeover_min=sum(turn.changeover_min for _, turn in planned),
        late=sum(_late(load, turn) for load, turn in planned),
        first_come_changeover_min=unplanned.changeover_min,
        first_come_late=sum(_late(load, turns[load.number]) for load in arrived),
    )


def _runs(loads: Sequence[Load]) -> list[Load]:
    """All pieces by arrival, cut wherever the next one needs another family."""
    pieces = sorted(((piece, load) for load in loads for piece in load.pieces), key=lambda pair: pair[0].id)
    runs = [list(run) for _, run in groupby(pieces, key=lambda pair: pair[1].group.family)]
    return [
        Load(f"run {number}", run[0][1].group, run[0][1].setup_min, tuple(piece for piece, _ in run))
        for number, run in enumerate(runs)
    ]


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
    )
