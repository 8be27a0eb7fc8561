"""What a formula demands, in clauses: as few and as plain as can be, because the circuit grows with them.

Every formula over a few options is a relation, an array of what is allowed. One option makes a clause, two make a
clause a value; of more, the formula's own clauses if there are few, else a diagram of the relation, else gates. Sums of
numbers with ladders (`adding`) are clauses of their own.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, product
from math import prod
from typing import Any

import numpy as np

from configurator.options.adding import MOST_STEPS, Summand, at_most, other_than
from configurator.options.bands import Bands
from configurator.options.clauses import NO, YES, Clauses, Slot, TooManySums, tidy
from configurator.options.cnf import Clause
from configurator.options.formula import Atom, Formula, Group, Has, Is, Opposite, Term, Total, atoms
from configurator.options.model import Option, SomeOf
from configurator.options.probes import Probe

MOST_CELLS = 50_000
MOST_PAIRS = 200_000
"""Cells of a relation, and of one between two options: two numbers of 400 steps can be compared."""
_FEW_CLAUSES = 8
_MOST_DIMENSIONS = 16

Dimension = tuple[str, str | None]
"""An option by its bands, or one member of an option of several."""


class Demanding:
    """Turns formulas into clauses over the literals of bands and members."""

    def __init__(
        self,
        clauses: Clauses,
        options: Mapping[str, Option],
        bands: Mapping[str, Bands],
        literals: Mapping[str, tuple[int, ...]],
        ladders: Mapping[str, tuple[int, ...]],
    ) -> None:
        self._clauses = clauses
        self._options = options
        self._bands = bands
        self._literals = literals
        self._ladders = ladders
        self._tall_gates: dict[Total, int] = {}

    def clauses_of(self, formula: Formula) -> tuple[Clause, ...]:
        """Clauses that hold exactly when the formula does."""
        dimensions = list(dict.fromkeys(d for atom in atoms(formula) for d in self._dimensions(atom)))
        ways = [self._ways(dimension) for dimension in dimensions]
        cells = prod(len(way) for way in ways)
        tall = any(isinstance(atom, Total) and self._tall(atom) for atom in atoms(formula))
        if len(dimensions) <= 2 and cells <= MOST_PAIRS and not tall:
            return _tidied(self._supports(dimensions, self._relation(formula, dimensions, ways)))
        plain = self._plain(formula, holds=True, most=MOST_STEPS if tall else _FEW_CLAUSES)
        if plain is not None:
            return _tidied(plain)
        if not tall and cells <= MOST_CELLS and len(dimensions) <= _MOST_DIMENSIONS:
            return _tidied([[self._clauses.diagram(ways, self._relation(formula, dimensions, ways))]])
        return _tidied([[self._gate(formula)]])

    def _dimensions(self, atom: Atom) -> Iterator[Dimension]:
        if isinstance(atom, Has):
            yield atom.option, atom.member
        elif isinstance(atom, Is):
            yield atom.option, None
        else:
            for term in atom.terms:
                if term.option in self._bands:
                    yield term.option, None
                else:
                    yield from ((term.option, member) for member, weight in term.weights if weight)

    def _ways(self, dimension: Dimension) -> tuple[int, ...]:
        """The literals of a dimension of which exactly one holds."""
        option, member = dimension
        if member is None:
            return self._literals[option]
        literal = self._member(option, member)
        return literal, -literal

    def _relation(self, formula: Formula, dimensions: Sequence[Dimension], ways: Sequence[Sequence[int]]) -> Any:
        """What is allowed, as a Boolean array with an axis for each dimension."""
        shape = tuple(len(way) for way in ways)
        return np.broadcast_to(self._array(formula, dimensions), shape) if shape else self._array(formula, ())

    def _array(self, formula: Formula, dimensions: Sequence[Dimension]) -> Any:
        """As the relation, with axes of length one where it does not matter."""
        if isinstance(formula, Opposite):
            return ~self._array(formula.part, dimensions)
        if isinstance(formula, Group):
            found = np.full((1,) * len(dimensions), formula.how == "and")
            for part in formula.parts:
                array = self._array(part, dimensions)
                found = found & array if formula.how == "and" else found | array
            return found
        if isinstance(formula, Total) and not self._alone(formula):
            return self._sums(formula, dimensions)
        dimension, there = self._there(formula)
        return _along(there, dimension, dimensions, bool)

    def _sums(self, total: Total, dimensions: Sequence[Dimension]) -> Any:
        amounts = np.zeros((1,) * len(dimensions), dtype=object)
        for term in total.terms:
            if term.option in self._bands:
                amounts = amounts + _along(self._weights(total, term), (term.option, None), dimensions, object)
                continue
            for member, weight in term.weights:
                if weight:
                    amounts = amounts + _along([weight, 0], (term.option, member), dimensions, object)
        return (amounts <= total.bound if total.operator == "<=" else amounts == total.bound).astype(bool)

    def _weights(self, total: Total, term: Term) -> list[int]:
        """What each band of an option adds to a sum over several."""
        bands = self._bands[term.option]
        return [bands.seen_of(band, Probe(total, term)) for band in range(len(bands))]

    def _plain(self, formula: Formula, *, holds: bool, most: int) -> list[Sequence[int]] | None:
        """The formula, or its opposite, in so many clauses at most, without any gate; None if it takes more."""
        if isinstance(formula, Opposite):
            return self._plain(formula.part, holds=not holds, most=most)
        if isinstance(formula, Group):
            parts = [self._plain(part, holds=holds, most=most) for part in formula.parts]
            known = [part for part in parts if part is not None]
            if len(known) < len(parts):
                return None
            joined = _all(known) if (formula.how == "and") is holds else _any(known)
            return None if joined is None or len(joined) > most else joined
        if isinstance(formula, Total) and not self._alone(formula):
            return self._steps(formula, holds=holds) if self._tall(formula) else None
        return [self._holding(formula) if holds else self._failing(formula)]

    def _tall(self, total: Total) -> bool:
        """Whether it adds up numbers with ladders."""
        return sum(bool(term.each) and term.option in self._ladders for term in total.terms) > 1

    def _steps(self, total: Total, *, holds: bool) -> list[Sequence[int]] | None:
        """A sum of numbers with ladders, or its opposite; None if it takes too many clauses."""
        summands = [summand for term in total.terms for summand in self._summands(total, term)]
        opposites = [each.opposite for each in summands]
        if total.operator == "<=":
            if holds:
                return at_most(self._clauses, summands, total.bound)
            return at_most(self._clauses, opposites, -total.bound - 1)
        if not holds:
            return other_than(self._clauses, summands, total.bound)
        least = at_most(self._clauses, opposites, -total.bound)
        most = at_most(self._clauses, summands, total.bound)
        return None if least is None or most is None else [*least, *most]

    def _tall_gate(self, total: Total) -> int:
        """A literal that holds exactly when a sum of numbers with ladders keeps to its bound."""
        if total not in self._tall_gates:
            kept, failed = self._steps(total, holds=True), self._steps(total, holds=False)
            if kept is None or failed is None:
                raise TooManySums
            gate = self._tall_gates[total] = self._clauses.variable()
            for clauses, literal in ((kept, -gate), (failed, gate)):
                for clause in clauses:
                    self._clauses.add((literal, *clause))
        return self._tall_gates[total]

    def _summands(self, total: Total, term: Term) -> Iterator[Summand]:
        """What a term adds, as `adding` takes it."""
        for slot in self._slots(total, term):
            ways = sorted(slot, key=lambda way: way[1])
            weights, literals = tuple(weight for _, weight in ways), tuple(literal for literal, _ in ways)
            if term.each and term.option in self._ladders:
                steps = self._ladders[term.option]
                steps = steps if term.each > 0 else tuple(-step for step in reversed(steps))
                yield Summand(weights, literals, steps)
            else:
                yield Summand(weights, literals)

    def _gate(self, formula: Formula) -> int:
        """A literal that holds exactly when the formula does."""
        if isinstance(formula, Opposite):
            return -self._gate(formula.part)
        if isinstance(formula, Group):
            gates = [self._gate(part) for part in formula.parts]
            return self._clauses.any_of(gates) if formula.how == "or" else self._clauses.all_of(gates)
        if isinstance(formula, Total) and self._tall(formula):
            return self._tall_gate(formula)
        if isinstance(formula, Total) and not self._alone(formula):
            slots = [slot for term in formula.terms for slot in self._slots(formula, term)]
            return self._clauses.total(slots, formula.bound, exact=formula.operator == "=")
        return self._clauses.any_of(self._holding(formula))

    def _holding(self, atom: Atom) -> Sequence[int]:
        """Literals of which one holds exactly when an atom about one option does."""
        return self._among(*self._there(atom))

    def _failing(self, atom: Atom) -> Sequence[int]:
        """Literals of which one holds exactly when an atom about one option does not."""
        dimension, there = self._there(atom)
        return self._among(dimension, [not taken for taken in there])

    def _there(self, atom: Atom) -> tuple[Dimension, Sequence[bool]]:
        """The dimension of an atom about one option, and in which of its ways the atom holds."""
        if isinstance(atom, Has):
            return (atom.option, atom.member), (True, False)
        key, probe = self._probe(atom)
        bands = self._bands[key]
        return (key, None), [bool(bands.seen_of(band, probe)) for band in range(len(bands))]

    def _among(self, dimension: Dimension, there: Sequence[bool]) -> list[int]:
        """Literals of which one holds when a dimension takes one of some ways; with a ladder one for each run."""
        ways = self._ways(dimension)
        steps = self._ladders.get(dimension[0])
        if not steps:
            return [literal for literal, taken in zip(ways, there, strict=True) if taken]
        bounds, found = (NO, *steps, YES), list[int]()
        for taken, run in groupby(range(len(ways)), key=there.__getitem__):
            places = list(run)
            if taken:
                span = bounds[places[-1] + 1], -bounds[places[0]]
                found.append(ways[places[0]] if len(places) == 1 else self._clauses.all_of(span))
        return found

    def _supports(self, dimensions: Sequence[Dimension], allowed: Any) -> Iterator[Sequence[int]]:
        """A relation of at most two dimensions: what each value of the first leaves of the second."""
        if not dimensions:
            if not allowed.all():
                yield ()
        elif len(dimensions) == 1:
            if not allowed.all():
                yield self._among(dimensions[0], allowed.tolist())
        else:
            if self._ladders.get(dimensions[0][0]):
                dimensions, allowed = dimensions[::-1], allowed.T
            for literal, row in zip(self._ways(dimensions[0]), allowed, strict=True):
                if not row.all():
                    yield [-literal, *self._among(dimensions[1], row.tolist())]

    def _probe(self, atom: Atom) -> tuple[str, Probe]:
        if isinstance(atom, Total):
            return atom.terms[0].option, Probe(atom, atom.terms[0])
        assert isinstance(atom, Is)  # noqa: S101 - members have no probes
        return atom.option, Probe(atom, None)

    def _alone(self, total: Total) -> bool:
        return len(total.terms) == 1 and total.terms[0].option in self._bands

    def _member(self, option: str, member: str) -> int:
        domain = self._options[option].domain
        keys = [value.key for value in domain.values] if isinstance(domain, SomeOf) else []
        return self._literals[option][keys.index(member)]

    def _slots(self, total: Total, term: Term) -> Iterator[Slot]:
        """The term's values with what each adds to the sum."""
        if term.option in self._bands:
            yield tuple(zip(self._literals[term.option], self._weights(total, term), strict=True))
            return
        for member, weight in term.weights:
            if weight:
                literal = self._member(term.option, member)
                yield (literal, weight), (-literal, 0)


def _along(values: Sequence[Any], dimension: Dimension, dimensions: Sequence[Dimension], kind: Any) -> Any:
    """Values along one axis."""
    place = list(dimensions).index(dimension)
    shape = [1] * len(dimensions)
    shape[place] = len(values)
    return np.array(values, dtype=kind).reshape(shape)


def _all(parts: Sequence[list[Sequence[int]]]) -> list[Sequence[int]]:
    return [clause for part in parts for clause in part]


def _any(parts: Sequence[list[Sequence[int]]]) -> list[Sequence[int]] | None:
    if prod(len(part) for part in parts) > _FEW_CLAUSES and sum(len(part) > 1 for part in parts) > 1:
        return None
    return [[literal for clause in clauses for literal in clause] for clauses in product(*parts)]


def _tidied(clauses: Iterator[Sequence[int]] | Sequence[Sequence[int]]) -> tuple[Clause, ...]:
    tidied = (tidy(literals) for literals in clauses)
    return tuple(clause if clause else (-YES,) for clause in tidied if clause is not None)
