"""From a blank's options and rules to an engine that answers after every click."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from configurator.errors import Invalid
from configurator.options.answer import Answer, Blocked, Item, Unfinished
from configurator.options.answering import Partly, partly
from configurator.options.arriving import Arrived, arrived
from configurator.options.component import Component
from configurator.options.encoding import Demand, bounds_of
from configurator.options.formula import options_of
from configurator.options.lazily import Lazily
from configurator.options.model import Choices, Chosen, Grams, Model, Rule
from configurator.options.recent import Recent
from configurator.options.resolving import resolved

MOST_ANSWERS = 4096
MOST_ENGINES = 64
T = TypeVar("T")


class NothingPossible(Invalid):
    """The rules of a model contradict each other, so that no product is left."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        sentences = " ".join(f"“{rule.because}”" for rule in rules)
        super().__init__(f"No product keeps to all of these rules at once: {sentences} Change or remove one of them.")
        self.rules = tuple(rules)


class Engine:
    """Answers for one model. Safe to share between threads; answers are kept, the least recently used go first."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._components = tuple(_components(model))
        self._home = {key: number for number, part in enumerate(self._components) for key in part.options}
        self._answers: Recent[Partly | None] = Recent(MOST_ANSWERS)

    def answer(self, choices: Mapping[str, Any]) -> Answer:
        """What these choices make, what is still possible and why not. Unknown choices are dropped, never raised.

        Raises NothingPossible if the model's own rules leave no product.
        """
        found = arrived(choices, self.model)
        parts = [self._partly(number, found) for number in range(len(self._components))]
        shown = {key: chosen for part in parts for key, chosen in part.configuration.items()}
        own = {key: chosen for part in parts for key, chosen in part.choices.items()}
        keys = [option.key for option in self.model.options]
        configuration = {key: shown[key] for key in keys}
        return Answer(
            configuration=configuration,
            choices={key: own[key] for key in keys if key in own},
            blocked=self._refused([part.blocked for part in parts], own),
            forced=self._joined([part.forced for part in parts]),
            numbers=self._joined([part.numbers for part in parts]),
            dropped=(*found.dropped, *(dropped for part in parts for dropped in part.dropped)),
            kept=self._refused([part.kept for part in parts], own),
            unfinished=_unfinished(found, configuration),
        )

    def count(self) -> int:
        """How many different products the model allows; exact, of any size."""
        product = 1
        for component in self._components:
            product *= component.count()
        return product

    def never(self) -> Mapping[Item, tuple[str, ...]]:
        """Values that no product has, and the sentences that rule them out."""
        return {
            item: component.reasons([component.item(item)], {}).because
            for component in self._components
            for item in component.items()
            if not component.possible([component.item(item)])
        }

    def contradiction(self) -> tuple[Rule, ...] | None:
        """As few rules as possible that leave no product; None if there are products."""
        found = (component.contradiction() for component in self._components)
        return next((rules for rules in found if rules is not None), None)

    def _partly(self, number: int, found: Arrived) -> Partly:
        component = self._components[number]
        own = {key: found.own[key] for key in component.options if key in found.own}
        wishes = {key: found.open_mixes[key][0] for key in component.options if key in found.open_mixes}
        key = number, tuple(own.items()), tuple(wishes.items())
        part = self._answers.get(key, lambda: partly(component, own, wishes))
        if part is None:
            raise NothingPossible(self.contradiction() or ())
        return part

    def _joined(self, parts: Sequence[Mapping[str, T]]) -> Mapping[str, T]:
        """The components' mappings by option as one; still worked out only when asked for."""
        return Lazily(lambda: (key for part in parts for key in part), lambda key: parts[self._home[key]][key])

    def _refused(self, parts: Sequence[Mapping[Item, Blocked]], own: Choices) -> Mapping[Item, Blocked]:
        """The components' refusals as one; a repair keeps the own choices of the other components."""

        def refusal(item: Item) -> Blocked:
            blocked = parts[self._home[item[0]]][item]
            if blocked.repair is None:
                return blocked
            after = {**own, **blocked.repair.choices}
            choices = {option.key: after[option.key] for option in self.model.options if option.key in after}
            return replace(blocked, repair=replace(blocked.repair, choices=choices))

        return Lazily(lambda: (item for part in parts for item in part), refusal)


def compiled(model: Model) -> Engine:
    """The engine of a model; the same content gives the same engine. Raises RuleFault for a rule that means nothing."""
    return _engines.get(repr(model), lambda: Engine(model))


_engines: Recent[Engine] = Recent(MOST_ENGINES)


def _components(model: Model) -> Iterator[Component]:
    """Options that no rule ties to others, directly or by way of others, are answered apart from them."""
    demands = [Demand(rule, resolved(rule, model)) for rule in model.rules]
    demands += [demand for option in model.options for demand in bounds_of(option)]
    tied: dict[str, set[str]] = {option.key: {option.key} for option in model.options}
    scopes = [options_of(demand.formula) or frozenset(list(tied)[:1]) for demand in demands]
    for scope in scopes:
        together = set[str]().union(*(tied[key] for key in scope))
        tied.update((key, together) for key in together)
    done: set[str] = set()
    for option in model.options:
        if option.key not in done:
            together = tied[option.key]
            done |= together
            yield Component(
                [other for other in model.options if other.key in together],
                [demand for demand, scope in zip(demands, scopes, strict=True) if scope <= together],
            )


def _unfinished(found: Arrived, configuration: Mapping[str, Chosen]) -> Mapping[str, Unfinished]:
    return {
        key: Unfinished(typed, fault, _grams(configuration[key])) for key, (typed, fault) in found.open_mixes.items()
    }


def _grams(chosen: Chosen) -> Grams:
    return chosen if isinstance(chosen, tuple) else ()
