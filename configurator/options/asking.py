"""Questions about an answered state, worked out when a page asks them: what is blocked, why, and the way out."""

from collections.abc import Iterator, Mapping

from configurator.options.answer import Blocked, Change, Item, Repair
from configurator.options.bands import all_values
from configurator.options.component import Component
from configurator.options.filling import Seat
from configurator.options.model import Choices, Chosen, Configuration, Mix, Number, OneOf, SomeOf
from configurator.options.prices import in_minor_units, option_price


class Asking:
    """One component in one state. Each question is asked of the solver once."""

    def __init__(self, component: Component, own: Choices, configuration: Configuration) -> None:
        self._component = component
        self._own = own
        self._configuration = configuration
        self._known: dict[tuple[str, int], bool] = {}

    def blocked_items(self) -> Iterator[Item]:
        """Values that cannot be taken and members that cannot be added."""
        items = (item for item in self._component.items() if not self._component.indifferent(item[0]))
        return (item for item in items if not self._shown(item) and not self._can(item))

    def kept_items(self) -> Iterator[Item]:
        """Members that cannot be taken off."""
        members = (item for item in self._component.items() if self._several(item[0]))
        return (item for item in members if self._shown(item) and not self._can(item))

    def blocked(self, item: Item) -> Blocked:
        """Why a value cannot be taken, or a member not switched, and the smallest way out."""
        key, wanted = item[0], self._wanted(item)
        choices = self._others(key)
        if self._several(key):
            choices = {**choices, key: self._configuration[key]}
        reasons = self._component.reasons([wanted], choices)
        return Blocked(reasons.because, reasons.choices, self._repair(item, wanted), reasons.without)

    def forced_options(self) -> Iterator[str]:
        """Options left one value where their domain has several."""
        for key, option in self._component.options.items():
            if isinstance(option.domain, OneOf | Number):
                values = [value for value in all_values(option) if isinstance(value, str | int)]
                if len(values) > 1 and sum(self._can((key, value)) for value in values) == 1:
                    yield key
            elif isinstance(option.domain, SomeOf) and option.domain.values and self._settled(key):
                yield key

    def forced(self, key: str) -> tuple[str, ...]:
        """The sentences that leave an option no other value."""
        others = self._others(key)
        literals = self._component.literals(key, self._configuration[key])
        sentences = (text for literal in literals for text in self._component.reasons([-literal], others).because)
        return tuple(dict.fromkeys(sentences))

    def number_options(self) -> Iterator[str]:
        """The options that are numbers."""
        return (key for key, option in self._component.options.items() if isinstance(option.domain, Number))

    def numbers(self, key: str) -> tuple[int, ...]:
        """The numbers still possible, ascending."""
        values = (value for value in all_values(self._component.options[key]) if isinstance(value, int))
        return tuple(value for value in values if self._can((key, value)))

    def _several(self, key: str) -> bool:
        return isinstance(self._component.options[key].domain, SomeOf)

    def _others(self, key: str) -> dict[str, Chosen]:
        return {other: chosen for other, chosen in self._own.items() if other != key}

    def _shown(self, item: Item) -> bool:
        """Whether the product shown has this value, member, number or part."""
        key, value = item
        chosen = self._configuration[key]
        if isinstance(chosen, tuple):
            return any(part == value for part, _ in chosen)
        return value in chosen if isinstance(chosen, frozenset) else chosen == value

    def _wanted(self, item: Item) -> int:
        """The literal to aim at: the value, or a member switched."""
        literal = self._component.item(item)
        return -literal if self._several(item[0]) and self._shown(item) else literal

    def _can(self, item: Item) -> bool:
        """Whether the value can be taken, or the member switched, while everything else chosen stays."""
        key, wanted = item[0], self._wanted(item)
        if self._component.indifferent(key):
            return True
        if (key, wanted) not in self._known:
            fixed = self._component.literals_of(self._others(key))
            if self._several(key):
                members = self._component.literals(key, self._configuration[key])
                fixed += [member for member in members if member != -wanted]
            self._known[key, wanted] = self._component.possible([wanted], fixed)
        return self._known[key, wanted]

    def _settled(self, key: str) -> bool:
        """Whether the other own choices settle every member of an option of several."""
        others = self._component.literals_of(self._others(key))
        members = self._component.literals(key, self._configuration[key])
        return not any(self._component.possible([-member], others) for member in members)

    def _repair(self, item: Item, wanted: int) -> Repair | None:
        """The least change of own choices that makes the value possible, nearest first, then cheapest."""
        key, value = item
        plain = isinstance(self._component.options[key].domain, OneOf | Number)
        seats = [] if plain else [self._goal_seat(item)]
        others = self._others(key)
        seats += [self._component.seat(other, "own", chosen) for other, chosen in others.items()]
        seats += [self._component.free_seat(other) for other in self._component.options if other not in {key, *others}]
        found = self._component.filled(seats, [wanted]) if self._component.possible([wanted]) else None
        if found is None:
            return None
        after = {**found, key: value} if plain else found
        touched = [other for other in self._component.options if other in others or other == key]
        changed = [key, *(other for other in touched if other != key and after[other] != others[other])]
        return Repair(
            choices={other: after[other] for other in touched},
            changes=tuple(Change(other, self._own.get(other), after[other]) for other in changed),
            price=in_minor_units(self._price(after) - self._price(self._configuration)),
        )

    def _goal_seat(self, item: Item) -> Seat:
        key, value = item
        need = str(value) if isinstance(self._component.options[key].domain, Mix) else None
        return self._component.seat(key, "goal", self._configuration[key], need)

    def _price(self, configuration: Mapping[str, Chosen]) -> int:
        return sum(option_price(option, configuration[key]) for key, option in self._component.options.items())
