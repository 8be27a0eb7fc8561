"""Bands: the values of one option sorted by how the rules see them; two values of a band can replace each other."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from configurator.options.formula import Atom
from configurator.options.mixing import Mixing, Signature
from configurator.options.model import Chosen, Mix, Number, OneOf, Option
from configurator.options.prices import option_price
from configurator.options.probes import Probe, probes_of


@dataclass(frozen=True)
class Cost:
    """What a value costs in the search: `move` a step away from `wish`, 100ths of a minor unit for its price."""

    wish: Chosen
    move: int = 0


class Bands:
    """The bands of a OneOf, Number or Mix option, numbered from 0 in the order of their first value."""

    def __init__(self, option: Option, atoms: tuple[Atom, ...]) -> None:
        self.option = option
        self.probes = probes_of(option.key, atoms)
        self._numbers = {signature: number for number, signature in enumerate(self._sizes)}

    def __len__(self) -> int:
        return len(self._sizes)

    def of(self, chosen: Chosen) -> int:
        """The band of a value of the option."""
        return self._numbers[tuple(probe.of(chosen) for probe in self.probes)]

    def seen_of(self, band: int, probe: Probe) -> int:
        """What a probe sees of every value in a band."""
        return list(self._sizes)[band][self.probes.index(probe)]

    def size(self, band: int) -> int:
        """How many values are in it; exact."""
        return list(self._sizes.values())[band]

    def values(self, band: int) -> tuple[Chosen, ...]:
        """The values in a band of a OneOf or Number, in order."""
        return self._values[band]

    def with_part(self, part: str) -> frozenset[int]:
        """The bands of a mix in which some mix has this part."""
        return frozenset(self._numbers[signature] for signature in self.mixing.counts(need=part))

    def best(self, cost: Cost, need: str | None = None) -> Mapping[int, tuple[int, Chosen]]:
        """Band -> (cost, value) of the value that costs least; `need`: only mixes with that part."""
        if isinstance(self.option.domain, Mix):
            return self._best_mixes(cost, need)
        priced = {
            band: min((self._priced(value, cost), place) for place, value in enumerate(values))
            for band, values in enumerate(self._values)
        }
        return {band: (spent, self._values[band][place]) for band, (spent, place) in priced.items()}

    @cached_property
    def mixing(self) -> Mixing:
        """The arithmetic of a mix, its mixes told apart as the probes need it."""
        assert isinstance(self.option.domain, Mix)  # noqa: S101 - only called for a mix
        return Mixing(self.option.domain, self.probes)

    @cached_property
    def _sizes(self) -> Mapping[Signature, int]:
        sizes: dict[Signature, int] = {}
        if isinstance(self.option.domain, Mix):
            return self.mixing.counts()
        for value in all_values(self.option):
            signature = tuple(probe.of(value) for probe in self.probes)
            sizes[signature] = sizes.get(signature, 0) + 1
        return sizes

    @cached_property
    def _values(self) -> tuple[tuple[Chosen, ...], ...]:
        by_band: list[list[Chosen]] = [[] for _ in self._sizes]
        for value in all_values(self.option):
            by_band[self.of(value)].append(value)
        return tuple(tuple(values) for values in by_band)

    def _priced(self, value: Chosen, cost: Cost) -> int:
        away = distance(self.option, value, cost.wish) if cost.move else 0
        return cost.move * away + option_price(self.option, value)

    def _best_mixes(self, cost: Cost, need: str | None) -> Mapping[int, tuple[int, Chosen]]:
        domain = self.option.domain
        assert isinstance(domain, Mix)  # noqa: S101 - only called for a mix
        wish = dict(cost.wish) if isinstance(cost.wish, tuple) else {}
        prices = {part.key: part.per_100g for part in domain.parts}

        def spent(part: str, grams: int) -> int:
            return cost.move * abs(grams - wish.get(part, 0)) + prices[part] * grams

        picks = self.mixing.best(spent, need)
        return {self._numbers[signature]: (pick.cost, pick.grams) for signature, pick in picks.items()}


def all_values(option: Option) -> tuple[Chosen, ...]:
    """Every value of a OneOf or Number, in order; empty for the others."""
    if isinstance(option.domain, OneOf):
        return tuple(value.key for value in option.domain.values)
    if isinstance(option.domain, Number):
        return tuple(range(option.domain.least, option.domain.most + 1, option.domain.step))
    return ()


def distance(option: Option, one: Chosen, other: Chosen) -> int:
    """How far two values are apart: steps of a number, grams moved in a mix, members switched, else 0 or 1."""
    if isinstance(option.domain, Number) and isinstance(one, int) and isinstance(other, int):
        return abs(one - other) // option.domain.step
    if isinstance(one, frozenset) and isinstance(other, frozenset):
        return len(one ^ other)
    if isinstance(one, tuple) and isinstance(other, tuple):
        amounts, others = dict(one), dict(other)
        return sum(abs(amounts.get(key, 0) - others.get(key, 0)) for key in amounts | others)
    return int(one != other)
