"""As few rules as possible that contradict something, by a solver that knows only these: quick for hundreds of them.

Source: J. Marques-Silva and I. Lynce, On improving MUS extraction algorithms (SAT 2011): a model of all rules but one
shows that one to be needed; where one variable turned breaks just one other rule, that one is needed too.
"""

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import Any

from pysat import solvers

from configurator.options.solving import Effort, solved

_Solver: Any = solvers.Solver  # python-sat has no types
_NAME = "minisat22"
"""Starts quicker than others, and has little to do."""


def fewest_rules(fixed: Sequence[int], rules: Mapping[int, Sequence[Sequence[int]]], effort: Effort) -> tuple[int, ...]:
    """Of rules (number -> clauses) that contradict what is fixed a set of which none can be left out.

    What is left when the effort is spent is no smaller than is known by then.
    """
    search = _Search(fixed, rules)
    with _Solver(name=_NAME, bootstrap_with=search.clauses) as solver:
        if solved(solver, search.fixed + list(search.rules), effort) is not False:
            return tuple(rules)
        left = search.involved(solver, list(search.rules))
        place = 0
        while place < len(left) and not effort.spent:
            if left[place] not in search.needed:
                others = left[:place] + left[place + 1 :]
                found = solved(solver, search.fixed + others, effort)
                if found is False:
                    left = search.involved(solver, others)
                    continue
                if found:
                    search.need(left[place], frozenset(solver.get_model()), frozenset(left))
            place += 1
    return tuple(search.rules[selector] for selector in left)


class _Search:
    """Variables are numbered from 1 without gaps; a rule is its selector, a number behind them.

    rules: selector -> the caller's number. needed: selectors of rules that cannot be left out.
    """

    def __init__(self, fixed: Sequence[int], rules: Mapping[int, Sequence[Sequence[int]]]) -> None:
        variables = dict.fromkeys([abs(each) for own in rules.values() for clause in own for each in clause])
        variables.update(dict.fromkeys([abs(literal) for literal in fixed]))
        numbers = dict(zip(variables, range(1, len(variables) + 1), strict=True))
        numbers.update([(-variable, -number) for variable, number in numbers.items()])
        self.rules = dict(enumerate(rules, start=len(variables) + 1))
        self.needed: set[int] = set()
        self.fixed = [numbers[literal] for literal in fixed]
        self._owners = [selector for selector, at in self.rules.items() for _ in rules[at]]
        self._plain = [frozenset([numbers[each] for each in clause]) for own in rules.values() for clause in own]
        self.clauses = [[*own, -selector] for selector, own in zip(self._owners, self._plain, strict=True)]

    def involved(self, solver: Any, among: list[int]) -> list[int]:
        """Those of some rules that take part in the contradiction that was just met."""
        core = set(solver.get_core() or ())
        return [selector for selector in among if selector in core]

    def need(self, rule: int, model: frozenset[int], left: Collection[int]) -> None:
        """Note a rule that alone is broken in a model, and all others that turning one variable after another finds."""
        self.needed.add(rule)
        counts = [len(clause & model) for clause in self._plain]
        way = [(0, iter(self._ways_out(rule, counts)))]
        while way:
            literal = next(way[-1][1], 0)
            if not literal:
                self._turn(-way.pop()[0], counts)
                continue
            other = self._alone_broken(-literal, counts, left)
            if other and other not in self.needed:
                self.needed.add(other)
                self._turn(literal, counts)
                way.append((literal, iter(self._ways_out(other, counts))))

    def _ways_out(self, rule: int, counts: Sequence[int]) -> Collection[int]:
        """Literals that mend everything that is broken of the rule; none of them holds now."""
        broken = [self._plain[clause] for clause in self._clauses_of[rule] if not counts[clause]]
        ways = broken[0] if len(broken) == 1 else broken[0].intersection(*broken[1:])
        return ways - self._against

    def _alone_broken(self, gone: int, counts: Sequence[int], left: Collection[int]) -> int:
        """The one rule that a literal's going breaks; 0 if there are none or several."""
        found = 0
        for clause in self._having.get(gone, ()):
            if counts[clause] == 1:
                owner = self._owners[clause]
                if owner != found and owner in left:
                    if found:
                        return 0
                    found = owner
        return found

    def _turn(self, literal: int, counts: list[int]) -> None:
        """How many literals of each clause hold once this one does instead of its negation; nothing for 0."""
        for clause in self._having.get(literal, ()):
            counts[clause] += 1
        for clause in self._having.get(-literal, ()):
            counts[clause] -= 1

    @cached_property
    def _against(self) -> frozenset[int]:
        """What would contradict what is fixed."""
        return frozenset(-literal for literal in self.fixed)

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
