"""The best completion: A* over the options, each partial one checked by the solver, costs in strict precedence.

Precedence: own choices changed, steps moved, defaults not kept, price. One whole number holds all four.
"""

import heapq
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from configurator.options.filling import DONE, Filling, Move, State
from configurator.options.model import Chosen, SomeOf

PATIENCE = 4000

Key = tuple[int, int, tuple[int, ...]]


@dataclass(slots=True)
class _Node:
    """A partial filling: the moves made, what they cost, and where the next one is due.

    bound: what it costs at least when filled; path: the ranks of its moves; rough: its last move, if that stands for
    many mixes; next_best: where it was chosen from, to be chosen from again.
    """

    bound: int
    cost: int
    path: tuple[int, ...]
    seat: int
    stage: int
    state: State
    literals: tuple[int, ...]
    taken: tuple[Chosen, ...]
    rough: Move | None = None
    next_best: "_Ways | None" = None


@dataclass(slots=True)
class _Ways:
    """The ways on from a node, the least bound first; those before `place` have been taken."""

    node: _Node
    moves: Sequence[tuple[int, int, Move]]
    place: int = 0


def best_filling(
    fillings: Sequence[Filling],
    fixed: Sequence[int],
    possible: Callable[[Sequence[int]], bool],
    *,
    patience: int = PATIENCE,
) -> Mapping[str, Chosen] | None:
    """What each option takes at the least cost, given literals that are fixed; None if nothing fits.

    Optimal unless `patience` partial fillings had to be looked at; from then on the first that is found, still valid.
    """
    return _Search(fillings, possible).run(tuple(fixed), patience)


class _Search:
    def __init__(self, fillings: Sequence[Filling], possible: Callable[[Sequence[int]], bool]) -> None:
        self._fillings = fillings
        self._possible = possible
        self._hurried = False
        self._heap: list[tuple[Key, _Node]] = []
        self._skipped = [0] * len(fillings)
        self._after: list[int] = []

    def run(self, fixed: tuple[int, ...], patience: int) -> Mapping[str, Chosen] | None:
        """The best filling, or None."""
        self._look_ahead(fixed)
        self._push(_Node(self._after[0], 0, (), 0, 0, DONE, fixed, ()))
        looked_at = 0
        while self._heap:
            node = heapq.heappop(self._heap)[1]
            looked_at += 1
            if looked_at == patience:
                self._hurry()
            if node.next_best is not None:
                self._take(node.next_best)
            if not self._possible(node.literals):
                continue
            if node.rough is None and node.seat == len(self._fillings):
                return self._result(node.taken)
            self._take(_Ways(node, self._onward(node) if node.rough is None else self._refined(node, node.rough)))
        return None

    def _look_ahead(self, fixed: tuple[int, ...]) -> None:
        """What each option costs at least: its first move that what is fixed allows, the others left aside."""
        self._after = [0]
        for number, filling in reversed(list(enumerate(self._fillings))):
            least = filling.least(0, DONE) or 0
            for move in filling.single:
                if self._possible((*fixed, *move.literals)):
                    least = move.cost
                    break
                self._skipped[number] += 1
            self._after.append(self._after[-1] + least)
        self._after.reverse()

    def _push(self, node: _Node) -> None:
        heapq.heappush(self._heap, (self._key(node), node))

    def _key(self, node: _Node) -> Key:
        """Its place in the queue: the cheapest first; in a hurry the one that is filled most."""
        filled = -len(node.taken)
        return (filled, node.bound, node.path) if self._hurried else (node.bound, filled, node.path)

    def _hurry(self) -> None:
        self._hurried = True
        self._heap = [(self._key(node), node) for _, node in self._heap]
        heapq.heapify(self._heap)

    def _onward(self, node: _Node) -> list[tuple[int, int, Move]]:
        """(bound, rank, move) for every next move."""
        filling, stage = self._fillings[node.seat], node.stage + 1
        last = self._after[node.seat + 1]
        ways = [
            (node.cost + move.cost + (filling.least(stage, move.state) or 0) + last, rank, move)
            for rank, move in enumerate(filling.moves(node.stage, node.state))
            if rank >= self._skipped[node.seat]
        ]
        return sorted(ways, key=_bound)

    def _refined(self, node: _Node, rough: Move) -> list[tuple[int, int, Move]]:
        """The best mix of a rough move, and moves for all the others."""
        moves = enumerate(self._fillings[node.seat - 1].refined(rough))
        return sorted(((node.bound + move.cost - rough.cost, rank, move) for rank, move in moves), key=_bound)

    def _take(self, ways: _Ways) -> None:
        """Queue the next best of some ways; the ones after it come when it is its turn."""
        if ways.place < len(ways.moves):
            bound, rank, move = ways.moves[ways.place]
            ways.place += 1
            node = self._refining(ways.node, move) if ways.node.rough else self._filled(ways.node, move)
            node.bound, node.path, node.next_best = bound, (*ways.node.path, rank), ways
            node.rough = None if move.aim is None else move
            self._push(node)

    def _filled(self, node: _Node, move: Move) -> _Node:
        """The node with one more move."""
        filling, stage = self._fillings[node.seat], node.stage + 1
        literals, taken = (*node.literals, *move.literals), (*node.taken, move.taken)
        if stage < filling.stages:
            return _Node(0, node.cost + move.cost, (), node.seat, stage, move.state, literals, taken)
        cost = node.cost + move.cost + (filling.least(stage, move.state) or 0)
        return _Node(0, cost, (), node.seat + 1, 0, DONE, literals, taken)

    def _refining(self, node: _Node, move: Move) -> _Node:
        """The node with its last, rough move made more exact."""
        cost = node.cost + move.cost - (node.rough.cost if node.rough else 0)
        literals, taken = (*node.literals, *move.literals), (*node.taken[:-1], move.taken)
        return _Node(0, cost, (), node.seat, node.stage, node.state, literals, taken)

    def _result(self, taken: Sequence[Chosen]) -> Mapping[str, Chosen]:
        found: dict[str, Chosen] = {}
        place = 0
        for filling in self._fillings:
            picks = taken[place : place + filling.stages]
            place += filling.stages
            several = isinstance(filling.seat.option.domain, SomeOf)
            found[filling.seat.option.key] = frozenset(str(pick) for pick in picks if pick) if several else picks[0]
        return found


def _bound(way: tuple[int, int, Move]) -> int:
    return way[0]
