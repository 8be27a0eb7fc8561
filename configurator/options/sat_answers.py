"""The same answers by a SAT solver, for formulas whose circuit would be too big: slower, uncounted, never wrong."""

import threading
from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING

from configurator.options.circuit import Mask, bit, contradictory, literals_in, mask_of
from configurator.options.circuit_answers import FoundOut, Literals
from configurator.options.cnf import Cnf, exactly_one_groups
from configurator.options.costs import Costs
from configurator.options.neighbouring import Neighbours
from configurator.options.recent import Recent
from configurator.options.sat_costs import Cheapest
from configurator.options.seen_models import SeenModels, negations
from configurator.options.solving import Solving, TooMuchEffort

if TYPE_CHECKING:
    from configurator.options.reasoning import Facts

MOST_DOMAINS = 1000
MOST_UNPROVED = 100
MOST_EFFORT, MOST_EFFORT_EACH = 200_000, 20_000
"""Contradictions met before what is asked for makers counts as not found out: all together, and for one literal."""
MOST_A_CLICK, MOST_A_PAGE = 20_000, 100_000
"""The same before a customer gets what was found by then, for one question and for all values of a page.

What was not found counts as impossible: it may be offered too seldom, never wrongly.
"""


class SatAnswers:
    """Answers about a formula. A solver is not safe to share between threads: every call holds the lock."""

    def __init__(self, cnf: Cnf, facts: "Facts") -> None:
        self.facts = facts
        self._cnf = cnf
        self._solving = Solving(cnf.variables, cnf.clauses)
        self._seen = SeenModels(cnf.variables)
        self._neighbours = Neighbours(cnf)
        self._domains: Recent[Mask] = Recent(MOST_DOMAINS)
        self._unproved: deque[tuple[frozenset[int], Costs]] = deque(maxlen=MOST_UNPROVED)
        self._lock = threading.RLock()

    def possible(self, fixed: Sequence[int]) -> bool:
        """Whether some model has all of these and is found with the effort that a customer waits for."""
        with self._lock:
            return not contradictory(fixed) and self._some_model(fixed, MOST_A_CLICK) != 0

    def domains(self, fixed: Sequence[int]) -> Literals | None:
        """Every literal that some model has together with what is fixed; None if there is no model."""
        found = self._domains.get(frozenset(fixed), lambda: self._found(fixed, self._everything, MOST_A_CLICK))
        return Literals(found) if found else None

    def found_out(self, asked: Sequence[int]) -> FoundOut:
        """Which literals are possible at all, as far as limited search tells; all unknown if it finds no model."""
        found, lost, unknown = 0, 0, 0
        with self._lock:
            self._solving.refreshed()
            self._solving.prefer(asked)
            most = self._solving.effort + MOST_EFFORT
            for literal in asked:
                if bit(literal) & (found | lost):
                    continue
                try:
                    model = self._solving.quick_model([literal], min(MOST_EFFORT_EACH, most - self._solving.effort))
                except TooMuchEffort:
                    unknown |= bit(literal) if found else mask_of(asked)
                    if not found:
                        break
                    continue
                if model is None:
                    lost |= bit(literal)
                else:
                    found |= self._seen.note(model)
            self._seen.note_lost((), lost)
        return FoundOut(Literals(found), Literals(unknown & ~(found | lost)))

    def proved(self, fixed: Sequence[int], costs: Costs) -> bool:
        """Whether what was found as cheapest surely is."""
        return (frozenset(fixed), costs) not in self._unproved

    def lost_each(self, fixed: Mapping[int, int], asked: Sequence[Sequence[int]]) -> list[set[int]]:
        """For each case which of its asked literals are impossible with it; fixed: literal -> its cases as bits."""
        cases = ([literal for literal, there in fixed.items() if there >> number & 1] for number in range(len(asked)))
        with self._lock:
            most, answers = self._solving.effort + MOST_A_PAGE, list[Literals]()
            for case, each in zip(cases, asked, strict=True):
                effort = min(MOST_A_CLICK, most - self._solving.effort)
                answers.append(Literals(self._found(case, mask_of(each), effort)))
        return [{one for one in each if one not in found} for each, found in zip(asked, answers, strict=True)]

    def count(self, _fixed: Sequence[int], _weights: Mapping[int, int]) -> None:
        """Nobody knows."""

    def cheapest(self, fixed: Sequence[int], costs: Costs) -> tuple[int, frozenset[int]] | None:
        """The least total cost of a model that has what is fixed, and the model, by maximum satisfiability."""
        with self._lock:
            if not self.possible(fixed):
                return None
            model, proved = self._cheapest.model(fixed, costs, self._seen.one(fixed))
            if not proved:
                self._unproved.append((frozenset(fixed), costs))
            self._seen.note(model)
        found = frozenset(model)
        return costs.least + sum(cost for literal, cost in costs.dearer.items() if literal in found), found

    def cheapest_each(self, asked: Sequence[int], costs: Costs) -> list[frozenset[int] | None]:
        """For each asked literal a cheapest model that has it; None where there is none."""
        found = (self.cheapest([literal], costs) for literal in asked)
        return [None if each is None else each[1] for each in found]

    @cached_property
    def _everything(self) -> Mask:
        return (1 << (2 * self._cnf.variables + 2)) - 4

    @cached_property
    def _cheapest(self) -> Cheapest:
        return Cheapest(self._solving, exactly_one_groups(self._cnf))

    def _found(self, fixed: Sequence[int], asked: Mask, effort: int) -> Mask:
        """Which of the asked literals are possible: seen in a model, or looked for until no effort is left."""
        with self._lock:
            most = self._solving.effort + effort
            found = 0 if contradictory(fixed) else self._some_model(fixed, effort)
            if not found:
                return 0
            self._solving.refreshed()
            lost = self._seen.lost(fixed) | negations(self._solving.following(fixed))
            wanted = asked & ~found & ~lost
            found |= self._neighbours.of(self._seen.one(fixed), fixed, wanted) if wanted else 0
            wanted &= ~found
            with suppress(TooMuchEffort):
                while wanted:
                    model = self._model_with_some(fixed, literals_in(wanted), most - self._solving.effort)
                    if model is None:
                        self._seen.note_lost(fixed, lost | wanted)
                        break
                    found |= self._seen.note(model)
                    found |= self._neighbours.of(model, fixed, wanted)
                    wanted &= ~found
            return found & asked

    def _model_with_some(self, fixed: Sequence[int], wanted: Sequence[int], effort: int) -> list[int] | None:
        """A model with at least one of these, and as many of them as the solver comes by; None if there is none.

        Raises TooMuchEffort.
        """
        self._solving.prefer(wanted)
        one_of_them = self._solving.variable()
        self._solving.add([-one_of_them, *wanted])
        try:
            return self._solving.quick_model([*fixed, one_of_them], effort)
        finally:
            self._solving.add([-one_of_them])

    def _some_model(self, fixed: Sequence[int], effort: int) -> Mask:
        """The literals of all models known to have what is fixed, or of a new one; 0 if none is found.

        Whether there is any product is asked without a limit: of a blank that is for sale check-blanks knows one.
        """
        known = self._seen.possible(fixed)
        if known:
            return known
        try:
            model = self._solving.quick_model(fixed, effort) if fixed else self._solving.model(fixed)
        except TooMuchEffort:
            return 0
        return 0 if model is None else self._seen.note(model)
