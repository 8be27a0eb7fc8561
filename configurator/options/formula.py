"""Rules with their names resolved: atoms over single options and sums over several, joined by and, or, not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from configurator.options.model import Chosen, Configuration

SCALE = 100
"""Sums are counted in hundredths, because facts of a mix's parts are per 100 g."""


@dataclass(frozen=True, slots=True)
class Is:
    """A OneOf option has one of these values."""

    option: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Has:
    """A SomeOf option has this member among those chosen."""

    option: str
    member: str


@dataclass(frozen=True, slots=True)
class Term:
    """What one option adds to a sum, in hundredths: `weights` a value, member or gram; `each` a unit of a number."""

    option: str
    weights: tuple[tuple[str, int], ...] = ()
    each: int = 0

    def amount(self, chosen: Chosen) -> int:
        """Its part of the sum for what is chosen."""
        if isinstance(chosen, int):
            return self.each * chosen
        if isinstance(chosen, tuple):
            grams = dict(chosen)
            return sum(weight * grams.get(key, 0) for key, weight in self.weights)
        if isinstance(chosen, frozenset):
            return sum(weight for key, weight in self.weights if key in chosen)
        return sum(weight for key, weight in self.weights if key == chosen)


@dataclass(frozen=True, slots=True)
class Total:
    """The terms, one an option, add up to at most (`<=`) or exactly (`=`) the bound, in hundredths."""

    terms: tuple[Term, ...]
    operator: Literal["<=", "="]
    bound: int

    def allows(self, amount: int) -> bool:
        """Whether a sum keeps to the bound."""
        return amount <= self.bound if self.operator == "<=" else amount == self.bound


@dataclass(frozen=True, slots=True)
class Opposite:
    """The part does not hold."""

    part: "Formula"


@dataclass(frozen=True, slots=True)
class Group:
    """All parts hold (`and`; true when there are none) or at least one does (`or`)."""

    how: Literal["and", "or"]
    parts: tuple["Formula", ...]


Atom = Is | Has | Total
Formula = Is | Has | Total | Opposite | Group


def atoms(formula: Formula) -> Iterator[Atom]:
    """Every atom in it, left to right."""
    if isinstance(formula, Opposite):
        yield from atoms(formula.part)
    elif isinstance(formula, Group):
        for part in formula.parts:
            yield from atoms(part)
    else:
        yield formula


def options_of(formula: Formula) -> frozenset[str]:
    """The keys of the options that it speaks of."""
    found: set[str] = set()
    for atom in atoms(formula):
        found.update([term.option for term in atom.terms] if isinstance(atom, Total) else [atom.option])
    return frozenset(found)


def members_of(formula: Formula) -> frozenset[tuple[str, str]]:
    """The (option, member or part) pairs that it speaks of by name or by a weight."""
    found: set[tuple[str, str]] = set()
    for atom in atoms(formula):
        if isinstance(atom, Has):
            found.add((atom.option, atom.member))
        elif isinstance(atom, Total):
            found.update((term.option, key) for term in atom.terms for key, weight in term.weights if weight)
    return frozenset(found)


def combined(terms: Iterator[Term]) -> tuple[Term, ...]:
    """One term an option: the same option named twice adds up."""
    weights: dict[str, dict[str, int]] = {}
    each: dict[str, int] = {}
    for term in terms:
        sums = weights.setdefault(term.option, {})
        for key, weight in term.weights:
            sums[key] = sums.get(key, 0) + weight
        each[term.option] = each.get(term.option, 0) + term.each
    return tuple(Term(option, tuple(sums.items()), each[option]) for option, sums in weights.items())


def joined(how: Literal["and", "or"], parts: tuple[Formula, ...]) -> Formula:
    """The parts joined; “no p” and “no q” of one mix become “no p and no q” as one sum: much less to tell apart."""
    absent: dict[str, list[Term]] = {}
    others: list[Formula] = []
    for part in parts:
        inner = part.part if how == "or" and isinstance(part, Opposite) else part
        term = _absence(inner) if how == "and" or isinstance(part, Opposite) else None
        if term is None:
            others.append(part)
        else:
            absent.setdefault(term.option, []).append(term)
    for terms in absent.values():
        none = Total(combined(iter(terms)), "<=", 0)
        others.append(none if how == "and" else Opposite(none))
    return others[0] if len(others) == 1 else Group(how, tuple(others))


def _absence(formula: Formula) -> Term | None:
    """The term of "none of these parts", if it is that."""
    if not isinstance(formula, Total) or len(formula.terms) != 1 or (formula.operator, formula.bound) != ("<=", 0):
        return None
    term = formula.terms[0]
    return term if term.weights and not term.each and all(weight >= 0 for _, weight in term.weights) else None


def holds(formula: Formula, configuration: Configuration | Mapping[str, Chosen]) -> bool:
    """Whether a complete configuration keeps to it."""
    if isinstance(formula, Opposite):
        return not holds(formula.part, configuration)
    if isinstance(formula, Group):
        results = (holds(part, configuration) for part in formula.parts)
        return all(results) if formula.how == "and" else any(results)
    if isinstance(formula, Total):
        return formula.allows(sum(term.amount(configuration[term.option]) for term in formula.terms))
    chosen = configuration[formula.option]
    if isinstance(formula, Is):
        return chosen in formula.values
    return isinstance(chosen, frozenset) and formula.member in chosen
