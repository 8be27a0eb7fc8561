"""From a blank's options and rules to an engine that answers after every click."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from itertools import chain, groupby, islice
from math import prod
from typing import Any, TypeVar

from configurator.errors import Invalid
from configurator.options.answer import Answer, Blocked, EngineFacts, Item, Repair, Unfinished
from configurator.options.answering import Partly, partly
from configurator.options.arriving import Arrived, arrived
from configurator.options.asking import Asking
from configurator.options.component import Component
from configurator.options.encoding import Demand, bounds_of
from configurator.options.formula import options_of
from configurator.options.lazily import Lazily
from configurator.options.model import Choices, Chosen, Configuration, Grams, Model, Rule
from configurator.options.prices import options_price
from configurator.options.reasoning import MANY_EDGES
from configurator.options.recent import Recent
from configurator.options.resolving import resolved
from configurator.options.telling import Reasons
from configurator.options.weighing import Manner

MOST_ANSWERS = 4096
WHOLE = 64
"""Of whole answers so many times fewer are kept than of their parts."""
MOST_ENGINES = 64
_REHEARSED = 3
"""So many refusals of each component are explained and repaired before the first customer comes."""
T = TypeVar("T")


class NothingPossible(Invalid):
    """The rules of a model contradict each other, so that no product is left."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        sentences = " ".join(f"“{rule.because}”" for rule in rules)
        super().__init__(f"No product keeps to all of these rules at once: {sentences} Change or remove one of them.")
        self.rules = tuple(rules)


class Engine:
    """Answers for one model. Safe to share between threads; answers are kept, the least recently used go first."""

    def __init__(self, model: Model, *, remembered: int = MOST_ANSWERS) -> None:
        self.model = model
        self._components = _hastened(tuple(_components(model)))
        self._home = {key: number for number, part in enumerate(self._components) for key in part.options}
        self._places = {option.key: place for place, option in enumerate(model.options)}
        self._answers: Recent[Partly | None] = Recent(remembered)
        self._alone: Recent[Configuration] = Recent(2)
        self._whole: Recent[Answer] = Recent(-(-remembered // WHOLE))

    def answer(self, choices: Mapping[str, Any]) -> Answer:
        """What these choices make, what is still possible and why not. Unknown choices are dropped, never raised.

        Raises NothingPossible if the model's own rules leave no product.
        """
        try:
            return self._whole.get(tuple(choices.items()), lambda: self._answered(choices))
        except TypeError:  # something that came in cannot be a key
            return self._answered(choices)

    def _answered(self, choices: Mapping[str, Any]) -> Answer:
        found = arrived(choices, self.model)
        shares = zip(*self._shared_out(found), strict=True)
        parts = [self._partly(number, own, wishes) for number, (own, wishes) in enumerate(shares)]
        configuration = self._product(part.configuration for part in parts)
        own = _together(part.choices for part in parts)
        return Answer(
            configuration=configuration,
            choices={key: own[key] for key in sorted(own, key=self._places.__getitem__)},
            blocked=self._refused([part.blocked for part in parts], own),
            forced=self._joined([part.forced for part in parts]),
            numbers=self._joined([part.numbers for part in parts]),
            dropped=(*found.dropped, *(dropped for part in parts for dropped in part.dropped)),
            kept=self._refused([part.kept for part in parts], own),
            unfinished=_unfinished(found, configuration),
        )

    def reasons(self, choices: Mapping[str, Any], item: Item) -> Reasons:
        """Why an item that is blocked or kept cannot be switched: the answer's own reasons, without its repair."""
        return self._asking(choices, item[0]).reasons(item)

    def repair(self, choices: Mapping[str, Any], item: Item) -> Repair | None:
        """The smallest way to an item that is blocked or kept; its choices are those of the options tied to it."""
        return self._asking(choices, item[0]).repair(item)

    def rehearse(self) -> None:
        """Answer once what clicks ask: the machine code of a large circuit is loaded, or made, before anybody waits."""
        with suppress(NothingPossible):
            for product in (self.answer({}).configuration, self.cheapest({}), self.dearest({})):
                crowded = self.answer(product)  # defaults are often in nothing's way, and nothing would be explained
                for _, blocked in groupby(crowded.blocked, key=lambda item: self._home[item[0]]):
                    for item in islice(blocked, _REHEARSED):
                        _ = crowded.blocked[item]

    def count(self, choices: Mapping[str, Any] | None = None) -> int | None:
        """How many different products have all these choices (every product without any); exact, of any size.

        None only if a part of the model is too large to be counted.
        """
        found = arrived(choices or {}, self.model)
        if found.dropped:
            return 0
        shares = zip(self._components, self._shared(found.own), strict=True)
        counts = [component.count(own) for component, own in shares]
        if 0 in counts:
            return 0
        known = [count for count in counts if count is not None]
        return prod(known) if len(known) == len(counts) else None

    def cheapest(self, choices: Mapping[str, Any]) -> Configuration:
        """The cheapest product, by its options, that keeps these own choices as far as they can be kept."""
        return self._priced(choices, "cheapest")

    def dearest(self, choices: Mapping[str, Any]) -> Configuration:
        """The dearest product, by its options, that keeps these own choices as far as they can be kept."""
        return self._priced(choices, "dearest")

    def span(self, choices: Mapping[str, Any]) -> tuple[int, int]:
        """The least and the most that the options of a product with these own choices cost, in hundredths."""
        cheapest, dearest = self.cheapest(choices), self.dearest(choices)
        return options_price(self.model, cheapest), options_price(self.model, dearest)

    def never(self) -> Mapping[Item, tuple[str, ...]]:
        """Values that no product has, and the sentences that rule them out."""
        return {item: because for component in self._components for item, because in component.never().items()}

    def contradiction(self) -> tuple[Rule, ...] | None:
        """As few rules as possible that leave no product; None if there are products."""
        found = (component.findings.contradiction for component in self._components)
        return next((each[0] for each in found if each is not None), None)

    @property
    def fewest(self) -> bool:
        """Whether surely none of the rules of the contradiction can be left out: False where that took too long."""
        found = (component.findings.contradiction for component in self._components)
        return next((each[1] for each in found if each is not None), True)

    def unknown(self) -> tuple[Item, ...]:
        """Values of which search did not find out whether any product has them: a click may not either."""
        return tuple(item for component in self._components for item in component.unknown())

    def idle(self) -> tuple[Rule, ...]:
        """Rules that never matter: without any one of them exactly the same products remain."""
        contradictory = [part for part in self._components if part.findings.contradiction is not None]
        found = {
            id(rule)
            for part in self._components
            for rule in part.findings.idle(nothing=any(other is not part for other in contradictory))
        }
        return tuple(rule for rule in self.model.rules if id(rule) in found)

    def undecided(self) -> tuple[Rule, ...]:
        """Rules of which search did not find out whether they ever matter."""
        found = {id(rule) for component in self._components for rule in component.findings.undecided()}
        return tuple(rule for rule in self.model.rules if id(rule) in found)

    def proved(self, manner: Manner) -> bool:
        """Whether the cheapest or dearest of all products surely is; False: search found only a good one in time."""
        return all(component.proved(manner) for component in self._components)

    def always(self) -> Mapping[str, tuple[str, ...]]:
        """Options of several values that every product sets the same, and the sentences that do it."""
        if self.contradiction() is not None:
            return {}
        return {key: because for component in self._components for key, because in component.settled().items()}

    @cached_property
    def facts(self) -> EngineFacts:
        """How big the compiled model is."""
        facts = [(component, component.facts) for component in self._components]
        return EngineFacts(
            variables=sum(component.variables for component, _ in facts),
            rules=len(self.model.rules),
            nodes=sum(each.nodes for _, each in facts),
            edges=sum(each.edges for _, each in facts),
            compile_cpu_s=sum(each.compile_cpu_s for _, each in facts),
            over_budget=tuple(
                option.label for component, each in facts if each.over_budget for option in component.options.values()
            ),
        )

    def _priced(self, choices: Mapping[str, Any], manner: Manner) -> Configuration:
        own = self.answer(choices).choices
        chosen = [
            (component, share) for component, share in zip(self._components, self._shared(own), strict=True) if share
        ]
        found = (component.priced(share, manner) or {} for component, share in chosen)
        return {**self._alone.get(manner, lambda: self._unchosen(manner)), **_together(found)}

    def _unchosen(self, manner: Manner) -> Configuration:
        """The cheapest or dearest product of all."""
        return self._product(component.priced({}, manner) or {} for component in self._components)

    def _product(self, parts: Iterable[Configuration]) -> Configuration:
        """What the components say, in the order of the options."""
        product = dict(self.model.defaults)
        for part in parts:
            product.update(part)
        return product

    def _partly(self, number: int, own: Choices, wishes: Mapping[str, Grams]) -> Partly:
        key = number, tuple(own.items()), tuple(wishes.items())
        part = self._answers.get(key, lambda: partly(self._components[number], own, wishes))
        if part is None:
            raise NothingPossible(self.contradiction() or ())
        return part

    def _asking(self, choices: Mapping[str, Any], option: str) -> Asking:
        number, (shares, wishes) = self._home[option], self._shared_out(arrived(choices, self.model))
        return self._partly(number, shares[number], wishes[number]).asking

    def _shared_out(self, found: Arrived) -> tuple[Sequence[Choices], Sequence[Mapping[str, Grams]]]:
        """For each component its own choices, and its mixes that do not add up."""
        return self._shared(found.own), self._shared({key: grams for key, (grams, _) in found.open_mixes.items()})

    def _shared(self, of_options: Mapping[str, T]) -> Sequence[Mapping[str, T]]:
        """For each component what is said of its options, in the order that all is said in."""
        shares: list[dict[str, T]] = [{} for _ in self._components]
        for key, said in of_options.items():
            shares[self._home[key]][key] = said
        return shares

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
            choices = {key: after[key] for key in sorted(after, key=self._places.__getitem__)}
            return replace(blocked, repair=replace(blocked.repair, choices=choices))

        return Lazily(lambda: chain.from_iterable(parts), refusal)


def compiled(model: Model) -> Engine:
    """The engine of a model; the same content gives the same engine. Raises RuleFault, TooMuchAddedUp."""
    return _engines.get(model.written, lambda: Engine(model))


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


def _hastened(components: tuple[Component, ...]) -> tuple[Component, ...]:
    """Where one is swept in machine code, smaller ones are too."""
    if any(component.facts.edges >= MANY_EDGES for component in components):
        for component in components:
            component.hasten()
    return components


def _together(parts: Iterable[Mapping[str, T]]) -> dict[str, T]:
    """What is said of the options of all components."""
    together: dict[str, T] = {}
    for part in parts:
        together.update(part)
    return together


def _unfinished(found: Arrived, configuration: Mapping[str, Chosen]) -> Mapping[str, Unfinished]:
    return {
        key: Unfinished(typed, fault, _grams(configuration[key])) for key, (typed, fault) in found.open_mixes.items()
    }


def _grams(chosen: Chosen) -> Grams:
    return chosen if isinstance(chosen, tuple) else ()
