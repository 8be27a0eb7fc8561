"""Orders finished closer together: batches change places in their queue, where no promise gets tighter; pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby, pairwise

from configurator.production.clockwork import changeover_min
from configurator.production.hall import Hall, Stand
from configurator.production.loads import Begun, Load, Times
from configurator.production.scheduling import Course, Waiting, wave
from configurator.production.turns import Key, Place, Turn

WORK = 500
"""Batches that may be run by the clock to look for a better order: a count, so that every computer finds the same."""

RECKONED = 20
"""Orders of a queue that are reckoned through, roughly, for each that may be run by the clock."""

IN_VAIN = 3
"""Orders that are run by the clock one after another without a gain until no more are."""

SPARE = timedelta(hours=4)
"""How much before its time a batch must still be done if it is moved back; as much as the tightest one, if that is
more, for by that a shop says what it can still make while somebody waits."""

AMPLE = timedelta(days=1)
"""More than that is no tightness."""


def together(
    loads: Sequence[Load], queues: Mapping[Place, Waiting], stand: Stand, begun: Begun
) -> Mapping[Place, Waiting]:
    """The queues with batches in other places of the same machine and closing, where that saves more waiting than it
    costs changeover: an hour that an order waits is worth the shop's `together_min`.
    begun: what of the orders is being made already.

    Nothing that is in time gets late, or tighter than `SPARE`; what is late gets no later.
    """
    if not stand.shop.together_min:
        return queues
    found = dict(queues)
    for key in sorted({load.group.facility for load in loads}):
        own = [load for load in loads if load.group.facility == key]
        here = {place: waiting for place, waiting in queues.items() if place[0] == key}
        merged = {machine: names for waiting in here.values() for machine, names in waiting.items()}
        better = _Search(own, stand.hall(key), begun, stand.shop.together_min).improved(merged)
        for place, waiting in here.items():
            found[place] = {machine: better[machine] for machine in waiting}
    return found


@dataclass(frozen=True, slots=True, order=True)
class _Other:
    """Another order of a machine's queue."""

    machine: Key
    queue: tuple[str, ...]


class _Search:
    """One facility's queues, looked through machine by machine until nothing gets better or the work is used up."""

    def __init__(self, loads: Sequence[Load], hall: Hall, begun: Begun, worth: float) -> None:
        self.loads = {load.number: load for load in loads}
        self.hall, self.begun, self.worth, self.course = hall, begun, worth, Course.of(loads, hall)
        self.orders = _orders(loads, begun)
        self.lead = {load.number: next(task for task in load.tasks if task.leads) for load in loads}
        self.of: dict[str, list[int]] = defaultdict(list)
        for order, names in self.orders.items():
            for name in names:
                self.of[name].append(order)
        self.due = {load.number: min(piece.due_at for piece in load.pieces) for load in loads}
        self.tries = WORK // max(1, len(loads))
        self.reckonings = RECKONED * self.tries

    def improved(self, queues: Mapping[Key, Sequence[str]]) -> Mapping[Key, Sequence[str]]:
        if not self.orders or self.tries < 2:
            return queues
        best, turns, tried = dict(queues), self._turns(queues), set[_Other]()
        cost, better, in_vain = self._cost(turns), True, 0
        while better:
            better = False
            for other in self._promising(best, turns):
                if other in tried or self.tries <= 0 or in_vain == IN_VAIN:
                    continue
                tried.add(other)
                in_vain += 1
                moved = self._turns({**best, other.machine: other.queue})
                price = self._cost(moved)
                if price < cost - 1e-6 and self._keeps(turns, moved):
                    best[other.machine], turns, cost = other.queue, moved, price
                    better, in_vain = True, 0
                    break
        return best

    def _promising(self, queues: Mapping[Key, Sequence[str]], turns: Mapping[str, Turn]) -> list["_Other"]:
        """Other orders that may save something, the most first."""
        found: list[tuple[float, _Other]] = []
        for machine in sorted(queues):
            for queue in self._others(machine, queues[machine], turns):
                if self.reckonings <= 0:
                    break
                other = _Other(machine, tuple(queue))
                saved = self._saved(other, turns)
                if saved > 1e-6:
                    found.append((-saved, other))
        return [other for _, other in sorted(found)]

    def _saved(self, other: "_Other", turns: Mapping[str, Turn]) -> float:
        """What an order of a queue saves, roughly, as its lead steps alone tell; nothing where one would be late by it.

        Each batch is taken to be done so much sooner or later as its lead step ends.
        """
        self.reckonings -= 1
        station, done, saved = self.hall.stations()[other.machine], dict[str, datetime](), 0.0
        station.free = min(turns[name].starts_at for name in other.queue)
        for name in other.queue:
            lead, was = self.lead[name], turns[name]
            changeover = changeover_min(self.hall.matrix, station, lead)
            station.free = station.hours.fit(station.free, changeover + lead.run_min).closes
            station.family = lead.family
            done[name] = was.finished_at + (station.free - was.ends_at)
            saved += was.changeover_min - changeover
            if was.finished_at <= self.due[name] < done[name]:
                return 0.0
        touched = {order for name in other.queue for order in self.of[name]}
        before, after = (sum(map(_hours, self._times(turns, touched, own).values())) for own in ({}, done))
        return saved + self.worth * (before - after)

    def _turns(self, queues: Mapping[Key, Sequence[str]]) -> Mapping[str, Turn]:
        self.tries -= 1
        return self.course.turns(queues)

    def _cost(self, turns: Mapping[str, Turn]) -> float:
        hours = sum(map(_hours, self._times(turns, self.orders, {}).values()))
        return sum(turn.changeover_min for turn in turns.values()) + self.worth * hours

    def _times(
        self, turns: Mapping[str, Turn], orders: Iterable[int], moved: Mapping[str, datetime]
    ) -> dict[int, Times]:
        """Order -> when its first and its last batch are done; moved: those done at another time than their turn's."""
        found = {}
        for order in orders:
            done = [moved.get(name) or turns[name].finished_at for name in self.orders[order]]
            done += self.begun.get(order, ())
            found[order] = min(done), max(done)
        return found

    def _keeps(self, before: Mapping[str, Turn], after: Mapping[str, Turn]) -> bool:
        """Whether every batch is done no later, or with time to spare."""
        spare = [self.due[name] - turn.finished_at for name, turn in before.items()]
        least = min(AMPLE, max(SPARE, min((each for each in spare if each >= timedelta(0)), default=SPARE)))
        return all(
            turn.finished_at <= before[name].finished_at or turn.finished_at + least <= self.due[name]
            for name, turn in after.items()
        )

    def _others(self, machine: Key, queue: Sequence[str], turns: Mapping[str, Turn]) -> Iterator[Sequence[str]]:
        """Orders worth a try: families by how much an earlier end of theirs saves, then single batches."""
        gain = self._gain(turns)
        bench = self.hall.centres[machine[0]]
        waves = [list(own) for _, own in groupby(queue, key=lambda name: wave(self.loads[name], bench))]
        by_family = [name for own in waves for name in self._by_family(own, gain)]
        singly = [name for own in waves for name in sorted(own, key=lambda name: -gain[name] / self._minutes(name))]
        yield from (order for order in (by_family, singly) if order != list(queue))
        yield from self._swapped(queue, gain, waves)

    def _by_family(self, names: Sequence[str], gain: Mapping[str, float]) -> list[str]:
        """Runs of one family stay together; the run that saves most for each of its minutes goes first."""
        runs = [list(run) for _, run in groupby(names, key=lambda name: self.loads[name].group.family)]
        for run in runs:
            run.sort(key=lambda name: -gain[name] / self._minutes(name))
        runs.sort(key=lambda run: -sum(gain[name] for name in run) / sum(self._minutes(name) for name in run))
        return [name for run in runs for name in run]

    def _swapped(
        self, queue: Sequence[str], gain: Mapping[str, float], waves: Sequence[Sequence[str]]
    ) -> Iterator[Sequence[str]]:
        """Two neighbours of one closing the other way round, those that promise most first."""
        of = {name: n for n, own in enumerate(waves) for name in own}
        saving = {
            n: gain[b] * self._minutes(a) - gain[a] * self._minutes(b)
            for n, (a, b) in enumerate(pairwise(queue))
            if of[a] == of[b]
        }
        for n in sorted((n for n, saved in saving.items() if saved > 0), key=lambda n: (-saving[n], n)):
            yield [*queue[:n], queue[n + 1], queue[n], *queue[n + 2 :]]

    def _gain(self, turns: Mapping[str, Turn]) -> dict[str, float]:
        """By how many hours all orders wait less for each hour that a batch is done sooner."""
        gain = dict.fromkeys(self.loads, 0.0)
        times = self._times(turns, self.orders, {})
        for order, names in self.orders.items():
            first, last = times[order]
            if first == last:
                continue
            for name in names:
                gain[name] += (turns[name].finished_at == last) - (turns[name].finished_at == first)
        return gain

    def _minutes(self, name: str) -> float:
        return max(1.0, sum(piece.run_min for piece in self.loads[name].pieces))


def _hours(times: Times) -> float:
    first, last = times
    return (last - first).total_seconds() / 3600


def _orders(loads: Sequence[Load], begun: Begun) -> Mapping[int, tuple[str, ...]]:
    """Order -> the batches that hold its pieces, of those that can wait for something."""
    found: dict[int, dict[str, None]] = defaultdict(dict)
    for load in loads:
        for piece in load.pieces:
            if piece.order:
                found[piece.order][load.number] = None
    return {order: tuple(names) for order, names in found.items() if len(names) > 1 or order in begun}
