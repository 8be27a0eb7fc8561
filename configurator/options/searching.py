"""The best completion: A* over the options, each partial one checked by the solver, costs in strict precedence.

Precedence: own choices changed, steps moved, defaults not kept, price. One whole number holds all four.
"""

import heapq
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from configurator.options.bands import Bands, Cost
from configurator.options.model import Chosen, Mix, Option, SomeOf
from configurator.options.prices import option_price

CHANGED = 1 << 160
MOVED = 1 << 110
NOT_DEFAULT = 1 << 80
PATIENCE = 4000

Manner = Literal["own", "goal", "free", "wish"]
State = tuple[int, bool]
"""(members chosen so far, whether they are those asked for); (0, True) for other options."""


@dataclass(frozen=True)
class Seat:
    """An option to be filled. own: keep `value` if possible. free: its default is `value`.

    goal and wish: as near to `value` as possible; `need`: a mix must have that part.
    """

    option: Option
    manner: Manner
    value: Chosen
    literals: tuple[int, ...]
    bands: Bands | None
    need: str | None = None


@dataclass(frozen=True)
class Move:
    """One step of filling a seat. Of a `rough` one the cost is a bound: the value is worked out when it matters."""

    cost: int
    literal: int
    taken: Chosen
    state: State
    rough: int | None = None


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
    return _Search([_Filling(seat) for seat in seats], fixed, possible).run(patience)


class _Filling:
    """The stages of one seat: a single choice among bands, or one member after the other."""

    def __init__(self, seat: Seat) -> None:
        self.seat = seat
        self._known: dict[tuple[int, State], int | None] = {}
        self._several = isinstance(seat.option.domain, SomeOf)
        self._single = () if self._several else tuple(sorted(_bands(seat), key=_by_cost))

    @property
    def stages(self) -> int:
        """How many moves fill the seat."""
        domain = self.seat.option.domain
        return len(domain.values) if isinstance(domain, SomeOf) else 1

    def moves(self, stage: int, state: State) -> Iterator[Move]:
        """The moves of a stage that its own bounds allow."""
        if self._several:
            yield from (move for move in self._member(stage, state) if self.least(stage + 1, move.state) is not None)
        else:
            yield from self._single

    def least(self, stage: int, state: State) -> int | None:
        """The least that the remaining stages cost if no rule interferes; None if they cannot be done."""
        if stage == self.stages:
            return self._end(state) if self._several else 0
        if not self._several:
            return self._single[0].cost if self._single else None
        key = stage, state
        if key not in self._known:
            rests = ((move.cost, self.least(stage + 1, move.state)) for move in self._member(stage, state))
            self._known[key] = min((cost + rest for cost, rest in rests if rest is not None), default=None)
        return self._known[key]

    def exact(self, rough: Move) -> Move | None:
        """The best value of a band; None if it has none that is wanted."""
        seat = self.seat
        found = None if rough.rough is None else _bands_of(seat).best(rough.rough, _cost(seat), seat.need)
        return None if found is None else Move(found[0] + _penalty(seat.manner), rough.literal, found[1], (0, True))

    def _member(self, stage: int, state: State) -> Iterator[Move]:
        domain = self.seat.option.domain
        assert isinstance(domain, SomeOf) and isinstance(self.seat.value, frozenset)  # noqa: S101 - an option of several
        value, literal = domain.values[stage], self.seat.literals[stage]
        count, same = state
        asked = value.key in self.seat.value
        for on in (asked, not asked):
            cost = 100 * value.price * on + (MOVED if on != asked and self.seat.manner != "free" else 0)
            yield Move(cost, literal if on else -literal, value.key if on else "", (count + on, same and on == asked))

    def _end(self, state: State) -> int | None:
        domain = self.seat.option.domain
        count, same = state
        if isinstance(domain, SomeOf) and not domain.least <= count <= domain.most:
            return None
        return 0 if same else _penalty(self.seat.manner)


class _Search:
    def __init__(
        self, fillings: Sequence[_Filling], fixed: Sequence[int], possible: Callable[[Sequence[int]], bool]
    ) -> None:
        self._fillings = fillings
        self._fixed = tuple(fixed)
        self._possible = possible
        self._hurried = False
        self._after = [0]
        for filling in reversed(fillings):
            self._after.append(self._after[-1] + (filling.least(0, (0, True)) or 0))
        self._after.reverse()

    def run(self, patience: int) -> Mapping[str, Chosen] | None:
        """The best filling, or None."""
        heap = [_Node((0, 0, ()), 0, (), 0, 0, 0, (0, True), self._fixed, ())]
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
        return self._children(node) if node.rough is None else self._exact(node, node.rough)

    def _children(self, node: _Node) -> Iterator[_Node]:
        """The node with one more move."""
        filling = self._fillings[node.seat]
        for rank, move in enumerate(filling.moves(node.stage, node.state)):
            stage, state, seat = node.stage + 1, move.state, node.seat
            least = filling.least(stage, state) or 0
            cost = node.cost + move.cost
            if stage == filling.stages:
                cost, least, stage, state, seat = cost + least, 0, 0, (0, True), seat + 1
            bound = cost + least + self._after[seat + 1 if stage else seat]
            literals, taken = (*node.literals, move.literal), (*node.taken, move.taken)
            rough = None if move.rough is None else move
            yield _Node(node.key, bound, (*node.path, rank), cost, seat, stage, state, literals, taken, rough)

    def _exact(self, node: _Node, rough: Move) -> Iterator[_Node]:
        """The same node with the best value of its band and what that really costs."""
        move = self._fillings[node.seat - 1].exact(rough)
        if move is not None:
            more = move.cost - rough.cost
            taken = (*node.taken[:-1], move.taken)
            yield replace(node, bound=node.bound + more, cost=node.cost + more, taken=taken, rough=None)

    def _result(self, taken: Sequence[Chosen]) -> Mapping[str, Chosen]:
        found: dict[str, Chosen] = {}
        place = 0
        for filling in self._fillings:
            picks = taken[place : place + filling.stages]
            place += filling.stages
            several = isinstance(filling.seat.option.domain, SomeOf)
            found[filling.seat.option.key] = frozenset(str(pick) for pick in picks if pick) if several else picks[0]
        return found


def _bands(seat: Seat) -> Iterator[Move]:
    """One move a band: its best value, or for a mix a bound of what that will cost."""
    bands, cost = _bands_of(seat), _cost(seat)
    own = bands.of(seat.value) if seat.manner in ("own", "free") else None
    for band, literal in enumerate(seat.literals):
        if band == own:
            yield Move(option_price(seat.option, seat.value), literal, seat.value, (0, True))
        elif isinstance(seat.option.domain, Mix):
            yield Move(bands.at_least(band, cost) + _penalty(seat.manner), literal, (), (0, True), rough=band)
        elif (found := bands.best(band, cost)) is not None:
            yield Move(found[0] + _penalty(seat.manner), literal, found[1], (0, True))


def _cost(seat: Seat) -> Cost:
    return Cost(seat.value, 0 if seat.manner == "free" else MOVED)


def _bands_of(seat: Seat) -> Bands:
    assert seat.bands is not None  # noqa: S101 - every option but one of several has bands
    return seat.bands


def _penalty(manner: Manner) -> int:
    return {"own": CHANGED, "free": NOT_DEFAULT, "goal": 0, "wish": 0}[manner]


def _by_cost(move: Move) -> int:
    return move.cost
