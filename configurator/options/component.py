"""Options that rules tie together, ready to be asked: literals for choices, and reasons in the shop's words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from configurator.options.answer import Item
from configurator.options.bands import all_values
from configurator.options.clauses import YES
from configurator.options.counting import count_models
from configurator.options.encoding import Demand, encoded
from configurator.options.filling import Filling, Manner, Seat
from configurator.options.formula import members_of
from configurator.options.model import Chosen, Mix, Option, Rule, SomeOf
from configurator.options.recent import Recent
from configurator.options.searching import best_filling
from configurator.options.solving import Solving

MOST_FILLINGS = 1000
NEVER = "This is not possible with any of the other choices."


@dataclass(frozen=True)
class Reasons:
    """Why not: sentences, own choices that take part, and members that take part by being left out."""

    because: tuple[str, ...]
    choices: tuple[Item, ...]
    without: tuple[Item, ...]


class Component:
    """The options of a component with everything demanded of them."""

    def __init__(self, options: Sequence[Option], demands: Sequence[Demand]) -> None:
        self.options = {option.key: option for option in options}
        self._encoded = encoded(options, demands)
        self._solving = Solving(self._encoded)
        self._fillings: Recent[Filling] = Recent(MOST_FILLINGS)
        self._named = [members_of(demand.formula) for demand in demands]

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
        return key in self._encoded.bands and len(self._encoded.bands[key]) == 1 and key not in self._encoded.seen

    def literals_of(self, choices: Mapping[str, Chosen]) -> list[int]:
        """What holds exactly when all of these are set so."""
        return [literal for key, chosen in choices.items() for literal in self.literals(key, chosen)]

    def item(self, item: Item) -> int:
        """What holds exactly when the option has this value, member, number or part."""
        key, value = item
        domain = self.options[key].domain
        if isinstance(domain, Mix):
            return self._encoded.parts[key, str(value)]
        if isinstance(domain, SomeOf):
            keys = [member.key for member in domain.values]
            return self._encoded.literals[key][keys.index(str(value))]
        return self.literals(key, value)[0]

    def possible(self, *groups: Sequence[int]) -> bool:
        """Whether all of these hold in some product."""
        return self._solving.possible(literal for group in groups for literal in group)

    def reasons(self, fixed: Sequence[int], choices: Mapping[str, Chosen]) -> Reasons:
        """Subset-minimal reasons why the choices exclude what is fixed; a choice that is its opposite is left out."""
        owners = {literal: key for key, chosen in choices.items() for literal in self.literals(key, chosen)}
        for literal in (YES, *(-literal for literal in fixed)):
            owners.pop(literal, None)
        literals, numbers = self._solving.reasons(fixed, list(owners)) or ((), ())
        demands = [self._encoded.demands[number] for number in numbers]
        named = frozenset().union(*(self._named[number] for number in numbers))
        items = [item for literal in literals for item in self._items(owners[literal], literal, choices, named)]
        return Reasons(
            because=tuple(dict.fromkeys(demand.rule.because for demand in demands)) or (NEVER,),
            choices=tuple(dict.fromkeys(item for item, there in items if there)),
            without=tuple(dict.fromkeys(item for item, there in items if not there)),
        )

    def contradiction(self) -> tuple[Rule, ...] | None:
        """As few rules as possible that leave no product at all; None if there are products."""
        found = self._solving.reasons((), ())
        return None if found is None else tuple(self._encoded.demands[number].rule for number in found[1])

    @property
    def variables(self) -> int:
        """How many variables its clauses have."""
        return self._encoded.clauses.variables

    def idle(self, *, nothing: bool) -> Iterator[Rule]:
        """The rules without which exactly the same products remain; all of them if there are none anyhow."""
        demands = enumerate(self._encoded.demands)
        return (demand.rule for number, demand in demands if nothing or self._solving.implied(number))

    def settled(self) -> Mapping[str, tuple[str, ...]]:
        """Options of several values that every product sets the same, and the sentences that do it."""
        return {
            key: tuple(dict.fromkeys(text for literal in forced for text in self.reasons([-literal], {}).because))
            for key in self.options
            if (forced := self._forced(key))
        }

    def _forced(self, key: str) -> tuple[int, ...]:
        """The literals of the one way an option can be set; none if there are several ways, or never were."""
        literals = self._encoded.literals[key]
        if key not in self._encoded.bands:
            ways = [literal for member in literals for literal in (member, -member) if self.possible([literal])]
            return tuple(ways) if len(ways) == len(literals) else ()
        sizes = self._encoded.bands[key].sizes
        left = [band for band, literal in enumerate(literals) if self.possible([literal])]
        return (literals[left[0]],) if len(left) == 1 and sizes[left[0]] == 1 < sum(sizes) else ()

    def cheapest(self, own: Mapping[str, Chosen]) -> Mapping[str, Chosen] | None:
        """The cheapest product that keeps these choices; None if there is none."""
        seats = [self.seat(key, "price", self.options[key].domain.default) for key in self.options if key not in own]
        found = self.filled(seats, self.literals_of(own))
        return None if found is None else {key: own[key] if key in own else found[key] for key in self.options}

    def count(self, own: Mapping[str, Chosen] | None = None) -> int:
        """How many products its options allow that have these choices; exact."""
        own = own or {}
        groups: list[tuple[int, ...]] = []
        weights: dict[int, int] = {}
        alone = 1
        for key, literals in self._encoded.literals.items():
            if key not in self._encoded.bands:
                groups += [(literal,) for literal in literals]
                continue
            sizes = (1,) * len(literals) if key in own else self._encoded.bands[key].sizes
            if len(sizes) == 1:
                alone *= sizes[0]
            else:
                groups.append(literals)
                weights.update(zip(literals, sizes, strict=True))
        roots = [(root,) for root in (*self._encoded.roots, *self.literals_of(own))]
        return alone * count_models([*self._encoded.clauses.clauses, *roots], weights, groups)

    def filled(self, seats: Sequence[Seat], fixed: Sequence[int]) -> Mapping[str, Chosen] | None:
        """The best way to fill the seats under what is fixed."""
        fillings = [self._fillings.get(seat.key, partial(Filling, seat)) for seat in seats]
        return best_filling(fillings, fixed, self.possible)

    def seat(self, key: str, manner: Manner, value: Chosen, need: str | None = None) -> Seat:
        """A seat for the search."""
        coded = self._encoded
        return Seat(
            option=self.options[key],
            manner=manner,
            value=value,
            literals=coded.literals[key],
            bands=coded.bands.get(key),
            seen=coded.seen.get(key, ()),
            need=need,
        )

    def free_seat(self, key: str) -> Seat:
        """A seat for an option nobody has chosen: its default if it fits."""
        return self.seat(key, "free", self.options[key].domain.default)

    def items(self) -> Iterator[Item]:
        """Every value, member, number and part."""
        for option in self.options.values():
            domain = option.domain
            if isinstance(domain, SomeOf):
                yield from ((option.key, value.key) for value in domain.values)
            elif isinstance(domain, Mix):
                yield from ((option.key, part.key) for part in domain.parts)
            else:
                yield from ((option.key, value) for value in all_values(option) if isinstance(value, str | int))

    def _items(
        self, key: str, literal: int, choices: Mapping[str, Chosen], named: frozenset[tuple[str, str]]
    ) -> Iterator[tuple[Item, bool]]:
        """What of a choice takes part, and whether by being there; of a mix the parts that the rules name."""
        domain, chosen = self.options[key].domain, choices[key]
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
