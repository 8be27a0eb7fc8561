"""Mixes by exact arithmetic: which kinds there are as the rules see them, and how many of each.

A mix is a number of steps (units) of each part. Parts that no probe tells apart are counted together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import comb

from configurator.options.model import Grams, Mix
from configurator.options.probes import Probe
from configurator.options.watching import Signature, Watch

State = tuple[int, int, Signature]
"""(units so far, kinds so far, what the probes have seen so far)."""


@dataclass(frozen=True)
class Kind:
    """The mixes of one signature: how many there are, and the parts that some of them have."""

    count: int
    parts: frozenset[str]


class Mixing:
    """All mixes of an option, told apart by what some probes see of them.

    groups: parts that the probes see alike, with what a gram of them weighs for each probe.
    """

    def __init__(self, domain: Mix, probes: tuple[Probe, ...]) -> None:
        self.domain = domain
        self.probes = probes
        self.units = domain.total_g // domain.step_g
        alike: dict[tuple[int, ...], list[str]] = {}
        for part in domain.parts:
            alike.setdefault(_weights(part.key, probes), []).append(part.key)
        ordered = sorted(alike.items(), key=lambda group: any(group[0]), reverse=True)
        self.groups = [(tuple(parts), weights) for weights, parts in ordered]
        self.watch = Watch(domain, probes, [weights for weights, _ in ordered])

    def kinds(self) -> Mapping[Signature, Kind]:
        """Every signature that some mix has."""
        states: dict[State, tuple[int, int]] = {(0, 0, self.watch.start): (1, 0)}
        for place in range(len(self.groups)):
            states = self._extended(states, place)
        counts: dict[Signature, int] = {}
        masks: dict[Signature, int] = {}
        for (units, kinds, seen), (count, mask) in states.items():
            if units == self.units and self.kinds_fit(kinds):
                signature = self.watch.signature(seen)
                counts[signature] = counts.get(signature, 0) + count
                masks[signature] = masks.get(signature, 0) | mask
        return {signature: Kind(count, self._parts_in(masks[signature])) for signature, count in counts.items()}

    def _extended(self, states: Mapping[State, tuple[int, int]], place: int) -> dict[State, tuple[int, int]]:
        """One more group of parts that look alike: so many kinds of it, so many units in all."""
        after: dict[State, tuple[int, int]] = {}
        size = len(self.groups[place][0])
        step = self.watch.step(place)
        for (units, kinds, seen), (count, mask) in states.items():
            left = self.units - units
            for more in range(left + 1) if place + 1 < len(self.groups) else (left,):
                sees = step(seen, more, left - more) or ()
                for new in range(more > 0, min(size, more, self.domain.most_kinds - kinds) + 1):
                    state = (units + more, kinds + new, sees)
                    ways, seen_parts = after.get(state, (0, 0))
                    gained = count * comb(size, new) * _compositions(more, new)
                    after[state] = (ways + gained, seen_parts | mask | (1 << place if new else 0))
        return after

    def kinds_fit(self, kinds: int) -> bool:
        """Whether a mix may have so many kinds."""
        return self.domain.least_kinds <= kinds <= self.domain.most_kinds

    def _parts_in(self, mask: int) -> frozenset[str]:
        return frozenset(part for place, (parts, _) in enumerate(self.groups) if mask >> place & 1 for part in parts)


def mix_fault(domain: Mix, grams: Grams) -> str | None:
    """What keeps these amounts from being a mix of this option, or None."""
    off_step = [key for key, amount in grams if amount % domain.step_g]
    if off_step:
        label = next(part.label for part in domain.parts if part.key == off_step[0])
        return f"“{label}” goes in steps of {domain.step_g}\u00a0g."
    missing = domain.total_g - sum(amount for _, amount in grams)
    if missing:
        too = f"{missing}\u00a0g are missing" if missing > 0 else f"{-missing}\u00a0g are too much"
        return f"The mix adds up to {domain.total_g}\u00a0g: {too}."
    if len(grams) < domain.least_kinds:
        return f"A mix has at least {domain.least_kinds} kinds."
    if len(grams) > domain.most_kinds:
        return f"A mix has at most {domain.most_kinds} kinds."
    return None


def _weights(part: str, probes: Sequence[Probe]) -> tuple[int, ...]:
    return tuple(dict(probe.term.weights).get(part, 0) if probe.term else 0 for probe in probes)


def _compositions(units: int, parts: int) -> int:
    """Ways to write `units` as an ordered sum of `parts` positive numbers."""
    if parts == 0:
        return int(units == 0)
    return comb(units - 1, parts - 1) if units >= parts else 0
