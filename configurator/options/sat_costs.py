"""The cheapest model by a SAT solver: what costs is assumed away, and each contradiction that this meets is paid for.

Sources: A. Morgado, C. Dodaro and J. Marques-Silva, Core-guided MaxSAT with soft cardinality constraints (CP 2014) for
paying (OLL); C. Ansótegui, M. Bonet and J. Levy, SAT-based MaxSAT algorithms (AIJ 196, 2013) for going from heavy
costs to light ones, and for holding what costs more than is left to gain.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from pysat import card

from configurator.options.costs import Costs
from configurator.options.solving import Solving, TooMuchEffort

_Totalizer: Any = card.ITotalizer  # python-sat has no types
MOST_BEGUN = 8
MOST_EFFORT = 20_000
"""A search that takes more ends with the best model that it has found: some tenths of a second, see `solving`."""
_TRIMMED = 3
"""A contradiction is looked at again so often, as long as it gets smaller."""
_RANKS_APART = 1 << 32
"""Costs so many times others are of another rank, see `weighing`."""


@dataclass
class _Owed:
    """What is still hoped for: literal -> what it costs if it does not hold. sums: literal -> (sum, most of it).

    paid: what every model costs at least, as far as it is known.
    """

    hopes: dict[int, int] = field(default_factory=dict)
    sums: dict[int, tuple[Any, int]] = field(default_factory=dict)
    paid: int = 0

    def copy(self) -> "_Owed":
        """As it stands, to go on from."""
        return _Owed(dict(self.hopes), dict(self.sums), self.paid)


class Cheapest:
    """Cheapest models of one formula. groups: variables of which exactly one is true in every model.

    What was paid without anything fixed is kept for the latest costs: more that is fixed only adds to it.
    """

    def __init__(self, solving: Solving, groups: Sequence[Sequence[int]]) -> None:
        self._solving = solving
        self._groups = groups
        self._forget()

    def model(self, fixed: Sequence[int], costs: Costs, known: list[int]) -> tuple[list[int], bool]:
        """A cheapest model that has what is fixed, and True; where that takes too long the best found, and False.

        known: a model that has it, in the order of variables.
        """
        self._solving.refreshed()
        if self._generation != self._solving.generation:
            self._forget()
        owed = self._begun(costs).copy()
        return _Paying(self._solving, owed, self._totals, costs).paid(fixed, known)

    def _forget(self) -> None:
        self._generation = self._solving.generation
        self._totals: dict[frozenset[int], Any] = {}
        self._ladders: dict[tuple[tuple[int, ...], ...], tuple[int, ...]] = {}
        self._known: dict[Costs, _Owed] = {}

    def _begun(self, costs: Costs) -> _Owed:
        owed = self._known.get(costs)
        if owed is None:
            owed = self._hoped(costs.dearer)
            _Paying(self._solving, owed, self._totals, costs).begin()
            while len(self._known) >= MOST_BEGUN:
                del self._known[next(iter(self._known))]
            self._known[costs] = owed
        return owed

    def _hoped(self, dearer: Mapping[int, int]) -> _Owed:
        """What costs is hoped not to hold; of a group that its cost is no more than that of its next cheaper member."""
        owed, left = _Owed(), dict(dearer)
        for group in self._groups:
            if not any(-variable in left for variable in group):
                prices = {variable: left.pop(variable, 0) for variable in group}
                owed.paid += min(prices.values())
                owed.hopes.update(self._steps(prices))
        owed.hopes.update((-literal, cost) for literal, cost in left.items())
        return owed

    def _steps(self, prices: Mapping[int, int]) -> Iterable[tuple[int, int]]:
        """For each price of a group but the least: the literal of costing less than that, and what it saves."""
        tiers = sorted(set(prices.values()))
        members = tuple(tuple(one for one, price in prices.items() if price == tier) for tier in tiers)
        ladder = self._ladders.get(members)
        if ladder is None:
            ladder = self._ladders[members] = self._ladder(members)
        return ((-step, tier - tiers[place]) for place, (step, tier) in enumerate(zip(ladder, tiers[1:], strict=True)))

    def _ladder(self, members: Sequence[Sequence[int]]) -> tuple[int, ...]:
        """Literals of costing at least so much, from the second tier on; each follows from the next."""
        steps: list[int] = []
        for tier in reversed(members[1:]):
            if not steps and len(tier) == 1:
                steps.append(tier[0])
                continue
            step = self._solving.variable()
            for below in (*tier, *steps[-1:]):
                self._solving.add([-below, step])
            steps.append(step)
        return tuple(reversed(steps))


class _Paying:
    """One search for a cheapest model."""

    def __init__(self, solving: Solving, owed: _Owed, totals: dict[frozenset[int], Any], costs: Costs) -> None:
        self._solving = solving
        self._most_effort = solving.effort + MOST_EFFORT
        self._owed = owed
        self._totals = totals
        self._costs = costs

    def begin(self) -> None:
        """Pay what must be paid whatever is fixed, as long as costs of one rank only are in it."""
        self._pay_what_follows(())
        with suppress(TooMuchEffort):
            for least in self._levels():
                if not self._pay_level((), least, apart=True):
                    return

    def paid(self, fixed: Sequence[int], known: list[int]) -> tuple[list[int], bool]:
        """A cheapest model that has what is fixed, or the best one found and False.

        What costs more than is left to gain is held from then on.
        """
        self._pay_what_follows(fixed)
        self._solving.prefer(list(self._owed.hopes))
        best, held = known, list(fixed)
        try:
            best = min(best, self._model(fixed) or best, key=self._cost)
            for least in self._levels():
                spare = self._cost(best) - self._owed.paid
                if not spare:
                    break
                held += [hope for hope, cost in self._owed.hopes.items() if cost > spare]
                model = self._pay_level(held, least, apart=False) or best
                best = min(best, model, key=self._cost)
        except TooMuchEffort:
            return best, False
        return best, True

    def _levels(self) -> Iterable[int]:
        """Powers of two from the heaviest hope down to the lightest; hopes grow lighter meanwhile."""
        least = 0
        while True:
            lighter = [cost for cost in self._owed.hopes.values() if not least or cost < least]
            if not lighter:
                return
            least = 1 << (max(lighter).bit_length() - 1)
            yield least

    def _pay_level(self, fixed: Sequence[int], least: int, *, apart: bool) -> list[int] | None:
        """Pay until what costs at least so much can all be avoided, and the model that does.

        apart: stop, with no model, at a contradiction between costs of different ranks.
        """
        while True:
            paid: list[tuple[list[int], int]] = []
            try:
                while (model := self._model([*fixed, *self._at_least(least)])) is None:
                    core = self._trimmed(fixed)
                    if not core or (apart and self._of_two_ranks(core)):
                        return None
                    paid.append((core, self._take(core)))
            finally:
                self._add_sums(paid)
            if not paid:
                return model

    def _of_two_ranks(self, core: Iterable[int]) -> bool:
        prices = [self._owed.hopes[hope] for hope in core]
        return max(prices) > min(prices) * _RANKS_APART

    def _model(self, assumed: Sequence[int]) -> list[int] | None:
        left = self._most_effort - self._solving.effort
        if left <= 0:
            raise TooMuchEffort
        return self._solving.quick_model(assumed, left)

    def _at_least(self, least: int) -> list[int]:
        heavy = [(cost, hope) for hope, cost in self._owed.hopes.items() if cost >= least]
        return [hope for _, hope in sorted(heavy, reverse=True)]

    def _trimmed(self, fixed: Sequence[int]) -> list[int]:
        """The hopes of the contradiction that was just met, as few as a few more looks leave."""
        core = self._hopes_in(self._solving.core(), fixed)
        for _ in range(_TRIMMED):
            before = len(core)
            if before < 3 or self._model([*fixed, *core]) is not None:
                break
            core = self._hopes_in(self._solving.core(), fixed)
            if len(core) == before:
                break
        return core

    def _hopes_in(self, core: Iterable[int], fixed: Sequence[int]) -> list[int]:
        given = set(fixed)
        return [literal for literal in core if literal in self._owed.hopes and literal not in given]

    def _take(self, core: Iterable[int]) -> int:
        """Pay for one of a contradiction, as much as the lightest costs; that much."""
        hopes = self._owed.hopes
        price = min(hopes[hope] for hope in core)
        for hope in core:
            hopes[hope] -= price
            if not hopes[hope]:
                del hopes[hope]
        self._owed.paid += price
        return price

    def _add_sums(self, paid: Iterable[tuple[list[int], int]]) -> None:
        """One of each contradiction is paid for: from the second on it costs again."""
        for core, price in paid:
            for hope in core:
                if hope in self._owed.sums:
                    self._hope_for_less(*self._owed.sums[hope], price)
            if len(core) > 1:
                self._hope_for_less(self._total(core), 0, price)

    def _hope_for_less(self, total: Any, most: int, price: int) -> None:
        """That no more than so many and one are given up, of what a sum counts."""
        if most + 1 >= len(total.lits):
            return
        if most + 1 >= len(total.rhs):
            total.increase(ubound=most + 1, top_id=self._solving.last)
            self._add_clauses(total)
        hope = -total.rhs[most + 1]
        self._owed.hopes[hope] = self._owed.hopes.get(hope, 0) + price
        self._owed.sums[hope] = total, most + 1

    def _total(self, core: Iterable[int]) -> Any:
        given_up = frozenset(-hope for hope in core)
        total = self._totals.get(given_up)
        if total is None:
            total = _Totalizer(lits=sorted(given_up), ubound=1, top_id=self._solving.last)
            self._totals[given_up] = total
            self._add_clauses(total)
        return total

    def _add_clauses(self, total: Any) -> None:
        if total.nof_new:
            for clause in total.cnf.clauses[-total.nof_new :]:
                self._solving.add(clause)
        self._solving.last = max(self._solving.last, total.top_id)

    def _pay_what_follows(self, fixed: Sequence[int]) -> None:
        """Pay for what cannot be avoided, one by one, without any search."""
        while True:
            followed = self._solving.following(fixed)
            lost = [-literal for literal in followed if -literal in self._owed.hopes]
            if not lost:
                return
            for hope in lost:
                self._add_sums([([hope], self._take([hope]))])

    def _cost(self, model: Sequence[int]) -> int:
        dearer = self._costs.dearer
        return sum(dearer[literal] for literal in model if literal in dearer)
