"""One component of a model as clauses: a literal for every band and member, clauses for everything demanded."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from configurator.errors import Invalid
from configurator.options.bands import Bands
from configurator.options.clauses import YES, Clauses, TooManySums
from configurator.options.cnf import Clause, Cnf
from configurator.options.demanding import Demanding
from configurator.options.formula import SCALE, Atom, Formula, Opposite, Term, Total, atoms
from configurator.options.model import Option, Rule, SomeOf

FEW_STEPS = 8
"""A number of more is added up with others by its ladder."""


@dataclass(frozen=True)
class Demand:
    """A maker's rule, or what an option of several asks for by itself, as a formula."""

    rule: Rule
    formula: Formula


class TooMuchAddedUp(Invalid):
    """A rule whose sum comes to more different amounts than can be told apart."""

    def __init__(self, rule: Rule) -> None:
        super().__init__(
            f"The rule “{rule.because}” adds up too much: its sum can come to too many different amounts. Use rounder"
            " numbers, of fewer digits, or split the sum into several."
        )
        self.rule = rule


@dataclass(frozen=True)
class Encoded:
    """A component as clauses.

    literals: option -> the literals of its bands, or of its members, in order. rules: the clauses of each demand, in
    order. same: option of several -> the literal of its being set to its default. definitions: the other clauses.
    groups and ladders: as in Cnf.
    """

    demands: tuple[Demand, ...]
    bands: Mapping[str, Bands]
    literals: Mapping[str, tuple[int, ...]]
    same: Mapping[str, int]
    variables: int
    definitions: tuple[Clause, ...]
    rules: tuple[tuple[Clause, ...], ...]
    groups: tuple[tuple[int, ...], ...]
    ladders: tuple[tuple[int, ...], ...]

    @property
    def cnf(self) -> Cnf:
        """All of it, every rule in force."""
        clauses = (*self.definitions, *(clause for rule in self.rules for clause in rule))
        return Cnf(self.variables, clauses, self.groups, self.ladders)


def encoded(options: Sequence[Option], demands: Sequence[Demand]) -> Encoded:
    """Encode options and what is demanded of them. Raises TooMuchAddedUp."""
    clauses = Clauses()
    found = tuple(dict.fromkeys(atom for demand in demands for atom in atoms(demand.formula)))
    bands = {o.key: Bands(o, found) for o in options if not isinstance(o.domain, SomeOf)}
    ladders: dict[str, tuple[int, ...]] = dict.fromkeys(_tall(bands, found), ())
    literals = {option.key: _literals(clauses, option, bands, ladders) for option in options}
    same = {
        option.key: clauses.all_of(_as_default(option.domain, literals[option.key]))
        for option in options
        if isinstance(option.domain, SomeOf)
    }
    demanding = Demanding(clauses, {option.key: option for option in options}, bands, literals, ladders)
    rules = tuple(_clauses_of(demand, demanding) for demand in demands)
    return Encoded(
        demands=tuple(demands),
        bands=bands,
        literals=literals,
        same=same,
        variables=clauses.variables,
        definitions=tuple(clauses.clauses),
        rules=rules,
        groups=tuple(clauses.groups),
        ladders=tuple(clauses.ladders),
    )


def bounds_of(option: Option) -> Iterator[Demand]:
    """What an option of several asks for by itself: its least and most, each with a sentence."""
    domain = option.domain
    if not isinstance(domain, SomeOf):
        return
    term = Term(option.key, tuple((value.key, SCALE) for value in domain.values))
    if domain.least > 0:
        too_few = Total((term,), "<=", SCALE * (domain.least - 1))
        yield Demand(Rule(because=f"“{option.label}” needs at least {domain.least}."), Opposite(too_few))
    if domain.most < len(domain.values):
        at_most = Total((term,), "<=", SCALE * domain.most)
        yield Demand(Rule(because=f"“{option.label}” takes at most {domain.most}."), at_most)


def _clauses_of(demand: Demand, demanding: Demanding) -> tuple[Clause, ...]:
    try:
        return demanding.clauses_of(demand.formula)
    except TooManySums as fault:
        raise TooMuchAddedUp(demand.rule) from fault


def _tall(bands: Mapping[str, Bands], found: Sequence[Atom]) -> Iterator[str]:
    """The numbers of many steps that stand in one sum with another of many."""
    for atom in found:
        terms = atom.terms if isinstance(atom, Total) else ()
        tall = [term.option for term in terms if term.each and len(bands[term.option]) > FEW_STEPS]
        if len(tall) > 1:
            yield from tall


def _literals(
    clauses: Clauses, option: Option, bands: Mapping[str, Bands], ladders: dict[str, tuple[int, ...]]
) -> tuple[int, ...]:
    """The literals of its bands or members; where it has a ladder, that is noted too."""
    if isinstance(option.domain, SomeOf):
        return tuple(clauses.variable() for _ in option.domain.values)
    number = len(bands[option.key])
    if number == 1:
        return (YES,)
    literals = tuple(clauses.variable() for _ in range(number))
    if option.key in ladders:
        ladders[option.key] = clauses.ladder(literals)
    else:
        clauses.exactly_one(literals)
    return literals


def _as_default(domain: SomeOf, literals: Sequence[int]) -> Iterator[int]:
    for value, literal in zip(domain.values, literals, strict=True):
        yield literal if value.key in domain.default else -literal
