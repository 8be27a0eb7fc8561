"""Why not, in the shop's words: the sentences of rules and the own choices behind literals and demands by number."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from configurator.options.answer import Item
from configurator.options.encoding import Encoded
from configurator.options.explaining import Beside, Explainer
from configurator.options.formula import members_of
from configurator.options.model import Chosen, Option, SomeOf
from configurator.options.recent import Recent

MOST_EXPLAINED, MOST_TOLD = 2000, 8
"""Reasons are kept for so many values, so many of each."""
NEVER = "This is not possible with any of the other choices."
UNCHECKED = "Whether this goes with your other choices could not be found out in time."
"""Where only search can tell and it took too long: not offered as it stands, perhaps with other choices changed."""
Told = tuple[tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True)
class Reasons:
    """Why not: sentences, own choices that take part, and members that take part by being left out."""

    because: tuple[str, ...]
    choices: tuple[Item, ...]
    without: tuple[Item, ...]


class Telling:
    """Tells reasons of one component. goes_alone: as of Beside."""

    def __init__(self, options: Mapping[str, Option], coded: Encoded, goes_alone: Callable[[int], bool]) -> None:
        self._options, self._encoded, self._goes_alone = options, coded, goes_alone
        self._kept: Recent[list[Told]] = Recent(MOST_EXPLAINED)
        self._named = [members_of(demand.formula) for demand in coded.demands]

    @cached_property
    def explainer(self) -> Explainer:
        """What finds them."""
        coded = self._encoded
        return Explainer(coded.variables, coded.definitions, coded.rules, Beside(self._goes_alone, coded.groups))

    def reasons(self, fixed: tuple[int, ...], owners: Mapping[int, str], choices: Mapping[str, Chosen]) -> Reasons:
        """Subset-minimal reasons why choices exclude what is fixed; owners: the option of each of their literals."""
        told = self._told(fixed, owners)
        if told is None:
            return Reasons((UNCHECKED,), (), ())
        literals, numbers = told
        demands = [self._encoded.demands[number] for number in numbers]
        named = frozenset().union(*(self._named[number] for number in numbers))
        items = [item for literal in literals for item in self._items(owners[literal], literal, choices, named)]
        return Reasons(
            because=tuple(dict.fromkeys(demand.rule.because for demand in demands)) or (NEVER,),
            choices=tuple(dict.fromkeys(item for item, there in items if there)),
            without=tuple(dict.fromkeys(item for item, there in items if not there)),
        )

    def _told(self, fixed: tuple[int, ...], owners: Mapping[int, str]) -> Told | None:
        """Choices and rules by number: as told before while all of those choices stay, since none can be left out.

        None if that is not found out.
        """
        told = self._kept.get(fixed, list)
        for known in told:
            if owners.keys() >= set(known[0]):
                return known
        found = self.explainer.reasons(fixed, list(owners))
        if found is None:
            return None
        told[:] = [found, *told[: MOST_TOLD - 1]]
        return found

    def _items(
        self, key: str, literal: int, choices: Mapping[str, Chosen], named: frozenset[tuple[str, str]]
    ) -> Iterator[tuple[Item, bool]]:
        """What of a choice takes part, and whether by being there; of a mix the parts that the rules name."""
        domain, chosen = self._options[key].domain, choices[key]
        if isinstance(domain, SomeOf):
            place = self._encoded.literals[key].index(abs(literal))
            yield (key, domain.values[place].key), literal > 0
        elif isinstance(chosen, tuple):
            parts = [part for part, _ in chosen if (key, part) in named]
            yield from (((key, part), True) for part in parts)
            if not parts:
                yield from ((item, False) for item in sorted(named) if item[0] == key)
        elif isinstance(chosen, str | int):
            yield (key, chosen), True
