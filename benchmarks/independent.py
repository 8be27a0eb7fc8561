"""A model in clauses of its own: every value, member, number and unit of a mix a variable, no bands, no circuit.

It shares nothing with the engine but the reading of rules, so that the two can be held against each other.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from typing import Any

from pysat.solvers import Solver  # type: ignore[import-untyped]  # python-sat has no types

from configurator.options.answer import Item
from configurator.options.formula import Formula, Group, Has, Is, Opposite, Term
from configurator.options.model import Chosen, Mix, Model, Number, Option, SomeOf
from configurator.options.resolving import resolved

Slot = Sequence[tuple[int, int]]
"""(literal, amount): exactly one of these literals holds."""


class Independent:
    """What is possible in a model, asked of a SAT solver."""

    def __init__(self, model: Model) -> None:
        self._solver: Any = Solver(name="cadical153")
        self._last = 0
        self._literals: dict[tuple[str, Any], int] = {}
        self._options = {option.key: option for option in model.options}
        for option in model.options:
            self._add_option(option)
        for rule in model.rules:
            self._solver.add_clause([self._gate(resolved(rule, model))])

    def possible(self, literals: Sequence[int]) -> bool:
        """Whether a product has all of these."""
        return bool(self._solver.solve(assumptions=list(literals)))

    def chosen(self, key: str, chosen: Chosen) -> list[int]:
        """What holds exactly when an option is set so."""
        domain = self._options[key].domain
        if isinstance(domain, SomeOf) and isinstance(chosen, frozenset):
            return [self.member((key, value.key), on=value.key in chosen) for value in domain.values]
        if isinstance(domain, Mix) and isinstance(chosen, tuple):
            grams = dict(chosen)
            return [self._literals[key, (part.key, grams.get(part.key, 0) // domain.step_g)] for part in domain.parts]
        return [self._literals[key, chosen]]

    def having(self, item: Item) -> int:
        """A literal that holds exactly when the option has this value, member, number or part."""
        key, value = item
        return -self._literals[key, (value, 0)] if isinstance(self._options[key].domain, Mix) else self.member(item)

    def member(self, item: Item, *, on: bool = True) -> int:
        """The literal of a value or member, or of its being off."""
        return self._literals[item] if on else -self._literals[item]

    def _add_option(self, option: Option) -> None:
        key, domain = option.key, option.domain
        if isinstance(domain, SomeOf):
            slots = [self._switch((key, value.key)) for value in domain.values]
            self._solver.add_clause([self._summing(slots, lambda total: domain.least <= total <= domain.most)])
        elif isinstance(domain, Mix):
            units = domain.total_g // domain.step_g
            parts = [self._one_of(key, [(part.key, n) for n in range(units + 1)]) for part in domain.parts]
            amounts = [[(literal, n) for n, literal in enumerate(part)] for part in parts]
            kinds = [[(literal, int(n > 0)) for n, literal in enumerate(part)] for part in parts]
            self._solver.add_clause([self._summing(amounts, lambda total: total == units)])
            fits = lambda total: domain.least_kinds <= total <= domain.most_kinds  # noqa: E731 - beside its like
            self._solver.add_clause([self._summing(kinds, fits)])
        elif isinstance(domain, Number):
            self._one_of(key, range(domain.least, domain.most + 1, domain.step))
        else:
            self._one_of(key, [value.key for value in domain.values])

    def _switch(self, item: Item) -> Slot:
        self._literals[item] = literal = self._variable()
        return [(literal, 1), (-literal, 0)]

    def _one_of(self, key: str, values: Sequence[Any]) -> list[int]:
        literals = [self._variable() for _ in values]
        self._literals.update(zip(((key, value) for value in values), literals, strict=True))
        self._solver.add_clause(literals)
        for one, other in combinations(literals, 2):
            self._solver.add_clause([-one, -other])
        return literals

    def _variable(self) -> int:
        self._last += 1
        return self._last

    def _gate(self, formula: Formula) -> int:
        """A literal that holds exactly when the formula does."""
        if isinstance(formula, Opposite):
            return -self._gate(formula.part)
        if isinstance(formula, Has):
            return self._literals[formula.option, formula.member]
        if isinstance(formula, Is):
            return self._any([self._literals[formula.option, value] for value in sorted(formula.values)])
        if isinstance(formula, Group):
            parts = [self._gate(part) for part in formula.parts]
            return self._any(parts) if formula.how == "or" else -self._any([-part for part in parts])
        slots = [slot for term in formula.terms for slot in self._slots(term)]
        return self._summing(slots, formula.allows)

    def _any(self, literals: Sequence[int]) -> int:
        gate = self._variable()
        self._solver.add_clause([-gate, *literals])
        for literal in literals:
            self._solver.add_clause([gate, -literal])
        return gate

    def _slots(self, term: Term) -> list[Slot]:
        key, domain, weights = term.option, self._options[term.option].domain, dict(term.weights)
        if isinstance(domain, Number):
            numbers = range(domain.least, domain.most + 1, domain.step)
            return [[(self._literals[key, number], term.each * number) for number in numbers]]
        if isinstance(domain, SomeOf):
            pairs = [(self._literals[key, value.key], weights.get(value.key, 0)) for value in domain.values]
            return [[(literal, weight), (-literal, 0)] for literal, weight in pairs]
        if isinstance(domain, Mix):
            units = range(domain.total_g // domain.step_g + 1)
            grams = [(part.key, weights.get(part.key, 0) * domain.step_g) for part in domain.parts]
            return [[(self._literals[key, (part, n)], weight * n) for n in units] for part, weight in grams]
        return [[(self._literals[key, value.key], weights.get(value.key, 0)) for value in domain.values]]

    def _summing(self, slots: Sequence[Slot], fits: Callable[[int], bool]) -> int:
        """A literal that holds exactly when the amounts taken add up to a total that fits: a node for every sum."""
        sums: set[int] = {0}
        layers = [sums]
        for slot in slots:
            sums = {total + amount for total in sums for _, amount in slot}
            layers.append(sums)
        after: Mapping[int, int] = {total: self._constant(holds=fits(total)) for total in sums}
        for slot, before in zip(reversed(slots), reversed(layers[:-1]), strict=True):
            ways = {total: [(literal, after[total + amount]) for literal, amount in slot] for total in before}
            after = {total: self._step(each) for total, each in ways.items()}
        return after[0]

    def _step(self, ways: Sequence[tuple[int, int]]) -> int:
        node = self._variable()
        for literal, child in ways:
            self._solver.add_clause([-literal, -node, child])
            self._solver.add_clause([-literal, node, -child])
        return node

    def _constant(self, *, holds: bool) -> int:
        literal = self._variable()
        self._solver.add_clause([literal if holds else -literal])
        return literal
