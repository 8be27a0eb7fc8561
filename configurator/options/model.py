"""Options, their values and the rules between them, as the engine sees them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

Aspect = Literal["taste", "design", "equipment"]

Grams = tuple[tuple[str, int], ...]
"""An amount mix: (part key, grams) in the order of the option's parts, parts with 0 g left out."""

Chosen = str | frozenset[str] | int | Grams
"""What one option is set to: a value (OneOf), values (SomeOf), a number (Number) or grams (Mix)."""

Choices = Mapping[str, Chosen]
"""Option key -> what the customer chose; options the customer has not touched are absent."""

Configuration = Mapping[str, Chosen]
"""Choices with every option present, allowed by every rule."""


@dataclass(frozen=True, slots=True)
class Value:
    """One value of an option. `price` in minor units incl. VAT; `facts` are numbers rules may sum."""

    key: str
    label: str
    price: int = 0
    facts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OneOf:
    """Exactly one of several values. by_key: the same values."""

    values: tuple[Value, ...]
    default: str
    by_key: Mapping[str, Value] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Found by key once: a page asks for the values of hundreds of options."""
        object.__setattr__(self, "by_key", {value.key: value for value in self.values})


@dataclass(frozen=True, slots=True)
class SomeOf:
    """Any of several values, at least `least` and at most `most` of them. by_key: the same values."""

    values: tuple[Value, ...]
    least: int
    most: int
    default: frozenset[str] = frozenset()
    by_key: Mapping[str, Value] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """As for OneOf."""
        object.__setattr__(self, "by_key", {value.key: value for value in self.values})


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number with a unit: least, least + step, … most. `price_each` in minor units a unit."""

    least: int
    most: int
    step: int
    unit: str
    default: int
    price_each: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """One ingredient of a mix. `per_100g` in minor units incl. VAT."""

    key: str
    label: str
    per_100g: int = 0
    facts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mix:
    """Grams of parts in steps, adding up to a net weight, with least and most kinds."""

    parts: tuple[Part, ...]
    total_g: int
    step_g: int
    least_kinds: int
    most_kinds: int
    default: Grams


Domain = OneOf | SomeOf | Number | Mix


@dataclass(frozen=True, slots=True)
class Option:
    """One thing a customer decides."""

    key: str
    label: str
    aspect: Aspect
    domain: Domain


@dataclass(frozen=True, slots=True)
class Rule:
    """What may go together. Either `require` (with or without `when`), or `columns` with `allow`.

    `because` is the maker's sentence, shown to customers word for word. The grammar of `when` and
    `require` is in docs/rules.md; `allow` holds rows, a cell being "*" or a tuple of values.
    """

    because: str
    when: str | None = None
    require: str | None = None
    columns: tuple[str, ...] = ()
    allow: tuple[tuple[str | tuple[str, ...], ...], ...] = ()


@dataclass(frozen=True)
class Model:
    """All options of a blank and the rules between them.

    values: of every OneOf, by option and value; prices: of those that cost something; others: the options of all other
    kinds.
    """

    options: tuple[Option, ...]
    rules: tuple[Rule, ...] = ()
    values: Mapping[tuple[str, Chosen], Value] = field(init=False, repr=False, compare=False)
    prices: Mapping[tuple[str, Chosen], int] = field(init=False, repr=False, compare=False)
    others: tuple[Option, ...] = field(init=False, repr=False, compare=False)

    @cached_property
    def written(self) -> str:
        """All that it is, as a text."""
        return repr(self)

    def __post_init__(self) -> None:
        """Found once: a page adds up what hundreds of options cost several times."""
        plain = [(option.key, option.domain) for option in self.options if isinstance(option.domain, OneOf)]
        values = {(key, value.key): value for key, domain in plain for value in domain.values}
        object.__setattr__(self, "values", values)
        object.__setattr__(self, "prices", {pair: value.price for pair, value in values.items() if value.price})
        object.__setattr__(self, "others", tuple(o for o in self.options if not isinstance(o.domain, OneOf)))

    @cached_property
    def priced(self) -> Mapping[tuple[str, Chosen], tuple[str, int]]:
        """`Rim: Gold` and its price."""
        labels = {option.key: option.label for option in self.options}
        return {pair: (f"{labels[pair[0]]}: {self.values[pair].label}", price) for pair, price in self.prices.items()}

    @cached_property
    def defaults(self) -> "Configuration":
        """Every option at its default."""
        return {option.key: option.domain.default for option in self.options}

    @cached_property
    def by_key(self) -> dict[str, Option]:
        """The options by their keys."""
        return {option.key: option for option in self.options}
