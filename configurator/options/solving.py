"""A component before a SAT solver: what is possible together, and the fewest reasons why not."""

import threading
from collections.abc import Iterable, Sequence
from typing import Any

from pysat import solvers

from configurator.options.clauses import NO, YES
from configurator.options.encoding import Encoded

_Solver: Any = solvers.Solver  # python-sat has no types


class Solving:
    """Two solvers of the same component: one with all rules in force, one with a selector for each.

    A solver is not safe to share between threads: every call holds the lock.
    """

    def __init__(self, component: Encoded) -> None:
        clauses = [list(clause) for clause in component.clauses.clauses]
        first = component.clauses.variables + 1
        self._selectors = list(range(first, first + len(component.roots)))
        ruled = [[root] for root in component.roots if root != YES]
        selected = [[-selector, root] for selector, root in zip(self._selectors, component.roots, strict=True)]
        self._roots = component.roots
        self._lock = threading.RLock()
        self._strict = _Solver(name="minisat22", bootstrap_with=clauses + ruled)
        self._selective = _Solver(name="minisat22", bootstrap_with=clauses + selected)

    def possible(self, literals: Iterable[int]) -> bool:
        """Whether these can hold together under all rules."""
        with self._lock:
            return bool(self._strict.solve(assumptions=list(literals)))

    def reasons(self, fixed: Sequence[int], choices: Sequence[int]) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
        """Of the choices and rules (by number) a subset-minimal set that contradicts what is fixed.

        None if they are all possible together. Choices are given up before rules.
        """
        with self._lock:
            core = self._core(fixed, [*choices, *self._selectors])
            if core is None:
                return None
            place = 0
            while place < len(core):
                smaller = self._core(fixed, core[:place] + core[place + 1 :])
                if smaller is None:
                    place += 1
                else:
                    core = smaller
        numbers = {selector: number for number, selector in enumerate(self._selectors)}
        found = tuple(literal for literal in core if literal not in numbers)
        return found, tuple(numbers[literal] for literal in core if literal in numbers)

    def implied(self, number: int) -> bool:
        """Whether the other rules imply this one."""
        others = [selector for place, selector in enumerate(self._selectors) if place != number]
        with self._lock:
            return not self._selective.solve(assumptions=[*others, -self._roots[number]])

    def _core(self, fixed: Sequence[int], loose: list[int]) -> list[int] | None:
        """The loose literals that take part in a contradiction, in their order; None if there is none."""
        if NO in fixed:
            return []
        if self._selective.solve(assumptions=[*fixed, *loose]):
            return None
        core = set(self._selective.get_core() or ())
        return [literal for literal in loose if literal in core]
