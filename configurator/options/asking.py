"""Questions about an answered state, worked out when a page asks them: what is blocked, why, and the way out."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from configurator.options.answer import Blocked, Change, Item, Repair
from configurator.options.completing import Plan
from configurator.options.component import Component
from configurator.options.model import Choices, Chosen, Configuration, Number, OneOf, SomeOf
from configurator.options.possibilities import Possibilities
from configurator.options.prices import in_minor_units, option_price
from configurator.options.telling import UNCHECKED, Reasons
from configurator.options.weighing import Wish


class Asking:
    """One component in one state. What is possible is asked of the circuit in one pass for all items."""

    def __init__(self, component: Component, own: Choices, configuration: Configuration) -> None:
        self._component = component
        self._own = own
        self._configuration = configuration
        self._possible = Possibilities(component, own, configuration)

    @cached_property
    def blocked_items(self) -> tuple[Item, ...]:
        """Values that cannot be taken and members that cannot be added."""
        return tuple(self._blocked_items())

    def _blocked_items(self) -> Iterator[Item]:
        for key in self._hindered:
            if self._plain(key):
                possible = {*self._possible.values(key), self._configuration[key]}
                yield from [item for value, item in self._component.values.items[key].items() if value not in possible]
            else:
                items = self._component.items_of(key)
                yield from (item for item in items if not self._shown(item) and not self._possible.can(item))

    @cached_property
    def _hindered(self) -> Sequence[str]:
        """Options of one value that is not free, and all those of several: most of a large model can be passed over."""
        lacking = self._possible.hindered | self._component.several
        return [key for key in self._component.tied if key in lacking]

    def kept_items(self) -> Iterator[Item]:
        """Members that cannot be taken off."""
        several = (key for key in self._component.options if self._several(key))
        members = (item for key in several for item in self._component.items_of(key))
        return (item for item in members if self._shown(item) and not self._possible.can(item))

    def blocked(self, item: Item) -> Blocked:
        """Why a value cannot be taken, or a member not switched, and the smallest way out."""
        reasons = self.reasons(item)
        plain = item in self._ways_out
        found = self._ways_out[item] if plain else self._way_out(item)
        return Blocked(reasons.because, reasons.choices, self._repaired(item, found), reasons.without)

    def reasons(self, item: Item) -> Reasons:
        """Why a value cannot be taken, or a member not switched."""
        key = item[0]
        choices = self._others(key)
        if self._several(key):
            choices = {**choices, key: self._configuration[key]}
        return self._component.reasons(self._aim(item), choices)

    def repair(self, item: Item) -> Repair | None:
        """The least change of own choices that makes the value possible, nearest first, then cheapest."""
        return self._repaired(item, self._way_out(item))

    def _way_out(self, item: Item) -> Mapping[str, Chosen] | None:
        return self._component.completed(self._repairing(item), self._aim(item))

    @cached_property
    def _ways_out(self) -> Mapping[Item, Mapping[str, Chosen] | None]:
        """Those to all blocked values of a short OneOf or Number, which ask for the same but the value itself."""
        aims = {item: self._aim(item)[0] for item in self.blocked_items if item[0] in self._component.short}
        literals = list(dict.fromkeys(aims.values()))
        shown = self._component.shown(self._configuration)
        found = dict(zip(literals, self._component.completed_each(self._keeping, literals, shown), strict=True))
        return {item: found[literal] for item, literal in aims.items()}

    def _repaired(self, item: Item, found: Mapping[str, Chosen] | None) -> Repair | None:
        if found is None:
            return None
        key, value = item
        own, shown = self._others(key), self._configuration
        after = {**found, key: value} if self._plain(key) else found
        touched = sorted({*own, key}, key=self._component.places.__getitem__)
        choices = {other: after.get(other, shown[other]) for other in touched}
        changed = [key, *(other for other in touched if other != key and choices[other] != own[other])]
        return Repair(
            choices=choices,
            changes=tuple(Change(other, self._own.get(other), choices[other]) for other in changed),
            price=in_minor_units(self._dearer(after)),
        )

    def forced_options(self) -> Iterator[str]:
        """Options left one value where their domain has several."""
        for key in self._hindered:
            option = self._component.options[key]
            if isinstance(option.domain, OneOf | Number):
                if self._component.left_one(key, self._possible.lost_of(key)):
                    yield key
            elif isinstance(option.domain, SomeOf) and option.domain.values:
                switches = (-literal for literal in self._component.literals(key, self._configuration[key]))
                if self._possible.lost_of(key).issuperset(switches):
                    yield key

    def forced(self, key: str) -> tuple[str, ...]:
        """The sentences that leave an option no other value."""
        others = self._others(key)
        literals = self._component.literals(key, self._configuration[key])
        sentences = (text for literal in literals for text in self._component.reasons([-literal], others).because)
        return tuple(text for text in dict.fromkeys(sentences) if text != UNCHECKED)

    def number_options(self) -> Iterator[str]:
        """The options that are numbers."""
        return (key for key, option in self._component.options.items() if isinstance(option.domain, Number))

    def numbers(self, key: str) -> tuple[int, ...]:
        """The numbers still possible, ascending."""
        return tuple(value for value in self._possible.values(key) if isinstance(value, int))

    def _plain(self, key: str) -> bool:
        return isinstance(self._component.options[key].domain, OneOf | Number)

    def _several(self, key: str) -> bool:
        return key in self._component.several

    def _others(self, key: str) -> dict[str, Chosen]:
        return {other: chosen for other, chosen in self._own.items() if other != key}

    def _shown(self, item: Item) -> bool:
        """Whether the product shown has this value, member, number or part."""
        key, value = item
        chosen = self._configuration[key]
        if isinstance(chosen, tuple):
            return any(part == value for part, _ in chosen)
        return value in chosen if isinstance(chosen, frozenset) else chosen == value

    def _aim(self, item: Item) -> tuple[int, ...]:
        """What to aim at: the value, or a member switched."""
        aim = self._component.aim(item)
        return tuple(-literal for literal in aim) if self._several(item[0]) and self._shown(item) else aim

    def _repairing(self, item: Item) -> Plan:
        """The clicked option as near to what is shown as can be, own choices kept, the others at their defaults."""
        key, value = item
        shown, goal = self._configuration[key], None
        if self._plain(key):
            return self._keeping  # what the option itself costs is the same whatever else is changed
        if self._several(key):
            goal = self._component.weighed(key, Wish("goal", shown))
        elif isinstance(shown, tuple):
            goal = self._component.weighed(key, Wish("goal", shown, str(value)))
        return self._keeping.instead({key: goal})

    @cached_property
    def _keeping(self) -> Plan:
        """Own choices kept, the others at their defaults."""
        own = {key: self._component.weighed(key, Wish("own", chosen)) for key, chosen in self._own.items()}
        return self._component.plan("free").instead(own)

    def _dearer(self, after: Mapping[str, Chosen]) -> int:
        """What it costs more than what is shown, in hundredths."""
        options, before = self._component.options, self._configuration
        changed = [key for key, chosen in after.items() if chosen != before[key]]
        return sum(option_price(options[key], after[key]) - option_price(options[key], before[key]) for key in changed)
