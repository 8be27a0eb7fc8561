"""The best completion or repair: the cheapest model of a component for what every option is wished to be.

One pass over the circuit weighs all options together. Own choices of several count once however many of their members
change, which no sum over members can say: where the cheapest model changes one, the pass is made with it kept and with
it given up. A mix whose number of kinds was left aside and does not fit is weighed again, heeding it.
"""

import heapq
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TypeVar

from configurator.options.bands import Valued
from configurator.options.costs import Costs
from configurator.options.model import Chosen, Mix
from configurator.options.reasoning import Reasoner, holds
from configurator.options.weighing import CHANGED, Weighed

Model = frozenset[int]
"""Its literals as far as `holds` needs them."""
NOTHING: Model = frozenset()
T = TypeVar("T")


class Plan:
    """What every option is wished to be, all weighed together; one plan may be asked many times."""

    def __init__(self, weighed: Mapping[str, Weighed], costs: Costs) -> None:
        self._weighed = weighed
        self.costs = costs

    @classmethod
    def of(cls, weighed: Mapping[str, Weighed]) -> "Plan":
        """What all these are wished to be."""
        return cls(weighed, _costs(weighed, counting=False))

    @property
    def weighed(self) -> Mapping[str, Weighed]:
        """Every option that is wished for, with its costs."""
        return self._weighed

    @cached_property
    def values(self) -> Mapping[int, Valued]:
        """What each literal sets its option to, of all OneOf and Number options that rules tell apart."""
        return {literal: value for each in self.weighed.values() for literal, value in each.by_literal.items()}

    @cached_property
    def others(self) -> Mapping[str, Weighed]:
        """The options that `values` does not tell of: of several values, mixes, those that no rule tells apart."""
        return {key: each for key, each in self.weighed.items() if not each.by_literal}

    @cached_property
    def counting(self) -> Costs:
        """The costs when the number of kinds of mixes is heeded."""
        return _costs(self.weighed, counting=True)

    @cached_property
    def several(self) -> Mapping[str, tuple[int, ...]]:
        """What holds exactly when an own choice of several is kept, of each."""
        return {key: each.members for key, each in self.weighed.items() if each.several}

    def instead(self, changed: Mapping[str, Weighed | None]) -> "Plan":
        """The same with some options wished otherwise, or (None) not at all."""
        return _Changed(self, changed)

    def taken(self, model: Model, *, counting: bool, shown: Model = NOTHING) -> dict[str, Chosen]:
        """What each option takes in a model; of those that `values` tells of only where it is not as shown.

        shown: literals of a product that this plan would set the same options by in the same way.
        """
        found = dict(filter(None, map(self.values.get, model - shown)))
        found.update({key: each.taken(model, counting=counting) for key, each in self.others.items()})
        return found


class _Changed(Plan):
    """Another plan but for some options: of hundreds a click changes a few, and the rest is looked at once."""

    def __init__(self, base: Plan, changed: Mapping[str, Weighed | None]) -> None:
        wished = {key: each for key, each in changed.items() if each is not None}
        variables = {variable for key in changed for variable in base.weighed[key].variables}
        super().__init__(wished, base.costs.instead(variables, _merged(wished, counting=False)))
        self._base, self._gone = base, changed.keys()

    @cached_property
    def weighed(self) -> Mapping[str, Weighed]:
        """Every option that is wished for, with its costs."""
        return self._left(self._base.weighed) | dict(self._weighed)

    @cached_property
    def others(self) -> Mapping[str, Weighed]:
        """The options that `values` does not tell of: of several values, mixes, those that no rule tells apart."""
        wished = {key: each for key, each in self._weighed.items() if not each.by_literal}
        return self._left(self._base.others) | wished

    @cached_property
    def several(self) -> Mapping[str, tuple[int, ...]]:
        """What holds exactly when an own choice of several is kept, of each."""
        wished = {key: each.members for key, each in self._weighed.items() if each.several}
        return self._left(self._base.several) | wished

    def taken(self, model: Model, *, counting: bool, shown: Model = NOTHING) -> dict[str, Chosen]:
        """As the other plan says, but for the changed options; that one may be changed itself."""
        found = self._base.taken(model, counting=counting, shown=shown)
        for key in self._gone & found.keys():
            wished = self._weighed.get(key)
            if wished is None:
                del found[key]
            else:
                found[key] = wished.taken(model, counting=counting)
        return found

    def _left(self, of: Mapping[str, T]) -> dict[str, T]:
        return {key: each for key, each in of.items() if key not in self._gone}


def best_completion(reasoner: Reasoner, plan: Plan, fixed: tuple[int, ...]) -> Mapping[str, Chosen] | None:
    """What each option takes at the least cost, given literals that are fixed; None if nothing fits."""
    for counting in (False, True):
        costs = plan.counting if counting else plan.costs
        model = _Completing(reasoner, plan, costs).cheapest(fixed)
        if model is None:
            return None
        found = plan.taken(model, counting=counting)
        if counting or all(_kinds_fit(each, found[key]) for key, each in plan.others.items()):
            break
    return found


def best_completions(
    reasoner: Reasoner, plan: Plan, asked: Sequence[int], shown: Model = NOTHING
) -> list[Mapping[str, Chosen] | None]:
    """As best_completion for each of some literals; all in one pass unless own choices of several are to be kept.

    Of options that are as shown (see Plan.taken) it may say nothing.
    """
    if plan.several:
        return [best_completion(reasoner, plan, (literal,)) for literal in asked]
    found: list[Mapping[str, Chosen] | None] = []
    for literal, model in zip(asked, reasoner.cheapest_each(asked, plan.costs), strict=True):
        taken: Mapping[str, Chosen] | None = None if model is None else plan.taken(model, counting=False, shown=shown)
        if taken is not None and not all(_kinds_fit(each, taken[key]) for key, each in plan.others.items()):
            taken = best_completion(reasoner, plan, (literal,))
        found.append(taken)
    return found


def _costs(weighed: Mapping[str, Weighed], *, counting: bool) -> Costs:
    return Costs(_merged(weighed, counting=counting))


def _merged(weighed: Mapping[str, Weighed], *, counting: bool) -> dict[int, int]:
    costs: dict[int, int] = {}
    for each in weighed.values():
        more = each.costs(counting=counting)
        if costs.keys().isdisjoint(more):
            costs.update(more)
        else:
            costs.update({literal: costs.get(literal, 0) + cost for literal, cost in more.items()})
    return costs


def _kinds_fit(weighed: Weighed, chosen: Chosen) -> bool:
    domain = weighed.option.domain
    if not isinstance(domain, Mix) or not isinstance(chosen, tuple):
        return True
    return domain.least_kinds <= len(chosen) <= domain.most_kinds


class _Completing:
    def __init__(self, reasoner: Reasoner, plan: Plan, costs: Costs) -> None:
        self._reasoner = reasoner
        self._costs = costs
        self._several = list(plan.several.values())

    def cheapest(self, fixed: tuple[int, ...]) -> Model | None:
        """Best first over which own choices of several are kept (True) or given up (False)."""
        waiting: list[tuple[int, int, dict[int, bool], Model]] = []
        self._wait(waiting, fixed, {})
        while waiting:
            _, _, settled, model = heapq.heappop(waiting)
            open_yet = (
                number
                for number, kept in enumerate(self._several)
                if number not in settled and not all(holds(model, literal) for literal in kept)
            )
            changed = next(open_yet, None)
            if changed is None:
                return model
            for kept in (True, False):
                self._wait(waiting, fixed, {**settled, changed: kept})
        return None

    def _wait(
        self, waiting: list[tuple[int, int, dict[int, bool], Model]], fixed: tuple[int, ...], settled: dict[int, bool]
    ) -> None:
        kept = [literal for number, stays in settled.items() if stays for literal in self._several[number]]
        found = self._reasoner.cheapest([*fixed, *kept], self._costs)
        if found is not None:
            cost = found[0] + CHANGED * sum(not stays for stays in settled.values())
            heapq.heappush(waiting, (cost, len(settled) * 1000 + len(waiting), settled, found[1]))
