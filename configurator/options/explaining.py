"""Why some literals cannot hold: as few choices and rules as possible, by a SAT solver with one selector a rule.

Sources: N. Eén and N. Sörensson, Temporal induction by incremental SAT solving (2003) for assumptions and cores;
a selector for every rule and not for every clause, because a solver's assumptions are not free.
"""

import threading
from collections.abc import Sequence
from typing import Any

from pysat import solvers

from configurator.options.cnf import Clause

_Solver: Any = solvers.Solver  # python-sat has no types
_BIG = "glucose4"
_SMALL = "minisat22"
_FEW = 3
"""The first for all rules at once; the second starts quicker on the few that a core is left with."""


class Explainer:
    """Reasons within clauses that always hold and rules (each some clauses) that may be put out of force.

    A solver is not safe to share between threads: every call holds the lock.
    """

    def __init__(self, variables: int, clauses: Sequence[Clause], rules: Sequence[Sequence[Clause]]) -> None:
        self._clauses = [list(clause) for clause in clauses]
        self._rules = [[list(clause) for clause in rule] for rule in rules]
        self._first = variables + 1
        self._lock = threading.RLock()
        self._strict = _Solver(name=_BIG, bootstrap_with=[*self._clauses, *(c for rule in self._rules for c in rule)])
        selected = [[*clause, -self._selector(at)] for at, rule in enumerate(self._rules) for clause in rule]
        self._selective = _Solver(name=_BIG, bootstrap_with=[*self._clauses, *selected])
        self._selectors = [self._selector(at) for at in range(len(rules))]

    def possible(self, fixed: Sequence[int]) -> bool:
        """Whether these can hold together with all rules in force."""
        with self._lock:
            return bool(self._strict.solve(assumptions=list(fixed)))

    def reasons(self, fixed: Sequence[int], choices: Sequence[int]) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
        """Of the choices and rules (by number) a subset-minimal set that contradicts what is fixed.

        None if they are all possible together. Choices are given up before rules.
        """
        with self._lock:
            kept = _shrunk(self._strict, fixed, list(choices))
            if kept is None:
                return None
            both = [*fixed, *kept]
            self._selective.solve(assumptions=[*both, *self._selectors])
            core = set(self._selective.get_core() or ())
        rules = [at for at, selector in enumerate(self._selectors) if selector in core]
        return tuple(kept), self._fewest(both, rules)

    def idle(self, rule: int) -> bool:
        """Whether all other rules together leave only what this one allows."""
        others = [selector for selector in self._selectors if selector != self._selector(rule)]
        with self._lock:
            return not any(
                self._selective.solve(assumptions=[*others, *(-literal for literal in clause)])
                for clause in self._rules[rule]
            )

    def _selector(self, rule: int) -> int:
        return self._first + rule

    def _fewest(self, fixed: Sequence[int], rules: Sequence[int]) -> tuple[int, ...]:
        """A subset-minimal set of these rules that contradicts what is fixed."""
        if len(rules) <= _FEW or self._clauses:
            with self._lock:
                kept = _shrunk(self._selective, fixed, [self._selector(at) for at in rules])
            return tuple(selector - self._first for selector in kept or ())
        return self._fewest_by_themselves(fixed, rules)

    def _fewest_by_themselves(self, fixed: Sequence[int], rules: Sequence[int]) -> tuple[int, ...]:
        """The same by a solver that knows only these rules and their variables, which is much quicker for many."""
        local = _Renumbered()
        selectors = [local.variable() for _ in rules]
        clauses = [
            [-selector, *map(local.literal, clause)]
            for selector, at in zip(selectors, rules, strict=True)
            for clause in self._rules[at]
        ]
        assumed = [local.literal(literal) for literal in fixed]
        with _Solver(name=_SMALL, bootstrap_with=clauses) as solver:
            kept = set(_shrunk(solver, assumed, selectors) or ())
        return tuple(at for at, selector in zip(rules, selectors, strict=True) if selector in kept)


class _Renumbered:
    """Variables numbered from 1 without gaps."""

    def __init__(self) -> None:
        self._numbers: dict[int, int] = {}
        self._last = 0

    def variable(self) -> int:
        """A new one."""
        self._last += 1
        return self._last

    def literal(self, literal: int) -> int:
        """The literal of the same sign over the number of its variable."""
        number = self._numbers.get(abs(literal)) or self._numbers.setdefault(abs(literal), self.variable())
        return number if literal > 0 else -number


def _shrunk(solver: Any, fixed: Sequence[int], loose: list[int]) -> list[int] | None:
    """A subset-minimal part of the loose literals that contradicts what is fixed; None if nothing does."""
    kept = _core(solver, fixed, loose)
    place = 0
    while kept is not None and place < len(kept):
        smaller = _core(solver, fixed, kept[:place] + kept[place + 1 :])
        if smaller is None:
            place += 1
        else:
            kept = smaller
    return kept


def _core(solver: Any, fixed: Sequence[int], loose: list[int]) -> list[int] | None:
    """The loose literals that take part in a contradiction, in their order; None if there is none."""
    if solver.solve(assumptions=[*fixed, *loose]):
        return None
    core = set(solver.get_core() or ())
    return [literal for literal in loose if literal in core]
