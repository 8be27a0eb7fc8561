"""What the ways to set an option cost in a completion or repair, in strict precedence, by literal.

Precedence: own choices changed, steps moved, defaults not kept, price, places strayed in the lists. One whole number
holds all five.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from configurator.options.bands import Bands, Valued
from configurator.options.model import Chosen, Mix, Number, OneOf, Option, SomeOf
from configurator.options.nearing import Found, Goal
from configurator.options.prices import option_price

CHANGED = 1 << 160
MOVED = 1 << 120
NOT_DEFAULT = 1 << 80
_PRICED = 1 << 40
"""What a hundredth costs where defaults count for more. Each rank has a limb of 40 bits: see circuit_sweeps."""
_BY_PRICE, _TIE = 1 << 80, 1 << 40
"""The same where price counts for most; at the same price defaults are kept."""

Manner = Literal["own", "goal", "free", "wish", "cheapest", "dearest"]


@dataclass(frozen=True)
class Wish:
    """How an option is to be set. own: keep `value` if possible. free: its default is `value`.

    goal and wish: as near to `value` as possible; `need`: a mix must have that part. cheapest, dearest: by its price.
    """

    manner: Manner
    value: Chosen
    need: str | None = None

    @property
    def penalty(self) -> int:
        """What any other value than this one costs besides."""
        return {"own": CHANGED, "free": NOT_DEFAULT, "cheapest": _TIE, "dearest": _TIE}.get(self.manner, 0)

    @property
    def move(self) -> int:
        """What a step away costs."""
        return MOVED if self.manner in ("own", "goal", "wish") else 0

    @property
    def price(self) -> int:
        """What a hundredth of price costs."""
        return {"cheapest": _BY_PRICE, "dearest": -_BY_PRICE}.get(self.manner, _PRICED)


class Weighed:
    """The costs of one option for a wish. literals: of its bands or members; same: of being set to the default."""

    def __init__(self, option: Option, wish: Wish, literals: Sequence[int], bands: Bands | None, same: int) -> None:
        self.option = option
        self.wish = wish
        self._literals = literals
        self._bands = bands
        self._same = same

    @cached_property
    def variables(self) -> tuple[int, ...]:
        """The variables that its costs are of."""
        return tuple(abs(literal) for literal in (*self._literals, self._same))

    @property
    def several(self) -> bool:
        """Whether this is an own choice of several, whose change counts once however many members differ."""
        return self.wish.manner == "own" and self._bands is None

    @property
    def members(self) -> tuple[int, ...]:
        """What holds exactly when an option of several is set as wished."""
        wished = self.wish.value if isinstance(self.wish.value, frozenset) else frozenset()
        assert isinstance(self.option.domain, SomeOf)  # noqa: S101 - asked of nothing else
        pairs = zip(self.option.domain.values, self._literals, strict=True)
        return tuple(literal if value.key in wished else -literal for value, literal in pairs)

    def costs(self, *, counting: bool = False) -> Mapping[int, int]:
        """Literal -> what it costs; of an own choice of several without what its change costs.

        counting: the number of kinds of a mix is heeded; without, mixes may seem cheaper than they are.
        """
        if isinstance(self.option.domain, SomeOf):
            return self._member_costs
        if isinstance(self.option.domain, Mix):
            return self._mix_costs(counting=counting)
        return self._band_costs

    def taken(self, model: Collection[int], *, counting: bool = False) -> Chosen:
        """The best value within a model of the component."""
        if isinstance(self.option.domain, SomeOf):
            pairs = zip(self.option.domain.values, self._literals, strict=True)
            return frozenset(value.key for value, literal in pairs if literal in model)
        if not isinstance(self.option.domain, Mix):
            return self._best_values[next(filter(model.__contains__, self._best_values))]
        band = next(band for band, literal in enumerate(self._literals) if literal in model)
        return self.wish.value if band == self._own_band else self._mixes(counting=counting).mix(band)

    @cached_property
    def by_literal(self) -> Mapping[int, Valued]:
        """What each literal of a OneOf or Number sets it to; empty for others, and where no rule tells values apart."""
        if not isinstance(self.option.domain, OneOf | Number) or len(self._known_bands) == 1:
            return {}
        pairs = self._known_bands.pairs
        return {literal: pairs[value] for literal, value in self._best_values.items()}

    @cached_property
    def _band_costs(self) -> Mapping[int, int]:
        return self._from_nothing({self._literals[band]: cost for band, (cost, _) in self._best.items()})

    @cached_property
    def _best(self) -> Mapping[int, tuple[int, Chosen]]:
        """For each band of a OneOf or Number the cost and the value that costs least."""
        bands, costs = self._known_bands, self._value_costs
        found: dict[int, tuple[int, Chosen]] = {}
        for band in range(len(bands)):
            value, *others = bands.values(band)
            best = min((value, *others), key=costs.__getitem__) if others else value
            found[band] = costs[best], best
        return found

    @cached_property
    def _value_costs(self) -> Mapping[Chosen, int]:
        """What each value of a OneOf or Number costs."""
        domain, wish, values = self.option.domain, self.wish, self._known_bands.pairs
        if not isinstance(domain, Number):
            return {value: self._cost(value) for value in values}
        at, move, penalty, price = wish.value, wish.move, wish.penalty, wish.price * 100 * domain.price_each
        assert isinstance(at, int)  # noqa: S101 - a number is wished to be a number
        numbers = [value for value in values if isinstance(value, int)]
        step = move + (not price)
        return {
            each: price * each + (each != at and penalty + step * (abs(each - at) // domain.step)) for each in numbers
        }

    @cached_property
    def _best_values(self) -> Mapping[int, Chosen]:
        """By literal, of which a model has exactly one."""
        return {self._literals[band]: value for band, (_, value) in self._best.items()}

    def _cost(self, value: Chosen) -> int:
        """Of a value of a OneOf: any other is one step away."""
        wish, price = self.wish, option_price(self.option, value)
        if value == wish.value:
            return wish.price * price
        return wish.price * price + wish.penalty + wish.move + self._strayed(value)

    def _strayed(self, value: Chosen) -> int:
        """How many places of the list lie between it and the wished one, if another of its price could be taken."""
        places, wished = self._places, self.wish.value
        return abs(places[value] - places[wished]) if value in places and wished in places else 0

    @cached_property
    def _places(self) -> Mapping[Chosen, int]:
        """Where the values stand that have not their price for themselves, and the wished one."""
        assert isinstance(self.option.domain, OneOf)  # noqa: S101 - asked of nothing else
        values, wished = self.option.domain.values, self.wish.value
        many = Counter(value.price for value in values if value.key != wished)
        return {value.key: at for at, value in enumerate(values) if many[value.price] > 1 or value.key == wished}

    @cached_property
    def _member_costs(self) -> Mapping[int, int]:
        domain, wish = self.option.domain, self.wish
        assert isinstance(domain, SomeOf)  # noqa: S101 - asked of nothing else
        costs: dict[int, int] = {}
        for value, literal, wished in zip(domain.values, self._literals, self.members, strict=True):
            costs[literal] = 100 * value.price * wish.price
            costs[-wished] = costs.get(-wished, 0) + wish.move + (not value.price)
        if wish.penalty and not self.several:
            costs[-self._same] = costs.get(-self._same, 0) + wish.penalty
        return costs

    def _mix_costs(self, *, counting: bool) -> Mapping[int, int]:
        wish, costs = self.wish, dict[int, int]()
        if self._own_band is None or len(self._literals) > 1:
            for band, (moved, price) in self._mixes(counting=counting).costs().items():
                costs[self._literals[band]] = wish.move * moved + wish.price * price + wish.penalty
        if self._own_band is not None:
            costs[self._literals[self._own_band]] = wish.price * option_price(self.option, wish.value)
        return self._from_nothing(costs)

    def _from_nothing(self, costs: Mapping[int, int]) -> Mapping[int, int]:
        """By price alone: the same preference, with the best price at 0: small numbers are added up quickly."""
        least = (
            min(costs.values(), default=0) // _BY_PRICE * _BY_PRICE
            if self.wish.manner in ("cheapest", "dearest")
            else 0
        )
        return {literal: cost - least for literal, cost in costs.items()} if least else costs

    def _mixes(self, *, counting: bool) -> Found:
        wish = self.wish
        near = dict(wish.value) if wish.move and isinstance(wish.value, tuple) else None
        goal = Goal(near, wish.need, -1 if wish.manner == "dearest" else 1)
        return self._known_bands.mixes(goal, counting=counting)

    @cached_property
    def _own_band(self) -> int | None:
        return self._known_bands.of(self.wish.value) if self.wish.manner in ("own", "free") else None

    @property
    def _known_bands(self) -> Bands:
        assert self._bands is not None  # noqa: S101 - every option but one of several has bands
        return self._bands
