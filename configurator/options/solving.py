"""One SAT solver that is asked again and again: it keeps what it learns, and is made anew once helpers crowd it."""

from collections.abc import Iterable, Sequence
from typing import Any

from pysat import solvers

from configurator.options.cnf import Clause

_Solver: Any = solvers.Solver  # python-sat has no types
_NAME = "mgh"
"""MiniSat as kept on GitHub: of those that count their effort the one that heeds what it is told to prefer."""
_CALL = 20
MOST_HELPERS = 20_000
"""So many variables beside the formula's, for questions and sums, make a solver slow."""


class TooMuchEffort(Exception):
    """A model was neither found nor ruled out with the effort that was allowed."""


class Effort:
    """How many contradictions searches may still meet; the same on every machine. spent: it was not enough once."""

    def __init__(self, left: int) -> None:
        self.left = left
        self.spent = False


def solved(solver: Any, assumed: Sequence[int], effort: Effort) -> bool | None:
    """Whether a solver finds a model with what is assumed; None if that takes more effort than is left."""
    if effort.left <= 0:
        effort.spent = True
        return None
    before = solver.accum_stats()["conflicts"]
    solver.conf_budget(effort.left)
    found: bool | None = solver.solve_limited(assumptions=assumed)
    effort.left -= solver.accum_stats()["conflicts"] - before
    effort.spent |= found is None
    return found


class Solving:
    """A formula in a solver. Not safe to share between threads: who asks holds a lock.

    generation: how many solvers there were; clauses and variables that were added are gone with the one before.
    effort: what quick models took so far: contradictions met, and something for every call. The same on every machine.
    """

    def __init__(self, variables: int, clauses: Iterable[Clause]) -> None:
        self.variables = variables
        self._clauses = [list(clause) for clause in clauses]
        self.generation = 0
        self.effort = 0
        self._begin()

    def refreshed(self) -> None:
        """Begin anew if there are too many helpers. Asked between questions, never within one."""
        if self.last > self.variables + MOST_HELPERS:
            self._solver.delete()
            self.generation += 1
            self._begin()

    def variable(self) -> int:
        """A helper: a variable that the formula has not."""
        self.last += 1
        return self.last

    def add(self, clause: Sequence[int]) -> None:
        """One more clause; it must leave the models of the formula as they are."""
        self._solver.add_clause(clause)

    def model(self, assumed: Sequence[int]) -> list[int] | None:
        """A model that has all of these, as literals in the order of the formula's variables; None if there is none."""
        if not self._solver.solve(assumptions=assumed):
            return None
        return self._complete()

    def quick_model(self, assumed: Sequence[int], effort: int) -> list[int] | None:
        """As model, but with no more effort than so much. Raises TooMuchEffort."""
        allowed = Effort(effort)
        found = solved(self._solver, assumed, allowed)
        self.effort += _CALL + effort - allowed.left
        if found is None:
            raise TooMuchEffort
        return self._complete() if found else None

    def _complete(self) -> list[int]:
        found: list[int] = self._solver.get_model()[: self.variables]
        return found + [-variable for variable in range(len(found) + 1, self.variables + 1)]

    def core(self) -> list[int]:
        """Those of the literals last assumed in vain that contradict each other."""
        return self._solver.get_core() or []

    def following(self, assumed: Sequence[int]) -> list[int]:
        """What follows from these step by step, they themselves too."""
        found: list[int] = self._solver.propagate(assumptions=list(dict.fromkeys(assumed)))[1]
        return found

    def prefer(self, literals: Sequence[int]) -> None:
        """Let models have as many of these as the search comes by."""
        self._solver.set_phases(literals)

    def _begin(self) -> None:
        self.last = self.variables
        self._solver = _Solver(name=_NAME, bootstrap_with=self._clauses)
