"""What the engine answers after every click."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from configurator.options.model import Choices, Chosen, Configuration, Grams

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

    because and choices together are as few as possible: without any one of them nothing stands in the way.
    without: members and parts that stand in the way by *not* being among those chosen.
    repair is None only if the value can never be chosen at all.
    """

    because: tuple[str, ...]
    choices: tuple[Item, ...]
    repair: Repair | None
    without: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Dropped:
    """A choice that came in (an old link, a typed address) and could not be kept, and why."""

    option: str
    value: str
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A mix as typed that is no mix yet: why, and the nearest one that is (which the configuration shows)."""

    typed: Grams
    because: str
    nearest: Grams


@dataclass(frozen=True, slots=True)
class Answer:
    """All a page needs to draw the options.

    configuration: complete and valid; own choices kept, as many defaults as fit, then cheapest.
    choices: the own choices that were kept.
    blocked: every value that cannot be taken while the other own choices stay. For an option of several: every
    member that cannot be added to those shown.
    kept: members that are on and cannot be taken off while all other choices stay.
    forced: option -> because: options that the other own choices leave only one value.
    numbers: Number option -> the numbers still possible, ascending.
    dropped: what came in and could not be kept; the page is usable all the same.
    unfinished: mix option -> amounts that do not add up (also told in dropped). Such a design is not for sale yet.
    """

    configuration: Configuration
    choices: Choices
    blocked: Mapping[Item, Blocked] = field(default_factory=dict)
    forced: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    numbers: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    dropped: tuple[Dropped, ...] = ()
    kept: Mapping[Item, Blocked] = field(default_factory=dict)
    unfinished: Mapping[str, Unfinished] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EngineFacts:
    """How big a compiled model is and what it took: over the budget it is answered by search, still correctly.

    nodes and edges: of the circuits. compile_cpu_s: CPU seconds. over_budget: labels of the options concerned.
    """

    variables: int
    rules: int
    nodes: int
    edges: int
    compile_cpu_s: float
    over_budget: tuple[str, ...] = ()
