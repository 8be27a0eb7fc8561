"""The nearest or cheapest mix of every band at once: one pass over an automaton that adds part after part.

A state is (units so far, kinds so far, what the probes have seen so far); an edge adds so many units of one part. The
automaton is laid out once as arrays, its edges sorted by where they lead: a question costs a gather, an addition and a
minimum a part. Source: Bellman's recursion, as the shortest path of a layered graph.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from configurator.options.mixing import Mixing
from configurator.options.model import Grams
from configurator.options.watching import NO, YES, Signature

_FAR = 2**60


@dataclass(frozen=True)
class Goal:
    """What is looked for. wish: grams by part to come near to, or None if only the price counts.

    need: a part it must have. sign: 1 for the cheapest, -1 for the dearest.
    """

    wish: Mapping[str, int] | None = None
    need: str | None = None
    sign: int = 1


@dataclass(frozen=True)
class _Layer:
    """The edges that add one part: from which state, how many units, and where the edges into each state start."""

    part: str
    sources: Any
    units: Any
    starts: Any


class Nearing:
    """The automaton of a mix. counting: heed the least and most kinds; without, it is much smaller."""

    def __init__(self, mixing: Mixing, numbers: Mapping[Signature, int], *, counting: bool) -> None:
        self._mixing = mixing
        self._counting = counting
        self._prices = {part.key: part.per_100g for part in mixing.domain.parts}
        self._groups = mixing.groups[::-1]
        self._layers: list[_Layer] = []
        self._homes: Any = np.zeros(0, dtype=np.int64)
        self._build(numbers)

    def search(self, goal: Goal) -> "Found":
        """The best mix of each band."""
        return Found(self, goal)

    def passed(self, goal: Goal) -> list[Any]:
        """The least cost of every state, layer after layer."""
        costs = [self._ready([0], goal)]
        for layer in self._layers:
            costs.append(np.minimum.reduceat(self.edge_costs(layer, goal, costs[-1]), layer.starts))
        return costs

    def edge_costs(self, layer: _Layer, goal: Goal, before: Any) -> Any:
        """What the ways over every edge of a layer cost."""
        return before[layer.sources] + self.part_costs(layer.part, goal)[layer.units]

    @property
    def layers(self) -> Sequence[_Layer]:
        """The parts, one after the other."""
        return self._layers

    @property
    def ends(self) -> Any:
        """The band of each state at the end; -1 for what is no mix."""
        return self._homes

    def grams(self, units: Mapping[str, int]) -> Grams:
        """Units as grams, in the order of the option's parts."""
        step_g = self._mixing.domain.step_g
        return tuple((part.key, units[part.key] * step_g) for part in self._mixing.domain.parts if units[part.key])

    def split(self, cost: int, goal: Goal) -> tuple[int, int]:
        """(grams moved, price in hundredths) of a cost."""
        moved, price = divmod(cost, self._unit)
        return moved, goal.sign * (price + self._floor(goal) * self._mixing.domain.total_g)

    @property
    def _unit(self) -> int:
        """One gram moved outweighs every difference in price."""
        prices = self._prices.values()
        return (max(prices) - min(prices)) * self._mixing.domain.total_g + 1

    def _floor(self, goal: Goal) -> int:
        return min(goal.sign * price for price in self._prices.values())

    def part_costs(self, part: str, goal: Goal) -> Any:
        """What so many units of a part cost, for every number of units: grams away from the wish, then the price."""
        step_g = self._mixing.domain.step_g
        price = goal.sign * self._prices[part] - self._floor(goal)
        wished = None if goal.wish is None else goal.wish.get(part, 0)
        costs = []
        for units in range(self._mixing.units + 1):
            away = 0 if wished is None else abs(units * step_g - wished)
            costs.append(away * self._unit + price * units * step_g)
        if part == goal.need:
            costs[0] = self._far(goal)
        return self._ready(costs, goal)

    def _far(self, goal: Goal) -> int:
        """More than any mix costs."""
        return (self._mixing.domain.total_g + sum((goal.wish or {}).values()) + 1) * self._unit

    def _ready(self, costs: Sequence[int], goal: Goal) -> Any:
        return np.array(costs, dtype=np.int64 if 4 * self._far(goal) < _FAR else object)

    def is_far(self, cost: int, goal: Goal) -> bool:
        """Whether a cost stands for no mix at all."""
        return cost >= self._far(goal)

    def _build(self, numbers: Mapping[Signature, int]) -> None:
        states = np.zeros((1, 2 + len(self._mixing.probes)), dtype=np.int64)
        parts = [(part, group, weights) for group, (names, weights) in enumerate(self._groups) for part in names]
        for place, (part, _, weights) in enumerate(parts):
            later = [other for _, _, other in parts[place + 1 :]]
            states = self._extended(states, part, weights, later)
        self._homes = np.array([self._home(state, numbers) for state in states.tolist()], dtype=np.int64)

    def _extended(self, states: Any, part: str, weights: Sequence[int], later: Sequence[Sequence[int]]) -> Any:
        """The states after one more part."""
        left = self._mixing.units - states[:, 0]
        ways = left + 1 if later else np.ones_like(left)
        sources = np.repeat(np.arange(len(states)), ways)
        units = np.arange(len(sources)) - np.repeat(np.cumsum(ways) - ways, ways) if later else left
        after = states[sources]
        after[:, 0] += units
        if self._counting:
            after[:, 1] += units > 0
        self._see(after, units, weights, later)
        fits = after[:, 1] <= self._mixing.domain.most_kinds
        after, sources, units = after[fits], sources[fits], units[fits]
        states, homes = np.unique(after, axis=0, return_inverse=True)
        order = np.argsort(homes.ravel(), kind="stable")
        starts = np.searchsorted(homes.ravel()[order], np.arange(len(states)))
        self._layers.append(_Layer(part, sources[order], units[order], starts))
        return states

    def _see(self, after: Any, units: Any, weights: Sequence[int], later: Sequence[Sequence[int]]) -> None:
        """Add what the probes see of the units, and settle what is sure."""
        step_g, left = self._mixing.domain.step_g, self._mixing.units - after[:, 0]
        for place, probe in enumerate(self._mixing.probes):
            seen = after[:, 2 + place]
            open_yet = (seen != YES) & (seen != NO)
            seen += np.where(open_yet, units * (weights[place] * step_g), 0)
            total = probe.alone
            if total is None:
                continue
            reach = [other[place] * step_g for other in later]
            low, high = seen + left * min(reach, default=0), seen + left * max(reach, default=0)
            if total.operator == "<=":
                yes, no = high <= total.bound, low > total.bound
            else:
                yes = (low == high) & (low == total.bound)
                no = (low > total.bound) | (high < total.bound)
            seen[:] = np.where(open_yet & yes, YES, np.where(open_yet & no, NO, seen))

    def _home(self, state: Sequence[int], numbers: Mapping[Signature, int]) -> int:
        units, kinds, seen = state[0], state[1], tuple(state[2:])
        if units != self._mixing.units or (self._counting and not self._mixing.kinds_fit(kinds)):
            return -1
        return numbers.get(self._mixing.watch.signature(seen), -1)


class Found:
    """The answers of one pass: what the best mix of each band costs, and the mix itself when it is asked for."""

    def __init__(self, nearing: Nearing, goal: Goal) -> None:
        self._nearing = nearing
        self._goal = goal
        self._costs = nearing.passed(goal)
        self._best: dict[int, tuple[int, int]] = {}
        ends = zip(nearing.ends.tolist(), self._costs[-1].tolist(), strict=True)
        for state, (band, cost) in enumerate(ends):
            if band >= 0 and not nearing.is_far(cost, goal) and (band not in self._best or cost < self._best[band][0]):
                self._best[band] = cost, state

    def costs(self) -> Mapping[int, tuple[int, int]]:
        """Band -> (grams moved, price in hundredths) of its best mix; bands without such a mix are left out."""
        return {band: self._nearing.split(cost, self._goal) for band, (cost, _) in self._best.items()}

    def mix(self, band: int) -> Grams:
        """The best mix of a band: back along the edges that it came by."""
        state = self._best[band][1]
        units: dict[str, int] = {}
        for place in range(len(self._nearing.layers) - 1, -1, -1):
            layer = self._nearing.layers[place]
            first = layer.starts[state]
            last = layer.starts[state + 1] if state + 1 < len(layer.starts) else len(layer.sources)
            sources, more = layer.sources[first:last], layer.units[first:last]
            costs = self._costs[place][sources] + self._nearing.part_costs(layer.part, self._goal)[more]
            edge = int(costs.argmin())
            state, units[layer.part] = int(sources[edge]), int(more[edge])
        return self._nearing.grams(units)
