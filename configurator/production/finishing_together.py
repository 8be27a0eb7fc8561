"""Orders finished closer together: batches change places in their queue, where no promise gets tighter; pure."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import groupby, pairwise

from configurator.production.hall import Hall, Stand
from configurator.production.loads import Begun, Load, Times
from configurator.production.scheduling import Waiting, by_clock, wave
from configurator.production.turns import Key, Place, Turn

WORK = 500
"""Batches that may be run by the clock to look for a better order: a count, so that every computer finds the same."""

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


class _Search:
    """One facility's queues, looked through machine by machine until nothing gets better or the work is used up."""

    def __init__(self, loads: Sequence[Load], hall: Hall, begun: Begun, worth: float) -> None:
        self.loads = {load.number: load for load in loads}
        self.hall, self.begun, self.worth = hall, begun, worth
        self.orders = _orders(loads, begun)
        self.due = {load.number: min(piece.due_at for piece in load.pieces) for load in loads}
        self.tries = WORK // max(1, len(loads))

    def improved(self, queues: Mapping[Key, Sequence[str]]) -> Mapping[Key, Sequence[str]]:
        if not self.orders or self.tries < 2:
            return queues
        best, turns = dict(queues), self._turns(queues)
        cost, better = self._cost(turns), True
        while better and self.tries > 0:
            better = False
            for machine in sorted(best):
                for other in self._others(machine, best[machine], turns):
                    if self.tries <= 0:
                        break
                    moved = self._turns({**best, machine: other})
                    price = self._cost(moved)
                    if price < cost - 1e-6 and self._keeps(turns, moved):
                        best[machine], turns, cost, better = other, moved, price, True
                        break
        return best

    def _turns(self, queues: Mapping[Key, Sequence[str]]) -> Mapping[str, Turn]:
        self.tries -= 1
        return by_clock(list(self.loads.values()), queues, self.hall)

    def _cost(self, turns: Mapping[str, Turn]) -> float:
        hours = sum((last - first).total_seconds() / 3600 for first, last in self._times(turns).values())
        return sum(turn.changeover_min for turn in turns.values()) + self.worth * hours

    def _times(self, turns: Mapping[str, Turn]) -> dict[int, Times]:
        found = {}
        for order, names in self.orders.items():
            done = [turns[name].finished_at for name in names]
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
        times = self._times(turns)
        for order, names in self.orders.items():
            first, last = times[order]
            if first == last:
                continue
            for name in names:
                gain[name] += (turns[name].finished_at == last) - (turns[name].finished_at == first)
        return gain

    def _minutes(self, name: str) -> float:
        return max(1.0, sum(piece.run_min for piece in self.loads[name].pieces))


def _orders(loads: Sequence[Load], begun: Begun) -> Mapping[int, tuple[str, ...]]:
    """Order -> the batches that hold its pieces, of those that can wait for something."""
    found: dict[int, dict[str, None]] = defaultdict(dict)
    for load in loads:
        for piece in load.pieces:
            if piece.order:
                found[piece.order][load.number] = None
    return {order: tuple(names) for order, names in found.items() if len(names) > 1 or order in begun}
