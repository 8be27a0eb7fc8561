"""A large circuit answered by sweeps in machine code: the same answers as CircuitAnswers, some fifty times sooner.

Literals are places here: 2 * variable, and 2 * variable + 1 for its negation. Costs of any size are rows of limbs of 40
bits, so that sums of millions of them carry over only once; where the sums need 60 bits at most, one number holds
them, its fields as wide as the sums of their limbs.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import islice
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from configurator.options.circuit import Circuit, contradictory, literals_in
from configurator.options.circuit_answers import CircuitAnswers, Literals
from configurator.options.circuit_loops import (
    held_against,
    least_limbs,
    least_numbers,
    open_branches,
    open_cases,
    ruled_out,
    seen_places,
    take_best,
)
from configurator.options.costs import Costs
from configurator.options.repair_loops import least_with_each

LIMBS, LIMB_BITS = 6, 40
_LIMB_BYTES = LIMB_BITS // 8
_WIDEST = 1 << (LIMBS * LIMB_BITS - 1)
_ONE = 60
WORD = 64


@dataclass(frozen=True, slots=True)
class Spending:
    """Costs as a sweep takes them: numbers by place, and how wide each field is where one number holds all limbs.

    plain: whether nothing is spent on a variable of a group not being the one that holds. costly: 1 by place where
    something is spent. limbs: before they were put into one number. most: no less than all together.
    """

    spent: NDArray[np.int64]
    costly: NDArray[np.uint8]
    widths: tuple[int, ...]
    plain: bool
    limbs: NDArray[np.int64]
    most: int


@dataclass(frozen=True, slots=True)
class Said:
    """The literals of each branch, and the branches of each literal, by place."""

    literals: tuple[NDArray[np.int64], NDArray[np.int64]]
    owners: tuple[NDArray[np.int64], NDArray[np.int64]]


class SweepingAnswers(CircuitAnswers):
    """The passes over a circuit that is too large for Python's loops. Safe to share between threads.

    groups: of each of them every model has exactly one variable. That the others do not hold goes without saying, and
    of a group of six it is five of six literals: they are swept over only where somebody pays for their not holding,
    and models are told without them.
    helpers: variables that follow from the others, that nobody asks about or pays for: they are not swept over at all,
    and not told of. Of numbers of hundreds of steps they are nearly all there is.
    """

    def __init__(
        self, circuit: Circuit, groups: Sequence[Sequence[int]] = (), helpers: Collection[int] = frozenset()
    ) -> None:
        super().__init__(circuit)
        self._groups = [group for group in groups if not any(variable in helpers for variable in group)]
        self._helpers = frozenset(helpers)
        self._unsaid = frozenset(-variable for group in self._groups for variable in group)
        self._ways = _starts(circuit.ways)
        self._children = _rows(circuit.children)
        self._free = _rows([[literal for literal in literals_in(free) if literal > 0] for free in circuit.free])
        self._places = 2 * circuit.variables + 2
        self._literals = np.array([_literal(place) for place in range(self._places)], dtype=np.int64)
        passed = [*self._unsaid, *self._helpers, *(-variable for variable in self._helpers)]
        self._told = ~np.isin(self._literals, passed)
        self._said = self._saying(self._unsaid)
        self._rivals = _rows(self._ruled_out())
        self._spendings: WeakKeyDictionary[Costs, Spending] = WeakKeyDictionary()

    def _saying(self, unsaid: Collection[int]) -> Said:
        circuit, passed = self.circuit, {*unsaid, *self._helpers, *(-variable for variable in self._helpers)}
        literals = [[_place(each) for each in row if each not in passed] for row in circuit.literals]
        said = (() if _literal(place) in passed else (_literal(place),) for place in range(self._places))
        return Said(_rows(literals), _rows([circuit.having.get(each[0], ()) if each else () for each in said]))

    def _ruled_out(self) -> list[list[int]]:
        """For each place those that cannot hold when it does: its negation, and the others of its group."""
        out = [[place ^ 1] for place in range(self._places)]
        for group in self._groups:
            for variable in group:
                out[2 * variable] += [2 * other for other in group if other != variable]
        return out

    @cached_property
    def _whole(self) -> Said:
        """With what goes without saying."""
        return self._saying(())

    def possible(self, fixed: Sequence[int]) -> bool:
        """Whether some model has all of these."""
        return self._open(fixed) is not None

    def domains(self, fixed: Sequence[int]) -> Literals | None:
        """Every literal that some model has together with what is fixed; None if there is no model."""
        branches = self._open(fixed)
        if branches is None:
            return None
        seen = seen_places(branches, self._said.literals, self._free, self._places)
        self._say_all(seen)
        seen[[_place(-literal) for literal in fixed]] = 0
        return Literals(int.from_bytes(np.packbits(seen, bitorder="little").tobytes(), "little"))

    def lost_each(self, fixed: Mapping[int, int], asked: Sequence[Sequence[int]]) -> list[set[int]]:
        """For each case which of its asked literals are impossible with it: all cases in one pass, a bit for each."""
        words = max(1, -(-len(asked) // WORD))
        against = held_against(_places_of(fixed), _words(fixed.values(), words), self._rivals, self._places)
        everywhere = _words([self._consistent(fixed, len(asked))], words)[0]
        seen = open_cases((self._ways, self._said.literals, self._children, self._free), against, everywhere)
        wanted = np.concatenate([_known_places(tuple(literals)) for literals in asked])
        if (wanted % 2).any():
            self._say_all(seen)
        cases = np.repeat(np.arange(len(asked)), [len(literals) for literals in asked])
        there = (seen & ~against)[wanted, cases // WORD] >> (cases % WORD).astype(np.uint64) & np.uint64(1)
        gone = there == 0
        literals = iter(self._literals[wanted[gone]].tolist())
        return [set(islice(literals, many)) for many in np.bincount(cases[gone], minlength=len(asked)).tolist()]

    def _say_all(self, seen: NDArray[Any]) -> None:
        """Mark where a variable of a group does not hold: wherever another of its group does."""
        for group in self._groups:
            for variable in group:
                others = [2 * other for other in group if other != variable]
                seen[2 * variable + 1] = np.bitwise_or.reduce(seen[others], axis=0) if others else 0

    def cheapest(self, fixed: Sequence[int], costs: Costs) -> tuple[int, frozenset[int]] | None:
        """The least total cost of a model that has what is fixed, and its literals; None if there is none."""
        spending = self._spending(costs)
        if spending is None:
            return super().cheapest(fixed, costs)
        if contradictory(fixed):
            return None
        places = _places_of(fixed)
        spent, taken = spending.spent.copy(), np.zeros(self._places, dtype=np.uint8)
        spent[places] = spent[places ^ 1] = 0
        taken[places] = 1
        least = self._least(self._against(fixed), replace(spending, spent=spent), taken)
        if least is None:
            return None
        return costs.least + sum(map(costs.more, frozenset(fixed))) + least, self._literals_at(taken)

    def cheapest_each(self, asked: Sequence[int], costs: Costs) -> list[frozenset[int] | None]:
        """For each asked literal a cheapest model that has it; None where there is none. One pass for all of them."""
        spending = self._spending(costs)
        if spending is None or not spending.widths or not asked:
            return super().cheapest_each(asked, costs)
        plain = spending.plain and self._unsaid.isdisjoint(asked)
        circuit = self._ways, (self._said if plain else self._whole).literals, self._children, self._free
        there, taken = least_with_each(circuit, spending.spent.ravel(), _places_of(asked))
        return [self._literals_at(row) if has else None for has, row in zip(there.tolist(), taken, strict=True)]

    def _literals_at(self, taken: NDArray[np.uint8]) -> frozenset[int]:
        """The literals whose places are marked, but for those that go without saying."""
        return frozenset(self._literals[taken.view(np.bool_) & self._told].tolist())

    def _least(self, against: NDArray[np.uint8], spending: Spending, taken: NDArray[np.uint8]) -> int | None:
        """The least cost, its model's places marked in `taken`; None if there is no model."""
        said, spent, widths = self._said if spending.plain else self._whole, spending.spent, spending.widths
        circuit = self._ways, self._children, said.owners
        if widths:
            number, best = least_numbers(circuit, against, spent.ravel())
            limbs = [number] if number >= 0 else []
        else:
            least, best = least_limbs(circuit, against, spent)
            limbs = least.tolist()
        if not limbs:
            return None
        take_best((said.literals, self._children), best, spending.costly, taken)
        return _number(limbs, widths)

    def _spending(self, costs: Costs) -> "Spending | None":
        """The costs by place; None if they are too large for limbs. Those of last time are kept with the costs."""
        known = self._spendings.get(costs)
        if known is None:
            known = self._changed(costs) or self._spent(costs)
            if known is not None:
                self._spendings[costs] = known
        return known

    def _changed(self, costs: Costs) -> "Spending | None":
        """As those that they were made from, but for some variables; None if that is not known to fit."""
        base = self._spending(costs.base) if costs.base else None
        if base is None or not base.plain:
            return None
        most = base.most + sum(costs.added.values())
        if most >= _WIDEST:
            return None
        limbs = base.limbs.copy()
        gone = 2 * np.fromiter(costs.gone, dtype=np.int64, count=len(costs.gone))
        limbs[gone] = limbs[gone + 1] = 0
        return self._put(limbs, costs.added, most)

    def _spent(self, costs: Costs) -> "Spending | None":
        most = sum(costs.dearer.values())
        limbs = np.zeros((self._places, LIMBS), dtype=np.int64)
        return self._put(limbs, costs.dearer, most) if most < _WIDEST else None

    def _put(self, limbs: NDArray[np.int64], dearer: Mapping[int, int], most: int) -> "Spending":
        """With these literals at these costs, and as one number each if that is enough."""
        limbs[_places_of(dearer)] = _limbs(dearer.values())
        spent, widths = _packed(limbs)
        costly = np.asarray(spent[:, 0] > 0 if widths else (spent > 0).any(axis=1), dtype=np.uint8)
        return Spending(spent, costly, widths, self._unsaid.isdisjoint(dearer), limbs, most)

    def _open(self, fixed: Sequence[int]) -> NDArray[np.uint8] | None:
        """The branches that are in some model of what is fixed, 1 or 0 each; None if there is no model."""
        if contradictory(fixed):
            return None
        branches = open_branches((self._ways, self._children, self._said.owners), self._against(fixed))
        return branches if len(branches) else None

    def _against(self, fixed: Sequence[int]) -> NDArray[np.uint8]:
        """The places that cannot hold beside what is fixed."""
        return ruled_out(_places_of(fixed), self._rivals, self._places)


def _place(literal: int) -> int:
    return 2 * literal if literal > 0 else 1 - 2 * literal


def _places_of(literals: Collection[int]) -> NDArray[np.int64]:
    known = np.fromiter(literals, dtype=np.int64, count=len(literals))
    return np.where(known > 0, 2 * known, 1 - 2 * known)


def _literal(place: int) -> int:
    return place // 2 if place % 2 == 0 else -(place // 2)


def _starts(rows: Sequence[Sequence[int]]) -> NDArray[np.int64]:
    """Where each row begins when all stand one after the other, and where the last one ends."""
    return np.cumsum([0, *map(len, rows)], dtype=np.int64)


def _rows(rows: Sequence[Sequence[int]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    starts = _starts(rows)
    return starts, np.fromiter((each for row in rows for each in row), dtype=np.int64, count=int(starts[-1]))


def _words(cases: Collection[int], words: int) -> NDArray[np.uint64]:
    """Numbers of so many words each, as rows."""
    text = b"".join([each.to_bytes(8 * words, "little") for each in cases])
    return np.frombuffer(text, dtype="<u8").astype(np.uint64).reshape(len(cases), words)


@lru_cache(maxsize=1000)
def _known_places(literals: tuple[int, ...]) -> NDArray[np.int64]:
    """Those of all values of an option, or of all options, are asked for at every click."""
    return _places_of(literals)


def _limbs(numbers: Collection[int]) -> NDArray[np.int64]:
    """Whole numbers as rows of limbs, the lowest first."""
    text = b"".join([number.to_bytes(LIMBS * _LIMB_BYTES, "little") for number in numbers])
    parts = np.frombuffer(text, dtype=np.uint8).reshape(len(numbers), LIMBS, _LIMB_BYTES).astype(np.int64)
    return parts @ (1 << (8 * np.arange(_LIMB_BYTES, dtype=np.int64)))


def _packed(limbs: NDArray[np.int64]) -> tuple[NDArray[np.int64], tuple[int, ...]]:
    """All limbs in one number where the sums of all rows fit beside each other, and how wide each field is."""
    sums = limbs.sum(axis=0).tolist()
    widths = tuple(int(each).bit_length() for each in sums)
    if sum(widths) > _ONE or max(widths) > LIMB_BITS:
        return limbs, ()
    shifts = np.cumsum((0, *widths[:-1]))
    return (limbs @ (np.int64(1) << shifts))[:, np.newaxis], widths


def _number(limbs: Sequence[int], widths: tuple[int, ...]) -> int:
    if not widths:
        return sum(limb << (LIMB_BITS * at) for at, limb in enumerate(limbs))
    number, left = 0, limbs[0]
    for at, width in enumerate(widths):
        number += (left & ((1 << width) - 1)) << (LIMB_BITS * at)
        left >>= width
    return number
