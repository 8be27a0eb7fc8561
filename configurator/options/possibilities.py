"""What is still possible in an answered state: every option and member asked of the circuit in one pass."""

from collections.abc import Collection, Hashable, Iterator, Mapping
from functools import cached_property

from configurator.options.answer import Item
from configurator.options.component import Component
from configurator.options.model import Choices, Configuration

_UNCHOSEN = ("", "")
"""The case in which all own choices stay: it answers for every option that is not chosen."""


class Possibilities:
    """One component in one state."""

    def __init__(self, component: Component, own: Choices, configuration: Configuration) -> None:
        self._component = component
        self._own = own
        self._configuration = configuration

    def lost_of(self, key: str) -> set[int]:
        """The literals of its bands, or those that switch its members, that other choices leave impossible."""
        return self._lost[key if key in self._own else _UNCHOSEN]

    @cached_property
    def hindered(self) -> set[str]:
        """The options of one value, and mixes, of which some value cannot be taken while other choices stay."""
        component, own = self._component, self._own
        owners = set(map(component.owners.get, self._lost[_UNCHOSEN]))
        unchosen = {key for key in owners if key is not None and key not in own}
        chosen = (key for key in own if key in component.tied and key not in component.several)
        return unchosen.union(key for key in chosen if self._lost[key])

    def values(self, key: str) -> Collection[str | int]:
        """The values of a OneOf or Number that can be taken while everything else chosen stays, in order."""
        literals = self._component.values.literals[key]
        if self._component.indifferent(key):
            return literals.keys()
        lost = self.lost_of(key)
        return [value for value, literal in literals.items() if literal not in lost]

    def can(self, item: Item) -> bool:
        """Whether the value can be taken, or the member switched, while everything else chosen stays."""
        key = item[0]
        if self._component.indifferent(key):
            return True
        if key in self._component.several:
            return not self._lost[item]
        return not self.lost_of(key).issuperset(self._component.having(item))

    @cached_property
    def _lost(self) -> Mapping[Hashable, set[int]]:
        """Impossible literals by case: an own choice given up, a member switched beside the others, or neither."""
        cases: dict[Hashable, tuple[int, ...]] = {_UNCHOSEN: self._unchosen()}
        cases.update((key, self._asked(key)) for key in self._own)
        cases.update(self._members())
        everywhere = (1 << len(cases)) - 1
        numbers = {case: number for number, case in enumerate(cases)}
        fixed: dict[int, int] = {}
        for key, chosen in self._own.items():
            without = 1 << numbers[key]
            if key in self._component.several:
                without |= sum(1 << numbers[item] for item in self._component.items_of(key))
            fixed.update(dict.fromkeys(self._component.literals(key, chosen), everywhere & ~without))
        for key in self._component.several:
            self._fix_shown(fixed, key, numbers)
        return dict(zip(cases, self._component.lost_each(fixed, list(cases.values())), strict=True))

    def _fix_shown(self, fixed: dict[int, int], key: str, numbers: Mapping[Hashable, int]) -> None:
        """Where one member is switched, the others stay as they are shown."""
        items = list(self._component.items_of(key))
        whole = sum(1 << numbers[item] for item in items)
        for item, literal in zip(items, self._shown(key), strict=True):
            fixed[literal] = fixed.get(literal, 0) | (whole & ~(1 << numbers[item]))

    def _unchosen(self) -> tuple[int, ...]:
        """Of all options with bands, the chosen ones too: always the same are found quickly, and more are no harm."""
        banded = self._component.banded
        several = [key for key in self._component.several if key not in self._own]
        return (*banded, *(literal for key in several for literal in self._asked(key))) if several else banded

    def _asked(self, key: str) -> tuple[int, ...]:
        """All bands of an option, or what switches its members."""
        return (
            tuple(-literal for literal in self._shown(key))
            if key in self._component.several
            else self._component.ways(key)
        )

    def _members(self) -> Iterator[tuple[Item, tuple[int, ...]]]:
        for key in self._component.several:
            for item, literal in zip(self._component.items_of(key), self._shown(key), strict=True):
                yield item, (-literal,)

    def _shown(self, key: str) -> tuple[int, ...]:
        return self._component.literals(key, self._configuration[key])
