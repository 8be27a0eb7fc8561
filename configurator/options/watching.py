"""Running sums of a mix while its parts are added one after the other, settled as soon as they are sure."""

from collections.abc import Callable, Mapping, Sequence

from configurator.options.formula import Total
from configurator.options.model import Mix
from configurator.options.probes import Probe

Signature = tuple[int, ...]
"""What each probe sees of a mix; while it grows, a running sum, or YES or NO once that is sure."""

Aim = Mapping[int, int]
"""Probe -> what it must see of the mix; probes that are left out may see anything."""

Step = Callable[[Signature, int, int], Signature | None]
"""(seen so far, units of the next part, units left after it) -> seen then; None if it misses the aim."""

YES = 2**62
NO = -(2**62)


class Watch:
    """What the probes see of a mix, group of parts after group of parts. weights: for each group, by probe."""

    def __init__(self, domain: Mix, probes: Sequence[Probe], weights: Sequence[Sequence[int]]) -> None:
        self._step_g = domain.step_g
        self._totals = [probe.alone for probe in probes]
        self._weights = weights
        self.start: Signature = (0,) * len(probes)

    def step(self, group: int, *, alike_follow: bool = False, aim: Aim | None = None) -> Step:
        """How the sums grow by a part of a group, if parts of the same group follow or not.

        With an aim, only its probes are watched, and ways that cannot reach it are cut off.
        """
        weights = self._weights[group]
        watched = [probe for probe, weight in enumerate(weights) if weight and (aim is None or probe in aim)]
        if not watched:
            return lambda seen, _more, _left: seen
        reach = [self._reach(group if alike_follow else group + 1, probe) for probe in watched]
        known: dict[tuple[Signature, int, int], Signature | None] = {}

        def grown(seen: Signature, more: int, left: int) -> Signature | None:
            key = seen, more, left
            if key not in known:
                sums = list(seen)
                for probe, (least, most) in zip(watched, reach, strict=True):
                    if sums[probe] not in (YES, NO):
                        amount = sums[probe] + more * weights[probe] * self._step_g
                        spread = left * least * self._step_g, left * most * self._step_g
                        sums[probe] = _settled(self._totals[probe], amount, spread)
                known[key] = tuple(sums) if aim is None or self._can_reach(sums, watched, aim) else None
            return known[key]

        return grown

    def signature(self, seen: Signature) -> Signature:
        """What the probes see of a whole mix."""
        pairs = zip(seen, self._totals, strict=True)
        return tuple(amount if total is None else int(_holds(total, amount)) for amount, total in pairs)

    def meets(self, seen: Signature, aim: Aim) -> bool:
        """Whether a whole mix is what is aimed at."""
        found = self.signature(seen)
        return all(found[probe] == wanted for probe, wanted in aim.items())

    def _reach(self, group: int, probe: int) -> tuple[int, int]:
        """The least and most that a gram of this or a later group adds to what a probe sees."""
        later = [weights[probe] for weights in self._weights[group:]]
        return min(later, default=0), max(later, default=0)

    def _can_reach(self, sums: Sequence[int], watched: Sequence[int], aim: Aim) -> bool:
        """Whether nothing that is settled is settled against the aim."""
        return all(sums[probe] not in (YES, NO) or (sums[probe] == YES) == bool(aim[probe]) for probe in watched)


def _settled(total: Total | None, amount: int, spread: tuple[int, int]) -> int:
    """A running sum, or YES or NO if nothing within the spread can change the answer any more."""
    if total is None:
        return amount
    lowest, highest = amount + spread[0], amount + spread[1]
    if total.operator == "<=":
        if highest <= total.bound:
            return YES
        return NO if lowest > total.bound else amount
    if lowest == highest == total.bound:
        return YES
    return amount if lowest <= total.bound <= highest else NO


def _holds(total: Total, amount: int) -> bool:
    return total.allows(amount) if amount not in (YES, NO) else amount == YES
