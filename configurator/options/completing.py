"""The best completion or repair: the cheapest model of a component for what every option is wished to be.

One pass over the circuit weighs all options together. Own choices of several count once however many of their members
change, which no sum over members can say: where the cheapest model changes one, the pass is made with it kept and with
it given up. A mix whose number of kinds was left aside and does not fit is weighed again, heeding it.
"""

import heapq
from collections.abc import Mapping, Sequence

from configurator.options.model import Chosen, Mix
from configurator.options.reasoning import Reasoner
from configurator.options.weighing import CHANGED, Weighed

Model = frozenset[int]


def best_completion(
    reasoner: Reasoner, weighed: Sequence[Weighed], fixed: Sequence[int]
) -> Mapping[str, Chosen] | None:
    """What each option takes at the least cost, given literals that are fixed; None if nothing fits."""
    for counting in (False, True):
        model = _Completing(reasoner, weighed, counting=counting).cheapest(tuple(fixed))
        if model is None:
            return None
        found = {each.option.key: each.taken(model, counting=counting) for each in weighed}
        if counting or all(_kinds_fit(each, found[each.option.key]) for each in weighed):
            break
    return found


def _kinds_fit(weighed: Weighed, chosen: Chosen) -> bool:
    domain = weighed.option.domain
    if not isinstance(domain, Mix) or not isinstance(chosen, tuple):
        return True
    return domain.least_kinds <= len(chosen) <= domain.most_kinds


class _Completing:
    def __init__(self, reasoner: Reasoner, weighed: Sequence[Weighed], *, counting: bool) -> None:
        self._reasoner = reasoner
        self._costs: dict[int, int] = {}
        for each in weighed:
            for literal, cost in each.costs(counting=counting).items():
                self._costs[literal] = self._costs.get(literal, 0) + cost
        self._several = [each.members for each in weighed if each.several]

    def cheapest(self, fixed: tuple[int, ...]) -> Model | None:
        """Best first over which own choices of several are kept (True) or given up (False)."""
        waiting: list[tuple[int, int, dict[int, bool], Model]] = []
        self._wait(waiting, fixed, {})
        while waiting:
            _, _, settled, model = heapq.heappop(waiting)
            open_yet = (
                number
                for number, kept in enumerate(self._several)
                if number not in settled and not model.issuperset(kept)
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
