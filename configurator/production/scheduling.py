"""When each batch runs on which machine, in its hours; and what first come, first served would have cost."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from math import ceil
from typing import Any

from configurator.blanks.shop import Shop
from configurator.production.clockwork import tail_min, wound
from configurator.production.hall import Bench, Hall, Stand
from configurator.production.keeping import kept
from configurator.production.loads import Figures, Load, LoadPiece, MachineState, Pin, Timetable, Wear
from configurator.production.sequencing import Floor, Lot, Machine, Schedule, Slot, first_come, sequence
from configurator.production.turns import Job, Key, Place, Queues, Turn

Waiting = Mapping[Key, Sequence[str]]
"""Machine -> batch numbers in their order; pinned ones are not among them."""

Found = dict[tuple[bool, datetime, tuple[Machine, ...]], Schedule]
"""What a wave, beginning with the machines as they are then, was found to be best ordered like."""

__all__ = ["Figures", "Load", "LoadPiece", "MachineState", "Pin", "Timetable", "Turn", "timetable"]


def timetable(
    loads: Sequence[Load],
    states: Sequence[MachineState],
    shop: Shop,
    now: datetime,
    worn: Wear | None = None,
) -> Timetable:
    """Schedule all loads, process by process and then facility by facility. worn: what tools have made already."""
    stand = Stand(states, shop, now, worn or {})
    places = _by(loads, lambda load: (load.group.facility, load.group.work_centre))
    return clocked(loads, {place: queued(own, stand) for place, own in sorted(places.items())}, stand)


def queued(loads: Sequence[Load], stand: Stand) -> Waiting:
    """The order on each machine of one process: rush batches before all others.

    The order so far is kept as far as it is worth it, unless pieces are late by it that another makes in time.
    """
    hall = stand.hall(loads[0].group.facility)
    bench = hall.centres[loads[0].group.work_centre]
    found: Found = {}
    usual = _queues(loads, bench, found, keep=True)
    late = _late_by(loads, by_clock(loads, usual, hall))
    if late:
        anew = _queues(loads, bench, found, keep=False)
        return anew if _late_by(loads, by_clock(loads, anew, hall)) < late else usual
    return usual


def as_before(loads: Sequence[Load], stand: Stand) -> Waiting:
    """The order on each machine of one process as the last plan left it; batches that never had a turn come last."""
    centre = stand.shop.facility(loads[0].group.facility).centres[loads[0].group.work_centre]
    queues: dict[Key, list[str]] = {}
    for load in sorted(loads, key=lambda each: (not each.before, (each.before or (0, 0))[1], each.number)):
        if not (load.pin and load.pin.machine <= centre.count):
            machine = min(load.before[0] if load.before else 1, centre.count)
            queues.setdefault((centre.key, machine), []).append(load.number)
    return queues


def clocked(loads: Sequence[Load], queues: Mapping[Place, Waiting], stand: Stand) -> Timetable:
    """Every step of all loads by the clock, each process in the order of its queues."""
    turns: dict[str, Turn] = {}
    figures = []
    for key, own in sorted(_by(loads, lambda load: load.group.facility).items()):
        hall = stand.hall(key)
        here = [waiting for (facility, _), waiting in queues.items() if facility == key]
        planned = by_clock(own, {machine: names for waiting in here for machine, names in waiting.items()}, hall)
        turns |= planned
        figures.append(_figures(own, planned, hall))
    return Timetable(turns, tuple(figures))


def _by(loads: Sequence[Load], name: Callable[[Load], Any]) -> dict[Any, list[Load]]:
    """The loads by what they have in common, in the order in which their first pieces were ordered."""
    found: dict[Any, list[Load]] = defaultdict(list)
    for load in sorted(loads, key=lambda each: min(piece.id for piece in each.pieces)):
        found[name(load)].append(load)
    return found


def _late_by(loads: Sequence[Load], turns: Mapping[str, Turn]) -> int:
    return sum(_late(load, turns[load.number]) for load in loads)


def _queues(loads: Sequence[Load], bench: Bench, found: Found, *, keep: bool) -> dict[Key, list[str]]:
    """Rush loads first, then the others by the time they close; each of these waves after the one before it.

    found: waves searched before; one that begins with the same machines is not searched again.
    """
    free = [load for load in loads if not _pinned(load, bench)]
    by_number = {load.number: load for load in free}
    before = {load.number: (load.before[0] - 1, load.before[1]) for load in free if load.before and keep}
    lots = _lots(free, bench)
    floor, slots = bench.floor, list[Slot]()
    for rush, closing in sorted({wave(load, bench) for load in free}, key=lambda wave: (not wave[0], wave[1])):
        own = [lot for lot in lots if wave(by_number[lot.name], bench) == (rush, closing)]
        open_floor = _not_before(floor, max(0.0, bench.minutes(closing)))
        begins = rush, closing, open_floor.machines
        if begins not in found:
            found[begins] = sequence(own, open_floor)
        schedule = kept(found[begins], own, open_floor, before)
        floor, slots = _after(schedule, floor), [*slots, *schedule.slots]
    return _in_order(slots, bench)


def _in_order(slots: Sequence[Slot], bench: Bench) -> dict[Key, list[str]]:
    queues: dict[Key, list[str]] = {}
    for slot in sorted(slots, key=lambda each: each.start):
        queues.setdefault((bench.centre, slot.machine + 1), []).append(slot.lot.name)
    return queues


def _pinned(load: Load, bench: Bench) -> bool:
    """Whether it is pinned to a machine that is there."""
    return load.pin is not None and load.pin.machine <= len(bench.clocks)


def wave(load: Load, bench: Bench) -> tuple[bool, datetime]:
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


def _lots(loads: Sequence[Load], bench: Bench) -> list[Lot]:
    """The lead steps as sequencing sees them: due so much earlier as the steps after them take."""
    dues: dict[datetime, float] = {}
    for due in {piece.due_at for load in loads for piece in load.pieces}:
        dues[due] = bench.minutes(due)
    tails = {load.number: tail_min(load.tasks) for load in loads}
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


def by_clock(loads: Sequence[Load], waiting: Waiting, hall: Hall) -> dict[str, Turn]:
    """Every step of the loads within the hours of its machine, each load after its closing."""
    return Course.of(loads, hall).turns(waiting)


@dataclass(frozen=True)
class Course:
    """Loads ready to be run by the clock of a hall, as often as somebody tries other queues. pinned: by machine."""

    jobs: tuple[Job, ...]
    pinned: Waiting
    hall: Hall

    @staticmethod
    def of(loads: Sequence[Load], hall: Hall) -> "Course":
        """What does not depend on the order of the queues."""
        pinned: dict[Key, list[str]] = {}
        jobs = []
        for load in loads:
            bench = hall.centres[load.group.work_centre]
            pin = load.pin if _pinned(load, bench) else None
            if pin:
                pinned.setdefault((bench.centre, pin.machine), []).append(load.number)
            jobs.append(_job(load, wave(load, bench)[1], pin))
        return Course(tuple(jobs), pinned, hall)

    def turns(self, waiting: Waiting) -> dict[str, Turn]:
        """Every step within the hours of its machine, the lead steps in the order of these queues."""
        return wound(self.jobs, self.hall.stations(), Queues(waiting, self.pinned), self.hall.matrix)


def _job(load: Load, earliest: datetime, pin: Pin | None) -> Job:
    return Job(
        number=load.number,
        tasks=load.tasks,
        earliest=earliest,
        due=min(piece.due_at for piece in load.pieces),
        rush=load.group.rush,
        arrived=min(piece.id for piece in load.pieces),
        not_before=pin.not_before if pin else None,
    )


def _figures(loads: Sequence[Load], planned: Mapping[str, Turn], hall: Hall) -> Figures:
    """The plan beside the pieces in their order of arrival, neighbours of one family together.

    First come, first served waits for the first closing too: what is compared is the order, not the cut-off.
    """
    runs: list[Load] = []
    waiting: dict[Key, list[str]] = {}
    for key, own in _by(loads, lambda load: load.group.work_centre).items():
        bench = hall.centres[key]
        begins = min(wave(load, bench)[1] for load in own)
        arrived = [replace(run, closes_at=begins) for run in _runs(own)]
        floor = _not_before(bench.floor, max(0.0, bench.minutes(begins)))
        waiting |= _in_order(first_come(_lots(arrived, bench), floor).slots, bench)
        runs += arrived
    unplanned = by_clock(runs, waiting, hall)
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
    finished = turn.finished_at
    return sum(piece.due_at < finished for piece in load.pieces)
