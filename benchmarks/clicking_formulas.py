"""Clicks on the variables of a DIMACS formula, answered by its circuit and checked with a SAT solver."""

import random
from collections.abc import Iterator, Sequence

from benchmarks.walking import Times
from configurator.options.cnf import Cnf
from configurator.options.condensing import Budget
from configurator.options.costs import Costs
from configurator.options.explaining import Beside, Explainer
from configurator.options.reasoning import Facts, Reasoner, goes_alone, holds, reasoner

MOST_NODES = 5_000_000
CHECKED_AT_A_CLICK = 40
DEAREST = 10_000


class Formula:
    """A formula before its clicks. disagreements: literals of which circuit and SAT solver said different things."""

    def __init__(self, cnf: Cnf, seed: int, *, budget_s: float) -> None:
        rng = random.Random(seed)
        self.cnf = cnf
        self.reasoner: Reasoner = reasoner(cnf, budget=Budget(budget_s, MOST_NODES))
        rules = [(clause,) for clause in cnf.clauses]
        self.explainer = Explainer(cnf.variables, (), rules, Beside(goes_alone(self.reasoner)))
        self.prices = Costs({variable: rng.randrange(DEAREST) for variable in range(1, cnf.variables + 1)})
        self.disagreements = 0

    @property
    def facts(self) -> Facts:
        """How big the circuit is and what it took."""
        return self.reasoner.facts

    @property
    def variables(self) -> int:
        """As the header says."""
        return self.cnf.variables

    @property
    def rules(self) -> int:
        """Every clause is a rule."""
        return len(self.cnf.clauses)

    def count(self) -> int | None:
        """The models of the formula."""
        return self.reasoner.count((), {})

    def walk(self) -> "FormulaWalk":
        """A customer who has chosen nothing yet."""
        return FormulaWalk(self)


class FormulaWalk:
    """What a customer has decided so far: literals."""

    def __init__(self, formula: Formula) -> None:
        self._formula = formula
        self._decided: list[int] = []
        everything = range(1, formula.variables + 1)
        self._literals = [literal for variable in everything for literal in (variable, -variable)]

    def click(self, rng: random.Random, times: Times) -> bool:
        """Ask everything, then decide one variable that is still open."""
        reasoner, decided = self._formula.reasoner, self._decided
        domains = times.of("domains", lambda: reasoner.domains(decided))
        possible = set() if domains is None else {literal for literal in self._literals if literal in domains}
        times.of("count", lambda: reasoner.count(decided, {}))
        times.of("cheapest", lambda: reasoner.cheapest(decided, self._formula.prices))
        self._check(possible, rng)
        self._ask_why(list(self._blocked(possible)), rng, times)
        still_open = [literal for literal in self._literals if literal in possible and -literal in possible]
        if still_open:
            decided.append(rng.choice(still_open))
        return bool(still_open)

    def _blocked(self, possible: set[int]) -> Iterator[int]:
        """What cannot be had with the decisions, but could without them."""
        ever = self._formula.reasoner.domains(())
        for literal in self._literals:
            if literal not in possible and -literal not in self._decided and ever is not None and literal in ever:
                yield literal

    def _ask_why(self, blocked: Sequence[int], rng: random.Random, times: Times) -> None:
        if not blocked:
            return
        wanted, decided, formula = rng.choice(blocked), self._decided, self._formula
        cost = {-literal: 1 for literal in decided}
        repair = times.of("repair", lambda: formula.reasoner.cheapest([wanted], Costs(cost)))
        reasons = times.of("why", lambda: formula.explainer.reasons([wanted], decided))
        given_up = [] if repair is None else [literal for literal in decided if not holds(repair[1], literal)]
        kept = [literal for literal in decided if literal not in given_up]
        if repair is None or reasons is None or not formula.explainer.possible([wanted, *kept]):
            formula.disagreements += 1

    def _check(self, possible: set[int], rng: random.Random) -> None:
        for literal in rng.sample(self._literals, min(CHECKED_AT_A_CLICK, len(self._literals))):
            if self._formula.explainer.possible([*self._decided, literal]) != (literal in possible):
                self._formula.disagreements += 1
