"""When each batch runs on which machine, in its hours; and what first come, first served would have cost."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from itertools import groupby
from math import ceil

from configurator.blanks.shop import Facility, Shop
from configurator.production.clockwork import tail_min, wound
from configurator.production.hours import Hours
from configurator.production.keeping import kept
from configurator.production.loads import Figures, Load, LoadPiece, MachineState, Pin, Timetable, Wear
from configurator.production.sequencing import Floor, Lot, Machine, Schedule, Slot, first_come, sequence
from configurator.production.turns import Job, Key, Queues, Station, Turn

__all__ = ["Figures", "Load", "LoadPiece", "MachineState", "Pin", "Timetable", "Turn", "timetable"]


def timetable(
    loads: Sequence[Load],
    states: Sequence[MachineState],
    shop: Shop,
    now: datetime,
    worn: Wear | None = None,
) -> Timetable:
    """Schedule all loads, facility by facility, rush batches before all others. worn: what tools have made already."""
    facilities: dict[str, list[Load]] = defaultdict(list)
    for load in loads:
        facilities[load.group.facility].append(load)
    turns: dict[str, Turn] = {}
    figures = []
    for key, own in sorted(facilities.items()):
        here = [state for state in states if state.facility == key]
        floor = _Hall(shop.facility(key), _centres(shop.facility(key), here, shop, now), shop.changeovers, worn or {})
        planned = _planned(own, floor)
        turns |= planned
        figures.append(_figures(own, planned, floor))
    return Timetable(turns, tuple(figures))


@dataclass(frozen=True)
class _Hall:
    """All work centres of a facility."""

    facility: Facility
    centres: Mapping[str, "_Centre"]
    matrix: Mapping[tuple[str, str], float]
    worn: Wear

    def stations(self) -> dict[Key, Station]:
        """Its machines, ready for a clock to run."""
        return {
            (key, n): Station(hours, free, family, self._worn(key, n))
            for key, centre in self.centres.items()
            for n, (hours, free, family) in enumerate(
                zip(centre.clocks, centre.free_at, centre.families, strict=True), start=1
            )
        }

    def _worn(self, centre: str, machine: int) -> dict[str, int]:
        """Tool -> pieces it has made, on one machine."""
        place = (self.facility.key, centre, machine)
        return {tool: pieces for (*where, tool), pieces in self.worn.items() if tuple(where) == place}


def _centres(facility: Facility, states: Sequence[MachineState], shop: Shop, now: datetime) -> Mapping[str, "_Centre"]:
    """The work centres of a facility as their machines stand now."""
    return {
        key: _Centre(facility, key, tuple(s for s in states if s.work_centre == key), shop.changeovers, now)
        for key in facility.centres
    }


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


def _planned(loads: Sequence[Load], hall: _Hall) -> dict[str, Turn]:
    """The order that is kept as far as it is worth it, unless pieces are late by it that another makes in time."""
    usual = _ordered(loads, hall, keep=True)
    if _late_by(loads, usual):
        anew = _ordered(loads, hall, keep=False)
        return min(usual, anew, key=lambda turns: _late_by(loads, turns))
    return usual


def _late_by(loads: Sequence[Load], turns: Mapping[str, Turn]) -> int:
    return sum(_late(load, turns[load.number]) for load in loads)


def _ordered(loads: Sequence[Load], hall: _Hall, *, keep: bool) -> dict[str, Turn]:
    """Each work centre's lead steps in their order, then everything by the clock."""
    waiting: dict[Key, list[str]] = {}
    for key, own in _by_centre(loads).items():
        waiting |= _queues(own, hall.centres[key], keep=keep)
    return _by_clock(loads, waiting, hall)


def _by_centre(loads: Sequence[Load]) -> dict[str, list[Load]]:
    centres: dict[str, list[Load]] = defaultdict(list)
    for load in sorted(loads, key=lambda each: each.number):
        centres[load.group.work_centre].append(load)
    return centres


def _queues(loads: Sequence[Load], bench: _Centre, *, keep: bool) -> dict[Key, list[str]]:
    """Rush loads first, then the others by the time they close; each of these waves after the one before it."""
    free = [load for load in loads if not _pinned(load, bench)]
    by_number = {load.number: load for load in free}
    before = {load.number: (load.before[0] - 1, load.before[1]) for load in free if load.before and keep}
    lots = _lots(free, bench)
    floor, slots = bench.floor, list[Slot]()
    for rush, closing in sorted({_wave(load, bench) for load in free}, key=lambda wave: (not wave[0], wave[1])):
        own = [lot for lot in lots if _wave(by_number[lot.name], bench) == (rush, closing)]
        open_floor = _not_before(floor, max(0.0, bench.minutes(closing)))
        schedule = kept(sequence(own, open_floor), own, open_floor, before)
        floor, slots = _after(schedule, floor), [*slots, *schedule.slots]
    return _in_order(slots, bench)


def _in_order(slots: Sequence[Slot], bench: _Centre) -> dict[Key, list[str]]:
    queues: dict[Key, list[str]] = {}
    for slot in sorted(slots, key=lambda each: each.start):
        queues.setdefault((bench.centre, slot.machine + 1), []).append(slot.lot.name)
    return queues


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
    """The lead steps as sequencing sees them: due so much earlier as the steps after them take."""
    dues: dict[datetime, float] = {}
    for due in {piece.due_at for load in loads for piece in load.pieces}:
        dues[due] = bench.minutes(due)
    tails = {load.number: tail_min(load.tasks()) for load in loads}
    return [
        Lot(
            name=load.number,
            family=load.group.family,
            setup_min=load.setup_min,
            run_min=sum(piece.run_min for piece in load.pieces),
            dues=tuple(sorted(dues[piece.due_at] - tails[load.number] for piece in load.pieces)),
            arrived=min(piece.id for piece in load.pieces),
        )
        for load in loads
    ]


def _by_clock(loads: Sequence[Load], waiting: Mapping[Key, Sequence[str]], hall: _Hall) -> dict[str, Turn]:
    """Every step of the loads within the hours of its machine, each load after its closing."""
    pinned: dict[Key, list[str]] = {}
    jobs = []
    for load in loads:
        bench = hall.centres[load.group.work_centre]
        pin = load.pin if _pinned(load, bench) else None
        if pin:
            pinned.setdefault((bench.centre, pin.machine), []).append(load.number)
        jobs.append(
            Job(
                number=load.number,
                tasks=load.tasks(),
                earliest=_wave(load, bench)[1],
                due=min(piece.due_at for piece in load.pieces),
                rush=load.group.rush,
                not_before=pin.not_before if pin else None,
            )
        )
    return wound(jobs, hall.stations(), Queues(waiting, pinned), hall.matrix)


def _figures(loads: Sequence[Load], planned: Mapping[str, Turn], hall: _Hall) -> Figures:
    """The plan beside the pieces in their order of arrival, neighbours of one family together.

    First come, first served waits for the first closing too: what is compared is the order, not the cut-off.
    """
    runs: list[Load] = []
    waiting: dict[Key, list[str]] = {}
    for key, own in _by_centre(loads).items():
        bench = hall.centres[key]
        begins = min(_wave(load, bench)[1] for load in own)
        arrived = [replace(run, closes_at=begins) for run in _runs(own)]
        floor = _not_before(bench.floor, max(0.0, bench.minutes(begins)))
        waiting |= _in_order(first_come(_lots(arrived, bench), floor).slots, bench)
        runs += arrived
    unplanned = _by_clock(runs, waiting, hall)
    return Figures(
        facility=hall.facility.key,
        pieces=sum(len(load.pieces) for load in loads),
        batches=len(loads),
        changeover_min=sum(turn.changeover_min for turn in planned.values()),
        late=_late_by(loads, planned),
        first_come_changeover_min=sum(turn.changeover_min for turn in unplanned.values()),
        first_come_late=_late_by(runs, unplanned),
        sheets=sum(load.sheets for load in loads),
        first_come_sheets=sum(run.sheets for run in runs),
    )


def _runs(loads: Sequence[Load]) -> list[Load]:
    """All pieces by arrival, cut wherever the next one needs another family or another route."""
    pieces = sorted(((piece, load) for load in loads for piece in load.pieces), key=lambda pair: pair[0].id)
    runs = [list(run) for _, run in groupby(pieces, key=lambda pair: (pair[1].group.family, pair[1].steps))]
    return [_run(f"run {run[0][1].group.work_centre} {number}", run) for number, run in enumerate(runs)]


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
        steps=first.steps,
    )


def _late(load: Load, turn: Turn) -> int:
    return sum(piece.due_at < turn.finished_at for piece in load.pieces)
