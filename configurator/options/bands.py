"""Bands: the values of one option sorted by how the rules see them; two values of a band can replace each other."""

from collections.abc import Mapping
from dataclasses import dataclass

from configurator.options.formula import Atom
from configurator.options.mixing import Mixing
from configurator.options.model import Chosen, Mix, Number, OneOf, Option
from configurator.options.nearing import Best, Goal, least_moved, nearest_mix
from configurator.options.prices import option_price
from configurator.options.probes import Probe, probes_of
from configurator.options.recent import Recent
from configurator.options.watching import Signature

MOST_MIXES = 2000


@dataclass(frozen=True)
class Cost:
    """What a value costs in the search: `move` a step away from `wish`, and its price in hundredths."""

    wish: Chosen
    move: int = 0


class Bands:
    """The bands of a OneOf, Number or Mix option, numbered from 0 in the order of their first value."""

    def __init__(self, option: Option, atoms: tuple[Atom, ...]) -> None:
        self.option = option
        self.probes = probes_of(option.key, atoms)
        self._mixes: Recent[Best | None] = Recent(MOST_MIXES)
        self._values: Mapping[Signature, tuple[Chosen, ...]] = {}
        if isinstance(option.domain, Mix):
            self._mixing = Mixing(option.domain, self.probes)
            self._kinds = self._mixing.kinds()
            self._signatures = tuple(self._kinds)
        else:
            self._values = _sorted_out(option, self.probes)
            self._signatures = tuple(self._values)
        self._numbers = {signature: number for number, signature in enumerate(self._signatures)}

    def __len__(self) -> int:
        return len(self._signatures)

    def of(self, chosen: Chosen) -> int:
        """The band of a value of the option."""
        return self._numbers[tuple(probe.of(chosen) for probe in self.probes)]

    def seen_of(self, band: int, probe: Probe) -> int:
        """What a probe sees of every value in a band."""
        return self._signatures[band][self.probes.index(probe)]

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many values are in each band; exact."""
        if self._values:
            return tuple(len(values) for values in self._values.values())
        return tuple(kind.count for kind in self._kinds.values())

    def with_part(self, part: str) -> frozenset[int]:
        """The bands of a mix in which some mix has this part."""
        return frozenset(self._numbers[signature] for signature, kind in self._kinds.items() if part in kind.parts)

    def best(self, band: int, cost: Cost, need: str | None = None) -> tuple[int, Chosen] | None:
        """(cost, value) of the value of a band that costs least; `need`: only mixes with that part."""
        domain = self.option.domain
        signature = self._signatures[band]
        if isinstance(domain, Mix):
            return self._best_mix(signature, cost, need)
        values = self._values[signature]
        return min(((self._priced(value, cost), value) for value in values), key=lambda priced: priced[0])

    def at_least(self, band: int, cost: Cost) -> int:
        """No value of the band costs less; quick to say."""
        domain = self.option.domain
        if not isinstance(domain, Mix):
            found = self.best(band, cost)
            return found[0] if found else 0
        wish = dict(cost.wish) if cost.move and isinstance(cost.wish, tuple) else {}
        away = least_moved(self._mixing, Goal(self._signatures[band], wish)) if cost.move else 0
        return cost.move * away + domain.total_g * min(part.per_100g for part in domain.parts)

    def _best_mix(self, signature: Signature, cost: Cost, need: str | None) -> tuple[int, Chosen] | None:
        key = signature, cost.wish if cost.move else None, need
        wish = dict(cost.wish) if cost.move and isinstance(cost.wish, tuple) else None
        found = self._mixes.get(key, lambda: nearest_mix(self._mixing, Goal(signature, wish, need)))
        return None if found is None else (cost.move * found.moved + found.price, found.grams)

    def _priced(self, value: Chosen, cost: Cost) -> int:
        away = distance(self.option, value, cost.wish) if cost.move else 0
        return cost.move * away + option_price(self.option, value)


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
