"""What a formula demands, in clauses: as few and as plain as can be, because the circuit grows with them.

Every formula over a few options is a relation, an array of what is allowed. One option makes a clause, two make a
clause a value; of more, the formula's own clauses if there are few, else a diagram of the relation, else gates.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from math import prod
from typing import Any

import numpy as np

from configurator.options.bands import Bands
from configurator.options.clauses import YES, Clauses, Slot, tidy
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
    ) -> None:
        self._clauses = clauses
        self._options = options
        self._bands = bands
        self._literals = literals

    def clauses_of(self, formula: Formula) -> tuple[Clause, ...]:
        """Clauses that hold exactly when the formula does."""
        dimensions = list(dict.fromkeys(d for atom in atoms(formula) for d in self._dimensions(atom)))
        ways = [self._ways(dimension) for dimension in dimensions]
        cells = prod(len(way) for way in ways)
        if len(dimensions) <= 2 and cells <= MOST_PAIRS:
            return _tidied(_supports(ways, self._relation(formula, dimensions, ways)))
        plain = self._plain(formula, holds=True)
        if plain is not None:
            return _tidied(plain)
        if cells <= MOST_CELLS and len(dimensions) <= _MOST_DIMENSIONS:
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
        literals = self._holding(formula)
        dimension = next(iter(self._dimensions(formula)))
        return _along([literal in literals for literal in self._ways(dimension)], dimension, dimensions, bool)

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

    def _plain(self, formula: Formula, *, holds: bool) -> list[Sequence[int]] | None:
        """The formula, or its opposite, in a few clauses without any gate; None if it takes more."""
        if isinstance(formula, Opposite):
            return self._plain(formula.part, holds=not holds)
        if isinstance(formula, Group):
            parts = [self._plain(part, holds=holds) for part in formula.parts]
            known = [part for part in parts if part is not None]
            if len(known) < len(parts):
                return None
            joined = _all(known) if (formula.how == "and") is holds else _any(known)
            return None if joined is None or len(joined) > _FEW_CLAUSES else joined
        if isinstance(formula, Total) and not self._alone(formula):
            return None
        return [self._holding(formula) if holds else self._failing(formula)]

    def _gate(self, formula: Formula) -> int:
        """A literal that holds exactly when the formula does."""
        if isinstance(formula, Opposite):
            return -self._gate(formula.part)
        if isinstance(formula, Group):
            gates = [self._gate(part) for part in formula.parts]
            return self._clauses.any_of(gates) if formula.how == "or" else self._clauses.all_of(gates)
        if isinstance(formula, Total) and not self._alone(formula):
            slots = [slot for term in formula.terms for slot in self._slots(formula, term)]
            return self._clauses.total(slots, formula.bound, exact=formula.operator == "=")
        return self._clauses.any_of(self._holding(formula))

    def _holding(self, atom: Atom) -> Sequence[int]:
        """Literals of which one holds exactly when an atom about one option does."""
        if isinstance(atom, Has):
            return (self._member(atom.option, atom.member),)
        key, probe = self._probe(atom)
        bands = self._bands[key]
        return [literal for band, literal in enumerate(self._literals[key]) if bands.seen_of(band, probe)]

    def _failing(self, atom: Atom) -> Sequence[int]:
        """Literals of which one holds exactly when an atom about one option does not."""
        holding = self._holding(atom)
        ways = self._ways(next(iter(self._dimensions(atom))))
        return [literal for literal in ways if literal not in holding]

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


def _supports(ways: Sequence[Sequence[int]], allowed: Any) -> Iterator[Sequence[int]]:
    """A relation of at most two dimensions: what each value of the first leaves of the second."""
    if not ways:
        if not allowed.all():
            yield ()
    elif len(ways) == 1:
        if not allowed.all():
            yield [literal for literal, there in zip(ways[0], allowed, strict=True) if there]
    else:
        for literal, row in zip(ways[0], allowed, strict=True):
            if not row.all():
                yield [-literal, *(other for other, there in zip(ways[1], row, strict=True) if there)]


def _all(parts: Sequence[list[Sequence[int]]]) -> list[Sequence[int]]:
    return [clause for part in parts for clause in part]


def _any(parts: Sequence[list[Sequence[int]]]) -> list[Sequence[int]] | None:
    if prod(len(part) for part in parts) > _FEW_CLAUSES:
        return None
    return [[literal for clause in clauses for literal in clause] for clauses in product(*parts)]


def _tidied(clauses: Iterator[Sequence[int]] | Sequence[Sequence[int]]) -> tuple[Clause, ...]:
    tidied = (tidy(literals) for literals in clauses)
    return tuple(clause if clause else (-YES,) for clause in tidied if clause is not None)
