"""Options that rules tie together, ready to be asked: literals for choices, and reasons in the shop's words."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from math import prod

from configurator.options.answer import Item
from configurator.options.clauses import NO, YES
from configurator.options.completing import Plan, best_completion, best_completions
from configurator.options.encoding import Demand, encoded
from configurator.options.findings import Findings
from configurator.options.model import Chosen, Mix, OneOf, Option, SomeOf
from configurator.options.reasoning import Compiled, Facts, goes_alone, reasoner
from configurator.options.recent import Recent
from configurator.options.telling import Reasons, Telling
from configurator.options.valued import Values
from configurator.options.weighing import Manner, Weighed, Wish

MOST_WEIGHED, MOST_PRICED = 1000, 64
MOST_AT_ONCE = 32
"""Ways out to the numbers of an option are looked for together up to so many."""


class Component:
    """The options of a component with everything demanded of them."""

    def __init__(self, options: Sequence[Option], demands: Sequence[Demand]) -> None:
        self.options = {option.key: option for option in options}
        self._encoded = encoded(options, demands)
        self.values = Values(self.options, self._encoded)
        self._reasoner = reasoner(self._encoded.cnf)
        self._weighed: Recent[Weighed] = Recent(MOST_WEIGHED)
        self._plans: Recent[Plan] = Recent(3)
        self._priced: Recent[Mapping[str, Chosen] | None] = Recent(MOST_PRICED)

    @property
    def variables(self) -> int:
        """How many variables its clauses have."""
        return self._encoded.variables

    @property
    def facts(self) -> Facts:
        """How big its circuit is."""
        return self._reasoner.facts

    def hasten(self) -> None:
        """Be swept in machine code where that is faster: it is loaded anyway."""
        if isinstance(self._reasoner, Compiled):
            self._reasoner.hasten()

    def literals(self, key: str, chosen: Chosen) -> tuple[int, ...]:
        """What holds exactly when the option is set so, as far as rules see it."""
        domain, literals = self.options[key].domain, self._encoded.literals[key]
        if not isinstance(domain, SomeOf):
            return (literals[self._encoded.bands[key].of(chosen)],)
        on = chosen if isinstance(chosen, frozenset) else frozenset()
        return tuple(
            literal if value.key in on else -literal for value, literal in zip(domain.values, literals, strict=True)
        )

    def indifferent(self, key: str) -> bool:
        """Whether no rule tells the values of a OneOf or Number apart."""
        bands = self._encoded.bands.get(key)
        return bands is not None and len(bands) == 1 and not isinstance(self.options[key].domain, Mix)

    @cached_property
    def tied(self) -> Mapping[str, frozenset[int]]:
        """The options that rules have a say in, with the literals of their bands or members."""
        return {key: frozenset(self.ways(key)) for key in self.options if not self.indifferent(key)}

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Where each option stands among all."""
        return {key: place for place, key in enumerate(self.options)}

    @cached_property
    def owners(self) -> Mapping[int, str]:
        """The option of each literal of `tied` that is a band's."""
        return {literal: key for key, ways in self.tied.items() if key not in self.several for literal in ways}

    @cached_property
    def banded(self) -> tuple[int, ...]:
        """The literals of `owners`."""
        return tuple(self.owners)

    @cached_property
    def several(self) -> frozenset[str]:
        """The options of several values."""
        return frozenset(key for key, option in self.options.items() if isinstance(option.domain, SomeOf))

    @cached_property
    def short(self) -> frozenset[str]:
        """The options of one value of which every value may be asked about; of a number of many steps a few are."""
        return frozenset(
            key
            for key, literals in self.values.literals.items()
            if isinstance(self.options[key].domain, OneOf) or len(literals) <= MOST_AT_ONCE
        )

    def literals_of(self, choices: Mapping[str, Chosen]) -> list[int]:
        """What holds exactly when all of these are set so."""
        return [literal for key, chosen in choices.items() for literal in self.literals(key, chosen)]

    @cached_property
    def defaults(self) -> Mapping[str, Chosen]:
        """Every option at its default."""
        return {key: option.domain.default for key, option in self.options.items()}

    def default_literals(self, but: Collection[str]) -> list[int]:
        """What holds exactly when all other options than these are set to their defaults."""
        return [literal for key, literals in self._defaults for literal in literals if key not in but]

    @cached_property
    def _defaults(self) -> Sequence[tuple[str, tuple[int, ...]]]:
        return [(key, self.literals(key, chosen)) for key, chosen in self.defaults.items()]

    def having(self, item: Item) -> tuple[int, ...]:
        """Literals of which one holds when the option has this value, member, number or part."""
        key, value = item
        domain, literals = self.options[key].domain, self._encoded.literals[key]
        if isinstance(domain, Mix):
            return tuple(literals[band] for band in sorted(self._encoded.bands[key].with_part(str(value))))
        if isinstance(domain, SomeOf):
            keys = [member.key for member in domain.values]
            return (literals[keys.index(str(value))],)
        return self.literals(key, value)

    def aim(self, item: Item) -> tuple[int, ...]:
        """What is fixed to ask for an item: its literal, or that none of the bands of mixes without it holds."""
        having = self.having(item)
        if len(having) == 1:
            return having
        literals = self._encoded.literals[item[0]]
        return tuple(-literal for literal in literals if literal not in having) if having else (NO,)

    def possible(self, *groups: Sequence[int]) -> bool:
        """Whether all of these hold in some product."""
        return self._reasoner.possible([literal for group in groups for literal in group])

    def lost_each(self, fixed: Mapping[int, int], asked: Sequence[Sequence[int]]) -> list[set[int]]:
        """For each case which of its asked literals hold in no product; fixed: literal -> its cases as bits."""
        return self._reasoner.lost_each(fixed, asked)

    def reasons(self, fixed: Sequence[int], choices: Mapping[str, Chosen]) -> Reasons:
        """Subset-minimal reasons why the choices exclude what is fixed; a choice that is its opposite is left out."""
        owners = {literal: key for key, chosen in choices.items() for literal in self.literals(key, chosen)}
        for literal in (YES, *(-literal for literal in fixed)):
            owners.pop(literal, None)
        return self._telling.reasons(tuple(fixed), owners, choices)

    @cached_property
    def findings(self) -> Findings:
        """What a maker is told of it."""
        return Findings(self.options, self._encoded, self._reasoner, self._telling.explainer)

    def never(self) -> Mapping[Item, tuple[str, ...]]:
        """Values that no product has, and the sentences that rule them out."""
        return {item: self.reasons(self.aim(item), {}).because for item in self.findings.lost(self._sought)}

    def unknown(self) -> tuple[Item, ...]:
        """Values of which search did not find out whether any product has them."""
        return self.findings.unknown(self._sought)

    @cached_property
    def _sought(self) -> Sequence[tuple[Item, tuple[int, ...]]]:
        """Every value, member, number and part, with the literals of which one holds when a product has it."""
        return [(item, self.having(item)) for key in self.options for item in self.items_of(key)]

    def settled(self) -> Mapping[str, tuple[str, ...]]:
        """Options of several values that every product sets the same, and the sentences that do it."""
        return {
            key: tuple(dict.fromkeys(text for literal in forced for text in self.reasons([-literal], {}).because))
            for key in self.options
            if (forced := self.findings.forced(key))
        }

    def left_one(self, key: str, lost: Collection[int]) -> bool:
        """Whether of several values of a OneOf or Number one is left, when these of its literals are impossible."""
        sizes = self._encoded.bands[key].sizes
        left = sum(size for size, way in zip(sizes, self.ways(key), strict=True) if way not in lost)
        return left == 1 < sum(sizes)

    def count(self, own: Mapping[str, Chosen]) -> int | None:
        """How many products its options allow that have these choices; exact; None over budget."""
        weights, alone = self._weights
        found = self._reasoner.count(self.literals_of(own), weights)
        if found is None:
            return None
        sizes = self._encoded.bands
        return alone * found // prod(sizes[key].sizes[sizes[key].of(own[key])] for key in own if key in sizes)

    @cached_property
    def _weights(self) -> tuple[Mapping[int, int], int]:
        """How many values each literal stands for, and those of options whose values no rule tells apart."""
        weights: dict[int, int] = {}
        alone = 1
        for key, bands in self._encoded.bands.items():
            if len(bands) == 1:
                alone *= bands.sizes[0]
            else:
                weights.update(zip(self._encoded.literals[key], bands.sizes, strict=True))
        return weights, alone

    def completed(self, plan: Plan, fixed: Sequence[int]) -> Mapping[str, Chosen] | None:
        """The best way to set the options that are wished for, under what is fixed."""
        return best_completion(self._reasoner, plan, tuple(fixed))

    def completed_each(
        self, plan: Plan, literals: Sequence[int], shown: frozenset[int]
    ) -> list[Mapping[str, Chosen] | None]:
        """The best way to set them under each of these literals; of options that are as shown it may say nothing."""
        return best_completions(self._reasoner, plan, literals, shown)

    def shown(self, configuration: Mapping[str, Chosen]) -> frozenset[int]:
        """The literals that every OneOf and Number which a rule has a say in is set by."""
        literals = self.values.literals
        chosen = ((key, configuration[key]) for key in self.tied if key in literals)
        return frozenset([literals[key][value] for key, value in chosen if isinstance(value, str | int)])

    def plan(self, manner: Manner) -> Plan:
        """All options wished for in one manner: `free`, `cheapest` or `dearest`."""
        return self._plans.get(manner, lambda: Plan.of({key: self._weigh(key, manner) for key in self.options}))

    def priced(self, own: Mapping[str, Chosen], manner: Manner) -> Mapping[str, Chosen] | None:
        """The cheapest or dearest product that keeps these choices; None if there is none. The last ones are kept."""
        return self._priced.get((manner, tuple(own.items())), lambda: self._price(own, manner))

    def proved(self, manner: Manner) -> bool:
        """Whether the product that is priced so, of all, surely is the cheapest or dearest."""
        if not self.facts.over_budget:
            return True
        self.priced({}, manner)
        plan = self.plan(manner)
        return all(self._reasoner.proved((), costs) for costs in (plan.costs, plan.counting))

    def _price(self, own: Mapping[str, Chosen], manner: Manner) -> Mapping[str, Chosen] | None:
        found = self.completed(self.plan(manner), self.literals_of(own))
        return None if found is None else {**found, **own}

    def weighed(self, key: str, wish: Wish) -> Weighed:
        """The costs of one option for a wish; the last ones are kept."""
        return self._weighed.get((key, wish), lambda: self._weighing(key, wish))

    def ways(self, key: str) -> tuple[int, ...]:
        """The literals of an option's bands or members."""
        return self._encoded.literals[key]

    def items_of(self, key: str) -> Iterator[Item]:
        """The values, members, numbers or parts of one option."""
        domain = self.options[key].domain
        if isinstance(domain, SomeOf):
            yield from ((key, value.key) for value in domain.values)
        elif isinstance(domain, Mix):
            yield from ((key, part.key) for part in domain.parts)
        else:
            yield from self.values.items[key].values()

    @cached_property
    def _telling(self) -> Telling:
        return Telling(self.options, self._encoded, goes_alone(self._reasoner))

    def _weigh(self, key: str, manner: Manner) -> Weighed:
        return self._weighing(key, Wish(manner, self.options[key].domain.default))

    def _weighing(self, key: str, wish: Wish) -> Weighed:
        coded = self._encoded
        same = coded.same.get(key, YES)
        return Weighed(self.options[key], wish, coded.literals[key], coded.bands.get(key), same)
