"""Turns by the clock: every step of every batch on a machine, within its hours, the next while the one before runs."""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush
from itertools import pairwise

from configurator.production.hours import Hours, Window
from configurator.production.turns import Job, Key, Queues, Station, StepTurn, Task, Turn


def wound(
    jobs: Iterable[Job], stations: Mapping[Key, Station], queues: Queues, matrix: Mapping[tuple[str, str], float]
) -> dict[str, Turn]:
    """Batch -> its turn. Whatever can begin first does; other steps fill the gaps that the planned queues leave.

    A queue keeps its order; a pinned batch goes before what would not be done by its time. The stations are used up.
    """
    clock = _Clock({job.number: job for job in jobs}, stations, queues, matrix)
    clock.run()
    return clock.answer()


@dataclass(slots=True)
class _Choice:
    """A step that could begin next."""

    job: Job
    key: Key
    changeover_min: float
    window: Window


class _Clock:
    """Steps begin in the order of their starts; the agenda holds for each waiting step, and for each machine's queue,
    a time before which it cannot begin."""

    def __init__(
        self,
        jobs: Mapping[str, Job],
        stations: Mapping[Key, Station],
        queues: Queues,
        matrix: Mapping[tuple[str, str], float],
    ) -> None:
        self.jobs, self.stations, self.matrix = jobs, stations, matrix
        self.waiting = {key: deque(names) for key, names in queues.waiting.items()}
        by_time = lambda name: (jobs[name].not_before or jobs[name].earliest, jobs[name].arrived, name)  # noqa: E731 a sort key
        self.pinned = {key: deque(sorted(names, key=by_time)) for key, names in queues.pinned.items()}
        self.place = {name: key for own in (self.waiting, self.pinned) for key, names in own.items() for name in names}
        self.machines: dict[str, list[Key]] = {}
        for key in sorted(stations):
            self.machines.setdefault(key[0], []).append(key)
        self.steps: dict[str, list[StepTurn]] = {name: [] for name in jobs}
        self.led: dict[Key, list[str]] = {}
        self.ready: dict[str, datetime] = {}
        self.free = {key: _open_from(station) for key, station in stations.items()}
        self.soonest = {at: min(self.free[key] for key in keys) for at, keys in self.machines.items()}
        self.agenda: list[tuple[datetime, bool, datetime, int, str, Key]] = []
        self.noted: set[tuple[datetime, str, Key]] = set()

    def run(self) -> None:
        for job in self.jobs.values():
            self._announce(job)
        while self.agenda:
            at, *_, name, key = heappop(self.agenda)
            self.noted.discard((at, name, key))
            if key[1] and self.free[key] > at:
                self._note_first(key)
                continue
            if not key[1] and self.soonest[key[0]] > at:
                self._note(self.soonest[key[0]], self.jobs[name], key)
                continue
            choice = self._head(key) if key[1] else self._elsewhere(self.jobs[name])
            if choice is None:
                continue
            if choice.window.opens > at:
                self._note(choice.window.opens, choice.job, key)
            else:
                self._begin(choice)

    def answer(self) -> dict[str, Turn]:
        sequence = {name: n for names in self.led.values() for n, name in enumerate(names, start=1)}
        return {name: _turn(steps, sequence[name]) for name, steps in self.steps.items()}

    def _announce(self, job: Job) -> None:
        """Its next step may begin from now on; a lead step waits in its machine's queue."""
        task = self._next(job)
        if task is not None:
            self.ready[job.number] = self._ready(job)
            self._note(self.ready[job.number], job, self.place[job.number] if task.leads else (task.at, 0))

    def _note(self, at: datetime, job: Job, key: Key) -> None:
        """Look there again at that time; once does, however many wait in a queue."""
        if (at, job.number, key) not in self.noted:
            self.noted.add((at, job.number, key))
            heappush(self.agenda, (at, not job.rush, job.due, job.arrived, job.number, key))

    def _next(self, job: Job) -> Task | None:
        done = len(self.steps[job.number])
        return job.tasks[done] if done < len(job.tasks) else None

    def _head(self, key: Key) -> _Choice | None:
        """What a machine's queue does next, if that is ready: the first that waits, or what is pinned to its time."""
        waiting, pinned = self.waiting.get(key), self.pinned.get(key)
        first = self._lead(waiting[0], key) if waiting else None
        if pinned:
            pin = self.jobs[pinned[0]]
            due = max(self.stations[key].free, pin.not_before or pin.earliest)
            if first is None or first.window.closes > due:
                return self._lead(pinned[0], key) or first
        return first

    def _lead(self, name: str, key: Key) -> _Choice | None:
        """A lead step; None while a step before it has no turn."""
        task = self._next(self.jobs[name])
        return self._choice(self.jobs[name], key) if task and task.leads else None

    def _elsewhere(self, job: Job) -> _Choice | None:
        """The machine on which a step that nobody has planned ends first."""
        task = self._next(job)
        if task is None or task.leads:
            return None
        return min(
            (self._choice(job, key) for key in self.machines[task.at]), key=lambda one: (one.window.closes, one.key)
        )

    def _choice(self, job: Job, key: Key) -> _Choice:
        """When a batch's next step would run on a machine."""
        station, steps = self.stations[key], self.steps[job.number]
        task = job.tasks[len(steps)]
        changeover = changeover_min(self.matrix, station, task)
        ahead = timedelta(minutes=changeover) if steps else timedelta(0)
        ready = self.ready[job.number] - ahead
        if task.leads and job.not_before:
            ready = max(ready, job.not_before)
        window = station.hours.fit(max(station.free, ready, job.earliest), changeover + task.run_min)
        if not task.leads:
            window = self._past_pin(key, window, changeover + task.run_min)
        return _Choice(job, key, changeover, window)

    def _past_pin(self, key: Key, window: Window, minutes: float) -> Window:
        """A step that would still run when a pinned batch is to begin waits until that one is done."""
        for name in self.pinned.get(key, ()):
            pin, task = self.jobs[name], next(task for task in self.jobs[name].tasks if task.leads)
            begins = max(pin.earliest, pin.not_before or pin.earliest)
            if window.opens < begins < window.closes:
                ends = self.stations[key].hours.fit(begins, task.setup_min + task.run_min).closes
                window = self.stations[key].hours.fit(ends, minutes)
        return window

    def _ready(self, job: Job) -> datetime:
        """From when on enough trays have come from the steps before that this one need not wait for one again."""
        steps = self.steps[job.number]
        task = job.tasks[len(steps)]
        times = [
            _handed_on(job.tasks[n], turn, task, self.stations[turn.work_centre, turn.machine].hours)
            for n, turn in enumerate(steps)
        ]
        return max([job.earliest, *times])

    def _begin(self, choice: _Choice) -> None:
        job, station = choice.job, self.stations[choice.key]
        task = job.tasks[len(self.steps[job.number])]
        opens, closes = choice.window.opens, choice.window.closes
        turn = StepTurn(
            task.name,
            *choice.key,
            task.family,
            choice.changeover_min,
            opens,
            closes,
            task.leads,
            task.tool,
            tool_changes=station.changes(task),
            worn=station.wear(task),
        )
        self.steps[job.number].append(turn)
        station.free, station.family = closes, task.family
        self.free[choice.key] = _open_from(station)
        self.soonest[task.at] = min(self.free[key] for key in self.machines[task.at])
        if task.leads:
            self._led(job, choice.key)
        self._announce(job)

    def _led(self, job: Job, key: Key) -> None:
        """A lead step has its turn: the next of the queue may have it."""
        own = self.waiting if job.number in self.waiting.get(key, ()) else self.pinned
        own[key].remove(job.number)
        self.led.setdefault(key, []).append(job.number)
        self._note_first(key)

    def _note_first(self, key: Key) -> None:
        """Look at a machine's queue again once it is free."""
        for names in (self.waiting.get(key), self.pinned.get(key)):
            if names:
                self._note(self.free[key], self.jobs[names[0]], key)


def _open_from(station: Station) -> datetime:
    """When a machine is free and works; the end of time where it never does again."""
    try:
        return station.hours.open_from(station.free)
    except StopIteration:
        return datetime.max.replace(tzinfo=UTC)


def changeover_min(matrix: Mapping[tuple[str, str], float], station: Station, task: Task) -> float:
    """The changeover of a machine, as it stands, for a task, with the worn tools that are changed then; minutes."""
    family = station.family
    setup = 0.0 if family == task.family else matrix.get((family or "", task.family), task.setup_min)
    return setup + station.changes(task) * task.tool_min


def _handed_on(task: Task, turn: StepTurn, then: Task, hours: Hours) -> datetime:
    """When a later step may begin to run because of this one: after its first tray, and late enough not to run dry.

    What must dry or cure comes as much later.
    """
    wait = timedelta(minutes=task.wait_min)
    if then.pieces < task.pieces:
        return turn.ends_at + wait
    first = hours.running_on(turn.starts_at, turn.changeover_min + task.tray_min).closes
    return max(first, turn.ends_at - timedelta(minutes=then.run_min - then.minutes_of(task.tray))) + wait


def _turn(steps: Sequence[StepTurn], sequence: int) -> Turn:
    lead = next(step for step in steps if step.leads)
    return Turn(
        machine=lead.machine,
        sequence=sequence,
        changeover_min=lead.changeover_min,
        starts_at=lead.starts_at,
        ends_at=lead.ends_at,
        done_at=max(step.ends_at for step in steps),
        steps=tuple(steps),
    )


def tail_min(tasks: Sequence[Task]) -> float:
    """Run minutes from the end of the lead step to the end of the last: trays, and what a slower step lags behind."""
    lead = next(n for n, task in enumerate(tasks) if task.leads)
    lasts = [(task, task.minutes_of(before.tray)) for before, task in pairwise(tasks[lead:])]
    lag = max([0.0, *(task.run_min - last for task, last in lasts)]) - tasks[lead].run_min
    return sum(last for _, last in lasts) + max(0.0, lag)
