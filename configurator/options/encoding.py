"""One component of a model as clauses: a literal for every band and member, a root for everything demanded."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from configurator.options.bands import Bands
from configurator.options.clauses import NO, Clauses, Slot
from configurator.options.formula import SCALE, Formula, Group, Has, Is, Opposite, Term, Total, atoms
from configurator.options.model import Mix, Option, Rule, SomeOf
from configurator.options.probes import Probe


@dataclass(frozen=True)
class Demand:
    """A maker's rule, or what an option of several asks for by itself, as a formula."""

    rule: Rule
    formula: Formula


@dataclass(frozen=True)
class Encoded:
    """A component as clauses.

    literals: option -> the literals of its bands, or of its members, in order. roots: one literal a demand, in
    order, not yet asserted. parts: (mix, part) -> the literal of having some of it. seen: mix -> for each of its
    probes the literal of its seeing something other than 0.
    """

    options: tuple[Option, ...]
    demands: tuple[Demand, ...]
    bands: Mapping[str, Bands]
    literals: Mapping[str, tuple[int, ...]]
    roots: tuple[int, ...]
    parts: Mapping[tuple[str, str], int]
    seen: Mapping[str, tuple[int, ...]]
    clauses: Clauses


def encoded(options: Sequence[Option], demands: Sequence[Demand]) -> Encoded:
    """Encode options and what is demanded of them."""
    encoder = _Encoder(options, demands)
    return Encoded(
        options=tuple(options),
        demands=tuple(demands),
        bands=encoder.bands,
        literals=encoder.literals,
        roots=tuple(encoder.root(demand.formula) for demand in demands),
        parts=dict(encoder.parts()),
        seen={option.key: encoder.seen(option.key) for option in options if isinstance(option.domain, Mix)},
        clauses=encoder.clauses,
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


class _Encoder:
    def __init__(self, options: Sequence[Option], demands: Sequence[Demand]) -> None:
        self.clauses = Clauses()
        self._options = {option.key: option for option in options}
        found = tuple(dict.fromkeys(atom for demand in demands for atom in atoms(demand.formula)))
        self.bands = {o.key: Bands(o, found) for o in options if not isinstance(o.domain, SomeOf)}
        self.literals = {option.key: self._literals(option) for option in options}

    def root(self, formula: Formula) -> int:
        """A literal that holds exactly when the formula does."""
        if isinstance(formula, Opposite):
            return -self.root(formula.part)
        if isinstance(formula, Group):
            roots = [self.root(part) for part in formula.parts]
            return self.clauses.any_of(roots) if formula.how == "or" else self.clauses.all_of(roots)
        if isinstance(formula, Has):
            return self._member(formula)
        if isinstance(formula, Is) or self._alone(formula):
            key = formula.option if isinstance(formula, Is) else formula.terms[0].option
            return self._seen(key, Probe(formula, None if isinstance(formula, Is) else formula.terms[0]))
        slots = [slot for term in formula.terms for slot in self._slots(formula, term)]
        return self.clauses.total(slots, formula.bound, exact=formula.operator == "=")

    def parts(self) -> Iterator[tuple[tuple[str, str], int]]:
        """For every part of a mix the literal of having some of it in some mix of the band."""
        for option in self._options.values():
            if isinstance(option.domain, Mix):
                for part in option.domain.parts:
                    bands = self.bands[option.key].with_part(part.key)
                    literals = self.literals[option.key]
                    yield (option.key, part.key), self.clauses.any_of(literals[band] for band in bands)

    def seen(self, key: str) -> tuple[int, ...]:
        """For each probe of an option the literal of the bands of which it sees something."""
        return tuple(self._seen(key, probe) for probe in self.bands[key].probes)

    def _literals(self, option: Option) -> tuple[int, ...]:
        if isinstance(option.domain, SomeOf):
            return tuple(self.clauses.variable() for _ in option.domain.values)
        number = len(self.bands[option.key])
        if number == 1:
            return (-NO,)
        literals = tuple(self.clauses.variable() for _ in range(number))
        self.clauses.exactly_one(literals)
        return literals

    def _alone(self, total: Total) -> bool:
        return len(total.terms) == 1 and total.terms[0].option in self.bands

    def _seen(self, key: str, probe: Probe) -> int:
        bands = self.bands[key]
        return self.clauses.any_of(
            literal for band, literal in enumerate(self.literals[key]) if bands.seen_of(band, probe)
        )

    def _member(self, has: Has) -> int:
        domain = self._options[has.option].domain
        keys = [value.key for value in domain.values] if isinstance(domain, SomeOf) else []
        return self.literals[has.option][keys.index(has.member)]

    def _slots(self, total: Total, term: Term) -> Iterator[Slot]:
        """The term's values with what each adds to the sum."""
        domain = self._options[term.option].domain
        if isinstance(domain, SomeOf):
            weights = dict(term.weights)
            for value, literal in zip(domain.values, self.literals[term.option], strict=True):
                if weights.get(value.key, 0):
                    yield (literal, weights[value.key]), (-literal, 0)
            return
        bands, probe = self.bands[term.option], Probe(total, term)
        yield tuple((literal, bands.seen_of(band, probe)) for band, literal in enumerate(self.literals[term.option]))
