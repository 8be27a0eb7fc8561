"""The ways to fill one option in a search, cheapest first, and what the rest of it will cost at least."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from configurator.options.bands import Bands, Cost
from configurator.options.model import Chosen, Mix, Option, SomeOf
from configurator.options.prices import option_price
from configurator.options.watching import Aim, Signature

CHANGED = 1 << 160
MOVED = 1 << 110
NOT_DEFAULT = 1 << 80

Manner = Literal["own", "goal", "free", "wish", "price"]
State = tuple[int, bool]
"""(members chosen so far, whether they are those asked for); (0, True) for other options."""

DONE: State = (0, True)


@dataclass(frozen=True)
class Seat:
    """An option to be filled. own: keep `value` if possible. free: its default is `value`.

    goal and wish: as near to `value` as possible; `need`: a mix must have that part. price: whatever costs least.
    literals: of its bands or members; seen: of what the probes of a mix see.
    """

    option: Option
    manner: Manner
    value: Chosen
    literals: tuple[int, ...]
    bands: Bands | None
    seen: tuple[int, ...] = ()
    need: str | None = None

    @property
    def key(self) -> tuple[str, Manner, Chosen, str | None]:
        """What tells it from the other seats of its component."""
        return self.option.key, self.manner, self.value, self.need


@dataclass(frozen=True)
class Move:
    """One step of filling a seat: what it costs, the literals it adds.

    With an aim it stands for all mixes that are seen so: the cost is a bound, the mix is worked out when it matters.
    """

    cost: int
    literals: tuple[int, ...]
    taken: Chosen
    state: State
    aim: Aim | None = None


class Filling:
    """The stages of one seat: a single choice among bands, or one member after the other.

    single: the moves of a single choice, the cheapest first.
    """

    def __init__(self, seat: Seat) -> None:
        self.seat = seat
        self._several = isinstance(seat.option.domain, SomeOf)
        self._known: dict[tuple[int, State], int | None] = {}
        found = () if self._several else _mixes(seat) if isinstance(seat.option.domain, Mix) else _values(seat)
        self.single = tuple(sorted(found, key=lambda move: move.cost))

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
            yield from self.single

    def least(self, stage: int, state: State) -> int | None:
        """The least that the remaining stages cost if no rule interferes; None if they cannot be done."""
        if stage == self.stages:
            return self._end(state) if self._several else 0
        if not self._several:
            return self.single[0].cost if self.single else None
        key = stage, state
        if key not in self._known:
            rests = ((move.cost, self.least(stage + 1, move.state)) for move in self._member(stage, state))
            self._known[key] = min((cost + rest for cost, rest in rests if rest is not None), default=None)
        return self._known[key]

    def refined(self, move: Move) -> Iterator[Move]:
        """The best mix of a move with an aim, and moves for all others; each adds its literals to the move's."""
        seat, bands = self.seat, _bands_of(self.seat)
        found = bands.nearest(move.aim or {}, _cost(seat), seat.need)
        if found is None:
            return
        band = bands.of(found[1])
        best = Move(found[0] + _penalty(seat.manner), (seat.literals[band],), found[1], DONE)
        yield best
        if bands.splits:
            yield from _around(seat, move.aim or {}, bands.signature(band), floor=best.cost)

    def _member(self, stage: int, state: State) -> Iterator[Move]:
        domain = self.seat.option.domain
        assert isinstance(domain, SomeOf) and isinstance(self.seat.value, frozenset)  # noqa: S101 - an option of several
        value, literal = domain.values[stage], self.seat.literals[stage]
        count, same = state
        asked = value.key in self.seat.value
        for on in (asked, not asked):
            cost = 100 * value.price * on + (_cost(self.seat).move if on != asked else 0)
            after = (count + on, same and on == asked)
            yield Move(cost, (literal if on else -literal,), value.key if on else "", after)

    def _end(self, state: State) -> int | None:
        domain = self.seat.option.domain
        count, same = state
        if isinstance(domain, SomeOf) and not domain.least <= count <= domain.most:
            return None
        return 0 if same else _penalty(self.seat.manner)


def _values(seat: Seat) -> Iterator[Move]:
    """One move a band of a OneOf or Number: its best value."""
    bands, cost = _bands_of(seat), _cost(seat)
    own = _own_band(seat)
    for band, literal in enumerate(seat.literals):
        if band == own:
            yield Move(option_price(seat.option, seat.value), (literal,), seat.value, DONE)
        else:
            spent, value = bands.best(band, cost)
            yield Move(spent + _penalty(seat.manner), (literal,), value, DONE)


def _mixes(seat: Seat) -> Iterator[Move]:
    """The mix asked for, and moves that stand for all others: sorted by one probe after the other, if that can be."""
    bands, own = _bands_of(seat), _own_band(seat)
    if own is not None:
        yield Move(option_price(seat.option, seat.value), (seat.literals[own],), seat.value, DONE)
    if not bands.splits:
        for band, literal in enumerate(seat.literals):
            if band != own:
                yield _rough(seat, dict(enumerate(bands.signature(band))), (literal,))
    elif own is None:
        yield _rough(seat, {}, ())
    else:
        yield from _around(seat, {}, bands.signature(own))


def _around(seat: Seat, aim: Aim, signature: Signature, *, floor: int | None = None) -> Iterator[Move]:
    """Moves for all mixes that keep to the aim but differ from a signature: in its first probe, or the second, …"""
    kept, literals = dict(aim), tuple[int, ...]()
    for probe, value in enumerate(signature):
        if probe not in aim:
            same = seat.seen[probe] if value else -seat.seen[probe]
            yield _rough(seat, {**kept, probe: 1 - value}, (*literals, -same), floor=floor)
            kept[probe] = value
            literals = (*literals, same)


def _rough(seat: Seat, aim: Aim, literals: tuple[int, ...], *, floor: int | None = None) -> Move:
    cost = _bands_of(seat).at_least(aim, _cost(seat)) + _penalty(seat.manner)
    return Move(cost if floor is None else max(cost, floor), literals, (), DONE, aim)


def _own_band(seat: Seat) -> int | None:
    return _bands_of(seat).of(seat.value) if seat.manner in ("own", "free") else None


def _cost(seat: Seat) -> Cost:
    return Cost(seat.value, 0 if seat.manner in ("free", "price") else MOVED)


def _bands_of(seat: Seat) -> Bands:
    assert seat.bands is not None  # noqa: S101 - every option but one of several has bands
    return seat.bands


def _penalty(manner: Manner) -> int:
    return {"own": CHANGED, "free": NOT_DEFAULT, "goal": 0, "wish": 0, "price": 0}[manner]
