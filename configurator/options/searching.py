"""The best completion: A* over the options, each partial one checked by the solver, costs in strict precedence.

Precedence: own choices changed, steps moved, defaults not kept, price. One whole number holds all four.
"""

import heapq
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from configurator.options.filling import DONE, Filling, Move, Seat, State
from configurator.options.model import Chosen, SomeOf

PATIENCE = 4000


@dataclass(order=True)
class _Node:
    """A partial filling. bound: what it costs at least when filled; path: the ranks of its moves."""

    key: tuple[int, int, tuple[int, ...]]
    bound: int = field(compare=False)
    path: tuple[int, ...] = field(compare=False)
    cost: int = field(compare=False)
    seat: int = field(compare=False)
    stage: int = field(compare=False)
    state: State = field(compare=False)
    literals: tuple[int, ...] = field(compare=False)
    taken: tuple[Chosen, ...] = field(compare=False)
    rough: Move | None = field(compare=False, default=None)


def best_filling(
    seats: Sequence[Seat],
    fixed: Sequence[int],
    possible: Callable[[Sequence[int]], bool],
    *,
    patience: int = PATIENCE,
) -> Mapping[str, Chosen] | None:
    """What each seat's option takes at the least cost, given literals that are fixed; None if nothing fits.

    Optimal unless `patience` partial fillings had to be looked at; from then on the first that is found, still valid.
    """
    return _Search([Filling(seat) for seat in seats], fixed, possible).run(patience)


class _Search:
    def __init__(
        self, fillings: Sequence[Filling], fixed: Sequence[int], possible: Callable[[Sequence[int]], bool]
    ) -> None:
        self._fillings = fillings
        self._fixed = tuple(fixed)
        self._possible = possible
        self._hurried = False
        self._after = [0]
        for filling in reversed(fillings):
            self._after.append(self._after[-1] + (filling.least(0, DONE) or 0))
        self._after.reverse()

    def run(self, patience: int) -> Mapping[str, Chosen] | None:
        """The best filling, or None."""
        heap = [_Node((0, 0, ()), 0, (), 0, 0, 0, DONE, self._fixed, ())]
        looked_at = 0
        while heap:
            node = heapq.heappop(heap)
            looked_at += 1
            if looked_at == patience:
                self._hurried = True
                heap = [self._keyed(other) for other in heap]
                heapq.heapify(heap)
            if not self._possible(node.literals):
                continue
            if node.rough is None and node.seat == len(self._fillings):
                return self._result(node.taken)
            for follower in self._followers(node):
                heapq.heappush(heap, self._keyed(follower))
        return None

    def _keyed(self, node: _Node) -> _Node:
        """With its place in the queue: the cheapest first; in a hurry the one that is filled most."""
        filled = -len(node.taken)
        return replace(node, key=(filled, node.bound, node.path) if self._hurried else (node.bound, filled, node.path))

    def _followers(self, node: _Node) -> Iterator[_Node]:
        return self._children(node) if node.rough is None else self._refined(node, node.rough)

    def _children(self, node: _Node) -> Iterator[_Node]:
        """The node with one more move."""
        filling = self._fillings[node.seat]
        for rank, move in enumerate(filling.moves(node.stage, node.state)):
            stage, state, seat = node.stage + 1, move.state, node.seat
            least = filling.least(stage, state) or 0
            cost = node.cost + move.cost
            if stage == filling.stages:
                cost, least, stage, state, seat = cost + least, 0, 0, DONE, seat + 1
            bound = cost + least + self._after[seat + 1 if stage else seat]
            literals, taken = (*node.literals, *move.literals), (*node.taken, move.taken)
            rough = None if move.aim is None else move
            yield _Node(node.key, bound, (*node.path, rank), cost, seat, stage, state, literals, taken, rough)

    def _refined(self, node: _Node, rough: Move) -> Iterator[_Node]:
        """The node with the best mix of its last move, and nodes for the others."""
        for rank, move in enumerate(self._fillings[node.seat - 1].refined(rough)):
            more = move.cost - rough.cost
            yield replace(
                node,
                bound=node.bound + more,
                path=(*node.path, rank),
                cost=node.cost + more,
                literals=(*node.literals, *move.literals),
                taken=(*node.taken[:-1], move.taken),
                rough=None if move.aim is None else move,
            )

    def _result(self, taken: Sequence[Chosen]) -> Mapping[str, Chosen]:
        found: dict[str, Chosen] = {}
        place = 0
        for filling in self._fillings:
            picks = taken[place : place + filling.stages]
            place += filling.stages
            several = isinstance(filling.seat.option.domain, SomeOf)
            found[filling.seat.option.key] = frozenset(str(pick) for pick in picks if pick) if several else picks[0]
        return found
