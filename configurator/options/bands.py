"""Bands: the values of one option sorted by how the rules see them; two values of a band can replace each other."""

from collections.abc import Mapping
from dataclasses import dataclass

from configurator.options.formula import Atom
from configurator.options.mixing import Mixing
from configurator.options.model import Chosen, Grams, Mix, Number, OneOf, Option
from configurator.options.nearing import Best, Goal, least_moved, nearest_mix
from configurator.options.prices import option_price
from configurator.options.probes import Probe, probes_of
from configurator.options.recent import Recent
from configurator.options.watching import Aim, Signature

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
        self._homes = {value: self._numbers[seen] for seen, values in self._values.items() for value in values}

    def __len__(self) -> int:
        return len(self._signatures)

    def of(self, chosen: Chosen) -> int:
        """The band of a value of the option."""
        known = self._homes.get(chosen)
        return self._numbers[tuple(probe.of(chosen) for probe in self.probes)] if known is None else known

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

    def signature(self, band: int) -> Signature:
        """What the probes see of every value in a band."""
        return self._signatures[band]

    @property
    def splits(self) -> bool:
        """Whether every probe just says yes or no, so that bands can be sorted by one probe after the other."""
        return all(probe.alone is not None or probe.term is None for probe in self.probes)

    def best(self, band: int, cost: Cost) -> tuple[int, Chosen]:
        """(cost, value) of the value of a band of a OneOf or Number that costs least."""
        values = self._values[self._signatures[band]]
        return min(((self._priced(value, cost), value) for value in values), key=lambda priced: priced[0])

    def nearest(self, aim: Aim, cost: Cost, need: str | None) -> tuple[int, Grams] | None:
        """(cost, mix) of the mix that costs least of those that the probes see as aimed; `need`: having that part."""
        key = tuple(aim.items()), cost.wish if cost.move else None, need
        found = self._mixes.get(key, lambda: nearest_mix(self._mixing, Goal(aim, _wish(cost), need)))
        return None if found is None else (cost.move * found.moved + found.price, found.grams)

    def at_least(self, aim: Aim, cost: Cost) -> int:
        """No mix that is seen as aimed costs less; quick to say."""
        away = least_moved(self._mixing, Goal(aim, _wish(cost))) if cost.move else 0
        return cost.move * away + self._mixing.least_price

    def _priced(self, value: Chosen, cost: Cost) -> int:
        away = distance(self.option, value, cost.wish) if cost.move else 0
        return cost.move * away + option_price(self.option, value)


def _wish(cost: Cost) -> Mapping[str, int] | None:
    """The grams wished for, if being near them counts."""
    return dict(cost.wish) if cost.move and isinstance(cost.wish, tuple) else None


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
