"""Why some literals cannot hold: as few choices and rules as possible, by a SAT solver with one selector a rule.

Sources: N. Eén and N. Sörensson, Temporal induction by incremental SAT solving (2003) for assumptions and cores;
a selector for every rule and not for every clause, because a solver's assumptions are not free.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isqrt
from typing import TYPE_CHECKING, Any

from pysat import solvers

from configurator.options.circuit import contradictory
from configurator.options.cnf import Clause
from configurator.options.fewest import fewest_rules
from configurator.options.rivals import rivals
from configurator.options.solving import Effort, solved

if TYPE_CHECKING:
    from configurator.options.fewest_large import Following

_Solver: Any = solvers.Solver  # python-sat has no types
_BIG = "glucose4"
_MANY = 400
"""So many rules are not asked one by one at first: every assumption costs the solver something."""
MOST_EFFORT = 100_000
"""For one reason: contradictions met in seeing whether it can do without something. What is not seen then stays in."""
MOST_A_CLICK = 20_000
"""The same for what is told to a customer: beyond it nothing is told."""
_THOUSANDS = 2_000
"""Of so many rules reasons are found in machine code."""


@dataclass(frozen=True)
class Beside:
    """What is known without a search. goes_alone: whether a literal surely holds in some product. groups: of each
    exactly one variable holds, by what always holds."""

    goes_alone: Callable[[int], bool] = lambda _: False
    groups: Sequence[Sequence[int]] = ()


class Explainer:
    """Reasons within clauses that always hold and rules (each some clauses) that may be put out of force.

    A solver is not safe to share between threads: every call holds the lock.
    """

    def __init__(
        self,
        variables: int,
        clauses: Sequence[Clause],
        rules: Sequence[Sequence[Clause]],
        beside: Beside = Beside(),
    ) -> None:
        self._goes_alone, self._rivals = beside.goes_alone, rivals(rules, beside.groups)
        self._clauses = [list(clause) for clause in clauses]
        self._rules = [[list(clause) for clause in rule] for rule in rules]
        self._first = variables + 1
        self._lock = threading.RLock()
        self._strict = _Solver(name=_BIG, bootstrap_with=[*self._clauses, *(c for rule in self._rules for c in rule)])
        self._selective = _Solver(name=_BIG, bootstrap_with=self._selected(self._selector))
        self._selectors = [self._selector(at) for at in range(len(rules))]
        self._dozens = range(0, len(rules), isqrt(len(rules)) + 1) if len(rules) > _MANY else range(0)
        self._rough: Any = None
        thousands = len(rules) >= _THOUSANDS and not clauses
        self._following = _following(variables, rules) if thousands else None
        if self._dozens:
            step = self._dozens.step
            self._rough = _Solver(name=_BIG, bootstrap_with=self._selected(lambda at: self._selector(at // step)))

    def possible(self, fixed: Sequence[int]) -> bool:
        """Whether these can hold together with all rules in force."""
        with self._lock:
            return bool(self._strict.solve(assumptions=list(fixed)))

    def reasons(self, fixed: Sequence[int], choices: Sequence[int]) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
        """Of the choices and rules (by number) a subset-minimal set that contradicts what is fixed.

        None if they are all possible together, or too much effort does not show that they are not. Choices are given
        up before rules.
        """
        with self._lock:
            if told := self._by_one_rule(fixed, choices):
                return told
            kept = _shrunk(self._strict, fixed, list(choices), Effort(MOST_A_CLICK))
            if kept is None:
                return None
            rules = self._fewest([*fixed, *kept], Effort(MOST_A_CLICK))
            return None if rules is None else (tuple(kept), rules)

    def _by_one_rule(self, fixed: Sequence[int], choices: Sequence[int]) -> tuple[tuple[int], tuple[int]] | None:
        """A choice that a rule forbids beside a literal, and that rule: most reasons are no more.

        None of the two can be left out: the literal goes alone, and what always holds rules out no two choices.
        """
        if len(fixed) != 1 or not self._goes_alone(fixed[0]):
            return None
        rivals = self._rivals.get(fixed[0], {})
        choice = next((choice for choice in choices if choice in rivals), None)
        return None if choice is None else ((choice,), (rivals[choice],))

    def contradiction(self) -> tuple[tuple[int, ...], bool]:
        """Rules (by number) that contradict each other, and whether it is sure that none of them can be left out."""
        effort = Effort(MOST_EFFORT)
        with self._lock:
            rules = self._fewest((), effort)
            return tuple(range(len(self._rules))) if rules is None else rules, not effort.spent

    def idle(self, rule: int, effort: Effort) -> bool | None:
        """Whether all other rules together leave only what this one allows; None if that takes too much effort."""
        others = [selector for selector in self._selectors if selector != self._selector(rule)]
        with self._lock:
            for clause in self._rules[rule]:
                found = solved(self._selective, [*others, *(-literal for literal in clause)], effort)
                if found is not False:
                    return None if found is None else False
        return True

    def _selected(self, selector: Callable[[int], int]) -> list[list[int]]:
        """All clauses, those of the rules in force only with their selectors."""
        rules = enumerate(self._rules)
        return [*self._clauses, *([*clause, -selector(at)] for at, rule in rules for clause in rule)]

    def _involved(self, fixed: Sequence[int], effort: Effort) -> list[int] | None:
        """Rules that contradict what is fixed, though perhaps more than needed: dozens of them first, then each.

        None if too much effort does not show that.
        """
        selectors = self._selectors
        if self._rough is not None:
            dozens = _core(self._rough, fixed, list(range(self._first, self._first + len(self._dozens))), effort)
            if dozens is None:
                return None
            starts = [self._dozens[dozen - self._first] for dozen in dozens]
            selectors = [each for start in starts for each in selectors[start : start + self._dozens.step]]
        core = _core(self._selective, fixed, selectors, effort)
        return None if core is None else [selector - self._first for selector in core]

    def _selector(self, rule: int) -> int:
        return self._first + rule

    def _fewest(self, fixed: Sequence[int], effort: Effort) -> tuple[int, ...] | None:
        """A set of rules that contradicts what is fixed, subset-minimal unless the effort is spent; None: not found."""
        following = None if contradictory(fixed) else self._following
        rules = (following and following.rules(fixed)) or self._involved(fixed, effort)
        if rules is None:
            return None
        if self._clauses:
            kept = _shrunk(self._selective, fixed, [self._selector(at) for at in rules], effort)
            return tuple(selector - self._first for selector in kept or ())
        found = following and following.fewest(fixed, rules)
        return tuple(found) if found else fewest_rules(fixed, {at: self._rules[at] for at in rules}, effort)


def _following(variables: int, rules: Sequence[Sequence[Clause]]) -> "Following":
    from configurator.options.fewest_large import Following  # noqa: PLC0415 - 64 MB that small shops save

    return Following(variables, rules)


def _shrunk(solver: Any, fixed: Sequence[int], loose: list[int], effort: Effort) -> list[int] | None:
    """A part of the loose literals that contradicts what is fixed, subset-minimal unless the effort is spent.

    None if nothing does, or that is not found out.
    """
    kept = _core(solver, fixed, loose, effort)
    place = 0
    while kept is not None and place < len(kept) and not effort.spent:
        others = kept[:place] + kept[place + 1 :]
        if solved(solver, [*fixed, *others], effort) is False:
            kept = _involved(solver, others)
        else:
            place += 1
    return kept


def _core(solver: Any, fixed: Sequence[int], loose: Sequence[int], effort: Effort) -> list[int] | None:
    """The loose literals that take part in a contradiction, in their order; None if none is found."""
    return _involved(solver, loose) if solved(solver, [*fixed, *loose], effort) is False else None


def _involved(solver: Any, loose: Sequence[int]) -> list[int]:
    """Those that take part in the contradiction that was just met."""
    core = set(solver.get_core() or ())
    return [literal for literal in loose if literal in core]
