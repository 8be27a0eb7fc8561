"""What is on each machine now and what comes after it: for the wall, and for a phone in place of the drawn plan."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from configurator.blanks.shop import Facility, WorkCentre
from configurator.production.batch_store import BatchRow
from configurator.production.step_store import StepRow
from configurator.web.gantt import down_now

SOON = timedelta(hours=36)
"""How far ahead something counts as coming: past a night, not past a weekend."""


@dataclass(frozen=True, slots=True)
class Work:
    """A batch on a machine, or one of its other steps.

    step: what is done; empty where the step decides the batch. colour: 1 to 6, its family's; 0 for another step.
    pieces, made: 0 for another step, whose pieces are not counted. starts_at: when its changeover begins.
    """

    number: str
    title: str
    step: str
    family: str
    colour: int
    status: str
    pieces: int
    made: int
    changeover_min: float
    starts_at: datetime
    ends_at: datetime

    def begun(self, now: datetime) -> bool:
        """Whether it is on the machine: released, and its time has come."""
        return self.status == "released" and self.starts_at <= now

    def late(self, now: datetime) -> timedelta:
        """How long ago it should have been finished; zero when it need not be yet."""
        return max(timedelta(), now - self.ends_at) if self.status == "released" else timedelta()


@dataclass(frozen=True, slots=True)
class MachineNow:
    """One machine. state: down | late | run | wait; down: why it stands still, empty when it does not."""

    label: str
    state: str
    down: str
    on: Work | None
    then: Work | None


@dataclass(frozen=True, slots=True)
class Changeover:
    """The next time that somebody must set a machine up anew."""

    label: str
    work: Work


def machines_now(
    facility: Facility, batches: Sequence[BatchRow], steps: Sequence[StepRow], colours: Mapping[str, int], now: datetime
) -> tuple[MachineNow, ...]:
    """The machines that have something to do or stand still, in the facility's own order: each keeps its place."""
    work = _by_machine(batches, steps, colours, now)
    return tuple(
        machine
        for centre in facility.centres.values()
        for number in range(1, centre.count + 1)
        if (machine := _machine(facility, centre, number, work.get((centre.key, number), []), now))
    )


def next_changeover(machines: Sequence[MachineNow], now: datetime) -> Changeover | None:
    """The soonest set-up still to begin, of all machines."""
    coming = [
        Changeover(machine.label, work)
        for machine in machines
        if machine.state != "down"
        for work in (machine.on, machine.then)
        if work and work.changeover_min and work.starts_at >= now
    ]
    return min(coming, key=lambda one: one.work.starts_at, default=None)


def _by_machine(
    batches: Sequence[BatchRow], steps: Sequence[StepRow], colours: Mapping[str, int], now: datetime
) -> dict[tuple[str, int], list[Work]]:
    """What is not finished, by work centre and machine, in its order."""
    found: dict[tuple[str, int], list[Work]] = {}
    titles = {batch.number: batch.title for batch in batches}
    for key, work in (*_leading(batches, colours), *_others(steps, titles, now)):
        if work.starts_at < now + SOON:
            found.setdefault(key, []).append(work)
    return {key: sorted(each, key=lambda work: (work.starts_at, work.number)) for key, each in found.items()}


def _leading(batches: Sequence[BatchRow], colours: Mapping[str, int]) -> Iterator[tuple[tuple[str, int], Work]]:
    for one in batches:
        if one.status == "done" or one.starts_at is None or one.ends_at is None or one.made >= one.pieces > 0:
            continue
        yield (
            (one.work_centre, one.machine),
            Work(
                number=one.number,
                title=one.title,
                step="",
                family=one.family,
                colour=colours[one.family],
                status=one.status,
                pieces=one.pieces,
                made=one.made,
                changeover_min=one.changeover_min,
                starts_at=one.starts_at,
                ends_at=one.ends_at,
            ),
        )


def _others(
    steps: Sequence[StepRow], titles: Mapping[str, str], now: datetime
) -> Iterator[tuple[tuple[str, int], Work]]:
    """Steps beside the leading one: nobody books them, so the plan's time is all that is known."""
    for one in steps:
        if one.leads or one.status == "done" or one.ends_at <= now:
            continue
        yield (
            (one.work_centre, one.machine),
            Work(
                number=one.number,
                title=titles.get(one.number, one.number),
                step=one.name,
                family=one.family,
                colour=0,
                status=one.status,
                pieces=0,
                made=0,
                changeover_min=one.changeover_min,
                starts_at=one.starts_at,
                ends_at=one.ends_at,
            ),
        )


def _machine(
    facility: Facility, centre: WorkCentre, number: int, work: Sequence[Work], now: datetime
) -> MachineNow | None:
    down = down_now(facility, centre.key, number, now)
    if not work and not down:
        return None
    on = work[0] if work and work[0].begun(now) else None
    coming = work[1 if on else 0 :]
    return MachineNow(centre.name_of(number), _state(on, down, now), down, on, coming[0] if coming else None)


def _state(on: Work | None, down: str, now: datetime) -> str:
    if down:
        return "down"
    if on is None:
        return "wait"
    return "late" if on.late(now) else "run"
