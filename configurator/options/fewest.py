"""As few rules as possible that contradict something, by a solver that knows only these: quick for hundreds of them.

Source: J. Marques-Silva and I. Lynce, On improving MUS extraction algorithms (SAT 2011): a model of all rules but one
shows that one to be needed; where one variable turned breaks just one other rule, that one is needed too.
"""

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import Any

from pysat import solvers

_Solver: Any = solvers.Solver  # python-sat has no types
_NAME = "minisat22"
"""Starts quicker than others, and has little to do."""


def fewest_rules(fixed: Sequence[int], rules: Mapping[int, Sequence[Sequence[int]]]) -> tuple[int, ...]:
    """Of rules (number -> clauses) that contradict what is fixed a set of which none can be left out."""
    search = _Search(fixed, rules)
    with _Solver(name=_NAME, bootstrap_with=search.clauses) as solver:
        left = search.core(solver, list(rules))
        place = 0
        while place < len(left):
            if left[place] not in search.needed:
                smaller = search.core(solver, left[:place] + left[place + 1 :])
                if smaller:
                    left = smaller
                    continue
                search.need(left[place], set(solver.get_model()), set(left))
            place += 1
    return tuple(left)


class _Search:
    """Variables are numbered from 1 without gaps, a selector for each rule behind them."""

    def __init__(self, fixed: Sequence[int], rules: Mapping[int, Sequence[Sequence[int]]]) -> None:
        pairs = [(at, clause) for at, clauses in rules.items() for clause in clauses]
        variables = dict.fromkeys(abs(literal) for literal in (*fixed, *(each for _, own in pairs for each in own)))
        numbers = {variable: number for number, variable in enumerate(variables, start=1)}
        numbers |= {-variable: -number for variable, number in numbers.items()}
        self._fixed = [numbers[literal] for literal in fixed]
        self._selectors = {at: selector for selector, at in enumerate(rules, start=len(variables) + 1)}
        self._owners = [at for at, _ in pairs]
        self._plain = [[numbers[literal] for literal in dict.fromkeys(clause)] for _, clause in pairs]
        self.clauses = [[*own, -self._selectors[at]] for at, own in zip(self._owners, self._plain, strict=True)]
        self.needed: set[int] = set()

    def core(self, solver: Any, among: Sequence[int]) -> list[int]:
        """Those of some rules that take part in a contradiction; none if there is none."""
        if solver.solve(assumptions=[*self._fixed, *[self._selectors[at] for at in among]]):
            return []
        core = set(solver.get_core() or ())
        return [at for at in among if self._selectors[at] in core]

    def need(self, rule: int, model: set[int], left: Collection[int]) -> None:
        """Note a rule that alone is broken in a model, and all others that turning one variable after another finds."""
        self.needed.add(rule)
        to_do = [(rule, [len(model.intersection(clause)) for clause in self._plain])]
        while to_do:
            broken, counts = to_do.pop()
            for literal in self._ways_out(broken, counts):
                other = self._alone_broken(-literal, counts, left)
                if other is not None and other not in self.needed:
                    self.needed.add(other)
                    to_do.append((other, self._turned(literal, counts)))

    def _ways_out(self, rule: int, counts: Sequence[int]) -> Collection[int]:
        """Literals that mend everything that is broken of the rule; none of them holds now."""
        broken = [self._plain[clause] for clause in self._clauses_of[rule] if not counts[clause]]
        return set(broken[0]).intersection(*broken[1:]).difference([-literal for literal in self._fixed])

    def _alone_broken(self, gone: int, counts: Sequence[int], left: Collection[int]) -> int | None:
        """The one rule that a literal's going breaks; None if there are none or several."""
        found = None
        for clause in self._having.get(gone, ()):
            owner = self._owners[clause]
            if counts[clause] == 1 and owner in left and owner != found:
                if found is not None:
                    return None
                found = owner
        return found

    def _turned(self, literal: int, counts: Sequence[int]) -> list[int]:
        """How many literals of each clause hold once this one does instead of its negation."""
        after = list(counts)
        for clause in self._having.get(literal, ()):
            after[clause] += 1
        for clause in self._having.get(-literal, ()):
            after[clause] -= 1
        return after

    @cached_property
    def _clauses_of(self) -> dict[int, list[int]]:
        """Rule -> the numbers of its clauses."""
        found: dict[int, list[int]] = {}
        for clause, owner in enumerate(self._owners):
            found.setdefault(owner, []).append(clause)
        return found

    @cached_property
    def _having(self) -> dict[int, list[int]]:
        """Literal -> the numbers of the clauses that have it."""
        having: dict[int, list[int]] = {}
        for clause, literals in enumerate(self._plain):
            for literal in literals:
                having.setdefault(literal, []).append(clause)
        return having
