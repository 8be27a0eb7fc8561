"""Answers about a formula: by its circuit, or by a SAT solver where the circuit would grow beyond its budget."""

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from configurator.options.circuit import Circuit
from configurator.options.circuit_answers import CircuitAnswers, FoundOut, Literals
from configurator.options.circuit_counting import Counted
from configurator.options.cnf import Cnf, exactly_one_groups
from configurator.options.condensing import Budget, OverBudget, condensed
from configurator.options.costs import Costs
from configurator.options.ordering import Manner, elimination_order
from configurator.options.recent import Recent
from configurator.options.sat_answers import SatAnswers

MOST_WEIGHTINGS = 8
MANY_EDGES = 2_000
"""From here on a sweep in Python takes a millisecond and more."""
SOME_EDGES = 300
"""From here on machine code is faster, where it is loaded for a larger circuit of the same model anyway."""
MANY_TO_COUNT = 6_000
"""From here on a count in Python takes a millisecond and more."""
NOTHING = Literals(0)
_MANNERS: tuple[Manner, ...] = ("degree", "fill")
_AT_FIRST = Budget(0.7, 20_000)
"""What is condensed within this needs no machine code."""
_SHARES = (16, 4, 1)
"""Every order is tried with a small share of the budget before one is given more; all together are the budget."""
_ROUNDS = len(_MANNERS) * sum(1 / share for share in _SHARES)
_QUICKLY = 10
"""What took less than this part of the budget is condensed by the other order too, for the smaller circuit."""


@dataclass(frozen=True, slots=True)
class Facts:
    """How big a formula's circuit is, and the CPU seconds it took. No nodes and edges: there is none."""

    nodes: int
    edges: int
    compile_cpu_s: float
    over_budget: bool = False


class Reasoner(Protocol):
    """What can be asked of a formula; literals are those of its clauses."""

    facts: Facts

    def possible(self, fixed: Sequence[int]) -> bool:
        """Whether some model has all of these."""

    def domains(self, fixed: Sequence[int]) -> Literals | None:
        """Every literal that some model has together with what is fixed; None if there is no model."""

    def found_out(self, asked: Sequence[int]) -> FoundOut:
        """Which of these literals are possible at all, as far as the effort tells that a maker waits for."""

    def proved(self, fixed: Sequence[int], costs: Costs) -> bool:
        """Whether what `cheapest` found is surely the cheapest; False: only the best of what was found in time."""

    def lost_each(self, fixed: Mapping[int, int], asked: Sequence[Sequence[int]]) -> list[set[int]]:
        """For each case which of its asked literals are impossible with it; fixed: literal -> its cases as bits."""

    def count(self, fixed: Sequence[int], weights: Mapping[int, int]) -> int | None:
        """The models that have what is fixed, by weight (positive literal -> its number of values); None: unknown."""

    def cheapest(self, fixed: Sequence[int], costs: Costs) -> tuple[int, frozenset[int]] | None:
        """The least total cost of a model that has what is fixed, and its literals, as far as `holds` needs them."""

    def cheapest_each(self, asked: Sequence[int], costs: Costs) -> list[frozenset[int] | None]:
        """For each asked literal a cheapest model that has it; None where there is none."""


class Compiled:
    """A formula that has a circuit."""

    def __init__(self, circuit: Circuit, cnf: Cnf, compile_cpu_s: float) -> None:
        self.facts = Facts(len(circuit.nodes), circuit.edges, compile_cpu_s)
        self._circuit, self._cnf = circuit, cnf
        self._counted: Recent[Counts] = Recent(MOST_WEIGHTINGS)
        self._ask(_answers(circuit, cnf, MANY_EDGES))

    def hasten(self) -> None:
        """Be swept in machine code from fewer edges on."""
        if SOME_EDGES <= self._circuit.edges < MANY_EDGES:
            self._ask(_answers(self._circuit, self._cnf, SOME_EDGES))

    def _ask(self, answers: CircuitAnswers) -> None:
        self.possible, self.domains, self.cheapest = answers.possible, answers.domains, answers.cheapest
        self.lost_each, self.cheapest_each = answers.lost_each, answers.cheapest_each

    def found_out(self, _asked: Sequence[int]) -> FoundOut:
        """Which literals are possible at all."""
        return FoundOut(self.domains(()) or NOTHING, NOTHING)

    def proved(self, _fixed: Sequence[int], _costs: Costs) -> bool:
        """Always."""
        return True

    def count(self, fixed: Sequence[int], weights: Mapping[int, int]) -> int:
        """The models that have what is fixed, by weight."""
        return self._counted.get(tuple(weights.items()), lambda: _counts(self._circuit, weights)).count(fixed)


class Counts(Protocol):
    """Counts of one weighting."""

    def count(self, fixed: Sequence[int]) -> int:
        """The models that have all of what is fixed."""


def _counts(circuit: Circuit, weights: Mapping[int, int]) -> Counts:
    """What counts it: whole numbers, or residues in machine code."""
    if circuit.edges < MANY_TO_COUNT:
        return Counted(circuit, weights)
    from configurator.options.circuit_residues import Residues, TooManyResidues  # noqa: PLC0415 - see _answers

    try:
        return Residues(circuit, weights)
    except TooManyResidues:
        return Counted(circuit, weights)


def _answers(circuit: Circuit, cnf: Cnf, many: int) -> CircuitAnswers:
    """What sweeps it: plain Python, or from so many edges on machine code."""
    if circuit.edges < many:
        return CircuitAnswers(circuit)
    from configurator.options.circuit_sweeps import SweepingAnswers  # noqa: PLC0415 - 64 MB that small shops save

    helpers = frozenset(step for ladder in cnf.ladders for step in ladder[1:])
    return SweepingAnswers(circuit, exactly_one_groups(cnf), helpers)


def holds(model: Collection[int], literal: int) -> bool:
    """Whether a model has a literal. Which negative ones it has may go without saying: it decides every variable."""
    return literal in model if literal > 0 else -literal not in model


def goes_alone(of: Reasoner) -> Callable[[int], bool]:
    """Whether a literal surely holds in some model; known without a search only where there is a circuit."""
    everything = of.domains(()) if isinstance(of, Compiled) else None
    return (everything or NOTHING).__contains__


class Contradictory:
    """A formula without any model."""

    def __init__(self, compile_cpu_s: float) -> None:
        self.facts = Facts(0, 0, compile_cpu_s)

    def possible(self, _fixed: Sequence[int]) -> bool:
        """Never."""
        return False

    def domains(self, _fixed: Sequence[int]) -> None:
        """There is no model."""

    def found_out(self, _asked: Sequence[int]) -> FoundOut:
        """No literal is possible."""
        return FoundOut(NOTHING, NOTHING)

    def proved(self, _fixed: Sequence[int], _costs: Costs) -> bool:
        """Nothing was found."""
        return True

    def lost_each(self, _fixed: Mapping[int, int], asked: Sequence[Sequence[int]]) -> list[set[int]]:
        """All of them in every case."""
        return [set(each) for each in asked]

    def count(self, _fixed: Sequence[int], _weights: Mapping[int, int]) -> int:
        """No model at all."""
        return 0

    def cheapest(self, _fixed: Sequence[int], _costs: Costs) -> None:
        """There is no model."""

    def cheapest_each(self, asked: Sequence[int], _costs: Costs) -> list[frozenset[int] | None]:
        """There is no model."""
        return [None for _ in asked]


def reasoner(cnf: Cnf, *, budget: Budget | None = None) -> Reasoner:
    """What answers about a formula; within the budget by its circuit."""
    started = time.thread_time()
    try:
        circuit = compiled_circuit(cnf, budget or Budget())
    except OverBudget:
        return SatAnswers(cnf, Facts(0, 0, time.thread_time() - started, over_budget=True))
    spent = time.thread_time() - started
    return Contradictory(spent) if circuit is None else Compiled(circuit, cnf, spent)


def compiled_circuit(cnf: Cnf, budget: Budget) -> Circuit | None:
    """A small circuit of the formula, by the order that suits it. None if it has no model. Raises OverBudget."""
    deadline = time.thread_time() + budget.cpu_s
    orders: dict[Manner, tuple[int, ...]] = {}
    little = Budget(min(_AT_FIRST.cpu_s, budget.cpu_s), min(_AT_FIRST.nodes, budget.nodes))
    for manner in _MANNERS:
        orders[manner] = elimination_order(cnf, manner)
        with suppress(OverBudget):
            return condensed(cnf, orders[manner], little)
    from configurator.options.condensing_large import condensed_large  # noqa: PLC0415 - see _answers

    spare = deadline - time.thread_time()
    for share in _SHARES:
        for manner, other in zip(_MANNERS, reversed(_MANNERS), strict=True):
            part = Budget(spare / share / _ROUNDS, budget.nodes // share)
            started = time.thread_time()
            with suppress(OverBudget):
                circuit = condensed_large(cnf, orders[manner], part)
                spent = time.thread_time() - started
                if circuit is None or spent * _QUICKLY > budget.cpu_s:
                    return circuit
                return _smaller(circuit, cnf, orders[other], Budget(2 * spent, len(circuit.nodes)))
    raise OverBudget


def _smaller(circuit: Circuit, cnf: Cnf, order: Sequence[int], budget: Budget) -> Circuit:
    """The circuit, or that of another order if it has fewer edges."""
    from configurator.options.condensing_large import condensed_large  # noqa: PLC0415 - see _answers

    with suppress(OverBudget):
        other = condensed_large(cnf, order, budget)
        return other if other is not None and other.edges < circuit.edges else circuit
    return circuit
