"""Mixes by exact arithmetic: how many there are of a kind, and the one nearest to a wish, then cheapest.

A mix is a number of steps (units) for each part. Parts that no rule names are counted by a closed formula.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import comb

from configurator.options.model import Grams, Mix
from configurator.options.probes import Probe

Signature = tuple[int, ...]
State = tuple[int, int, Signature]
"""(units so far, kinds so far, what each probe has seen so far: a running sum, or _YES or _NO once it is sure)."""

Reached = tuple[int, tuple[int, ...]]
"""(cost, units of each part so far)."""

_YES = 2**62
_NO = -(2**62)


@dataclass(frozen=True)
class Pick:
    """A mix and what it costs under some cost a part."""

    cost: int
    grams: Grams


class Mixing:
    """All mixes of an option, told apart by what some probes see of them."""

    def __init__(self, domain: Mix, probes: tuple[Probe, ...]) -> None:
        self.domain = domain
        self.units = domain.total_g // domain.step_g
        self._probes = probes
        self._weights = [dict(probe.term.weights) if probe.term else {} for probe in probes]
        named = {key for weights in self._weights for key, weight in weights.items() if weight}
        self.named = tuple(part.key for part in domain.parts if part.key in named)
        self.others = tuple(part.key for part in domain.parts if part.key not in named)
        self._reach = {part: self._reach_after(place) for place, part in enumerate(self.named)}

    def counts(self, need: str | None = None) -> Mapping[Signature, int]:
        """Signature -> how many mixes have it; `need`: only mixes with some of that part."""
        states: dict[State, int] = {self._start: 1}
        for part in self.named:
            states = self._extended(states, part, least=int(part == need))
        found: dict[Signature, int] = {}
        for (units, kinds, seen), count in states.items():
            ways = count * self._ways(self.units - units, kinds, needed=need in self.others)
            if ways:
                signature = self._signature(seen)
                found[signature] = found.get(signature, 0) + ways
        return found

    def best(self, cost: Callable[[str, int], int], need: str | None = None) -> Mapping[Signature, Pick]:
        """Signature -> the cheapest mix that has it, `cost(part, grams)` added up over all parts."""
        front: dict[State, Reached] = {self._start: (0, ())}
        for part in self.named:
            front = self._cheapest(front, part, cost, least=int(part == need))
        rest = self._rest(cost, need)
        found: dict[Signature, Reached] = {}
        for (units, kinds, seen), (spent, chosen) in front.items():
            signature = self._signature(seen)
            for more, (extra, others) in rest.get(self.units - units, {}).items():
                total = (spent + extra, chosen + others)
                if self._kinds_fit(kinds + more) and (signature not in found or total < found[signature]):
                    found[signature] = total
        return {signature: Pick(spent, self._grams(units)) for signature, (spent, units) in found.items()}

    @property
    def _start(self) -> State:
        return 0, 0, (0,) * len(self._probes)

    def _extended(self, states: Mapping[State, int], part: str, *, least: int) -> dict[State, int]:
        after: dict[State, int] = {}
        for (units, kinds, seen), count in states.items():
            for more in range(least, self.units - units + 1):
                state = (units + more, kinds + (more > 0), self._added(seen, part, more, units + more))
                if state[1] <= self.domain.most_kinds:
                    after[state] = after.get(state, 0) + count
        return after

    def _cheapest(
        self, front: Mapping[State, Reached], part: str, cost: Callable[[str, int], int], *, least: int
    ) -> dict[State, Reached]:
        after: dict[State, Reached] = {}
        prices = [cost(part, more * self.domain.step_g) for more in range(self.units + 1)]
        for (units, kinds, seen), (spent, chosen) in front.items():
            for more in range(least, self.units - units + 1):
                state = (units + more, kinds + (more > 0), self._added(seen, part, more, units + more))
                reached = (spent + prices[more], (*chosen, more))
                if state[1] <= self.domain.most_kinds and (state not in after or reached < after[state]):
                    after[state] = reached
        return after

    def _rest(self, cost: Callable[[str, int], int], need: str | None) -> Mapping[int, Mapping[int, Reached]]:
        """units -> kinds -> the cheapest way to have them in the parts that no term names."""
        front: dict[State, Reached] = {(0, 0, ()): (0, ())}
        for part in self.others:
            front = self._cheapest(front, part, cost, least=int(part == need))
        by_units: dict[int, dict[int, Reached]] = {}
        for (units, kinds, _), reached in front.items():
            by_units.setdefault(units, {})[kinds] = reached
        return by_units

    def _added(self, seen: Signature, part: str, more: int, units: int) -> Signature:
        """What is seen after `more` units of a part; running sums that are sure by now are settled."""
        if not seen:
            return seen
        grams, left = more * self.domain.step_g, (self.units - units) * self.domain.step_g
        return tuple(
            amount if amount in (_YES, _NO) else self._settled(place, amount + weights.get(part, 0) * grams, left, part)
            for place, (amount, weights) in enumerate(zip(seen, self._weights, strict=True))
        )

    def _settled(self, place: int, amount: int, left: int, part: str) -> int:
        """A running sum, or _YES or _NO when `left` grams of later parts cannot change the answer."""
        total = self._probes[place].alone
        if total is None:
            return amount
        least, most = self._reach[part][place]
        lowest, highest = amount + left * least, amount + left * most
        if total.operator == "<=":
            if highest <= total.bound:
                return _YES
            return _NO if lowest > total.bound else amount
        if lowest == highest == total.bound:
            return _YES
        return amount if lowest <= total.bound <= highest else _NO

    def _reach_after(self, place: int) -> tuple[tuple[int, int], ...]:
        """For each probe the least and most that a gram after this named part can add."""
        later = self.named[place + 1 :]
        extremes = []
        for weights in self._weights:
            possible = [weights.get(part, 0) for part in later] + [0] * bool(self.others)
            extremes.append((min(possible, default=0), max(possible, default=0)))
        return tuple(extremes)

    def _signature(self, seen: Signature) -> Signature:
        """What the probes see of a whole mix."""
        return tuple(
            int(probe.alone.allows(amount) if amount not in (_YES, _NO) else amount == _YES) if probe.alone else amount
            for probe, amount in zip(self._probes, seen, strict=True)
        )

    def _ways(self, units: int, kinds: int, *, needed: bool) -> int:
        """Ways to fill up with parts that no term names, one given part among them if needed."""
        parts, fixed = (len(self.others) - 1, 1) if needed else (len(self.others), 0)
        return sum(
            comb(parts, more - fixed) * _compositions(units, more)
            for more in range(fixed, parts + fixed + 1)
            if self._kinds_fit(kinds + more)
        )

    def _kinds_fit(self, kinds: int) -> bool:
        return self.domain.least_kinds <= kinds <= self.domain.most_kinds

    def _grams(self, units: Iterable[int]) -> Grams:
        """Units of the named parts, then of the others, as grams in the order of the option's parts."""
        amounts = dict(zip(self.named + self.others, units, strict=True))
        step = self.domain.step_g
        return tuple((part.key, amounts[part.key] * step) for part in self.domain.parts if amounts[part.key])


def mix_fault(domain: Mix, grams: Grams) -> str | None:
    """What keeps these amounts from being a mix of this option, or None."""
    off_step = [key for key, amount in grams if amount % domain.step_g]
    if off_step:
        label = next(part.label for part in domain.parts if part.key == off_step[0])
        return f"{label} is measured in steps of {domain.step_g}\u00a0g."
    missing = domain.total_g - sum(amount for _, amount in grams)
    if missing:
        too = f"{missing}\u00a0g are missing" if missing > 0 else f"{-missing}\u00a0g are too much"
        return f"The mix adds up to {domain.total_g}\u00a0g: {too}."
    if len(grams) < domain.least_kinds:
        return f"A mix has at least {domain.least_kinds} kinds."
    if len(grams) > domain.most_kinds:
        return f"A mix has at most {domain.most_kinds} kinds."
    return None


def _compositions(units: int, parts: int) -> int:
    """Ways to write `units` as an ordered sum of `parts` positive numbers."""
    if parts == 0:
        return int(units == 0)
    return comb(units - 1, parts - 1) if units >= parts else 0
