"""Bands: the values of one option sorted by how the rules see them; two values of a band can replace each other."""

from collections.abc import Mapping
from functools import cached_property, partial

from configurator.options.formula import Atom
from configurator.options.mixing import Mixing
from configurator.options.model import Chosen, Mix, Number, OneOf, Option
from configurator.options.nearing import Found, Goal, Nearing
from configurator.options.probes import Probe, probes_of
from configurator.options.recent import Recent
from configurator.options.watching import Signature

MOST_SEARCHES = 200
Valued = tuple[str, Chosen]
"""An option's key and what it is set to."""


class Bands:
    """The bands of a OneOf, Number or Mix option, numbered from 0 in the order of their first value."""

    def __init__(self, option: Option, atoms: tuple[Atom, ...]) -> None:
        self.option = option
        self.probes = probes_of(option.key, atoms)
        self._places = {probe: place for place, probe in enumerate(self.probes)}
        self._values: Mapping[Signature, tuple[Chosen, ...]] = {}
        if isinstance(option.domain, Mix):
            self._mixing = Mixing(option.domain, self.probes)
            self._kinds = self._mixing.kinds()
            self._signatures = tuple(self._kinds)
        else:
            self._values = _sorted_out(option, self.probes)
            self._signatures = tuple(self._values)
        self._numbers = {signature: number for number, signature in enumerate(self._signatures)}
        self._homes = {value: self._numbers[seen] for seen, values in self._values.items() for value in values}
        self._searches: Recent[Found] = Recent(MOST_SEARCHES)

    def __len__(self) -> int:
        return len(self._signatures)

    def of(self, chosen: Chosen) -> int:
        """The band of a value of the option."""
        known = self._homes.get(chosen)
        return self._numbers[tuple(probe.of(chosen) for probe in self.probes)] if known is None else known

    def seen_of(self, band: int, probe: Probe) -> int:
        """What a probe sees of every value in a band."""
        return self._signatures[band][self._places[probe]]

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """How many values are in each band; exact."""
        if self._values:
            return tuple(len(values) for values in self._values.values())
        return tuple(kind.count for kind in self._kinds.values())

    @cached_property
    def pairs(self) -> Mapping[Chosen, Valued]:
        """The option's key with each value of a OneOf or Number; the same pairs for all that is asked of them."""
        return {value: (self.option.key, value) for values in self._values.values() for value in values}

    def with_part(self, part: str) -> frozenset[int]:
        """The bands of a mix in which some mix has this part."""
        return frozenset(self._numbers[signature] for signature, kind in self._kinds.items() if part in kind.parts)

    def values(self, band: int) -> tuple[Chosen, ...]:
        """The values in a band of a OneOf or Number."""
        return self._values[self._signatures[band]]

    def mixes(self, goal: Goal, *, counting: bool) -> Found:
        """The best mix of every band; counting: heed the least and most kinds, which takes longer."""
        wish = None if goal.wish is None else tuple(sorted(goal.wish.items()))
        key = wish, goal.need, goal.sign, counting
        nearing = self._counting if counting else self._lax
        return self._searches.get(key, partial(nearing.search, goal))

    @cached_property
    def _lax(self) -> Nearing:
        domain = self._mixing.domain
        limited = domain.least_kinds > 1 or domain.most_kinds < len(domain.parts)
        return Nearing(self._mixing, self._numbers, counting=False) if limited else self._counting

    @cached_property
    def _counting(self) -> Nearing:
        return Nearing(self._mixing, self._numbers, counting=True)


def all_values(option: Option) -> tuple[Chosen, ...]:
    """Every value of a OneOf or Number, in order; empty for the others."""
    if isinstance(option.domain, OneOf):
        return tuple(value.key for value in option.domain.values)
    if isinstance(option.domain, Number):
        return tuple(range(option.domain.least, option.domain.most + 1, option.domain.step))
    return ()


def _sorted_out(option: Option, probes: tuple[Probe, ...]) -> Mapping[Signature, tuple[Chosen, ...]]:
    """The values of a OneOf or Number by what the probes see of them."""
    by_signature: dict[Signature, list[Chosen]] = {}
    for value in all_values(option):
        by_signature.setdefault(tuple(probe.of(value) for probe in probes), []).append(value)
    return {signature: tuple(values) for signature, values in by_signature.items()}
