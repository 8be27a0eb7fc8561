"""The same answers by a SAT solver, for formulas whose circuit would be too big: slower, uncounted, never wrong."""

import threading
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pysat import formula, solvers
from pysat.examples import rc2

from configurator.options.circuit import bit
from configurator.options.circuit_answers import Literals
from configurator.options.cnf import Cnf
from configurator.options.costs import Costs

if TYPE_CHECKING:
    from configurator.options.reasoning import Facts

_Solver: Any = solvers.Solver  # python-sat has no types
_Weighted: Any = formula.WCNF
_MaxSat: Any = rc2.RC2Stratified


class SatAnswers:
    """Answers about a formula. A solver is not safe to share between threads: every call holds the lock."""

    def __init__(self, cnf: Cnf, facts: "Facts") -> None:
        self.facts = facts
        self._cnf = cnf
        self._clauses = [list(clause) for clause in cnf.clauses]
        self._solver = _Solver(name="glucose4", bootstrap_with=self._clauses)
        self._lock = threading.RLock()

    def possible(self, fixed: Sequence[int]) -> bool:
        """Whether some model has all of these."""
        return self._model(fixed) is not None

    def domains(self, fixed: Sequence[int]) -> Literals | None:
        """Every literal that some model has together with what is fixed; None if there is no model."""
        variables = range(1, self._cnf.variables + 1)
        found = self._found(fixed, [literal for variable in variables for literal in (variable, -variable)])
        if found is None:
            return None
        mask = 0
        for literal in found:
            mask |= bit(literal)
        return Literals(mask)

    def possible_each(self, fixed: Mapping[int, int], asked: Sequence[Sequence[int]]) -> list[set[int]]:
        """For each case which of its asked literals are possible with it; fixed: literal -> its cases as bits."""
        cases = ([literal for literal, there in fixed.items() if there >> number & 1] for number in range(len(asked)))
        return [self._found(case, literals) or set() for case, literals in zip(cases, asked, strict=True)]

    def count(self, _fixed: Sequence[int], _weights: Mapping[int, int]) -> None:
        """Nobody knows."""

    def cheapest(self, fixed: Sequence[int], costs: Costs) -> tuple[int, frozenset[int]] | None:
        """The least total cost of a model that has what is fixed, and the model, by maximum satisfiability."""
        if not self.possible(fixed):
            return None
        problem = _Weighted()
        for clause in [*self._clauses, *([literal] for literal in fixed)]:
            problem.append(clause)
        for literal in sorted(costs.dearer, key=abs):
            problem.append([-literal], weight=costs.dearer[literal])
        with _MaxSat(problem, solver="g4") as solving:
            model = solving.compute()
            extra = solving.cost
        known = {abs(literal) for literal in model}
        rest = {-variable for variable in range(1, self._cnf.variables + 1) if variable not in known}
        return costs.least + extra, frozenset(
            literal for literal in model if abs(literal) <= self._cnf.variables
        ) | rest

    def cheapest_each(self, asked: Sequence[int], costs: Costs) -> list[frozenset[int] | None]:
        """For each asked literal a cheapest model that has it; None where there is none."""
        found = (self.cheapest([literal], costs) for literal in asked)
        return [None if each is None else each[1] for each in found]

    def _found(self, fixed: Sequence[int], asked: Sequence[int]) -> set[int] | None:
        """Which of the asked literals are possible; every model that is found answers for many."""
        with self._lock:
            model = self._model(fixed)
            if model is None:
                return None
            found = model & set(asked)
            wanted = set(asked) - found
            while wanted:
                self._solver.set_phases(list(wanted))  # so that a model has as many of them as it can
                literal = max(wanted)
                wanted.remove(literal)
                model = self._model([*fixed, literal])
                if model is not None:
                    found |= {literal, *(wanted & model)}
                    wanted -= model
            return found

    def _model(self, fixed: Sequence[int]) -> set[int] | None:
        with self._lock:
            if not self._solver.solve(assumptions=list(fixed)):
                return None
            model = set(self._solver.get_model())
            return model | {-variable for variable in range(len(model) + 1, self._cnf.variables + 1)}
