"""The mix of one kind that is nearest to a wish, then cheapest: exact, part after part, within a growing limit."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from configurator.options.formula import Total
from configurator.options.mixing import Mixing, State
from configurator.options.model import Grams
from configurator.options.watching import Aim, Step


@dataclass(frozen=True)
class Best:
    """A mix, the grams that were moved for it, and its price in hundredths."""

    moved: int
    price: int
    grams: Grams


@dataclass(frozen=True)
class Goal:
    """What is looked for. wish: grams by part, or None if only the price counts. need: a part it must have."""

    aim: Aim
    wish: Mapping[str, int] | None
    need: str | None = None


class _Reached(NamedTuple):
    """The cheapest way to a state: compared by moved and price, its units as a chain back to the start."""

    moved: int
    price: int
    chain: Any


def nearest_mix(mixing: Mixing, goal: Goal) -> Best | None:
    """The best mix for a goal; None if there is none.

    Ways that move more grams than a limit are not followed; the limit grows until a mix lies within it. The number
    of kinds is heeded only if the best mix without heeding it has too many or too few.
    """
    farthest = mixing.domain.total_g + sum((goal.wish or {}).values())
    limit = max(2 * mixing.domain.step_g, least_moved(mixing, goal)) if goal.wish else farthest
    counting = False
    while True:
        found = _Nearing(mixing, goal, limit, counting=counting).best()
        if found is not None and not counting and not mixing.kinds_fit(len(found.grams)):
            counting = True
        elif found is not None or limit >= farthest:
            return found
        else:
            limit *= 2


def least_moved(mixing: Mixing, goal: Goal) -> int:
    """Grams that must be moved at least, quick to say: what is over a bound goes, and the total is made up."""
    wish = goal.wish or {}
    gone, counted = 0, set[str]()
    for probe, seen in ((mixing.probes[number], seen) for number, seen in goal.aim.items()):
        weights = dict(probe.term.weights) if probe.term and probe.alone and seen else {}
        over = sum(weight * wish.get(part, 0) for part, weight in weights.items()) - (probe.alone or _NO_BOUND).bound
        parts = {part for part, weight in weights.items() if weight}
        if parts and over > 0 and min(weights.values()) >= 0 and not parts & counted:
            gone += -(-over // max(weights.values()))
            counted |= parts
    return gone + abs(mixing.domain.total_g - sum(wish.values()) + gone)


_NO_BOUND = Total((), "<=", 0)


class _Nearing:
    """One pass over the parts. `later`: what is wished of the parts still to come, in grams."""

    def __init__(self, mixing: Mixing, goal: Goal, limit: int, *, counting: bool) -> None:
        self._mixing = mixing
        self._goal = goal
        self._limit = limit
        self._counting = counting
        self._step_g = mixing.domain.step_g
        self._prices = {part.key: part.per_100g for part in mixing.domain.parts}
        self._order = [part for parts, _ in mixing.groups for part in parts]

    def best(self) -> Best | None:
        """The best mix within the limit."""
        front: dict[State, _Reached] = {(0, 0, self._mixing.watch.start): _Reached(0, 0, None)}
        later = sum((self._goal.wish or {}).values())
        for place, (parts, _) in enumerate(self._mixing.groups):
            for part in parts:
                step = self._mixing.watch.step(place, alike_follow=part != parts[-1], aim=self._goal.aim)
                later -= (self._goal.wish or {}).get(part, 0)
                front = self._after(front, part, step, later)
        ends = [reached for state, reached in front.items() if self._is_end(state)]
        if not ends:
            return None
        best = min(ends, key=lambda reached: reached[:2])
        return Best(best.moved, best.price, self._grams(best.chain))

    def _after(self, front: Mapping[State, _Reached], part: str, step: Step, later: int) -> dict[State, _Reached]:
        """The states after one more part."""
        after: dict[State, _Reached] = {}
        most_kinds = self._mixing.domain.most_kinds if self._counting else len(self._order)
        for (units, kinds, seen), reached in front.items():
            left = self._mixing.units - units
            for more in range(part == self._goal.need, left + 1):
                sees = step(seen, more, left - more)
                used = kinds + (self._counting and more > 0)
                if sees is None or used > most_kinds:
                    continue
                moved = reached.moved + self._away(part, more)
                if self._goal.wish and moved + abs((left - more) * self._step_g - later) > self._limit:
                    continue
                price = reached.price + self._prices[part] * more * self._step_g
                state = (units + more, used, sees)
                known = after.get(state)
                if known is None or (moved, price) < (known.moved, known.price):
                    after[state] = _Reached(moved, price, (reached.chain, more))
        return after

    def _away(self, part: str, units: int) -> int:
        wish = self._goal.wish
        return 0 if wish is None else abs(units * self._step_g - wish.get(part, 0))

    def _is_end(self, state: State) -> bool:
        units, kinds, seen = state
        whole = units == self._mixing.units and self._mixing.watch.meets(seen, self._goal.aim)
        return whole and (not self._counting or self._mixing.kinds_fit(kinds))

    def _grams(self, chain: Any) -> Grams:
        """The units along a chain as grams, in the order of the option's parts."""
        units = []
        while chain is not None:
            chain, more = chain
            units.append(more)
        amounts = dict(zip(self._order, reversed(units), strict=True))
        parts = self._mixing.domain.parts
        return tuple((part.key, amounts[part.key] * self._step_g) for part in parts if amounts[part.key])
