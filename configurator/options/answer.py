"""What the engine answers after every click."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from configurator.options.model import Choices, Chosen, Configuration

Item = tuple[str, str | int]
"""(option key, value): a value of OneOf, a member of SomeOf, a Number's number, a Mix's part."""


@dataclass(frozen=True, slots=True)
class Change:
    """One choice a repair changes; None means not chosen by the customer."""

    option: str
    before: Chosen | None
    after: Chosen


@dataclass(frozen=True, slots=True)
class Repair:
    """The smallest way to make a value possible: the choices afterwards and what changed.

    `price` is the difference in minor units between the completed products, incl. VAT.
    """

    choices: Choices
    changes: tuple[Change, ...]
    price: int


@dataclass(frozen=True, slots=True)
class Blocked:
    """Why a value cannot be taken now: the makers' sentences, own choices involved, the way out.

    `repair` is None only if the value can never be chosen at all.
    """

    because: tuple[str, ...]
    choices: tuple[Item, ...]
    repair: Repair | None


@dataclass(frozen=True, slots=True)
class Dropped:
    """A choice that came in (an old link, a typed address) and could not be kept, and why."""

    option: str
    value: str
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """All a page needs to draw the options.

    configuration: complete and valid; own choices kept, the rest defaults where they fit, else cheapest.
    choices: the own choices that were kept.
    blocked: every value that cannot be taken while the other own choices stay.
    forced: option -> because: options that the own choices leave only one value.
    numbers: Number option -> the numbers still possible, ascending.
    """

    configuration: Configuration
    choices: Choices
    blocked: Mapping[Item, Blocked] = field(default_factory=dict)
    forced: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    numbers: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    dropped: tuple[Dropped, ...] = ()
